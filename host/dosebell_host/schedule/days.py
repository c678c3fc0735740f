"""On which days a dose is due: as the file says it, and as the instants of a plan."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.schedule.limits import CYCLE_DAYS
from dosebell_host.schedule.values import Wrong, show, whole_number

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST_OF_MONTH = -1

_FORMS = '"daily", ["mon", "thu"], { every = 3 }, { on = 21, off = 7 } or { monthdays = [1, -1] }'


class Days(NamedTuple):
    """A rule for days. `kind` says how to read `numbers`:

    daily: none · week: weekdays, 0 is Monday · every: one number of days · cycle: days on,
    days off · month: days of the month in order, -1 (the last day) at the end.
    """

    kind: str
    numbers: tuple[int, ...] = ()


def read_days(value: object) -> Days:
    """The value of `days` as a rule; `Wrong` if it is none."""
    if value == "daily":
        return Days("daily")
    if isinstance(value, list):
        return Days("week", _weekdays(value))
    if isinstance(value, dict):
        return _table(value)
    raise Wrong(f"{show(value)} is not a rule for days", f"write {_FORMS}")


def days_field(days: Days) -> str:
    """A rule as a compiled line has it: `week:mon,thu`, `cycle:21/7`."""
    if days.kind == "daily":
        return days.kind
    numbers = [WEEKDAYS[n] for n in days.numbers] if days.kind == "week" else days.numbers
    separator = "/" if days.kind == "cycle" else ","
    return f"{days.kind}:{separator.join(map(str, numbers))}"


def _weekdays(names: list[object]) -> tuple[int, ...]:
    fix = "write the days as " + ", ".join(f'"{day}"' for day in WEEKDAYS)
    wrong = [show(name) for name in names if name not in WEEKDAYS]
    if wrong:
        raise Wrong(f"{', '.join(wrong[:7])}: no such day of the week", fix)
    if not names:
        raise Wrong("the list of days is empty", f'{fix}, or "daily"')
    return _sorted_once([WEEKDAYS.index(str(name)) for name in names], lambda n: WEEKDAYS[n])


def _table(table: dict[str, object]) -> Days:
    keys = set(table)
    if keys == {"every"}:
        return Days("every", (_cycle_days(table, "every"),))
    if keys == {"on", "off"}:
        return Days("cycle", (_cycle_days(table, "on"), _cycle_days(table, "off")))
    if keys == {"monthdays"}:
        return Days("month", _month_days(table["monthdays"]))
    shown = ", ".join(sorted(keys))[:60] or "no key"
    raise Wrong(f"a table with {shown} is not a rule for days", f"write {_FORMS}")


def _cycle_days(table: dict[str, object], key: str) -> int:
    low, high = CYCLE_DAYS
    try:
        return whole_number(table[key], low=low, high=high)
    except Wrong as wrong:
        raise Wrong(f"{key} = {wrong.message}", wrong.fix) from None


def _month_days(value: object) -> tuple[int, ...]:
    fix = "write days of the month from 1 to 31, or -1 for the last, such as [1, -1]"
    if not isinstance(value, list) or not value:
        raise Wrong(f"monthdays = {show(value)} names no day", fix)
    for day in value:
        if not _is_month_day(day):
            raise Wrong(f"monthdays: {show(day)} is no day of the month", fix)
    # The last day comes last, whatever its number.
    ordered = _sorted_once([32 if day == LAST_OF_MONTH else day for day in value], _month_day_text)
    return tuple(LAST_OF_MONTH if day == 32 else day for day in ordered)


def _is_month_day(day: object) -> bool:
    whole = isinstance(day, int) and not isinstance(day, bool)
    return whole and (day in range(1, 32) or day == LAST_OF_MONTH)


def _month_day_text(day: int) -> str:
    return str(LAST_OF_MONTH if day == 32 else day)


def _sorted_once(numbers: list[int], name: Callable[[int], str]) -> tuple[int, ...]:
    for number in numbers:
        if numbers.count(number) > 1:
            raise Wrong(f"{name(number)} stands there twice", "name each day once")
    return tuple(sorted(numbers))


def occurrences(
    plan: Plan, dose: Dose, begins_s: int, ends_s: int
) -> Iterator[tuple[int, int, int]]:
    """Every occurrence that is first due in [begins_s, ends_s), as (due, day, slot), in order.

    Instants are UTC seconds since 2000; `ends_s` may be `plan.NEVER`.
    """
    day = dose.next_day(plan.zone.day(begins_s) - plan.zone.slack_days)
    last_s = None
    while day is not None:
        dues = plan.dues_on(dose, day)
        for slot, due_s in enumerate(dues[:1] if dose.meals else dues):
            if due_s >= ends_s:
                return
            # What falls on one instant, as two times that a spring change skips, is one.
            if due_s >= begins_s and due_s != last_s:
                yield due_s, day, slot
            last_s = due_s
        day = dose.next_day(day + 1)
