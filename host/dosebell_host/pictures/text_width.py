"""How wide words are at most, in any of the fonts that may show them."""

import unicodedata

# Widths in ems, of the widest of the fonts that are asked for (DejaVu Sans), and a little more.
_NARROW = dict.fromkeys("iljI|.,:;'!", 0.37) | dict.fromkeys(" ft()[]/-r", 0.42)
_BROAD = dict.fromkeys("mwMWOQGDHNU@%&—…", 1.0)
_LETTER, _CAPITAL, _IDEOGRAM = 0.66, 0.78, 1.3
_BOLD = 1.15
_CUT = "…"


def width_of(words: str, size: float, bold: bool = False) -> float:
    """At most so many pixels, in letters of that size."""
    return size * sum(map(_ems, words)) * (_BOLD if bold else 1)


def fitted(words: str, room: float, size: float, bold: bool = False) -> str:
    """The words, cut where they are wider than the room."""
    if width_of(words, size, bold) <= room:
        return words
    while words and width_of(words + _CUT, size, bold) > room:
        words = words[:-1]
    return words.rstrip() + _CUT


def _ems(character: str) -> float:
    known = _NARROW.get(character) or _BROAD.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _IDEOGRAM
    if character.isascii() or character.islower():
        return _CAPITAL if character.isupper() else _LETTER
    return 1.0
