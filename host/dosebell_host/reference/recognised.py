"""What a person's words for a medicine mean: which medicines they name, and what they leave open.

`Coumadin 5 mg` is warfarin; `Hyzaar` is hydrochlorothiazide with something else; the calcium of
`atorvastatin calcium` is a salt and no mineral; `moxifloxacin eye drops` meet nothing in the gut;
`water tablet` is a question. What cannot be told is said, in `unknown` and `question`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from dosebell_host.reference.medicine_index import (
    NAME_FROM,
    medicine_named,
    medicine_sounding,
    near_antagonist,
    words_of,
)
from dosebell_host.reference.medicine_words import (
    bare_minerals,
    is_filler,
    is_mineral_salt,
    mineral_in,
)
from dosebell_host.reference.medicines import (
    DOAC,
    MINERAL,
    THIAZIDE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
    Medicine,
    says_after_food,
)
from dosebell_host.reference.medicines_everyday import everyday_words
from dosebell_host.reference.medicines_pressure import names_a_thiazide, names_another_half
from dosebell_host.reference.nearest import key_of
from dosebell_host.reference.routes import Route, route_of, short_ways

_LONGEST_NAME_WORDS = 5
# Between two of these there are two things, and not one and its salt; in 5 mg/ml, 10/40 mg and 2,5
# there is one. A comma may begin a remark.
_JOINED = re.compile(
    r"([+&;]|/(?!\s*(?:\d|ml\b|h\b|hour|day|dose|week))|(?<!\d),|,(?!\d)"
    r"|(?<![-\w])(?:and|with|plus|und|mit|et|avec|con|och|og|or|oder)\b(?!-))",
    re.I,
)
_REMARKS = frozenset({",", ";"})
_JOINING = frozenset({"and", "with", "plus", "und", "et", "mit", "con", "och", "og", "avec"})
# Whoever writes one of these in front of a name does not take it.
_NOT = frozenset("no not never non without kein keine keinen nicht pas sin senza sem".split())
_AFTER_NOT = frozenset("a an any the on longer taking or nor ein eine un une una de of".split())
_NONE = frozenset(
    """no none nothing nil na nix keine kein nichts aucun aucune rien ninguno ninguna nada nessuno
    nessuna niente geen inga ingen brak""".split()
) | {"n a", "not any", "none at all", "nothing at all"}
_PIECES = frozenset(
    "tablet tablets pill pills medicine medication tabletten tablette drug".split()
)
_PLURALS = frozenset({"medicines", "medications", "medikamente"})
# A vitamin has no salt, so a mineral beside it is one.
_NO_OTHER = frozenset({"folic acid", "vitamin b12", "cyanocobalamin"})
# Classes of medicines that are supplements by another name.
SUPPLEMENTS = frozenset({MINERAL, VITAMIN_D, VITAMIN_K})
_RISEDRONATE = "risedronate"
_THIAZIDE = Medicine("thiazide", frozenset({THIAZIDE}))


class Reading(NamedTuple):
    """What somebody's words for a medicine mean.

    `none` says that they mean that there is none, `unknown` that no name in them is known;
    `question` is what has to be asked, `route` the word by which it is not swallowed, where that
    takes a rule away, and `near` a vitamin K antagonist that an unknown word may be.
    """

    medicines: tuple[Medicine, ...] = ()
    none: bool = False
    unknown: bool = False
    question: str = ""
    route: str = ""
    near: Medicine | None = None

    @property
    def taken_for(self) -> tuple[Medicine, ...]:
        """What the rules take it for: what is named, and what it may be."""
        return (*self.medicines, self.near) if self.near else self.medicines

    @property
    def certain(self) -> tuple[Medicine, ...]:
        """The medicines that are named for certain and are neither mineral nor vitamin."""
        return tuple(
            each
            for each in self.medicines
            if not each.doubt and (not each.classes or each.classes - SUPPLEMENTS)
        )


class _Part(NamedTuple):
    """Words between two joining ones: the names in them, and the words that are in no name."""

    words: list[str]
    named: list[Medicine]
    left: list[str]
    denied: list[Medicine]
    # Whether it only remarks on what stands before it.
    remark: bool


def known_medicines(written: str) -> tuple[Medicine, ...]:
    """The medicines that a person's words name, or may name; () where none is known."""
    return reading_of(written).medicines


