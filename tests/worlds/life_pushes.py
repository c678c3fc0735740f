"""Schedules pushed in a life: edited at random, a dose of one occurrence, times that move."""

import datetime as dt
from zoneinfo import ZoneInfo

from domain import compiled
from dosebell_host.errors import UserError
from life_plans import Document, edited, text_of
from life_scene import FEW_DOSES, Scene, told


def push(life: Scene, seed: int) -> None:
    made = edited_by(life, seed)
    if made is not None:
        _push(life, made)


def once(life: Scene, hours: int) -> None:
    """A dose of one occurrence comes into the schedule, due in some hours."""
    if len(life.document["dose"]) > FEW_DOSES:
        return
    local = dt.datetime.fromtimestamp(life.now, ZoneInfo(life.document["timezone"]))
    due = local + dt.timedelta(hours=hours)
    ident = f"once{len(life.oracle.reigns)}"
    dose: Document = {"id": ident, "name": ident, "at": [f"{due:%H:%M}"], "days": "daily"}
    dose |= {"start": due.date(), "end": due.date()}
    _push(life, {**life.document, "dose": [*life.document["dose"], dose]})


def move(life: Scene, hours: int) -> None:
    """The times of what was swallowed last are moved a few hours on: no bait for another."""
    taken = {
        each["id"]: max(standing.values())
        for each in life.document["dose"]
        if "at" in each and (standing := life.oracle.books.intakes.get(each["id"]))
    }
    if not taken:
        return
    last = max(taken, key=lambda ident: taken[ident])
    made = {**life.document, "dose": [dict(each) for each in life.document["dose"]]}
    moved = next(each for each in made["dose"] if each["id"] == last)
    moved["at"] = sorted(f"{(int(at[:2]) + hours) % 24:02}{at[2:]}" for at in moved["at"])
    _push(life, made)


def edited_by(life: Scene, seed: int) -> Document | None:
    today = dt.datetime.fromtimestamp(life.now, dt.UTC).date()
    made = edited(life.document, life.gone, seed, today)
    if seed % 9 == 0:
        made = life.earlier[seed % len(life.earlier)]
    try:
        compiled(text_of(made))
    except UserError:
        life.note("no valid schedule")
        return None
    return made


def _push(life: Scene, made: Document) -> None:
    if life.ahead is not None:
        life.calm()
        life.look()
        if life.problems:
            return
    text = text_of(made)
    changed = text != text_of(life.document)
    if changed:
        life.note("pushed " + told(made))
    life.box.push(text)
    in_force(life, made)


def in_force(life: Scene, made: Document, since: int | None = None) -> None:
    text, was = text_of(made), text_of(life.document)
    if compiled(text).hash == compiled(was).hash:
        life.note("the same schedule")
    life.document = made
    life.earlier = [*life.earlier[-3:], made]
    if life.ahead is None:
        life.oracle.pushed_unset(text, cut=since is not None)
    elif since is None:
        life.oracle.pushed(text, life.now)
        life.reigns_known = len(life.oracle.reigns)
    else:
        life.oracle.pushed(text, since, life.now)
    life.press_unsure = True
    life.look(reigns_back=2)
