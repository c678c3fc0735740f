"""One sheet of paper for three months of four doses, and no page that is cut on a small screen."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from browser import measured, pages_printed
from dosebell_host.pictures.picture import Picture
from dosebell_host.report.page import page
from dosebell_host.report.pdf import on_paper
from dosebell_host.report.style import PAPER, SCREEN
from gallery_told import told
from page.gallery import CASES

FOOT = ["Made by dosebell 0.1.0, a reminder and no medical device, of the box f67213b122a5d442."]
ON_ONE_SHEET = ("four for three months", "the longest names", "a zone change")
PAPERS = ("A4", "letter")
# How wide a sheet is between its margins, in pixels of CSS.
WIDTHS = {"A4": (210 - 20) / 25.4 * 96, "letter": 8.5 * 96 - 20 / 25.4 * 96}

SCRIPT = """[page.documentElement.scrollWidth,
  ...[...page.querySelectorAll(SELECTOR)].map((each) => each.getBoundingClientRect().right)]"""


def html(case: str) -> str:
    return page(told(case), FOOT)


def as_on_paper(case: str) -> str:
    """The page as it is printed, for a browser that measures only screens."""
    return html(case).replace("@media print", "@media all")


def right_edges(pages: Iterable[str], width: int, selector: str) -> list[list[float]]:
    """Of each page its own width, and where what is so called ends."""
    found: list[list[float]] = measured(pages, SCRIPT.replace("SELECTOR", repr(selector)), width)
    return found


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("paper", PAPERS)
def test_three_months_of_four_doses_take_one_sheet(paper: str, tmp_path: Path) -> None:
    assert pages_printed(on_paper(html("the longest names"), paper), tmp_path) == 1


@pytest.mark.xdist_group("browser")
def test_more_flows_onto_more_sheets(tmp_path: Path) -> None:
    assert pages_printed(on_paper(html("four for a year"), "A4"), tmp_path) > 1


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_cut_at_the_edge_of_a_sheet(paper: str) -> None:
    width = int(WIDTHS[paper])
    pages = map(as_on_paper, ON_ONE_SHEET)
    for edges in right_edges(pages, width, "td, th, svg, p"):
        assert [edge for edge in edges if edge > width + 1] == []


@pytest.mark.xdist_group("browser")
def test_nothing_is_wider_than_a_small_screen() -> None:
    found = right_edges(map(html, CASES), 320, "svg, p, h1, h2, li, .scroll")
    wide = {case: max(edges) for case, edges in zip(CASES, found, strict=True)}
    assert {case: edge for case, edge in wide.items() if edge > 321} == {}


# What holds without a browser, too: how much there is, and that nothing has a width of its own.


@pytest.mark.parametrize("case", ON_ONE_SHEET)
def test_a_sheet_holds_two_rows_of_pictures_a_dose_at_most(case: str) -> None:
    shown = told(case)
    assert len(shown.doses) <= 4
    assert [len(dose.pictures) for dose in shown.doses] == [2] * len(shown.doses)
    high = sum(max(map(height, dose.pictures)) for dose in shown.doses)
    assert high < 400


def height(picture: Picture) -> float:
    (found,) = re.findall(r'^<svg [^>]*viewBox="0 0 \S+ ([\d.]+)"', picture.svg)
    return float(found)


def test_nothing_but_paper_has_a_fixed_width() -> None:
    fixed = re.findall(r"(?<![-\w])width: *([^;}]+)", SCREEN)
    assert set(fixed) <= {"100%"}
    assert "overflow: visible" in PAPER and "display: none" in PAPER
