"""A box that is away, as this laptop last read it: what it noted that day, and what is left."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

from dosebell import civil
from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.doses.stocks import CountedDose, counted_lines
from dosebell_host.actions.read_log import log_of_history
from dosebell_host.box.contact import Contact
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.box.reach import Reach
from dosebell_host.errors import NoDevice, UserError, on_one_line
from dosebell_host.history import box_log
from dosebell_host.history.box_log import BoxLog, Since
from dosebell_host.history.log_text import log_warnings
from dosebell_host.history.outcomes import Outcome, of_late
from dosebell_host.history.stock import last_counts, stock_outlooks
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.lines import plan_of, title_of
from dosebell_host.schedule.local_time import day_number, day_text, from_unix
from dosebell_host.schedule.typed.dose_words import dose_meant
from dosebell_host.talk import Talk

T = TypeVar("T")
K = TypeVar("K")

# Nothing is planned for longer, or it is as good as never.
_AHEAD_S = 400 * civil.DAY_S


@dataclass(frozen=True)
class LastRead:
    """What this laptop knows of a box that does not answer."""

    log: BoxLog
    # What was left of each dose that is counted, by the box's last word on it.
    left: dict[str, int]

    @classmethod
    def of(cls, history: History, read: Callable[[Since], BoxLog]) -> "LastRead":
        """Of a box whose log is `read` of late, however long it has been in use."""
        log = read(box_log.lately)
        return cls(log, last_counts(history, log))

    @cached_property
    def counted(self) -> list[CountedDose]:
        """The doses whose stock is counted, and how long that lasts."""
        plan = plan_of(self.log.lines)
        outlooks = stock_outlooks(self.log, self.left)
        return [CountedDose.of(plan, dose, outlook) for dose, outlook in outlooks.items()]

    def stock_of(self, dose: str) -> CountedDose:
        """What was left of one dose. Raises `UserError` where nothing is known of that."""
        meant = dose_meant(plan_of(self.log.lines).doses, dose)
        for each in self.counted:
            if meant and each.dose == meant.id:
                return each
        there = ", ".join(each.dose for each in self.counted) or "none"
        message = f"no stock of {on_one_line(dose)} is known here"
        raise UserError(message, fix=f"there is that of {there}", code="no-stock")

    @property
    def day(self) -> int:
        """The date of its last word, as a day number."""
        return day_number(self.log.local.date(self.log.now_s))

    @property
    def noted(self) -> list[Outcome]:
        """What came of that day, as far as it got."""
        return [each for each in self.log.outcomes if each.day == self.day]

    @property
    def of_late(self) -> list[Outcome]:
        """What ended within a day before its last word."""
        return of_late(self.log.outcomes, self.log.now_s)

    @property
    def coming(self) -> tuple[int, str] | None:
        """What its schedule has due after its last word: when, and which dose."""
        plan, now_s = plan_of(self.log.lines), self.log.now_s
        coming = [
            next(((due_s, dose.id) for due_s, day, _ in found if not plan.is_off(day)), None)
            for dose in plan.doses
            for found in [occurrences(plan, dose, now_s + 1, now_s + _AHEAD_S)]
        ]
        return min((each for each in coming if each is not None), default=None)

    def to_json(self) -> dict[str, Any]:
        log, coming = self.log, self.coming
        read_at = None if log.read_at is None else log.local.iso(from_unix(log.read_at))
        return {
            "device_id": log.device_id,
            "title": title_of(log.lines) or None,
            "read_at": read_at,
            "noted_until": log.local.iso(log.now_s),
            "next": coming and {"dose": coming[1], "due": log.local.iso(coming[0])},
            "today": [box_log.outcome_json(each, log.local) for each in self.noted],
            "stock": [each.to_json() for each in self.counted],
        }

    def lines(self) -> Iterator[str]:
        """The same for a person, in the order of a status."""
        local, title = self.log.local, title_of(self.log.lines)
        moment = local.datetime(self.log.now_s)
        yield f"Box       {self.log.device_id}{f', {title}' if title else ''}"
        yield f"As of     {day_text(moment.date(), year=True)} {moment:%H:%M}, its last word here"
        noted = [
            f"{each.dose} {each.status}"
            + (f" {local.clock(each.taken_s)}" if each.taken_s is not None else "")
            for each in self.noted
        ]
        yield f"That day  {', '.join(noted) or 'nothing yet'}"
        if self.coming:
            due = local.datetime(self.coming[0])
            yield f"Then      {self.coming[1]} on {day_text(due.date())} at {due:%H:%M}"
        for line in counted_lines(self.counted):
            yield f"Stock     {line}"


def port_of(port: str | None, device: str | None, talk: Talk) -> str | None:
    """The port that was named, else that of the box with that name or id; None for any."""
    if port or not device:
        return port
    with closing(open_history(talk.note)) as history:
        return f"{ID_PREFIX}{history.device_named(device) or device}"


def _has_met_any(talk: Talk) -> bool:
    with closing(open_history(talk.note)) as history:
        return bool(history.boxes())


def asked_or_known(
    port: str | None,
    device: str | None,
    ask: Callable[[Contact], T],
    recall: Callable[[History, str], K],
    talk: Talk,
    reach: Reach,
    sync: bool,
) -> T | K:
    """What a box answers, at `port` or by its name or id, `device`; else what is recalled of the
    box whose id begins so.

    Raises `NoDevice` where neither tells of a box: one at a port that is named must answer.
    """
    named = port_of(port, device, talk)
    try:
        with contacted(named, talk, reach, sync) as contact:
            return ask(contact)
    except NoDevice:
        if port or not (device or _has_met_any(talk)):
            raise
    with closing(open_history(talk.note)) as history:
        return recall(history, (named or "").removeprefix(ID_PREFIX))


def asked_or_last_read(
    port: str | None,
    device: str | None,
    ask: Callable[[Contact], T],
    talk: Talk,
    reach: Reach,
    sync: bool,
) -> "T | LastRead":
    """As `asked_or_known`; else what was last read of the box."""

    def recall(history: History, ident: str) -> LastRead:
        read = LastRead.of(history, partial(log_of_history, history, ident, reach.clock()))
        for sentence in log_warnings(read.log, reach.clock()):
            talk.note(sentence)
        return read

    return asked_or_known(port, device, ask, recall, talk, reach, sync)
