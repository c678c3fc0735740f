"""Markup that cannot be broken by what is in it: whatever is no `Markup` is text, and escaped.

Names, titles and faults were written by others, on a laptop or by a box.
"""

from collections.abc import Iterable
from html import escape

from dosebell_host.wording import printable

# Elements of HTML that hold nothing, and are not closed.
_VOID = frozenset({"meta", "br", "hr", "link"})


class Markup(str):
    """Text that is markup already. Only `element` and constants of this program make it."""

    __slots__ = ()

    def __html__(self) -> str:
        """As a template takes what it need not escape; any other text it escapes."""
        return self


def element(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element of HTML or SVG with its children. An attribute that is None is left out; `_` in
    its name stands for `-`, and one at the end for nothing (`class_`).
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{said}>")
    return Markup(f"<{name}{said}>{joined(children)}</{name}>")


def joined(parts: Iterable[str]) -> Markup:
    """The parts one after another, text among them escaped."""
    return Markup("".join(map(markup, parts)))


def markup(text: str) -> Markup:
    """The text as markup, unless it is that already."""
    return text if isinstance(text, Markup) else Markup(escape(_shown(text), quote=False))


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value, 1):g}"
    return escape(_shown(str(value)))


def _shown(text: str) -> str:
    return text if text.isprintable() else printable(text)
