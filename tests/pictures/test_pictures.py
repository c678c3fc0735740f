"""The pictures: sound SVG, the same numbers as a table, and nobody's name breaks them."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell import civil, record
from dosebell_host.history.measures import OFF, by_dose, counts
from dosebell_host.history.outcomes import LATE, OPEN, Outcome
from dosebell_host.history.stock import StockOutlook
from dosebell_host.pictures.chronology import chronology
from dosebell_host.pictures.gaps import gap_strip
from dosebell_host.pictures.marks import EXTRA, MARKS, PARTLY, day_status
from dosebell_host.pictures.months import COUNTED, WORST, month_grid
from dosebell_host.pictures.occasions import Occasion, clock_words
from dosebell_host.pictures.period import Period, runs_of_days
from dosebell_host.pictures.picture import Numbers, Picture
from dosebell_host.pictures.stock import stock_forecast
from dosebell_host.pictures.week import week_grid
from dosebell_host.wording import printable
from gallery_told import pictures, told
from page.gallery import CASES

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = civil.day_of(2026, 11, 23)
NOVEMBER = Period(civil.day_of(2026, 11, 1), civil.day_of(2026, 11, 30))


def outcome(state: str, day: int = MONDAY, slot: int = 0, **more: object) -> Outcome:
    due_s = day * civil.DAY_S + (7 + 5 * slot) * civil.HOUR_S
    taken_s = due_s + 600 if state == record.TAKEN else None
    return Outcome("d3k2", day, slot, due_s, state, taken_s, **more)  # type: ignore[arg-type]


def occasion(found: Outcome) -> Occasion:
    due_min = 420 + 300 * found.slot
    taken = due_min + 10 if found.taken_s is not None else None
    return Occasion(found, taken, due_min, due_min - 60, due_min + 180)


STATES = (
    *(record.TAKEN, record.MISSED, record.SKIPPED, record.UNKNOWN, OPEN),
    record.CANCELLED,
)


@st.composite
def shown(draw: st.DrawFn) -> list[Outcome]:
    """What became of a dose that is due up to three times a day, some days of a November."""
    places = st.tuples(st.sampled_from(NOVEMBER.days), st.integers(0, 2))
    found = []
    for day, slot in sorted(draw(st.sets(places, max_size=40))):
        state = draw(st.sampled_from(STATES))
        taken, flag = state == record.TAKEN, draw(st.booleans())
        made = outcome(state, day, slot, late=taken and flag, soon=taken and draw(st.booleans()))
        off = state == record.SKIPPED and flag
        found.append(outcome(state, day, slot, off=True) if off else made)
    return found


def all_pictures(name: str, found: list[Outcome]) -> Iterator[Picture]:
    seen = [occasion(each) for each in found if each.state != record.CANCELLED]
    measures = next(iter(by_dose(found)), by_dose([outcome(record.MISSED)])[0])
    yield month_grid(name, NOVEMBER, [each.outcome for each in seen])
    yield chronology(name, NOVEMBER, seen)
    yield week_grid(name, NOVEMBER, seen)
    yield gap_strip(name, NOVEMBER, seen, measures)
    yield stock_forecast(name, StockOutlook(12, 7, MONDAY, MONDAY + 12))


def column_sums(numbers: Numbers) -> dict[str, int]:
    """What each of the counted columns adds up to."""
    places = [numbers.head.index(word) for word in COUNTED]
    sums = (sum(int(row[place]) for row in numbers.rows) for place in places)
    return dict(zip(COUNTED, sums, strict=True))


def counted_words(found: list[Outcome]) -> dict[str, int]:
    """The same, counted one by one."""
    each = Counter(one.status for one in found)
    taken = each[record.TAKEN] + each[LATE]
    return {
        "due": taken + each[record.MISSED] + each[record.SKIPPED],
        "taken": taken,
        "late": each[LATE],
        "missed": each[record.MISSED],
        "skipped": each[record.SKIPPED],
        "not known": each[record.UNKNOWN],
        "off by plan": each[OFF],
    }


@pytest.mark.parametrize("case", CASES)
def test_every_picture_is_sound_and_says_what_it_shows(case: str) -> None:
    for picture in pictures(case):
        for svg in (picture.svg, picture.alone):
            root = ET.fromstring(svg)
            assert root.tag == f"{SVG}svg" and root.get("role") == "img"
            title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert title is not None and title.text
            assert description is not None and description.text
        assert all(len(row) == len(picture.numbers.head) for row in picture.numbers.rows)
        assert picture.caption and picture.numbers.caption


@given(found=shown())
def test_the_tables_hold_what_the_outcomes_add_up_to(found: list[Outcome]) -> None:
    grid, dots, week, gaps, _ = all_pictures("D3", found)
    expected = counted_words(found)
    assert column_sums(grid.numbers) == column_sums(week.numbers) == expected
    words = Counter(str(row[-1]).partition(",")[0] for row in dots.numbers.rows)
    assert words[MARKS[record.TAKEN].words] + words[MARKS[LATE].words] == expected["taken"]
    assert words[MARKS[record.MISSED].words] == expected["missed"]
    assert words[MARKS[record.UNKNOWN].words] == expected["not known"]
    runs = [row for row in gaps.numbers.rows if row[0] == "missed in a row"]
    measures = by_dose(found)
    assert len(runs) == (len(measures[0].missed_runs) if measures else len(runs))


@given(found=shown())
def test_a_picture_draws_every_intake_and_every_day_once(found: list[Outcome]) -> None:
    grid, dots, _, gaps, _ = all_pictures("D3", found)
    days = {each.day for each in found if each.state != record.CANCELLED}
    statuses = Counter(day_status(e for e in found if e.day == day) for day in days)
    assert starts(grid, record.TAKEN) == statuses[record.TAKEN]
    taken = counts(found).taken
    assert starts(dots, record.TAKEN) + starts(dots, LATE) == taken
    assert starts(gaps, "intake") == taken


def starts(picture: Picture, kind: str) -> int:
    """How many strokes there are of one kind, in a picture in which each is one."""
    paths = ET.fromstring(picture.svg).iter(f"{SVG}path")
    return sum(str(path.get("d")).count("M") for path in paths if path.get("class") == kind)


@given(found=shown())
def test_what_was_taken_twice_is_framed_in_both_pictures(found: list[Outcome]) -> None:
    grid, dots, *_ = all_pictures("D3", found)
    twice = [each.day for each in found if each.soon]
    assert starts(dots, EXTRA) == len(twice)
    assert starts(grid, EXTRA) == len(set(twice))
    said = [row[-1] for row in grid.numbers.rows]
    assert said == [", ".join(str(civil.date_of(day)[2]) for day in sorted(set(twice)))]


@pytest.mark.parametrize("taken", [1, 2])
def test_a_day_of_several_is_filled_as_far_as_it_was_taken(taken: int) -> None:
    states = [record.TAKEN] * taken + [record.MISSED] * (3 - taken)
    day = [outcome(state, MONDAY, slot) for slot, state in enumerate(states)]
    svg = month_grid("D3", Period(MONDAY, MONDAY), day).svg
    frame, filled = (d for d in drawn_of(svg, PARTLY))
    whole, part = (float(re.findall(r"v-?([\d.]+)", d)[0]) for d in (frame, filled))
    assert part / whole == pytest.approx(taken / 3, abs=0.02)


def drawn_of(svg: str, kind: str) -> list[str]:
    paths = ET.fromstring(svg).iter(f"{SVG}path")
    return [str(path.get("d")) for path in paths if path.get("class") == kind]


def test_what_was_missed_and_what_was_skipped_have_a_row_each() -> None:
    states = [record.MISSED, record.SKIPPED] * 5
    found = [occasion(outcome(state, MONDAY - n)) for n, state in enumerate(states)]
    svg = chronology("D3", NOVEMBER, found).svg
    rows = {
        kind: {y for d in drawn_of(svg, kind) for y in re.findall(r"M\S+ ([\d.]+)", d)}
        for kind in (record.MISSED, record.SKIPPED)
    }
    assert [len(each) for each in rows.values()] == [1, 1]
    ((missed,), (skipped,)) = rows.values()
    assert float(skipped) - float(missed) > 5


def test_the_days_of_the_worst_week_are_underlined() -> None:
    week = range(MONDAY + 4, MONDAY + 11)
    two_months = Period(MONDAY, MONDAY + 20)
    picture = month_grid("D3", two_months, [outcome(record.TAKEN)], week)
    # Four days of November, and three of December.
    assert re.findall(r"h([\d.]+)", "".join(drawn_of(picture.svg, WORST))) == ["36", "27"]


@given(name=st.text(max_size=64), found=shown())
def test_whatever_a_name_holds_is_text(name: str, found: list[Outcome]) -> None:
    for picture in all_pictures(name, found):
        root = ET.fromstring(picture.svg)
        title = root.find(f"{SVG}title")
        assert title is not None and title.text is not None
        assert title.text.startswith(printable(name))
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "path", "text"}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], None),
        ([record.CANCELLED], None),
        ([record.TAKEN], record.TAKEN),
        ([record.TAKEN, LATE], LATE),
        ([record.TAKEN, record.MISSED], PARTLY),
        ([LATE, record.SKIPPED, record.UNKNOWN], PARTLY),
        ([record.MISSED, record.UNKNOWN], record.MISSED),
        ([record.TAKEN, record.UNKNOWN], record.UNKNOWN),
        ([record.TAKEN, OPEN], OPEN),
        ([OFF, OFF], OFF),
        ([OFF, record.TAKEN], record.TAKEN),
    ],
)
def test_a_day_has_one_mark(states: list[str], expected: str | None) -> None:
    assert day_status(map(with_status, states)) == expected


def with_status(status: str) -> Outcome:
    made = {
        LATE: outcome(record.TAKEN, late=True),
        OFF: outcome(record.SKIPPED, off=True),
    }
    return made.get(status) or outcome(status)


def test_every_status_has_a_mark_of_its_own_shape() -> None:
    assert set(MARKS) == {*STATES, LATE, PARTLY, OFF} - {record.CANCELLED}
    shapes = {status: month_shape(status) for status in MARKS if status != PARTLY}
    assert len(set(shapes.values())) == len(shapes)


def month_shape(status: str) -> str:
    """What is drawn of a day of that status, without its colour and its name."""
    svg = month_grid("D3", Period(MONDAY, MONDAY), [with_status(status)]).svg
    paths = [path for path in ET.fromstring(svg).iter(f"{SVG}path") if path.get("color")]
    return "".join(
        f"{path.get('d')} {path.get('fill')} {path.get('stroke-width')};" for path in paths
    )


def test_a_period_is_its_months_without_a_hole() -> None:
    for length in range(1, 800):
        period = Period(civil.day_of(2026, 1, 31), civil.day_of(2026, 1, 31) + length - 1)
        months = list(period.months())
        assert [day for month in months for day in month.days] == list(period.days)
        assert all(
            civil.date_of(month.days[0])[:2] == (m.year, m.number)
            for month in months
            for m in [month]
        )


@given(st.sets(st.integers(0, 60)))
def test_runs_of_days_are_all_days_and_no_two_touch(days: set[int]) -> None:
    runs = list(runs_of_days(days))
    assert [day for run in runs for day in run] == sorted(days)
    assert all(run == list(range(run[0], run[-1] + 1)) for run in runs)
    assert all(one[-1] + 1 < two[0] for one, two in pairwise(runs))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(450, "07:30"), (1460, "00:20 next day"), (-30, "23:30 day before"), (5000, "11:20 +3 days")],
)
def test_a_time_says_when_it_is_not_of_that_day(minutes: int, words: str) -> None:
    assert clock_words(minutes) == words


def test_a_stock_that_lasts_is_told_without_a_day() -> None:
    picture = stock_forecast("D3", StockOutlook(5000, 7, MONDAY, None))
    assert picture.numbers.rows == ((5000, 7, "Mon 23 Nov 2026", "not within two years"),)


def test_the_zone_that_was_set_then_tells_the_time_of_day() -> None:
    home, _ = told("a zone change").doses
    dots = next(each for each in home.pictures if each.numbers.head[0] == "date")
    assert {row[1] for row in dots.numbers.rows} == {"07:30", "09:00"}
