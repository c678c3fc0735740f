"""`dosebell export ics`: what is planned, by the box's schedule or a file, as a calendar."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock

from dosebell_host.actions.read_log import read_log
from dosebell_host.box.contact import session
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UsageError, UserError
from dosebell_host.export.calendar import CalendarPlan, Written, written
from dosebell_host.export.make import Exported, kept
from dosebell_host.history.box_log import BoxLog, today
from dosebell_host.history.run_out import midnight_s
from dosebell_host.history.store import open_history
from dosebell_host.resources import is_special
from dosebell_host.schedule.lines import plan_of, read_lines, title_of
from dosebell_host.schedule.local_time import day_number, from_unix, laptop_local_time, now_s
from dosebell_host.schedule.plan_file import load
from dosebell_host.schedule.typed.asked_date import asked_date
from dosebell_host.talk import Talk
from dosebell_host.trial.preview import BEYOND_TABLE, check_days

ICS = "ics"
DAYS = 90


@dataclass(frozen=True)
class PlanWishes:
    """Of which schedule: a file's, else that of a box; from which date on, None for today, how
    many days, and whether a calendar shall ring as well; where it is written, None for nowhere.
    """

    file: Path | None = None
    port: str | None = None
    device_id: str | None = None
    first: str | None = None
    days: int = DAYS
    alarm: bool = False
    output: Path | None = None
    sync: bool = True

    def check(self) -> None:
        """Raise `UsageError` for what makes no sense, whatever is planned."""
        check_days(self.days)
        if self.file and self.device_id:
            fix = "leave out one of the two"
            raise UsageError("FILE and --device both say whose schedule", fix=fix)


def export_plan(wishes: PlanWishes, talk: Talk, reach: Reach) -> Exported:
    """Make the calendar, and write it where that is wished; what it said before and what fell away
    since is told as cancelled.

    Raises `UsageError` for days that make no sense, `UserError` where there is no schedule or the
    file is wrong, and `NoDevice` where neither a box nor the history answers.
    """
    wishes.check()
    # What is no date is told before any box is looked for.
    today = laptop_local_time(reach.clock()).date(now_s(reach.clock))
    first = None if wishes.first is None else asked_date(wishes.first, "--from", today)
    if wishes.file is None:
        planned = _of_box(wishes, first, talk, reach)
    else:
        planned = _of_file(wishes, wishes.file, first, reach)
    made = written(planned, _before(wishes.output))
    if not made.events:
        talk.note("Nothing is planned in these days.")
    end = day_number(planned.first) + planned.days
    if midnight_s(planned.plan, end) > planned.plan.zone.until:
        talk.note(BEYOND_TABLE)
    return kept(Exported(ICS, planned.who, made.events, made.data, None), wishes.output, talk)


class Feeds:
    """The calendar of each box as calendars ask for it ever again, each made once.

    It takes a tenth of a second to make one, and most who ask get what was made before: nothing
    else goes into it but the schedule, when that came, and the day. Who asks for it meanwhile
    waits for the one that is being made. `make` makes it.
    """

    def __init__(self, make: Callable[[CalendarPlan], Written] = written) -> None:
        self._make = make
        self._lock = Lock()
        self._made: dict[str, tuple[object, bytes]] = {}

    def of(self, log: BoxLog, laptop: float) -> bytes:
        """What the schedule of a box plans from today on; `laptop` is the time by this laptop's
        clock, in Unix seconds.

        Raises `UserError` where the schedule is not known here.
        """
        planned = planned_of(log, _today(log, laptop), DAYS)
        made_from = planned.first, planned.stamp_s, tuple(log.lines)
        with self._lock:
            before, data = self._made.get(planned.who, (None, b""))
            if before != made_from:
                data = self._make(planned).data
                self._made[planned.who] = made_from, data
            return data


def planned_of(log: BoxLog, first: date, days: int, alarm: bool = False) -> CalendarPlan:
    """What a calendar of a box is made from.

    Raises `UserError` where its schedule is not known here, or is none.
    """
    plan = plan_of(log.lines)
    if not plan.zone_name:
        fix = "`dosebell push FILE` gives it one; or name a FILE here"
        raise UserError("no schedule of this box is known", fix=fix, code="no-schedule")
    pushes = log.pushes
    stamp_s = pushes[-1][0] if pushes else midnight_s(plan, day_number(first))
    who = log.device_id
    return CalendarPlan(
        plan, title_of(log.lines), who, _takes(log.lines), first, days, stamp_s, alarm
    )


def _of_box(wishes: PlanWishes, first: date | None, talk: Talk, reach: Reach) -> CalendarPlan:
    with closing(open_history(talk.note)) as history:
        reached = partial(session, note=talk.note, reach=reach, sync=wishes.sync, kept_in=history)
        log = read_log(history, reached, wishes.port, wishes.device_id, reach.clock(), today)
    begins = first or _today(log, reach.clock())
    return planned_of(log, begins, wishes.days, wishes.alarm)


def _today(log: BoxLog, laptop: float) -> date:
    """The date by the box's own clock; by this laptop's, in Unix seconds, where it is away."""
    return log.local.date(log.now_s if log.read_at is None else from_unix(laptop))


def _of_file(wishes: PlanWishes, file: Path, first: date | None, reach: Reach) -> CalendarPlan:
    loaded = load(file)
    begins = first or loaded.local.date(now_s(reach.clock))
    lines = loaded.compiled.lines
    return CalendarPlan(
        loaded.plan,
        title_of(lines),
        # A file may move, and be edited: its name is what stays.
        hashlib.sha256(file.name.encode()).hexdigest()[:16],
        _takes(lines),
        begins,
        wishes.days,
        midnight_s(loaded.plan, day_number(begins)),
        wishes.alarm,
    )


def _takes(lines: list[str]) -> dict[str, str]:
    """How much of each dose, as on the label."""
    fields = [fields for kind, fields in read_lines(lines) if kind == "dose"]
    return {each.get("id", ""): each.get("take", "") for each in fields}


def _before(output: Path | None) -> bytes:
    """What stands in the file that is to be written."""
    if output is None or is_special(output):
        return b""
    try:
        return output.read_bytes()
    except OSError:
        return b""
