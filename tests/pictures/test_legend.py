"""The legend tells what is drawn, all of it, and nothing else."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from dosebell import record
from dosebell_host.pictures.legend import SIGNS, legend
from dosebell_host.pictures.marks import BACK_DATED, EXTRA, MARKS
from dosebell_host.pictures.picture import SMALL, Picture, Sheet
from gallery_told import told
from page.gallery import CASES

SVG = "{http://www.w3.org/2000/svg}"
# Lines that only help to see where something is.
HELP = {"row", "week", "hour"}


def sheet_of(case: str) -> list[Picture]:
    """The pictures that are printed of that case."""
    return [picture for dose in told(case).doses for picture in dose.pictures]


def kinds(svg: str) -> set[str]:
    return {str(path.get("class")) for path in ET.fromstring(svg).iter(f"{SVG}path")}


@pytest.mark.parametrize("case", CASES)
def test_the_legend_holds_the_marks_of_a_sheet_and_no_others(case: str) -> None:
    pictures = sheet_of(case)
    drawn = set[str]().union(*(kinds(picture.svg) for picture in pictures))
    explained = [kinds(svg) for svg, _ in legend(pictures)]
    assert set[str]().union(*explained) | HELP >= drawn
    # A mark that lies around another one is shown around a taken one.
    assert all(found & (drawn | {record.TAKEN}) == found for found in explained)


def test_of_the_signs_none_is_told_as_another_one() -> None:
    words = [sign.words for sign in SIGNS.values()]
    assert len(set(words)) == len(words) and set(MARKS) < set(SIGNS)


def outline(kind: str) -> str:
    """Which strokes a sign is made of, however large it is."""
    sheet = Sheet(12, kind, "")
    SIGNS[kind].draw(sheet)
    found = [path for path in ET.fromstring(sheet.svg(12)).iter(f"{SVG}path")]
    return " ".join(re.sub(r"[^A-Za-z]", "", str(path.get("d"))) for path in found)


def test_one_more_differs_from_what_was_noted_later_by_its_shape() -> None:
    of_an_intake = map(outline, (EXTRA, BACK_DATED, record.TAKEN))
    assert [one for one, other in combinations(of_an_intake, 2) if one == other] == []


def words_beside(picture: Picture) -> set[str]:
    texts = ET.fromstring(picture.svg).iter(f"{SVG}text")
    return {str(text.text) for text in texts if float(str(text.get("font-size"))) == SMALL}


def test_beside_a_chronology_stands_when_it_was_due_and_what_its_rows_are() -> None:
    _, drops, _, b12 = told("four for three months").doses
    times = ("10:00", "15:00", "20:00")
    said = {*(f"{what} {time}" for what in ("due", "missed") for time in times), "skipped"}
    assert said < words_beside(drops.pictures[1])
    assert {"due 08:00", "missed", "Mondays"} < words_beside(b12.pictures[1])
    assert "skipped" not in words_beside(b12.pictures[1])


def test_a_due_that_a_journey_moved_once_is_no_usual_one() -> None:
    _, drops = told("a zone change").doses
    dues = {words for words in words_beside(drops.pictures[1]) if words.startswith("due")}
    assert dues == {"due 10:00", "due 15:00", "due 20:00"}
