"""Names as people write them: made comparable, and the known one a slip of the pen away."""

import re
import unicodedata
from collections.abc import Callable, Iterable

_LONGEST = 64
# Up to how many letters a name may have, and how many of them may be wrong: in a short name one
# other letter makes another name, so that "no" is not "noac".
_SLIPS = ((4, 0), (7, 1), (11, 2), (_LONGEST, 3))

_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
    | dict(zip("абвгдезиклмнопрстуфэы", "abvgdeziklmnoprstufei", strict=True))
    | {"й": "i", "х": "h", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "iu"}
    | {"я": "ia", "ь": "", "ъ": "", "є": "e", "і": "i"}
    | dict(zip("αβγδεζηικλμνοπρστυφω", "avgdeziiklmnoprstifo", strict=True))
    | {"ς": "s", "θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps", "ό": "o", "ά": "a", "ί": "i"}
)

# A trade mark would become two letters of the name before it; any other sign parts two words.
_MARKS = {ord("™"): " ", ord("℠"): " "}
_SIGNS = r"[^\w\s\x00-\x7f\u0300-\u036f]+"
# From here on come the scripts that have no letters in _PLAIN; and the accents of Greek.
_FIRST_OF_OTHER_SCRIPTS = "\u0590"
_MICRO = {"µg": "ug", "μg": "ug"}
_LABEL_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[a-z]+")
_VITAMIN = dict.fromkeys(
    "vit vitamina vitamine vitamini vitaminu vitaminy vitamiini witamina witaminy".split(),
    "vitamin",
)

# Patterns that few names need are not compiled beforehand: every check would pay for it.
# "K2-Mg" and "Ca/Mg" are of minerals, where "2 mg" is an amount; "E-vitamin" is no "e vitamin".
_SYMBOLS = {"mg": "magnesium", "ca": "calcium", "zn": "zinc", "fe": "iron"}
_SYMBOL = (
    r"(?<=[-+/&])\s*(?:mg|ca|zn|fe)\b|(?<=,)\s*mg\b"
    r"|(?<!\d)(?<!\d )\b(?:mg|ca|zn|fe)\b(?=\s*[-+/&]\s*(?:mg|ca|zn|fe|d|d3|k|k2|vit\w*)\b)"
)
_BETWEEN_WORDS = r"[^a-z0-9\n]+|(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])"
_GLUED = r"\b(vit|vitamin)([bdk][0-9]{0,2})\b"
_MAY_BE_GLUED = tuple(f"{word}{letter}" for word in ("vit", "vitamin") for letter in "bdk")
_MAY_BE_HYPHENED = ("-vit", "-wit")
_HYPHENED = r"\b([a-z][0-9]{0,2})-[vw]itamii?n\w*"

# How the languages of Europe spell one sound in the name of a medicine.
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("qu", "k"),
    ("ck", "k"),
    ("ch", "k"),
    ("h", ""),
    ("ks", "x"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("z", "s"),
    ("ou", "u"),
    ("oe", "e"),
    ("ts", "s"),
    ("ae", "e"),
    ("mf", "nf"),
    ("ks", "x"),
)
_DOUBLE = r"(.)\1"
# The ending that a language gives to a name, or takes from it.
_ENDING = r"(?m:(?:um|as|is|os|us|ue|e|a|o|i|s)$)"
# A shorter name is told by every letter of it.
SOUNDED_FROM = 6


def key_of(text: str) -> str:
    """Lower case, without accents, only words and digits with one space between them."""
    return " ".join(re.findall(r"[a-z]+|[0-9]+", _plain(text)))


def keys_of(names: Iterable[str]) -> list[str]:
    """As `key_of`, of many names at once: one after the other they take long."""
    lines = re.sub(_BETWEEN_WORDS, " ", _plain("\n".join(names))).split("\n")
    return [line.strip() for line in lines]


def label_words(text: str) -> list[str]:
    """The words of a label: numbers whole, µ as u, and one spelling of "vitamin" for everybody."""
    lower = text.lower()
    for micro, plain in _MICRO.items():
        lower = lower.replace(micro, plain)
    plain = _plain(lower).replace("i.e", "ie").replace("i.u", "iu")
    if any(each in plain for each in "-+/&,") and any(each in plain for each in _SYMBOLS):
        plain = re.sub(_SYMBOL, lambda found: f" {_SYMBOLS[found[0].strip()]} ", plain)
    if any(each in plain for each in _MAY_BE_HYPHENED):
        plain = re.sub(_HYPHENED, r"vitamin \1 ", plain)
    found = _LABEL_WORD.findall(plain.replace("u.i", "ui"))
    return [_VITAMIN.get(word, word) for word in found]


