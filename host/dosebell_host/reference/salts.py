"""What a name says that a mineral is bound to, and whether its amount is the weight of all of it.

`Calcium carbonate 1250 mg` is 1,250 mg of the salt; of `Magnesium 400 mg (as citrate)` labels mean
the metal, and the name does not say for certain.
"""

from typing import NamedTuple

from dosebell_host.reference.medicine_words import BARE_MINERALS, mineral_in, salt_named
from dosebell_host.reference.nearest import key_of

# Of L-threonate and L-aspartate.
_HANDS = frozenset({"l", "d", "dl"})
# "citrate de magnésium", "citrato di magnesio".
_OF = frozenset({"de", "di", "of", "van"})


class Salt(NamedTuple):
    """`form` is "" where there are several.

    `whole`: the salt is named in one piece, so the amount beside it is that of the salt.
    """

    form: str
    whole: bool


def salt_of(written: str, mineral: str) -> Salt | None:
    """The salt of a mineral that a name names; None where it names none."""
    words = _words(written)
    own = [place for place, word in enumerate(words) if _is(mineral, words, place, word)]
    bound = [_bound_to(words, place) for place in own]
    forms = {form for form in (*bound, *map(salt_named, words)) if form}
    if not (forms and own):
        return None
    return Salt(forms.pop() if len(forms) == 1 else "", all(bound))


def _words(written: str) -> list[str]:
    """What stands in brackets only remarks on what is before: it is bound to nothing."""
    words = key_of(written.replace("(", " as ")).split()
    return [word for word in words if word not in _HANDS]


def says_the_metal(written: str) -> bool:
    """Whether a name says that its amount is the metal's: `200 mg elemental`."""
    return any(word.startswith("element") for word in key_of(written).split())


def _is(mineral: str, words: list[str], place: int, word: str) -> bool:
    named = mineral_in(word).partition(" ")[0]
    if word == "mg" and place + 1 < len(words) and salt_named(words[place + 1]):
        named = "magnesium"
    return named == mineral


def _bound_to(words: list[str], place: int) -> str:
    """The salt in the word itself, behind it, or before it."""
    word, behind = words[place], words[place + 1 : place + 2]
    names = (name for names in BARE_MINERALS.values() for name in names.split())
    inside = (salt_named(word.removeprefix(name)) for name in names if word.startswith(name))
    before = words[max(0, place - 2) : place]
    in_front = before[-1:] if before[-1:] != [] and before[-1] not in _OF else before[:1]
    candidates = [*inside, *map(salt_named, behind), *map(salt_named, in_front)]
    return next(filter(None, candidates), "")
