"""What one intake holds, as a form shows it and as it is typed: `D3 1000 IU, K2 MK-7 100 µg`.

It is read as the label of a dose is, and an entry that was not typed over stays as the file has
it, with all that a form does not show.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dosebell_host.editing.keys import with_key
from dosebell_host.schedule.fields import nutrient_name
from dosebell_host.schedule.values import Wrong, show
from dosebell_host.wizard.answers import read_amount

Content = dict[str, Any]

# What an empty list says: that it holds no vitamin and no mineral.
_NOTHING = "nothing"
_SHOWN = ("nutrient", "form", "amount", "unit")
# As people write one content.
_ORDER = (*_SHOWN, "iu", "basis")
# The comma of 10,000 parts nothing.
_BETWEEN = re.compile(r"[;\n]|(?<!\d),|,(?!\d)|\s(?:and|und|plus|[+&])\s", re.IGNORECASE)
_BASIS = re.compile(r"\((elemental|compound|unknown)\)$")
_WORD = r"(?:\d+-)?[^\W\d][\w-]*"
_OTHER = re.compile(rf"(?P<name>{_WORD}(?:\s+{_WORD})*)\s+(?P<amount>\d[\d.,]*\s*\S+)")
_FIX = 'write it as the label has it: "D3 1000 IU, K2 MK-7 100 mcg"'


def shown_contents(value: object) -> str:
    """`vitamin-d3 1000 IU, vitamin-k2 MK-7 100 mcg`; "" where the file does not say it."""
    if value == []:
        return _NOTHING
    return ", ".join(map(_shown, _entries(value)))


def read_contents(typed: str, before: object) -> list[Content] | None:
    """All that one intake holds; None where that is not said. `before` is what the file has.

    Raises `Wrong` for what does not say what it is, how much and in which unit.
    """
    from dosebell_host.reference.recognised import is_none

    if not typed:
        return None
    if is_none(typed):
        return []
    kept = {_shown(each): each for each in _entries(before)}
    parts = (" ".join(part.split()) for part in _BETWEEN.split(typed))
    return [each for part in filter(None, parts) for each in _read(part, kept)]


def with_contents(
    text: str, place: int, before: object, after: list[Content] | None, order: Iterable[str]
) -> str:
    """The text of a file whose dose at that place holds that. Of as many contents as there were
    only what is another value is touched.
    """
    there = _entries(before)
    if not after or len(there) != len(after):
        return with_key(text, ("dose", place), "contents", after, tuple(order))
    for nth, (old, new) in enumerate(zip(there, after, strict=True)):
        for key in _ORDER:
            if old.get(key) != new.get(key):
                at = ("dose", place, "contents", nth)
                text = with_key(text, at, key, new.get(key), _ORDER)
    return text


def _entries(value: object) -> list[Content]:
    entries = value if isinstance(value, list) else []
    return [each for each in entries if isinstance(each, dict)]


def _shown(content: Content) -> str:
    basis = [f"({content['basis']})"] if "basis" in content else []
    return " ".join([*(str(content[key]) for key in _SHOWN if key in content), *basis])


def _read(part: str, kept: Mapping[str, Content]) -> list[Content]:
    from dosebell_host.advice.from_names import contents_in

    if part in kept:
        return [kept[part]]
    basis = _BASIS.search(part)
    words = _BASIS.sub("", part).strip()
    found = contents_in(words) or [_of_no_rule(words)]
    return [{**each, "basis": basis[1]} for each in found] if basis else found


def _of_no_rule(words: str) -> Content:
    """One whose name no rule knows, as `lutein 10 mg`."""
    from dosebell_host.reference.labels import named_in
    from dosebell_host.reference.nearest import label_words

    match = _OTHER.fullmatch(words)
    if not match or named_in(words):
        raise Wrong(f"{show(words)} does not say what it is, how much and in which unit", _FIX)
    amount = read_amount(match["amount"], "D3 1000 IU")
    name = nutrient_name("-".join(label_words(match["name"])))
    return {"nutrient": name, "amount": amount.number, "unit": amount.unit}
