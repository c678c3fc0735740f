"""A box whose pages are read: one that this laptop met, else one of the ward.

A box of the ward belongs to one person on each day, and a page shows days of one person only: of
whoever had it on the last day that is asked for.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from starlette.requests import Request

from dosebell_host.actions.read_log import log_of_known
from dosebell_host.errors import UserError
from dosebell_host.history.box_log import BoxLog, Since, always
from dosebell_host.history.box_names import Owner
from dosebell_host.history.log_text import lacking, log_warnings
from dosebell_host.history.store import History
from dosebell_host.report.asked_period import AskedPeriod
from dosebell_host.schedule.lines import title_of
from dosebell_host.schedule.local_time import LocalTime, date_of, from_unix
from dosebell_host.ward.holders import ANYBODY, Holder, holders_of, holding
from dosebell_host.ward.residents import box_of
from dosebell_host.ward.zones import ward_time
from dosebell_host.watch.view import BoxView, Presence
from dosebell_host.web.desk import Desk
from dosebell_host.web.pages.asked_days import DaysLink
from dosebell_host.web.pages.at_box import boxes_now, desk_of, log_now
from dosebell_host.web.pages.known_boxes import ShownBox, box_meant
from dosebell_host.web.ward.line import WardLine
from dosebell_host.web.ward.words import shown_words

_NOBODY = "nobody"


class KeptBox(NamedTuple):
    """A box, where it is kept, and whose days are shown. `holders` are all who ever had it, as far
    as anybody said.
    """

    desk: Desk
    history: History
    box: ShownBox
    holder: Holder = ANYBODY
    holders: tuple[Holder, ...] = ()

    @property
    def person(self) -> str:
        """Whose days they are, where the ward says it."""
        return shown_words(self.holder.person)

    @property
    def which(self) -> str:
        """Which box it is, below whose it is."""
        view = self.box.view
        called = shown_words(view.name or view.device_id)
        return f"Box {called}; {view.title}" if view.title else f"Box {called}"

    def log(self, since: Since, until: Since = always) -> BoxLog:
        """What is kept of this person's days, of those that `since` and `until` tell."""
        if not self.box.is_elsewhere:
            return log_now(self.desk, self.history, self.box, since, until)

        def from_day(local: LocalTime, now_s: int) -> int | None:
            return self.holder.first_of(since(local, now_s))

        def to_day(local: LocalTime, now_s: int) -> int | None:
            return self.holder.last_of(until(local, now_s))

        heard_at = min(self.box.heard_at or 0.0, self.desk.now())
        return log_of_known(self.history, self.box.owner.box, heard_at, from_day, to_day)

    def warnings(self, log: BoxLog) -> tuple[str, ...]:
        """What a reader should know before."""
        if not self.box.is_elsewhere:
            return tuple(log_warnings(log, self.desk.now()))
        read = f"A gateway heard this box last on {log.local.minute(log.now_s)}."
        return (read, *lacking(log))

    def period(self, asked: AskedPeriod, log: BoxLog) -> AskedPeriod:
        """Of the days asked for those of this person. Raises `UserError` where there are none."""
        days = asked.days(log.local, log.now_s)
        first, last = self.holder.first_of(days.first_day), self.holder.last_of(days.last_day)
        if (first, last) == tuple(days) or first is None or last is None:
            return asked
        if first > last:
            what = f"nothing was heard of this box since {_who(self.holder)} has it"
            raise UserError(what, fix="see when it was heard last: the page Ward", code="ward")
        return AskedPeriod(first=date_of(first).isoformat(), last=date_of(last).isoformat())

    def links(self) -> tuple[DaysLink, ...]:
        """Who had it, the last one first; each link leads to days of that person."""
        return tuple(_link(each, each == self.holder) for each in reversed(self.holders))


@contextmanager
def kept_box(request: Request, until: Since = always) -> Iterator[KeptBox]:
    """The box that the address names, for as long as it is read; `until` tells the day that says
    whose days are shown, None for today.

    Raises `UserError` where neither this laptop nor the ward knows it, or the ward is asked and
    does not answer.
    """
    desk, device_id = desk_of(request), request.path_params["box"]
    with closing(desk.open_history()) as history:
        here = boxes_now(desk, history)
        is_known = any(each.view.device_id == device_id for each in here)
        if is_known or desk.ward is None:
            yield KeptBox(desk, history, box_meant(here, device_id))
            return
    yield _of_ward(desk, desk.ward, device_id, until)


def _of_ward(desk: Desk, ward: WardLine, device_id: str, until: Since) -> KeptBox:
    found = box_of(ward, device_id)
    if found is None:
        return KeptBox(desk, History(ward), box_meant([], device_id))
    history = History(ward)
    times = ward_time(ward, desk.now())
    today, asked = times.day(desk.now()), until(times.home, from_unix(desk.now()))
    holders = tuple(holders_of(ward, device_id))
    holder = holding(holders, min(asked or today, today))
    title = shown_words(title_of(history.schedule(found.box.revision) or []))
    view = BoxView(device_id, shown_words(found.name), title, Presence.AWAY, found.heard_at)
    whose = shown_words(holder.person or found.name or title or device_id)
    owner = Owner(found.box, person=whose, title=title)
    return KeptBox(desk, history, ShownBox(view, owner, True), holder, holders)


def _link(holder: Holder, is_current: bool) -> DaysLink:
    begun = "" if holder.first_day is None else date_of(holder.first_day).isoformat()
    ended = "" if holder.last_day is None else date_of(holder.last_day).isoformat()
    until = f" to {ended}" if ended else ""
    query = f"until={ended}" if ended else ""
    return DaysLink(f"{_who(holder)}, from {begun}{until}", query, is_current)


def _who(holder: Holder) -> str:
    return shown_words(holder.person) or _NOBODY
