"""What somebody eats is added up, food by food, and what is not known of it is named."""

from fractions import Fraction

import pytest

from dosebell_host.reference.eaten import eating
from dosebell_host.reference.foods import breakfast_of, part_of
from dosebell_host.wizard.questions import known_before, questions_after


def foods(words: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """The fat of what is known in it, in grams, and what is not known."""
    found = eating(words)
    return {food.words: float(food.fat_g) for food in found.known}, found.unknown


@pytest.mark.parametrize(
    ("words", "known", "unknown"),
    [
        ("two eggs", {"two eggs": 13.4}, ()),
        ("two eggs and buttered toast", {"two eggs": 13.4, "buttered toast": 5.1}, ()),
        ("toast, butter and jam", {"toast with butter": 5.1, "jam": 0}, ()),
        (
            "2 slices of toast with butter and jam",
            {"2 slices of toast with butter": 10.1, "jam": 0},
            (),
        ),
        ("porridge with milk and a banana", {"porridge": 3.6, "a banana": 0.4}, ("milk",)),
        (
            "porridge with whole milk, a banana",
            {"porridge with whole milk": 11.5, "a banana": 0.4},
            (),
        ),
        ("three eggs, toast and tea", {"three eggs": 15.9, "toast": 1, "tea": 0}, ()),
        ("Cheese on toast + coffee", {"Cheese with toast": 10.5, "coffee": 0}, ()),
        ("muesli", {}, ("muesli",)),
        ("toast without butter", {}, ("toast without butter",)),
    ],
)
def test_a_meal_of_several_foods_is_added_up(
    words: str, known: dict[str, float], unknown: tuple[str, ...]
) -> None:
    assert foods(words) == (known, unknown)


@pytest.mark.parametrize(
    ("words", "fat_g"),
    [
        ("toast, butter and jam", Fraction(51, 10)),
        # What is not known of it could make it enough.
        ("porridge with milk and a banana", None),
        # It is enough without it.
        ("two eggs and a muffin", Fraction(134, 10)),
        ("muesli", None),
    ],
)
def test_the_sum_stands_where_what_is_not_known_changes_nothing(
    words: str, fat_g: Fraction | None
) -> None:
    assert eating(words).fat_g == fat_g


# Rows of the table that are a sum of single foods; a tenth may stay, for each is rounded.
SUMS = [
    "1 hard-boiled egg + toast + 1 pat butter",
    "half avocado + 1 slice toast",
    "1 tbsp peanut butter + 1 slice toast",
    "oatmeal + 1 oz walnuts",
    "oatmeal + whole milk",
    "cheddar 1 oz + toast",
    "corn flakes + whole milk",
    "corn flakes + 2 % milk",
    "corn flakes + skim milk",
]


@pytest.mark.parametrize("words", SUMS)
def test_single_foods_add_up_to_the_rows_of_the_table(words: str) -> None:
    row = breakfast_of(words)
    parts = [part_of(each) or breakfast_of(each) for each in words.split(" + ")]
    assert None not in parts
    total = sum(each.fat_tenths_g for each in parts if each)
    assert row and abs(total - row.fat_tenths_g) <= 1


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("two eggs", "13.4 g of fat, enough for vitamins D and K"),
        ("3 g of fat", "3 g of fat, not much for vitamins D and K"),
        (
            "two eggs and buttered toast",
            "two eggs 13.4 g, buttered toast 5.1 g: 18.5 g of fat, enough for vitamins D and K",
        ),
        (
            "porridge with milk and a banana",
            "porridge 3.6 g, a banana 0.4 g: at least 4 g of fat; how much is in milk is not"
            " known",
        ),
        ("muesli", "taken as it is; how much fat it has is not known"),
        ("", ""),
    ],
)
def test_what_is_known_of_it_is_said_back(words: str, reply: str) -> None:
    eat = next(each for each in questions_after(known_before(0)) if each.key == "eat")
    assert eat.reply(words, eat.read(words, {})) == reply


def test_a_person_may_say_in_other_words_what_nobody_knows() -> None:
    eat = next(each for each in questions_after(known_before(0)) if each.key == "eat")
    doubt = eat.doubt(eat.read("my usual muesli", {}), {})
    assert doubt and (doubt.prompt, doubt.instead) == (
        '  How much fat that has is not known; other words, or its fat, as "12 g of fat"',
        "my usual muesli",
    )
    assert eat.doubt(eat.read("two eggs and a muffin", {}), {}) is None
