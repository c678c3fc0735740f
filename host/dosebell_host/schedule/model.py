"""The schedule document as checked values: what each table may hold, key by key.

A table is checked on its own here; what several keys or tables must agree on is in validate.py.
Fields are named with their units; `name` is the key of the file where that is another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from dosebell_host.schedule import limits, values
from dosebell_host.schedule.days import Days, read_days
from dosebell_host.schedule.fields import (
    Table,
    key,
    lasting,
    list_of,
    meal_times,
    meals_once,
    nutrient_name,
    one_or_more_times,
    places,
    quantity,
    short_name,
    sorted_times,
    version_number,
    within,
    word,
    zone_name,
)

# For a dose that has none.
EXAMPLE_ID = "d3k2"


class Head(Table):
    """What stands at the top of the file."""

    version: int = key(version_number, example="version = 1")
    title: str = key(values.text, default="")
    timezone: str = key(zone_name, example='timezone = "Europe/Berlin", or where you live')


class MealTimes(Table):
    """What the file says about one meal; times in minutes of the day."""

    at: int | None = key(values.time_of_day, default=None)
    mon: int | None = key(values.time_of_day, default=None)
    tue: int | None = key(values.time_of_day, default=None)
    wed: int | None = key(values.time_of_day, default=None)
    thu: int | None = key(values.time_of_day, default=None)
    fri: int | None = key(values.time_of_day, default=None)
    sat: int | None = key(values.time_of_day, default=None)
    sun: int | None = key(values.time_of_day, default=None)
    fat_g: float | int | None = key(within(values.fat_grams, limits.FAT_G), default=None)
    eat: str = key(values.text, default="")


class Meal(NamedTuple):
    """When a person eats, and what: the minute of the day for each weekday, Monday first."""

    name: str
    minutes: tuple[int, ...]
    fat_g: float | int | None = None
    eat: str = ""


class Alerts(Table):
    """How the device calls, in seconds; `quiet` in minutes of the day, None for never."""

    nag_s: int = key(lasting(limits.NAG_S), default=limits.NAG_DEFAULT_S, name="nag")
    snooze_s: int = key(lasting(limits.SNOOZE_S), default=limits.SNOOZE_DEFAULT_S, name="snooze")
    quiet: tuple[int, int] | None = key(values.quiet_hours, default=None)
    max_sound_s: int = key(
        lasting(limits.MAX_SOUND_S, zero=True),
        default=limits.MAX_SOUND_DEFAULT_S,
        name="max_sound",
    )
    long_press_s: int = key(
        lasting(limits.LONG_PRESS_S), default=limits.LONG_PRESS_DEFAULT_S, name="long_press"
    )
    # Whether a press answers all that rings, or what is asked for one place at a time.
    answer: str = key(word("all", "each"), default="all")


class Content(Table):
    """One nutrient of a whole intake."""

    nutrient: str = key(nutrient_name, example='nutrient = "vitamin-d3"')
    form: str = key(values.form_name, default="")
    amount: float | int = key(quantity(limits.AMOUNT_AT_MOST), example="amount = 1000")
    unit: str = key(values.unit, example='unit = "IU"')
    # The same amount in IU, where the label has both.
    iu: float | int | None = key(quantity(limits.AMOUNT_AT_MOST), default=None)
    # Of a mineral: the metal itself, or the whole salt.
    basis: str | None = key(word("elemental", "compound", "unknown"), default=None)


class Stock(Table):
    """How many are left, how many one intake uses, and when to warn (all in pieces)."""

    count: int = key(within(values.whole_number, limits.STOCK_COUNT), example="count = 90")
    per_intake: int = key(
        within(values.whole_number, limits.STOCK_PER_INTAKE),
        default=limits.STOCK_PER_INTAKE_DEFAULT,
    )
    low: int = key(within(values.whole_number, limits.STOCK_LOW), default=limits.STOCK_LOW_DEFAULT)


class DoseEntry(Table):
    """One rule: what to take, on which days, with which meals or at which times."""

    id: str = key(short_name, example=f'id = "{EXAMPLE_ID}"')
    name: str = key(values.full_text, example='name = "Vitamin D3 1000 IU"')
    take: str = key(values.text, default="")
    # Exactly one of the two: minutes of the day, sorted; or meals, in the order of the day.
    at: tuple[int, ...] = key(sorted_times, default=())
    with_meals: tuple[str, ...] = key(meals_once, default=(), name="with")
    # Compartments: for all times, or one entry a time; each is one number, or seven by weekday.
    place: tuple[tuple[int, ...], ...] = key(places, default=())
    food: str | None = key(word("fat", "any", "empty"), default=None)
    days: Days = key(read_days, default=Days("daily"))
    start: date | None = key(values.calendar_date, default=None)
    end: date | None = key(values.calendar_date, default=None)
    early_s: int = key(lasting(limits.EARLY_S), default=limits.EARLY_DEFAULT_S, name="early")
    late_s: int = key(lasting(limits.LATE_S), default=limits.LATE_DEFAULT_S, name="late")
    contents: tuple[Content, ...] = key(list_of(Content.read, 0, limits.MAX_CONTENTS), default=())
    stock: Stock | None = key(Stock.read, default=None)
    # What only the checks read.
    medicine: str | None = key(values.full_text, default=None)
    route: str | None = key(word("oral", "topical"), default=None)
    prescribed: bool = key(values.yes_no, default=False)
    review: date | None = key(values.calendar_date, default=None)

    @classmethod
    def read(cls, value: Any) -> Self:
        """As any table; with a meal, any food will do where the file says nothing of it."""
        with_meal = isinstance(value, dict) and "with" in value
        entry = super().read({"food": "any", **value} if with_meal else value)
        if len(entry.place) < 2:
            return entry
        # Each place stands where its time stands in the file, and the times are sorted.
        pairs = sorted(zip(value.get("at", ()), entry.place, strict=False))
        return entry.replaced(place=tuple(place for _, place in pairs))


class ExceptDays(Table):
    """Days on which meals come at other times, or nothing is taken; both ends included."""

    first: date = key(values.calendar_date, name="from", example="from = 2026-12-24")
    last: date = key(values.calendar_date, name="to", example="to = 2027-01-02")
    meals: Mapping[str, int] = key(meal_times, default={})
    off: bool = key(values.only_true, default=False)
    reason: str = key(values.text, default="")


class PersonsMedicine(Table):
    """A medicine the person takes besides, a table or its name alone; `at` in minutes of the day.

    `start` and `end` are its first and last day, both included.
    """

    name: str = key(values.full_text, example='name = "levothyroxine"')
    at: tuple[int, ...] = key(one_or_more_times, default=())
    days: Days = key(read_days, default=Days("daily"))
    start: date | None = key(values.calendar_date, default=None)
    end: date | None = key(values.calendar_date, default=None)

    @classmethod
    def read(cls, value: Any) -> Self:
        """As any table, or the name alone."""
        return super().read({"name": value} if isinstance(value, str) else value)


class Lab(Table):
    """A blood test of vitamin D: how often (months), and which values the person aims at."""

    test: str = key(word("25ohd"), default="25ohd")
    every_months: int | None = key(within(values.whole_number, limits.EVERY_MONTHS), default=None)
    target_low: float | int | None = key(quantity(limits.LAB_AT_MOST), default=None)
    target_high: float | int | None = key(quantity(limits.LAB_AT_MOST), default=None)
    unit: str | None = key(values.lab_unit, default=None)


class Person(Table):
    """Who takes it; read by the checks, never sent to the device.

    `medicines` is None where the file says nothing, and () where it says "none"; `bedtime` in
    minutes of the day.
    """

    # For the laptop's own list of boxes.
    name: str = key(values.text, default="")
    age: int | None = key(within(values.whole_number, limits.AGE_YEARS), default=None)
    medicines: tuple[PersonsMedicine, ...] | None = key(
        list_of(PersonsMedicine.read, 0, limits.MAX_MEDICINES), default=None
    )
    conditions: tuple[str, ...] = key(
        list_of(values.full_text, 0, limits.MAX_CONDITIONS), default=()
    )
    kidney: str | None = key(word("none", "mild", "moderate", "severe", "unknown"), default=None)
    pregnant: bool = key(values.yes_no, default=False)
    breastfeeding: bool = key(values.yes_no, default=False)
    planning_pregnancy: bool = key(values.yes_no, default=False)
    bedtime: int | None = key(values.time_of_day, default=None)
    labs: tuple[Lab, ...] = key(list_of(Lab.read, 0, limits.MAX_LABS), default=())
    want_pair: bool = key(values.yes_no, default=False)


class Accept(Table):
    """A finding of the checks that the person has accepted, why, and until when."""

    rule: str = key(values.full_text, example='rule = "D3-UL"')
    reason: str = key(values.full_text, example='reason = "agreed with my doctor"')
    until: date = key(values.calendar_date, example="until = 2026-12-31")


@dataclass(frozen=True)
class Schedule:
    """A whole document in which everything agrees with everything."""

    version: int
    title: str
    timezone: str
    meals: tuple[Meal, ...]
    alerts: Alerts
    doses: tuple[DoseEntry, ...]
    exceptions: tuple[ExceptDays, ...]
    person: Person | None
    accepts: tuple[Accept, ...]
