"""The compiled schedule, text lines from the host, read into a `Plan`.

A line is fields separated by TAB: the kind, then key=value. The device keeps what it needs to
ring; the lines themselves stay on flash, byte for byte, for the host to read back.
"""

import binascii
import hashlib

from dosebell import civil
from dosebell.dose import WEEKDAYS, Dose
from dosebell.plan import Except, Plan
from dosebell.zone import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Fields = dict[bytes, bytes]

MAX_DOSES = 64
MAX_TIMES = 8
MAX_MEALS = 12
MAX_EXCEPTS = 32
MAX_LINE = 640
MAX_PLACE = 32

_FORMAT = b"1"


def parse(lines: "Iterable[str]") -> Plan:
    """The plan that the lines describe. Raises ValueError naming the line that can't be read.

    The host has checked the schedule; what is checked here again is what the device would
    otherwise stumble over later, in the middle of a morning.
    """
    plan = Plan()
    shifts: list[tuple[int, int]] = []
    number = 0
    for line in lines:
        number += 1
        try:
            _read(plan, shifts, line)
        except (ValueError, KeyError, IndexError, TypeError):
            raise ValueError("line %d" % number)
    if not shifts or not plan.zone_name:
        raise ValueError("no plan or zone")
    until = plan.zone.until
    plan.zone = Zone(tuple([at for at, _ in shifts]), tuple([by for _, by in shifts]), until)
    return plan


class Sums:
    """Sums over lines that something else reads, each 16 hex digits of SHA-256."""

    def __init__(self) -> None:
        self._rules, self._whole = hashlib.sha256(), hashlib.sha256()

    def of(self, lines: "Iterable[str]") -> "Iterator[str]":
        """The lines, as they come."""
        of_rules = True
        for line in lines:
            of_rules = of_rules and not line.startswith("zone\t")
            data = line.encode() + b"\n"
            self._whole.update(data)
            if of_rules:
                self._rules.update(data)
            yield line

    def found(self) -> tuple[str, str]:
        """(revision, hash): over all but the zone table, and over all lines; asked once.

        So a newer zone table leaves the revision what it was.
        """
        return _hex16(self._rules.digest()), _hex16(self._whole.digest())


def digest(lines: "Iterable[str]") -> tuple[str, str]:
    """`Sums.found` of these lines."""
    sums = Sums()
    for _ in sums.of(lines):
        pass
    return sums.found()


def _hex16(digest: bytes) -> str:
    return str(binascii.hexlify(digest[:8]), "utf-8")


def _read(plan: Plan, shifts: list[tuple[int, int]], line: str) -> None:
    # As bytes, for the same reason as in `record.parse`.
    kind, _, rest = line.encode().partition(b"\t")
    if kind == b"shift":
        for entry in rest.split(b","):
            start, _, by = entry.partition(b":")
            at_s = _number(start, 0, 0xFFFFFFFF)
            if shifts and at_s <= shifts[-1][0]:
                raise ValueError("shift")
            shifts.append((at_s, int(by)))
        return
    fields = {}
    for field in rest.split(b"\t"):
        key, _, value = field.partition(b"=")
        fields[key] = value
    _KINDS[kind](plan, fields)


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
    plan.exceptions.append(Except(first, last, minutes, fields.get(b"off") == b"1"))


def _read_dose(plan: Plan, fields: "Fields") -> None:
    dose = Dose()
    dose.id = _text(fields[b"id"])
    dose.name = _text(fields[b"name"])
    if b"food" in fields:
        dose.food = _text(fields[b"food"])
    dose.early_s = _number(fields[b"early"], 0, 14 * civil.DAY_S)
    dose.late_s = _number(fields[b"late"], 60, 14 * civil.DAY_S)
    _read_times(plan, dose, fields)
    _read_days(dose, fields[b"days"])
    if b"start" in fields:
        dose.start = _date(fields[b"start"])
    if b"end" in fields:
        dose.end = _date(fields[b"end"])
    if b"stock" in fields:
        dose.stock = tuple([int(part) for part in fields[b"stock"].split(b"/")])
    if b"place" in fields:
        numbers = fields[b"place"].split(b",")
        dose.places = bytes([_number(number, 1, MAX_PLACE) for number in numbers])
        if len(numbers) not in (1, 7, 7 * len(dose.times or ())):
            raise ValueError("place")
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
    dose.rule = _text(rule)
    if rule == b"week":
        dose.numbers = tuple([WEEKDAYS.index(_text(name)) for name in numbers.split(b",")])
    elif rule != b"daily":
        mark, count, least, most = _NUMBERS[rule]
        found = numbers.split(mark)
        dose.numbers = tuple([_number(number, least, most) for number in found])
        if count and len(found) != count:
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
