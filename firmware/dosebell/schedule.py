"""The compiled schedule, text lines from the host, read into a `Plan`.

A line is fields separated by TAB: the kind, then key=value. The device keeps what it needs to
ring; the lines themselves stay on flash, byte for byte, for the host to read back.
"""

import binascii
import hashlib

from dosebell import TYPE_CHECKING, civil, pairs
from dosebell.dose import WEEKDAYS, Dose
from dosebell.plan import Plan
from dosebell.zone import Zone

if TYPE_CHECKING:
    from dosebell.typed import Callable, Fields, Iterable

MAX_DOSES = 64
MAX_TIMES = 8
MAX_MEALS = 12
MAX_EXCEPTS = 32
MAX_LINE = 640
MAX_PLACE = 32

_FORMAT = b"1"


def parse(lines: "Iterable[str]") -> Plan:
    """The plan that the lines describe. Raises ValueError naming the line that can't be read."""
    reader = Reader()
    for line in lines:
        reader.read(line)
    return reader.plan()


def plan_in(lines: list[str]) -> Plan | None:
    """The plan that they are, None where they are none."""
    try:
        return parse(lines)
    except ValueError:
        return None


class Reader:
    """Reads a schedule line by line, as they come.

    The host has checked the schedule; what is checked here again is what the device would
    otherwise stumble over later, in the middle of a morning.
    """

    def __init__(self) -> None:
        self._plan = Plan()
        self._starts: list[int] = []
        self._offsets: list[int] = []
        self._count = 0
        # Names the first line that can't be read.
        self._wrong = ""
        self._is_too_much = False

    def read(self, line: str) -> None:
        """Take the next line; what is wrong with it is said by `plan`."""
        self._count += 1
        # As bytes, for the same reason as in `record.parse`.
        kind, _, rest = line.encode().partition(b"\t")
        try:
            if kind == b"shift":
                self._read_shifts(rest)
            else:
                _KINDS[kind](self._plan, pairs(rest, b"\t"))
        except (ValueError, KeyError, IndexError, TypeError):
            self._wrong = self._wrong or "line %d" % self._count
        except MemoryError:
            # The one in force takes room as well, until this one takes its place.
            self._is_too_much, self._plan = True, Plan()

    def plan(self) -> Plan:
        """What all lines say together; asked once. Raises ValueError where they are no plan, and
        MemoryError where there was no room for them.
        """
        plan = self._plan
        if self._is_too_much:
            raise MemoryError
        if self._wrong or not self._starts or not plan.zone_name:
            raise ValueError(self._wrong or "no plan or zone")
        plan.zone = Zone(tuple(self._starts), tuple(self._offsets), plan.zone.until)
        return plan

    def _read_shifts(self, rest: bytes) -> None:
        for entry in rest.split(b","):
            start, _, by = entry.partition(b":")
            at_s = _number(start, 0, 0xFFFFFFFF)
            if self._starts and at_s <= self._starts[-1]:
                raise ValueError("shift")
            self._starts.append(at_s)
            self._offsets.append(int(by))
        # Days of nowhere would be looked for one by one.
        if not -civil.DAY_S <= min(self._offsets) <= max(self._offsets) <= civil.DAY_S:
            raise ValueError("offset")


def digest(lines: "Iterable[str]") -> tuple[str, str]:
    """(revision, hash), each 16 hex digits of SHA-256: over all but the zone table, and over all
    lines. So a newer zone table leaves the revision what it was.
    """
    rules, whole = hashlib.sha256(), hashlib.sha256()
    of_rules = True
    for line in lines:
        of_rules = of_rules and not line.startswith("zone\t")
        data = line.encode() + b"\n"
        whole.update(data)
        if of_rules:
            rules.update(data)
    return _hex16(rules.digest()), _hex16(whole.digest())


def _hex16(digest: bytes) -> str:
    return str(binascii.hexlify(digest[:8]), "utf-8")


def _read_plan(plan: Plan, fields: "Fields") -> None:
    if fields[b"v"] != _FORMAT:
        raise ValueError("version")
    plan.zone_name = _text(fields[b"zone"])
    plan.nag_s = _number(fields[b"nag"], 60, 86400)
    plan.snooze_s = _number(fields[b"snooze"], 60, 86400)
    plan.max_sound_s = _number(fields[b"max_sound"], 0, 86400)
    plan.long_press_ms = _number(fields[b"long_press"], 500, 7000)
    plan.each = fields.get(b"answer") == b"each"
    if b"quiet" in fields:
        start, _, end = fields[b"quiet"].partition(b"-")
        plan.quiet = (_minute(start), _minute(end))


