"""What a person's words for an illness mean to the rules.

`history of kidney stones` is kidney stones, `CKD 3b` are kidneys that work moderately badly, and
`no kidney stones` and `healthy` are nothing that anybody has to be told about.
"""

import re
from collections.abc import Iterator
from functools import cache

from dosebell_host.reference import published_limits
from dosebell_host.reference.conditions import (
    ABSORB,
    ASK,
    BREASTFEEDING,
    CAUTION,
    CONTRA,
    KIDNEY_ASK,
    KIDNEY_MODERATE,
    KIDNEY_SEVERE,
    NONE,
    PREGNANT,
    THYROID,
    Meaning,
)
from dosebell_host.reference.illnesses import ILLNESSES
from dosebell_host.reference.nearest import key_of, keys_of, nearest

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONGEST_NAME_WORDS = 5
# Found inside other words; what is known and harmless has to stand alone.
_INSIDE = frozenset(
    {CONTRA, CAUTION, ABSORB, KIDNEY_SEVERE, KIDNEY_MODERATE, KIDNEY_ASK, ASK, THYROID}
    | {PREGNANT, BREASTFEEDING}
)
# Names that mean an illness only where nothing else is said: a "high calcium diet" is none.
_ALONE = frozenset(
    """high calcium|pancreatic|cf|kidneys|nursing|expecting|stille|graves|transplantation|sprue|rak
    """.strip().split("|")
)
# What the kidneys filter: "eGFR 45", "egfr: 28 ml/min", "GFR > 60".
_EGFR = r"\be? ?gfr\b\D*(\d+)"
_BELOW = re.compile("<|below|under|less|unter|kleiner", re.I)
# "CKD 3a", "stage 4 kidney disease", "Niereninsuffizienz Stadium III".
_STAGE = (
    r"\b(?:ckd|niereninsuffizienz|stage|stadium|stade|estadio|stadio|grade|grad)"
    r"(?: stage| stadium)?(?: g)? (?:([1-5])|(iii|iv|ii|i|v))\b"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_KIDNEY_DISEASE = frozenset({KIDNEY_SEVERE, KIDNEY_MODERATE})
_MILD = (
    "mild milde milder leicht leichte leichter leichtgradige slight slightly early geringe"
    " geringgradige legere leve lieve"
)
_SEVERE = (
    "severe severely schwer schwere schwerer schwergradige hochgradige terminal terminale"
    " advanced fortgeschrittene grave"
)
_GRADES = {word: NONE for word in _MILD.split()} | {w: KIDNEY_SEVERE for w in _SEVERE.split()}
# In these parts of what is written a "no" counts for what follows it.
_PART = re.compile(r"[;()]|[,.](?!\d)|\b(?:but|and|aber|und|mais|et|pero|y)\b", re.I)
_DENIED = frozenset(
    """no not none never without kein keine keinen keiner nicht nie ohne pas sans
    aucun aucune sin ninguna ninguno nunca senza nessun nessuna geen niet inga ingen nein don dont
    doesn doesnt haven havent hasn hasnt isn isnt didn didnt""".split()
)
# With one of these behind it a "no" is no plain one: "not sure", "not only", "not severe".
_UNSURE = frozenset(
    "sure certain idea know unsure sicher unklar excluded only nur longer mehr controlled".split()
) | frozenset(_GRADES)
# Whoever writes one of these speaks of somebody else.
_OTHERS = frozenset(
    """family mother father sister brother parents husband wife grandmother grandfather familie
    mutter vater schwester bruder eltern oma opa""".split()
)
_NOT_YET = frozenset(
    """planning plan planned trying want wants wish after previous last history since nach
    kinderwunsch planung geplant wunsch frueher fruher before""".split()
)
# Words of which an answer consists that says that there is nothing.
_WELL = frozenset(
    """healthy gesund well fit fine normal ok okay good gut sain sana sano kerngesund
    unauffallig""".split()
)
_NOTHING = _DENIED | frozenset("nothing nil na n a nichts rien nada niente brak".split())
_TALK = frozenset(
    """known bekannt bekannte illness illnesses disease diseases condition conditions problem
    problems issue issues medical health krankheit krankheiten erkrankung erkrankungen
    vorerkrankungen beschwerden probleme i am im m ich bin all is are everything alles completely
    otherwise sonst very sehr that know special besonderes serious my meine of the at diagnosed so
    far""".split()
)
# Of these a "no" says that they are missing.
_MISSING = frozenset({"kidneys"})
# What can be well; that there is none of it is another thing.
_ORGANS = frozenset(
    "kidney kidneys niere nieren function nierenfunktion nierenwerte liver leber".split()
)


@cache
def _by_name() -> dict[str, Meaning]:
    names = [(row, each) for row in ILLNESSES for each in (row[1], *row[2].split(","))]
    accented = [(row, name) for row, name in names if not name.isascii()]
    plain = [(row, name) for row, name in names if name.isascii()]
    spelt = [(row, name.translate(_UMLAUTS)) for row, name in accented]
    known = [(each, keys_of(name for _, name in each)) for each in (plain, accented, spelt)]
    return {
        key: (row[0], row[1])
        for each, keys in known
        for (row, _), key in zip(each, keys, strict=True)
    }


def meanings_of(written: str) -> tuple[Meaning, ...]:
    """What a condition means to the rules and what messages call it; () if it is unknown."""
    words = key_of(written).split()
    whole = _by_name().get(" ".join(words))
    if whole:
        return (whole,)
    found: list[Meaning] = []
    nothing: list[bool] = []
    plain = not (_DENIED | _OTHERS).intersection(words)
    for part in [written] if plain else _PART.split(written):
        part_words = key_of(part).split()
        theirs, not_theirs = _split(part_words)
        found += _named(theirs, bool(_BELOW.search(part)))
        nothing.append(_says_nothing(part_words, not_theirs))
    if found:
        return tuple(dict.fromkeys(found))
    return ((NONE, "none"),) if words and all(nothing) else ()


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The words for what somebody has, and those for what they, or nobody, has."""
    if _OTHERS.intersection(words):
        return [], words
    place = next((place for place, word in enumerate(words) if word in _DENIED), len(words))
    if place == len(words) - 1:
        # "Kidney stones: none" is an answer to a question.
        return [], words[:place]
    return words[:place], [] if _UNSURE.intersection(words) else words[place + 1 :]


def _says_nothing(words: list[str], not_theirs: list[str]) -> bool:
    """Whether a part says that there is nothing: `no cancer`, `healthy`, `keine bekannt`."""
    if not words or any(_inside(not_theirs, _MISSING)):
        return True
    if _WELL.intersection(words):
        return set(words) <= _WELL | _TALK | _ORGANS
    return bool(_NOTHING.intersection(words)) and set(words) <= _NOTHING | _TALK


def _named(words: list[str], is_below: bool) -> Iterator[Meaning]:
    """The illnesses of a part; a number for the kidneys says more than their name."""
    measured = _by_egfr(" ".join(words), is_below) or _by_stage(words)
    if measured:
        yield measured
    wanted = _INSIDE - _KIDNEY_DISEASE if measured else _INSIDE
    for meaning, name in _inside(words, _ALONE):
        if meaning in wanted and not (meaning == PREGNANT and _NOT_YET.intersection(words)):
            yield _graded(words) if meaning == KIDNEY_MODERATE else (meaning, name)


def _by_egfr(words: str, is_below: bool) -> Meaning | None:
    """What a number for the kidneys means: KDIGO's stages 4 and 5, stage 3, or none of them.

    `is_below`: they filter less than that number.
    """
    found = re.search(_EGFR, words)
    if not found:
        return None
    filtered = int(found[1]) - is_below
    if filtered < published_limits.EGFR_SEVERE_BELOW:
        return _by_name()["severe kidney disease"]
    if filtered < published_limits.EGFR_MODERATE_BELOW:
        return _by_name()["kidney disease"]
    return NONE, f"eGFR {filtered}"


def _by_stage(words: list[str]) -> Meaning | None:
    """What a stage of KDIGO means [65]."""
    found = re.search(_STAGE, " ".join(words))
    if not found or not any(each in _KIDNEY_DISEASE for each, _ in _inside(words, _ALONE)):
        return None
    stage = int(found[1]) if found[1] else _ROMAN[found[2]]
    if stage < published_limits.KDIGO_MODERATE_STAGE:
        return _MILD_KIDNEYS
    severe = stage > published_limits.KDIGO_MODERATE_STAGE
    return _by_name()["severe kidney disease" if severe else "kidney disease"]


_MILD_KIDNEYS = CAUTION, "mild kidney disease"


def _graded(words: list[str]) -> Meaning:
    """How bad the kidneys are by the word beside their illness."""
    grades = [_GRADES[word] for word in words if word in _GRADES]
    if KIDNEY_SEVERE in grades:
        return _by_name()["severe kidney disease"]
    return _MILD_KIDNEYS if grades else _by_name()["kidney disease"]


def _inside(words: list[str], alone: frozenset[str]) -> Iterator[Meaning]:
    """The illnesses that some of the words name, the longest names first, no word twice."""
    used: set[int] = set()
    for length in range(min(_LONGEST_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            found = _by_name().get(name := " ".join(words[start : start + length]))
            if found and not places & used and name not in alone:
                used |= places
                yield found


def nearest_condition(written: str) -> str | None:
    """The known name nearest to one that is not known, where any is near."""
    return nearest(key_of(written), _by_name())
