"""The medicine of a name as it is spelt, as other languages spell it, or one slip away."""

from collections.abc import Iterable
from functools import cache

from dosebell_host.reference.medicine_words import (
    bare_minerals,
    is_filler,
    is_mineral_salt,
    mineral_in,
)
from dosebell_host.reference.medicines import VKA, Medicine, names_of_medicines
from dosebell_host.reference.medicines_everyday import everyday_names
from dosebell_host.reference.nearest import key_of, nearest, sound_of

# The letters from which on a word may be a misspelt name, or one that is told by its sound.
NAME_FROM = 5
_SOUNDED_FROM = 6
_WHICH = "which one is it?"


_VITAMIN = dict.fromkeys(("vitamina", "vitamine", "witamina"), "vitamin")


def words_of(written: str) -> list[str]:
    """The words of a name, of which everybody has one spelling of "vitamin"."""
    return [_VITAMIN.get(word, word) for word in key_of(written).split()]


@cache
def _by_name() -> dict[str, Medicine]:
    known = (*names_of_medicines(), *everyday_names())
    return {" ".join(words_of(name)): medicine for name, medicine in known}


@cache
def _by_sound() -> dict[str, Medicine]:
    names = (name for name in _by_name() if " " not in name and len(name) >= _SOUNDED_FROM)
    return {sound_of(name): _by_name()[name] for name in names}


@cache
def _antagonists() -> dict[str, str]:
    """The names of vitamin K antagonists, as they are spelt and as they sound."""
    known = (*_by_name().items(), *_by_sound().items())
    return {name: each.name for name, each in known if VKA in each.classes and " " not in name}


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
    """The medicine of a name that another language spells otherwise."""
    if len(word) < _SOUNDED_FROM or is_filler(word) or mineral_in(word):
        return None
    return _by_sound().get(sound_of(word))


def near_antagonist(unknown: Iterable[str]) -> Medicine | None:
    """A vitamin K antagonist that one of these words may be: no slip hides the hard stop."""
    for word in unknown:
        for each in (word, sound_of(word)):
            near = nearest(each, _antagonists())
            if near and nearest(each, _by_name()) in (near, None):
                return Medicine(f"perhaps {_antagonists()[near]}", frozenset({VKA}), _WHICH)
    return None


def nearest_medicine(written: str) -> str | None:
    """The known name that is a slip of the pen away from one that is not known, if any."""
    words = key_of(written).split()
    whole = nearest(" ".join(words), _by_name())
    parts = (nearest(word, _by_name()) for word in words if len(word) >= NAME_FROM)
    return whole or next((part for part in parts if part), None)
