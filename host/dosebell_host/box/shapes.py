"""What a value in a box's reply may be: checks that read one value each, and say what is wrong.

A check takes a value as it came from JSON and returns it as the laptop keeps it. A field that a
reply lacks is None to its check, so only one made by `maybe` lets it pass. Instants are Unix
seconds on the wire and seconds since 2000 from here on, as everywhere inside dosebell.
"""

from collections.abc import Callable
from typing import TypeVar

from dosebell import civil
from dosebell_host.wording import printable

T = TypeVar("T")
Check = Callable[[object], T]

# The years in which a box can live, as Unix seconds.
EARLIEST_UNIX_S = civil.UNIX_2000
LATEST_UNIX_S = (1 << 32) - 1
_LATEST_DAY = (LATEST_UNIX_S - EARLIEST_UNIX_S) // civil.DAY_S

# Of a value that is wrong, so much is shown.
_SHOWN_CHARS = 40
_SHOWN_NUMBER = 1 << 64


class Unfit(ValueError):
    """A value that cannot be right: `place` is its path in the reply, "" for the whole of it."""

    def __init__(self, value: object, wanted: str, place: str = "") -> None:
        super().__init__(f"{place or 'it'} {_shown(value)}, not {wanted}")
        self._value, self._wanted, self._place = value, wanted, place

    def below(self, place: str) -> "Unfit":
        """The same, seen from one step further out."""
        return Unfit(self._value, self._wanted, f"{place}.{self._place}".rstrip("."))


class Fields:
    """An object of a reply, read field by field. One that nobody reads, of a newer box, may be
    whatever it likes.
    """

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise Unfit(value, "an object")
        self._found = value

    def read(self, key: str, check: Check[T]) -> T:
        """The field as `check` reads it. Raises `Unfit` with where it stands."""
        try:
            return check(self._found.get(key))
        except Unfit as unfit:
            raise unfit.below(key) from None


def field(key: str, check: Check[T]) -> Check[T]:
    """One field of an object, read by `check`."""
    return lambda value: Fields(value).read(key, check)


def whole(least: int, most: int) -> Check[int]:
    """A whole number; `true` and 7.0 are none."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unfit(value, f"a whole number from {least} to {most}")
        return value

    return read


def text(most: int) -> Check[str]:
    """Words for people, made printable; at most so many characters."""

    def read(value: object) -> str:
        return printable(_str(value, most))

    return read


def name(most: int) -> Check[str]:
    """What a thing is known by. It is never altered, so it must be printable as it is."""

    def read(value: object) -> str:
        found = _str(value, most)
        if not found.isprintable():
            raise Unfit(value, "a name without control characters")
        return found

    return read


def _str(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise Unfit(value, f"text of at most {most} characters")
    return value


def flag(value: object) -> bool:
    """`true` or `false`, and no number."""
    if not isinstance(value, bool):
        raise Unfit(value, "true or false")
    return value


def unix_s(value: object) -> int:
    """An instant left in Unix seconds, which is how a laptop's own clock counts."""
    try:
        return whole(EARLIEST_UNIX_S, LATEST_UNIX_S)(value)
    except Unfit:
        raise Unfit(value, "a time in Unix seconds") from None


def instant_s(value: object) -> int:
    """An instant, in seconds since 2000."""
    return unix_s(value) - civil.UNIX_2000


def date(value: object) -> str:
    """A date such as 2026-11-23."""
    try:
        if 0 <= civil.day_from_iso(str(value)) <= _LATEST_DAY:
            return str(value)
    except ValueError:
        # Half a character, which no encoding has, is of these as well.
        pass
    raise Unfit(value, "a date such as 2026-11-23")


def maybe(check: Check[T]) -> Check[T | None]:
    """What `check` reads, or None where there is nothing."""

    def read(value: object) -> T | None:
        return None if value is None else check(value)

    return read


def several(check: Check[T], most: int, least: int = 0) -> Check[tuple[T, ...]]:
    """A list of so many of what `check` reads."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Unfit(value, f"a list of {least} to {most}")
        return tuple(_item(check, n, each) for n, each in enumerate(value))

    return read


def _item(check: Check[T], n: int, value: object) -> T:
    try:
        return check(value)
    except Unfit as unfit:
        raise unfit.below(str(n)) from None


def _shown(value: object) -> str:
    """A wrong value as the middle of a sentence, in a few characters."""
    if value is None:
        return "is missing"
    if isinstance(value, bool):
        return f"is {str(value).lower()}"
    if isinstance(value, str):
        shown = printable(value[:_SHOWN_CHARS])
        return f'is "{shown}{"…" if len(value) > _SHOWN_CHARS else ""}"'
    if isinstance(value, list | dict):
        many = f"{'a list' if isinstance(value, list) else 'an object'} of {len(value)}"
        return f"is {many}"
    if isinstance(value, int) and abs(value) > _SHOWN_NUMBER:
        return "is a number this large"
    return f"is {value}"
