"""A mineral binds by being there: hours apart are checked by the name where no amount is known."""

import pytest

from advice_texts import a_schedule, at, findings, takes, the_finding, verdict

LEVO = takes("levothyroxine 06:30")
NONE = ("CONTENTS-NONE", "warning")
ERROR, PERHAPS = ("MIN-LEVO", "error"), ("MIN-LEVO", "warning")


@pytest.mark.parametrize(
    "name",
    [
        "iron",
        "iron, the brown ones",
        "calcium",
        "Calcium + D3",
        "Magnesium citrate",
        "Eisentabletten",
        "Slow-Mag",
        "Tardyferon",
        "Gaviscon",
        "Adcal D3",
        "Iron and vitamin C",
    ],
)
@pytest.mark.parametrize("time", ["07:00", "08:00", "10:00"])
def test_a_mineral_without_an_amount_is_too_close_all_the_same(name: str, time: str) -> None:
    assert findings(at(time, name=name), person=LEVO) == {NONE, ERROR}


def test_it_is_as_far_as_the_same_thing_without_a_ring() -> None:
    for minute in range(0, 24 * 60, 15):
        time = f"{minute // 60:02}:{minute % 60:02}"
        rings = findings(at(time, name="iron"), person=LEVO) - {NONE}
        silent = findings(
            at("20:00", name="Zzqq"), person=takes("levothyroxine 06:30", f"iron {time}")
        )
        assert rings == silent - {NONE}, time


@pytest.mark.parametrize(
    "name", ["Multivitamin", "prenatal vitamins", "Centrum", "eye vitamins", "Zzqq calcium"]
)
def test_what_only_may_hold_one_is_a_warning(name: str) -> None:
    assert findings(at("08:00", name=name), person=LEVO) == {NONE, PERHAPS}


@pytest.mark.parametrize(
    "name",
    [
        "Zzqq",
        "Lumigan",
        "Vitamin C tablets",
        "Vitamin D3",
        "atorvastatin calcium",
        "omeprazole magnesium",
        "calcium channel blocker",
        "iron infusion",
    ],
)
def test_what_holds_no_mineral_or_is_not_swallowed_is_not_too_close(name: str) -> None:
    assert findings(at("08:00", name=name), person=LEVO) == {NONE}


@pytest.mark.parametrize("name", ["zinc cream", "magnesium bath", "vitamin E cream", "iron patch"])
def test_of_what_only_touches_the_skin_it_is_a_note_that_it_has_no_contents(name: str) -> None:
    assert findings(at("08:00", name=name), person=LEVO) == {("CONTENTS-NONE", "note")}


def test_a_blood_test_for_iron_is_not_swallowed() -> None:
    assert findings(at("08:00", name="blood test: iron"), person=LEVO) == set()


def test_four_hours_later_there_is_nothing_to_say_of_the_time() -> None:
    assert findings(at("10:30", name="iron"), person=LEVO) == {NONE}


def test_what_was_seen_is_told_by_its_name_and_the_dose() -> None:
    found = the_finding("MIN-LEVO", at("07:00", name="iron"), person=LEVO)
    assert found.doses == ("pill",)
    assert found.seen == "iron at 07:00, levothyroxine at 06:30: 30 min apart"


def test_contents_without_anything_in_them_say_no_more_than_none() -> None:
    assert ERROR in findings(at("07:00", name="iron") + "contents = []\n", person=LEVO)


def test_it_counts_in_no_sum() -> None:
    text = a_schedule(at("07:00", name="iron 400 mg"), person=LEVO)
    assert verdict(text).sums == ()
    assert not [each for each in verdict(text).findings if each.rule == "NUTR-UL"]
