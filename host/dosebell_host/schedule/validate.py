"""A parsed TOML document as a `Schedule`: every table on its own, then what they must agree on.

A table that does not fit is reported and left out, and the rest is still checked, so that a person
sees all problems at once.
"""

from functools import partial
from typing import Any, TypeVar

from dosebell_host.schedule import limits
from dosebell_host.schedule.agreement import check_agreement
from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.fields import Read, unknown_key
from dosebell_host.schedule.model import (
    EXAMPLE_ID,
    Accept,
    Alerts,
    DoseEntry,
    ExceptDays,
    Head,
    Meal,
    MealTimes,
    Person,
    Schedule,
)
from dosebell_host.schedule.problems import Problems
from dosebell_host.schedule.values import ManyWrong, Wrong, show, slug, time_of_day

T = TypeVar("T")

SECTIONS = ("meals", "alerts", "dose", "except", "person", "accept")


def validate(document: dict[str, Any], problems: Problems) -> Schedule:
    """The whole schedule; raises `ManyErrors` with every problem found."""
    head = _head(document, problems)
    alerts = problems.read(Alerts.read, ("alerts",), document.get("alerts", {}))
    meals = _meals(document, problems)
    read_dose = partial(_dose, document=document)
    doses = _tables(read_dose, "dose", document, problems, limits.MAX_DOSES)
    exceptions = _tables(ExceptDays.read, "except", document, problems, limits.MAX_EXCEPTS)
    person = _person(document, problems)
    accepts = _tables(Accept.read, "accept", document, problems, limits.MAX_ACCEPTS)

    check_agreement(document, meals, doses, exceptions, problems)
    if problems or head is None or alerts is None:
        problems.raise_all()
    return Schedule(
        version=head.version,
        title=head.title,
        timezone=head.timezone,
        meals=tuple(meals.values()),
        alerts=alerts,
        doses=tuple(doses.values()),
        exceptions=tuple(exceptions.values()),
        person=person,
        accepts=tuple(accepts.values()),
    )


def _head(document: dict[str, Any], problems: Problems) -> Head | None:
    known = (*Head.known_keys(), *SECTIONS)
    for key in document:
        if key not in known:
            problems.read(partial(unknown_key, known=known), (key,), key)
    top = {key: document[key] for key in document if key not in SECTIONS and key in known}
    return problems.read(Head.read, (), top)


def _meals(document: dict[str, Any], problems: Problems) -> dict[str, Meal]:
    """The meals that fit, by name, in the order of the file."""
    table = document.get("meals", {})
    if not isinstance(table, dict):
        problems.add(("meals",), f"{show(table)} is not a table", "write a table headed [meals]")
        return {}
    names = list(table)[: limits.MAX_MEALS]
    if len(table) > len(names):
        fix = f"keep at most {limits.MAX_MEALS}"
        problems.add(("meals",), f"there are {len(table)} meals", fix)
    meals = {name: _meal(name, table[name], problems) for name in names}
    return {name: meal for name, meal in meals.items() if meal}


def _meal(name: str, value: object, problems: Problems) -> Meal | None:
    try:
        slug(name, length=limits.MAX_NAME_CHARS)
        if not isinstance(value, dict):
            return Meal(name, (time_of_day(value),) * len(WEEKDAYS))
    except Wrong as wrong:
        problems.add(("meals", name), wrong.message, wrong.fix)
        return None
    times = problems.read(MealTimes.read, ("meals", name), value)
    missing = [day for day in WEEKDAYS if day not in value]
    if "at" not in value and missing:
        fix = 'add at = "07:30" for the days without a time of their own'
        problems.add(("meals", name), f"has no time on {', '.join(missing)}", fix)
        return None
    return _meal_of_week(name, times) if times else None


def _meal_of_week(name: str, times: MealTimes) -> Meal:
    own: list[int | None] = [getattr(times, day) for day in WEEKDAYS]
    minutes = [times.at if minute is None else minute for minute in own]
    week = tuple(minute for minute in minutes if minute is not None)
    return Meal(name, week, times.fat_g, times.eat)


def _person(document: dict[str, Any], problems: Problems) -> Person | None:
    if "person" not in document:
        return None
    return problems.read(Person.read, ("person",), document["person"])


def _dose(value: object, *, document: dict[str, Any]) -> DoseEntry:
    """As any table; where the id is missing, one is proposed that no other dose has."""
    try:
        return DoseEntry.read(value)
    except Wrong as wrong:
        if not isinstance(value, dict) or "id" in value:
            raise
        free = _free_id(value, document["dose"])
        raise ManyWrong(
            [(path, said, free if path == ("id",) else fix) for path, said, fix in wrong.problems]
        ) from None


def _free_id(table: dict[str, Any], tables: list[Any]) -> str:
    used = {each["id"] for each in tables if isinstance(each, dict) and "id" in each}
    number = next(n for n, each in enumerate(tables, 1) if each is table)
    ident = EXAMPLE_ID if number == 1 else f"dose-{number}"
    while ident in used:
        number += len(tables)
        ident = f"dose-{number}"
    return f'add id = "{ident}"'


def _tables(
    read_table: Read[T], key: str, document: dict[str, Any], problems: Problems, at_most: int
) -> dict[int, T]:
    """The tables headed [[key]] that fit, by their place in the file."""
    tables = document.get(key, [])
    if not isinstance(tables, list):
        fix = f"head each table with [[{key}]]"
        if isinstance(tables, dict):
            fix += ", in two brackets, for there may be several"
        problems.add((key,), f"{show(tables)} is not a list of tables", fix)
        return {}
    if len(tables) > at_most:
        fix = f"keep at most {at_most}"
        problems.add((key, at_most), f"there are {len(tables)} tables [[{key}]]", fix)
    read = {n: problems.read(read_table, (key, n), t) for n, t in enumerate(tables[:at_most])}
    return {n: table for n, table in read.items() if table}
