"""Power and clock of a life: off, on again, set to the world's time, and stepped."""

from typing import Any

from domain import RefusedError
from life_calendar import Planned
from life_scene import UNIX_2000, Scene


def off(life: Scene, seconds: int) -> None:
    world = life.box.world
    lose_time(life)
    world.power_off()
    world.run_until(world.now_s + seconds)
    world.power_on()
    life.pressed_unset.clear()
    life.press_unsure = True


def reset(life: Scene) -> None:
    life.box.reset()
    life.press_unsure = True
    if life.ahead is None:
        life.pressed_unset.clear()


def lose_time(life: Scene) -> None:
    if life.ahead is not None and not life.battery_clock:
        life.oracle.lost_at = life.now
    if not life.battery_clock:
        life.ahead = None


def sync(life: Scene, off_s: int) -> None:
    """A laptop sets the clock to the world's time, or nearly."""
    _set_clock(life, life.box.world.now_s + UNIX_2000 + off_s)


def step(life: Scene, seconds: int) -> None:
    _set_clock(life, life.now + seconds)


def _set_clock(life: Scene, utc: int) -> None:
    if life.ahead is not None:
        life.calm()
        life.look()
    before, known = life.now, life.ahead is not None
    if life.problems:
        return
    utc += life.now - before
    try:
        life.box.request("clock.set", utc=utc, force=True)
    except RefusedError as reason:
        life.note(f"clock.set refused: {reason}")
        return
    clock_is(life, utc, before if known else None)


def clock_is(life: Scene, utc: int, before: int | None) -> None:
    life.ahead = utc - life.box.world.now_s - UNIX_2000
    life.note(f"the clock was set, by {'?' if before is None else utc - before}")
    life.press_unsure = True
    known = life.reigns_known
    life.reigns_known = len(life.oracle.reigns)
    if before is None:
        if life.oracle.lost_at > utc:
            life.oracle.stepped_back(life.oracle.lost_at, utc)
        life.oracle.trusted_again(utc)
        _backfilled(life, utc)
    elif utc < before:
        life.oracle.stepped_back(before, utc)
    life.pressed_unset.clear()
    life.look(reigns_back=2 + len(life.oracle.reigns) - known)


def _backfilled(life: Scene, utc: int) -> None:
    """Each press while unset is an intake of what was due then."""
    expected: set[Any] = set()
    life.judge.asking.unsettle()
    for pressed in life.pressed_unset:
        at = pressed + UNIX_2000 + (life.ahead or 0)
        near = [edge for each in life.oracle.near(at) for edge in each.edges()]
        if any(abs(edge - at) < 30 for edge in near):
            continue
        rings, _ = life.judge.ringing(at)
        if life.judge.asking.one_by_one:
            rings = _first_place(life, at, expected)
        # An intake that is too soon after another stays a press, for the person to settle.
        expected |= {each.key for each in rings if not life.oracle.intake_near(each.dose, at)}
    life.box.wait(10)
    lines = life.read(len(life.oracle.reigns))
    taken = {line.key for line in lines if line.kind == "taken"}
    accounts = life.oracle.books.accounts
    for key in expected:
        ok = key in accounts and accounts[key].last == "taken"
        life.judge.expect(ok, f"{key} was due as the button was pressed, took {taken}")


def _first_place(life: Scene, at: int, taken: set[Any]) -> list[Planned]:
    """The place that was due first as the button was pressed; none where nobody can say."""
    rings, either = life.judge.ringing(at)
    rest, _, unsure = life.judge.waiting(at)
    due = [each for each in [*rings, *rest] if each.key not in taken]
    shut = any(life.oracle.intake_near(each.dose, at) for each in due)
    if either or unsure or shut or not due or len(life.pressed_unset) > 1:
        return []
    asking = life.judge.asking

    def reached(each: Planned) -> int:
        return max(due_s for due_s, _ in each.windows if due_s <= at)

    due = asking.in_file_order(due)
    return asking.together(min(due, key=reached), due)
