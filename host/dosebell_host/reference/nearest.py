"""Names as people write them: made comparable, and the nearest known one."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_CUTOFF = 0.6
_LONGEST = 64
_SEARCHED_LENGTHS = 4


def key_of(text: str) -> str:
    """Lower case, without accents, only words and digits with one space between them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z]+|[0-9]+", plain.lower()))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest in letters, or None where none is near."""
    wanted = name.lower()[:_LONGEST]
    some = [each for each in known if _may_be_near(wanted, each)]
    found = difflib.get_close_matches(wanted, some, n=1, cutoff=_CUTOFF)
    return found[0] if found else None


def _may_be_near(wanted: str, known: str) -> bool:
    """Comparing is slow, so names of another length, or that begin otherwise, are left out."""
    if abs(len(known) - len(wanted)) > _SEARCHED_LENGTHS:
        return False
    return known[:1].lower() == wanted[:1] or known[1:4].lower() == wanted[1:4]
