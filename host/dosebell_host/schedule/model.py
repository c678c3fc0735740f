"""The schedule document as checked values: what each table may hold, key by key.

A table is checked on its own here; what several keys or tables must agree on is in validate.py.
Fields are named with their units; the aliases are the keys of the file.
"""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from dosebell_host.schedule import limits, values
from dosebell_host.schedule.days import Days, read_days
from dosebell_host.schedule.fields import (
    BASES,
    KIDNEYS,
    ROUTES,
    Amount,
    Date,
    Food,
    FullText,
    LabValue,
    Minute,
    Nutrient,
    ShortName,
    Table,
    Text,
    YesNo,
    a_list,
    each_once,
    lasting,
    one_or_more_times,
    sorted_times,
    version_number,
    within,
    word,
    zone_name,
)


class Head(Table):
    """What stands at the top of the file."""

    version: Annotated[int, PlainValidator(version_number)] = Field(examples=["version = 1"])
    title: Text = ""
    timezone: Annotated[str, PlainValidator(zone_name)] = Field(
        examples=['timezone = "Europe/Berlin", or where you live']
    )


class MealTimes(Table):
    """What the file says about one meal; times in minutes of the day."""

    at: Minute | None = None
    mon: Minute | None = None
    tue: Minute | None = None
    wed: Minute | None = None
    thu: Minute | None = None
    fri: Minute | None = None
    sat: Minute | None = None
    sun: Minute | None = None
    fat_g: Annotated[float | int, within(values.fat_grams, limits.FAT_G)] | None = None
    eat: Text = ""


class Meal(NamedTuple):
    """When a person eats, and what: the minute of the day for each weekday, Monday first."""

    name: str
    minutes: tuple[int, ...]
    fat_g: float | int | None = None
    eat: str = ""


class Alerts(Table):
    """How the device calls, in seconds; `quiet` in minutes of the day, None for never."""

    nag_s: Annotated[int, lasting(limits.NAG_S)] = Field(limits.NAG_DEFAULT_S, alias="nag")
    snooze_s: Annotated[int, lasting(limits.SNOOZE_S)] = Field(
        limits.SNOOZE_DEFAULT_S, alias="snooze"
    )
    quiet: Annotated[tuple[int, int] | None, PlainValidator(values.quiet_hours)] = None
    max_sound_s: Annotated[int, lasting(limits.MAX_SOUND_S, zero=True)] = Field(
        limits.MAX_SOUND_DEFAULT_S, alias="max_sound"
    )
    long_press_s: Annotated[int, lasting(limits.LONG_PRESS_S)] = Field(
        limits.LONG_PRESS_DEFAULT_S, alias="long_press"
    )


class Content(Table):
    """One nutrient of a whole intake."""

    nutrient: Nutrient = Field(examples=['nutrient = "vitamin-d3"'])
    form: Annotated[str, PlainValidator(values.form_name)] = ""
    amount: Amount = Field(examples=["amount = 1000"])
    unit: Annotated[str, PlainValidator(values.unit)] = Field(examples=['unit = "IU"'])
    # The same amount in IU, where the label has both.
    iu: Amount | None = None
    # Of a mineral: the metal itself, or the whole salt.
    basis: Annotated[str, word(BASES)] | None = None


class Stock(Table):
    """How many are left, how many one intake uses, and when to warn (all in pieces)."""

    count: Annotated[int, within(values.whole_number, limits.STOCK_COUNT)] = Field(
        examples=["count = 90"]
    )
    per_intake: Annotated[int, within(values.whole_number, limits.STOCK_PER_INTAKE)] = (
        limits.STOCK_PER_INTAKE_DEFAULT
    )
    low: Annotated[int, within(values.whole_number, limits.STOCK_LOW)] = limits.STOCK_LOW_DEFAULT


