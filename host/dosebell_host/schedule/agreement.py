"""What the tables of a schedule must agree on with each other, once each is right by itself.

Presence, names and dates are asked of the raw tables, so that a slip in one key of a dose does not
hide what is wrong with the others. Only the order of meals needs tables that are right.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations
from typing import Any

from dosebell_host.schedule.limits import MAX_DOSES, MAX_EXCEPTS
from dosebell_host.schedule.meal_order import (
    Disorder,
    excepted_disorders,
    first_shared_day,
    weekly_disorder,
)
from dosebell_host.schedule.model import DoseEntry, ExceptDays, Meal
from dosebell_host.schedule.problems import Problems
from dosebell_host.schedule.values import KeyPath, show, time_text

RawTable = dict[str, Any]
TablePath = tuple[str, int]


def check_agreement(
    document: RawTable,
    meals: dict[str, Meal],
    doses: dict[int, DoseEntry],
    exceptions: dict[int, ExceptDays],
    problems: Problems,
) -> None:
    """Adds what does not agree. `doses` and `exceptions` hold the good ones by their place."""
    _check_doses(document, problems)
    _check_exceptions(document, problems)
    forward = {n: entry for n, entry in exceptions.items() if entry.first <= entry.last}
    _check_overlaps(forward, problems)
    for number, dose in doses.items():
        if len(dose.with_meals) > 1 and all(meal in meals for meal in dose.with_meals):
            _check_meal_order(number, dose, meals, forward, problems)


def _check_doses(document: RawTable, problems: Problems) -> None:
    if not document.get("dose") and document.get("dose", []) == []:
        problems.add((), "there is no dose in it", "add a table headed [[dose]]")
    seen: dict[str, int] = {}
    for number, dose in _raw_tables(document, "dose", MAX_DOSES):
        path = ("dose", number)
        name = dose.get("id")
        if isinstance(name, str) and seen.setdefault(name, number) != number:
            message = f"{show(name)} is the id of dose {seen[name] + 1} already"
            problems.add((*path, "id"), message, "give each dose an id of its own")
        _check_one_of(dose, ("at", "with"), path, problems)
        _check_start(dose, path, problems)
        _check_places(dose, path, problems)
        _check_span(dose, ("start", "end"), path, problems)
        names = dose.get("with")
        for place, meal in enumerate(names if isinstance(names, list) else ()):
            _check_meal_known(meal, document, (*path, "with", place), problems)


def _check_exceptions(document: RawTable, problems: Problems) -> None:
    for number, entry in _raw_tables(document, "except", MAX_EXCEPTS):
        path = ("except", number)
        _check_one_of(entry, ("meals", "off"), path, problems)
        _check_span(entry, ("from", "to"), path, problems)
        names = entry.get("meals")
        if names == {}:
            problems.add((*path, "meals"), "names no meal", 'write { breakfast = "10:00" }')
        for meal in names if isinstance(names, dict) else ():
            _check_meal_known(meal, document, (*path, "meals", meal), problems)


def _raw_tables(document: RawTable, key: str, at_most: int) -> Iterator[tuple[int, RawTable]]:
    tables = document.get(key)
    for number, table in enumerate(tables[:at_most] if isinstance(tables, list) else ()):
        if isinstance(table, dict):
            yield number, table


def _check_one_of(
    table: RawTable, keys: tuple[str, str], path: TablePath, problems: Problems
) -> None:
    present = [key for key in keys if key in table]
    if not present:
        problems.add(path, f'has neither "{keys[0]}" nor "{keys[1]}"', "write one of the two")
    if len(present) == 2:
        message = f'has both "{keys[0]}" and "{keys[1]}"'
        problems.add((*path, keys[1]), message, "take one of the two out")


def _check_start(dose: RawTable, path: TablePath, problems: Problems) -> None:
    days = dose.get("days")
    counted = isinstance(days, dict) and not days.keys().isdisjoint(("every", "on", "off"))
    if counted and "start" not in dose:
        problems.add(
            (*path, "start"), "is missing: the days count from it", "add start = 2026-01-01"
        )


def _check_places(dose: RawTable, path: TablePath, problems: Problems) -> None:
    """A list of places has one for each time; seven numbers are the days of the week."""
    places, times = dose.get("place"), dose.get("at")
    if not isinstance(places, list) or (len(places) == 7 and list not in map(type, places)):
        return
    count = len(times) if isinstance(times, list) else 0
    if places and len(places) != count:
        had = f'{count} times in "at"' if count else "meals"
        fix = "write one number, or seven from Monday to Sunday"
        fix += ", or one such entry for each time" if count else ""
        problems.add((*path, "place"), f"has {len(places)} places for {had}", fix)


def _check_span(
    table: RawTable, keys: tuple[str, str], path: TablePath, problems: Problems
) -> None:
    first, last = _date(table, keys[0]), _date(table, keys[1])
    if first and last and last < first:
        message = f"{last} is before {keys[0]} = {first}"
        problems.add((*path, keys[1]), message, f"write {first} or a later date")


def _date(table: RawTable, key: str) -> date | None:
    value = table.get(key)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _check_meal_known(meal: object, document: RawTable, path: KeyPath, problems: Problems) -> None:
    table = document.get("meals", {})
    if not isinstance(meal, str) or not isinstance(table, dict) or meal in table:
        return
    import difflib

    near = difflib.get_close_matches(meal[:64], table, n=1)
    fix = (
        f'did you mean "{near[0]}"?' if near else f'add it to [meals]: {show(meal)[1:-1]} = "..."'
    )
    problems.add(path, f"{show(meal)} is not one of the meals", fix)


def _check_overlaps(exceptions: dict[int, ExceptDays], problems: Problems) -> None:
    for (one_number, one), (number, other) in combinations(exceptions.items(), 2):
        day = first_shared_day(one, other)
        for meal in other.meals if day else ():
            if meal in one.meals:
                problems.add(
                    ("except", number, "meals", meal),
                    f"except {one_number + 1} moves this meal too, on {day}",
                    "let only one of them name it on a day",
                )


def _check_meal_order(
    number: int,
    dose: DoseEntry,
    meals: dict[str, Meal],
    exceptions: dict[int, ExceptDays],
    problems: Problems,
) -> None:
    fix = "keep the meals of a dose in the order of the day"
    if disorder := weekly_disorder(dose, meals):
        problems.add(("dose", number, "with"), _described(disorder), fix)
        return
    for place, disorder in excepted_disorders(dose, meals, exceptions).items():
        message = f'{_described(disorder)}, for dose "{dose.id}"'
        problems.add(("except", place, "meals"), message, fix)


def _described(disorder: Disorder) -> str:
    earlier = f'"{disorder.earlier}" ({time_text(disorder.earlier_minute)})'
    later = f'"{disorder.later}" ({time_text(disorder.later_minute)})'
    return f"on {disorder.day} {earlier} is not before {later}"
