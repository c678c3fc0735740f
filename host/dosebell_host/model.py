"""The schedule document as checked values: what each table may hold, key by key.

A table is checked on its own here; what several keys or tables must agree on is in validate.py.
Fields are named with their units; the aliases are the keys of the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    model_validator,
)

from dosebell_host import limits, values
from dosebell_host.days import Days, read_days
from dosebell_host.errors import UserError
from dosebell_host.values import Wrong, show, time_text
from dosebell_host.zones import check_zone

VERSION = 1
FOODS = ("fat", "any", "empty")


def _version(value: object) -> int:
    if type(value) is not int or value != VERSION:
        raise Wrong(
            f"{show(value)} is not a format this release reads", f"write version = {VERSION}"
        )
    return value


def _zone(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f"{show(value)} is no time zone", 'write a name such as "Europe/Berlin"')
    try:
        return check_zone(value)
    except UserError as error:
        raise Wrong(error.message, error.fix) from None


def _items(value: object, *, low: int, high: int) -> object:
    """A TOML list with `low` to `high` entries, as the tuple the strict model wants."""
    fix = f"write a list of {low} to {high} in [ ]"
    if not isinstance(value, list):
        raise Wrong(f"{show(value)} is not a list", fix)
    if not low <= len(value) <= high:
        raise Wrong(f"the list has {len(value)} entries", fix)
    return tuple(value)


def _list(low: int, high: int) -> BeforeValidator:
    return BeforeValidator(partial(_items, low=low, high=high))


def _once() -> AfterValidator:
    return AfterValidator(partial(_each_once, name=show))


def _sorted_times() -> AfterValidator:
    return AfterValidator(lambda times: tuple(sorted(_each_once(times, name=time_text))))


def _each_once(items: tuple[Any, ...], *, name: Callable[[Any], str]) -> tuple[Any, ...]:
    for item in items:
        if items.count(item) > 1:
            raise Wrong(f"{name(item)} stands there twice", "name it once")
    return items


def _within(read: Callable[..., Any], bounds: tuple[int, int]) -> PlainValidator:
    return PlainValidator(partial(read, low=bounds[0], high=bounds[1]))


def _lasting(bounds: tuple[int, int], zero: bool = False) -> PlainValidator:
    return PlainValidator(partial(values.duration, low_s=bounds[0], high_s=bounds[1], zero=zero))


Text = Annotated[str, PlainValidator(values.text)]
FullText = Annotated[str, PlainValidator(values.full_text)]
ShortName = Annotated[str, PlainValidator(partial(values.slug, length=limits.MAX_NAME_CHARS))]
Nutrient = Annotated[str, PlainValidator(partial(values.slug, length=limits.MAX_NUTRIENT_CHARS))]
Amount = Annotated[float | int, PlainValidator(partial(values.amount, high=limits.AMOUNT_AT_MOST))]
Food = Annotated[str, PlainValidator(partial(values.one_of, choices=FOODS))]
Minute = Annotated[int, PlainValidator(values.time_of_day)]
Date = Annotated[date, PlainValidator(values.calendar_date)]


class Table(BaseModel):
    """A table of the file that knows its keys; any other is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # The tables inside this one, by key.
    inner: ClassVar[dict[str, "type[Table]"]] = {}

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys of the file that this table knows."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def example(cls, key: str) -> str:
        """How a line with this key may look."""
        for name, field in cls.model_fields.items():
            if key == (field.alias or name) and field.examples:
                return str(field.examples[0])
        return f"{key} = ..."


