"""No words lie over others or leave their picture: as we reckon, and as a browser measures."""

import xml.etree.ElementTree as ET
from itertools import combinations
from typing import NamedTuple

import pytest

from browser import measured
from dosebell_host.pictures.text_width import fitted, width_of
from gallery_told import pictures
from page.gallery import CASES, LONGEST_NAME

SVG = "{http://www.w3.org/2000/svg}"
# A letter's box in a browser is as high as its line; letters themselves are lower.
OVER = 0.78

SCRIPT = """[...page.querySelectorAll("svg")].map((svg) => ({
  size: [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height],
  words: [...svg.querySelectorAll("text")].map((text) => {
    const box = text.getBBox(), size = Number(text.getAttribute("font-size"));
    const y = Number(text.getAttribute("y"));
    return [text.textContent, box.x, y - size * OVER, box.width, size * OVER];
  })}))""".replace("OVER", str(OVER))


class Box(NamedTuple):
    """Where words are."""

    words: str
    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def problems(size: tuple[float, float], boxes: list[Box]) -> list[str]:
    """Which words lie over others, or outside a picture of that size."""
    outside = [
        f"{box.words} leaves the picture"
        for box in boxes
        if min(box.x, box.y) < -0.5
        or box.x + box.width > size[0] + 0.5
        or box.y + box.height > size[1] + 0.5
    ]
    pairs = combinations(boxes, 2)
    return outside + [f"{a.words} lies over {b.words}" for a, b in pairs if a.meets(b)]


def reckoned(svg: str) -> tuple[tuple[float, float], list[Box]]:
    """The size of a picture, and where its words are at most."""
    root = ET.fromstring(svg)
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    boxes = []
    for text in root.iter(f"{SVG}text"):
        size = float(str(text.get("font-size")))
        wide = width_of(str(text.text), size, text.get("font-weight") is not None)
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[str(text.get("text-anchor"))]
        x, y = float(str(text.get("x"))), float(str(text.get("y")))
        boxes.append(Box(str(text.text), x - left, y - size * OVER, wide, size * OVER))
    return (width, height), boxes


@pytest.mark.parametrize("case", CASES)
def test_words_have_room_by_our_own_reckoning(case: str) -> None:
    for picture in pictures(case):
        assert problems(*reckoned(picture.svg)) == [], picture.numbers.caption


def test_words_have_room_in_a_browser() -> None:
    drawn = [picture for case in CASES for picture in pictures(case)]
    (found,) = measured(["".join(picture.svg for picture in drawn)], SCRIPT)
    for svg, picture in zip(found, drawn, strict=True):
        boxes = [Box(*words) for words in svg["words"]]
        assert problems(tuple(svg["size"]), boxes) == [], picture.numbers.caption
        # Our reckoning is on the safe side.
        _, ours = reckoned(picture.svg)
        assert [box.words for box in ours] == [box.words for box in boxes]
        pairs = zip(ours, boxes, strict=True)
        assert [box for own, box in pairs if own.width < box.width - 0.5] == []


def test_the_measure_sees_what_is_wrong() -> None:
    one, other = Box("one", 0, 0, 10, 8), Box("other", 9, 7, 10, 8)
    assert problems((100, 100), [one, other]) == ["one lies over other"]
    assert problems((15, 100), [other]) == ["other leaves the picture"]


def test_what_has_no_room_is_cut() -> None:
    shown = fitted(LONGEST_NAME, 100, 9)
    assert shown.endswith("…") and LONGEST_NAME.startswith(shown[:-1])
    assert width_of(shown, 9) <= 100
    assert fitted("Mon", 100, 9) == "Mon"
