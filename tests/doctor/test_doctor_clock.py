"""`dosebell doctor` on the clock of the box, its battery and its drift."""

from dataclasses import replace
from typing import Any

import pytest

from dosebell_host.box.clock_drift import Offset
from dosebell_host.doctor.facts import BoxFacts, Facts
from dosebell_host.history.records import FIRST_JOURNAL, parse
from examined import DAY_S, FINE, HELLO, NOW_S, STATUS, of_box, of_laptop, told

# The clock.


@pytest.mark.parametrize(
    ("hello", "ahead_s", "expected"),
    [
        ({}, 0.4, "ok: set by a laptop, 0.4 s ahead of this laptop's"),
        ({"trust": "rtc"}, -0.4, "ok: kept by the battery clock, 0.4 s behind this laptop's"),
        (
            {"trust": "reset"},
            -8.0,
            "warn: carried over a restart, right to about 10 s, 8.0 s behind this laptop's:"
            " the next command that asks the box sets it",
        ),
        (
            {},
            -1800.0,
            "bad: set by a laptop, 30 min behind this laptop's; either may be wrong:"
            " if this laptop is right: dosebell clock --set",
        ),
        (
            {"trust": "unset", "utc": None},
            None,
            "bad: not set, so nothing rings and nothing is judged: dosebell clock --set",
        ),
        (
            {"board": "virtual"},
            None,
            "ok: set by a laptop; a virtual box keeps a time of its own",
        ),
    ],
)
def test_the_clock(hello: dict[str, Any], ahead_s: float | None, expected: str) -> None:
    offset = None if ahead_s is None else Offset(ahead_s, 0.05)
    laptop_s = NOW_S + 0.5 - (ahead_s or 0.0)
    assert told(of_box(hello, offset=offset, laptop_s=laptop_s), "clock") == [expected]


def test_a_laptop_from_before_the_release_is_the_one_that_is_wrong() -> None:
    facts = of_box(laptop_s=NOW_S - 6 * 365.0 * DAY_S, offset=None)
    assert told(facts, "clock") == [
        "bad: this laptop shows a date before dosebell was made: put its date right"
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (of_box(), "ok: there"),
        (
            of_box({"battery_clock": False}),
            "warn: no battery clock: after a power cut it does not know the time until a laptop"
            " sets it: a DS3231 with its cell, on GP4 and GP5",
        ),
        (
            of_box({"trust": "unset", "utc": None}),
            "warn: there, but it had lost the time: is its cell empty?",
        ),
        (
            of_box(status=STATUS._replace(faults=("battery-clock",))),
            "warn: there, but it had lost the time: is its cell empty?",
        ),
    ],
)
def test_the_battery_clock(facts: Facts, expected: str) -> None:
    assert told(facts, "battery") == [expected]


# The drift.


def after(days: float, **changes: Any) -> BoxFacts:
    """A box whose clock was set so long ago."""
    line = f"5 3 {NOW_S - round(days * DAY_S)} host clock - - - step_s=0,was=unset"
    return replace(FINE, last_set=parse(line, FIRST_JOURNAL), **changes)


def drift_after(
    days: float, ahead_s: float, hello: dict[str, Any] | None = None, **changes: Any
) -> str:
    box = after(days, offset=Offset(ahead_s, 0.05), hello=replace(HELLO, **(hello or {})))
    [says] = told(of_laptop(box=replace(box, **changes)), "drift")
    return says


WITHOUT_BATTERY = {"battery_clock": False}


@pytest.mark.parametrize(
    ("hello", "days", "ahead_s", "expected"),
    [
        (WITHOUT_BATTERY, 21, -1.8, "ok: lost 1.8 s in 21 days, about -1.0 ppm (±0.1)"),
        (WITHOUT_BATTERY, 1, 2.5, "ok: gained 2.5 s in 1 day, about +28.9 ppm (±2.9)"),
        (WITHOUT_BATTERY, 0.9, -1.8, "unknown: too soon to tell: 21 h 36 min since it was set"),
        (
            WITHOUT_BATTERY,
            10,
            -120.0,
            "warn: lost 120.0 s in 10 days, about -138.9 ppm (±0.3): more than such a clock"
            " should: a DS3231 keeps better time",
        ),
        (
            {**WITHOUT_BATTERY, "boot": 4},
            21,
            -1.8,
            "unknown: too soon to tell: the box started again since its clock was set",
        ),
        # A battery clock is set and read in whole seconds: what it loses by that is no drift.
        ({}, 21, -1.4, "ok: none seen in 21 days, less than 1.2 ppm"),
        ({"boot": 9}, 100, -15.0, "ok: lost 14.5 s in 100 days, about -1.7 ppm (±0.1)"),
        (
            {},
            10,
            20.0,
            "warn: gained 20.5 s in 10 days, about +23.7 ppm (±1.4): more than such a clock"
            " should: is its cell empty?",
        ),
        ({}, 21, -3600.0, "unknown: waits for clocks that agree"),
        ({"board": "virtual"}, 21, -1.8, "unknown: a virtual box keeps a time of its own"),
    ],
)
def test_the_drift_is_told_with_what_is_not_known_of_it(
    hello: dict[str, Any], days: float, ahead_s: float, expected: str
) -> None:
    assert drift_after(days, ahead_s, hello) == expected


def test_a_drift_that_cannot_be_told() -> None:
    assert drift_after(21, 0.0, last_set=None) == "unknown: waits for a clock that was set"
    assert drift_after(21, 0.0, status=STATUS._replace(faults=("battery-clock",))) == (
        "unknown: waits for clocks that agree"
    )
    assert drift_after(21, 0.0, offset=None) == (
        "unknown: this laptop's clock was moved while it was measured"
    )
