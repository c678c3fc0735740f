"""Compiles a checked schedule to the text lines the device stores, and names them by their hash.

Fields are separated by TAB: the kind, then key=value in a fixed order, so that one schedule has
one text. A field without a value is left out. `decompiler.py` is the way back.
"""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.errors import KeyProblem, ManyErrors
from dosebell_host.schedule.catch_up import meals_in_force
from dosebell_host.schedule.days import WEEKDAYS, days_field
from dosebell_host.schedule.decompiler import decompile
from dosebell_host.schedule.limits import MAX_LINE_BYTES
from dosebell_host.schedule.zones import TABLE_UNTIL, shifts

if TYPE_CHECKING:
    # Only the type: whoever has a schedule has loaded its module already.
    from dosebell_host.schedule.model import (
        Alerts,
        Content,
        DoseEntry,
        ExceptDays,
        Meal,
        Schedule,
        Stock,
    )

__all__ = ["Compiled", "compile_schedule", "decompile", "hash_of"]

LINE_VERSION = 1
HASH_DIGITS = 16

Fields = Iterable[tuple[str, object]]


class Compiled(NamedTuple):
    """The lines for the device. `revision` leaves out the zone's table, `hash` covers all."""

    lines: list[str]
    revision: str
    hash: str
    zone_hash: str


def compile_schedule(schedule: "Schedule") -> Compiled:
    """The schedule as lines of at most 640 bytes; `ManyErrors` names what makes one longer."""
    rules = list(_rules(schedule))
    changes = _shift_lines(shifts(schedule.timezone))
    zone_hash = hash_of(changes)
    count = sum(line.count(":") for line in changes)
    zone = _line("zone", [("hash", zone_hash), ("count", count), ("until", TABLE_UNTIL)])
    lines = [*rules, zone, *changes]
    return Compiled(lines, hash_of(rules), hash_of(lines), zone_hash)


def hash_of(lines: Iterable[str]) -> str:
    """The first 16 hex digits of SHA-256 over the lines, each with its newline."""
    text = "".join(f"{line}\n" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def _rules(schedule: "Schedule") -> Iterator[str]:
    """Everything but the zone's table."""
    places = {meal.name: place for place, meal in enumerate(schedule.meals)}
    yield _line("plan", _plan(schedule, schedule.alerts))
    for meal in schedule.meals:
        yield _line("meal", _meal(meal))
    for entry in schedule.exceptions:
        yield _line("except", _except_days(entry, places))
    doses = [
        _line("dose", _dose(dose, meals_in_force(schedule, dose), places))
        for dose in schedule.doses
    ]
    _refuse_long(schedule.doses, doses)
    yield from doses


def _refuse_long(doses: "Iterable[DoseEntry]", lines: list[str]) -> None:
    """Only a dose can grow too long; the limits of every other line add up to less."""
    sized = [(dose, len(line.encode())) for dose, line in zip(doses, lines, strict=True)]
    problems = [
        KeyProblem(
            f"takes {size} bytes of the {MAX_LINE_BYTES} that the device reads at once",
            ("dose", number - 1),
            where=f'dose[{number}] "{dose.id}"',
            fix="shorten its name or its contents, or make two doses of it",
            code="schedule",
        )
        for number, (dose, size) in enumerate(sized, 1)
        if size > MAX_LINE_BYTES
    ]
    if problems:
        raise ManyErrors(problems)


def _line(kind: str, fields: Fields) -> str:
    values = [f"{key}={value}" for key, value in fields if value not in (None, "")]
    return "\t".join([kind, *values])


def _plan(schedule: "Schedule", alerts: "Alerts") -> Fields:
    return [
        ("v", LINE_VERSION),
        ("title", schedule.title),
        ("zone", schedule.timezone),
        ("nag", alerts.nag_s),
        ("snooze", alerts.snooze_s),
        ("quiet", _joined(alerts.quiet or (), "-")),
        ("max_sound", alerts.max_sound_s),
        ("long_press", alerts.long_press_s * 1000),
        ("answer", alerts.answer if alerts.answer != "all" else None),
    ]


def _meal(meal: "Meal") -> Fields:
    fat = None if meal.fat_g is None else number_text(meal.fat_g)
    return [
        ("name", meal.name),
        ("at", _joined(meal.minutes)),
        ("fat_g", fat),
        ("eat", meal.eat),
    ]


def _except_days(entry: "ExceptDays", places: dict[str, int]) -> Fields:
    moved = sorted((places[meal], minute) for meal, minute in entry.meals.items())
    return [
        ("from", entry.first),
        ("to", entry.last),
        ("meals", _joined(f"{place}:{minute}" for place, minute in moved)),
        ("off", 1 if entry.off else None),
        ("reason", entry.reason),
    ]


def _dose(dose: "DoseEntry", meals: tuple[str, ...], places: dict[str, int]) -> Fields:
    return [
        ("id", dose.id),
        ("name", dose.name),
        ("take", dose.take),
        ("at", _joined(dose.at)),
        ("with", _joined(places[meal] for meal in meals)),
        ("food", dose.food),
        ("days", days_field(dose.days)),
        ("start", dose.start),
        ("end", dose.end),
        ("early", dose.early_s),
        ("late", dose.late_s),
        ("stock", _stock(dose.stock) if dose.stock else None),
        ("place", _joined(_places(dose.place))),
        ("contents", _joined(map(_content, dose.contents), ";")),
        ("medicine", dose.medicine),
        ("route", dose.route),
        ("prescribed", 1 if dose.prescribed else None),
        ("review", dose.review),
    ]


def _places(entries: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """One number where it is always that, else seven by weekday, or seven for each time."""
    weeks = [entry * (len(WEEKDAYS) // len(entry)) for entry in entries]
    numbers = tuple(number for week in weeks for number in week)
    return numbers[:1] if len(weeks) == 1 and len(set(numbers)) == 1 else numbers


def _stock(stock: "Stock") -> str:
    return _joined((stock.count, stock.per_intake, stock.low), "/")


def _content(content: "Content") -> str:
    form = f"/{content.form}" if content.form else ""
    both = "" if content.iu is None else f"={number_text(content.iu)} IU"
    basis = f" {content.basis}" if content.basis else ""
    return f"{content.nutrient}{form}:{number_text(content.amount)} {content.unit}{both}{basis}"


def number_text(number: float | int) -> str:
    """A number in plain digits, without an exponent."""
    return format(Decimal(repr(number)), "f")


def _joined(items: Iterable[object], separator: str = ",") -> str:
    return separator.join(map(str, items))


def _shift_lines(table: list[tuple[int, int]]) -> list[str]:
    """As many `instant:offset` pairs on a line as fit."""
    lines: list[str] = []
    for instant, offset_s in table:
        pair = f"{instant}:{offset_s}"
        if lines and len(lines[-1]) + len(pair) < MAX_LINE_BYTES:
            lines[-1] += f",{pair}"
        else:
            lines.append(f"shift\t{pair}")
    return lines
