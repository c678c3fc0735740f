"""Amounts and their units, exactly: fractions, never floats.

mcg_of("d", 4000, "IU")   is 100
nmol_l(60)                is 150
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dosebell_host.reference import published_limits

Number = int | float | Fraction

_MCG_OF = {"mcg": 1, "mg": 1_000, "g": 1_000_000}
# How much of a nutrient one IU is. IU of others are unknown, or depend on the form.
MCG_PER_IU = {
    "d": Fraction(1, published_limits.D_IU_PER_MCG),
    "a": published_limits.RETINOL_MCG_PER_IU,
}

# Limits in IU are multiples of it.
_ROUND_IU = 100

_DECIMALS = 1
_DECIMALS_AT_MOST = 6


def exact(number: Number) -> Fraction:
    """The number as it was written: 0.1 is a tenth, not the float next to it."""
    return number if isinstance(number, Fraction) else Fraction(repr(number))


def mcg_of(nutrient: str, amount: Number, unit: str) -> Fraction | None:
    """An amount in µg, or None where the unit says nothing about this nutrient.

    `nutrient` is "d", "a" or any other short name of nutrients.py.
    """
    if unit == "IU":
        per_iu = MCG_PER_IU.get(nutrient)
        return None if per_iu is None else exact(amount) * per_iu
    return exact(amount) * _MCG_OF[unit]


def iu_of(nutrient: str, mcg: Number) -> Fraction | None:
    """An amount in µg as IU, or None where that nutrient has none."""
    per_iu = MCG_PER_IU.get(nutrient)
    return None if per_iu is None else exact(mcg) / per_iu


def amount_in(unit: str, mcg: Number) -> Fraction:
    """An amount in µg in another unit of mass."""
    return exact(mcg) / _MCG_OF[unit]


def nmol_l(ng_ml: Number) -> Fraction:
    """25(OH)D in ng/mL as nmol/L."""
    return exact(ng_ml) * published_limits.NMOL_L_PER_NG_ML


def ng_ml(nmol: Number) -> Fraction:
    """25(OH)D in nmol/L as ng/mL."""
    return exact(nmol) / published_limits.NMOL_L_PER_NG_ML


def number(value: Number) -> str:
    """A number for people: 5,000 or 178.6; more places only where it would look whole."""
    wanted = exact(value)
    for places in range(_DECIMALS, _DECIMALS_AT_MOST + 1):
        shown = _rounded(wanted, places)
        if wanted.denominator == 1 or shown != shown.to_integral_value():
            break
    plain = format(shown, ",f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def mcg_text(mcg: Number) -> str:
    """`125 mcg`, or in mg from there on where people say mg: `45 mg`."""
    if exact(mcg) >= 10_000:
        return f"{number(amount_in('mg', mcg))} mg"
    return f"{number(mcg)} mcg"


def d_text(mcg: Number) -> str:
    """Vitamin D in both units: `125 mcg (5,000 IU)`."""
    return f"{number(mcg)} mcg ({iu_number(exact(mcg) * published_limits.D_IU_PER_MCG)} IU)"


def iu_number(iu: Number) -> str:
    """IU for people: whole, but where that would look like a round limit it is just over."""
    whole = round(exact(iu))
    return number(iu) if whole % _ROUND_IU == 0 else number(whole)


def minutes_text(minutes: int) -> str:
    """`15 min`, `3 h` or `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def _rounded(value: Fraction, places: int) -> Decimal:
    scaled = (value * 10**places).limit_denominator(10**9)
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return whole.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-places)
