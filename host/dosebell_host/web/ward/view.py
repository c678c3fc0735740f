"""The ward as a table: a row for each resident, whoever needs somebody most on top.

Nothing is fine that nobody knows: of a box that is silent only what it noted is told, and since
when more is not known. A home of hundreds is told in pages, so that the first of them, with those
who need somebody, is there at once also on a phone; all others are found by name, box or gateway.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from dosebell import record
from dosebell_host.history.log_text import MARKS
from dosebell_host.pictures.days_bar import days_bar
from dosebell_host.pictures.markup import Markup
from dosebell_host.schedule.local_time import date_of, day_number, from_unix
from dosebell_host.ward.residents import Home, Resident
from dosebell_host.ward.said import SaidNeed
from dosebell_host.watch import attention
from dosebell_host.watch.attention import moment_words
from dosebell_host.watch.database import silence
from dosebell_host.web.pages.asked_days import USUAL_DAYS
from dosebell_host.web.ward.words import SENTENCE_CHARS, shown_words
from dosebell_host.wording import command_text

KEYS = ("need", "gateway", "text", "page")
# So many rows a page: what needs somebody in a large home on a usual day, and a few screens.
ROWS = 25
# More than any home has pages; a number of thousands of digits is no number to Python.
_PAGE_DIGITS = 6
_USUAL = int(USUAL_DAYS.removesuffix("d"))


class NeedKind(NamedTuple):
    """One kind of need: its key in the address, its mark, and its words behind a number."""

    key: str
    mark: str
    words: str


MISSED = NeedKind("missed", MARKS[record.MISSED], "missed now")
UNKNOWN = NeedKind("unknown", MARKS[record.UNKNOWN], "silent")
RINGS = NeedKind("rings", "▲", "ringing")
CLOCK = NeedKind("clock", "◷", "wrong clock")
OTHER = NeedKind("other", "!", "other")
STOCK = NeedKind("stock", "▼", "low stock")
# The most urgent first.
KINDS = (MISSED, UNKNOWN, RINGS, CLOCK, OTHER, STOCK)

# What the gateway says of a box; whatever it calls otherwise is of the others.
_KIND_OF = {
    attention.UNANSWERED: MISSED,
    attention.MISSED: MISSED,
    attention.UNKNOWN: UNKNOWN,
    attention.NOT_HEARD: UNKNOWN,
    attention.NEVER_HEARD: UNKNOWN,
    attention.CLOCK_UNSET: CLOCK,
    attention.CLOCK_OFF: CLOCK,
    attention.STOCK_EMPTY: STOCK,
    attention.STOCK_LOW: STOCK,
}


class NeedShown(NamedTuple):
    """One thing that needs somebody."""

    kind: NeedKind
    words: str


@dataclass(frozen=True)
class ResidentRow:
    """One row. `href` leads to the pages of this person's days; `more` is the box and where it is
    plugged in.
    """

    device_id: str
    called: str
    more: str
    href: str
    needs: tuple[NeedShown, ...]
    bar: Markup


class KindCount(NamedTuple):
    """How many have such a need; its query shows only these, or all again where it does."""

    kind: NeedKind
    number: int
    query: str
    is_chosen: bool


class AskedWard(NamedTuple):
    """What the address asks for; "" for all, and for the first page."""

    need: str = ""
    gateway: str = ""
    text: str = ""
    page: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AskedWard":
        return cls(*(query.get(key, "").strip() for key in KEYS))

    def query(self, **changed: str) -> str:
        """The address of the same with some of it changed; other people begin at page one."""
        said = {**self._asdict(), "page": "", **changed}
        return urlencode({key: value for key, value in said.items() if value})


class SilentGateway(NamedTuple):
    """A gateway that is not heard, in a sentence, and what takes it off the list where it is gone
    for good.
    """

    words: str
    command: str


class PageLink(NamedTuple):
    """One page of several: its number, its query, and whether it is what is shown."""

    number: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class WardShown:
    """The page. `of` is how many residents there are, `shown` says which of them are here, `more`
    is how many on later pages need somebody, too, `gateways` are those to choose from, and
    `silent` are those that are not heard.
    """

    asked: AskedWard
    counts: tuple[KindCount, ...]
    fine: int
    of: int
    shown: str
    more: int
    pages: tuple[PageLink, ...]
    all_query: str
    gateways: tuple[str, ...]
    silent: tuple[SilentGateway, ...]
    rows: tuple[ResidentRow, ...]
    with_nobody: int


def ward_of(home: Home, asked: AskedWard, now: float) -> WardShown:
    """What is shown of a home; `now` is Unix seconds by this laptop's clock."""
    found = [(each, needs_of(each, now)) for each in home.residents]
    among = [each for each in found if _is_asked(each[0], asked)]
    shown = [each for each in among if not asked.need or _has(asked.need, each[1])]
    shown.sort(key=lambda each: _urgency(*each))
    last = max(1, -(-len(shown) // ROWS))
    page = _page_number(asked.page, last)
    here, later = shown[(page - 1) * ROWS : page * ROWS], shown[page * ROWS :]
    return WardShown(
        asked=asked,
        counts=tuple(_counts([needs for _, needs in among], asked)),
        fine=sum(not needs for _, needs in among),
        of=len(home.residents),
        shown=_shown_words(page, len(here), len(shown), len(home.residents)),
        more=sum(bool(needs) for _, needs in later),
        pages=tuple(_pages(asked, page, last)),
        all_query=asked.query(need=""),
        gateways=tuple(sorted({shown_words(each.gateway) for each in home.residents} - {""})),
        silent=tuple(_silent(home, now)),
        rows=tuple(_row(resident, needs, home) for resident, needs in here),
        with_nobody=home.with_nobody,
    )


def _page_number(asked: str, last: int) -> int:
    """The page that is asked for, or the nearest one that there is: who is shown changes with the
    hour, and a link of before still leads somewhere.
    """
    number = int(asked[:_PAGE_DIGITS]) if asked.isdecimal() else 1
    return min(max(number, 1), last)


def _pages(asked: AskedWard, page: int, last: int) -> Iterator[PageLink]:
    """All of them, where there are several."""
    if last > 1:
        for number in range(1, last + 1):
            yield PageLink(number, asked.query(page=str(number)), number == page)


def _shown_words(page: int, here: int, found: int, of: int) -> str:
    if here == found:
        return f"{here} of {of} shown"
    first = (page - 1) * ROWS + 1
    return f"{first} to {first + here - 1} of {found} {'shown' if found == of else 'found'}"


def _silent(home: Home, now: float) -> Iterator[SilentGateway]:
    for each in home.gateways:
        if silence.is_silent(each.seen_s, now):
            name = shown_words(each.name)
            since = moment_words(from_unix(each.seen_s), from_unix(now), home.local)
            command = command_text(None, "ward", "gateways", "--gone", each.name)
            yield SilentGateway(
                f"{name}{each.with_boxes}: not heard since {since}.",
                shown_words(command, SENTENCE_CHARS),
            )


def needs_of(each: Resident, now: float) -> tuple[NeedShown, ...]:
    """What of a resident needs somebody, the most urgent first."""
    silent = is_silent(each, now)
    found = [*_missed(each, now), *(_silence(each, now) if silent else _live(each)), *_stock(each)]
    return tuple(sorted(found, key=lambda need: KINDS.index(need.kind)))


def is_silent(each: Resident, now: float) -> bool:
    """Whether nobody knows how it is; a clock that went back tells as little."""
    return each.heard_at is None or silence.is_silent(each.heard_at, now)


def _missed(each: Resident, now: float) -> Iterator[NeedShown]:
    for dose in each.missed:
        due = moment_words(dose.due_s, from_unix(now), each.local)
        yield NeedShown(MISSED, f"missed: {dose.name}, due {due}")


def _silence(each: Resident, now: float) -> Iterator[NeedShown]:
    """What it said before is true no more."""
    if each.heard_at is None:
        yield NeedShown(UNKNOWN, "unknown: no gateway has heard it yet")
    else:
        since = moment_words(from_unix(each.heard_at), from_unix(now), each.local)
        yield NeedShown(UNKNOWN, f"unknown since {since}")


def _live(each: Resident) -> Iterator[NeedShown]:
    for ringing in each.rings:
        due = "" if ringing.due_s is None else f", due {each.local.clock(ringing.due_s)}"
        yield NeedShown(RINGS, f"rings: {each.names.get(ringing.dose, ringing.dose)}{due}")
    for told in each.needs:
        if _kind_of(told) is not STOCK and not _is_settled(told, each):
            yield NeedShown(_kind_of(told), _without_stop(told.text))


def _is_settled(told: SaidNeed, each: Resident) -> bool:
    """Whether it is told by the rows of outcomes, or is of a day on which another had the box."""
    if told.code not in (attention.MISSED, attention.UNKNOWN):
        return False
    if told.due_s is not None and not each.holder.has(day_number(each.local.date(told.due_s))):
        return True
    noted = [dose.due_s for dose in each.missed if dose.dose == told.dose]
    # A gateway of an older release does not say which time it means.
    return told.due_s in noted if told.due_s is not None else bool(noted)


def _stock(each: Resident) -> Iterator[NeedShown]:
    """What was left does not come back by itself."""
    for told in each.needs:
        if _kind_of(told) is STOCK:
            yield NeedShown(STOCK, _without_stop(told.text))


def _kind_of(told: SaidNeed) -> NeedKind:
    return _KIND_OF.get(told.code, OTHER)


def _without_stop(text: str) -> str:
    return text.removesuffix(".")


def _has(key: str, needs: Iterable[NeedShown]) -> bool:
    return any(need.kind.key == key for need in needs)


def _is_asked(each: Resident, asked: AskedWard) -> bool:
    words = " ".join((each.holder.person, each.box_name, each.gateway)).casefold()
    text = asked.text.casefold()
    return asked.gateway in ("", shown_words(each.gateway)) and (
        # Inside of an id the number of a room is found by chance.
        text in words or each.device_id.startswith(text)
    )


def _urgency(each: Resident, needs: tuple[NeedShown, ...]) -> tuple[object, ...]:
    kinds = [KINDS.index(need.kind) for need in needs] or [len(KINDS)]
    return kinds[0], -kinds.count(kinds[0]), _called(each).casefold(), each.device_id


def _counts(found: list[tuple[NeedShown, ...]], asked: AskedWard) -> Iterator[KindCount]:
    """Those that anybody has, and the one that is asked for."""
    for kind in KINDS:
        count, is_chosen = sum(_has(kind.key, needs) for needs in found), asked.need == kind.key
        if count or is_chosen:
            yield KindCount(kind, count, asked.query(need=kind.key), is_chosen)


def _called(each: Resident) -> str:
    return each.holder.person or each.box_name or each.device_id


def _row(each: Resident, needs: tuple[NeedShown, ...], home: Home) -> ResidentRow:
    called = _called(each)
    at = each.gateway and f"at {each.gateway}"
    where = [shown_words(part) for part in (each.box_name, at) if part and part != called]
    return ResidentRow(
        device_id=each.device_id,
        called=shown_words(called),
        more=", ".join(where),
        href=f"/box/{quote(each.device_id, safe='')}/history{_own_days(each, home.today)}",
        needs=tuple(
            need._replace(words=shown_words(need.words, SENTENCE_CHARS)) for need in needs
        ),
        bar=days_bar(home.first_day, each.days),
    )


def _own_days(each: Resident, today: int) -> str:
    """The days of this person, where they are fewer than a history usually shows."""
    first_day = each.holder.first_day
    if first_day is None or first_day <= today - _USUAL + 1:
        return ""
    return f"?{urlencode({'from': date_of(first_day).isoformat()})}"
