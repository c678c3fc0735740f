"""What a person's words for a medicine mean: which medicines they name, and what they leave open.

`Coumadin 5 mg` is warfarin; `Hyzaar` is hydrochlorothiazide with something else; the calcium of
`atorvastatin calcium` is a salt and no mineral; `moxifloxacin eye drops` meet nothing in the gut;
`water tablet` is a question. What cannot be told is said, in `unknown` and `question`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.reference.labels import named_in, names_only_nutrients
from dosebell_host.reference.medicine_index import (
    BEGUN_FROM,
    JOINING,
    NAME_FROM,
    is_slip_of_another,
    medicine_named,
    medicine_sounding,
    near_antagonist,
    with_whole_names,
    without_whole_names,
    words_of,
)
from dosebell_host.reference.medicine_words import (
    DENYING,
    bare_minerals,
    is_denied,
    is_filler,
    is_mineral_salt,
    is_no_intake,
    mineral_in,
    without_manner,
    without_remedies,
)
from dosebell_host.reference.medicines import (
    DOAC,
    LESS_CLOTTING,
    MINERAL,
    THIAZIDE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
    Medicine,
    says_after_food,
)
from dosebell_host.reference.medicines_everyday import everyday_names, everyday_words, thins_blood
from dosebell_host.reference.medicines_pressure import names_a_thiazide, names_another_half
from dosebell_host.reference.nearest import key_of
from dosebell_host.reference.nutrients import LIVER_OIL, MINERALS, TITLES, D, K
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
_FOR = frozenset("for against fur gegen pour contre para contra per voor tegen mot mod".split())
_NONE = frozenset(
    """no none nothing nil na nix keine kein nichts aucun aucune rien ninguno ninguna nada nessuno
    nessuna niente geen inga ingen brak""".split()
) | {"n a", "not any", "none at all", "nothing at all"}
_PIECES = frozenset(
    "tablet tablets pill pills medicine medication tabletten tablette drug".split()
)
_PLURALS = frozenset({"medicines", "medications", "medikamente"})
# Blood thinners that are no tablets: nobody takes one beside a word for it.
_HEPARINS = frozenset(
    "heparin enoxaparin dalteparin tinzaparin nadroparin certoparin fondaparinux".split()
)
# What joins two things in the large languages and is no word of a name.
_ANDS = frozenset("or oder ou y e o ed en i ve ja es".split())
_POSSESSED = r"(\w+)['’`´]s\b"
# A vitamin has no salt, so a mineral beside it is one.
_NO_OTHER = frozenset({"folic acid", "vitamin b12", "cyanocobalamin"})
# Classes of medicines that are supplements by another name.
SUPPLEMENTS = frozenset({MINERAL, VITAMIN_D, VITAMIN_K})
# What a supplement is among the medicines, by what its label names.
_SUPPLEMENT_OF = {K: VITAMIN_K, D: VITAMIN_D, LIVER_OIL: VITAMIN_D}
_SUPPLEMENT_OF |= dict.fromkeys(MINERALS, MINERAL)
_OF_SEVERAL = frozenset("complex komplex complexe complejo formula plus multi".split())
_LETTER = re.compile(r"[a-k]\d{0,2}")
# Whoever writes one of these beside a name may not take it any more.
_STOPPED = frozenset(
    """stopped discontinued formerly previously abgesetzt ehemals arrete suspendu
    suspendido suspendida dejado sospeso sospesa interrotto gestopt gestaakt odstawiony odstawione
    odstawiona otmenen suspenso birakildi""".split()
)
STILL = "is it still taken, or may it leave the list?"
_RISEDRONATE = "risedronate"
_ANY_ANTAGONIST = "vitamin K antagonist"
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
    written = without_remedies(written)
    # Of one bone medicine it matters whether it is taken after food.
    said, written = words_of(written), without_manner(written)
    parts = list(_parts(written))
    found = {each.name: each for part in parts for each in _with_minerals(part)}
    denied = {a_class for part in parts for each in part.denied for a_class in each.classes}
    said_no = any(part.denied for part in parts)
    if said_no and not found and not any(map(_strangers, parts)):
        return Reading(none=True)
    several = sum(bool(part.named) for part in parts) > 1
    question = _joined_question(parts, found) or _mineral_question(parts)
    hidden = names_a_thiazide(written, _suffixes(written, several)) and THIAZIDE not in denied
    if hidden and not _names_thiazide(found):
        found[_THIAZIDE.name] = _THIAZIDE
    elif found and names_another_half(_suffixes(written, several)):
        question = question or "its name says that something else is in it; what is it?"
    for name in [name for name, each in found.items() if each.doubt and each.classes & denied]:
        del found[name]
    words = words_of(written)
    nothing = not found and not said_no
    found |= {
        each.name: each
        for part in parts
        if nothing or _is_another(part)
        for each in _everyday(part)
    }
    if not JOINING.intersection(words) and "+" not in written:
        _drop_description(found, written)
    _drop_kinds(found, parts)
    if is_no_intake(words) and _PIECES.isdisjoint(words):
        # Whoever measures the blood pressure takes no tablet; the hard stop stays.
        found = {n: each for n, each in found.items() if not each.doubt or VKA in each.classes}
    held = frozenset[str]().union(*(each.classes for each in found.values()))
    if held <= SUPPLEMENTS:
        # Beside another name a mineral may be its salt; vitamin K never is.
        wanted = (each for each in _supplements(written) if not found or VITAMIN_K in each.classes)
        found |= {each.name: each for each in wanted if not each.classes <= held}
    if _RISEDRONATE in found and says_after_food(" ".join(said)):
        found[_RISEDRONATE] = _after_food()
    if not _STOPPED.isdisjoint(words):
        found = {name: each._replace(doubt=STILL) for name, each in found.items()}
    near = None if VKA in denied else _near(parts, found, _persons(written))
    ways = [*words, *words_of(beside), *short_ways(f"{written} {beside}")]
    return _read(found, question, route_of(ways, several), near)


def _supplements(written: str) -> Iterator[Medicine]:
    """What is in a supplement that is known only as labels say it: `ADEK`, `dolomite`."""
    shorts = {each.short for each in named_in(written)} if names_only_nutrients(written) else set()
    for short in sorted(shorts & _SUPPLEMENT_OF.keys()):
        yield Medicine(TITLES[short], frozenset({_SUPPLEMENT_OF[short]}))


def _after_food() -> Medicine:
    """The risedronate whose label says the reverse of the other's."""
    found = medicine_named("atelvia")
    assert found is not None
    return found


