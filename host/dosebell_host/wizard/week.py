"""A schedule as a week: what rings when, and on which days of it."""

import textwrap
from collections.abc import Iterator
from datetime import timedelta

from dosebell import schedule as device
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.days import WEEKDAYS, occurrences
from dosebell_host.schedule.local_time import LocalTime, date_of, day_text
from dosebell_host.schedule.model import Schedule
from dosebell_host.wording import PAGE

_DAYS = 7
_DAY_S = 86_400


def week_lines(schedule: Schedule, now_s: int) -> Iterator[str]:
    """The seven days from tomorrow on, one line a time and dose, as the box will compute them."""
    plan = device.parse(compile_schedule(schedule).lines)
    local = LocalTime(plan.zone)
    first = local.date(now_s) + timedelta(days=1)
    names = {
        dose.id: f"{dose.name}, {dose.take}" if dose.take else dose.name for dose in schedule.doses
    }
    days: dict[tuple[str, str], list[int]] = {}
    for dose in plan.doses:
        for due_s, day, _slot in occurrences(plan, dose, now_s, now_s + (_DAYS + 2) * _DAY_S):
            place = (date_of(day) - first).days
            if 0 <= place < _DAYS and not plan.is_off(day):
                moment = f"{local.datetime(due_s):%H:%M}"
                days.setdefault((moment, dose.id), []).append(date_of(day).weekday())
    last = first + timedelta(days=_DAYS - 1)
    yield f"A week of it, from {day_text(first)} to {day_text(last, year=True)}:"
    width = max((len(_days(each)) for each in days.values()), default=0)
    for (moment, dose_id), weekdays in sorted(days.items()):
        head = f"  {moment}  {_days(weekdays):{width}}  "
        yield from textwrap.wrap(
            names[dose_id], PAGE.get(), initial_indent=head, subsequent_indent=" " * len(head)
        )
    silent = [dose.name for dose in schedule.doses if dose.id not in {key[1] for key in days}]
    if silent:
        yield f"  not in that week: {', '.join(silent)}"


def _days(weekdays: list[int]) -> str:
    if len(set(weekdays)) == len(WEEKDAYS):
        return "every day"
    return " ".join(WEEKDAYS[day] for day in sorted(set(weekdays)))