@lru_cache(maxsize=4096)
def reading_of(written: str, beside: str = "") -> Reading:
    """What a person's words for a medicine mean; `beside` may say how it is taken."""
    if is_none(written):
        return Reading(none=True)
    parts = list(_parts(written))
    found = {each.name: each for part in parts for each in _with_minerals(part)}
    denied = {a_class for part in parts for each in part.denied for a_class in each.classes}
    if denied and not found and not any(map(_strangers, parts)):
        return Reading(none=True)
    several = sum(bool(part.named) for part in parts) > 1
    question = _joined_question(parts, found) or _mineral_question(parts)
    if names_a_thiazide(written, _suffixes(written, several)) and not _names_thiazide(found):
        found[_THIAZIDE.name] = _THIAZIDE
    elif found and names_another_half(_suffixes(written, several)):
        question = question or "its name says that something else is in it; what is it?"
    for name in [name for name, each in found.items() if each.doubt and each.classes & denied]:
        del found[name]
    words = words_of(written)
    if not found and not denied:
        found = {each.name: each for part in parts for each in _everyday(part)}
    if not _JOINING.intersection(words) and "+" not in written:
        _drop_description(found)
    _drop_kinds(found, parts)
    if _RISEDRONATE in found and says_after_food(" ".join(words)):
        found[_RISEDRONATE] = _after_food()
    near = None if VKA in denied else _near(parts, found)
    ways = [*words, *words_of(beside), *short_ways(f"{written} {beside}")]
    return _read(found, question, route_of(ways, several), near)


def _after_food() -> Medicine:
    """The risedronate whose label says the reverse of the other's."""
    found = medicine_named("atelvia")
    assert found is not None
    return found


def _suffixes(written: str, several: bool) -> list[str]:
    """The words that may say what is in it besides; between two names "plus" only joins them."""
    return [word for word in words_of(written) if not (several and word == "plus")]


def _parts(written: str) -> Iterator[_Part]:
    """The text is (part, joining word, part, ...)."""
    pieces = _JOINED.split(written)
    for place in range(0, len(pieces), 2):
        joins = {*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2]}
        yield _part(words_of(pieces[place]), joins <= _REMARKS)


def is_none(written: str) -> bool:
    """Whether an answer means that there is none: `none`, `no`, `nothing`, `-`."""
    words = [word for word in key_of(written).split() if word not in _PIECES | _PLURALS]
    if not words:
        return bool(re.fullmatch(r"[-–—_./\s]+", written))
    return " ".join(words) in _NONE


def _read(
    found: dict[str, Medicine], question: str, route: Route, near: Medicine | None
) -> Reading:
    how, gone = route
    taken = tuple(each._replace(classes=each.classes - gone) for each in found.values())
    lost = any(each.classes & gone for each in found.values())
    doubts = [each.doubt for each in taken if each.doubt]
    asked = question or (doubts[0] if doubts else "")
    return Reading(taken, False, not taken and not question, asked, how if lost else "", near)


