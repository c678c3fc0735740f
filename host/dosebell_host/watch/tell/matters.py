"""What of a box somebody may be told, and in which words.

A thing holds, or is over, or it is not known which: a box that is away says nothing of what was
answered there, so what was told of it stays so. Where a dose is due and its box silent, that it is
not known whether it was taken is what is told: silence is no good news.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dosebell import record
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.status import Status
from dosebell_host.history.stock import StockOutlook
from dosebell_host.schedule.local_time import (
    LocalTime,
    date_of,
    day_number,
    day_text,
    from_unix,
)
from dosebell_host.watch.attention import NOT_HEARD_S, box_now_s, open_dues
from dosebell_host.watch.elsewhere import WardSilence
from dosebell_host.watch.tell.rules import CLOCK_LOST, LOW, MISSED, SILENT, UNANSWERED
from dosebell_host.watch.tell.told import Matter, MatterKey, Told
from dosebell_host.watch.view import BoxView

_CLOCK_FAULT = "battery-clock"

Found = Iterator[tuple[MatterKey, Matter]]


class MissedDose(NamedTuple):
    """A dose that its box noted as missed, or as not known where it was off itself, and what
    became of that: the kind of the record that put it right, "" where none did, and when it was
    taken. Instants are seconds since 2000.
    """

    dose: str
    due_s: int | None
    noted_s: int
    ended: str = ""
    taken_s: int | None = None
    is_known: bool = True


class BoxNow(NamedTuple):
    """A box, and what else is known: whose it is, the doses that it missed, what was told, since
    when it is watched, and the time, in Unix seconds of this laptop's clock.
    """

    view: BoxView
    person: str
    missed: Mapping[MatterKey, MissedDose]
    told: Told
    watched_since: float | None
    now: float

    @property
    def local(self) -> LocalTime:
        return self.view.local(self.now)

    @property
    def is_heard(self) -> bool:
        """Whether what it last said is still so."""
        heard_at = self.view.heard_at
        return heard_at is not None and abs(self.now - heard_at) < NOT_HEARD_S

    def said(self, text: str) -> str:
        """A message, as `10:30: Anna has not taken D3 + K2.`"""
        return _said(self.local, self.now, text)

    def did(self, what: str, of_person: str, of_box: str) -> str:
        """That the person did so with a dose, else that it is so by the box."""
        if self.person:
            return self.said(f"{self.person} {of_person.format(what)}")
        return self.said(f"{self.view.called}: {of_box.format(what)}")

    @property
    def box(self) -> str:
        """The box as the subject of a sentence."""
        return f"The box of {self.person}" if self.person else f"The box {self.view.called}"

    def at(self, instant_s: int) -> str:
        """The time of day, with the day where that is not today's."""
        return _at(self.local, self.now, instant_s)


def matters_of(box: BoxNow, after_s: Mapping[str, int]) -> dict[MatterKey, Matter]:
    """How all things of that box are that `after_s` names, as far as that is known."""
    return {
        key: matter
        for kind, wait_s in after_s.items()
        for key, matter in _JUDGES[kind](box, wait_s, after_s)
    }


def _of_doses(box: BoxNow, wait_s: int, kinds: Mapping[str, int]) -> Found:
    status = box.view.status
    if status is None:
        return
    now_s = box_now_s(box.view, status, box.now)
    is_known = now_s - status.now_s < NOT_HEARD_S
    opened = {}
    for dose, due_s in sorted(open_dues(status), key=lambda each: each[1]):
        key = MatterKey(UNANSWERED, box.view.device_id, dose, str(due_s))
        opened[key] = due_s
        if now_s - due_s >= wait_s:
            yield key, Matter(_not_answered(box, _name(status, dose), due_s, is_known))
    if is_known and box.is_heard:
        for key in _told(box, UNANSWERED, but=opened):
            yield key, Matter(_answered(box, status, key, MISSED in kinds), holds=False)


def _not_answered(box: BoxNow, name: str, due_s: int, is_known: bool) -> str:
    due = f"(due {box.at(due_s)})"
    if is_known:
        return box.did(name, f"has not taken {{}} {due}.", f"{{}} is not taken {due}.")
    return box.said(f"It is not known whether {name} was taken {due}. {_unheard(box)}")


def _answered(box: BoxNow, status: Status, key: MatterKey, tells_missed: bool) -> str:
    """What became of an occurrence that was open; "" where another message says it."""
    name, due_s = _name(status, key.dose), int(key.at)
    found = next((e for e in status.of_late if (e.dose, e.due_s) == (key.dose, due_s)), None)
    row = next((row for row in status.rows if row.dose == key.dose), None)
    state = found.state if found else ""
    taken_s = found.taken_s if found else None
    if found is None and row and row.intake_s is not None and row.intake_s >= due_s:
        state, taken_s = record.TAKEN, row.intake_s
    if state in (record.MISSED, record.UNKNOWN) or key._replace(kind=MISSED) in box.missed:
        is_known = state != record.UNKNOWN
        return "" if tells_missed else _missed(box, name, due_s, is_known)
    return _ended(box, name, due_s, state, taken_s)


def _ended(box: BoxNow, name: str, due_s: int | None, state: str, taken_s: int | None) -> str:
    of_due = "" if due_s is None else f" of {box.at(due_s)}"
    if state == record.TAKEN:
        at = "" if taken_s is None else f" at {box.at(taken_s)}"
        return box.did(name, f"has taken {{}}{at}.", f"{{}} was taken{at}.")
    if state == record.SKIPPED:
        return box.did(f"{name}{of_due}", "has skipped {}.", "{} was skipped.")
    return box.said(f"{_called(box)}: {name}{of_due} is no longer open.")


