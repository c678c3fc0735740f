"""Compiled lines, as the device holds them: taken apart, and in the words of the schedule file."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from dosebell import schedule
from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.schedule.days import WEEKDAYS, Days, days_field
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.schedule.values import duration_value, time_text
from dosebell_host.wording import and_list

Fields = dict[str, str]

# Which key of a file needs a box that says which word of its `features`. The lines have the keys
# under the same names, and a box that does not know one passes over it.
NEEDED_FEATURES = {("plan", "answer"): "each", ("dose", "place"): "place"}

# Where a zone changes its offset. These lines have no fields: who needs the table asks the plan.
SHIFT = "shift"
# The lines of a zone's table, which no file holds.
OF_ZONE = ("zone", SHIFT)


class CompiledLine(NamedTuple):
    """One line: what it is of, and its fields."""

    kind: str
    fields: Fields


def read_lines(lines: Iterable[str]) -> list[CompiledLine]:
    """The lines taken apart, whatever is in them; a field without a value has the value ""."""
    return [_read_line(line.rstrip("\n")) for line in lines]


def _read_line(line: str) -> CompiledLine:
    kind, *fields = line.split("\t")
    pairs = (field.partition("=") for field in fields if kind != SHIFT)
    return CompiledLine(kind, {key: value for key, _, value in pairs})


def readable(kind: str, fields: Fields, meals: list[str]) -> Fields:
    """The fields of one line, under the keys of the file; `meals` are the names by their place."""
    readers = _READERS[kind]
    shown = {}
    for key, value in fields.items():
        name, reader = readers.get(key, (key, _plain))
        if name:
            shown[name] = reader(value, meals)
    return shown


def keys_beyond(features: Collection[str], lines: Iterable[str]) -> list[str]:
    """The keys of the file that a box with only these features passes over."""
    beyond = {key for key, feature in NEEDED_FEATURES.items() if feature not in features}
    found = {key for kind, fields in read_lines(lines) for key in fields if (kind, key) in beyond}
    return sorted(found)


def _plain(value: str, meals: list[str]) -> str:
    return value


def _duration(value: str, meals: list[str]) -> str:
    return duration_value(int(value))


def _milliseconds(value: str, meals: list[str]) -> str:
    return duration_value(int(value) // 1000)


def _quiet(value: str, meals: list[str]) -> str:
    return "-".join(time_text(int(minute)) for minute in value.split("-"))


def _times(value: str, meals: list[str]) -> str:
    return ", ".join(_time(minute) for minute in value.split(","))


def _week(value: str, meals: list[str]) -> str:
    """`07:30, sat and sun 09:00`: the usual time, then the days that differ."""
    week = dict(zip(WEEKDAYS, value.split(","), strict=True))
    usual = Counter(week.values()).most_common(1)[0][0]
    others: dict[str, list[str]] = {}
    for day, minute in week.items():
        if minute != usual:
            others.setdefault(minute, []).append(day)
    return ", ".join(
        [_time(usual), *(f"{and_list(days)} {_time(at)}" for at, days in others.items())]
    )


def _with(value: str, meals: list[str]) -> str:
    return ", ".join(meals[int(place)] for place in value.split(","))


def _moved(value: str, meals: list[str]) -> str:
    pairs = (pair.split(":") for pair in value.split(","))
    return ", ".join(f"{meals[int(place)]} {_time(minute)}" for place, minute in pairs)


def _days(value: str, meals: list[str]) -> str:
    rule, _, numbers = value.partition(":")
    parts = numbers.split(",")
    if rule == "every":
        return f"every {numbers} days"
    if rule == "cycle":
        on, off = numbers.split("/")
        return f"{on} days on, {off} days off"
    if rule == "month":
        return f"on the {and_list(['last day' if part == '-1' else part for part in parts])}"
    return ", ".join(parts) if rule == "week" else rule


def days_words(days: Days) -> str:
    """A rule for days, in the words of the difference."""
    return _days(days_field(days), [])


def _place(value: str, meals: list[str]) -> str:
    """`3` or `1, 2, 3, 4, 5, 6, 7 from Monday on`; where each time has its own, `1; 2`."""
    return "; ".join(_from_monday(week) for week in weeks_of(value))


def weeks_of(places: str) -> list[list[str]]:
    """The numbers of the compartments from Monday to Sunday, for all times or for each of them."""
    numbers = places.split(",")
    days = len(WEEKDAYS)
    return [numbers[at : at + days] for at in range(0, len(numbers), days)]


def _from_monday(week: list[str]) -> str:
    return week[0] if len(set(week)) == 1 else f"{', '.join(week)} from Monday on"


def _stock(value: str, meals: list[str]) -> str:
    count, per_intake, low = value.split("/")
    return f"{count} ({per_intake} an intake, low at {low})"


def _contents(value: str, meals: list[str]) -> str:
    return ", ".join(_content(each) for each in value.split(";"))


def _content(text: str) -> str:
    return text.replace(":", " ", 1).replace("/", " ", 1).replace("=", " = ", 1)


def _yes(value: str, meals: list[str]) -> str:
    return "yes"


def _off(value: str, meals: list[str]) -> str:
    return "nothing is taken"


def _time(minute: str) -> str:
    return time_text(int(minute))


# For each kind of line: key -> (key of the file, or "" where nobody needs it; how to read it).
_Reader = tuple[str, Callable[[str, list[str]], str]]
_READERS: dict[str, dict[str, _Reader]] = {
    "plan": {
        "v": ("", _plain),
        "zone": ("timezone", _plain),
        "nag": ("nag", _duration),
        "snooze": ("snooze", _duration),
        "quiet": ("quiet", _quiet),
        "max_sound": ("max_sound", _duration),
        "long_press": ("long_press", _milliseconds),
    },
    "meal": {"at": ("at", _week)},
    "except": {"meals": ("meals", _moved), "off": ("off", _off)},
    "dose": {
        "at": ("at", _times),
        "with": ("with", _with),
        "place": ("place", _place),
        "days": ("days", _days),
        "early": ("early", _duration),
        "late": ("late", _duration),
        "stock": ("stock", _stock),
        "contents": ("contents", _contents),
        "prescribed": ("prescribed", _yes),
    },
}


def which_text(plan: Plan, dose: Dose, day: int, slot: int) -> str:
    """How a dose is told from the others: `place 3`, else `number 2` where its number in the file
    is what the light counts; "" where neither matters.
    """
    if place := dose.place(day, slot):
        return f"place {place}"
    return f"number {number_of(plan, dose)}" if plan.each else ""


def number_of(plan: Plan, dose: Dose) -> int:
    """The number of a dose in the file, from 1 on."""
    return plan.doses.index(dose) + 1


def flashes_by_dose(lines: Iterable[str]) -> Fields:
    """How often the light flashes for each dose: its places, else its number in the file."""
    doses = [fields for kind, fields in read_lines(lines) if kind == "dose"]
    return {
        dose["id"]: _place(dose["place"], []) if "place" in dose else str(number)
        for number, dose in enumerate(doses, 1)
    }


def alike_by_dose(lines: Iterable[str]) -> dict[str, int]:
    """The doses without a place whose number in the file is a place of others."""
    doses = [fields for kind, fields in read_lines(lines) if kind == "dose"]
    places = {number for dose in doses for number in dose.get("place", "").split(",")}
    numbers = {dose["id"]: n for n, dose in enumerate(doses, 1) if "place" not in dose}
    return {dose: number for dose, number in numbers.items() if str(number) in places}


def plan_of(lines: list[str]) -> Plan:
    """Compiled lines as the device reads them; an empty plan without any, or where this release
    cannot read them, as those of a newer one.
    """
    try:
        return schedule.parse(lines) if lines else Plan()
    except ValueError:
        return Plan()


def is_of(revision: str, lines: Iterable[str]) -> bool:
    """Whether these are the lines of that revision, which a box may say of any."""
    return schedule.digest(lines)[0] == revision


def known(revision: str, lines: list[str]) -> list[str]:
    """The lines where they are those of the revision, and this release can read them as a plan;
    else none.
    """
    return lines if is_of(revision, lines) and plan_of(lines).zone_name else []


def local_of(lines: list[str]) -> LocalTime | None:
    """Times of day where the person lives whose schedule has these lines; None where they do not
    say that, or this release cannot read them.
    """
    plan = plan_of(lines)
    return LocalTime(plan.zone) if plan.zone_name else None


def title_of(lines: list[str]) -> str:
    """The title of compiled lines, or ""."""
    return next((line.fields.get("title", "") for line in read_lines(lines[:1])), "")