class DoseEntry(Table):
    """One rule: what to take, on which days, with which meals or at which times."""

    inner: ClassVar[dict[str, type[Table]]] = {"contents": Content, "stock": Stock}

    id: ShortName = Field(examples=['id = "d3k2"'])
    name: FullText = Field(examples=['name = "Vitamin D3 1000 IU"'])
    take: Text = ""
    # Exactly one of the two: minutes of the day, sorted; or meals, in the order of the day.
    at: Annotated[tuple[Minute, ...], a_list(1, limits.MAX_TIMES), sorted_times()] = ()
    with_meals: Annotated[tuple[ShortName, ...], a_list(1, limits.MAX_MEALS), each_once()] = Field(
        (), alias="with"
    )
    food: Food | None = None
    days: Annotated[Days, PlainValidator(read_days)] = Field(examples=['days = "daily"'])
    start: Date | None = None
    end: Date | None = None
    early_s: Annotated[int, lasting(limits.EARLY_S)] = Field(limits.EARLY_DEFAULT_S, alias="early")
    late_s: Annotated[int, lasting(limits.LATE_S)] = Field(limits.LATE_DEFAULT_S, alias="late")
    contents: Annotated[tuple[Content, ...], a_list(0, limits.MAX_CONTENTS)] = ()
    stock: Stock | None = None
    # What only the checks read.
    medicine: FullText | None = None
    route: Annotated[str, word(ROUTES)] | None = None
    prescribed: YesNo = False
    review: Date | None = None

    @model_validator(mode="before")
    @classmethod
    def _any_food_with_a_meal(cls, value: Any) -> Any:
        if isinstance(value, dict) and "with" in value:
            return {"food": "any", **value}
        return value


class ExceptDays(Table):
    """Days on which meals come at other times, or nothing is taken; both ends included."""

    first: Date = Field(alias="from", examples=["from = 2026-12-24"])
    last: Date = Field(alias="to", examples=["to = 2027-01-02"])
    meals: dict[str, Minute] = Field(default_factory=dict)
    off: Annotated[bool, PlainValidator(values.only_true)] = False
    reason: Text = ""


class PersonsMedicine(Table):
    """A medicine the person takes besides, a table or its name alone; `at` in minutes of the day.

    `start` and `end` are its first and last day, both included.
    """

    name: FullText = Field(examples=['name = "levothyroxine"'])
    at: Annotated[tuple[Minute, ...], BeforeValidator(one_or_more_times), sorted_times()] = ()
    days: Annotated[Days, PlainValidator(read_days)] = Days("daily")
    start: Date | None = None
    end: Date | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Lab(Table):
    """A blood test of vitamin D: how often (months), and which values the person aims at."""

    test: Annotated[str, word(("25ohd",))] = "25ohd"
    every_months: Annotated[int, within(values.whole_number, limits.EVERY_MONTHS)] | None = None
    target_low: LabValue | None = None
    target_high: LabValue | None = None
    unit: Annotated[str, PlainValidator(values.lab_unit)] | None = None


class Person(Table):
    """Who takes it; read by the checks, never sent to the device.

    `medicines` is None where the file says nothing, and () where it says "none"; `bedtime` in
    minutes of the day.
    """

    inner: ClassVar[dict[str, type[Table]]] = {"medicines": PersonsMedicine, "labs": Lab}

    age: Annotated[int, within(values.whole_number, limits.AGE_YEARS)] | None = None
    medicines: Annotated[tuple[PersonsMedicine, ...], a_list(0, limits.MAX_MEDICINES)] | None = (
        None
    )
    conditions: Annotated[tuple[FullText, ...], a_list(0, limits.MAX_CONDITIONS)] = ()
    kidney: Annotated[str, word(KIDNEYS)] | None = None
    pregnant: YesNo = False
    breastfeeding: YesNo = False
    planning_pregnancy: YesNo = False
    bedtime: Minute | None = None
    labs: Annotated[tuple[Lab, ...], a_list(0, limits.MAX_LABS)] = ()
    want_pair: YesNo = False


class Accept(Table):
    """A finding of the checks that the person has accepted, why, and until when."""

    rule: FullText = Field(examples=['rule = "D3-UL"'])
    reason: FullText = Field(examples=['reason = "agreed with my doctor"'])
    until: Date = Field(examples=["until = 2026-12-31"])


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
