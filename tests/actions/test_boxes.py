"""Two boxes of two people: each has a name, and the laptop tells them apart by it."""

from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2, DROPS, Box, compiled


def a_box(device_id: str, at: str) -> Box:
    box = Box.bare(at)
    box.app.box.device_id = device_id
    return box


class Two:
    """A laptop with the boxes of a son and his mother, both pushed to; one is plugged in."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(a_box("0a1b2c3d4e5f6071", "2026-11-23 06:00"))
        self.own = self.pushed(folder, f'title = "Mine"\n{D3K2}')
        self.desk.box = a_box("9f8e7d6c5b4a3920", "2026-11-23 06:10")
        self.mothers = self.pushed(folder, f'title = "Drops"\n{DROPS}\n[person]\nname = "Ida"\n')

    def pushed(self, folder: Path, text: str) -> str:
        file = folder / "mine.toml"
        file.write_text(text, encoding="utf-8")
        assert self.desk.types("push", file).exit_code == 0
        assert self.desk.box
        return str(self.desk.box.app.box.device_id)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def test_every_box_ever_met_is_listed_by_what_it_is_called(two: Two) -> None:
    lines = two.desk.types("boxes").stdout.splitlines()
    assert [line.rpartition(", last seen ")[0] for line in lines] == [
        f"{two.mothers} (Ida, Drops), virtual",
        f"{two.own} (Mine), virtual",
    ]
    two.desk.types("name", two.mothers[:4], "mother")
    first, second = two.desk.gets("boxes")["items"]
    assert (first["name"], first["person"], first["title"]) == ("mother", "Ida", "Drops")
    assert (second["name"], second["person"], second["title"]) == (None, None, "Mine")
    assert first["seen_at"].startswith("2026-11-23T")


def test_ports_and_status_call_a_box_by_its_name(two: Two) -> None:
    two.desk.types("name", two.mothers, "mother")
    assert f"  box mother, {two.mothers}  (" in two.desk.types("ports").stdout
    first = two.desk.types("status").stdout.splitlines()[0]
    assert first == f"Box       mother, {two.mothers}, Drops"


def test_a_laptop_that_met_none_says_so() -> None:
    assert Desk().types("boxes").stdout == "This laptop has met no box yet.\n"


def test_a_name_means_the_box_wherever_one_is_meant(two: Two) -> None:
    named = two.desk.types("name", two.mothers, "mother")
    assert named.stdout.startswith(f"mother (Ida, Drops, {two.mothers}), virtual, last")
    assert two.desk.gets("status", "--port", "mother")["device_id"] == two.mothers
    two.desk.types("name", two.own, "mine")
    away = two.desk.types("status", "--port", "mine")
    assert (away.exit_code, away.stderr[:27]) == (4, "the box mine is not there, ")
    # The log works without the box.
    two.desk.box = None
    log = two.desk.types("log", "--device", "mother")
    assert log.stdout.splitlines()[0] == f"mother (Ida, Drops, {two.mothers})"
    several = two.desk.types("log")
    assert several.stderr == (
        f"no box answers, and this laptop knows several: mother (Ida, Drops, {two.mothers}),"
        f" mine (Mine, {two.own}); say which: --device mother.\n"
    )


def test_a_log_of_the_only_box_needs_no_name() -> None:
    desk = Desk(Box.with_schedule(D3K2, at="2026-11-23 06:00"))
    assert desk.types("log").stdout.splitlines()[0] == "Nothing is noted of that time."


def test_a_box_can_be_called_otherwise(two: Two) -> None:
    two.desk.types("name", two.mothers, "mother")
    assert two.desk.types("name", "mother", "ida").stdout.startswith("ida (Ida, ")
    assert [each["name"] for each in two.desk.gets("boxes")["items"]] == ["ida", None]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Mother",
            '"Mother" is no name for a box; write 1 to 32 of a-z, 0-9 and "-", as "mother".',
        ),
        ("", '"" is no name for a box; write 1 to 32'),
        ("a" * 33, "is no name for a box"),
        ("mother dear", '"mother dear" is no name for a box'),
        ("virtual", '"virtual" means a port; choose another, as "mother".'),
        ("com3", '"com3" means a port'),
        ("usb", '"usb" means a port'),
        ("taken", 'is called "taken"; give that one another name first: dosebell name'),
    ],
)
def test_names_that_will_not_do(two: Two, name: str, sentence: str) -> None:
    assert two.desk.types("name", two.own, "taken").exit_code == 0
    refused = two.desk.types("name", two.mothers, name)
    assert (refused.exit_code, sentence in refused.stderr) == (1, True), refused.stderr


def test_the_id_of_a_box_is_no_name_and_a_stranger_gets_none(two: Two) -> None:
    refused = two.desk.types("name", two.mothers, two.own[:3])
    assert refused.stderr == f'"{two.own[:3]}" is the id of a box; choose a word, as "mother".\n'
    stranger = two.desk.types("name", "zzz", "mother")
    assert stranger.stderr == (
        'no box, or not just one, is called "zzz"; this laptop knows'
        f" {two.mothers} (Ida, Drops), {two.own} (Mine).\n"
    )


def test_the_name_of_a_person_is_nothing_that_the_box_gets() -> None:
    without = f"{DROPS}\n[person]\nage = 81\n"
    assert compiled(f'{without}name = "Ida"\n') == compiled(without)
