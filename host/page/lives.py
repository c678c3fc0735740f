"""Lives for the gallery: what a box would have noted, made up quickly and always the same.

The lines are those of a journal, and read as such; only nobody has lived them.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from dosebell import civil, record, schedule
from dosebell.plan import Plan, Window
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.records import FIRST_JOURNAL, parse
from dosebell_host.pictures.period import Period
from dosebell_host.report.contents import Material
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.local_time import LocalTime, day_number, read_date
from dosebell_host.schedule.read_file import parse as parse_file

BOX = "f67213b122a5d442"


class Note(NamedTuple):
    """What is noted of an occurrence, and when, in seconds since 2000; "" for nothing."""

    kind: str
    at_s: int
    detail: str = ""


# What a person makes of a window.
Habit = Callable[[Random, Window], Note]


class Reign(NamedTuple):
    """A schedule as TOML that is in force from the beginning of a date on."""

    since: str
    text: str


def life(reigns: list[Reign], until: str, habit: Habit, seed: int = 0) -> Material:
    """What there is to report of those days, up to the end of the date `until`."""
    first, last = (_day(each) for each in (reigns[0].since, until))
    made = [compile_schedule(parse_file(each.text, "a life")) for each in reigns]
    plans = {each.revision: schedule.parse(each.lines) for each in made}
    lines = journal_lines(reigns, until, habit, seed)
    entries = [parse(line, FIRST_JOURNAL) for line in lines]
    local = LocalTime(plans[made[-1].revision].zone)
    now_s = plans[made[-1].revision].zone.instant((last + 1) * civil.DAY_S) - 1
    log = BoxLog(BOX, now_s, entries, {}, plans, made[-1].lines, 0, local)
    return Material(log, Period(first, last), {each.revision: each.lines for each in made})


def journal_lines(reigns: list[Reign], until: str, habit: Habit, seed: int = 0) -> list[str]:
    """Every record of those days, in the order of the journal."""
    lines = _lines(reigns, _day(until), habit, Random(seed))
    return [f"{seq} 1 {line}" for seq, line in enumerate(lines, 1)]


def _day(date: str) -> int:
    return day_number(read_date(date, "a date"))


def _lines(reigns: list[Reign], last: int, habit: Habit, chance: Random) -> Iterator[str]:
    """Each without its number and its start of the box."""
    days = [_day(each.since) for each in reigns]
    for first, end, reign in zip(days, [*days[1:], last + 1], reigns, strict=True):
        compiled = compile_schedule(parse_file(reign.text, "a life"))
        plan = schedule.parse(compiled.lines)
        start_s, end_s = (plan.zone.instant(day * civil.DAY_S) for day in (first, end))
        yield _line(start_s, f"schedule - - - revision={compiled.revision}")
        notes = _notes(plan, start_s, end_s, habit, chance)
        yield from (_line(at_s, words) for at_s, words in sorted(notes))


def _notes(
    plan: Plan, start_s: int, end_s: int, habit: Habit, chance: Random
) -> Iterator[tuple[int, str]]:
    for dose in plan.doses:
        left = dose.stock[0] if dose.stock else 0
        for due_s, day, slot in occurrences(plan, dose, start_s, end_s):
            window = plan.window(dose, day, slot)
            off = Note(record.SKIPPED, window.opens, "off=1")
            note = off if window.off else habit(chance, window)
            detail = [f"d={record.unix(due_s)}"]
            if note.kind == record.TAKEN:
                detail.append(f"late_s={note.at_s - due_s}")
                if dose.stock:
                    left -= dose.stock[1]
                    detail.append(f"left={left}")
            detail += [note.detail] if note.detail else []
            if note.kind:
                named = f"{dose.id} {civil.iso(day)} {slot}"
                yield note.at_s, f"{note.kind} {named} {','.join(detail)}"


def _line(at_s: int, words: str) -> str:
    return f"{record.unix(at_s)} host {words}"


# Habits.


def often(forgets: float, late: float = 0.15) -> Habit:
    """Takes most of it, some minutes after it was due, at times late."""

    def habit(chance: Random, window: Window) -> Note:
        due_s, closes_s = window.dues[0], window.closes[-1]
        if chance.random() < forgets:
            return Note(record.MISSED, closes_s)
        part = chance.uniform(0.5, 0.95) if chance.random() < late else chance.uniform(0, 0.25)
        return Note(record.TAKEN, due_s + int((closes_s - due_s) * part))

    return habit


def unknown(chance: Random, window: Window) -> Note:
    """The box was off."""
    return Note(record.UNKNOWN, window.closes[-1])


def nothing(chance: Random, window: Window) -> Note:
    """Nobody has noted anything."""
    return Note("", window.closes[-1])


def varied(chance: Random, window: Window) -> Note:
    """Everything that can become of a dose, a bad week and a cut of the power among it."""
    week = window.day // 7 % 13
    if week == 4 and chance.random() < 0.8:
        return Note(record.MISSED, window.closes[-1])
    if week == 7 and window.day % 7 < 4:
        return unknown(chance, window)
    if chance.random() < 0.04:
        return Note(record.SKIPPED, window.dues[0])
    if chance.random() < 0.04:
        said_s = window.dues[0] + 600
        return Note(record.TAKEN, window.closes[-1] + 60, f"was=missed,at={record.unix(said_s)}")
    note = often(0.07)(chance, window)
    soon = note.kind == record.TAKEN and chance.random() < 0.02
    return note._replace(detail="soon=1") if soon else note