def _suffixes(written: str, several: bool) -> list[str]:
    """The words that may say what is in it besides; between two names "plus" only joins them."""
    words = words_of(written)
    if JOINING.intersection(words):
        words = words_of(without_whole_names(written))
    return [word for word in words if not (several and word == "plus")]


def _parts(written: str) -> Iterator[_Part]:
    """The text is (part, joining word, part, ...)."""
    pieces = _JOINED.split(written)
    if len(pieces) > 1:
        pieces = _JOINED.split(with_whole_names(written))
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
                (denied if is_denied(words, start, start + length) else named).append(medicine)
                used |= places
    for place, word in enumerate(words):
        medicine = None if place in used else medicine_sounding(word)
        if medicine:
            (denied if is_denied(words, place, place + 1) else named).append(medicine)
            used.add(place)
        elif mineral_in(word) and is_denied(words, place, place + 1):
            # A multivitamin without iron is one all the same.
            denied.append(Medicine(mineral_in(word), frozenset()))
            used.add(place)
    here = _without_purpose(words, used)
    left = [word for place, word in here if place not in used and word not in DENYING]
    return _Part(words, named, left, denied, remark)


def _without_purpose(words: list[str], used: set[int]) -> list[tuple[int, str]]:
    """The words with their places; behind "for" stands what a known thing is for, and no other."""
    places = list(enumerate(words))
    for place, word in places:
        known = any(before < place for before in used) or any(map(mineral_in, words[:place]))
        if word in _FOR and known:
            return places[:place]
    return places


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
    return any(THIAZIDE in each.classes and not each.doubt for each in found.values())


