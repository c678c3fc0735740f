"""The order of effects, and a flash that fails: what is shown is never more than what is kept."""

import pytest

from domain import (
    D3K2,
    D3K2_DOSE,
    DROPS,
    DROPS_DOSE,
    IRON_DOSE,
    Box,
    Flash,
    RefusedError,
    dose,
    due_names,
    plan,
)
from dosebell.board import View
from dosebell.box import MAX_UNSAVED, RETRY_S

BOTH = plan(D3K2_DOSE, IRON_DOSE)
STOCKED = plan(dose("d3k2", 'at = ["07:30"]', "stock = { count = 9 }"))
# How long after an edge of the button it is believed.
DEBOUNCE_MS = 30


def at(time: str, text: str = D3K2) -> Box:
    return Box.with_schedule(text).until(time)


def flash(box: Box) -> Flash:
    assert isinstance(box.files, Flash)
    return box.files


def fail(box: Box, where: str = "/log") -> None:
    flash(box).refuses = where


def mend(box: Box) -> None:
    flash(box).refuses = ""


def test_at_due_the_light_comes_first_then_the_records_then_the_sound() -> None:
    box = at("07:29", BOTH)
    diary = box.diary()
    box.until("07:30:01")
    assert diary == ["due, silent", "wrote ringing ringing", "due, due-eat"]


def test_at_release_the_intake_is_on_flash_before_it_is_shown() -> None:
    box = at("07:30:20", BOTH)
    diary = box.diary()
    box.press()
    assert diary == ["off, silent", "wrote taken taken", "taken, taken"]


def test_a_snooze_is_shown_when_it_is_written() -> None:
    box = at("07:30:20")
    diary = box.diary()
    box.press_long()
    assert diary[-2:] == ["wrote snoozed", "snoozed, silent"]


def test_sound_is_off_fifty_milliseconds_after_the_button_went_down() -> None:
    box = at("07:30:20")
    box.world.hold(True)
    box.wait(ms=DEBOUNCE_MS)
    assert box.sound == "silent"


def test_light_is_on_the_moment_it_is_due() -> None:
    box = at("07:29:59").wait(ms=999)
    assert box.light == "off"
    assert box.wait(ms=1).light == "due"


def test_a_window_that_rang_says_so_even_if_the_power_goes_with_the_first_sound() -> None:
    box = at("07:29:59").wait(1)
    box.world.power_off()
    box.world.run_until(box.world.now_s + 20 * 3600)
    box.world.power_on()
    box.wait(1)
    assert box.story("missed", "unknown") == ["tue 03:30 missed d3k2/0 of 11-23"]


# The flash refuses.


def test_it_rings_though_the_flash_takes_no_record() -> None:
    box = at("07:29")
    fail(box)
    box.until("07:30:01")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.request("status")["faults"] == ["flash"]


def test_a_press_stops_the_ring_and_shows_a_fault_instead_of_taken() -> None:
    box = at("07:31")
    fail(box)
    assert (box.press(), box.sound) == ("unsaved", "no")
    box.wait(10)
    assert (box.light, box.sound) == ("fault", "silent")
    box.until("10:00")
    assert [sound for at, sound in box.sounds() if at > "07:31:10"] == []


def test_the_intake_is_kept_tried_again_every_minute_and_written_once() -> None:
    box = at("07:31", STOCKED)
    fail(box)
    tried: list[str] = []

    def refused(what: str, path: str) -> None:
        if path.startswith("/log"):
            tried.append(box.now)
            raise OSError(5, "input/output error")

    box.press()
    mend(box)
    flash(box).before = refused
    box.wait(RETRY_S * 3 + 5)
    assert [time[11:] for time in tried] == ["07:32:00", "07:33:00", "07:34:00"]
    flash(box).before = lambda what, path: None
    box.wait(RETRY_S)
    assert box.story() == ["07:30 ringing d3k2/0", "07:31 taken d3k2/0"]
    assert (box.light, box.row("d3k2")["stock"]) == ("off", 8)
    box.until("2026-11-24 07:00")
    assert len(box.story()) == 2


def test_everything_that_could_not_be_written_is_written_in_its_order() -> None:
    box = at("07:29", BOTH)
    fail(box)
    box.until("07:31").press()
    box.wait(5)
    mend(box)
    box.wait(RETRY_S)
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:30 ringing iron/0",
        "07:31 taken d3k2/0",
        "07:31 taken iron/0",
    ]


