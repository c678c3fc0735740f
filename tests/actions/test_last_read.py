"""A box that is away, and all that is counted in it: as this laptop last read it."""

from datetime import date, timedelta

import pytest

from desk import Desk
from domain import DROPS_DOSE, Box, dose, plan

STOCKED = plan(
    dose("d3k2", 'at = ["07:30"]', "stock = { count = 9, per_intake = 2, low = 8 }"),
    DROPS_DOSE,
    dose("zinc", 'at = ["12:00"]', "stock = { count = 900 }", days='["mon"]'),
)
D3K2_LEFT = "d3k2: 7 left, runs out on Fri 27 Nov 2026; time to buy more"
ZINC_LEFT = "zinc: 900 left, enough for two years or more"


@pytest.fixture
def desk() -> Desk:
    """Beside a box whose d3k2 was taken on a Monday; the drops ring."""
    desk = Desk(Box.with_schedule(STOCKED, at="2026-11-23 06:00").until("07:31"))
    assert desk.box is not None
    desk.box.press()
    desk.box.until("08:05")
    return desk


def test_without_a_dose_all_that_is_counted_is_listed_with_its_last_day(desk: Desk) -> None:
    assert desk.types("stock").stdout.splitlines() == [D3K2_LEFT, ZINC_LEFT]
    [first, second] = desk.gets("stock")["items"]
    assert first == {
        "dose": "d3k2",
        "count": 7,
        "per_intake": 2,
        "low": 8,
        "is_low": True,
        "is_empty": False,
        "days_left": 4,
        "runs_out": "2026-11-27",
    }
    assert (second["days_left"], second["runs_out"]) == (None, None)
    # The box counts on until then: the last whole intake is that of the day before.
    box = desk.box
    assert box is not None
    for day in (24, 25, 26):
        box.until(f"2026-11-{day} 07:31").press()
    assert desk.types("stock").stdout.splitlines()[0] == (
        "d3k2: 1 left, runs out on Fri 27 Nov 2026; time to buy more"
    )


def test_the_day_on_which_it_runs_out_stays_while_it_rings_and_whenever_it_is_taken() -> None:
    counted = dose("d3k2", 'at = ["07:30"]', "stock = { count = 9, low = 2 }")
    desk = Desk(Box.with_schedule(plan(counted), at="2026-11-23 06:00"))
    box = desk.box
    assert box is not None
    told = [runs_out(desk)]
    box.until("06:45")
    assert desk.types("take", "d3k2").exit_code == 0
    told.append(runs_out(desk))
    for moment in ("08:00", "2026-11-24 07:31"):
        box.until(moment)
        told.append(runs_out(desk))
    box.press()
    told.append(runs_out(desk))
    assert told == [{"2026-12-02"}] * 5


def runs_out(desk: Desk) -> set[str]:
    """The day of which all speak: stock, status, and what is told of a box that is away."""
    today = desk.gets("status")["clock"]["at"][:10]
    [row] = desk.gets("status")["doses"]
    left = [row["days_left"], desk.gets("stock", "d3k2")["days_left"]]
    said = desk.gets("stock")["items"]
    desk.box, box = None, desk.box
    # Nothing of the stock is noted before the first intake.
    said += desk.gets("stock")["items"]
    desk.box = box
    days = {(date.fromisoformat(today) + timedelta(each)).isoformat() for each in left}
    return days | {each["runs_out"] for each in said}


@pytest.mark.parametrize(
    ("left", "words", "low"),
    [
        (7, "7 left, 1 more than it needs", False),
        (6, "6 left, enough to its last day", False),
        (4, "4 left, 2 short of its last day, runs out on Wed 25 Nov 2026", True),
        (0, "empty, 6 short of its last day, is next due on Mon 23 Nov 2026", True),
    ],
)
def test_what_is_left_of_a_course_is_held_against_what_it_still_needs(
    left: int, words: str, low: bool
) -> None:
    course = dose("doxycycline", 'at = ["08:00", "20:00"]', "stock = { count = 9 }")
    desk = Desk(Box.with_schedule(plan(f"{course}end = 2026-11-25\n"), at="2026-11-23 06:00"))
    one = desk.types("stock", "doxycycline", str(left)).stdout
    assert one.startswith(f"doxycycline: {', '.join(words.split(', ')[:2])}.")
    buy = "; time to buy more" if low else ""
    assert desk.types("stock").stdout == f"doxycycline: {words}{buy}\n"
    status = ", ".join(words.split(", ")[:2]) + (": time to buy more" if low else "")
    assert f"Stock     doxycycline: {status}" in desk.types("status").stdout.splitlines()
    said = [desk.gets("stock", "doxycycline"), desk.gets("status")["doses"][0]]
    assert [each["is_low"] for each in (*said, *desk.gets("stock")["items"])] == [low] * 3


