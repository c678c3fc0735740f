"""Next occurrences: ten years of sixteen doses, here and in three libraries.

All give the same instants, or the run ends there. The times of day never fall into a gap, where
the libraries mean different things; who does what there is told beside the table.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench import budgets
from bench.alternatives import ALTERNATIVES, Instants, Rule, Task
from bench.effort import Effort
from bench.table import Row
from bench.timing import side_by_side
from dosebell import civil
from dosebell import schedule as device
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.days import occurrences

ZONE = "Europe/Berlin"
FIRST_YEAR = 2026
OURS = "dosebell"

DAILY = [Rule(f"daily-{hour:02}", f"{hour:02}:00") for hour in range(6, 18)]
SIXTEEN = [
    *DAILY,
    Rule("week-1", "18:00", '["mon", "thu"]', "* * mon,thu", "FREQ=WEEKLY;BYDAY=MO,TH"),
    Rule("week-2", "19:15", '["mon", "thu"]', "* * mon,thu", "FREQ=WEEKLY;BYDAY=MO,TH"),
    Rule(
        "workdays",
        "20:30",
        '["mon", "tue", "wed", "thu", "fri"]',
        "* * mon-fri",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    ),
    Rule("month", "21:45", "{ monthdays = [1, -1] }", "1,L * *", "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
]
IN_THE_GAP = [Rule("gap", "02:30")]
# The hour from 02:00 to 03:00 is skipped on the one, and passes twice on the other.
CHANGES = {"skipped": (3, 29), "twice": (10, 25)}


class DifferentDatesError(Exception):
    """An alternative gives other instants than we do, so its time means nothing."""


def rows(effort: Effort) -> Iterator[Row | str]:
    years = effort.of(10, 1)
    task = Task.years(SIXTEEN, ZONE, FIRST_YEAR, years)
    calls = {OURS: ours(task), **{name: make(task) for name, make in ALTERNATIVES.items()}}
    found = {name: call() for name, call in calls.items()}
    for name in ALTERNATIVES:
        require_same(name, found[OURS], found[name])
    count = sum(map(len, found[OURS].values()))
    times = side_by_side(calls, effort.of(5, 3))
    for name in ALTERNATIVES:
        yield Row(
            f"{years} years of 16 doses" if years > 1 else "a year of 16 doses",
            times[OURS],
            name,
            times[name],
            budgets.FASTER if name == "dateutil.rrule" else None,
            f"{count:,} occurrences, the same from both",
        )
    yield at_the_changes()


def ours(task: Task) -> Callable[[], Instants]:
    """The device's own scheduler, asked as the preview asks it."""
    plan = device.parse(compile_schedule(read_file.parse(_text(task), "bench.toml")).lines)
    begin_s, end_s = (int(at.timestamp()) - civil.UNIX_2000 for at in (task.begin, task.end))

    def instants() -> Instants:
        return {
            dose.id: [
                due_s + civil.UNIX_2000
                for due_s, _day, _slot in occurrences(plan, dose, begin_s, end_s)
            ]
            for dose in plan.doses
        }

    return instants


def require_same(name: str, ours: Instants, theirs: Instants) -> None:
    """Raises `DifferentDatesError` with the first instant that only one of both gives."""
    for ident in ours:
        if ours[ident] == theirs[ident]:
            continue
        odd = sorted({*ours[ident]} ^ {*theirs[ident]})
        what = f"{datetime.fromtimestamp(odd[0], UTC):%Y-%m-%d %H:%M} UTC" if odd else "one twice"
        raise DifferentDatesError(
            f"{name} gives other dates than dosebell for the dose {ident}: {len(theirs[ident])}"
            f" instead of {len(ours[ident])}, first of all {what}"
        )


def at_the_changes() -> str:
    """When each of them rings for 02:30 on the days of a clock change."""
    task = Task.years(IN_THE_GAP, ZONE, FIRST_YEAR, 1)
    said = [f"{OURS} {at_the_change(ours(task)())}"]
    said += [f"{name} {at_the_change(make(task)())}" for name, make in ALTERNATIVES.items()]
    return "02:30 where spring skips it / where autumn has it twice: " + "; ".join(said)


def at_the_change(found: Instants) -> str:
    """The local times in spring and in autumn; the second of two that read the same is "again"."""
    local = [datetime.fromtimestamp(at_s, ZoneInfo(ZONE)) for at_s in found["gap"]]
    spring, autumn = (
        [f"{at:%H:%M}" + " again" * at.fold for at in local if (at.month, at.day) == day]
        for day in CHANGES.values()
    )
    return f"{_listed(spring)} / {_listed(autumn)}"


def _listed(times: list[str]) -> str:
    return " and ".join(times) or "never"


def _text(task: Task) -> str:
    head = f'version = 1\ntimezone = "{task.zone}"\n'
    return head + "".join(
        f'[[dose]]\nid = "{rule.ident}"\nname = "{rule.ident}"\nat = ["{rule.at}"]\n'
        f"days = {rule.days}\n"
        for rule in task.rules
    )
