"""How much fat is in what somebody eats, where several foods make the meal.

`two eggs and buttered toast` is no row of the table, but each food of it is one: the words are
parted where an "and", a "with" or a comma stands, and as many parts as make one row together are
taken for it. What is in no row is named, and then the sum is only the least that there is.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import breakfast_of, part_of

_BETWEEN = re.compile(r"\s*(?:[,;+&]|\b(?:and|with|on|plus)\b)\s*", re.IGNORECASE)
_COUNTED = re.compile(r"([2-6]|two|three|four|five|six)\s+(.+)", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# With more of them than this only whole parts are looked for.
_MOST_PARTS = 8


class Food(NamedTuple):
    """One food of a meal, in a person's words."""

    words: str
    fat_g: Fraction


class Eating(NamedTuple):
    """The foods of a meal whose fat is known, and the words for those where it is not."""

    known: tuple[Food, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def least_fat_g(self) -> Fraction:
        return sum((food.fat_g for food in self.known), Fraction(0))

    @property
    def fat_g(self) -> Fraction | None:
        """Grams of fat; None where what is not known may decide whether it is enough."""
        is_enough = self.least_fat_g >= published_limits.FAT_ENOUGH_G
        return self.least_fat_g if self.known and (is_enough or not self.unknown) else None


def eating(words: str) -> Eating:
    """What is known of the foods that these words name."""
    if (row := breakfast_of(words)) is not None:
        return Eating((Food(words.strip(), row.fat_g),))
    parts = [part for part in _BETWEEN.split(words.strip()) if part]
    known: list[Food] = []
    while found := next(_foods(parts), None):
        food, used = found
        known.append(food)
        parts = [part for place, part in enumerate(parts) if place not in used]
    return Eating(tuple(known), tuple(parts))


def fat_in(words: str) -> Fraction | None:
    """Grams of fat in what somebody eats; None where that is not known."""
    return eating(words).fat_g


def _foods(parts: list[str]) -> Iterator[tuple[Food, tuple[int, ...]]]:
    """The foods that some parts make, those of most parts first, and the places of the parts."""
    most = len(parts) if len(parts) <= _MOST_PARTS else 1
    for count in range(most, 0, -1):
        for places in combinations(range(len(parts)), count):
            words = " with ".join(parts[place] for place in places)
            if (fat_g := _fat_of(words)) is not None:
                yield Food(words, fat_g), places


def _fat_of(words: str) -> Fraction | None:
    row = breakfast_of(words) or part_of(words)
    if row is not None:
        return row.fat_g
    counted = _COUNTED.fullmatch(words)
    one = part_of(counted[2]) if counted else None
    if not counted or one is None:
        return None
    return one.fat_g * (_NUMBERS.get(counted[1].lower()) or int(counted[1]))