def one_vitamin(words: Iterable[str]) -> list[str]:
    """The words with one spelling of "vitamin" for everybody."""
    return [_VITAMIN.get(word, word) for word in words]


def _plain(text: str) -> str:
    """Lower case, in letters from a to z."""
    if text.isascii():
        return _apart(text.lower())
    text = text.translate(_MARKS)
    if max(text) >= _FIRST_OF_OTHER_SCRIPTS:
        from dosebell_host.reference.scripts import in_latin

        text = in_latin(text)
    lower = text.lower().translate(_PLAIN)
    plain = re.sub(_SIGNS, " ", unicodedata.normalize("NFKD", lower).translate(_PLAIN))
    return _apart(plain.encode("ascii", "ignore").decode())


def _apart(plain: str) -> str:
    """`VitK2` is `vit k2`."""
    glued = any(each in plain for each in _MAY_BE_GLUED)
    return re.sub(_GLUED, r"\1 \2", plain) if glued else plain


def sound_of(name: str) -> str:
    """A name as other languages spell it: `Warfarina`, `varfariini` and `warfarine` are one."""
    return " ".join(
        word if len(word) < SOUNDED_FROM else sounds_of([word])[0] for word in name.split(" ")
    )


def sounds_of(words: Iterable[str]) -> list[str]:
    """As `sound_of`, of many words at once that are long enough for it."""
    lines = "\n".join(words)
    for spelt, sound in _SOUNDS:
        lines = lines.replace(spelt, sound)
    lines = re.sub(_DOUBLE, r"\1", lines)
    return re.sub(_ENDING, "", lines).split("\n")


def slips_between(one: str, other: str) -> int | None:
    """How many slips of the pen are between two names; None where they are too many."""
    return _slips(one.lower()[:_LONGEST], other.lower(), max)


def nearest(name: str, known: Iterable[str], in_doubt: bool = False) -> str | None:
    """The known name that is a few slips of the pen away, or None where none is.

    `in_doubt`: as many slips are allowed as the longer of the two names has room for.
    """
    wanted = name.lower()[:_LONGEST]
    slips = ((_slips(wanted, each.lower(), max if in_doubt else min), each) for each in known)
    near = ((count, each) for count, each in slips if count is not None)
    best = min(near, key=lambda found: found[0], default=None)
    return best[1] if best else None


def _slips(wanted: str, known: str, length_of: Callable[[int, int], int]) -> int | None:
    """How many slips are between two names; None where there are too many for their length."""
    allowed = _allowed(length_of(len(wanted), len(known)))
    if abs(len(wanted) - len(known)) > allowed or not _may_be_near(wanted, known):
        return None
    slips = _distance(wanted, known, allowed)
    return slips if slips <= allowed else None


def _allowed(length: int) -> int:
    return next((slips for longest, slips in _SLIPS if length <= longest), _SLIPS[-1][1])


def _may_be_near(wanted: str, known: str) -> bool:
    """Counting slips is slow, so names that begin and end otherwise are left out."""
    return any(one == other for one, other in zip(_ends(wanted), _ends(known), strict=True))


def _ends(name: str) -> tuple[tuple[int, str], ...]:
    return (0, name[:1]), (1, name[1:4]), (2, name[-3:])


def _distance(one: str, other: str, allowed: int) -> int:
    """Letters to add, drop, change or swap with the next; more than `allowed` is not counted."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, before, row = before, row, [place]
        for there, its in enumerate(other, 1):
            cost = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != its))
            swapped = place > 1 and there > 1 and letter == other[there - 2]
            if swapped and one[place - 2] == its:
                cost = min(cost, last[there - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return allowed + 1
    return row[-1]


class NamesByEnds:
    """Many names, by how they begin and end: of thousands only a few can be near to another."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._places: dict[tuple[int, str], list[int]] = {}
        for place, name in enumerate(self._names):
            for end in _ends(name):
                self._places.setdefault(end, []).append(place)

    def like(self, wanted: str) -> list[str]:
        """All names that `nearest` would not leave out at once, in their order."""
        ends = _ends(wanted[:_LONGEST])
        places = {place for end in ends for place in self._places.get(end, ())}
        return [self._names[place] for place in sorted(places)]
