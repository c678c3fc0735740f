"""The records of one box, fresh from it where it answers, else as this laptop last read them."""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from dosebell import civil, record
from dosebell.plan import Plan
from dosebell_host.errors import UsageError, UserError
from dosebell_host.history.dues import dated
from dosebell_host.history.outcomes import Outcome, outcomes
from dosebell_host.history.records import Entry, JournalId
from dosebell_host.history.store import History
from dosebell_host.history.unrecorded import LONGEST_WINDOW_S, Unexplained, bounds, unexplained
from dosebell_host.schedule.lines import known, plan_of, title_of
from dosebell_host.schedule.local_time import LocalTime, day_number
from dosebell_host.schedule.values import show

# The first day that a reader looks at, as a day number, by local time and the box's own now.
Since = Callable[[LocalTime, int], int | None]
# What is written of an occurrence is written from the opening of its window on, and a day in UTC
# is not the local one.
_SLACK_DAYS = LONGEST_WINDOW_S // civil.DAY_S + 2
# What was put right of more days is found no sooner than all that was noted since.
_MOST_BOUNDED_DAYS = 92
# No calendar goes further.
_LAST_DAY = 1 << 30
_AFTER = re.compile(r"(?:([0-9a-z]{1,8}):)?(\d{1,9})", re.ASCII)


def always(local: LocalTime, now_s: int) -> int | None:
    """All days."""
    return None


def today(local: LocalTime, now_s: int) -> int | None:
    """The box's today, and what comes."""
    return day_number(local.date(now_s))


def lately(local: LocalTime, now_s: int) -> int:
    """What is open now became due since then: no window is longer."""
    return day_number(local.date(now_s - LONGEST_WINDOW_S))


def since_day(day: int) -> Since:
    """That day number and what comes, and all that may be open now."""
    return lambda local, now_s: min(day, lately(local, now_s))


@contextmanager
def _all_kept() -> Iterator[None]:
    """For what makes many objects that all stay: no garbage is sought among them meanwhile.

    Python would look through all that there is again and again while it grows, which is a tenth
    of what reading a long history takes.
    """
    was_sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_sought:
            gc.enable()


class Noted(NamedTuple):
    """What is noted of a box, and by which schedules it is to be read."""

    entries: list[Entry]
    # The schedules by revision, as far as this laptop saw them.
    plans: dict[str, Plan]
    # The revisions whose lines are kept, and this release cannot read.
    unreadable: set[str]
    # The records and the heads of snapshots that say which schedule is in force, in order.
    in_force: list[Entry]
    # The lines of those schedules by revision.
    lines: dict[str, list[str]]


