"""What a person said of one thing, as a `[[dose]]` of the file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dosebell_host.advice.from_names import said_by_name
from dosebell_host.reference.labels import named_in
from dosebell_host.reference.nutrients import D, K
from dosebell_host.schedule.decompiler import days_toml
from dosebell_host.schedule.limits import MAX_NAME_CHARS, MAX_TEXT_BYTES
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.toml_edit import toml_value
from dosebell_host.schedule.values import Wrong, duration_value, slug, time_text
from dosebell_host.wizard.dose_questions import Planned
from dosebell_host.wizard.mentions import is_supplement
from dosebell_host.wizard.when_words import When, late_within

# Of several like these one intake uses more than one.
_PIECES = re.compile(
    r"([1-9]\d{0,2})\s*(?:tablet|capsule|cap|pill|softgel|sachet|lozenge|piece|drop|puff|tablette|kapsel)\w*",
    re.IGNORECASE,
)
_FAT_SOLUBLE = frozenset({D, K})
_SMALL_WORDS = frozenset(
    "vitamin iu unit units mg mcg µg ug g with capsule capsules tablet tablets".split()
)


def dose_blocks(each: Planned, taken: Iterable[str]) -> str:
    """The TOML of what rings: one `[[dose]]`, or one a meal where several meals are meant.

    `taken` are the ids that are in use already.
    """
    in_use = set(taken)
    blocks = []
    for part in _parts(each):
        ident = free_id(part.name, in_use, numbered=part.name != each.name)
        in_use.add(ident)
        blocks.append("\n".join(_lines(part, ident, each.name)) + "\n")
    return "\n".join(blocks)


def ids_in(blocks: str) -> list[str]:
    return re.findall(r'^id = "([a-z0-9-]+)"', blocks, re.MULTILINE)


def free_id(name: str, taken: set[str], numbered: bool = False) -> str:
    """A short name that is not in use yet: `metformin`, `metformin-2`."""
    base = _short(name)
    if base not in taken and not numbered:
        return base
    number = 1 if numbered else 2
    while (ident := f"{base[: MAX_NAME_CHARS - 2].strip('-')}-{number}") in taken:
        number += 1
    return ident


def _short(name: str) -> str:
    """The words of a name that tell it from others, as a short name."""
    words = re.sub(r"\(.*?\)", " ", name).split()
    telling = [each for each in words if each.lower() not in _SMALL_WORDS and each[0].isalpha()]
    two = "-".join(telling[:2] or words[:2])
    text = two if len(two) <= MAX_NAME_CHARS else (telling or words)[0]
    try:
        return slug(text.lower(), length=MAX_NAME_CHARS, example="dose")
    except Wrong as wrong:
        proposed = re.search(r'"([a-z0-9-]+)"$', wrong.fix)
        return proposed[1] if proposed else "dose"


def _parts(each: Planned) -> list[Planned]:
    """One a meal: several meals of one dose are tried one after the other, and ring once a day."""
    meals = each.when.meals
    if len(meals) < 2 or each.when.fallback:
        return [each]
    share = None if each.count is None else each.count // len(meals)
    rest = (each.count or 0) % len(meals)
    return [
        replace(
            each,
            name=_at_most(f"{each.name} ({meal})"),
            when=When(meals=(meal,)),
            count=None if share is None else share + (place < rest),
        )
        for place, meal in enumerate(meals)
    ]


def _at_most(name: str) -> str:
    return name.encode()[:MAX_TEXT_BYTES].decode(errors="ignore")


def _lines(each: Planned, ident: str, label: str) -> Iterator[str]:
    yield "[[dose]]"
    yield f'id = "{ident}"'
    yield f"name = {toml_value(each.name)}"
    if each.take:
        yield f"take = {toml_value(each.take)}"
    yield _when(each.when)
    if each.when.meals and is_fat_soluble(label):
        yield 'food = "fat"'
    yield f"days = {days_toml(each.course.days)}"
    if late_s := late_within(each.when.at):
        yield f'late = "{duration_value(late_s)}"'
    if each.course.start:
        yield f"start = {each.course.start}"
    if each.course.end:
        yield f"end = {each.course.end}"
    yield from _what_it_is(each, label)
    if each.count is not None:
        yield stock_line(each.count, each.take)


def stock_line(count: int, take: str) -> str:
    """What is left, in pieces, as a line of the file."""
    return f"stock = {toml_value(stock_value(count, take))}"


def stock_value(count: int, take: str) -> dict[str, int]:
    """What is left, in pieces, of which an intake like `2 tablets` uses as many."""
    pieces = _PIECES.match(take)
    return {"count": count, "per_intake": int(pieces[1]) if pieces else 1, "low": 7}


def _when(when: When) -> str:
    if when.meals:
        return f"with = {toml_value(list(when.meals))}"
    return f"at = {toml_value([time_text(minute) for minute in when.at])}"


def is_fat_soluble(name: str) -> bool:
    """Whether fat in the meal matters to what is in it."""
    return any(each.short in _FAT_SOLUBLE for each in named_in(name))


def _what_it_is(each: Planned, label: str) -> Iterator[str]:
    """What the checks read: what is in it, or which medicine it is."""
    # Only its words are read here, whenever it is due.
    dose = DoseEntry(id="new", name=label, take=each.take, days=each.course.days)
    keys = said_by_name(dose, each.pieces)
    if keys and isinstance(contents := keys.get("contents"), list):
        yield "contents = ["
        yield from (f"  {toml_value([entry])[1:-1]}," for entry in contents)
        yield "]"
    elif not is_supplement(label):
        yield f"medicine = {toml_value(label)}"