def _read_meal(plan: Plan, fields: "Fields") -> None:
    minutes = tuple([_minute(text) for text in fields[b"at"].split(b",")])
    if len(minutes) != 7 or len(plan.meals) == MAX_MEALS:
        raise ValueError("meal")
    plan.meals.append((_text(fields[b"name"]), minutes))


def _read_except(plan: Plan, fields: "Fields") -> None:
    minutes = {}
    for entry in fields[b"meals"].split(b",") if b"meals" in fields else ():
        meal, _, minute = entry.partition(b":")
        minutes[_number(meal, 0, len(plan.meals) - 1)] = _minute(minute)
    if len(plan.exceptions) == MAX_EXCEPTS:
        raise ValueError("except")
    first, last = _date(fields[b"from"]), _date(fields[b"to"])
    plan.exceptions.append((first, last, minutes, fields.get(b"off") == b"1"))


def _read_dose(plan: Plan, fields: "Fields") -> None:
    dose = Dose()
    dose.id = _text(fields[b"id"])
    dose.name = _text(fields[b"name"])
    if b"food" in fields:
        dose.food = _text(fields[b"food"])
    early_s = _number(fields[b"early"], 0, 14 * civil.DAY_S)
    dose.late_s = _number(fields[b"late"], 60, 14 * civil.DAY_S)
    if early_s != dose.early_s:
        dose.early_s = early_s
    _read_times(plan, dose, fields)
    _read_days(dose, fields[b"days"])
    if b"start" in fields:
        dose.start = _date(fields[b"start"])
    if b"end" in fields:
        dose.end = _date(fields[b"end"])
    if b"stock" in fields:
        count, per_intake, low = fields[b"stock"].split(b"/")
        dose.stock = int(count), int(per_intake), int(low)
    if b"place" in fields:
        numbers = fields[b"place"].split(b",")
        dose.places = bytes([_number(number, 1, MAX_PLACE) for number in numbers])
    if len(plan.doses) == MAX_DOSES or plan.dose(dose.id) is not None:
        raise ValueError("dose")
    plan.add(dose)


def _read_times(plan: Plan, dose: Dose, fields: "Fields") -> None:
    if b"at" in fields:
        dose.times = tuple([_minute(text) for text in fields[b"at"].split(b",")])
        if len(dose.times) > MAX_TIMES or list(dose.times) != sorted(set(dose.times)):
            raise ValueError("at")
    else:
        last = len(plan.meals) - 1
        dose.meals = tuple([_number(text, 0, last) for text in fields[b"with"].split(b",")])


def _read_days(dose: Dose, text: bytes) -> None:
    rule, _, numbers = text.partition(b":")
    if rule != b"daily":
        dose.rule = _text(rule)
    if rule == b"week":
        dose.numbers = tuple([WEEKDAYS.index(_text(name)) for name in numbers.split(b",")])
    elif rule != b"daily":
        mark, count, least, most = _NUMBERS[rule]
        found = numbers.split(mark)
        dose.numbers = tuple([_number(number, least, most) for number in found])
        # No month has a day 0, and whoever looked for one would find none.
        if 0 in dose.numbers or (count and len(found) != count):
            raise ValueError("days")


def _read_zone(plan: Plan, fields: "Fields") -> None:
    plan.zone.until = int(fields[b"until"])


def _number(text: bytes, least: int, most: int) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError(text)
    return number


def _minute(text: bytes) -> int:
    return _number(text, 0, 1439)


def _date(field: bytes) -> int:
    return civil.day_from_iso(_text(field))


def _text(field: bytes) -> str:
    return str(field, "utf-8")


# How the numbers of a rule are parted, how many they are where that is fixed, and their bounds.
_NUMBERS = {
    b"every": (b"/", 1, 1, 36500),
    b"cycle": (b"/", 2, 1, 36500),
    b"month": (b",", 0, -1, 31),
}
_KINDS: "dict[bytes, Callable[[Plan, Fields], None]]" = {
    b"plan": _read_plan,
    b"meal": _read_meal,
    b"except": _read_except,
    b"dose": _read_dose,
    b"zone": _read_zone,
}