def _is_another(part: _Part) -> bool:
    """Whether a part beside a name is one more thing, and no remark on what it is for."""
    said = part.named or part.denied
    return not said and not (part.remark and not _PIECES.intersection(part.words))


@cache
def _words_of_day() -> dict[str, Medicine]:
    return dict(everyday_words())


@cache
def _phrases_of_day() -> dict[frozenset[str], Medicine]:
    """The phrases of more than one word: `powder for cholesterol` says them as well."""
    several = ((phrase, each) for phrase, each in everyday_names() if " " in phrase.strip())
    phrases = ((frozenset(words_of(phrase)), each) for phrase, each in several)
    return {words: each for words, each in phrases if len(words) > 1 and "the" not in words}


def _everyday(part: _Part) -> Iterator[Medicine]:
    """What a word of every day says, alone or beside "tablet"; one for blood thinners anywhere."""
    words = frozenset(part.words) - _letters_own(part)
    for phrase, medicine in _phrases_of_day().items():
        if phrase <= words:
            yield medicine
            return
    if is_no_intake(words):
        return
    rest = [word for word in part.left if word not in _words_of_day()]
    alone = bool(_PIECES.intersection(rest)) or all(map(is_filler, rest))
    for word in part.left:
        thins = thins_blood(word) and not is_slip_of_another(word, thins_blood)
        medicine_of_word = _words_of_day().get("clot" if thins else word)
        if medicine_of_word and (alone or VKA in medicine_of_word.classes):
            yield medicine_of_word


def _letters_own(part: _Part) -> frozenset[str]:
    """The "vitamin" of a single one, as of `vitamin C tablet`, which is no word for several."""
    pairs = pairwise(part.words)
    single = [pair for pair in pairs if pair[0] == "vitamin" and _LETTER.fullmatch(pair[1])]
    others = set(part.words).difference(*single, _PIECES)
    is_alone = len(single) == 1 and all(map(_is_beside_one, others))
    return frozenset({"vitamin"}) if is_alone else frozenset()


def _is_beside_one(word: str) -> bool:
    """Whether a word tells of no other vitamin: neither the Z of A to Z, nor "complex"."""
    return word.isdecimal() or (len(word) > 1 and is_filler(word) and word not in _OF_SEVERAL)


def _drop_kinds(found: dict[str, Medicine], parts: list[_Part]) -> None:
    """`Beconase nasal spray` is no question: the name is there, and only nobody knows it."""
    if any(map(_strangers, parts)):
        for name in [name for name, each in found.items() if each.doubt and not each.classes]:
            del found[name]


def _drop_description(found: dict[str, Medicine], written: str) -> None:
    """`Xarelto (blood thinner)` is one medicine: the word for its kind only describes it.

    One that is no blood thinner is described by no such word: beside it there is another. Beside
    aspirin there often is, so that of its kind only brackets describe.
    """
    certain = [each for each in found.values() if not each.doubt]
    if sum(VKA in each.classes for each in certain) > 1:
        # `AVK (Previscan)` is one as well.
        found.pop(_ANY_ANTAGONIST, None)
    joined = _JOINED.search(written) or _ANDS.intersection(words_of(written))
    describes = "(" in written and not joined
    thinning = {DOAC, VKA, *([LESS_CLOTTING] if describes else [])}
    for name in [name for name, each in found.items() if each.doubt]:
        kin = [e for e in certain if e.classes & thinning or e.name in _HEPARINS]
        if kin if VKA in found[name].classes else certain:
            del found[name]


def _persons(written: str) -> set[str]:
    """Whose it is: the Marc of "Marc's pill" is no Marcumar."""
    has_one = any(each in written for each in "'’`´")
    owners = re.findall(_POSSESSED, written) if has_one else []
    return {word for owner in owners for word in words_of(owner)}


def _near(parts: list[_Part], found: dict[str, Medicine], persons: set[str]) -> Medicine | None:
    if any(VKA in each.classes for each in found.values()):
        return None
    words = (word for part in parts for word in _strangers(part))
    unknown = (word for word in words if word not in _words_of_day() and word not in persons)
    return near_antagonist(word for word in unknown if len(word) >= BEGUN_FROM)
