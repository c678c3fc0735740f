"""A press between two pieces of a push: the clock is trusted, so it means what it always does."""

from domain import D3K2_DOSE, Box, compiled, dose, plan

ZINC = dose("zinc", 'at = ["18:00"]')
ONE_AT_A_TIME = 'answer = "each"'
PASS_MS = 60
HELD_PASSES = 3


def press_while_it_commits(box: Box, text: str) -> Box:
    """The button goes down with the commit, for 180 ms, while the doses are taken over."""
    box.push(text, commit=False)
    world, passes = box.world, iter(range(1000))

    def settle() -> None:
        while box.app.box.owed:
            world.pressed = next(passes) < HELD_PASSES
            world.now_ms += PASS_MS
            world._step()

    world._settle = settle  # type: ignore[method-assign]
    box.request("schedule.commit", hash=compiled(text).hash)
    del world._settle
    return box.wait(5)


def test_a_very_long_press_undoes_the_press_in_a_push_and_not_the_one_before() -> None:
    """At 08:01 the first was taken, at 08:05 the second, both in the last ten minutes."""
    doses = dose("first", 'at = ["08:00"]'), dose("second", 'at = ["08:04"]')
    box = Box.with_schedule(plan(*doses)).until("08:01")
    assert box.press() == "taken"
    press_while_it_commits(box.until("08:05"), plan(*doses, ZINC)).press_very_long()
    assert [line for line in box.story("undone") if "first" in line] == []


def test_one_press_in_a_push_does_not_take_what_rests() -> None:
    """Breakfast went by; a first press only asks, and lunch rings for it."""
    box = Box.with_schedule(plan(D3K2_DOSE)).until("11:00")
    press_while_it_commits(box, plan(D3K2_DOSE, ZINC))
    assert (box.story("taken"), box.until("12:30:01").due) == ([], ["D3K2"])


def test_a_press_in_a_push_answers_what_is_asked_for_and_nothing_that_was_passed() -> None:
    doses = dose("passed", 'at = ["08:00"]'), dose("asked", 'at = ["08:00"]')
    box = Box.with_schedule(plan(*doses, alerts=ONE_AT_A_TIME)).until("08:01")
    box.press_long()
    press_while_it_commits(box.wait(5), plan(*doses, ZINC, alerts=ONE_AT_A_TIME))
    assert [line for line in box.story("taken") if "passed" in line] == []
