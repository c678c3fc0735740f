"""What only a name says: the contents of a dose, and vitamin D among the medicines."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from dosebell_host.advice.items import Item, parts_of, unit_is_doubted
from dosebell_host.advice.moments import at_times, weekdays_of
from dosebell_host.reference import published_limits
from dosebell_host.reference.labels import (
    Named,
    is_vague,
    iu_alone,
    named_in,
    names_only_nutrients,
    pieces_of,
    reads_like_a_supplement,
)
from dosebell_host.reference.medicine_words import is_no_intake
from dosebell_host.reference.medicines import (
    ANTITHYROID,
    BISPHOSPHONATE,
    LESS_CLOTTING,
    MINERAL,
    Medicine,
)
from dosebell_host.reference.nearest import label_words
from dosebell_host.reference.nutrients import LIVER_OIL, MINERALS, TITLES, A, D, K
from dosebell_host.reference.recognised import SUPPLEMENTS, Reading, reading_of
from dosebell_host.reference.routes import way_of
from dosebell_host.schedule.days import Days
from dosebell_host.schedule.model import Content, DoseEntry, PersonsMedicine

# New keys of a dose: its contents, or the medicine that it is.
SaidByName = dict[str, str | list[dict[str, Any]]]

_WEEKLY = re.compile(r"\b(?:weekly|(?:a|per|each|every|once a) week|w[oö]chentlich)\b", re.I)
_MONTHLY = re.compile(r"\b(?:monthly|(?:a|per|each|every|once a) month|monatlich)\b", re.I)
_DAILY = re.compile(r"\b(?:daily|(?:a|per|each|every|once a) day|t[aä]glich)\b", re.I)
_EVERY_WEEK, _EVERY_MONTH = Days("every", (published_limits.D_WEEKLY_DAYS,)), Days("month", (1,))
HOW_MUCH = "how much vitamin D one intake has is not said"
_HOW_OFTEN = "how often is not said"


# Medicines beside which only an amount matters: a dose that is one needs no contents.
_QUIET = frozenset({LESS_CLOTTING, ANTITHYROID})


class NameReading(NamedTuple):
    """What the name of a dose reads like, in words, and whether the rules speak about that.

    `outside`: the name says that nobody swallows it; `near`: the medicine that rules speak about
    of which an unknown name may be a slip, "" for none.
    """

    words: tuple[str, ...]
    matters: bool
    outside: bool
    near: str


def reads_as(dose: DoseEntry) -> NameReading:
    """What the name of a dose reads like."""
    reading = reading_of(dose.name, dose.take)
    # The magnesium of a valproate is its salt.
    named = () if reading.certain else named_in(dose.name)
    titles = [TITLES[each.short] for each in named if each.short]
    doubted = (each.name for each in reading.taken_for if each.classes - _QUIET and not titles)
    drugs = [name.removeprefix("perhaps ") for name in doubted]
    outside = dose.route == "topical" or bool(_route_word(dose))
    # Of what only touches the skin, vitamin K is the one that a rule speaks about.
    counts = TITLES[K] in titles if outside else reads_like_a_supplement(dose.name)
    matters = bool(drugs) or counts
    near = _near(dose.name) if reading.unknown and not (titles or drugs) else ""
    return NameReading(tuple(dict.fromkeys([*titles, *drugs])), matters, outside, near)


def _near(name: str) -> str:
    from dosebell_host.reference.medicine_index import medicine_named, nearest_medicine

    near = nearest_medicine(name)
    medicine = medicine_named(near) if near else None
    return near if near and medicine and medicine.classes - _QUIET else ""


def _route_word(dose: DoseEntry) -> str:
    from dosebell_host.reference.nearest import key_of
    from dosebell_host.reference.routes import ON_THE_OUTSIDE, route_of

    word, gone = route_of(key_of(f"{dose.name} {dose.take}").split(), several=False)
    return word if gone == ON_THE_OUTSIDE else ""


def lacking_in(dose: DoseEntry, held: set[str]) -> list[Named]:
    """What the name of a dose clearly says to be in it besides what it holds."""
    # A liver oil is told by its name, or by the vitamin that makes it one.
    held = held | {LIVER_OIL} if A in held else held
    lacks = [each for each in named_in(dose.name) if each.short and each.short not in held]
    reading = reads_as(dose)
    return (
        [] if reading.outside else [each for each in lacks if TITLES[each.short] in reading.words]
    )


def said_by_name(dose: DoseEntry, pieces: int | None = None) -> SaidByName | None:
    """The keys that would say what the name says; None where it leaves anything open.

    `pieces`: so many times the amount of the name is in one intake. Where nobody said, several
    pieces leave it open.
    """
    reading = reading_of(dose.name, dose.take)
    held = {part.short for content in dose.contents for part in parts_of(content)}
    named = lacking_in(dose, held) if held else [e for e in named_in(dose.name) if e.short]
    if reading.question or reading.route or (pieces is None and pieces_of(dose.take) > 1):
        return None
    if dose.route != "oral" and way_of(f"{dose.name} {dose.take}").word:
        # Nothing of it is swallowed, and contents would say that it is.
        return None
    if not held and reads_like_one(dose.name, reading):
        return {"medicine": dose.name}
    if reading.certain:
        return None
    if not named or any(each.amount is None for each in named):
        return None
    whole = [each._replace(amount=(each.amount or Fraction(0)) * (pieces or 1)) for each in named]
    return {"contents": [*contents_keys(dose), *(_with_salt(dose, each) for each in whole)]}


def contents_in(words: str) -> list[dict[str, Any]] | None:
    """What words that name nothing but nutrients say that one intake holds, also of nutrients
    that no rule speaks about; None where they leave anything open.
    """
    named = named_in(words)
    if not names_only_nutrients(words) or any(each.amount is None for each in named):
        return None
    dose = DoseEntry(id="new", name=words)
    return [_with_salt(dose, each) for each in named]


_MAY_BE_A_SALT = "is it swallowed for itself, or the salt of a medicine?"


def minerals_named(dose: DoseEntry) -> tuple[Medicine, ...]:
    """What the name of a dose says that there is of minerals, where its contents say nothing.

    They count for hours apart, and in no sum. A multivitamin only may hold some.
    """
    reading = reading_of(dose.name, dose.take)
    another = any(each.classes - SUPPLEMENTS for each in reading.medicines)
    no_intake = is_no_intake(label_words(dose.name))
    way = way_of(f"{dose.name} {dose.take}").word or reads_as(dose).outside
    if another or no_intake or way:
        return ()
    is_one = [each for each in reading.medicines if MINERAL in each.classes]
    named = [each for each in named_in(dose.name) if each.short in MINERALS]
    if named_in(dose.name) and not named and not is_vague(dose.name):
        # Vitamin C tablets are no vitamin tablets.
        is_one = [each for each in is_one if not each.doubt]
    doubt = _MAY_BE_A_SALT if reading.question and not is_one else ""
    only = frozenset({MINERAL})
    found = [each._replace(classes=only) for each in is_one]
    known = {word for each in is_one for word in each.name.split()}
    found += [Medicine(each.nutrient, only, doubt) for each in named if each.nutrient not in known]
    return tuple(found)


def contents_keys(dose: DoseEntry) -> list[dict[str, Any]]:
    """The contents of a dose as its file has them."""
    return [each.given() for each in dose.contents]


def reads_like_one(name: str, reading: Reading) -> bool:
    """Whether a name is that of a medicine that rules speak about, and of no supplement."""
    if reading.certain:
        return any(each.classes for each in reading.certain)
    return any(each.classes for each in reading.medicines) and not named_in(name)


def _named_keys(named: Named) -> dict[str, Any]:
    form = {"form": named.form} if named.form else {}
    return {
        "nutrient": named.nutrient,
        **form,
        "amount": _plain(named.amount or Fraction(0)),
        "unit": named.unit,
    }


def _with_salt(dose: DoseEntry, named: Named) -> dict[str, Any]:
    """Of what is named with its salt the amount is the salt's, and never the metal's."""
    from dosebell_host.reference.salts import salt_of, says_the_metal

    if named.short not in MINERALS:
        return _named_keys(named)
    salt = salt_of(dose.name, named.nutrient)
    keys = _named_keys(named._replace(form=named.form or (salt.form if salt else "")))
    if says_the_metal(dose.name):
        return {**keys, "basis": "elemental"}
    return {**keys, "basis": "compound"} if salt and salt.whole else keys


def _plain(amount: Fraction) -> int | float:
    return int(amount) if amount.denominator == 1 else float(amount)


def words_of(keys: SaidByName) -> str:
    """The keys for people: `vitamin-d3 1000 IU, vitamin-k2 MK-7 100 mcg`."""
    contents = keys.get("contents")
    if not isinstance(contents, list):
        return f"medicine {keys['medicine']}"
    return ", ".join(map(_in_words, contents)) or "not said"


def _in_words(keys: dict[str, Any]) -> str:
    basis = f" ({keys['basis']})" if "basis" in keys else ""
    return " ".join(str(keys[key]) for key in keys if key != "basis") + basis


def vitamin_d_of(medicine: PersonsMedicine, sure_of_units: bool = False) -> Item | str:
    """The vitamin D of a listed medicine as an intake; else why it is not counted."""
    amount = _amount_of(medicine.name)
    if amount is None:
        return HOW_MUCH
    number, unit = amount
    content = Content(nutrient="vitamin-d3", form="", amount=number, unit=unit)
    (part,) = parts_of(content)
    days = _days_of(medicine, part.mcg or Fraction(0))
    return _HOW_OFTEN if days is None else _listed(medicine, content, days, sure_of_units)


def items_named(medicine: PersonsMedicine) -> Iterator[Item]:
    """What the name of a listed medicine says that it holds, each as an intake of its own."""
    for named in named_in(medicine.name):
        if named.short and named.amount:
            keys = _named_keys(named)
            content = Content(**{"form": "", **keys})
            days = _days_of(medicine, named.mcg or Fraction(0))
            yield _listed(medicine, content, days or medicine.days, sure_of_units=False)


def _listed(medicine: PersonsMedicine, content: Content, days: Days, sure_of_units: bool) -> Item:
    # What somebody lists among the medicines is theirs already: this file adds to it.
    dose = DoseEntry(
        id=f"{medicine.name} (listed)",
        name=medicine.name,
        at=medicine.at,
        days=days,
        start=medicine.start,
        end=medicine.end,
        contents=(content,),
        prescribed=True,
    )
    parts = parts_of(content, not sure_of_units and unit_is_doubted(content, dose))
    moments = at_times(weekdays_of(days, medicine.start), medicine.at)
    return Item(dose, (), parts, moments, moments, ())


def _amount_of(name: str) -> tuple[int | float, str] | None:
    named = [each for each in named_in(name) if each.short == D]
    if len(named) == 1 and named[0].amount:
        return _plain(named[0].amount), named[0].unit
    alone = iu_alone(name) if not named else None
    return (_plain(alone), "IU") if alone else None


def _days_of(medicine: PersonsMedicine, mcg: Fraction) -> Days | None:
    """On which days: those of the file, or of the name; None where a high dose has neither."""
    if "days" in medicine.given():
        return medicine.days
    for words, days in ((_WEEKLY, _EVERY_WEEK), (_MONTHLY, _EVERY_MONTH), (_DAILY, medicine.days)):
        if words.search(medicine.name):
            return days
    if _is_weekly_by_its_label(medicine.name):
        return _EVERY_WEEK
    return medicine.days if mcg < published_limits.D_SINGLE_MCG else None


def _is_weekly_by_its_label(name: str) -> bool:
    """Alendronate with vitamin D is one tablet once a week [73]."""
    return any(BISPHOSPHONATE in each.classes for each in reading_of(name).medicines)
