"""Between the passes of what a box owes a press waits, and so does all that rings."""

from domain import Box, compiled, dose, plan

PASS_MS = 60
HELD_PASSES = 4
TWENTY = [dose(f"dose-{n:02}", 'at = ["08:00"]') for n in range(20)]
MANY = [dose(f"dose-{n:02}", 'at = ["20:00"]') for n in range(62)]


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


def test_a_press_that_ended_before_a_dose_was_due_takes_nothing_of_it() -> None:
    """At 07:59:58 a laptop pushes, and somebody presses while nothing rings."""
    first, zinc = dose("first", 'at = ["08:00"]'), dose("zinc", 'at = ["18:00"]')
    box, new = Box.with_schedule(plan(first, *MANY)).until("07:59:58"), plan(first, *MANY, zinc)
    box.push(new, commit=False)
    a_pass_at_a_time(box, 150, HELD_PASSES).request("schedule.commit", hash=compiled(new).hash)
    assert box.story("taken") == []
