"""One dose through its states, step by step."""

from domain import D3K2, DROPS, IRON_DOSE, Box, compiled, dose, plan
from dosebell import schedule
from dosebell.memory import Memory
from dosebell.reminder import MAX_JUDGED, Reminder

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
    for row in rows.rows:
        rows.place(row, start_s)
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
