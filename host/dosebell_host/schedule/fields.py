"""What the keys of a schedule may hold: kinds of values, and what is said of a wrong one.

The tables made of them are in model.py; how a single value is read is in values.py.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator

from dosebell_host.errors import UserError
from dosebell_host.schedule import limits, values
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.schedule.zones import check_zone

VERSION = 1
FOODS = ("fat", "any", "empty")
BASES = ("elemental", "compound", "unknown")
ROUTES = ("oral", "topical")
KIDNEYS = ("none", "mild", "moderate", "severe", "unknown")


def version_number(value: object) -> int:
    """The version of the format that this release reads."""
    if type(value) is not int or value != VERSION:
        raise Wrong(
            f"{show(value)} is not a format this release reads", f"write version = {VERSION}"
        )
    return value


def zone_name(value: object) -> str:
    """The IANA name of a time zone."""
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


def one_or_more_times(value: object) -> object:
    """One time, or a list of them."""
    return _items([value] if isinstance(value, str) else value, low=1, high=limits.MAX_TIMES)


def a_list(low: int, high: int) -> BeforeValidator:
    """A list with so many entries."""
    return BeforeValidator(partial(_items, low=low, high=high))


def each_once() -> AfterValidator:
    """No entry twice."""
    return AfterValidator(partial(_each_once, name=show))


def sorted_times() -> AfterValidator:
    """Minutes of the day in order, none twice."""
    return AfterValidator(lambda times: tuple(sorted(_each_once(times, name=time_text))))


def _each_once(items: tuple[Any, ...], *, name: Callable[[Any], str]) -> tuple[Any, ...]:
    for item in items:
        if items.count(item) > 1:
            raise Wrong(f"{name(item)} stands there twice", "name it once")
    return items


def within(read: Callable[..., Any], bounds: tuple[int, int]) -> PlainValidator:
    """A value that `read` accepts between two bounds."""
    return PlainValidator(partial(read, low=bounds[0], high=bounds[1]))


def word(choices: tuple[str, ...]) -> PlainValidator:
    """One of a few words."""
    return PlainValidator(partial(values.one_of, choices=choices))


def lasting(bounds: tuple[int, int], zero: bool = False) -> PlainValidator:
    """A duration between two, in seconds; `zero` allows none, too."""
    return PlainValidator(partial(values.duration, low_s=bounds[0], high_s=bounds[1], zero=zero))


Text = Annotated[str, PlainValidator(values.text)]
FullText = Annotated[str, PlainValidator(values.full_text)]
ShortName = Annotated[str, PlainValidator(partial(values.slug, length=limits.MAX_NAME_CHARS))]
Nutrient = Annotated[str, PlainValidator(partial(values.slug, length=limits.MAX_NUTRIENT_CHARS))]
Amount = Annotated[float | int, PlainValidator(partial(values.amount, high=limits.AMOUNT_AT_MOST))]
YesNo = Annotated[bool, PlainValidator(values.yes_no)]
LabValue = Annotated[float | int, PlainValidator(partial(values.amount, high=limits.LAB_AT_MOST))]
Food = Annotated[str, word(FOODS)]
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
