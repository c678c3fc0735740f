"""A virtual box inside the process: it rings, is answered, and is nobody's box."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain import dose, plan
from dosebell_host.box.running_virtuals import find_all
from dosebell_host.errors import UserError
from dosebell_host.resources import history_file, schedules_dir
from dosebell_host.schedule.plan_file import load
from dosebell_host.trial.live_box import BEFORE_DUE_S, LiveBox, LiveLook

# 2026-11-29 00:00 in UTC; the first dose of the day comes at nine in Berlin, a Sunday.
SUNDAY_S = 849225600
NAME = "Vitamin D3 1000 IU + K2 (MK-7) 100 µg"


class Hand:
    """A clock that goes on as somebody moves it."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


@contextmanager
def living(name: str = "d3-k2-breakfast", speed: float = 1.0) -> Iterator[tuple[LiveBox, Hand]]:
    hand = Hand()
    box = LiveBox(load(schedules_dir() / f"{name}.toml"), SUNDAY_S, speed, hand)
    try:
        yield box, hand
    finally:
        box.stop()


def seen_after(box: LiveBox, hand: Hand, seconds: float) -> LiveLook:
    hand.s += seconds
    # What is asked for first is answered before the world follows the clock.
    box.seen()
    return box.seen()


def test_it_begins_shortly_before_a_dose_and_rings() -> None:
    with living() as (box, hand):
        before, rings = box.seen(), seen_after(box, hand, BEFORE_DUE_S + 1)
    assert (before.day, before.time, before.is_dark) == ("Sun 29 Nov 2026", "08:59", True)
    assert before.next == "d3k2, Sun 29 Nov 09:00"
    assert (rings.time, rings.light, rings.sound) == ("09:00", "due", "due-eat")
    assert (rings.rings, rings.is_silent) == ((NAME,), False)
    assert rings.noted[-1] == "Sun 09:00  d3k2 rings with breakfast"


@pytest.mark.parametrize(
    ("press", "held_s", "noted", "light"),
    [
        ("short", 1, "Sun 09:00  d3k2 taken on time, 89 left", "taken"),
        ("long", 3, "Sun 09:00  d3k2 snoozed", "snoozed"),
    ],
)
def test_a_press_answers(press: str, held_s: int, noted: str, light: str) -> None:
    with living() as (box, hand):
        seen_after(box, hand, BEFORE_DUE_S + 1)
        box.press(press)
        seen = seen_after(box, hand, held_s)
    assert (seen.noted[-1].split(" until")[0], seen.light) == (noted, light)


def test_a_very_long_press_takes_it_back() -> None:
    with living() as (box, hand):
        seen_after(box, hand, BEFORE_DUE_S + 1)
        box.press("short")
        seen_after(box, hand, 5)
        box.press("very long")
        seen = seen_after(box, hand, 10)
    assert seen.noted[-2:] == (
        "Sun 09:00  d3k2 taken back: was noted as taken",
        "Sun 09:00  d3k2 rings with breakfast",
    )
    assert seen.rings == (NAME,)


def test_time_goes_faster_and_leaps() -> None:
    with living() as (box, hand):
        box.set_speed(60)
        assert seen_after(box, hand, 60).time == "09:59"
        assert box.leap()
        leapt = seen_after(box, hand, 0)
        assert (leapt.day, leapt.time, leapt.speed) == ("Mon 30 Nov 2026", "07:29", 60)


def test_the_lamps_of_an_organiser_shine_where_the_dose_lies() -> None:
    with living("organiser-14") as (box, hand):
        seen = seen_after(box, hand, BEFORE_DUE_S + 1)
    assert {lamp.place: lamp.rhythm for lamp in seen.lamps if lamp.rhythm != "off"} == {7: "due"}
    assert len(seen.lamps) == 14


def test_whoever_waits_hears_of_a_change_and_of_the_end() -> None:
    with living() as (box, hand):
        seen_after(box, hand, 0)
        version = box.wait(-1, 0)
        seen_after(box, hand, BEFORE_DUE_S + 1)
        later = box.wait(version, 60)
    assert version < later < box.wait(later, 60)


def test_no_command_finds_it_and_no_history_knows_it() -> None:
    with living():
        assert find_all() == []
        assert not history_file().exists()


def test_a_schedule_that_is_over_is_told(tmp_path: Path) -> None:
    over = tmp_path / "over.toml"
    over.write_text(plan(dose("drops", 'at = ["08:00"]', "end = 2026-11-28")), encoding="utf-8")
    with pytest.raises(UserError, match="nothing rings any more by this schedule"):
        LiveBox(load(over), SUNDAY_S)
