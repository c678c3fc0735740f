"""The table of transitions: nothing is left to chance, and each way through it is walked."""

from itertools import product

import pytest

from domain import D3K2, DROPS, IRON_DOSE, Box, compiled, dose, plan
from dosebell import schedule, transitions
from dosebell.memory import Memory
from dosebell.record import TERMINAL
from dosebell.reminder import MAX_JUDGED, Reminder
from dosebell.transitions import TRANSITIONS, move

EVENTS = (
    transitions.DUE,
    transitions.CLOSE,
    transitions.END,
    transitions.LOST,
    transitions.WAKE,
    transitions.TAKE,
    transitions.SKIP,
    transitions.SNOOZE,
    transitions.CANCEL,
    transitions.UNDO,
    transitions.UNDO_LATE,
)
OPEN = ("waiting", "ringing", "snoozed", "resting")
# What each state ignores on purpose: the device lets all pass that its table does not know.
IGNORED = {
    "waiting": "wake snooze undo undo-late",
    "ringing": "due lost wake undo undo-late",
    "snoozed": "due lost undo-late",
    "resting": "close wake snooze undo undo-late",
    "taken": "due close end lost wake take skip snooze cancel",
    "skipped": "due close end lost wake skip snooze cancel",
    "missed": "due close end lost wake snooze cancel undo-late",
    "unknown": "due close end lost wake snooze cancel undo-late",
    "cancelled": "due close end lost wake snooze cancel undo-late",
}


@pytest.mark.parametrize(("state", "event"), list(product(TRANSITIONS, EVENTS)))
def test_every_state_knows_every_event_or_ignores_it_on_purpose(state: str, event: str) -> None:
    known, ignored = event in TRANSITIONS[state], event in IGNORED[state].split()
    assert known != ignored
    if ignored:
        with pytest.raises(ValueError):
            move(state, event)
    else:
        assert move(state, event) in TRANSITIONS


def test_the_states_are_those_of_the_design() -> None:
    assert set(TRANSITIONS) == set(IGNORED) == {*OPEN, *TERMINAL}


def test_only_people_bring_an_end_back() -> None:
    for state in TERMINAL:
        assert set(TRANSITIONS[state]) <= {"take", "skip", "undo", "undo-late"}


def test_whoever_rings_or_waits_for_it_can_be_answered() -> None:
    for state in OPEN:
        assert (move(state, "take"), move(state, "skip")) == ("taken", "skipped")


def test_a_window_that_never_rang_is_not_missed() -> None:
    """P7, in the table: what only waited and lost its time is unknown."""
    assert move("waiting", "lost") == move("resting", "lost") == "unknown"
    assert "lost" in IGNORED["ringing"].split()
    assert "lost" in IGNORED["snoozed"].split()


# One dose, step by step: Monday 23 November 2026, breakfast at 07:30, lunch at 12:30.


def state(box: Box) -> tuple[str, str]:
    """(state, date of the occurrence) as the box tells it."""
    row = box.row("d3k2")
    return row["state"], row["date"]


def test_a_day_unanswered_goes_through_all_states() -> None:
    box = Box.with_schedule(D3K2)
    states = []
    for time in ("07:29:59", "07:30", "10:29:59", "10:30", "12:29:59", "12:30", "15:29:59"):
        states.append(state(box.until(time))[0])
    assert states == ["waiting", "ringing", "ringing", "resting", "resting", "ringing", "ringing"]
    assert state(box.until("15:30")) == ("waiting", "2026-11-24")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "10:30 resting d3k2/0",
        "12:30 ringing d3k2/0 lunch",
        "15:30 missed d3k2/0",
    ]


def test_there_is_one_ringing_record_a_window_however_often_it_nags() -> None:
    box = Box.with_schedule(DROPS).until("2026-11-24 07:00")
    assert box.story("ringing") == ["08:00 ringing drops/0", "20:00 ringing drops/1"]


def test_a_snooze_ends_by_itself_and_rings_again_without_a_record() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press_long()
    assert state(box.wait(minutes=14))[0] == "snoozed"
    assert state(box.wait(minutes=1))[0] == "ringing"
    assert box.story() == ["07:30 ringing d3k2/0 breakfast", "07:31:02 snoozed d3k2/0"]


def test_a_snooze_ends_at_the_latest_when_last_call_begins() -> None:
    box = Box.with_schedule(D3K2).until("10:10")
    box.press_long()
    assert state(box.until("10:19:59"))[0] == "snoozed"
    assert state(box.until("10:20"))[0] == "ringing"


def test_a_snooze_in_the_last_call_is_half_a_nag() -> None:
    box = Box.with_schedule(D3K2).until("10:20")
    box.press_long()
    assert state(box.wait(minutes=4, seconds=55))[0] == "snoozed"
    assert state(box.wait(seconds=10))[0] == "ringing"


def test_a_window_closes_while_it_is_snoozed() -> None:
    box = Box.with_schedule(D3K2).until("10:27")
    box.press_long()
    assert state(box.until("10:30"))[0] == "resting"


def test_what_is_switched_off_is_skipped_when_it_would_open() -> None:
    off = "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
    box = Box.with_schedule(D3K2 + off, at="2026-11-23 06:00").until("2026-11-24 08:00")
    assert box.story() == ["06:30 skipped d3k2/0 off", "tue 07:30 ringing d3k2/0 breakfast"]


def test_a_pass_judges_at_most_sixteen_and_the_next_goes_on() -> None:
    doses = [dose(f"d{n:02d}", 'at = ["08:00"]') for n in range(40)]
    found = schedule.parse(compiled(plan(*doses)).lines)
    memory = Memory()
    for each in found.doses:
        memory.past(each.id).done_s = Box.bare().now_s - 1
    rows = Reminder(found, memory)
    start_s = Box.bare().now_s
    rows.place_all(start_s)
    counts = [len(rows.step(start_s + 3600, 0)) for _ in range(4)]
    assert counts == [MAX_JUDGED, MAX_JUDGED, 40 - 2 * MAX_JUDGED, 0]


def test_all_doses_of_one_time_ring_in_one_append() -> None:
    box = Box.with_schedule(plan(IRON_DOSE, *[dose(f"d{n}", 'at = ["07:30"]') for n in range(9)]))
    diary = box.diary()
    box.until("07:30:30")
    assert diary == ["due, silent", "wrote" + 10 * " ringing", "due, due"]


def test_nothing_is_done_between_two_deadlines() -> None:
    """A day of four rings takes a few dozen passes: nothing polls."""
    box = Box.with_schedule(DROPS, at="2026-11-23 00:00")
    before = box.world.passes
    box.wait(hours=24)
    # 2 windows of 3 h with 18 nags each begin and end a sound, and 24 hours note the time.
    assert box.world.passes - before < 110
