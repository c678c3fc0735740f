"""A flash that fails for a while, and power that fails while it is written."""

from typing import Any

from domain import Flash, compiled
from life_calendar import DAY_S
from life_clock import clock_is, lose_time, sync
from life_plans import Document, text_of
from life_pushes import edited_by, in_force
from life_scene import FEW_DOSES, UNIX_2000, Scene, told

HEALED_S = 150


class PowerCut(BaseException):
    """Power failed while the flash was being written."""


def fail(life: Scene, seconds: int, presses: int) -> None:
    """The flash can't be written for a while; people press meanwhile."""
    if life.ahead is None:
        return
    life.calm()
    life.look()
    assert isinstance(life.box.files, Flash)
    if len(life.document["dose"]) > FEW_DOSES:
        # What waits for the flash has room for so many, and no more.
        seconds, presses = min(seconds, 300), min(presses, 1)
    since = life.now
    taken: set[Any] = set()
    life.box.files.refuses = "/"
    for _ in range(presses + 1):
        life.box.wait(seconds // (presses + 1))
        life.calm()
        rings = [each for each in life.judge.ringing(life.now)[0] if each.key not in taken]
        asking = life.judge.asking
        if asking.one_by_one:
            asking.settle(rings, life.now)
            rings = asking.head(rings, life.now) or []
        if rings and presses:
            answer = life.box.press()
            life.note(f"pressed while the flash fails: {answer}, took {list(map(str, rings))}")
            life.judge.expect(answer == "unsaved", f"{answer} while the flash fails")
            taken |= {each.key for each in rings}
            life.box.wait(15)
    life.box.files.refuses = ""
    life.judge.asking.unsettle()
    life.box.wait(HEALED_S)
    life.oracle.books.dropped.append((since - 4 * DAY_S, life.now))
    life.read()
    life.last_press, life.press_unsure = (life.box.world.now_ms, taken), True
    for key in taken:
        account = life.oracle.books.accounts.get(key)
        if account is None or account.last != "taken":
            life.judge.blame("P4", f"the intake of {key} on a failing flash is not on record")


def cut(life: Scene, action: str, seed: int, place: int, after: int, off_s: int) -> None:
    """Power fails at a write of the flash while something is being done."""
    made = edited_by(life, seed) if action == "push" else None
    if life.ahead is None or (action == "push" and made is None):
        return
    life.calm()
    life.look()
    if life.problems:
        return
    since, steps = life.now, (seed % 7 - 3) * 3000
    flash = life.box.files
    assert isinstance(flash, Flash)
    _arm(flash, place, bool(after))
    try:
        if action == "push":
            assert made is not None
            life.note("to push " + told(made))
            life.box.push(text_of(made))
        elif action == "press":
            life.box.press()
        elif action == "clock":
            life.box.request("clock.set", utc=life.now + steps, force=True)
        else:
            life.box.wait(seed % 40_000)
    except PowerCut:
        life.note("power failed")
    _reboot(life, flash, off_s)
    _after_cut(life, made, since, steps if action == "clock" else 0)


def _reboot(life: Scene, flash: Flash, off_s: int) -> None:
    world = life.box.world
    flash.before = _refuse
    try:
        world.power_off()
    except PowerCut:
        world.app = None
    fresh = Flash()
    fresh.contents = dict(flash.contents)
    life.box.files = world.files = fresh
    world.pressed = False
    world.board.sent.clear()
    world.run_until(world.now_s + off_s)
    life.last_press, life.press_unsure = None, True
    world.power_on()


def _after_cut(life: Scene, made: Document | None, since: int, step: int) -> None:
    lose_time(life)
    life.last_press, life.press_unsure = (0, set()), True
    if step:
        _read_of_the_clock(life, since)
    hello = life.box.request("hello")
    if life.ahead is not None and hello["utc"] is None:
        # Power failed as the clock was set: it says that it knows no time.
        life.oracle.lost_at, life.ahead = max(since, life.now), None
    if life.ahead is not None and hello["utc"] is not None and step:
        ahead = hello["utc"] - life.box.world.now_s - UNIX_2000
        if abs(ahead - life.ahead) > 2:
            before = life.now
            life.ahead += step
            clock_is(life, life.now, before)
    if made is not None and _has_come(life, made, hello["revision"]):
        life.note("the new schedule is in force")
        in_force(life, made, since)
    life.look(reigns_back=2)
    if life.ahead is None and life.battery_clock:
        # It would believe its battery clock again as soon as that has passed the last time.
        sync(life, 0)


def _has_come(life: Scene, made: Document, revision: str) -> bool:
    """Whether the schedule came before the power failed; the same one again has a record."""
    if revision != compiled(text_of(made)).revision:
        return False
    is_other = revision != compiled(text_of(life.document)).revision
    return is_other or any(line.kind == "schedule" for line in life.read(2))


def _read_of_the_clock(life: Scene, since: int) -> None:
    """A clock that was set back before the power failed has a record: else it never was."""
    assert isinstance(life.box.files, Flash)
    lines = life.oracle.books.read(life.box.files)
    for line in lines:
        if line.kind == "clock" and line.utc is not None and line.utc < since:
            life.oracle.stepped_back(since, line.utc)
    life.judged(lines, 2)


def _arm(flash: Flash, place: int, after: bool) -> None:
    """Power fails at the change number `place` from now on, before it or after it."""
    left = [place]

    def count(what: str, path: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            flash.before = _refuse
            raise PowerCut

    if after:
        flash.after = count
    else:
        flash.before = count


def _refuse(what: str, path: str) -> None:
    raise PowerCut
