"""The numbers inside sentences: each is the constant that judges, in the unit the sentence names.

"{MG_US_MG} mg"                         350 mg
"{D_UPPER_MCG:iu} IU"                   4,000 IU
"{LEVOTHYROXINE_MINERAL_MIN:time}"      4 h
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from dosebell_host.reference import published_limits
from dosebell_host.reference.units import Number, exact, minutes_text, number

_FORMATS: Mapping[str, Callable[[Number], str]] = {
    "": number,
    "mg": lambda mcg: number(exact(mcg) / 1_000),
    "iu": lambda mcg: number(exact(mcg) * published_limits.D_IU_PER_MCG),
    "iu_of_a": lambda mcg: number(exact(mcg) / published_limits.RETINOL_MCG_PER_IU),
    "weeks": lambda days: number(exact(days) / 7),
    "percent": lambda share: number(round(exact(share) * 100)),
    "time": lambda minutes: minutes_text(int(minutes)),
}


class _Limit:
    """One constant, written as the format after its colon says."""

    def __init__(self, value: Number) -> None:
        self._value = value

    def __format__(self, unit: str) -> str:
        return _FORMATS[unit](self._value)


class _Limits:
    """A table of constants, of which the sentence names one: {BISPHOSPHONATE_FIRST_MIN[...]}."""

    def __init__(self, values: Mapping[str, Number]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> _Limit:
        return _Limit(self._values[name])


class _Names(dict[str, object]):
    """What a finding names itself, and after that every constant of published_limits."""

    def __missing__(self, name: str) -> object:
        value = getattr(published_limits, name, None)
        if isinstance(value, int | Fraction):
            return _Limit(value)
        if isinstance(value, dict):
            return _Limits(value)
        raise KeyError(name)


class _Blanks(_Names):
    """For a sentence without a finding: what would be filled in stays as it is."""

    def __missing__(self, name: str) -> object:
        try:
            return super().__missing__(name)
        except KeyError:
            return f"{{{name}}}"


def filled(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence with its constants and what a finding names. Raises `KeyError` for others."""
    return sentence.format_map(_Names(names))


def with_limits(sentence: str) -> str:
    """A sentence with its constants; what only a finding can fill in stays a blank, as {x}."""
    return sentence.format_map(_Blanks())
