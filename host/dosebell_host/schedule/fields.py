"""What the keys of a schedule may hold: kinds of values, tables of keys, and what is said of a
wrong one.

The tables made of them are in model.py; how a single value is read is in values.py.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform, overload

from dosebell_host.errors import UserError
from dosebell_host.schedule import limits, values
from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.values import ManyWrong, Place, Problem, Wrong, show, time_text
from dosebell_host.schedule.zones import check_zone

VERSION = 1

# Words that are far from the key in letters and near in meaning.
_MEANT = {
    "course_end": "end",
    "until": "end",
    "to": "end",
    "from": "start",
    "review_date": "review",
    "interval_days": "days",
    "time": "at",
    "times": "at",
    "meal": "with",
    "meals": "with",
    "elemental": "basis",
    "compound": "basis",
    "age_y": "age",
    "lab": "labs",
    "blood_tests": "labs",
    "kidneys": "kidney",
    "medications": "medicines",
    "drugs": "medicines",
    "illnesses": "conditions",
    "diseases": "conditions",
    "pregnancy": "pregnant",
    "bed": "bedtime",
    "prescription": "prescribed",
    "rx": "prescribed",
}

_DAYS = len(WEEKDAYS)

T = TypeVar("T")
DefaultT = TypeVar("DefaultT")
PlaceT = TypeVar("PlaceT", bound=Place)

# What makes a value of the file one of ours, or raises `Wrong`.
Read = Callable[[Any], T]
# Where something stands in its table or list, how it is read, and what stands there.
Reading = tuple[PlaceT, Read[Any], object]


class Key(NamedTuple):
    """One key of a table: its name in the file, how its value is read, how a line may look.

    `default` holds what a silent file means; it is empty where the key must be there.
    """

    name: str
    read: Read[Any]
    default: tuple[Any, ...]
    example: str


@overload
def key(read: Read[T], *, name: str = "", example: str = "") -> T: ...
@overload
def key(read: Read[T], *, default: DefaultT, name: str = "") -> T | DefaultT: ...
def key(read: Read[Any], *, name: str = "", example: str = "", **default: Any) -> Any:
    """A key that a table knows; `name` where the file calls it otherwise than we do."""
    return Key(name, read, tuple(default.values()), example)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(key,))
class Table:
    """A table of the file that knows its keys; any other is an error.

    Made of values that are right already; `read` takes what stands in a file.
    """

    # By the names of the attributes. A table holds what was given, its class the rest.
    _keys: ClassVar[dict[str, Key]]

    def __init_subclass__(cls) -> None:
        keys = {name: each for name, each in vars(cls).items() if isinstance(each, Key)}
        cls._keys = {name: each._replace(name=each.name or name) for name, each in keys.items()}
        for name, each in keys.items():
            delattr(cls, name)
            if each.default:
                setattr(cls, name, each.default[0])

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.to_dict() == other.to_dict()

    # Nothing looks a table up by its values, and some of them are dicts.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.to_dict()})"

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """The keys of the file that this table knows."""
        return tuple(each.name for each in cls._keys.values())

    @classmethod
    def read(cls, value: Any) -> Self:
        """The table with the values of the file; `Wrong` has everything that does not fit."""
        if not isinstance(value, dict):
            raise _no_table(value)
        read = read_all(cls._readings(value))
        return cls(**{name: read[k.name] for name, k in cls._keys.items() if k.name in value})

    @classmethod
    def _readings(cls, table: dict[str, Any]) -> Iterator[Reading[str]]:
        for each in cls._keys.values():
            if each.name in table:
                yield each.name, each.read, table[each.name]
            elif not each.default:
                yield each.name, _missing, each
        known = cls.known_keys()
        for name in table:
            if name not in known:
                yield name, partial(unknown_key, known=known), name

    def to_dict(self) -> dict[str, Any]:
        """Every value by its name, also those that the file is silent about."""
        return {name: getattr(self, name) for name in self._keys}

    def given(self) -> dict[str, Any]:
        """The values that the file has, or that whoever made the table gave, by their names."""
        return dict(vars(self))

    def replaced(self, **changes: Any) -> Self:
        """The same with other values."""
        return type(self)(**{**self.given(), **changes})


def read_all(readings: Iterable[Reading[PlaceT]]) -> dict[PlaceT, Any]:
    """All values by their places; `ManyWrong` has what is wrong with any of them."""
    read: dict[PlaceT, Any] = {}
    problems: list[Problem] = []
    for place, reader, value in readings:
        try:
            read[place] = reader(value)
        except Wrong as wrong:
            problems += [((place, *below), said, fix) for below, said, fix in wrong.problems]
    if problems:
        raise ManyWrong(problems)
    return read


def _no_table(value: object) -> Wrong:
    return Wrong(f"{show(value)} is not a table", "write { ... }")


def _missing(each: Key) -> None:
    raise Wrong("is missing", f"add {each.example}")


def unknown_key(name: str, *, known: tuple[str, ...]) -> None:
    """Raises `Wrong` for a key that nothing reads, with the nearest one that is read."""
    import difflib

    meant = [_MEANT[name]] if _MEANT.get(name) in known else []
    near = meant or difflib.get_close_matches(name[:64], known, n=1, cutoff=0.5)
    fix = f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(known)}"
    raise Wrong(f"unknown key {show(name)}", fix)


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


def list_of(read: Read[T], low: int, high: int) -> Read[tuple[T, ...]]:
    """A TOML list with `low` to `high` entries, each of which `read` accepts."""
    return partial(_entries, read=read, low=low, high=high)


def _entries(value: object, *, read: Read[T], low: int, high: int) -> tuple[T, ...]:
    fix = f"write a list of {low} to {high} in [ ]"
    if not isinstance(value, list):
        raise Wrong(f"{show(value)} is not a list", fix)
    if not low <= len(value) <= high:
        raise Wrong(f"the list has {len(value)} entries", fix)
    return tuple(read_all((n, read, entry) for n, entry in enumerate(value)).values())


def meals_once(value: object) -> tuple[str, ...]:
    """The names of meals, none twice."""
    return _each_once(_entries(value, read=short_name, low=1, high=limits.MAX_MEALS), name=show)


def meal_times(value: object) -> dict[str, int]:
    """Minutes of the day by the names of meals."""
    if not isinstance(value, dict):
        raise _no_table(value)
    return read_all((meal, values.time_of_day, time) for meal, time in value.items())


def sorted_times(value: object) -> tuple[int, ...]:
    """Times as minutes of the day in order, none twice."""
    times = _entries(value, read=values.time_of_day, low=1, high=limits.MAX_TIMES)
    return tuple(sorted(_each_once(times, name=time_text)))


def places(value: object) -> tuple[tuple[int, ...], ...]:
    """Compartments, each one number or seven from Monday to Sunday: one for all times, or one a
    time in the order in which they are written.
    """
    if not isinstance(value, list) or (len(value) == _DAYS and list not in map(type, value)):
        return (_one_or_seven(value),)
    return _entries(value, read=_one_or_seven, low=1, high=limits.MAX_TIMES)


def _one_or_seven(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        return (_place(value),)
    if len(value) != _DAYS:
        raise Wrong(f"the list has {len(value)} places", "write seven, from Monday to Sunday")
    return _entries(value, read=_place, low=_DAYS, high=_DAYS)


def one_or_more_times(value: object) -> tuple[int, ...]:
    """One time, or a list of them, as `sorted_times`."""
    return sorted_times([value] if isinstance(value, str) else value)


def _each_once(items: tuple[T, ...], *, name: Callable[[T], str]) -> tuple[T, ...]:
    for item in items:
        if items.count(item) > 1:
            raise Wrong(f"{name(item)} stands there twice", "name it once")
    return items


def within(read: Callable[..., T], bounds: tuple[int, int]) -> Read[T]:
    """A value that `read` accepts between two bounds."""
    return partial(read, low=bounds[0], high=bounds[1])


def word(*choices: str) -> Read[str]:
    """One of a few words."""
    return partial(values.one_of, choices=choices)


def lasting(bounds: tuple[int, int], zero: bool = False) -> Read[int]:
    """A duration between two, in seconds; `zero` allows none, too."""
    return partial(values.duration, low_s=bounds[0], high_s=bounds[1], zero=zero)


def quantity(high: int) -> Read[int | float]:
    """A number above 0, at most `high`."""
    return partial(values.amount, high=high)


_place: Read[int] = within(values.whole_number, limits.PLACE)
short_name: Read[str] = partial(values.slug, length=limits.MAX_NAME_CHARS)
# One name for two would be a bad example: each nutrient has an amount of its own.
nutrient_name: Read[str] = partial(
    values.slug, length=limits.MAX_NUTRIENT_CHARS, example="vitamin-d3"
)
