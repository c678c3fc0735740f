"""What a box replies to each request, as the laptop keeps it, and how it is read from JSON.

A reader takes a whole reply and raises `Unfit` where it cannot be right. Fields that a box of an
older release lacks are those read by `maybe`.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from dosebell import parts
from dosebell.commands_schedule import MAX_LINES, MAX_MORE
from dosebell.record import RINGING, SNOOZED
from dosebell.schedule import MAX_DOSES, MAX_LINE, MAX_TIMES
from dosebell_host.box.hello import Hello
from dosebell_host.box.shapes import (
    Check,
    Fields,
    Unfit,
    date,
    field,
    flag,
    instant_s,
    maybe,
    name,
    several,
    text,
    unix_s,
    whole,
)
from dosebell_host.history import records

# No count, size or step is larger, and no text longer than the line that it came in.
MOST = 1 << 40
LONGEST = 1024
# Words, versions and names, each far shorter than this.
LONGEST_NAME = 64
MOST_FAULTS = 64
MOST_FEATURES = 64
# A box counts its records in eight digits.
MOST_SEQ = 10**9
# What the answer to one dose is told in.
MOST_RECORDS = 16

_CALLING = (RINGING, SNOOZED)

_COUNT = whole(0, MOST)
_SEQ = whole(0, MOST_SEQ)
_NAME = name(LONGEST_NAME)
_WORD = text(LONGEST_NAME)
_TEXT = text(LONGEST)

# seq boot utc trust kind dose date slot detail. What is not of this form is no record at all;
# what its fields mean is read by `records.parse`.
_RECORD = re.compile(
    r"\d{1,9} \d{1,9} \S+ \S+ \S+ \S+ (?:-|2[01]\d\d-\d\d-\d\d) (?:-|\d{1,2}) \S+", re.ASCII
)
_JOURNAL_ID = re.compile(f"[0-9a-f]{{{records.ID_DIGITS}}}")
# What no compiled line holds, because no schedule file may; its fields are parted by tabs.
_NOT_IN_A_LINE = re.compile("[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# What a box does not mind and a laptop would stumble over: a stock is a count, how much of it one
# intake takes and when it is low; an offset of a zone is less than a day. A number is read in one
# way only, or a line that is wrong at its end would be tried in all of them.
_NO_STOCK = re.compile(r"\tstock=(?!\d{1,9}/[1-9]\d{0,8}/\d{1,9}(?:\t|$))")
_SHIFT = r"-?\d{1,10}:-?(?:[0-7]\d{4}|\d{1,4})"
_NO_SHIFTS = re.compile(rf"shift\t(?!{_SHIFT}(?:,{_SHIFT})*$)")


class Upcoming(NamedTuple):
    """What rings next of all that does not ring now; `due_s` is seconds since 2000."""

    due_s: int
    dose: str


class BoxStatus(NamedTuple):
    """How a box is. `ringing` counts what rings or is snoozed; `practice` is None for a box that
    does not know such rings, "" where there was none.
    """

    ringing: int
    next: Upcoming | None
    faults: tuple[str, ...]
    zone_until_s: int | None
    uptime_s: int
    heap_free: int
    practice: str | None


class DoseRow(NamedTuple):
    """A dose as the box holds it, and its current occurrence, `date` "" where there is none;
    instants are seconds since 2000. `due_s` is that of the meal it is about, `first_due_s` that of
    the occurrence, which a box of release 0.1.0 does not say.
    """

    dose: str
    state: str
    intake_s: int | None = None
    stock: int | None = None
    is_open: bool = False
    date: str = ""
    slot: int = 0
    due_s: int | None = None
    first_due_s: int | None = None
    closes_s: int | None = None

    @property
    def calling(self) -> bool:
        """Whether it rings, or is snoozed and will ring again."""
        return self.state in _CALLING


class RowPage(NamedTuple):
    """Some doses, and where the next page begins, None after the last."""

    rows: tuple[DoseRow, ...]
    next: int | None


class RecordPage(NamedTuple):
    """Some records, byte for byte, and the seq at which the next page begins. What was no record
    is left out, as if the flash had lost it.
    """

    lines: tuple[str, ...]
    next: int


class ScheduleLine(NamedTuple):
    """One line of the schedule in force, byte for byte, and of how many."""

    line: str
    total: int


class DeviceInfo(NamedTuple):
    """What runs on the board, and how much room its flash has, in bytes. `crash` is the last line
    of a traceback, None where nothing crashed.
    """

    system: str
    machine: str
    app: str
    is_fallback: bool
    is_limp: bool
    flash_free: int
    flash_size: int
    crash: str | None


@dataclass(frozen=True)
class LampStrip:
    """A strip of so many lamps at the pin GP`pin`; `brightness` is that of a lamp, of 255."""

    pin: int
    count: int
    brightness: int

    def to_json(self) -> dict[str, int]:
        """As the file of parts has it."""
        return {"pin": self.pin, "count": self.count, "brightness": self.brightness}

    @property
    def current_ma(self) -> int:
        """What it draws at the most."""
        return parts.current_ma(self.to_json())


class PartsFile(NamedTuple):
    """What a box's file of parts names; `is_usable` is false for one that the box cannot use."""

    lamps: LampStrip | None
    is_usable: bool = True


def hello(value: object) -> Hello:
    said = Fields(value)
    return Hello(
        device_id=said.read("device_id", _NAME),
        firmware=said.read("firmware", _WORD),
        board=said.read("board", _WORD),
        boot=said.read("boot", _COUNT),
        utc=said.read("utc", maybe(unix_s)),
        trust=said.read("trust", _WORD),
        battery_clock=said.read("battery_clock", flag),
        revision=said.read("revision", _NAME),
        journal_first=said.read("journal", field("first", _SEQ)),
        journal_next=said.read("journal", field("next", _SEQ)),
        journal_id=said.read("journal", field("id", maybe(_journal_id))),
        features=said.read("features", _features),
    )


