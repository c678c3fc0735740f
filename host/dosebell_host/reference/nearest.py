"""Names as people write them: made comparable, and the known one a slip of the pen away."""

import re
import unicodedata
from collections.abc import Iterable

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
_DOUBLE = re.compile(r"(.)\1")
# The ending that a language gives to a name, or takes from it.
_ENDING = re.compile(r"(?:um|as|is|os|us|ue|e|a|o|i|s)$")
# A shorter name is told by every letter of it.
_SOUNDED_FROM = 6


def key_of(text: str) -> str:
    """Lower case, without accents, only words and digits with one space between them."""
    lower = text.lower().translate(_PLAIN)
    plain = unicodedata.normalize("NFKD", lower).translate(_PLAIN)
    return " ".join(re.findall(r"[a-z]+|[0-9]+", plain.encode("ascii", "ignore").decode()))


def sound_of(name: str) -> str:
    """A name as other languages spell it: `Warfarina`, `varfariini` and `warfarine` are one."""
    return " ".join(map(_sound_of_word, name.split(" ")))


def _sound_of_word(word: str) -> str:
    if len(word) < _SOUNDED_FROM:
        return word
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    word = _DOUBLE.sub(r"\1", word)
    return _ENDING.sub("", word)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is a few slips of the pen away, or None where none is."""
    wanted = name.lower()[:_LONGEST]
    near = ((slips, each) for each in known if (slips := _slips(wanted, each.lower())) is not None)
    best = min(near, key=lambda found: found[0], default=None)
    return best[1] if best else None


def _slips(wanted: str, known: str) -> int | None:
    """How many slips are between two names; None where there are too many for their length."""
    allowed = _allowed(min(len(wanted), len(known)))
    if abs(len(wanted) - len(known)) > allowed or not _may_be_near(wanted, known):
        return None
    slips = _distance(wanted, known, allowed)
    return slips if slips <= allowed else None


def _allowed(length: int) -> int:
    return next((slips for longest, slips in _SLIPS if length <= longest), _SLIPS[-1][1])


def _may_be_near(wanted: str, known: str) -> bool:
    """Counting slips is slow, so names that begin and end otherwise are left out."""
    ends = {(wanted[:1], known[:1]), (wanted[1:4], known[1:4]), (wanted[-3:], known[-3:])}
    return any(one == other for one, other in ends)


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