def _part(words: list[str], remark: bool) -> _Part:
    named: list[Medicine] = []
    denied: list[Medicine] = []
    used: set[int] = set()
    for length in range(min(_LONGEST_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            medicine = (
                None if places & used else medicine_named(" ".join(words[start : start + length]))
            )
            if medicine:
                (denied if _is_denied(words, start) else named).append(medicine)
                used |= places
    for place, word in enumerate(words):
        medicine = medicine_sounding(word)
        if medicine and place not in used:
            (denied if _is_denied(words, place) else named).append(medicine)
            used.add(place)
    left = [word for place, word in enumerate(words) if place not in used and word not in _NOT]
    return _Part(words, named, left, denied, remark)


def _is_denied(words: list[str], start: int) -> bool:
    """Whether `not`, or as much, stands right in front of the name."""
    place = start - 1
    while place >= 0 and words[place] in _AFTER_NOT:
        place -= 1
    return place >= 0 and words[place] in _NOT


def _with_minerals(part: _Part) -> Iterator[Medicine]:
    """The medicines of a part, and its mineral, where that is swallowed for itself."""
    yield from part.named
    mineral = _mineral_of(part)
    if mineral and not _others(part) and (_is_salt(part) or not _strangers(part)):
        yield Medicine(mineral, frozenset({MINERAL}))


def _mineral_of(part: _Part) -> str:
    """The mineral that is named by its bare name, or in one word with what it is bound to."""
    return next(filter(None, map(mineral_in, part.left)), "")


def _is_salt(part: _Part) -> bool:
    """Whether what the mineral is bound to says that it is swallowed for itself."""
    for place, word in enumerate(part.words):
        if mineral_in(word):
            beside = (*part.words[max(0, place - 2) : place], *part.words[place + 1 : place + 2])
            if word not in bare_minerals() or any(map(is_mineral_salt, beside)):
                return True
    return False


def _others(part: _Part) -> list[Medicine]:
    """The medicines that a mineral may be the salt of."""
    named = (each for each in part.named if each.name not in _NO_OTHER)
    return [each for each in named if not each.classes or each.classes - SUPPLEMENTS]


def _strangers(part: _Part) -> list[str]:
    """The words that may be another medicine: in no name, and no word of form, salt or maker."""
    return [word for word in part.left if not is_filler(word) and not mineral_in(word)]


def _mineral_question(parts: list[_Part]) -> str:
    for part in parts:
        mineral = _mineral_of(part)
        if mineral and not part.named and _strangers(part) and not _is_salt(part):
            word = mineral.partition(" ")[0]
            return f"is the {word} swallowed for itself, or the salt of a medicine?"
    return ""


def _joined_question(parts: list[_Part], found: dict[str, Medicine]) -> str:
    """Where a known name is joined to one that nobody knows: half of it is not checked."""
    for part in parts if found else ():
        unknown = [word for word in _strangers(part) if len(word) >= NAME_FROM]
        if unknown and not (part.named or part.denied or part.remark or _mineral_of(part)):
            return f'what is "{unknown[0]}" in it?'
    return ""


def _names_thiazide(found: dict[str, Medicine]) -> bool:
    return any(THIAZIDE in each.classes for each in found.values())


@cache
def _words_of_day() -> dict[str, Medicine]:
    return dict(everyday_words())


def _everyday(part: _Part) -> Iterator[Medicine]:
    """What a word of every day says, alone or beside "tablet"."""
    rest = [word for word in part.left if word not in _words_of_day()]
    if _PIECES.intersection(rest) or all(map(is_filler, rest)):
        yield from (_words_of_day()[word] for word in part.left if word in _words_of_day())


def _drop_kinds(found: dict[str, Medicine], parts: list[_Part]) -> None:
    """`Beconase nasal spray` is no question: the name is there, and only nobody knows it."""
    if any(map(_strangers, parts)):
        for name in [name for name, each in found.items() if each.doubt and not each.classes]:
            del found[name]


def _drop_description(found: dict[str, Medicine]) -> None:
    """`Xarelto (blood thinner)` is one medicine: the word for its kind only describes it.

    One that is no blood thinner is described by no such word: beside it there is another.
    """
    certain = [each for each in found.values() if not each.doubt]
    for name in [name for name, each in found.items() if each.doubt]:
        kin = [each for each in certain if each.classes & {DOAC, VKA}]
        if kin if VKA in found[name].classes else certain:
            del found[name]


def _near(parts: list[_Part], found: dict[str, Medicine]) -> Medicine | None:
    if any(VKA in each.classes for each in found.values()):
        return None
    words = (word for part in parts for word in _strangers(part))
    return near_antagonist(word for word in words if len(word) >= NAME_FROM)
