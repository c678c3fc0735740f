"""A dose that says nothing of its contents is told, and `--fix` writes what its name says."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from advice_texts import (
    CLEAN,
    D3,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    at,
    findings,
    takes,
    the_finding,
    verdict,
)
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.cli import main

NOTE, WARNING = {("CONTENTS-NONE", "note")}, {("CONTENTS-NONE", "warning")}


def named(name: str, **keys: object) -> str:
    return a_dose(ident="pill", **({"name": name} | keys))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        # The name reads like a vitamin, a mineral or a medicine.
        ("Vitamin D3 + K2 (MK-7) 100 µg", WARNING),
        ("Magnesium 400 mg", WARNING),
        ("D3", WARNING),
        ("Vitamine D 1000 UI", WARNING),
        ("Zink", WARNING),
        ("Multivitamin", WARNING),
        ("cod liver oil", WARNING),
        ("Levothyroxine 75 µg", WARNING),
        ("Marcumar", WARNING),
        # It reads like none of these.
        ("Eye drops for dry eyes", NOTE),
        ("Fish oil 1000 mg", NOTE),
        ("Vitamin C 500 mg", NOTE),
        ("Stretching", NOTE),
    ],
)
def test_a_dose_without_contents_is_told(name: str, found: set[tuple[str, str]]) -> None:
    assert findings(named(name)) == found


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("warfarin", WARNING),
        ("hydrochlorothiazide", WARNING),
        ("digoxin", WARNING),
        ("metformin", NOTE),
    ],
)
def test_it_is_a_warning_where_a_medicine_is_listed_that_it_may_matter_to(
    listed: str, found: set[tuple[str, str]]
) -> None:
    assert findings(named("The green one"), person=takes(listed)) == found
    # Nobody swallows drops for the eyes.
    assert findings(named("Eye drops"), person=takes(listed)) == NOTE


def test_it_says_what_it_reads_and_what_it_may_matter_to() -> None:
    found = the_finding(
        "CONTENTS-NONE",
        named("Vitamin D3 + K2 (MK-7) 100 µg"),
        person=takes("warfarin", "Euthyrox 06:30"),
    )
    assert (found.doses, found.seen) == (
        ("pill",),
        '"Vitamin D3 + K2 (MK-7) 100 µg" without contents; it reads like vitamin D and vitamin K;'
        " you listed Euthyrox (levothyroxine) and warfarin",
    )


@pytest.mark.parametrize(
    ("dose", "found"),
    [
        (a_dose(D3(10)), set()),
        (named("Eye drops", contents=[]), set()),
        (named("Vitamin D3 1000 IU", contents=[]), WARNING),
        (named("Levothyroxine", medicine="levothyroxine"), set()),
    ],
)
def test_who_says_what_it_holds_is_not_asked(dose: str, found: set[tuple[str, str]]) -> None:
    assert findings(dose, person=takes("metformin")) == found


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "Vitamin D3 1000 IU + K2 (MK-7) 100 µg",
            {
                "contents": [
                    {"nutrient": "vitamin-d3", "amount": 1000, "unit": "IU"},
                    {"nutrient": "vitamin-k2", "form": "MK-7", "amount": 100, "unit": "mcg"},
                ]
            },
        ),
        (
            "Magnesium 400 mg",
            {"contents": [{"nutrient": "magnesium", "amount": 400, "unit": "mg"}]},
        ),
        (
            "D3/K2 5000 IU/100 mcg",
            {
                "contents": [
                    {"nutrient": "vitamin-d3", "amount": 5000, "unit": "IU"},
                    {"nutrient": "vitamin-k2", "amount": 100, "unit": "mcg"},
                ]
            },
        ),
        (
            "Vitamin D3 1.000 IE",
            {"contents": [{"nutrient": "vitamin-d3", "amount": 1000, "unit": "IU"}]},
        ),
        ("Zink 12,5 mg", {"contents": [{"nutrient": "zinc", "amount": 12.5, "unit": "mg"}]}),
        ("Euthyrox 75", {"medicine": "Euthyrox 75"}),
    ],
)
def test_what_the_name_says_for_certain_is_written(name: str, keys: dict[str, object]) -> None:
    text = a_schedule(named(name))
    new, done = corrected(text, "plan.toml", TODAY)
    before, after = (tomllib.loads(each)["dose"][0] for each in (text, new))
    assert {key: after[key] for key in after if key not in before} == keys
    assert [each.rule for each in done] == ["CONTENTS-NONE"]
    assert corrected(new, "plan.toml", TODAY)[0] == new


@pytest.mark.parametrize(
    ("name", "take"),
    [
        # An amount is missing, or may be two things.
        ("Vitamin D3 + K2 (MK-7) 100 µg", ""),
        ("Magnesium 1.000 mg", ""),
        ("2 x D3 1000 IU", ""),
        ("D3", ""),
        # The amount of one piece, or of all?
        ("Vitamin D3 1000 IU", "2 capsules"),
        ("Multivitamin", ""),
        ("Atorvastatin calcium Xyz", ""),
        ("Magnesium Xyzol 200 mg", ""),
    ],
)
def test_what_the_name_leaves_open_is_left_to_the_label(name: str, take: str) -> None:
    text = a_schedule(named(name, take=take))
    assert corrected(text, "plan.toml", TODAY)[0].count("contents") == 0


def test_what_was_hidden_is_found_once_it_is_written() -> None:
    """Magnesium an hour after levothyroxine: silence before, and then moved away."""
    text = a_schedule(
        at("08:00", ident="mg", name="Magnesium citrate 100 mg"),
        person=takes("levothyroxine 07:00"),
    )
    new, done = corrected(text, "plan.toml", TODAY)
    assert [(each.rule, each.dose) for each in done] == [
        ("CONTENTS-NONE", "mg"),
        ("MIN-LEVO", "mg"),
    ]
    assert done[0].text() == (
        "mg: contents not said -> magnesium citrate 100 mg (compound), as its name says; does the"
        " label say so, too?"
    )
    assert [each.rule for each in verdict(new).findings if each.rule == "MIN-LEVO"] == []
    assert verdict(new).held == []


def test_the_hard_stop_comes_to_light(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = a_schedule(named("Vitamin K2 (MK-7) 100 µg"), person=takes("warfarin"))
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--fix", str(path)])
    assert done.exit_code == 1
    said = " ".join(done.stdout.split())
    assert "CONTENTS-NONE pill: contents not said -> vitamin-k2 MK-7 100 mcg" in said
    assert "held back by 1 error" in done.stdout


@pytest.mark.parametrize(
    ("name", "contents", "take", "seen"),
    [
        (
            "Vitamin D3 5000 IU",
            D3(1000, "IU"),
            "",
            "the name says 125 mcg (5,000 IU) of vitamin D, contents 25 mcg (1,000 IU)",
        ),
        (
            "K2 (MK-7) 100 µg",
            MK7(200),
            "1 capsule",
            "the name says 100 mcg of vitamin K, contents 200 mcg",
        ),
        (
            "Magnesium 100 mg",
            Mg(400),
            "",
            "the name says 100 mg of magnesium, contents 400 mg",
        ),
        (
            "D3 1000 IU",
            D3(3000, "IU"),
            "2 capsules",
            "the name says 25 mcg (1,000 IU) of vitamin D, contents 75 mcg (3,000 IU)",
        ),
    ],
)
def test_a_name_that_says_another_amount_is_noticed(
    name: str, contents: str, take: str, seen: str
) -> None:
    found = the_finding("NAME-AMOUNT", a_dose(contents, name=name, take=take))
    assert (found.severity, found.doses, found.seen) == ("warning", ("pill",), seen)


@pytest.mark.parametrize(
    ("name", "contents", "take"),
    [
        ("Vitamin D3 1000 IU", D3(25), ""),
        ("Vitamin D3 25 µg (1000 IU)", D3(1000, "IU"), ""),
        # Two pieces of one.
        ("Vitamin D3 1000 IU", D3(2000, "IU"), "2 capsules"),
        ("Vitamin D3 1000 IU", D3(2000, "IU"), "both capsules"),
        # A salt and the metal in it.
        ("Magnesium glycinate 400 mg", Mg(56, form="glycinate"), ""),
        # Rounded.
        ("Vitamin D3 2000 IU", D3(50.5), ""),
        ("D3", D3(25), ""),
        ("Vitamin D3 1000 IU", MK7(), ""),
        ("2 x D3 1000 IU", D3(2000, "IU"), ""),
    ],
)
def test_a_name_that_agrees_is_silent(name: str, contents: str, take: str) -> None:
    found = findings(a_dose(contents, name=name, take=take))
    assert "NAME-AMOUNT" not in {rule for rule, _ in found}


def test_a_course_that_is_over_is_no_longer_judged() -> None:
    over = named("Magnesium", end=dt.date(2026, 1, 1))
    assert findings(over, person=CLEAN) == set()


@pytest.mark.parametrize("name", ["Aspirin 100", "Clexane 40", "Carbimazole 5 mg"])
def test_a_dose_that_is_a_medicine_beside_which_only_amounts_matter_is_a_note(name: str) -> None:
    assert findings(a_dose(name=name)) == {("CONTENTS-NONE", "note")}


@pytest.mark.parametrize(
    ("name", "nutrient", "amount", "salt"),
    [
        ("Ferrous fumarate 210 mg", "iron", 210, {"form": "fumarate", "basis": "compound"}),
        ("Ferrous sulphate 200 mg", "iron", 200, {"form": "sulfate", "basis": "compound"}),
        ("Eisenfumarat 200 mg", "iron", 200, {"form": "fumarate", "basis": "compound"}),
        ("Calcium carbonate 1250 mg", "calcium", 1250, {"form": "carbonate", "basis": "compound"}),
        ("Kalziumkarbonat 500 mg", "calcium", 500, {"form": "carbonate", "basis": "compound"}),
        ("Magnesium citrate 400 mg", "magnesium", 400, {"form": "citrate", "basis": "compound"}),
        ("Magnesiumcitrat 400 mg", "magnesium", 400, {"form": "citrate", "basis": "compound"}),
        (
            "Citrate de magnésium 300 mg",
            "magnesium",
            300,
            {"form": "citrate", "basis": "compound"},
        ),
        ("Mg citrate 200 mg", "magnesium", 200, {"form": "citrate", "basis": "compound"}),
        ("Magnesium oxide 400 mg", "magnesium", 400, {"form": "oxide", "basis": "compound"}),
        ("Zinc gluconate 50 mg", "zinc", 50, {"form": "gluconate", "basis": "compound"}),
        # Labels that name the metal first mean the metal; the name alone does not say.
        ("Magnesium 400 mg (as citrate)", "magnesium", 400, {"form": "citrate"}),
        ("Magnesium (as magnesium citrate) 400 mg", "magnesium", 400, {"form": "citrate"}),
        ("Calcium (carbonate) 600 mg", "calcium", 600, {"form": "carbonate"}),
        ("Magnesium 375 mg (oxide and citrate)", "magnesium", 375, {}),
        (
            "Magnesium L-threonate 2 g",
            "magnesium",
            2,
            {"form": "threonate", "basis": "compound"},
        ),
        # This one says it.
        (
            "Magnesium glycinate, elemental 200 mg",
            "magnesium",
            200,
            {"form": "glycinate", "basis": "elemental"},
        ),
        ("Iron (ferrous sulfate) 65 mg", "iron", 65, {"form": "sulfate"}),
        ("Calcium 500 mg", "calcium", 500, {}),
    ],
)
def test_a_salt_is_proposed_as_a_salt(
    name: str, nutrient: str, amount: int, salt: dict[str, str]
) -> None:
    text = a_schedule(a_dose(name=name), person=takes("levothyroxine 01:00"))
    new, _ = corrected(text, "plan.toml", TODAY)
    unit = "g" if name.endswith(" g") else "mg"
    expected = {"nutrient": nutrient, "amount": amount, "unit": unit, **salt}
    assert tomllib.loads(new)["dose"][0]["contents"] == [expected]
