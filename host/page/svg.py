"""The few shapes that the drawings are made of.

Each drawing brings its own light background, so that it reads on a dark page too, and the light
differs from the sound by its place as well as by its colour.
"""

from xml.sax.saxutils import escape, quoteattr

INK = "#1f2328"
MUTED = "#59636e"
FAINT = "#d8dee4"
PAPER = "#ffffff"
BAND = "#f6f8fa"
LIGHT = "#f5b301"
LIGHT_EDGE = "#9a6700"
SOUND = "#0969da"
SOUND_EDGE = "#0a3069"

FONT = "'Segoe UI', 'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif"


class Drawing:
    """A sheet of a width and a height in pixels, or in tenths of a millimetre for printing."""

    def __init__(self, width: int, height: int, title: str, printed: bool = False) -> None:
        size = (f"{width / 10:g}mm", f"{height / 10:g}mm") if printed else (width, height)
        self._shapes = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{size[0]}" height="{size[1]}" role="img" aria-label={quoteattr(title)} '
            f'font-family="{FONT}">',
            f"<title>{escape(title)}</title>",
        ]
        self.box(0.5, 0.5, width - 1, height - 1, PAPER, FAINT, 8)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        edge: str = "none",
        radius: float = 0,
    ) -> None:
        self._shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" '
            f'fill="{fill}" stroke="{edge}"/>'
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, edge: str = FAINT) -> None:
        self._shapes.append(
            f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{edge}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 14,
        fill: str = INK,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self._shapes.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
            f"{weight}>{escape(words)}</text>"
        )

    def put(self, picture: str) -> None:
        """Another picture, which knows its own place."""
        self._shapes.append(picture)

    def __str__(self) -> str:
        return "\n".join([*self._shapes, "</svg>"]) + "\n"
