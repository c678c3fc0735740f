"""How much fat a breakfast has: USDA's table, and which of its rows a person's words mean."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from dosebell_host.reference import published_limits
from dosebell_host.reference.nearest import key_of, nearest


class Breakfast(NamedTuple):
    """One row: total fat in tenths of a gram, so that it stays exact, and other words for it."""

    name: str
    fat_tenths_g: int
    also: tuple[str, ...] = ()

    @property
    def fat_g(self) -> Fraction:
        return Fraction(self.fat_tenths_g, 10)

    @property
    def verdict(self) -> str:
        """`yes`, `some` or `no`: whether it counts as a meal with fat."""
        if self.fat_g >= published_limits.FAT_ENOUGH_G:
            return "yes"
        return "no" if self.fat_g < published_limits.FAT_FREE_BELOW_G else "some"


# USDA SR28, total fat [42]; brands differ. The other words are the same food in the same amount.
BREAKFASTS = (
    Breakfast("2 scrambled eggs (122 g)", 134, ("2 eggs", "2 fried eggs", "scrambled eggs")),
    Breakfast("2 hard-boiled eggs (100 g)", 106, ("2 boiled eggs",)),
    Breakfast("1 hard-boiled egg (50 g)", 53, ("1 egg", "1 boiled egg", "1 fried egg")),
    Breakfast("1 hard-boiled egg + toast + 1 pat butter", 104, ("egg with toast and butter",)),
    Breakfast(
        "half avocado (68 g) on 1 slice toast", 115, ("avocado toast", "half avocado on toast")
    ),
    Breakfast("2 tbsp peanut butter on 1 slice toast", 175, ("toast with 2 tbsp peanut butter",)),
    Breakfast(
        "1 tbsp peanut butter on 1 slice toast",
        92,
        ("toast with 1 tbsp peanut butter", "peanut butter toast"),
    ),
    Breakfast("oatmeal 1 cup (water) + 1 oz walnuts", 220, ("oatmeal with walnuts",)),
    Breakfast(
        "oatmeal 1 cup (water) + 1 cup whole milk",
        115,
        ("oatmeal with whole milk", "porridge with whole milk"),
    ),
    Breakfast(
        "whole-milk yogurt 1 cup + 1 oz almonds",
        221,
        ("yogurt with almonds", "yogurt with nuts", "whole milk yogurt with nuts"),
    ),
    Breakfast("1 oz almonds (snack)", 142, ("almonds", "handful of almonds")),
    Breakfast(
        "cheddar 1 oz + toast", 105, ("cheese toast", "toast with cheese", "cheese sandwich")
    ),
    Breakfast("bagel + 2 tbsp cream cheese", 113, ("bagel with cream cheese",)),
    Breakfast("2 slices toast + 2 pats butter", 101, ("2 toasts with butter",)),
    Breakfast("medium butter croissant", 120, ("croissant",)),
    Breakfast(
        "granola 1/2 cup + 1/2 cup whole milk",
        188,
        ("granola with whole milk",),
    ),
    Breakfast("natto 88 g (K2-rich; warfarin: see K2-VKA)", 97, ("natto",)),
    Breakfast(
        "smoked salmon 3 oz + 1 tbsp cream cheese",
        87,
        ("smoked salmon with cream cheese", "salmon with cream cheese"),
    ),
    Breakfast("whole-milk yogurt 1 cup", 80, ("whole milk yogurt", "yogurt")),
    Breakfast("glass of whole milk", 79, ("whole milk",)),
    Breakfast("corn flakes + whole milk", 80, ("cornflakes with whole milk",)),
    Breakfast(
        "corn flakes + 2 % milk",
        49,
        ("cornflakes with 2 % milk", "corn flakes with milk", "cornflakes with milk"),
    ),
    Breakfast("oatmeal in water, plain", 36, ("oatmeal", "plain oatmeal", "porridge")),
    Breakfast("2 slices toast with jam", 20, ("toast with jam", "jam toast", "bread with jam")),
    Breakfast("coffee + 1 tbsp half-and-half", 16, ("coffee with half-and-half",)),
    Breakfast("plain bagel", 13, ("bagel",)),
    Breakfast("nonfat Greek yogurt 170 g", 7, ("nonfat Greek yogurt", "nonfat yogurt")),
    Breakfast("orange juice", 5, ("glass of orange juice",)),
    Breakfast("banana", 4),
    Breakfast("corn flakes + skim milk", 3, ("cornflakes with skim milk",)),
)

# Single foods, each what it adds to a row of the table; fruit and drinks without milk have none
# that counts.
PARTS = (
    Breakfast("1 egg", 53, ("fried egg", "boiled egg", "poached egg")),
    Breakfast("1 slice toast", 10, ("bread", "roll", "bread roll")),
    Breakfast("1 pat butter", 41),
    Breakfast("1 slice toast + 1 pat butter", 51, ("bread and butter", "roll with butter")),
    Breakfast("1 tbsp peanut butter", 82),
    Breakfast("cheddar 1 oz", 95, ("cheese", "slice of cheese")),
    Breakfast("half avocado", 105),
    Breakfast("1 oz walnuts", 184, ("walnuts", "handful of walnuts")),
    Breakfast("corn flakes", 1, ("cornflakes",)),
    Breakfast("cup of 2 % milk", 48),
    Breakfast("cup of skim milk", 2),
    Breakfast("jam", 0, ("marmalade", "honey")),
    Breakfast("coffee", 0, ("black coffee", "tea", "black tea", "water")),
)

_FILLERS = frozenset(
    """
    1 one a an and with on in of my some the plus slice glass cup bowl medium g oz pat piece
    """.split()
)
_SAME = {"two": "2", "yoghurt": "yogurt", "porridge": "oatmeal", "skimmed": "skim"}
_SAME |= {"buttered": "butter", "toasted": "toast"}
# Words that end in s and are one thing.
_NO_PLURAL = frozenset({"hummus", "swiss"})


def breakfast_of(words: str) -> Breakfast | None:
    """The row that these words name, or None. `Two eggs` and `2 eggs` are one."""
    return _BY_WORDS.get(_words(words))


def part_of(words: str) -> Breakfast | None:
    """The single food that these words name, or None."""
    return _PARTS_BY_WORDS.get(_words(words))


def is_natto(words: str) -> bool:
    """Whether a meal is, or has, natto, which is richer in vitamin K2 than any other food [76]."""
    said = key_of(words).split()
    without = {"no", "without", "not", "ohne", "sans", "sin"}
    return "natto" in said and not without.intersection(said)


def nearest_breakfast(words: str) -> str | None:
    """The name of the row nearest in letters, where any is near."""
    return nearest(words, (name for row in BREAKFASTS for name in _names(row)))


def _names(row: Breakfast) -> Iterator[str]:
    yield row.name
    yield re.sub(r"\(.*?\)", "", row.name)
    yield from row.also


def _words(text: str) -> frozenset[str]:
    words = (_singular(_SAME.get(word, word)) for word in key_of(text).split())
    return frozenset(_SAME.get(word, word) for word in words if word not in _FILLERS)


def _singular(word: str) -> str:
    return word if word in _NO_PLURAL or not word.endswith("s") else word[:-1]


def _index(rows: tuple[Breakfast, ...]) -> dict[frozenset[str], Breakfast]:
    """Every way to name a row; where two rows share one, the one with less fat stands."""
    found: dict[frozenset[str], Breakfast] = {}
    for row in sorted(rows, key=lambda row: -row.fat_tenths_g):
        found.update(dict.fromkeys(map(_words, _names(row)), row))
    return found


_BY_WORDS = _index(BREAKFASTS)
_PARTS_BY_WORDS = _index(PARTS)