@dataclass
class BoxLog:
    """What is known of a box. `read_at` is Unix seconds: when it was last read, None for now.
    `now_s` is the box's own now, as far as it is known, in seconds since 2000.
    """

    device_id: str
    now_s: int
    entries: list[Entry]
    # Its journals, the newest last, by each name that they had here.
    journals: dict[JournalId, JournalId]
    # The schedules by revision, as far as this laptop saw them.
    plans: dict[str, Plan]
    lines: list[str]
    missing: int
    # Times of day where the person lives.
    local: LocalTime
    read_at: float | None = None
    # A day number where only what readers of that day and later ones need was read; another one
    # where of later days only what was put right of earlier ones.
    since_day: int | None = None
    until_day: int | None = None
    # The revisions whose lines this laptop has, and this release cannot read.
    unreadable: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The box as messages call it."""
        return box_name(self.device_id, self.lines)

    @property
    def pushes(self) -> list[tuple[int, str]]:
        """When a schedule came, in seconds since 2000, and its revision, as they were noted."""
        return [
            (entry.utc_s, entry.detail.get("revision", ""))
            for entry in self.entries
            if entry.kind == record.SCHEDULE and entry.utc_s is not None
        ]

    def plan_at(self, at_s: int) -> Plan | None:
        """The schedule that was in force then, None where this laptop never saw it."""
        then = [revision for since_s, revision in self.pushes if since_s <= at_s]
        return self.plans.get(then[-1]) if then else None

    @property
    def unexplained(self) -> list[Unexplained]:
        """Gaps of which this laptop does not know the schedule that was in force."""
        return unexplained(self.entries, self.plans.get)

    @property
    def doses(self) -> list[str]:
        """The ids of the schedule in force, in its order."""
        return [dose.id for dose in plan_of(self.lines).doses]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """How every occurrence ended: by date, then in the order of the schedule. Where only a
        part was read, those from `since_day` to `until_day` are among them.
        """
        order = {dose: place for place, dose in enumerate(self.doses)}
        found = outcomes_from(self.entries, self.plans, self.since_day)
        last = len(order)
        # Of one date and dose they stand in order already.
        return sorted(found, key=lambda each: (each.day, order.get(each.dose, last)))


@dataclass(frozen=True)
class After:
    """Behind the record of that number in a journal, None for the newest that got so far."""

    seq: int
    journal: JournalId | None = None


@dataclass(frozen=True)
class Choice:
    """Which part of a log is shown: from a day number on and up to one, after a record, of one
    dose.
    """

    first_day: int | None = None
    after: After | None = None
    dose: str | None = None
    last_day: int | None = None

    def outcomes(self, log: BoxLog) -> list[Outcome]:
        days = self._days()
        return [
            each for each in log.outcomes if each.day in days and self.dose in (None, each.dose)
        ]

    def entries(self, log: BoxLog) -> list[Entry]:
        local, days = log.local, self._days()
        is_all = self.first_day is None and self.last_day is None
        return [
            entry
            for entry in (log.entries if self.after is None else behind(log.entries, self.after))
            if self.dose in (None, entry.dose)
            and (is_all or (day := _day_of(entry, local)) is None or day in days)
        ]

    def _days(self) -> range:
        """The day numbers meant."""
        last_day = _LAST_DAY if self.last_day is None else self.last_day
        return range(0 if self.first_day is None else self.first_day, last_day + 1)


def behind(entries: list[Entry], after: After) -> list[Entry]:
    """What is kept after the record of that number in its journal, and all newer journals."""
    seq, meant = after.seq, after.journal
    if meant is None:
        # Numbers begin anew with each journal of a box.
        got_so_far = [entry.journal for entry in entries if entry.seq >= seq]
        if not got_so_far:
            return []
        meant = got_so_far[-1]
    read = [n for n, each in enumerate(entries) if each.journal == meant and each.seq <= seq]
    if read:
        return entries[read[-1] + 1 :]
    own = [n for n, each in enumerate(entries) if each.journal == meant]
    return entries[own[0] :] if own and after.journal is not None else entries


def outcome_json(each: Outcome, local: LocalTime) -> dict[str, Any]:
    """How one occurrence ended."""
    return {
        "dose": each.dose,
        "slot": each.slot,
        "due": None if each.due_s is None else local.iso(each.due_s),
        "status": each.status,
        "taken_at": None if each.taken_s is None else local.iso(each.taken_s),
        "late_s": each.late_s,
    }


def named_record(text: str) -> tuple[str | None, int]:
    """The journal and the number in what `--after` is given. Raises `UsageError` for others."""
    match = _AFTER.fullmatch(text.strip())
    if not match:
        fix = "write SEQ or JOURNAL:SEQ, as `dosebell log --json` has them"
        raise UsageError(f"{show(text)} is no record", where="--after", fix=fix)
    return match[1], int(match[2])


def after(record: tuple[str | None, int], log: BoxLog) -> After:
    """The place in this log of a journal and a number in it.

    Raises `UserError` for a journal that is not kept.
    """
    journal, seq = record
    if journal is None:
        return After(seq)
    if journal not in log.journals:
        known = ", ".join(dict.fromkeys(log.journals.values())) or "none at all"
        raise UserError(f"the log has no journal {journal}", fix=f"it has {known}", code="journal")
    return After(seq, log.journals[journal])


def check_dose(dose: str, log: BoxLog, history: History) -> None:
    """Raise `UserError` for a dose that is neither planned nor noted anywhere in that history."""
    planned = log.doses
    if dose in planned or any(entry.dose == dose for entry in log.entries):
        return
    entries = history.entries(log.device_id)
    known = dict.fromkeys([*planned, *(entry.dose for entry in entries if entry.dose)])
    if dose not in known:
        there = f"there is {', '.join(known)}" if known else "it has none at all"
        raise UserError(f"the log has no dose {show(dose)}", fix=there, code="no-dose")


def box_log(
    history: History,
    device_id: str,
    lines: list[str],
    local: LocalTime,
    now_s: int,
    read_at: float | None = None,
    since: Since = always,
    until: Since = always,
) -> BoxLog:
    """What is kept of a box whose schedule has these lines, of the days that `since` and `until`
    tell, both included.

    `now_s` is the time now in seconds since 2000: the box's own, else the laptop's. One that was
    last read at `read_at`, in Unix seconds, may live at a time of its own, so its last word
    counts.
    """
    if read_at is not None:
        told_s = history.last_told_s(device_id)
        now_s = now_s if told_s is None else told_s
    since_day, until_day = since(local, now_s), until(local, now_s)
    if not _is_bounded(since_day, until_day, day_number(local.date(now_s))):
        until_day = None
    noted = noted_of(history, device_id, since_day, until_day)
    missing = history.missing(device_id) + history.unreadable
    journals = history.journals.names(device_id)
    entries, plans = noted.entries, noted.plans
    log = BoxLog(device_id, now_s, entries, journals, plans, lines, missing, local, read_at)
    log.since_day, log.until_day = since_day, until_day
    log.unreadable = noted.unreadable
    return log


@_all_kept()
def noted_of(
    history: History, device_id: str, since_day: int | None = None, until_day: int | None = None
) -> Noted:
    """What is noted of a box that readers of the days from `since_day` on, up to that day number,
    need; None for all.
    """
    since_s = None if since_day is None else (since_day - _SLACK_DAYS) * civil.DAY_S
    until_s = None if until_day is None else (until_day + _SLACK_DAYS) * civil.DAY_S
    noted = history.entries(device_id, heads=True, since_s=since_s, until_s=until_s)
    pushes = [entry for entry in noted if entry.kind in (record.SCHEDULE, record.SNAPSHOT)]
    revisions = {entry.detail.get("revision", "") for entry in pushes}
    kept = {revision: history.schedule(revision) for revision in revisions}
    lines = {each: known(each, found) for each, found in kept.items() if found}
    found = {each: plan_of(of_it) for each, of_it in lines.items()}
    plans = {revision: plan for revision, plan in found.items() if plan.zone_name}
    entries = list(dated(noted, plans.get))
    return Noted(entries, plans, found.keys() - plans.keys(), pushes, lines)


@_all_kept()
def outcomes_from(
    entries: list[Entry], plans: dict[str, Plan], since_day: int | None
) -> list[Outcome]:
    """How every occurrence ended, those from that day number on among them, by date and dose."""

    def matters(entry: Entry) -> bool:
        # A gap says nothing of the days after it.
        if since_day is None or entry.kind != record.GAP:
            return True
        return bounds(entry)[1] // civil.DAY_S >= since_day - _SLACK_DAYS

    return outcomes(filter(matters, entries), plans.get)


def _is_bounded(since_day: int | None, until_day: int | None, today: int) -> bool:
    """Whether leaving out what came later is worth a search in it for what was put right."""
    if since_day is None or until_day is None or until_day >= today:
        return False
    return until_day - since_day <= _MOST_BOUNDED_DAYS


def box_name(device_id: str, lines: list[str]) -> str:
    title = title_of(lines)
    return f"{device_id} ({title})" if title else device_id


def _day_of(entry: Entry, local: LocalTime) -> int | None:
    """The date a record belongs to; None for one without a time, which belongs to all."""
    if entry.day is not None:
        return entry.day
    return None if entry.utc_s is None else day_number(local.date(entry.utc_s))
