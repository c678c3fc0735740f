"""Between the passes of what a box owes a press waits, and then means what it always does."""

from collections.abc import Callable

import pytest

from domain import D3K2_DOSE, Box, compiled, dose, plan

PASS_MS = 60
HELD_PASSES = 3
ZINC = dose("zinc", 'at = ["18:00"]')
ONE_AT_A_TIME = 'answer = "each"'
TWENTY = [dose(f"dose-{n:02}", 'at = ["08:00"]') for n in range(20)]
# So many that to take them over is some passes longer than a press.
MANY = [dose(f"dose-{n:02}", 'at = ["20:00"]') for n in range(60)]


def a_pass_at_a_time(box: Box, pass_ms: int = PASS_MS, held_passes: int = 0) -> Box:
    """From now on a pass takes so long; in the first of them the button is down."""
    world, passes = box.world, iter(range(1000))

    def settle() -> None:
        while box.app.box.owed:
            world.pressed = next(passes) < held_passes
            world.now_ms += pass_ms
            world._step()

    world._settle = settle  # type: ignore[method-assign]
    return box


def press_while_it_commits(box: Box, text: str, pass_ms: int = PASS_MS) -> Box:
    """The button goes down with the commit, for some passes, while the doses are taken over."""
    box.push(text, commit=False)
    a_pass_at_a_time(box, pass_ms, HELD_PASSES)
    box.request("schedule.commit", hash=compiled(text).hash)
    del box.world._settle
    return box.wait(5)


def kinds_of_an_undo(ms_after_the_question: int) -> list[str]:
    """All twenty were taken, the next one was asked about, and then a laptop takes that back."""
    box = Box.with_schedule(plan(*TWENTY, dose("late", 'at = ["09:00"]'))).until("08:01")
    box.press()
    assert box.wait(4).press() == "not-yet"
    a_pass_at_a_time(box.wait(ms=ms_after_the_question)).request("dose.undo")
    return [entry.kind for entry in box.wait(2).entries() if entry.dose == "dose-00"]


def test_what_is_undone_rings_again_behind_that_record_whenever_a_question_ends() -> None:
    told = [kinds_of_an_undo(ms) for ms in range(5700, 6000, 20)]
    assert told == [["ringing", "taken", "undone", "ringing"]] * len(told)


@pytest.mark.parametrize("undo", [Box.press_very_long, lambda box: box.request("dose.undo")])
def test_an_undo_takes_back_all_of_a_press_however_many_passes_it_needs(
    undo: Callable[[Box], object],
) -> None:
    box = Box.with_schedule(plan(*TWENTY)).until("08:01")
    box.press()
    undo(box.wait(4))
    assert (len(box.story("undone")), len(box.wait(2).due)) == (20, 20)


def test_a_press_that_ended_before_a_dose_was_due_takes_nothing_of_it() -> None:
    """At 07:59:58 a laptop pushes, and somebody presses while nothing rings."""
    first = dose("first", 'at = ["08:00"]')
    box = Box.with_schedule(plan(first, *MANY)).until("07:59:58")
    press_while_it_commits(box, plan(first, *MANY, ZINC), pass_ms=150)
    assert box.story("taken") == []


def test_a_very_long_press_undoes_the_press_in_a_push_and_not_the_one_before() -> None:
    """At 08:01 the first was taken, at 08:05 the second, both in the last ten minutes."""
    doses = dose("first", 'at = ["08:00"]'), dose("second", 'at = ["08:04"]')
    box = Box.with_schedule(plan(*doses, *MANY)).until("08:01")
    assert box.press() == "taken"
    press_while_it_commits(box.until("08:05"), plan(*doses, *MANY, ZINC)).press_very_long()
    assert [line for line in box.story("undone") if "first" in line] == []


def test_one_press_in_a_push_does_not_take_what_rests() -> None:
    """Breakfast went by; a first press only asks, and lunch rings for it."""
    box = Box.with_schedule(plan(D3K2_DOSE, *MANY)).until("11:00")
    press_while_it_commits(box, plan(D3K2_DOSE, *MANY, ZINC))
    assert (box.story("taken"), box.until("12:30:01").due) == ([], ["D3K2"])


def test_a_press_in_a_push_answers_what_is_asked_for_and_nothing_that_was_passed() -> None:
    doses = dose("passed", 'at = ["08:00"]'), dose("asked", 'at = ["08:00"]')
    box = Box.with_schedule(plan(*doses, *MANY, alerts=ONE_AT_A_TIME)).until("08:01")
    box.press_long()
    press_while_it_commits(box.wait(5), plan(*doses, *MANY, ZINC, alerts=ONE_AT_A_TIME))
    assert [line for line in box.story("taken") if "passed" in line] == []