def _missed(box: BoxNow, name: str, due_s: int | None, is_known: bool) -> str:
    of_due = "" if due_s is None else f" of {box.at(due_s)}"
    if not is_known:
        text = f"It is not known whether {name}{of_due} was taken: the box was off."
        return box.said(f"{_called(box)}: {text}")
    return box.did(f"{name}{of_due}", "has missed {}.", "{} was missed.")


def _of_missed(box: BoxNow, wait_s: int, kinds: Mapping[str, int]) -> Found:
    for key, missed in box.missed.items():
        if key.device_id != box.view.device_id:
            continue
        if missed.ended:
            text = _ended(box, missed.dose, missed.due_s, missed.ended, missed.taken_s)
            yield key, Matter(text, holds=False)
        else:
            text = _missed(box, missed.dose, missed.due_s, missed.is_known)
            yield key, Matter(text)
    for key in _told(box, MISSED, but=box.missed):
        # So long ago that nobody puts it right any more.
        yield key, Matter("", holds=False)


def _of_stock(box: BoxNow, wait_s: int, kinds: Mapping[str, int]) -> Found:
    status = box.view.status
    if status is None:
        return
    counted = {}
    for row in status.rows:
        outlook = outlook_of(status.plan, row, status.now_s)
        if outlook is None:
            continue
        key, name = MatterKey(LOW, box.view.device_id, row.dose), _name(status, row.dose)
        counted[key] = outlook
        if outlook.is_low:
            yield key, Matter(box.said(_low(box, name, outlook)))
        else:
            text = f"{_called(box)}: {outlook.left} of {name} again."
            yield key, Matter(box.said(text), holds=False)
    for key in _told(box, LOW, but=counted):
        yield key, Matter("", holds=False)


def _low(box: BoxNow, name: str, outlook: StockOutlook) -> str:
    if outlook.is_empty:
        return f"{_called(box)}: by the count nothing is left of {name}."
    day = outlook.runs_out_day
    until = "" if day is None else f", runs out on {day_text(date_of(day))}"
    return f"{_called(box)}: {outlook.left} of {name} left{until}."


def _of_silence(box: BoxNow, wait_s: int, kinds: Mapping[str, int]) -> Found:
    key = MatterKey(SILENT, box.view.device_id)
    since = box.view.heard_at if box.view.heard_at is not None else box.watched_since
    if box.is_heard:
        yield key, Matter(box.said(f"{box.box} is heard again."), holds=False)
    elif since is not None and abs(box.now - since) >= wait_s:
        yield key, Matter(box.said(_unheard(box)))


def ward_matters(
    known: Mapping[str, WardSilence], wait_s: int, now: float
) -> dict[MatterKey, Matter]:
    """Who in a ward is not heard for `wait_s`, or is again, as far as it is ours to tell; `now` is
    Unix seconds by this laptop's clock.
    """
    found = {}
    for about, each in known.items():
        key = MatterKey(SILENT, about)
        if not each.is_ours:
            # Whoever tells it tells the end of it, too.
            found[key] = Matter("", holds=False)
        elif not each.holds:
            text = f"{each.called} is heard again."
            found[key] = Matter(_said(each.local, now, text), holds=False)
        elif now - each.heard_s >= wait_s:
            since = _at(each.local, now, from_unix(each.heard_s))
            text = f"{each.called} has not been heard since {since}."
            found[key] = Matter(_said(each.local, now, text))
    return found


def _said(local: LocalTime, now: float, text: str) -> str:
    """A message, as `10:30: Anna has not taken D3 + K2.`"""
    return f"{local.clock(from_unix(now))}: {text}"


def _at(local: LocalTime, now: float, instant_s: int) -> str:
    """The time of day, with the day where that is not today's."""
    return local.clock_on(day_number(local.date(from_unix(now))), instant_s)


def _unheard(box: BoxNow) -> str:
    if box.view.heard_at is None:
        return f"{box.box} has not been heard since this machine watches."
    return f"{box.box} has not been heard since {box.at(from_unix(box.view.heard_at))}."


def _of_clock(box: BoxNow, wait_s: int, kinds: Mapping[str, int]) -> Found:
    status, key = box.view.status, MatterKey(CLOCK_LOST, box.view.device_id)
    if status is None:
        return
    if status.hello.utc is None:
        yield key, Matter(box.said(f"{box.box} has lost the time, so nothing rings when due."))
    elif _CLOCK_FAULT in status.said.faults:
        text = f"The battery clock of {_called(box)} fails: is its cell empty?"
        yield key, Matter(box.said(text))
    elif box.is_heard:
        yield key, Matter(box.said(f"{box.box} knows the time again."), holds=False)


def _called(box: BoxNow) -> str:
    return box.person or box.view.called


def _told(box: BoxNow, kind: str, but: Iterable[MatterKey]) -> list[MatterKey]:
    """What was told of that kind and box, but for those."""
    of_box = (key for key in box.told if (key.kind, key.device_id) == (kind, box.view.device_id))
    return sorted(set(of_box) - set(but))


def _name(status: Status, dose_id: str) -> str:
    dose = status.plan.dose(dose_id)
    return dose.name if dose else dose_id


_JUDGES = {
    UNANSWERED: _of_doses,
    MISSED: _of_missed,
    LOW: _of_stock,
    SILENT: _of_silence,
    CLOCK_LOST: _of_clock,
}
