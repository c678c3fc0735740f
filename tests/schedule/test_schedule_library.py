"""The ready-made schedules: what each says of itself is what the checks say of it."""

import datetime as dt
import re
from pathlib import Path

import pytest

from advice_texts import TODAY
from dosebell_host.advice.findings import NOTE
from dosebell_host.advice.judge import judge
from dosebell_host.advice.rules.blood_tests import names_a_test
from dosebell_host.advice.rules.table import RULES
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.days import Days
from dosebell_host.schedule.read_file import load

FILES = sorted(schedules_dir().glob("*.toml"))
DEFAULT = schedules_dir() / "d3-k2-breakfast.toml"

# `# check says: D3-UL (notes: D3-INTERVAL)`; "nothing" stands for no error and no warning.
ANNOUNCED = re.compile(
    r"# check says: (?P<said>[A-Z0-9, -]+|nothing)(?: \(notes: (?P<notes>.+)\))?"
)
# No error and no warning, and no note.
NOTHING: tuple[set[str], set[str]] = (set(), set())
# By then a course is over, and a holiday too.
YEARS_LATER = dt.date(2030, 6, 1)

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def head(path: Path) -> list[str]:
    """The comment lines a file begins with, up to the first one that is empty."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines[: next(n for n, line in enumerate(lines) if line in ("#", ""))]


def announced(path: Path) -> tuple[set[str], set[str]]:
    """(errors and warnings, notes) that the first lines of a file announce."""
    *_, last = head(path)
    match = ANNOUNCED.fullmatch(last)
    assert match, last
    said = set() if match["said"] == "nothing" else set(match["said"].split(", "))
    return said, set(match["notes"].split(", ")) if match["notes"] else set()


def found(path: Path, today: dt.date) -> tuple[set[str], set[str]]:
    """(errors and warnings, notes) that the checks find."""
    findings = judge(load(path), today).findings
    notes = {each.rule for each in findings if each.severity == NOTE}
    return {each.rule for each in findings} - notes, notes


@each_file
def test_a_schedule_has_exactly_the_findings_it_announces(path: Path) -> None:
    assert found(path, TODAY) == announced(path)


@each_file
def test_years_later_it_is_the_same_but_for_a_course_that_is_over(path: Path) -> None:
    over = {"prescribed-loading-course": NOTHING}
    assert found(path, YEARS_LATER) == over.get(path.stem, announced(path))


@each_file
def test_a_schedule_says_in_few_words_whom_it_suits(path: Path) -> None:
    first, *_ = lines = head(path)
    assert first.startswith("# For whoever ")
    assert 2 <= len(lines) <= 4


def test_the_default_passes_without_a_warning() -> None:
    assert found(DEFAULT, TODAY)[0] == set()


@each_file
def test_no_schedule_is_pushed_with_an_error(path: Path) -> None:
    assert judge(load(path), TODAY).held == []


@each_file
def test_who_copies_a_schedule_with_vitamin_k_reads_of_blood_thinners_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comments, _, rest = text.partition("\nversion = 1\n")
    if '"vitamin-k2"' in rest:
        assert "Ask your anticoagulant clinic before you take it." in comments


@each_file
def test_what_is_prescribed_follows_the_prescription(path: Path) -> None:
    comments, _, rest = path.read_text(encoding="utf-8").partition("\nversion = 1\n")
    assert ("prescribed = true" in rest) == ("those of your prescription" in comments)


def test_a_blood_test_has_a_reminder_of_its_own_and_no_contents() -> None:
    path = schedules_dir() / "blood-test.toml"
    [dose] = load(path).doses
    assert (dose.contents, dose.medicine, dose.days) == ((), None, Days("every", (182,)))
    assert dose.start and names_a_test(dose.name)
    assert found(path, TODAY) == NOTHING
    assert path.name in RULES["D3-TEST"].message


@each_file
def test_a_schedule_tells_its_reader_about_the_list_of_medicines(path: Path) -> None:
    schedule = load(path)
    assert schedule.person and schedule.person.medicines == ()
