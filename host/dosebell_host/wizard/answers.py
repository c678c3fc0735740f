"""What a person says to `dosebell new`: words in, a checked value out, or `Wrong`.

Each reader takes one answer as it was typed. `NONE` is an answer where nothing is meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dosebell_host.errors import UserError
from dosebell_host.reference.foods import breakfast_of
from dosebell_host.reference.nutrients import D, K
from dosebell_host.reference.units import exact
from dosebell_host.schedule import limits
from dosebell_host.schedule.values import Wrong, full_text, show, time_of_day, unit, whole_number
from dosebell_host.schedule.zones import check_zone

NONE = "none"
MEALS = ("breakfast", "lunch", "dinner")

_NUMBER = r"(?P<whole>\d{1,7}|\d{1,3}(?:,\d{3})+)(?P<part>\.\d{1,2})?"
_AMOUNT = re.compile(rf"{_NUMBER}\s*(?P<unit>[A-Za-zµμ.]+)")
# 1.000 is a thousand in some countries and one in others: a factor that hurts.
_EITHER = re.compile(r"\d\.\d{3}|\d,\d{1,2}(?!\d)")
_UNITS = {"iu": "IU", "ie": "IU", "ui": "IU", "µg": "µg", "ug": "ug"}
_FORM = re.compile(r"\(?\bMK[\s-]?([47])\b\)?", re.IGNORECASE)
_GRAMS = re.compile(r"(\d{1,3}(?:\.\d)?)\s*g(?:\s+(?:of\s+)?fat)?", re.IGNORECASE)
_TIME_AT_END = re.compile(r"\s+(?:at\s+)?(\d{1,2}:\d{2})$")


@dataclass(frozen=True)
class Amount:
    """How much of a vitamin one intake has, as on the label; `form` is "" where not said."""

    number: int | float
    unit: str
    form: str = ""


@dataclass(frozen=True)
class Eaten:
    """What is eaten, in words, or its fat in grams; neither where nobody said."""

    words: str = ""
    fat_g: int | float | None = None

    @property
    def known_fat_g(self) -> Fraction | None:
        """Grams of fat, by the table where they were not said."""
        if self.fat_g is not None:
            return exact(self.fat_g)
        row = breakfast_of(self.words) if self.words else None
        return row.fat_g if row else None


@dataclass(frozen=True)
class ListedMedicine:
    """One medicine of the person; `at` in minutes of the day."""

    name: str
    at: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answers:
    """Everything that was asked. `meals` are those eaten, with the minute of the day."""

    zone: str
    meals: dict[str, int]
    eaten: Eaten
    d3: Amount | None
    k2: Amount | None
    meal: str
    medicines: tuple[ListedMedicine, ...]
    count: int | None


def read_zone(text: str) -> str:
    """The name of a time zone."""
    try:
        return check_zone(text.strip())
    except UserError as error:
        raise Wrong(error.message, error.fix) from None


def read_time(text: str) -> int | None:
    """A time as minutes of the day; None for none. 7:30 will do for 07:30."""
    if _is_none(text):
        return None
    try:
        return time_of_day(_two_digits(text.strip()))
    except Wrong as wrong:
        raise Wrong(wrong.message, f"{wrong.fix}, or none") from None


def read_eaten(text: str) -> Eaten:
    """`two eggs`, or `12 g` of fat; nothing where nobody wants to say."""
    words = text.strip()
    if not words or _is_none(words):
        return Eaten()
    if grams := _GRAMS.fullmatch(words):
        number = float(grams[1])
        return Eaten(fat_g=int(number) if number.is_integer() else number)
    return Eaten(_plain(words))


def read_d3(text: str) -> Amount | None:
    """`1000 IU`, `25 mcg` or `Vitamin D3 1000 IU`; None for none."""
    return None if _is_none(text) else _amount(_without_its_name(text, D), "1000 IU")


def read_k2(text: str) -> Amount | None:
    """`MK-7 100 mcg`, in either order, also without its form or as `Vitamin K2 100 µg`."""
    if _is_none(text):
        return None
    forms = _FORM.findall(text)
    if len(forms) > 1:
        fix = "write the one that is in it, or one now and the other as a dose of its own"
        raise Wrong(f"{show(text)} names two forms", fix)
    found = _amount(_without_its_name(_FORM.sub(" ", text), K), "MK-7 100 mcg")
    return Amount(found.number, found.unit, f"MK-{forms[0]}" if forms else "")


def read_medicines(text: str) -> tuple[ListedMedicine, ...]:
    """`levothyroxine 06:30, apixaban`; () for none."""
    if _is_none(text):
        return ()
    names = [part.strip() for part in re.split(r"[,;]", text)]
    if not all(names):
        raise Wrong(f"{show(text)} has a place without a name", "write none if you take none")
    if len(names) > limits.MAX_MEDICINES:
        raise Wrong(f"these are {len(names)} medicines", f"name {limits.MAX_MEDICINES} at most")
    return tuple(map(_medicine, names))


def read_count(text: str) -> int | None:
    """How many are left; None where nobody wants to count."""
    if not text.strip() or _is_none(text):
        return None
    low, high = limits.STOCK_COUNT
    typed = text.strip()
    return whole_number(
        int(typed) if re.fullmatch(r"\d{1,9}", typed) else typed, low=low, high=high
    )


def read_meal(text: str, eaten: Iterable[str]) -> str:
    """One of the meals that are eaten."""
    names = list(eaten)
    if text.strip().lower() not in names:
        raise Wrong(f"{show(text)} is none of your meals", f"write {' or '.join(names)}")
    return text.strip().lower()


def _medicine(text: str) -> ListedMedicine:
    """A name, and the times that stand behind it."""
    times: list[int] = []
    name = text
    while match := _TIME_AT_END.search(name):
        times.insert(0, time_of_day(_two_digits(match[1])))
        name = name[: match.start()]
    if len(times) > limits.MAX_TIMES:
        raise Wrong(f"{show(name)} has {len(times)} times", f"write {limits.MAX_TIMES} at most")
    return ListedMedicine(full_text(_plain(name)), tuple(sorted(set(times))))


def _amount(text: str, example: str) -> Amount:
    fix = f'write the number and the unit on the label, as "{example}"; or none'
    if _EITHER.search(text):
        raise Wrong(f"{show(text)} can be read in two ways", 'write "1000" or "2.5"')
    match = _AMOUNT.fullmatch(text.strip())
    if not match:
        raise Wrong(f"{show(text)} is not an amount", fix)
    number = float(match["whole"].replace(",", "") + (match["part"] or ""))
    if not number:
        raise Wrong(f"{show(text)} is nothing", fix)
    short = match["unit"].lower().replace(".", "")
    return Amount(int(number) if number.is_integer() else number, unit(_UNITS.get(short, short)))


def _plain(text: str) -> str:
    """The text itself. A terminal may hand over bytes that are no text, and a file is UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Wrong("there is a character in it that is not UTF-8", "type it anew") from None
    return full_text(text)


def _two_digits(clock: str) -> str:
    return f"0{clock}" if re.fullmatch(r"\d:\d{2}", clock) else clock


def _without_its_name(text: str, short: str) -> str:
    """The amount of a label that names one nutrient and its amount; any other text as it is."""
    from dosebell_host.reference.labels import named_in

    named = named_in(text)
    sure = len(named) == 1 and named[0].short == short and named[0].amount
    if not sure or _EITHER.search(text):
        return text
    return f"{float(sure):g} {named[0].unit}"


def _is_none(text: str) -> bool:
    from dosebell_host.reference.recognised import is_none

    return bool(text.strip()) and is_none(text)