class Head(Table):
    """What stands at the top of the file."""

    version: Annotated[int, PlainValidator(_version)] = Field(examples=["version = 1"])
    title: Text = ""
    timezone: Annotated[str, PlainValidator(_zone)] = Field(
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
    fat_g: Annotated[float | int, _within(values.fat_grams, limits.FAT_G)] | None = None
    eat: Text = ""


@dataclass(frozen=True)
class Meal:
    """When a person eats, and what: the minute of the day for each weekday, Monday first."""

    name: str
    minutes: tuple[int, ...]
    fat_g: float | int | None = None
    eat: str = ""


class Alerts(Table):
    """How the device calls, in seconds; `quiet` in minutes of the day, None for never."""

    nag_s: Annotated[int, _lasting(limits.NAG_S)] = Field(limits.NAG_DEFAULT_S, alias="nag")
    snooze_s: Annotated[int, _lasting(limits.SNOOZE_S)] = Field(
        limits.SNOOZE_DEFAULT_S, alias="snooze"
    )
    quiet: Annotated[tuple[int, int] | None, PlainValidator(values.quiet_hours)] = None
    max_sound_s: Annotated[int, _lasting(limits.MAX_SOUND_S, zero=True)] = Field(
        limits.MAX_SOUND_DEFAULT_S, alias="max_sound"
    )
    long_press_s: Annotated[int, _lasting(limits.LONG_PRESS_S)] = Field(
        limits.LONG_PRESS_DEFAULT_S, alias="long_press"
    )


class Content(Table):
    """One nutrient of a whole intake."""

    nutrient: Nutrient = Field(examples=['nutrient = "vitamin-d3"'])
    form: Annotated[str, PlainValidator(values.form_name)] = ""
    amount: Amount = Field(examples=["amount = 1000"])
    unit: Annotated[str, PlainValidator(values.unit)] = Field(examples=['unit = "IU"'])


class Stock(Table):
    """How many are left, how many one intake uses, and when to warn (all in pieces)."""

    count: Annotated[int, _within(values.whole_number, limits.STOCK_COUNT)] = Field(
        examples=["count = 90"]
    )
    per_intake: Annotated[int, _within(values.whole_number, limits.STOCK_PER_INTAKE)] = (
        limits.STOCK_PER_INTAKE_DEFAULT
    )
    low: Annotated[int, _within(values.whole_number, limits.STOCK_LOW)] = limits.STOCK_LOW_DEFAULT


class Dose(Table):
    """One rule: what to take, on which days, with which meals or at which times."""

    inner: ClassVar[dict[str, type[Table]]] = {"contents": Content, "stock": Stock}

    id: ShortName = Field(examples=['id = "d3k2"'])
    name: FullText = Field(examples=['name = "Vitamin D3 1000 IU"'])
    take: Text = ""
    # Exactly one of the two: minutes of the day, sorted; or meals, in the order of the day.
    at: Annotated[tuple[Minute, ...], _list(1, limits.MAX_TIMES), _sorted_times()] = ()
    with_meals: Annotated[tuple[ShortName, ...], _list(1, limits.MAX_MEALS), _once()] = Field(
        (), alias="with"
    )
    food: Food | None = None
    days: Annotated[Days, PlainValidator(read_days)] = Field(examples=['days = "daily"'])
    start: Date | None = None
    end: Date | None = None
    early_s: Annotated[int, _lasting(limits.EARLY_S)] = Field(
        limits.EARLY_DEFAULT_S, alias="early"
    )
    late_s: Annotated[int, _lasting(limits.LATE_S)] = Field(limits.LATE_DEFAULT_S, alias="late")
    contents: Annotated[tuple[Content, ...], _list(0, limits.MAX_CONTENTS)] = ()
    stock: Stock | None = None

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


class Medicine(Table):
    """A medicine the person takes besides; `at` in minutes of the day."""

    name: FullText = Field(examples=['name = "levothyroxine"'])
    at: Minute | None = None


class Person(Table):
    """Who takes it; read by the checks, never sent to the device.

    `medicines` is None where the file says nothing, and () where it says "none".
    """

    inner: ClassVar[dict[str, type[Table]]] = {"medicines": Medicine}

    age: Annotated[int, _within(values.whole_number, limits.AGE_YEARS)] | None = None
    medicines: Annotated[tuple[Medicine, ...], _list(0, limits.MAX_MEDICINES)] | None = None


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
    doses: tuple[Dose, ...]
    exceptions: tuple[ExceptDays, ...]
    person: Person | None
    accepts: tuple[Accept, ...]
