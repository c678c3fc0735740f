"""A slip of units is named as what it is, once; and a sentence fits what the file says."""

import datetime as dt
from typing import Any

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MK4,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    content,
    findings,
    retinol,
    takes,
    the_finding,
    verdict,
)

SLIP = {("UNIT-SLIP", "error")}


@pytest.mark.parametrize("mcg", [400, 600, 800, 1000, 1500, 2000, 4000, 5000, 10_000, 50_000])
@pytest.mark.parametrize("days", ["daily", ["sun"]])
def test_iu_typed_as_mcg_is_told_once(mcg: int, days: Any) -> None:
    assert findings(a_dose(D3(mcg), days=days)) == SLIP


@pytest.mark.parametrize("mg", [12.6, 25, 1000])
def test_mcg_typed_as_mg_are_told_once_too(mg: float) -> None:
    assert findings(a_dose(D3(mg, "mg"))) == SLIP
    found = the_finding("UNIT-SLIP", a_dose(D3(25, "mg")))
    assert (found.seen, found.message) == (
        "vitamin D as 25 mg, which is 25,000 mcg (1,000,000 IU)",
        "This looks like mg typed for mcg. Check the label.",
    )


def test_the_slip_is_named_with_what_was_meant() -> None:
    found = the_finding("UNIT-SLIP", a_dose(content("cholecalciferol", 1000, "mcg")))
    assert (found.seen, found.message) == (
        "1,000 mcg (40,000 IU) of vitamin D at one time",
        "This looks like IU typed as mcg: 1,000 IU are 25 mcg. Check the label.",
    )


@pytest.mark.parametrize(
    ("dose", "rules"),
    [
        # What labels give in mcg, a label with both numbers, and what was prescribed.
        (a_dose(D3(250)), {"D3-UL", "D3-LOAEL"}),
        (a_dose(D3(1250), days=["sun"]), {"D3-UL", "D3-SINGLE", "D3-INTERVAL"}),
        (a_dose(D3(399)), {"D3-UL", "D3-LOAEL"}),
        (a_dose(D3(1000, iu=40_000), days=["sun"]), {"D3-UL", "D3-SINGLE", "D3-INTERVAL"}),
        (a_dose(D3(40_000, "IU"), days=["sun"]), {"D3-UL", "D3-SINGLE", "D3-INTERVAL"}),
        (
            a_dose(D3(1000), days=["sun"], prescribed=True, review=dt.date(2027, 1, 1)),
            {"D3-UL", "D3-INTERVAL", "D3-CALCIUM"},
        ),
    ],
)
def test_what_is_no_slip_is_judged_by_its_amount(dose: str, rules: set[str]) -> None:
    assert {rule for rule, _ in findings(dose)} == rules


def test_who_has_looked_at_the_label_is_told_of_the_amount() -> None:
    found = findings(a_dose(D3(1000)), accepted("UNIT-SLIP"))
    assert found == SLIP | {
        (rule, "error") for rule in ("D3-UL", "D3-LOAEL", "D3-SINGLE", "D3-WEEKDAY")
    }


def test_a_slip_hides_no_medicine() -> None:
    found = the_finding("D3-DIGOXIN", a_dose(D3(1000)), person=takes("digoxin"))
    assert (found.severity, found.seen) == ("warning", "digoxin, and vitamin D")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (MK7(120, "mg"), "This looks like mg typed for mcg. Check the label."),
        (retinol(100, "mg"), "This looks like mg typed for mcg. Check the label."),
        (MK7(1200), "No product has as much in one dose. Check the label: unit and zeros."),
        (MK4(45_001), "No product has as much in one dose. Check the label: unit and zeros."),
        (
            D3(600_000, "IU"),
            "No product has as much in one dose. Check the label: unit and zeros.",
        ),
        (
            Mg(2501),
            "No product has as much in one dose. Is it the weight of the salt? Check the label.",
        ),
        (
            retinol(50_000),
            "This looks like IU typed as mcg: 50,000 IU are 15,000 mcg. Check the label.",
        ),
    ],
)
def test_a_slip_is_told_by_the_unit_it_was_typed_in(part: str, message: str) -> None:
    assert the_finding("UNIT-SLIP", a_dose(part)).message == message


COURSE: dict[str, Any] = {"prescribed": True, "start": dt.date(2026, 11, 22)}


def test_who_gave_an_end_is_not_asked_for_one() -> None:
    far = verdict(a_schedule(a_dose(D3(120), **COURSE, end=dt.date(2027, 6, 1)))).held
    assert [(each.rule, each.message) for each in far] == [
        (
            "D3-COURSE",
            "So high a dose for more than 12 weeks is looked at in between. Ask the prescriber"
            " when, and write that date as review.",
        )
    ]
    much = the_finding("D3-COURSE", a_dose(D3(120), **COURSE, end=dt.date(2027, 2, 1)))
    assert (much.severity, much.message) == (
        "warning",
        "UK loading courses add up to about 7,500 mcg (300,000 IU). Ask the prescriber whether"
        " more is meant.",
    )
    none = the_finding("D3-COURSE", a_dose(D3(120), **COURSE))
    assert none.message.startswith("A high-dose course has an end or review date. Enter it")


@pytest.mark.parametrize(
    ("dose", "message"),
    [
        (a_dose(D3(20_000, "IU")), "A weekly capsule is set to repeat daily."),
        (
            a_dose(D3(20_000, "IU"), days=["mon", "thu"]),
            "A weekly capsule is set to repeat on mon and thu.",
        ),
        (
            a_dose(D3(10), name="WEEKLY D3", days={"monthdays": [1, 15]}),
            "A weekly capsule is set to repeat on day 1 and 15 of the month.",
        ),
        (
            a_dose(D3(10), name="D3, weekly", days=["sun"], at=["08:00", "20:00"], food="fat"),
            "A weekly capsule is set to repeat on sun, 2 times a day.",
        ),
    ],
)
def test_a_weekly_capsule_is_told_its_own_days(dose: str, message: str) -> None:
    assert the_finding("D3-WEEKDAY", dose, person=CLEAN).message == message
