"""What a laptop says in a life: took it, skipped it, wants it later, takes it back."""

from random import Random
from typing import Any

from life_books import Line
from life_calendar import DAY_S, Planned
from life_scene import Scene


def host(life: Scene, method: str, seed: int, by_due: int, back_s: int) -> None:
    """The laptop says what became of some occurrence."""
    chance = Random(seed)
    if life.ahead is None:
        return
    life.calm()
    life.read()
    now = life.now
    near = [each for each in life.oracle.near(now, 2 * DAY_S) if each.due < now + 2 * DAY_S]
    if not near:
        return
    each = chance.choice(near)
    state, account = life.oracle.state_of(each, now), life.oracle.account(each)
    last = account.last if account else ""
    params: dict[str, Any] = {"dose": each.dose}
    if by_due:
        params["due"] = each.due
    else:
        params |= {"date": each.date, "slot": each.slot}
    if back_s and method in ("take", "skip"):
        params["utc"] = now - back_s
    life.note(f"dose.{method} {params}, which is {state} {last}")
    refused = _ask(life, f"dose.{method}", params)
    lines = life.read()
    life.press_unsure = True
    _answered(life, method, each, state, last, refused, lines)
    if not refused:
        _ask(life, f"dose.{method}", params)
        again = [line for line in life.read() if line.due is not None]
        # A second snooze is another wish.
        ok = method == "snooze" or not again
        life.judge.expect(ok, f"the same request twice wrote {list(map(str, again))}")


def _answered(
    life: Scene, method: str, each: Planned, state: str, last: str, refused: str, lines: list[Line]
) -> None:
    named = [line for line in lines if line.due is not None]
    # An intake that is noted afterwards may make the next one too soon.
    named = [line for line in named if line.detail.get("why") != "too-soon"]
    wrong = [line for line in named if line.key != each.key]
    life.judge.expect(not wrong, f"{method} of {each} wrote {list(map(str, wrong))}")
    kind = {"take": "taken", "skip": "skipped", "snooze": "snoozed", "undo": "undone"}[method]
    wrote = [line.kind for line in named]
    must = {
        "take": state in ("ring", "rest", "early") or last in ("missed", "unknown"),
        "skip": state in ("ring", "rest", "early") or last in ("missed", "unknown"),
        "snooze": state == "ring" and not life.in_last_call(each),
        "undo": last in ("taken",),
    }[method]
    if must:
        life.judge.expect(
            not refused and kind in wrote, f"{method} of {each}, {state} {last}: {refused}"
        )
    if refused:
        life.judge.expect(not named, f"refused ({refused}), and wrote {wrote}")


def _ask(life: Scene, method: str, params: dict[str, Any]) -> str:
    """The reason of a refusal, "" for yes; asked again while the box searches."""
    for _ in range(200):
        refused = life.box.refusal(method, **params)
        if refused != "searching":
            break
        life.box.wait(ms=300)
    life.note(f"{method}: {refused or 'yes'}")
    return refused


def undo_last(life: Scene) -> None:
    """`dose.undo` without a dose: the last press, with the button's limit."""
    if life.ahead is None:
        return
    last, unsure = life.last_press, life.press_unsure
    age_s = 0 if last is None else (life.box.world.now_ms - last[0]) // 1000
    refused = _ask(life, "dose.undo", {})
    undone = {line.key for line in life.read() if line.kind == "undone"}
    if last is None or age_s > 615:
        life.judge.expect(not undone, f"dose.undo undid {undone}, {age_s} s old")
    elif not unsure and age_s < 580:
        life.judge.expect(undone == last[1], f"dose.undo: {refused}, {undone}, {last[1]}")
    if undone:
        life.last_press = None
