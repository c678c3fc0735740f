"""What a person says to `dosebell new`: words in, a checked value out, or `Wrong`.

Each reader takes one answer as it was typed. `NONE` is an answer where nothing is meant.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from dosebell_host.errors import UserError
from dosebell_host.reference.eaten import fat_in
from dosebell_host.reference.nutrients import D, K
from dosebell_host.reference.units import exact
from dosebell_host.schedule.values import Wrong, full_text, show, unit
from dosebell_host.schedule.zones import check_zone, zone_called
from dosebell_host.wizard.day_words import Course
from dosebell_host.wizard.dose_questions import Planned
from dosebell_host.wizard.meal_words import MealTime, read_meal_time
from dosebell_host.wizard.mentions import plain
from dosebell_host.wizard.places import zone_of_place

NONE = "none"
# How a zone is refused where none is near to what was typed.
_NO_NEAR_ONE = "write an IANA name"
# The label of one capsule with both; K2 has a question of its own.
_WITH_K2 = re.compile(r"\s*(?:with|and|\+|&)\s*(?:vitamin\s+)?K2?\s*$", re.IGNORECASE)
MEALS = ("breakfast", "lunch", "dinner")

_NUMBER = r"(?P<whole>\d{1,7}|\d{1,3}(?:,\d{3})+)(?P<part>\.\d{1,2})?"
_AMOUNT = re.compile(rf"{_NUMBER}\s*(?P<unit>[A-Za-zµμ.]+)")
# 1.000 is a thousand in some countries and one in others: a factor that hurts.
_EITHER = re.compile(r"\d\.\d{3}|\d,\d{1,2}(?!\d)")
_UNITS = {"iu": "IU", "ie": "IU", "ui": "IU", "unit": "IU", "units": "IU", "µg": "µg", "ug": "ug"}
_UNITS |= {"einheiten": "IU", "microgram": "mcg", "micrograms": "mcg", "milligrams": "mg"}
# "75 mcg (micrograms)": the unit twice.
_SAID_TWICE = re.compile(r"\s*\(micrograms?\)\s*$", re.IGNORECASE)
_FORM = re.compile(r"\(?\bMK[\s-]?([47])\b\)?", re.IGNORECASE)
_GRAMS = re.compile(r"(\d{1,3}(?:\.\d)?)\s*g(?:\s+(?:of\s+)?fat)?", re.IGNORECASE)


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
        return fat_in(self.words) if self.words else None


@dataclass(frozen=True)
class Answers:
    """Everything that was asked. `meals` are those eaten, with the minute of the day; `meal`,
    `course`, `take` and `count` are of D3 and K2, and `others` all else that is taken. `apart`
    are the minutes of the weekdays on which a meal is at another time, by its name.
    """

    zone: str
    name: str
    meals: dict[str, int]
    eaten: Eaten
    d3: Amount | None
    k2: Amount | None
    meal: str
    course: Course
    take: str
    count: int | None
    others: tuple[Planned, ...]
    apart: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


def read_zone(text: str) -> str:
    """The name of a time zone, which a city has as well."""
    typed = text.strip()
    try:
        return check_zone(zone_called(typed) or zone_of_place(typed) or typed)
    except UserError as error:
        if typed and error.fix.startswith(_NO_NEAR_ONE):
            fix = "Name a big city with the same clock, such as London"
            raise Wrong("I don't know that town.", fix) from None
        raise Wrong(error.message, error.fix) from None


def read_time(text: str, near: int | None = None) -> MealTime | None:
    """When a meal is; None for none. `near` is the minute of the day at which it usually is."""
    if _is_none(text):
        return None
    try:
        return read_meal_time(text, near)
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
    return Eaten(full_text(plain(words)))


def read_d3(text: str) -> Amount | None:
    """`1000 IU`, `25 mcg` or `Vitamin D3 1000 IU`; None for none."""
    if _is_none(text):
        return None
    return read_amount(_without_its_name(_WITH_K2.sub("", text), D), "1000 IU")


def read_k2(text: str) -> Amount | None:
    """`MK-7 100 mcg`, in either order, also without its form or as `Vitamin K2 100 µg`."""
    if _is_none(text):
        return None
    forms = _FORM.findall(text)
    if len(forms) > 1:
        fix = "write the one that is in it, or one now and the other as a dose of its own"
        raise Wrong(f"{show(text)} names two forms", fix)
    found = read_amount(
        _without_its_name(_SAID_TWICE.sub("", _FORM.sub(" ", text)), K), "MK-7 100 mcg"
    )
    return Amount(found.number, found.unit, f"MK-{forms[0]}" if forms else "")


def read_meal(text: str, eaten: Iterable[str]) -> str:
    """One of the meals that are eaten."""
    names = list(eaten)
    if text.strip().lower() not in names:
        raise Wrong(f"{show(text)} is none of your meals", f"write {' or '.join(names)}")
    return text.strip().lower()


def read_amount(text: str, example: str) -> Amount:
    """A number and its unit, as on the label. Raises `Wrong`, with `example`, for others."""
    text = text.strip()
    fix = f'write the number and the unit on the label, as "{example}"; or none'
    if _EITHER.search(text):
        raise Wrong(f"{show(text)} can be read in two ways", 'write "1000" or "2.5"')
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise Wrong(f"{show(text)} is not an amount", fix)
    number = float(match["whole"].replace(",", "") + (match["part"] or ""))
    if not number:
        raise Wrong(f"{show(text)} is nothing", fix)
    short = match["unit"].lower().replace(".", "")
    return Amount(int(number) if number.is_integer() else number, unit(_UNITS.get(short, short)))


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
