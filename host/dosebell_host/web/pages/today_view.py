"""Today at one box: what rings, what comes next, what was taken, and what needs somebody.

A box that is away is shown as this laptop last read it, and says so first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dosebell import civil, record
from dosebell.record import RINGING, SNOOZED
from dosebell_host.actions.doses.stocks import CountedDose, counted_of, counted_words
from dosebell_host.actions.last_read import LastRead
from dosebell_host.actions.next_due import window_of
from dosebell_host.actions.occurrences import current_of
from dosebell_host.actions.status import Status
from dosebell_host.actions.status_text import (
    POWER,
    next_words,
    open_words,
    time_words,
    warnings,
    which_words,
)
from dosebell_host.box.client import Meant
from dosebell_host.box.clock_verdict import LARGEST_STEP_IN_PASSING_S, difference_text
from dosebell_host.box.hello import NO_TIME
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.outcomes import OPEN, Outcome
from dosebell_host.schedule.local_time import LocalTime, day_text, from_unix
from dosebell_host.watch.attention import moment_words
from dosebell_host.watch.view import Presence
from dosebell_host.web.pages.dose_names import DoseNames, dose_names
from dosebell_host.web.pages.known_boxes import ShownBox, heard_words
from dosebell_host.web.pages.outcome_words import outcome_mark, outcome_words
from dosebell_host.web.pages.since_then import brought_up
from dosebell_host.wording import duration_text

# What is in the way where a watcher says nothing closer.
_PRESENCE = {
    Presence.AWAY: "It is not connected to this laptop, so nobody here knows whether it rings.",
    Presence.SILENT: "It is plugged in and does not answer.",
    Presence.BUSY: "Another program speaks with it just now.",
}
_ANSWERED = (record.TAKEN, record.SKIPPED)


@dataclass(frozen=True)
class OpenDose:
    """Something that can be answered: just this occurrence, and no other of its dose."""

    meant: Meant
    name: str
    amount: str
    # `place 3`, "" where nothing tells it from others.
    place: str
    due: str
    state: str
    until: str
    rings: bool = False
    can_snooze: bool = False

    @property
    def told_apart(self) -> str:
        """What tells the buttons of this one from all others."""
        return f"{self.name}, due {self.due}"


@dataclass(frozen=True)
class TakeBack:
    """What a button takes back: the answer that is shown, and no later one. `answered_s` is when
    it was taken, None where it was skipped.
    """

    meant: Meant
    answered_s: int | None


@dataclass(frozen=True)
class ToldDose:
    """What became of one occurrence today."""

    status: str
    mark: str
    name: str
    due: str
    words: str
    undo: TakeBack | None = None

    @property
    def told_apart(self) -> str:
        return f"{self.name}{f', due {self.due}' if self.due else ''}, {self.words}"


@dataclass(frozen=True)
class BoxToday:
    """All that is told of one box. Where `is_current` is false it is as of `as_of`."""

    device_id: str
    called: str
    more: str
    is_current: bool
    heard: str
    as_of: str
    attention: tuple[str, ...]
    rings: tuple[OpenDose, ...]
    open: tuple[OpenDose, ...]
    next: str
    told: tuple[ToldDose, ...]


def today_of(box: ShownBox, read: LastRead | None, now: float) -> BoxToday:
    """What is known of it: by its own word where it answers, or is only busy, else as it was last
    `read`. `now` is Unix seconds by this laptop's clock.
    """
    status = box.view.status
    if status is not None and box.view.presence in (Presence.HERE, Presence.BUSY):
        return _as_it_says(box, brought_up(status, read.log) if read else status, now)
    return _as_last_read(box, read, now)


def _as_it_says(box: ShownBox, status: Status, now: float) -> BoxToday:
    names = dose_names(status.lines)
    calling = [row for row in status.rows if row.calling]
    others = [row for row in status.rows if row.is_open and not row.calling]
    counted = counted_of(status.plan, status.rows, status.now_s)
    told = tuple(_told(status.today, names, status.local, is_current=True))
    attention = (
        *_in_the_way(box),
        *_of_the_box(status),
        *_untaken(status.of_late, names, status.local, status.now_s),
        *_low(counted, names),
    )
    return BoxToday(
        device_id=box.view.device_id,
        called=box.called,
        more=box.more,
        is_current=True,
        heard=heard_words(box, now, status.local),
        as_of="",
        attention=attention,
        rings=tuple(_calling(status, row, names) for row in calling),
        open=tuple(_open(status, row, names) for row in others),
        next=_next(status, names),
        told=told,
    )


def _as_last_read(box: ShownBox, read: LastRead | None, now: float) -> BoxToday:
    attention = [*_in_the_way(box)]
    told: tuple[ToldDose, ...] = ()
    heard, as_of, coming = heard_words(box, now), "", ""
    if read is not None:
        log = read.log
        names = dose_names(log.lines)
        told = tuple(_told(read.noted, names, log.local, is_current=False))
        attention += _untaken(read.of_late, names, log.local, log.now_s)
        attention += _low(read.counted, names)
        moment = log.local.datetime(log.now_s)
        as_of = f"{day_text(moment.date(), year=True)} {moment:%H:%M}"
        heard, coming = heard_words(box, now, log.local), _then(read, names, now)
    return BoxToday(
        device_id=box.view.device_id,
        called=box.called,
        more=box.more,
        is_current=False,
        heard=heard,
        as_of=as_of,
        attention=tuple(attention),
        rings=(),
        open=(),
        next=coming,
        told=told,
    )


def _then(read: LastRead, names: DoseNames, now: float) -> str:
    """What its schedule has due after its last word; what of that is past, nobody knows of."""
    if read.coming is None:
        return "nothing is planned"
    due_s, dose = read.coming
    due = read.log.local.datetime(due_s)
    words = f"{names[dose].name} on {day_text(due.date())} at {due:%H:%M}"
    past = ", and nothing is known of it" if due_s < from_unix(now) else ""
    return f"{words}{past}"


def _next(status: Status, names: DoseNames) -> str:
    """What rings next, by the name of its dose."""
    if not status.lines:
        return ""
    words, dose = next_words(status), status.coming.dose if status.coming else ""
    return f"{names[dose].name} {words.removeprefix(f'{dose} ')}" if dose else words


def _in_the_way(box: ShownBox) -> Iterator[str]:
    if not box.view.is_here:
        yield box.view.trouble or _PRESENCE[box.view.presence]
    elif box.view.trouble:
        yield box.view.trouble


def _of_the_box(status: Status) -> Iterator[str]:
    """What is wrong with it, or will be."""
    if not status.hello.revision:
        yield "It has no schedule yet."
    if status.hello.utc is None:
        yield f"Its clock is {NO_TIME}."
    elif not status.hello.virtual and abs(status.ahead_s or 0) > LARGEST_STEP_IN_PASSING_S:
        yield f"Its clock is {difference_text(status.ahead_s)}."
    for about, words in warnings(status):
        if about != POWER:
            yield f"{about}: {words.rstrip('.')}."


def _untaken(
    of_late: Iterable[Outcome], names: DoseNames, local: LocalTime, now_s: int
) -> Iterator[str]:
    for each in of_late:
        if each.state in (record.MISSED, record.UNKNOWN):
            due = "" if each.due_s is None else f", due {moment_words(each.due_s, now_s, local)}"
            yield f"{names[each.dose].name}{due}: {outcome_words(each, local)}."


def _low(counted: Iterable[CountedDose], names: DoseNames) -> Iterator[str]:
    for dose in counted:
        if dose.outlook.is_low:
            yield f"{names[dose.dose].name}: {counted_words(dose)}."


def _calling(status: Status, row: DoseRow, names: DoseNames) -> OpenDose:
    minutes_s = max(0, status.now_s - (row.due_s or status.now_s)) // 60 * 60
    since = f"for {duration_text(minutes_s)}" if minutes_s else "just now"
    state = f"rings {since}" if row.state == RINGING else "is snoozed, and will ring again"
    return _shown(status, row, names, state, can_snooze=row.state in (RINGING, SNOOZED))


def _open(status: Status, row: DoseRow, names: DoseNames) -> OpenDose:
    words = open_words(status, row).removeprefix(f"{row.dose} ")
    return _shown(status, row, names, words)


def _shown(
    status: Status,
    row: DoseRow,
    names: DoseNames,
    state: str,
    can_snooze: bool = False,
) -> OpenDose:
    meant, name = current_of(row, status.plan), names[row.dose]
    window = window_of(status.plan, row)
    closes_s = window.closes[-1] if window else row.closes_s
    return OpenDose(
        meant=meant,
        name=name.name,
        amount=name.amount,
        place=which_words(status, row),
        due=time_words(row.due_s or meant.due_s, status),
        state=state,
        until=time_words(closes_s, status),
        rings=row.calling,
        can_snooze=can_snooze,
    )


def _told(
    found: Iterable[Outcome], names: DoseNames, local: LocalTime, is_current: bool
) -> Iterator[ToldDose]:
    for each in found:
        if each.status == OPEN:
            continue
        can_be = is_current and each.due_s is not None
        answered = each.state in _ANSWERED and not each.off and each.dose in names
        meant = Meant(each.dose, civil.iso(each.day), each.slot, each.due_s or 0)
        yield ToldDose(
            status=each.status,
            mark=outcome_mark(each),
            name=names[each.dose].name,
            due="" if each.due_s is None else local.clock(each.due_s),
            words=outcome_words(each, local),
            undo=TakeBack(meant, each.taken_s) if answered and can_be else None,
        )
