"""A picture and its numbers, and the sheet of SVG that a picture is drawn on.

Everything is drawn in `currentColor`, so that it reads on any page, light or dark, and on paper.
A colour is only an attribute `color` beside a class, which a page may set otherwise.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dosebell_host.pictures.markup import Markup, element, joined
from dosebell_host.pictures.text_width import fitted

FONT = "'Segoe UI', 'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif"
# For what stands beside the marks, and for numbers along an axis; in pixels.
WORDS, SMALL = 10.0, 9.0
_INK, _PAPER = "#1f2328", "#ffffff"

Cell = str | int


class Numbers(NamedTuple):
    """A table: what it is of, its head, and its rows, whose first cell names each."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Picture(NamedTuple):
    """A drawing as SVG, the same as numbers, how to read it, in a line, and the kinds of what is
    drawn, for a legend.
    """

    svg: Markup
    numbers: Numbers
    caption: str
    kinds: frozenset[str]

    @property
    def alone(self) -> Markup:
        """The drawing as a file of its own, with paper below it."""
        paper = f'><rect width="100%" height="100%" fill="{_PAPER}"/>'
        return Markup(self.svg.replace("<svg ", f'<svg color="{_INK}" ', 1).replace(">", paper, 1))


class Sheet:
    """What is drawn, in pixels. Strokes of one kind become one path, however many there are."""

    def __init__(self, width: float, title: str, description: str) -> None:
        self.width = width
        self._words = title, description
        self._paths: dict[tuple[str, tuple[tuple[str, object], ...]], list[str]] = {}
        self._texts: list[Markup] = []

    def path(self, kind: str, steps: str, **look: object) -> None:
        """Add to the path of that kind and look."""
        self._paths.setdefault((kind, tuple(look.items())), []).append(steps)

    def area(
        self, kind: str, x: float, y: float, width: float, height: float, opacity: float = 0.13
    ) -> None:
        """A faint area behind everything of its kind."""
        steps = f"M{at(x)} {at(y)}h{at(width)}v{at(height)}h{at(-width)}z"
        self.path(kind, steps, fill="currentColor", fill_opacity=opacity)

    def line(self, kind: str, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin line."""
        look = {"stroke": "currentColor", "stroke_width": 0.6, "stroke_opacity": 0.3}
        self.path(kind, f"M{at(x)} {at(y)}L{at(to_x)} {at(to_y)}", **look)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        room: float,
        size: float = WORDS,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Words whose base line is at y; they are cut where they need more than their room."""
        shown = fitted(words, room, size, bold)
        weight = "600" if bold else None
        told = element(
            "text", shown, x=x, y=y, font_size=size, text_anchor=anchor, font_weight=weight
        )
        self._texts.append(told)

    def picture(self, height: float, numbers: Numbers, caption: str) -> Picture:
        """All of it, with its numbers and its caption."""
        kinds = frozenset(kind for kind, _ in self._paths)
        return Picture(self.svg(height), numbers, caption, kinds)

    def svg(self, height: float) -> Markup:
        """All of it, areas first, then strokes, then words."""
        title, description = self._words
        return element(
            "svg",
            element("title", title),
            element("desc", description),
            *self._drawn(),
            joined(self._texts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {at(self.width)} {at(height)}",
            width=self.width,
            height=height,
            role="img",
            aria_label=f"{title}. {description}",
            font_family=FONT,
            fill="currentColor",
        )

    def _drawn(self) -> Iterable[Markup]:
        for (kind, look), steps in self._paths.items():
            drawn = {"fill": "none", **dict(look)}
            yield element("path", class_=kind, d="".join(steps), **drawn)


def at(value: float) -> str:
    """A length in as few digits as are seen."""
    return f"{round(value, 1):g}"
