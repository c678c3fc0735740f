"""Presses of a life, each kind and length, and what the table of answers says of them."""

from collections.abc import Callable

from life_books import Line
from life_judge import Moment
from life_scene import Scene

# So long is one asked about at most: 64 flashes and ten pauses are a minute.
QUESTION_S = 70


def press(life: Scene, how: str) -> None:
    if life.ahead is None:
        _press_unset(life, how)
        return
    life.calm()
    if life.judge.asking.one_by_one:
        # The question that a press before has put stands as long as its count takes.
        life.box.wait(QUESTION_S)
        life.calm()
    life.read()
    before = Moment(life.judge, life.now)
    PRESSES[how](life, before)


def _short(life: Scene, before: Moment) -> str:
    at = life.now
    answer = life.box.press()
    lines = life.read()
    life.note(f"short press: {answer}")
    life.judge.pressed_short(at, before, answer, lines)
    _pressed(life, lines, "taken")
    return answer


def _pressed(life: Scene, lines: list[Line], kind: str) -> None:
    keys = {line.key for line in lines if line.kind == kind}
    if keys:
        near = [each for each in life.oracle.near(life.now) if each.key in keys]
        # A snooze in the last call may end at any edge, and is undone by then.
        unsure = kind == "snoozed" and any(life.in_last_call(each) for each in near)
        life.last_press, life.press_unsure = (life.box.world.now_ms, keys), unsure


def _double(life: Scene, before: Moment) -> None:
    answer = _short(life, before)
    life.box.wait(1)
    second = life.box.press()
    lines = life.read()
    life.note(f"second press: {second}")
    if answer == "not-yet":
        life.judge.pressed_twice(life.now, before, second, lines)
    elif answer.startswith("taken"):
        # Between two questions it is repeated for as long as it is shown.
        same = second == answer and not any(line.kind == "taken" for line in lines)
        life.judge.expect(same, f"{second} within 3 s after {answer}")
    _pressed(life, lines, "taken")


def _long(life: Scene, before: Moment) -> None:
    answer = life.box.press_long()
    lines = life.read()
    life.note(f"long press: {answer}")
    kinds = {line.kind for line in lines if line.due is not None}
    if before.rings and life.judge.asking.one_by_one:
        life.judge.passed_on(before, answer, lines)
        _pressed(life, lines, "snoozed")
    elif before.rings:
        snoozed = {line.key for line in lines if line.kind == "snoozed"}
        late = [each for each in before.rings if life.in_last_call(each)]
        must = {each.key for each in before.rings if each not in late}
        may = must | {each.key for each in [*late, *before.may_ring]}
        ok = "taken" not in kinds and snoozed <= may
        accounts = life.oracle.books.accounts
        ok = ok and all(accounts[key].last == "snoozed" for key in must)
        life.judge.expect(ok, f"long press: {answer}, {kinds}, {before}")
        _pressed(life, lines, "snoozed")
    elif not before.may_ring and not before.unsure:
        wanted = "not-yet" if before.rest or before.early else "test"
        life.judge.expect(answer == wanted, f"long press: {answer}, {before}")
        life.judge.expect("taken" not in kinds, f"long press took: {kinds}")
    elif "snoozed" in kinds:
        _pressed(life, lines, "snoozed")
    life.box.wait(20)


def _very_long(life: Scene, before: Moment) -> None:
    last, unsure = life.last_press, life.press_unsure
    age_s = 0 if last is None else (life.box.world.now_ms - last[0]) // 1000
    answer = life.box.press_very_long()
    lines = life.read()
    life.note(f"very long press: {answer}")
    undone = {line.key for line in lines if line.kind == "undone"}
    if last is None or age_s > 615:
        life.judge.expect(not undone and answer == "no", f"undid {undone} ({answer})")
    elif not unsure and age_s < 580:
        life.judge.expect(undone == last[1], f"undid {undone}, not {last[1]} ({answer})")
    if undone or age_s > 600:
        life.last_press = None
    life.box.wait(15)


def _press_unset(life: Scene, how: str) -> None:
    life.box.wait(8)
    life.pressed_unset.append(life.box.world.now_s)
    if how in ("short", "double"):
        answer = life.box.press()
        life.judge.expect(answer == "noted", f"pressed while unset: {answer}")
    else:
        life.box.press_long()
        life.pressed_unset.pop()
    life.box.wait(8)


PRESSES: dict[str, Callable[[Scene, Moment], object]] = {
    "short": _short,
    "double": _double,
    "long": _long,
    "very long": _very_long,
}
