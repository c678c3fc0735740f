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
from dosebell_host.reference import published_limits

SLIP = {("UNIT-SLIP", "error")}
# mg of which no product has more in one dose.
SLIPS = {"se": 5, "iodine": 50, "zn": 500, "fe": 2000, "ca": 5000}
SLIPS |= {"b6": 1000, "e": 5000, "biotin": 1000}


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
        (
            content("kelp", 500, "mg"),
            "No kelp has as much iodine in one dose. Is it the weight of the alga? Check the"
            " label.",
        ),
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


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        (content("selenium", 55, "mg"), "55 mg of selenium"),
        (content("selenomethionine", 200, "mg"), "200 mg of selenium"),
        (content("iodine", 150, "mg"), "150 mg of iodine"),
        (content("potassium-iodide", 75, "mg"), "75 mg of iodine"),
        (content("zinc", 25_000, "mg"), "25,000 mg of zinc"),
        (content("iron", 14_000, "mg"), "14,000 mg of iron"),
        (content("calcium", 500_000, "mg"), "500,000 mg of calcium"),
        (content("vitamin-b6", 25_000, "mg"), "25,000 mg of vitamin B6"),
        (content("vitamin-e", 12_000, "mg"), "12,000 mg of vitamin E"),
        (content("biotin", 5000, "mg"), "5,000 mg of biotin"),
        (content("vitamin-k1", 100, "mg"), "100 mg of vitamin K"),
        (content("vitamin-k2", 100, "mg"), "100 mg of vitamin K"),
        (content("magnesium", 400_000, "mg", basis="elemental"), "400,000 mg of magnesium"),
    ],
)
@pytest.mark.parametrize("prescribed", [False, True])
def test_mg_typed_for_mcg_is_named_whoever_ordered_it(
    part: str, seen: str, prescribed: bool
) -> None:
    found = the_finding("UNIT-SLIP", a_dose(part, prescribed=prescribed))
    assert (found.severity, found.seen, found.message) == (
        "error",
        f"{seen} at one time",
        "This looks like mg typed for mcg. Check the label.",
    )


@pytest.mark.parametrize(
    "part",
    [
        content("selenium", 55),
        content("selenium", 400),
        content("iodine", 50, "mg"),
        content("zinc", 220, "mg", basis="compound"),
        content("calcium", 3750, "mg", basis="compound", form="carbonate"),
        content("iron", 325, "mg", basis="compound"),
        content("biotin", 300, "mg"),
        content("vitamin-k1", 10, "mg"),
        content("vitamin-e", 400, "IU"),
        content("vitamin-a", 4000, "mcg", form="retinol"),
        content("vitamin-a", 7500, "mcg", form="retinol"),
        content("vitamin-a", 6000, "mcg", form="beta-carotene"),
        D3(100, "IU"),
    ],
)
def test_what_products_have_is_no_slip(part: str) -> None:
    assert "UNIT-SLIP" not in {rule for rule, _ in findings(a_dose(part))}


@pytest.mark.parametrize("short", published_limits.SLIP_MG)
def test_both_sides_of_what_no_product_has(short: str) -> None:
    name, limit = {"b6": "vitamin-b6", "e": "vitamin-e"}.get(short, short), SLIPS[short]
    here, there = (a_dose(content(name, mg, "mg")) for mg in (limit, limit + 0.1))
    assert "UNIT-SLIP" not in {rule for rule, _ in findings(here)}
    assert findings(there) == SLIP


@pytest.mark.parametrize("mcg", published_limits.D_PRESCRIBED_MCG)
def test_what_capsules_on_prescription_hold_is_believed_once_a_week(mcg: int) -> None:
    def slips(mcg: int) -> bool:
        return "UNIT-SLIP" in {
            rule for rule, _ in findings(a_dose(D3(mcg), days=["sun"], prescribed=True))
        }

    assert (slips(mcg), slips(mcg + 100)) == (False, True)


def test_a_slip_of_a_mineral_is_told_once() -> None:
    for name in ("selenium", "iodine", "zinc", "iron", "calcium", "vitamin-b6"):
        assert findings(a_dose(content(name, 20_000, "mg"))) == SLIP


@pytest.mark.parametrize("mcg", [5000, 10_000, 25_000])
def test_iu_of_vitamin_a_typed_as_mcg_are_told_once(mcg: int) -> None:
    found = the_finding("UNIT-SLIP", a_dose(retinol(mcg)))
    iu = f"{mcg:,} IU are {mcg * 3 // 10:,} mcg"
    assert found.message == f"This looks like IU typed as mcg: {iu}. Check the label."
    assert findings(a_dose(retinol(mcg))) == SLIP


@pytest.mark.parametrize(("typed", "iu"), [(5, 200), (10, 400), (25, "1,000"), (75, "3,000")])
def test_mcg_typed_as_iu_is_named_too(typed: int, iu: object) -> None:
    for prescribed in (False, True):
        found = the_finding("UNIT-SLIP", a_dose(D3(typed, "IU"), prescribed=prescribed))
        assert (found.severity, found.seen, found.message) == (
            "warning",
            f"{typed} IU of vitamin D at one time",
            f"This looks like mcg typed as IU: {typed} mcg are {iu} IU. Check the label.",
        )


@pytest.mark.parametrize(
    ("mcg", "days", "slip"),
    [
        (1000, "daily", True),
        (800, "daily", True),
        (5000, "daily", True),
        (800, ["sun"], True),
        (4000, ["sun"], True),
        (1000, ["mon", "thu"], True),
        (1000, ["sun"], False),
        (500, ["sun"], False),
        (2500, {"monthdays": [1]}, False),
        (1250, ["sun"], False),
    ],
)
def test_iu_typed_as_mcg_in_what_is_prescribed(mcg: int, days: Any, slip: bool) -> None:
    dose = a_dose(D3(mcg), days=days, prescribed=True, review=dt.date(2027, 1, 1))
    assert (findings(dose) == SLIP) is slip


@pytest.mark.parametrize(
    ("medicine", "seen"),
    [
        ("colecalciferol 800 mcg", "800 mcg (32,000 IU) of vitamin D"),
        ("Vitamin D3 1000 mcg daily", "1,000 mcg (40,000 IU) of vitamin D"),
        ("vitamin D3 4000 mcg weekly", "4,000 mcg (160,000 IU) of vitamin D"),
        ("Vitamin D 2000 mcg", "2,000 mcg (80,000 IU) of vitamin D"),
        ("Zinc 25000 mg", "25,000 mg of zinc"),
        ("magnesium 400000 mg", "400,000 mg of magnesium"),
    ],
)
def test_a_listed_medicine_with_a_slip_is_told(medicine: str, seen: str) -> None:
    found = the_finding("UNIT-SLIP", a_dose(content("biotin", 5)), person=takes(medicine))
    assert (found.severity, found.doses, found.seen) == (
        "error",
        (f"{medicine} (listed)",),
        f"{seen} at one time",
    )


@pytest.mark.parametrize(
    "medicine",
    [
        "colecalciferol 20 mcg",
        "Vitamin D3 1000 mcg weekly",
        "zinc 15 mg",
        "calcium carbonate 1.5 g",
    ],
)
def test_a_listed_medicine_with_an_amount_that_is_sold_is_no_slip(medicine: str) -> None:
    found = findings(a_dose(content("biotin", 5)), person=takes(medicine))
    assert "UNIT-SLIP" not in {rule for rule, _ in found}


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
    assert none.message == (
        "A course of high doses has an end, or a day of review, which the prescriber knows. Write"
        " it into the file, and the dose that follows the course."
    )


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
