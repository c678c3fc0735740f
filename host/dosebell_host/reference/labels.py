"""What a name says that it holds: `Vitamin D3 1000 IU + K2 (MK-7) 100 µg` names two nutrients.

A name is no list of contents, so what can be read in two ways is left open: a nutrient without an
amount is named all the same, because it is there.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.reference import nutrients, units
from dosebell_host.reference.medicine_words import (
    DENYING,
    KEPT_AWAY,
    is_denied,
    is_filler,
    is_mineral_salt,
    mineral_in,
    without_remedies,
)
from dosebell_host.reference.nearest import label_words
from dosebell_host.reference.nutrients import (
    NOT_ITS_AMOUNT,
    SPOKEN_AT_MOST_WORDS,
    Nutrient,
    spoken_names,
)

# What a unit is called; a dot in it is dropped.
_UNITS = {
    "mcg": "mcg ug microgram micrograms microgramme microgrammes mikrogramm mikrogram",
    "mg": "mg milligram milligrams milligramm miligram",
    "g": "g",
    "IU": "iu ie ui unit units einheiten",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_GLYCINATES = frozenset("glycinate bisglycinate diglycinate glycinat bisglycinat".split())
_VAGUE = frozenset(
    """multivitamin multivitamins multimineral multi vitamins minerals prenatal bone bones
    electrolyte electrolytes antacid antacids vitaminas vitamines vitaminen mineral mineralien
    minerales minerali multivitaminico multivitaminas multivitaminen polivitaminico multiwitamina
    multivit multivits polyvitamin""".split()
)
# Of these nobody would say what is in them.
_NO_MIXTURES = (
    r"\b(?:mineral water|eau minerale|agua mineral|acqua minerale"
    r"|bones? (?:broth|soup|density|scan|exercises?))\b"
)
_AND = frozenset("and or und oder et ou y o e ed och og en nor ni".split())
_BESIDE = _AND | {"plus", "with", "mit", "avec", "con"}
# What "vitamin" and "vitamins" may be followed by, one after the other: an e joins in Italian.
_LETTERS = frozenset("adkc")
_VITAMINS = frozenset("vitamin vitamins vitaminas vitamines vitaminen".split())
# What a mineral is bound to where the rest is what counts, or only helps to make the tablet.
_OF_NO_MINERAL = frozenset("pantothenate pantothenat stearate stearat dobesilate folinate".split())
# "2 x 1000 IU", "1000 IU each": of which the amount is, nobody can tell.
_EACH = frozenset("twice thrice each per zweimal".split())
_PIECES = frozenset(
    """x times tablets tablet caps capsules capsule pills softgels drop drops tropfen gouttes gotas
    gocce""".split()
)
_IN_IU = frozenset({nutrients.D, nutrients.A, nutrients.E})

_COUNTS = "two|three|four|five|six|seven|eight|nine|ten|twelve|half a dozen|a dozen|both"
_COUNT_OF = {word: place for place, word in enumerate(_COUNTS.split("|")[:9], 2)}
_COUNT_OF |= {"twelve": 12, "half a dozen": 6, "a dozen": 12, "both": 2}
# Compiled only where a name and the contents differ.
_MORE_THAN_ONE = rf"\b({_COUNTS})\b|(?<![\d.,/])0*([2-9]|[1-9]\d+)(?![\d.,/])"


class Named(NamedTuple):
    """A nutrient that a name names; `amount` is None where it says none for certain."""

    nutrient: str
    form: str = ""
    amount: Fraction | None = None
    unit: str = ""

    @property
    def short(self) -> str:
        """What it is to the rules; "" where none speaks about it."""
        known = nutrients.known(self.nutrient)
        return known.short if known else nutrients.OTHER

    @property
    def mcg(self) -> Fraction | None:
        return None if self.amount is None else units.mcg_of(self.short, self.amount, self.unit)


class _Amount(NamedTuple):
    number: Fraction | None
    unit: str


@lru_cache(maxsize=1024)
def named_in(text: str) -> tuple[Named, ...]:
    """The nutrients that a name names, in order, with their amounts where they are certain."""
    words = label_words(without_remedies(text))
    tokens = list(_merged(_tokens(words)))
    if _are_several(words):
        return tuple(each for each in tokens if isinstance(each, Named))
    return tuple(_paired(tokens))


def reads_like_a_supplement(text: str) -> bool:
    """Whether a name names what the rules speak about, or something that holds it."""
    return any(each.short for each in named_in(text)) or is_vague(text)


def nutrients_of(name: str) -> tuple[Nutrient, ...]:
    """The nutrients that the name of one content means, in any language; () where none is known.

    Two stand in `d3k2`, of which each wants an amount of its own.
    """
    if found := nutrients.known(name):
        return (found,)
    named = _merged(_tokens(label_words(name)))
    return tuple(
        nutrient._replace(form=nutrients.form_of(nutrient, f"{each.form} {name}"))
        for each in named
        if isinstance(each, Named) and (nutrient := nutrients.known(each.nutrient))
    )


def names_only_nutrients(text: str) -> bool:
    """Whether every word of a name that tells something is of a nutrient."""
    words = label_words(text)
    place = 0
    while place < len(words):
        length, tokens = _tokens_at(words, place)
        if not (tokens or is_filler(words[place])):
            return False
        place += length
    return bool(named_in(text))


def is_multi(name: str) -> bool:
    """Whether a name is that of a multivitamin, whatever its maker calls it."""
    words = _VAGUE.intersection(label_words(name))
    return any(word.startswith(("multi", "poli", "poly", "prenatal")) for word in words)


def is_vague(name: str) -> bool:
    """Whether a name is that of a mixture: what is in it, it does not say."""
    words = label_words(name)
    if _VAGUE.isdisjoint(words):
        return False
    return not _VAGUE.isdisjoint(re.sub(_NO_MIXTURES, " ", " ".join(words)).split())


def iu_alone(text: str) -> Fraction | None:
    """The one amount in IU of a name that does not say of what; None where there is not one."""
    words = label_words(text)
    amounts = [each for each in _tokens(words) if isinstance(each, _Amount) and each.unit == "IU"]
    return amounts[0].number if len(amounts) == 1 and not _are_several(words) else None


def pieces_of(take: str) -> int:
    """How many pieces one intake is: 2 for `2 capsules` and for `both`, 1 where it is not said."""
    found = re.search(_MORE_THAN_ONE, take, re.IGNORECASE)
    if not found:
        return 1
    return int(found[2]) if found[2] else _COUNT_OF[found[1].lower()]


def _are_several(words: list[str]) -> bool:
    beside = pairwise(words)
    counted = any(
        (one[0].isdigit() and other in _PIECES) or (one == "x" and other[0].isdigit())
        for one, other in beside
    )
    return counted or bool(_EACH.intersection(words))


def _tokens(words: list[str]) -> Iterator[Named | _Amount]:
    """What the words name, one or several that belong together, and is not denied."""
    place = 0
    denied = chained = False
    while place < len(words):
        length, tokens = _tokens_at(words, place)
        if not tokens and (chained or _is_k_beside(words, place)):
            tokens = _one_more_vitamin(words, place)
        chained = words[place] in _VITAMINS or (chained and (bool(tokens) or words[place] in _AND))
        # Who says "without iron and zinc" means both.
        again = denied and bool(_AND.intersection(words[place - 1 : place]))
        denied = (
            (again or is_denied(words, place, place + length, DENYING | KEPT_AWAY))
            if tokens
            else denied
        )
        yield from () if denied else tokens
        place += length


def _is_k_beside(words: list[str], place: int) -> bool:
    """The K of `D3 + K`, also with an amount between them: of the letters, only K is no word."""
    before = words[:place]
    while before and (before[-1] in _BESIDE or before[-1][0].isdigit() or before[-1] in _UNIT_OF):
        before.pop()
    return words[place] == "k" and before[-1:] == ["d"]


def _one_more_vitamin(words: list[str], place: int) -> list[Named | _Amount]:
    """The K of `vitamins D & K`; the a of "vitamin D a day" is none."""
    behind = "".join(words[place + 1 : place + 2])
    ends = not behind or behind[0].isdigit() or behind in _AND or len(behind) == 1
    found = spoken_names().get(f"vitamin {words[place]}", ())
    is_letter = words[place] in _LETTERS and (words[place] != "a" or ends)
    return [Named(*each) for each in found] if is_letter else []


def _tokens_at(words: list[str], place: int) -> tuple[int, list[Named | _Amount]]:
    """How many words the next piece takes, and what it names."""
    if words[place][0].isdigit():
        length, amount = _amount_at(words, place)
        return length, [amount] if amount else []
    for length in range(min(SPOKEN_AT_MOST_WORDS, len(words) - place), 0, -1):
        name = " ".join(words[place : place + length])
        behind = "".join(words[place + length : place + length + 1])
        # The 2 of "vitamin D 2 mg" is an amount.
        if name in spoken_names() and not (name[-1].isdigit() and behind in _UNIT_OF):
            named = [Named(*each) for each in spoken_names()[name]]
            return length + _amount_of_another(words, place + length, name), list(named)
    mineral = _mineral_at(words, place)
    return 1, [mineral] if mineral else []


def _amount_of_another(words: list[str], place: int, name: str) -> int:
    """How many words behind a food say how much of it there is, and not of what is in it."""
    is_amount = name in NOT_ITS_AMOUNT and place < len(words) and words[place][0].isdigit()
    return _amount_at(words, place)[0] if is_amount else 0


def _mineral_at(words: list[str], place: int) -> Named | None:
    behind = words[place + 1 : place + 3]
    mineral = mineral_in(words[place])
    if words[place] == "mg" and behind and (behind[0][0].isdigit() or is_mineral_salt(behind[0])):
        mineral = "magnesium"
    nutrient = "" if _OF_NO_MINERAL.intersection(behind) else mineral.partition(" ")[0]
    glycinate = nutrient == "magnesium" and _GLYCINATES.intersection(behind)
    return Named(nutrient, nutrients.GLYCINATE if glycinate else "") if nutrient else None


def _amount_at(words: list[str], place: int) -> tuple[int, _Amount | None]:
    """A number and its unit; 20 000 may be written with a space."""
    for length in (2, 1):
        number = " ".join(words[place : place + length])
        unit = _UNIT_OF.get("".join(words[place + length : place + length + 1]))
        if unit and (length == 1 or _has_thousands(number)):
            return length + 1, _Amount(_number_of(number, unit), unit)
    return 1, None


def _has_thousands(written: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}(?:[,. ][0-9]{3})+", written))


def _number_of(written: str, unit: str) -> Fraction | None:
    """The number; None where its point may be one of thousands. No label has 1.000 IU for one."""
    if _has_thousands(written):
        either = "." in written and unit != "IU"
        return None if either else Fraction(re.sub(r"[,. ]", "", written))
    plain = written.replace(",", ".")
    return Fraction(plain) if plain.count(".") < 2 else None


def _merged(tokens: Iterator[Named | _Amount]) -> Iterator[Named | _Amount]:
    """`K2 (MK-7)` and `MK-7 K2` are one nutrient; one told twice is told once."""
    kept: list[Named | _Amount] = []
    for token in tokens:
        last = kept[-1] if kept else None
        if isinstance(token, Named) and isinstance(last, Named) and _are_one(last, token):
            kept[-1] = max(last, token, key=lambda each: (len(each.form), len(each.nutrient)))
        else:
            kept.append(token)
    yield from _without_repeats(kept)


def _are_one(one: Named, other: Named) -> bool:
    both = {one.form, other.form} - {""}
    return one.short == other.short != "" and len(both) < 2 and _is_general(one, other)


def _is_general(one: Named, other: Named) -> bool:
    names = {one.nutrient, other.nutrient}
    return len(names) == 1 or names <= {"vitamin-k", "vitamin-k2"} or "vitamin-d" in names


def _without_repeats(tokens: list[Named | _Amount]) -> Iterator[Named | _Amount]:
    """`1000 IU (25 µg)` is one amount."""
    last: Named | _Amount | None = None
    for token in tokens:
        if isinstance(token, _Amount) and isinstance(last, _Amount) and _same(last, token):
            continue
        yield token
        last = token


def _same(one: _Amount, other: _Amount) -> bool:
    """Whether two amounts of vitamin D are one in two units."""
    if (one.unit == "IU") == (other.unit == "IU") or not (one.number and other.number):
        return False
    in_mcg = [units.mcg_of(nutrients.D, number, unit) for number, unit in (one, other) if number]
    return in_mcg[0] == in_mcg[1]


def _paired(tokens: list[Named | _Amount]) -> Iterator[Named]:
    """Each nutrient with its amount: IU are of vitamin D, the rest goes by its place."""
    names = {place: each for place, each in enumerate(tokens) if isinstance(each, Named)}
    amounts = {place: each for place, each in enumerate(tokens) if isinstance(each, _Amount)}
    pairs = _in_iu(names, amounts)
    names_left = [place for place in names if place not in pairs]
    pairs |= _by_place(names_left, [each for each in amounts if each not in pairs.values()])
    for place, name in names.items():
        found = amounts[pairs[place]] if place in pairs else _Amount(None, "")
        yield name._replace(amount=found.number, unit=found.unit) if found.number else name


def _in_iu(names: dict[int, Named], amounts: dict[int, _Amount]) -> dict[int, int]:
    """The one vitamin that may have IU with the one amount in IU."""
    having = [place for place, each in names.items() if each.short in _IN_IU]
    in_iu = [place for place, each in amounts.items() if each.unit == "IU"]
    return {having[0]: in_iu[0]} if len(having) == len(in_iu) == 1 else {}


def _by_place(names: list[int], amounts: list[int]) -> dict[int, int]:
    """As many amounts as names go in order; else an amount right behind a name is its own."""
    if len(names) == len(amounts):
        return dict(zip(names, amounts, strict=True))
    if len(amounts) > len(names):
        return {}
    return {place - 1: place for place in amounts if place - 1 in names}
