"""The medicine of a name as it is spelt, as other languages spell it, or one slip away."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from dosebell_host.reference.medicine_words import (
    bare_minerals,
    is_filler,
    is_mineral_salt,
    is_no_intake,
    mineral_in,
    without_form,
    without_remedies,
)
from dosebell_host.reference.medicines import VKA, Medicine, names_of_medicines
from dosebell_host.reference.medicines_everyday import everyday_names
from dosebell_host.reference.nearest import (
    SOUNDED_FROM,
    NamesByEnds,
    key_of,
    keys_of,
    nearest,
    one_vitamin,
    slips_between,
    sound_of,
    sounds_of,
)

# The letters from which on a word may be a misspelt name.
NAME_FROM = 5
# What joins two names, and stands in some.
JOINING = frozenset({"and", "with", "plus", "und", "et", "mit", "con", "och", "og", "avec"})
# From so many letters on a word may be the beginning of a name, and a name that of a longer word.
BEGUN_FROM = 4
_COMPOUND_FROM = 6
_WHICH = "which one is it?"


def words_of(written: str) -> list[str]:
    """The words of a name, of which everybody has one spelling of "vitamin"."""
    return one_vitamin(key_of(written).split())


@cache
def _by_name() -> dict[str, Medicine]:
    known = (*names_of_medicines(), *everyday_names())
    keys = keys_of(name for name, _ in known)
    return {_with_vitamin(key): each for key, (_, each) in zip(keys, known, strict=True)}


def _with_vitamin(key: str) -> str:
    """The key with one spelling of "vitamin", if it is in it."""
    return " ".join(one_vitamin(key.split())) if "it" in key else key


@cache
def _by_sound() -> dict[str, Medicine]:
    names = [name for name in _by_name() if " " not in name and len(name) >= SOUNDED_FROM]
    return {sound: _by_name()[name] for sound, name in zip(sounds_of(names), names, strict=True)}


@cache
def _antagonists() -> dict[str, str]:
    """The names of vitamin K antagonists, as they are spelt and as they sound."""
    known = (*_by_name().items(), *_by_sound().items())
    return {name: each.name for name, each in known if VKA in each.classes and " " not in name}


def with_whole_names(written: str) -> str:
    """The text where `Fosamax Plus D` is one word: its plus joins no two things."""
    return _joined_names().sub(lambda found: re.sub(r"\W+", "-", found[0]), written)


def without_whole_names(written: str) -> str:
    """The text without such names."""
    return _joined_names().sub(" ", written)


@cache
def _joined_names() -> re.Pattern[str]:
    """The names with a joining word in them."""
    split = (each.split() for each in _by_name())
    names = (r"\W+".join(words) for words in split if JOINING.intersection(words[1:]))
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.I)


def medicine_named(name: str) -> Medicine | None:
    """The medicine of a name; in other languages it may have, or lack, an e at its end."""
    first, *behind = name.split(" ")
    if first in bare_minerals() and all(map(is_mineral_salt, behind)):
        # A mineral may be a salt: the words around it tell.
        return None
    for each in (name, f"{name}e", name.removesuffix("e")):
        if medicine := _by_name().get(each):
            return medicine
    return None


def medicine_sounding(word: str) -> Medicine | None:
    """The medicine of a name that another language spells otherwise, also with its form behind it.

    `Kortisontabletten` are cortisone, and `Schilddruesentablette` has no umlaut to type.
    """
    if len(word) < SOUNDED_FROM or is_filler(word) or mineral_in(word):
        return None
    if medicine := _by_sound().get(sound_of(word)):
        return medicine
    plain = _without_umlauts(word)
    bare = without_form(plain)
    for each in (plain * (plain != word), bare, bare.removesuffix("n"), bare.removesuffix("s")):
        if len(each) >= NAME_FROM and (medicine := medicine_named(each)):
            return medicine
    return None


def _without_umlauts(word: str) -> str:
    """The word as it is where its umlauts are only dropped: `druese` is `druse`."""
    for spelt, plain in (("ue", "u"), ("ae", "a"), ("oe", "o")):
        word = word.replace(spelt, plain)
    return word


def near_antagonist(unknown: Iterable[str]) -> Medicine | None:
    """A vitamin K antagonist that one of these words may be: no slip hides the hard stop."""
    for word in unknown:
        if near := _begun_antagonist(word) or _misspelt_antagonist(word):
            return Medicine(f"perhaps {_antagonists()[near]}", frozenset({VKA}), _WHICH)
    return None


def _begun_antagonist(word: str) -> str | None:
    """`warf`, `Marcumartabletten`: the beginning of only such names, or one and more behind it."""
    if len(word) >= BEGUN_FROM:
        for name in _antagonists_for_certain():
            if len(name) >= _COMPOUND_FROM and word.startswith(name):
                return name
            if name.startswith(word) and word not in _beginnings(len(word)):
                return name
    return None


@cache
def _antagonists_for_certain() -> tuple[str, ...]:
    """As they are spelt, without the words of every day: "fluid tablets" are no blood thinner."""
    return tuple(
        name for name in _antagonists() if name in _by_name() and not _by_name()[name].doubt
    )


@cache
def _beginnings(length: int) -> frozenset[str]:
    """So many first letters of every other name."""
    return frozenset(name[:length] for name, each in _by_name().items() if VKA not in each.classes)


@cache
def _other_names() -> NamesByEnds:
    """Every name of what is no vitamin K antagonist, as it is spelt and as it sounds."""
    known = (*_by_name().items(), *_by_sound().items())
    return NamesByEnds(name for name, each in known if VKA not in each.classes)


@cache
def _all_names() -> NamesByEnds:
    return NamesByEnds(_by_name())


def _misspelt_antagonist(word: str) -> str | None:
    """The nearest antagonist, where no other name is nearer: `synthriod` is Synthroid."""
    forms = (word, sound_of(word))
    near = _closest(forms, lambda form: nearest(form, _antagonists(), in_doubt=True))
    if near is None:
        return None
    other = _closest(forms, _nearest_other)
    return near.name if other is None or near[:2] <= other[:2] else None


class _Closest(NamedTuple):
    """A known name: how many slips it is away, and whether only from how the word sounds."""

    slips: int
    sounded: bool
    name: str


def _closest(forms: tuple[str, str], nearest_to: Callable[[str], str | None]) -> _Closest | None:
    found = []
    for sounded, form in enumerate(forms):
        if name := nearest_to(form):
            found.append(_Closest(slips_between(form, name) or 0, bool(sounded), name))
    return min(found, default=None)


def _nearest_other(form: str) -> str | None:
    return nearest(form, _other_names().like(form))


def is_slip_of_another(word: str, told_by: Callable[[str], bool]) -> bool:
    """Whether a word may be a name of what is no antagonist, and is `told_by` the same in it.

    So the "tromb" of `eltrombopak` is that of eltrombopag.
    """
    near = _nearest_other(word)
    return near is not None and told_by(near)


def nearest_medicine(written: str) -> str | None:
    """The known name that is a slip of the pen away from one that is not known, if any.

    What is near is a word that tells: acne tablets are no bone tablets.
    """
    words = words_of(without_remedies(written))
    if is_no_intake(words):
        return None
    if all(map(is_filler, words)):
        return None
    whole = _nearest_name(" ".join(words))
    if whole and all(nearest(each, words) for each in whole.split()):
        return whole
    telling = (word for word in words if len(word) >= NAME_FROM and not is_filler(word))
    return next(filter(None, map(_nearest_name, telling)), None)


def _nearest_name(word: str) -> str | None:
    return nearest(word, _all_names().like(word))