def test_a_course_that_is_over_needs_no_more() -> None:
    course = dose("doxycycline", 'at = ["08:00"]', "stock = { count = 1 }")
    desk = Desk(Box.with_schedule(plan(f"{course}end = 2026-11-23\n"), at="2026-11-23 06:00"))
    assert desk.box is not None
    desk.box.until("08:01").press()
    assert desk.types("stock").stdout == "doxycycline: empty, its last day is over\n"


def test_what_is_empty_says_so() -> None:
    desk = Desk(Box.with_schedule(STOCKED, at="2026-11-23 06:00"))
    desk.types("stock", "zinc", "0")
    assert desk.types("stock").stdout.splitlines()[1] == (
        "zinc: empty, is next due on Mon 23 Nov 2026; time to buy more"
    )


def test_where_nothing_is_counted_it_says_how_to_begin() -> None:
    desk = Desk(Box.with_schedule(plan(DROPS_DOSE)))
    assert desk.types("stock").stdout == (
        "The schedule counts no stock; to begin, in your file:"
        " dosebell stock DOSE 90 --file my.toml\n"
    )
    assert desk.gets("stock") == {"items": []}


def test_a_box_that_is_away_has_a_status_as_last_read(desk: Desk) -> None:
    device_id = desk.gets("status")["device_id"]
    desk.box = None
    away = desk.types("status")
    assert away.exit_code == 0
    assert away.stderr.splitlines()[0] == f"The box {device_id} does not answer."
    assert away.stdout.splitlines() == [
        f"Box       {device_id}",
        "As of     Mon 23 Nov 2026 08:00, its last word here",
        "That day  d3k2 taken 07:31, drops open",
        "Then      zinc on Mon 23 Nov at 12:00",
        f"Stock     {D3K2_LEFT}",
        f"Stock     {ZINC_LEFT}",
    ]
    found = desk.gets("status", "--device", device_id[:6])
    assert (found["device_id"], found["noted_until"]) == (device_id, "2026-11-23T08:00:00+01:00")
    assert [(each["dose"], each["status"]) for each in found["today"]] == [
        ("d3k2", "taken"),
        ("drops", "open"),
    ]
    assert found["next"] == {"dose": "zinc", "due": "2026-11-23T12:00:00+01:00"}
    assert found["read_at"] is not None


def test_the_stock_of_a_box_that_is_away_is_shown_and_not_set(desk: Desk) -> None:
    desk.gets("status")
    desk.box = None
    assert desk.types("stock").stdout.splitlines() == [D3K2_LEFT, ZINC_LEFT]
    assert desk.types("stock", "d3k2").stdout == f"{D3K2_LEFT}\n"
    unknown = desk.gets("stock", "drops", code=1)["error"]
    assert (unknown["message"], unknown["fix"]) == (
        "no stock of drops is known here",
        "there is that of d3k2, zinc",
    )
    assert desk.types("stock", "d3k2", "+90").exit_code == 4


def test_a_port_that_is_named_must_answer(desk: Desk) -> None:
    device_id = desk.gets("status")["device_id"]
    desk.box = None
    for words in (["status"], ["stock"], ["stock", "d3k2"]):
        assert desk.types(*words, "--port", f"id:{device_id}").exit_code == 4


def test_a_laptop_that_never_met_a_box_says_that_there_is_none() -> None:
    for words in (["status"], ["stock"]):
        assert Desk().types(*words).exit_code == 4