def test_an_intake_kept_in_memory_can_be_undone() -> None:
    box = at("07:31", STOCKED)
    fail(box)
    box.press()
    box.wait(5).press_very_long()
    assert box.row("d3k2")["state"] == "ringing"
    mend(box)
    box.wait(minutes=2)
    assert box.row("d3k2")["stock"] == 9
    assert box.story("taken", "undone") == [
        "07:31 taken d3k2/0",
        "07:31:13 undone d3k2/0 was taken",
    ]


def test_a_laptop_that_asks_twice_while_the_flash_fails_counts_one_intake() -> None:
    box = at("07:31", STOCKED)
    fail(box)
    taken = {"dose": "d3k2", "date": "2026-11-23", "slot": 0}
    assert box.refusal("dose.take", **taken) == "flash"
    assert box.refusal("dose.take", **taken) == "flash"
    mend(box)
    box.wait(RETRY_S)
    assert box.request("dose.take", **taken)["records"][0].split(" ")[4] == "taken"
    assert (box.story("taken"), box.row("d3k2")["stock"]) == (["07:31 taken d3k2/0 host"], 8)


def test_an_undo_that_was_not_saved_is_not_said_to_be() -> None:
    box = at("07:31", STOCKED)
    box.press()
    fail(box)
    assert box.refusal("dose.undo") == "flash"
    mend(box)
    box.wait(RETRY_S)
    assert (len(box.story("undone")), box.row("d3k2")["stock"]) == (1, 9)


def test_days_of_a_failing_flash_lose_no_reminder_and_bound_the_memory() -> None:
    box = at("07:29", BOTH)
    fail(box, "/")
    box.until("2026-11-26 07:30:01")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert len(box.app.box.unsaved) <= MAX_UNSAVED
    mend(box)
    box.wait(minutes=2)
    assert box.light == "due"
    assert box.press() == "taken"


def test_a_flash_that_fails_at_power_on_still_rings() -> None:
    box = at("07:10")
    box.world.power_off()
    fail(box, "/")
    box.world.power_on()
    box.until("07:30:01")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.press() == "unsaved"


def test_a_clock_set_back_while_the_flash_fails_asks_for_no_second_pill() -> None:
    box = at("07:31")
    box.press()
    box.until("09:00")
    fail(box)
    box.set_clock("2026-11-23 08:00")
    box.wait(minutes=1)
    mend(box)
    box.wait(minutes=2)
    assert box.story("ringing", "taken") == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 taken d3k2/0",
    ]


@pytest.mark.parametrize("where", ["/state", "/log"])
def test_a_push_onto_a_failing_flash_is_refused_or_kept_and_the_reminder_goes_on(
    where: str,
) -> None:
    box = at("07:10")
    fail(box, where)
    try:
        box.push(BOTH)
        pushed = True
    except RefusedError as error:
        assert str(error) == "flash"
        pushed = False
    mend(box)
    box.until("07:30:01")
    assert box.light == "due"
    assert ("iron" in [row.dose.id for row in box.app.box.reminder.rows]) is pushed
    box.reset().wait(2)
    assert ("iron" in [row.dose.id for row in box.app.box.reminder.rows]) is pushed
    assert box.press() == "taken"


def test_the_board_is_told_when_only_the_names_of_what_is_due_change() -> None:
    """A display would else go on showing the name of before."""
    box = Box.with_schedule(plan(IRON_DOSE, DROPS_DOSE)).until("07:31")
    told = views(box)
    box.push(plan(IRON_DOSE.replace("IRON", "Iron, the red box"), DROPS_DOSE))
    assert told == [("due", ["Iron, the red box"], "drops")]
    box.until("08:00:01")
    assert told[1:] == [("due", ["Iron, the red box", "DROPS"], "")]


def test_the_board_is_told_when_only_what_comes_next_changes() -> None:
    box = Box.with_schedule(DROPS).until("12:00")
    told = views(box)
    box.push(plan(dose("drops", 'at = ["08:00", "20:00"]'), dose("tea", 'at = ["15:00"]')))
    assert told == [("off", [], "tea")]


def views(box: Box) -> list[tuple[str, list[str], str]]:
    """What the board is told from now on: light, names of what is due, what comes next."""
    told: list[tuple[str, list[str], str]] = []

    def shown(view: View) -> None:
        seen = (view.light, due_names(view), view.next_dose)
        if not told or told[-1] != seen:
            told.append(seen)

    box.world.board.on_show = shown
    return told