def _journal_id(value: object) -> records.JournalId:
    if not isinstance(value, str) or not _JOURNAL_ID.fullmatch(value):
        raise Unfit(value, "a journal's id, eight hex digits")
    return value


def _features(value: object) -> tuple[str, ...]:
    return () if value is None else several(_NAME, MOST_FEATURES)(value)


def status(value: object) -> BoxStatus:
    said = Fields(value)
    return BoxStatus(
        ringing=said.read("ringing", field("count", whole(0, MAX_DOSES))),
        next=said.read("next", maybe(_next_due)),
        faults=said.read("faults", several(_WORD, MOST_FAULTS)),
        zone_until_s=said.read("zone_until", maybe(instant_s)),
        uptime_s=said.read("uptime_s", _COUNT),
        heap_free=said.read("heap_free", _COUNT),
        practice=said.read("practice", maybe(_WORD)),
    )


def _next_due(value: object) -> Upcoming:
    said = Fields(value)
    return Upcoming(said.read("due", instant_s), said.read("dose", _NAME))


def row_page(start: int) -> Check[RowPage]:
    """The doses from place `start` on; the next page must begin further on."""

    def read(value: object) -> RowPage:
        said = Fields(value)
        return RowPage(
            said.read("rows", several(_dose_row, MAX_DOSES)),
            said.read("next", maybe(whole(start + 1, MAX_DOSES))),
        )

    return read


def _dose_row(value: object) -> DoseRow:
    said = Fields(value)
    row = DoseRow(
        dose=said.read("dose", _NAME),
        state=said.read("state", _WORD),
        intake_s=said.read("intake", maybe(instant_s)),
        stock=said.read("stock", maybe(whole(-MOST, MOST))),
        is_open=said.read("open", maybe(flag)) or False,
        date=said.read("date", maybe(date)) or "",
        slot=said.read("slot", maybe(whole(0, MAX_TIMES - 1))) or 0,
        due_s=said.read("due", maybe(instant_s)),
        first_due_s=said.read("first_due", maybe(instant_s)),
        closes_s=said.read("closes", maybe(instant_s)),
    )
    if (row.is_open or row.calling) and not row.date:
        raise Unfit(None, "the date of what is open", "date")
    return row


def record_page(since: int, limit: int) -> Check[RecordPage]:
    """At most `limit` records from `since` on; after any, the next page must begin further on.

    One whose number is not of this page is left out, as what is no record.
    """

    def read(value: object) -> RecordPage:
        said = Fields(value)
        lines = said.read("records", several(_line_of_record, limit))
        following = said.read("next", whole(since + 1 if lines else 0, MOST_SEQ))
        own = (line for line in lines if _is_of_a_record(line))
        numbers = range(since, following)
        return RecordPage(
            tuple(line for line in own if int(line.partition(" ")[0]) in numbers), following
        )

    return read


def _line_of_record(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unfit(value, "a line of the journal")
    return value


def _is_of_a_record(line: str) -> bool:
    return line.isprintable() and _RECORD.fullmatch(line) is not None


def _record(value: object) -> str:
    line = _line_of_record(value)
    if not (_is_of_a_record(line) and records.is_record(line)):
        raise Unfit(value, "a record")
    return line


def schedule_line(n: int) -> Check[ScheduleLine]:
    """Line `n` of the schedule in force, which is one of those there are."""

    def read(value: object) -> ScheduleLine:
        said = Fields(value)
        return ScheduleLine(
            said.read("line", _compiled_line), said.read("count", whole(n + 1, MAX_LINES))
        )

    return read


def _compiled_line(value: object) -> str:
    if isinstance(value, str) and not _NOT_IN_A_LINE.search(value):
        is_sane = not _NO_STOCK.search(value) and not _NO_SHIFTS.match(value)
        if is_sane and len(value.encode()) <= MAX_LINE:
            return value
    raise Unfit(value, "a line of a schedule")


def last_line(n: int) -> Check[int]:
    """The place of the last line that the box has, of those it was sent from line `n` on."""
    return field("n", whole(n, n + MAX_MORE))


def info(value: object) -> DeviceInfo:
    said = Fields(value)
    return DeviceInfo(
        system=said.read("system", _TEXT),
        machine=said.read("machine", _TEXT),
        app=said.read("app", _WORD),
        is_fallback=said.read("fallback", flag),
        is_limp=said.read("limp", flag),
        flash_free=said.read("flash_free", _COUNT),
        flash_size=said.read("flash_size", _COUNT),
        crash=said.read("crash", maybe(_TEXT)),
    )


def _parts_file(value: object) -> PartsFile:
    if not isinstance(value, str) or len(value) > parts.MAX_BYTES:
        raise Unfit(value, f"text of at most {parts.MAX_BYTES} characters")
    try:
        lamps = parts.checked(value).get("lamps") if value else None
    except ValueError:
        return PartsFile(None, False)
    return PartsFile(LampStrip(**lamps) if lamps else None)


def _lines(value: object) -> tuple[str, ...]:
    _TEXT(value)
    return tuple(map(_TEXT, str(value).splitlines()))


def _true(value: object) -> None:
    if value is not True:
        raise Unfit(value, "true")


revision = field("revision", _NAME)
step_s = field("step_s", whole(-MOST, MOST))
# The records that tell what became of a dose; there is at least one.
written = field("records", several(_record, MOST_RECORDS, least=1))
# The lines of the last traceback, None where nothing crashed.
crash = field("text", maybe(_lines))
parts_file = field("text", _parts_file)
# What comes of a request that only does something.
done = field("ok", _true)
