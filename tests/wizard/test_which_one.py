"""A word for a kind is asked for its name, so that two of a kind can be told apart."""

from pathlib import Path

import pytest

from dosebell_host.schedule.read_file import load
from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.mentions import Mentioned, read_mentions
from dosebell_host.wizard.new import new_schedule
from dosebell_host.wizard.which_one import each_of_several, is_a_kind, which_question
from listener import Listener

KNOWN = {
    "timezone": "Europe/Berlin",
    "name": "",
    "breakfast": "8",
    "eat": "",
    "lunch": "none",
    "dinner": "none",
    "d3": "none",
    "k2": "none",
}


@pytest.mark.parametrize(
    "name",
    [
        "eye drops",
        "ear drops",
        "drops for the left eye",
        "inhaler",
        "puffer",
        "cream",
        "nose spray",
        "blood pressure pill",
        "water tablet",
        "antibiotic",
        "sleeping pill",
    ],
)
def test_a_word_for_many_things_is_a_kind(name: str) -> None:
    assert is_a_kind(name)


@pytest.mark.parametrize(
    "name", ["timolol eye drops", "ramipril", "calcium", "vitamin D3 1000 IU", "multivitamin", "x"]
)
def test_the_name_of_one_thing_is_none(name: str) -> None:
    assert not is_a_kind(name)


@pytest.mark.parametrize(
    ("kind", "typed", "named"),
    [
        ("eye drops", "timolol", Mentioned("timolol eye drops")),
        ("eye drops", "Timolol eye drops", Mentioned("Timolol eye drops")),
        ("eye drops", "", Mentioned("eye drops")),
        ("eye drops", "don't know", Mentioned("eye drops")),
        ("inhaler", "the blue one", Mentioned("blue inhaler")),
        ("cream", "hydrocortisone 1 %", Mentioned("hydrocortisone cream", strength="1 %")),
        ("blood pressure pill", "ramipril 5 mg", Mentioned("ramipril", strength="5 mg")),
        ("water tablet", "torasemide at 8:00", Mentioned("torasemide", (480,))),
    ],
)
def test_the_name_keeps_how_it_is_given(kind: str, typed: str, named: Mentioned) -> None:
    assert which_question("0.", Mentioned(kind), 0, None).read(typed, {}) == named


def test_a_no_leaves_the_word_and_a_yes_is_no_name() -> None:
    question = which_question("0.", Mentioned("eye drops"), 0, None)
    assert question.read("no", {}) == Mentioned("eye drops")
    for typed in ("yes", "Yes please", "of course", "ok"):
        with pytest.raises(Wrong, match="is no name"):
            question.read(typed, {})


def test_two_of_a_kind_have_two_names() -> None:
    drops = Mentioned("eye drops")
    question = which_question("1.", drops, 1, None)
    with pytest.raises(Wrong, match='"eye drops" stands there already'):
        question.read("", {"0.which": drops})
    with pytest.raises(Wrong, match="these are several"):
        question.read("timolol and latanoprost", {})


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("two different eye drops", ["eye drops", "eye drops"]),
        ("ramipril and 2 inhalers", ["ramipril", "inhaler", "inhaler"]),
        ("two little dogs", ["two little dogs"]),
    ],
)
def test_several_of_a_kind_are_several_things(typed: str, names: list[str]) -> None:
    assert [each.name for each in each_of_several(read_mentions(typed))] == names


def test_whoever_has_two_eye_drops_is_asked_which_they_are(tmp_path: Path) -> None:
    times = ["", "8 12 16 20", "", "1 drop", ""]
    person = Listener(types=["eye drops, eye drops", "timolol", *times, "", *times, "yes"])
    file = tmp_path / "mine.toml"
    new_schedule(file, KNOWN, 0, person.talk)
    assert [what for how, what in person.heard if "which one" in what] == [
        "eye drops: which one is it, by its label (Enter: eye drops)",
        "eye drops (the other one): which one is it, by its label (Enter: eye drops)",
    ]
    assert [(dose.id, dose.name) for dose in load(file).doses] == [
        ("timolol-eye", "timolol eye drops"),
        ("eye-drops", "eye drops"),
    ]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("iron, the pill", ["iron pill"]),
        ("Vitamin C, 1 tablet", ["Vitamin C 1 tablet"]),
        (
            "zinc, capsules; ramipril, 2 tablets, calcium",
            ["zinc capsules", "ramipril 2 tablets", "calcium"],
        ),
        ("warfarin at tea time, ramipril with my tea", ["warfarin", "ramipril"]),
        ("green tea, metformin", ["green tea", "metformin"]),
        # These are two things, and a medicine for itself.
        ("iron and the pill", ["iron", "the pill"]),
        ("ramipril, the pill", ["ramipril", "the pill"]),
        ("iron, water tablet", ["iron", "water tablet"]),
        ("iron, eye drops", ["iron", "eye drops"]),
    ],
)
def test_how_it_is_taken_is_no_other_thing(typed: str, names: list[str]) -> None:
    assert [each.name for each in read_mentions(typed)] == names
