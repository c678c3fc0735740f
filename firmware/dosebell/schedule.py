"""The compiled schedule, text lines from the host, read into a `Plan`.

A line is fields separated by TAB: the kind, then key=value. The device keeps what it needs to
ring; the lines themselves stay on flash, byte for byte, for the host to read back.
"""

import hashlib

from dosebell import civil
from dosebell.dose import WEEKDAYS, Dose
from dosebell.plan import Except, Plan
from dosebell.zone import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_DOSES = 64
MAX_TIMES = 8
MAX_MEALS = 12
MAX_EXCEPTS = 32
MAX_LINE = 640

_FORMAT = "1"


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


def digest(lines: "Iterable[str]") -> tuple[str, str]:
    """(revision, hash): 16 hex digits of SHA-256 over all but the zone table, and over all lines.

    So a newer zone table leaves the revision what it was.
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
    return "".join(["%02x" % byte for byte in digest[:8]])


def _read(plan: Plan, shifts: list[tuple[int, int]], line: str) -> None:
    kind, _, rest = line.partition("\t")
    if kind == "shift":
        for entry in rest.split(","):
            at, _, by = entry.partition(":")
            if shifts and int(at) <= shifts[-1][0]:
                raise ValueError("shift")
            shifts.append((int(at), int(by)))
        return
    fields = {}
    for field in rest.split("\t"):
        key, _, value = field.partition("=")
        fields[key] = value
    _KINDS[kind](plan, fields)


def _read_plan(plan: Plan, fields: dict[str, str]) -> None:
    if fields["v"] != _FORMAT:
        raise ValueError("version")
    plan.zone_name = fields["zone"]
    plan.nag_s = _number(fields["nag"], 60, 86400)
    plan.snooze_s = _number(fields["snooze"], 60, 86400)
    plan.max_sound_s = _number(fields["max_sound"], 0, 86400)
    plan.long_press_ms = _number(fields["long_press"], 500, 7000)
    if "quiet" in fields:
        start, _, end = fields["quiet"].partition("-")
        plan.quiet = (_minute(start), _minute(end))


def _read_meal(plan: Plan, fields: dict[str, str]) -> None:
    minutes = tuple([_minute(text) for text in fields["at"].split(",")])
    if len(minutes) != 7 or len(plan.meals) == MAX_MEALS:
        raise ValueError("meal")
    plan.meals.append((fields["name"], minutes))


def _read_except(plan: Plan, fields: dict[str, str]) -> None:
    minutes = {}
    for entry in fields["meals"].split(",") if "meals" in fields else ():
        meal, _, minute = entry.partition(":")
        minutes[_number(meal, 0, len(plan.meals) - 1)] = _minute(minute)
    if len(plan.exceptions) == MAX_EXCEPTS:
        raise ValueError("except")
    first, last = civil.day_from_iso(fields["from"]), civil.day_from_iso(fields["to"])
    plan.exceptions.append(Except(first, last, minutes, fields.get("off") == "1"))


def _read_dose(plan: Plan, fields: dict[str, str]) -> None:
    dose = Dose()
    dose.id = fields["id"]
    dose.name = fields["name"]
    dose.food = fields.get("food", "")
    dose.early_s = _number(fields["early"], 0, 14 * civil.DAY_S)
    dose.late_s = _number(fields["late"], 60, 14 * civil.DAY_S)
    _read_times(plan, dose, fields)
    _read_days(dose, fields["days"])
    dose.start = _day(fields, "start")
    dose.end = _day(fields, "end")
    if "stock" in fields:
        dose.stock = tuple([int(part) for part in fields["stock"].split("/")])
    if len(plan.doses) == MAX_DOSES or dose.id in [other.id for other in plan.doses]:
        raise ValueError("dose")
    plan.doses.append(dose)


def _read_times(plan: Plan, dose: Dose, fields: dict[str, str]) -> None:
    if "at" in fields:
        dose.times = tuple([_minute(text) for text in fields["at"].split(",")])
        if len(dose.times) > MAX_TIMES or list(dose.times) != sorted(set(dose.times)):
            raise ValueError("at")
    else:
        last = len(plan.meals) - 1
        dose.meals = tuple([_number(text, 0, last) for text in fields["with"].split(",")])


def _read_days(dose: Dose, text: str) -> None:
    rule, _, numbers = text.partition(":")
    dose.rule = rule
    dose.numbers = _RULES[rule](numbers)


def _week(text: str) -> tuple[int, ...]:
    return tuple([WEEKDAYS.index(name) for name in text.split(",")])


def _every(text: str) -> tuple[int, ...]:
    return (_number(text, 1, 36500),)


def _cycle(text: str) -> tuple[int, ...]:
    on, _, off = text.partition("/")
    return (_number(on, 1, 36500), _number(off, 1, 36500))


def _month(text: str) -> tuple[int, ...]:
    return tuple([_number(day, -1, 31) for day in text.split(",")])


def _daily(text: str) -> tuple[int, ...]:
    return ()


def _read_zone(plan: Plan, fields: dict[str, str]) -> None:
    plan.zone.until = int(fields["until"])


def _number(text: str, least: int, most: int) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError(text)
    return number


def _minute(text: str) -> int:
    return _number(text, 0, 1439)


def _day(fields: dict[str, str], key: str) -> int | None:
    return civil.day_from_iso(fields[key]) if key in fields else None


_RULES: "dict[str, Callable[[str], tuple[int, ...]]]" = {
    "daily": _daily,
    "week": _week,
    "every": _every,
    "cycle": _cycle,
    "month": _month,
}
_KINDS: "dict[str, Callable[[Plan, dict[str, str]], None]]" = {
    "plan": _read_plan,
    "meal": _read_meal,
    "except": _read_except,
    "dose": _read_dose,
    "zone": _read_zone,
}
