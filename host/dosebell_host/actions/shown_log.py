"""The part of a log that a person asks for, and what they should know before they read it."""

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from dosebell_host.actions.read_log import read_log
from dosebell_host.box.contact import session
from dosebell_host.box.reach import Reach
from dosebell_host.history import box_log, log_json
from dosebell_host.history.box_log import BoxLog, Choice, always
from dosebell_host.history.box_names import whose_log
from dosebell_host.history.log_text import log_warnings
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import Entry
from dosebell_host.history.store import open_history
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import (
    LocalTime,
    laptop_local_time,
    now_s,
)
from dosebell_host.schedule.typed.dose_words import dose_meant
from dosebell_host.schedule.typed.said_days import Asking, SaidDays
from dosebell_host.talk import Talk

# What `log` calls the days.
OF_LOG = Asking(first="--since")


@dataclass(frozen=True)
class LogWishes:
    """Which box, and which part of its log: `since` as a date or `30d`, `after` a record as
    `17` or `JOURNAL:17`, `dose` an id, `until` a date, `month` as `2026-11` or `october`; None for
    all.
    """

    port: str | None = None
    device_id: str | None = None
    since: str | None = None
    after: str | None = None
    dose: str | None = None
    sync: bool = True
    until: str | None = None
    month: str | None = None
    # What the first day and the others are called where they were typed.
    asking: Asking = OF_LOG

    def first_day(self, local: LocalTime, now_s: int) -> int | None:
        """The day number from which on it is shown; None for all."""
        return self._ends(local, now_s)[0]

    def last_day(self, local: LocalTime, now_s: int) -> int | None:
        """The day number up to which it is shown; None for all."""
        return self._ends(local, now_s)[1]

    def check(self, local: LocalTime, now_s: int) -> None:
        """Raise `UsageError` for what means no days, whatever box it is."""
        self._ends(local, now_s)

    def _ends(self, local: LocalTime, now_s: int) -> tuple[int | None, int | None]:
        said = SaidDays(self.month, self.since, self.until, self.asking)
        return said.day_numbers(local.date(now_s))


class ShownLog(NamedTuple):
    """A log, and the part of it that was asked for."""

    log: BoxLog
    choice: Choice
    # Whose it is; "" where only one box was ever here, and nobody gave it a name.
    whose: str = ""

    @property
    def outcomes(self) -> list[Outcome]:
        return self.choice.outcomes(self.log)

    @property
    def names(self) -> dict[str, str]:
        """The names of the doses of the schedule in force, by their ids."""
        return {dose.id: dose.name for dose in plan_of(self.log.lines).doses}

    @property
    def entries(self) -> list[Entry]:
        return self.choice.entries(self.log)

    @property
    def nothing(self) -> str:
        """What to say where there is no such record."""
        if self.choice.after is None:
            return "Nothing is noted of that time."
        newest = self.log.entries[-1:]
        where = f"; the newest record is {newest[0].journal}:{newest[0].seq}" if newest else ""
        return f"Nothing is noted after that record{where}."

    def to_json(self) -> dict[str, Any]:
        return log_json.to_json(self.log, self.choice)


def shown_log(wishes: LogWishes, talk: Talk, reach: Reach) -> ShownLog:
    """Read it from the box, else from the history of this laptop, and note what is wrong with it.

    Raises `UserError` for a dose or a journal that is not in it, `UsageError` for a date or a
    record that is none, and `NoDevice` where neither the box nor the history answers.
    """
    record = None if wishes.after is None else box_log.named_record(wishes.after)
    # What is no date is told before any box is looked for.
    wishes.check(laptop_local_time(reach.clock()), now_s(reach.clock))
    with closing(open_history(talk.note)) as history:
        reached = partial(session, note=talk.note, reach=reach, sync=wishes.sync, kept_in=history)
        # What comes after a record may be noted of any day.
        since = wishes.first_day if record is None else always
        log = read_log(history, reached, wishes.port, wishes.device_id, reach.clock(), since)
        whose = whose_log(history, log.device_id)
        if wishes.dose is not None:
            wishes = replace(wishes, dose=_dose_called(wishes.dose, log))
            box_log.check_dose(wishes.dose or "", log, history)
    first_day = wishes.first_day(log.local, log.now_s)
    after = None if record is None else box_log.after(record, log)
    for sentence in log_warnings(log, reach.clock()):
        talk.note(sentence)
    last_day = wishes.last_day(log.local, log.now_s)
    return ShownLog(log, Choice(first_day, after, wishes.dose, last_day), whose)


def _dose_called(word: str, log: BoxLog) -> str:
    """The id of the dose that is meant; one that is planned no more is named by its id alone."""
    if any(entry.dose == word for entry in log.entries):
        return word
    found = dose_meant(plan_of(log.lines).doses, word)
    return found.id if found else word
