"""A schedule changed without an editor, or in one: a file, or the one that the box has."""

import contextlib
import os
import shlex
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, plan
from dosebell_host.actions.changes.add import add, with_dose
from dosebell_host.actions.changes.away import AwayWishes, away
from dosebell_host.actions.changes.edit import edit
from dosebell_host.actions.changes.move import move
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.remove import without_dose
from dosebell_host.box.reach import Reach
from dosebell_host.errors import NoDevice, UsageError, UserError
from dosebell_host.schedule import read_file
from dosebell_host.talk import Talk
from listener import Listener

DAY = """\
# Mine.
version = 1
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", fat_g = 12 }
lunch = "12:30"
"""
D3K2 = """
[[dose]]
id = "d3k2"
name = "D3 and K2"
with = ["breakfast", "lunch"]
days = "daily"
contents = [
  { nutrient = "vitamin-d3", amount = 1000, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 100, unit = "mcg" },
]
"""
DROPS = """
[[dose]]
id = "drops"
name = "Eye drops"
at = ["08:00", "20:00"]                # for both eyes
days = "daily"
contents = []
"""
LEVO = """
[[dose]]
id = "levo"
name = "Levothyroxine"
at = ["06:30"]
days = "daily"
medicine = "levothyroxine"
"""
ZINC = """
[[dose]]
id = "zinc"
name = "Zinc"
at = ["12:00"]
days = "daily"
contents = [{ nutrient = "zinc", amount = 10, unit = "mg" }]
"""
PERSON = """
[person]                               # stays here
age = 52
medicines = []
"""
MINE = DAY + D3K2 + DROPS + PERSON
AT = ChangeWishes(port="usb")
PUSH = ("asked", "Push it to the box?")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture
def desk(file: Path) -> Desk:
    return Desk.that_pushed(file)


def heard(person: Listener, *how: str) -> list[tuple[str, str]]:
    return [each for each in person.heard if each[0] in how]


def typing(*texts: str) -> Callable[[Path], None]:
    """An editor in which somebody saves these texts, one each time it is opened."""
    left = list(texts)

    def opens(draft: Path) -> None:
        draft.write_text(left.pop(0), encoding="utf-8")

    return opens


def test_a_file_is_moved_and_told_as_a_difference(desk: Desk, file: Path) -> None:
    done = desk.types("move", "drops", "9am", "9pm", "--file", file)
    assert done.stdout.splitlines()[-6:] == [
        "~ dose drops: at 08:00, 20:00 -> 09:00, 21:00",
        f"Changed {file}.",
        f"Plug the box in, then: dosebell push {file}",
        "No box at hand? Try it in a virtual one, in two windows:",
        "  dosebell virtual --at-next",
        f"  dosebell push {file} --port virtual",
    ]
    assert file.read_text(encoding="utf-8") == MINE.replace(
        '["08:00", "20:00"]', '["09:00", "21:00"]'
    )


def test_a_file_goes_on_to_the_box_that_is_named(desk: Desk, file: Path) -> None:
    person = Listener(says=[True])
    wishes = ChangeWishes(file, "usb")
    move(wishes, "drops", ["09:00", "21:00"], person.talk, desk.reach)
    assert heard(person, "asked") == [PUSH]
    assert pulled(desk) == file.read_text(encoding="utf-8")
    # Whoever wants to push later does so.
    move(wishes, "drops", ["10:00", "21:00"], Listener(says=[False]).talk, desk.reach)
    assert pulled(desk) != file.read_text(encoding="utf-8")


def test_the_schedule_of_a_box_is_changed_without_a_file(desk: Desk, file: Path) -> None:
    person = Listener(says=[True])
    move(AT, "Eye drops", ["08:00", "21:00"], person.talk, desk.reach)
    asked = person.heard.index(PUSH)
    assert ("told", "~ dose drops: at 08:00, 20:00 -> 08:00, 21:00") in person.heard[:asked]
    assert person.heard[-1] == (
        "noted",
        "Your own mine.toml is as it was: `dosebell pull -o mine.toml --port usb` brings it up to"
        " date.",
    )
    assert pulled(desk) == MINE.replace('"20:00"', '"21:00"')
    assert file.read_text(encoding="utf-8") == MINE


def test_whoever_says_no_leaves_the_box_as_it_is(desk: Desk) -> None:
    with pytest.raises(UserError, match="nothing was done"):
        move(AT, "drops", ["08:00", "21:00"], Listener(says=[False]).talk, desk.reach)
    assert pulled(desk) == MINE


def test_a_script_needs_a_yes_only_for_a_loss(desk: Desk) -> None:
    assert desk.types("move", "drops", "08:00", "21:00").exit_code == 0
    refused = desk.types("remove", "drops")
    assert (refused.exit_code, refused.stderr.splitlines()[-1]) == (
        1,
        "dose drops goes; nothing was done; to go on all the same, add --yes.",
    )
    assert desk.types("remove", "drops", "--yes").exit_code == 0
    assert '"drops"' not in pulled(desk)


def test_a_dose_with_a_meal_moves_with_it(desk: Desk, file: Path) -> None:
    wishes = ChangeWishes(file)
    with pytest.raises(UserError) as refused:
        move(wishes, "d3k2", ["8:15"], Listener().talk, desk.reach)
    assert str(refused.value) == (
        "d3k2 comes with breakfast, and moves when that does; move the meal:"
        f" dosebell move breakfast 08:15 --file {file}; or this dose alone, and no second ring at"
        f" lunch: dosebell move d3k2 08:15 --alone --file {file}."
    )
    person = Listener(says=[True])
    move(wishes, "d3k2", ["8:15"], person.talk, desk.reach)
    assert person.heard[0] == ("asked", "d3k2 comes with breakfast. Move breakfast to 08:15?")
    assert ("told", "~ meal breakfast: at 07:30 -> 08:15") in person.heard


def test_what_else_comes_with_the_meal_moves_only_once_that_is_agreed_to(
    desk: Desk, file: Path
) -> None:
    calcium = ZINC.replace("zinc", "calcium").replace('at = ["12:00"]', 'with = ["breakfast"]')
    file.write_text(before := DAY + D3K2 + calcium + PERSON, encoding="utf-8")
    person = Listener(agrees=False)
    with pytest.raises(UserError, match="nothing was done"):
        move(ChangeWishes(file), "calcium", ["8:15"], person.talk, desk.reach)
    said = "calcium comes with breakfast, and so does d3k2"
    assert person.heard == [
        ("asked", f"{said}. Give calcium alone 08:15, and leave breakfast where it is?"),
        ("asked", f"{said}. Move breakfast to 08:15, and d3k2 with it?"),
    ]
    assert file.read_text(encoding="utf-8") == before
    move(ChangeWishes(file), "calcium", ["8:15"], Listener(agrees=True).talk, desk.reach)
    assert 'breakfast = { at = "08:15"' in file.read_text(encoding="utf-8")


def test_a_meal_is_moved_though_doses_have_it_in_their_names(desk: Desk, file: Path) -> None:
    named = ZINC.replace("Zinc", "Zinc (lunch)"), LEVO.replace("Levothyroxine", "Levo (lunch)")
    file.write_text(DAY + D3K2 + "".join(named) + PERSON, encoding="utf-8")
    move(ChangeWishes(file), "lunch", ["13:00"], Listener().talk, desk.reach)
    assert 'lunch = "13:00"' in file.read_text(encoding="utf-8")


def test_a_dose_begins_to_be_counted_without_an_editor(desk: Desk, file: Path) -> None:
    refused = desk.types("stock", "drops", "40")
    command = f"dosebell stock drops 40 --file {file}"
    assert command.replace(str(file), "my.toml") in refused.stderr
    lines = desk.types(*command.split()[1:]).stdout.splitlines()
    assert lines[-4] == f"Plug the box in, then: dosebell push {file}"
    text = DROPS.replace("= []", "= []\nstock = { count = 40, per_intake = 1, low = 7 }")
    assert file.read_text(encoding="utf-8") == DAY + D3K2 + text + PERSON
    desk.types("push", file, "--yes")
    assert desk.gets("stock", "drops")["count"] == 40
    again = desk.types(*command.split()[1:])
    assert again.stderr == (
        "drops is counted already; nothing was changed; the box counts on:"
        " dosebell stock drops 40.\n"
    )
    assert desk.types("stock", "drops", "+4", "-f", file).exit_code == 2
    assert desk.types("stock", "-f", file).exit_code == 2


def test_fewer_times_than_before_are_asked_for(desk: Desk, file: Path) -> None:
    person = Listener(agrees=False)
    with pytest.raises(UserError):
        move(ChangeWishes(file), "drops", ["8:30"], person.talk, desk.reach)
    asked = "drops is at 08:00 and 20:00 now, and only at 08:30 then. Move it?"
    assert person.heard == [
        ("noted", "To move just one: dosebell move drops 08:00 to 08:30"),
        ("asked", asked),
    ]
    assert file.read_text(encoding="utf-8") == MINE


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["move", "drop", "8:3"], 'TIME: "8:3" is not a time of day; write "HH:MM"'),
        (["move", "drop", "8", "my.toml"], "TIME: my.toml is a file; say --file my.toml."),
        (["move", "dorps", "08:00"], 'no dose is called "dorps"; did you mean'),
        (["move", "drops", "08:00", "20:00"], "drops is at 08:00 and 20:00 already; nothing was"),
        (["move", "lunch", "08:00", "20:00"], "TIME: lunch has one time; name one."),
        (["move", "drops", "12", "to", "13"], "TIME: drops is not at 12; it is at 08:00 and 20:0"),
        (["move", "drops", "11 to 12"], "TIME: drops is not at 11; it is at 08:00 and 20:00."),
        (["move", "drops", "8", "to", "9"], 'TIME: "8" may be 08:00 or 20:00; write "08:00 to 9"'),
        (
            ["move", "drops", "08:00", "to", "20:00"],
            "drops is at 20:00 already; nothing was chang",
        ),
        (["move", "drops", "8 am", "to", "soon"], 'TIME: "to" is not'),
        (["move", "lunch", "8", "to", "9"], "TIME: lunch is not at 8; it is at 12:30."),
        (["remove", "tea"], 'no dose is called "tea"; there are d3k2, drops.'),
    ],
)
def test_what_cannot_be_done_is_told(
    desk: Desk, file: Path, words: list[str], sentence: str
) -> None:
    done = desk.types(*words, "--file", file)
    assert (done.stdout, done.stderr.startswith(sentence)) == ("", True), done.stderr
    assert file.read_text(encoding="utf-8") == MINE


NO_SCHEDULES = {
    "cut off": "[[dose]",
    "nothing but zeros": "\0" * 9,
    "a number without end": f"version = {'9' * 5000}",
    "lists in lists": f"a = {'[' * 9000}",
    "the same twice": f"{MINE}\n[meals]\n",
}
CHANGES = [
    ["add", "zinc 10 mg", "--when", "08:00"],
    ["move", "drops", "08:00"],
    ["remove", "drops"],
    ["away", "2026-12-01", "2026-12-02", "--off"],
    ["away", "2026-12-01", "2026-12-02", "--meal", "breakfast 10:00"],
]


@pytest.mark.parametrize("text", NO_SCHEDULES.values(), ids=NO_SCHEDULES)
@pytest.mark.parametrize("words", CHANGES, ids=lambda words: words[0])
def test_a_file_that_is_no_schedule_is_not_changed(
    desk: Desk, file: Path, words: list[str], text: str
) -> None:
    file.write_text(text, encoding="utf-8")
    refused = desk.types(*words, "--file", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(str(file))
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("is_pipe", [True, False], ids=["a pipe", "a link to another file"])
def test_what_lies_beside_a_file_is_not_touched(desk: Desk, file: Path, is_pipe: bool) -> None:
    beside, other = file.with_name(f".{file.name}.new"), file.with_name("other.toml")
    other.write_text(DAY, encoding="utf-8")
    if is_pipe:
        os.mkfifo(beside)
    else:
        beside.symlink_to(other)
    there = {path: path.lstat().st_ino for path in (beside, other)}
    assert desk.types("move", "drops", "08:15", "20:00", "--file", file).exit_code == 0
    assert {path: path.lstat().st_ino for path in file.parent.iterdir() if path in there} == there
    assert other.read_text(encoding="utf-8") == DAY
    assert list(file.parent.glob(".*")) == [beside]


def test_the_last_dose_stays(desk: Desk, file: Path) -> None:
    assert desk.types("remove", "drops", "-f", file).exit_code == 0
    refused = desk.types("remove", "d3k2", "-f", file)
    assert refused.stderr == (
        "d3k2 is the only dose; add another one first, or push another file.\n"
    )


def test_a_change_that_does_not_check_leaves_the_file(desk: Desk, file: Path) -> None:
    text = DAY + D3K2 + LEVO + ZINC + PERSON
    file.write_text(text, encoding="utf-8")
    refused = desk.types("move", "zinc", "07:00", "--file", file)
    assert refused.exit_code == 1
    assert "MIN-LEVO  zinc: zinc at 07:00, levothyroxine at 06:30" in refused.stderr
    assert "held back by 1 error, and the file stays as it was; put it right" in refused.stderr
    # The order of the day is the file's own law.
    refused = desk.types("move", "lunch", "07:00", "--file", file)
    assert refused.exit_code == 1
    assert file.read_text(encoding="utf-8") == text
    # An error that was there before holds no change back that leaves it as it is.
    file.write_text(text.replace("12:00", "07:00"), encoding="utf-8")
    assert desk.types("move", "levo", "06:15", "--file", file).exit_code == 0


def test_a_change_of_what_is_held_back_ends_with_what_to_do_first(desk: Desk, file: Path) -> None:
    text = DAY + D3K2 + LEVO + ZINC + PERSON
    file.write_text(text.replace("12:00", "07:00"), encoding="utf-8")
    moved = desk.types("move", "levo", "06:15", "-f", file).stdout.splitlines()
    assert moved[moved.index(f"Changed {file}.") + 1 :] == [
        "First put right what MIN-LEVO says, for the box can't have it so:",
        f"  dosebell check {file} --fix   writes another file, to push then",
        f"  dosebell edit {file}   in your editor",
        f"Then plug the box in: dosebell push {file}",
    ]
    fixed = desk.types("check", file, "--fix").stdout.splitlines()
    push = f"dosebell push {file.with_suffix('.fixed.toml')}"
    assert fixed[-1] == f"  Plug the box in, then: {push}"
    assert desk.types(*push.split()[1:], "--yes").exit_code == 0


def test_where_the_person_is_not_known_the_advice_is_blind_and_that_is_asked(
    tmp_path: Path,
) -> None:
    box = Box.with_schedule(plan(D3K2_DOSE, DROPS_DOSE), at="2026-11-23 06:00")
    person = Listener(agrees=True)
    move(AT, "drops", ["08:00", "21:00"], person.talk, Desk(box).reach)
    [(_, asked)] = heard(person, "asked")
    assert asked == (
        "this laptop lacks the file that was pushed, and so the person and the medicines: what"
        " the checks say of this change is said without knowing them. Push it?"
    )
    refused = Desk(box).types("move", "drops", "08:00", "22:00")
    assert (refused.exit_code, "add --yes" in refused.stderr) == (1, True)


def test_in_an_editor_it_is_checked_until_it_is_right(desk: Desk, file: Path) -> None:
    person = Listener(says=[True, True])
    wrong, right = MINE.replace("20:00", "20.00"), MINE.replace("20:00", "21:00")
    edit(ChangeWishes(file), typing("nonsense", wrong, right), person.talk, desk.reach)
    first, second = heard(person, "noted")
    assert "mine.toml:1:9: no valid TOML" in first[1]
    assert ("20.00" in second[1], 'write "20:00"' in second[1]) == (True, True)
    assert ("told", "~ dose drops: at 08:00, 20:00 -> 08:00, 21:00") in person.heard
    assert file.read_text(encoding="utf-8") == right


def test_who_gives_up_finds_the_file_as_it_was_and_what_was_typed(desk: Desk, file: Path) -> None:
    with pytest.raises(UserError, match="nothing was changed; what you typed is kept") as refused:
        edit(ChangeWishes(file), typing("nonsense"), Listener(says=[False]).talk, desk.reach)
    kept = Path(str(refused.value).split(" kept in ")[1].removesuffix("."))
    assert (kept.read_text(encoding="utf-8"), file.read_text(encoding="utf-8")) == (
        "nonsense",
        MINE,
    )


def test_what_was_typed_is_kept_where_the_file_cannot_be_written(desk: Desk, file: Path) -> None:
    typed, person = MINE.replace("20:00", "21:00"), Listener()

    def opens(draft: Path) -> None:
        draft.write_text(typed, encoding="utf-8")
        file.unlink()
        file.mkdir()

    with pytest.raises(UserError, match="cannot be written"):
        edit(ChangeWishes(file), opens, person.talk, desk.reach)
    assert kept_by(person) == typed


def test_what_was_typed_is_kept_where_the_box_does_not_get_it(desk: Desk) -> None:
    typed, person = MINE.replace("20:00", "21:00"), Listener(says=[False], agrees=False)
    with contextlib.suppress(UserError):
        edit(AT, typing(typed), person.talk, desk.reach)
    assert kept_by(person) == typed


def kept_by(person: Listener) -> str:
    """What lies where somebody was told that it is kept."""
    [(_, told)] = heard(person, "noted")
    return Path(told.split(" kept in ")[1].removesuffix(".")).read_text(encoding="utf-8")


def test_a_file_that_does_not_check_can_be_put_right_in_an_editor(desk: Desk, file: Path) -> None:
    file.write_text("nonsense", encoding="utf-8")
    edit(ChangeWishes(file), typing(MINE), Listener().talk, desk.reach)
    assert file.read_text(encoding="utf-8") == MINE


def test_the_editor_is_the_persons_own(
    desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nsed -i "s/20:00/21:00/" "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    done = desk.types("edit", "--port", "usb")
    assert (done.exit_code, done.stderr.splitlines()[-1][:9]) == (0, "Your own ")
    assert pulled(desk) == MINE.replace("20:00", "21:00")
    monkeypatch.setenv("EDITOR", "true")
    done = desk.types("edit", file)
    assert (done.exit_code, done.stderr) == (
        1,
        "nothing was changed; an editor in a window of its own must be told to wait:"
        " EDITOR='code --wait'.\n",
    )


def test_a_windows_file_stays_one(desk: Desk, file: Path) -> None:
    data = b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode()
    file.write_bytes(data)
    assert desk.types("move", "drops", "09:00", "20:00", "-f", file).exit_code == 0
    assert file.read_bytes() == data.replace(b"08:00", b"09:00")


def test_as_json(desk: Desk, file: Path) -> None:
    document = desk.gets("move", "drops", "09:00", "20:00", "--file", file)
    assert document["file"] == str(file)
    assert [each["after"] for each in document["changes"]] == ["09:00, 20:00"]
    assert document["push"] is None
    assert desk.gets("move", "drops", "09:00", "20:00")["pushed"] is True


def pulled(desk: Desk) -> str:
    return str(desk.gets("pull")["file"])


def added(file: Path, *typed: str, name: str | None = None) -> list[str]:
    """What is asked of somebody who adds something to the file and types this."""
    person = Listener(types=typed)
    add(ChangeWishes(file), name, {}, person.talk, Desk().reach)
    return [what for how, what in person.heard if how == "asked"]


def test_what_is_added_is_asked_for(file: Path) -> None:
    typed = ("vitamin d", "2000 units", "lunch", "sundays", "1 capsule", "90")
    assert added(file, *typed) == [
        'What to add, as on the label: "metformin 500 mg"',
        'vitamin d: how much in one intake, as on the label: "500 mg"; or none',
        'When do you take vitamin d, as "8 and 20", or with a meal: breakfast, lunch',
        'vitamin d, on which days: "daily", "mon and thu", "for 7 days" [daily]',
        'vitamin d, how much at a time: "1 tablet", "1 drop" (Enter: not said)',
        "vitamin d, how many you have left, as 60 (Enter: not counted)",
    ]
    block = """
[[dose]]
id = "d"
name = "vitamin d 2000 IU"
take = "1 capsule"
with = ["lunch"]
food = "fat"
days = ["sun"]
contents = [
  { nutrient = "vitamin-d", amount = 2000, unit = "IU" },
]
stock = { count = 90, per_intake = 1, low = 7 }
"""
    assert file.read_text(encoding="utf-8") == DAY + D3K2 + DROPS + block + PERSON


def test_what_was_said_with_the_name_is_proposed(file: Path) -> None:
    asked = added(file, "", "", "", "", name="ramipril 5mg at 8pm")
    assert asked[0] == (
        'When do you take ramipril, as "8 and 20", or with a meal: breakfast, lunch [20:00]'
    )
    assert 'name = "ramipril"\ntake = "5mg"\nat = ["20:00"]' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "ramipril and aspirin", "--when", "8am"], "NAME: these are 2; name one at a"),
        (["add", "none"], "NAME: there is no name; name one at a time"),
        (["add", "ramipril"], "--when: there is no time in it; write times, as "),
        (["add", "ramipril", "--when", "tea"], '--when: "tea" is none of your meals; write'),
        (["add", "ramipril", "--when", "8am", "--days", "weekly"], '--days: "weekly" does not'),
        (["add", "calcium", "--when", "8am"], '--label: "" is not an amount; write the number'),
        (["away", "2026-12-24", "soon", "--off"], 'TO: "soon" belongs to no meal'),
        (["away", "24 Dec", "--off"], "TO: there is no last day; name the first and the last day"),
        (["away", "27", "to", "24", "Dec", "--off"], "FROM TO: Thu 24 Dec 2026 is before Sun 27 "),
        (["away", "soon", "--off"], 'FROM TO: "soon" is no date; write it as "24.12.2026"'),
        (["away", "--off"], 'FROM TO: there are no days; name the first and the last, as "24 to'),
    ],
)
def test_an_addition_that_does_not_fit_is_told(
    file: Path, words: list[str], sentence: str
) -> None:
    done = Desk().types(*words, "--file", file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence), done.stderr
    assert file.read_text(encoding="utf-8") == MINE


def test_a_medicine_that_was_listed_counts_twice_and_that_is_said(file: Path) -> None:
    file.write_text(MINE.replace("medicines = []", 'medicines = ["Ramipril"]'), encoding="utf-8")
    done = Desk().types("add", "ramipril", "--when", "8am", "--file", file)
    assert done.stderr.startswith("Ramipril stands among the medicines of [person], too, and")


TWICE = """
[[dose]]
id = "metformin-1"
name = "Glucophage (breakfast)"
with = ["breakfast"]
days = "daily"
medicine = "Glucophage"

[[dose]]
id = "metformin-2"
name = "metformin"
at = ["18:30"]
days = "daily"
medicine = "metformin"
"""


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("metformin 500 mg", "metformin is there already: metformin-2 at 18:30"),
        ("Glucophage", "Glucophage is there already: metformin-1 at breakfast"),
        ("eye drops", "eye drops is there already: drops at 08:00 and 20:00"),
    ],
)
def test_what_is_there_already_is_added_only_once_that_is_agreed_to(
    file: Path, name: str, there: str
) -> None:
    file.write_text(before := MINE + TWICE, encoding="utf-8")
    said = ("add", name, "--when", "breakfast", "-f", file)
    assert Desk().gets(*said, code=1)["error"]["message"] == there
    person = Listener(agrees=False, types=[""] * 5)
    with pytest.raises(UserError, match="nothing was done"):
        add(ChangeWishes(file), name, {"when": "breakfast"}, person.talk, Desk().reach)
    assert heard(person, "asked")[-1] == ("asked", f"{there}. Add it all the same?")
    assert file.read_text(encoding="utf-8") == before
    done = Desk().types(*said, "--yes")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (0, f"{there}.")


def test_what_was_typed_is_kept_when_somebody_breaks_off(file: Path) -> None:
    def opens(draft: Path) -> None:
        draft.write_text("half of it", encoding="utf-8")
        raise KeyboardInterrupt

    person = Listener()
    with pytest.raises(KeyboardInterrupt):
        edit(ChangeWishes(file), opens, person.talk, Desk().reach)
    [(_, kept)] = person.heard
    draft = Path(kept.removeprefix("What you typed is kept in ").removesuffix("."))
    assert draft.read_text(encoding="utf-8") == "half of it"
    assert file.read_text(encoding="utf-8") == MINE


NEW = DAY.replace("time", 'title = "Eye drops, Zinc"   # what it is\ntime', 1) + DROPS + ZINC


def title_after(text: str, change: Callable[[Original], str]) -> str:
    return read_file.parse(change(Original(text, "mine.toml", 0, "")), "mine.toml").title


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (partial(without_dose, "zinc"), "Eye drops"),
        (
            lambda source: with_dose(
                "metformin", {"when": "breakfast and lunch"}, Talk(print), source
            ),
            "Eye drops, Zinc, metformin",
        ),
    ],
)
def test_a_title_made_of_the_doses_follows_them(
    change: Callable[[Original], str], title: str
) -> None:
    assert title_after(NEW, change) == title
    # One that a person has given stays.
    assert title_after(NEW.replace("Eye drops, Zinc", "Mother's"), change) == "Mother's"


def test_whoever_has_no_box_there_hears_of_the_file() -> None:
    nothing = Reach(plugged=list, find_virtuals=list)
    with pytest.raises(NoDevice, match="or to change a file: add --file my"):
        move(ChangeWishes(), "zinc", ["9"], Talk(print), nothing)


HALF_PAST_SIX = ["half past six"]


def test_a_time_in_words_is_of_the_half_of_the_day_in_which_the_dose_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(DAY + LEVO.replace("06:30", "07:00") + PERSON, encoding="utf-8")
    person = Listener()
    move(ChangeWishes(path), "levo", HALF_PAST_SIX, person.talk, Desk().reach)
    told = '"half past six" is taken as 06:30, for levo is at 07:00 now.'
    assert person.heard[0] == ("noted", told)
    assert 'at = ["06:30"]' in path.read_text(encoding="utf-8")


def test_bare_hours_of_a_move_rise_through_the_day_and_none_is_lost(file: Path) -> None:
    person = Listener()
    move(ChangeWishes(file), "drops", ["8", "2", "8"], person.talk, Desk().reach)
    assert ("noted", '"8 2 8" is taken as 08:00, 14:00 and 20:00.') in person.heard
    assert '["08:00", "14:00", "20:00"]' in file.read_text(encoding="utf-8")
    with pytest.raises(UsageError):
        move(ChangeWishes(file), "drops", ["8", "8", "8"], Listener().talk, Desk().reach)


def test_it_is_asked_where_the_dose_is_in_both_halves(file: Path) -> None:
    with pytest.raises(UsageError, match="first or the second half of the day"):
        move(ChangeWishes(file), "drops", HALF_PAST_SIX, Talk(print), Desk().reach)
    # A bare hour says it for itself.
    move(ChangeWishes(file), "drops", ["7", "19"], Listener().talk, Desk().reach)
    assert 'at = ["07:00", "19:00"]' in file.read_text(encoding="utf-8")


def test_a_name_that_was_typed_wrong_can_be_corrected(file: Path) -> None:
    person = Listener(types=["back", "metformin 500 mg for 7 days", "8am", "", "", ""])
    add(ChangeWishes(file), "metfromin", {}, person.talk, Desk().reach)
    assert [what for how, what in person.heard if how == "asked"][:4] == [
        'When do you take metfromin, as "8 and 20", or with a meal: breakfast, lunch',
        'What to add, as on the label: "metformin 500 mg" [metfromin]',
        'When do you take metformin, as "8 and 20", or with a meal: breakfast, lunch',
        'metformin, on which days: "daily", "mon and thu", "for 7 days" [for 7 days]',
    ]
    assert 'name = "metformin"' in file.read_text(encoding="utf-8")


def test_without_a_box_nothing_is_asked_first() -> None:
    person = Listener(types=["metformin"])
    with pytest.raises(NoDevice):
        add(ChangeWishes(), None, {}, person.talk, Desk().reach)
    assert person.heard == []


def test_a_time_of_several_words_needs_no_quotes(file: Path) -> None:
    move(ChangeWishes(file), "breakfast", ["half", "past", "eight"], Talk(print), Desk().reach)
    assert 'breakfast = { at = "08:30"' in file.read_text(encoding="utf-8")


def away_asked(file: Path, *types: str, words: Sequence[str] = (), off: bool = False) -> Listener:
    """What somebody hears who types these answers, "" for Enter."""
    person = Listener(types=types)
    away(ChangeWishes(file), AwayWishes(words, off=off), person.talk, Desk().reach)
    return person


def test_away_asks_from_when_until_when_and_what_is_different(file: Path) -> None:
    person = away_asked(file, "24 to 27 December", "yes", "half past nine", "")
    assert heard(person, "asked", "noted") == [
        ("asked", 'From when, as "24 December" or "24 to 27 December"'),
        ("noted", "  Thu 24 Dec 2026 to Sun 27 Dec 2026"),
        ("asked", "Shall the box ring on these days (yes, then I ask for the meals; or no)"),
        ("asked", "Breakfast on these days at (Enter: as always, 07:30)"),
        ("noted", "  09:30"),
        ("asked", "Lunch on these days at (Enter: as always, 12:30)"),
        ("noted", "From Thu 24 Dec 2026 to Sun 27 Dec 2026."),
        ("noted", f"See them: dosebell preview {file} --from 2026-12-23"),
    ]
    told = "+ exception 2026-12-24: to 2026-12-27, breakfast 09:30"
    assert ("told", told) in person.heard


@pytest.mark.parametrize(
    ("types", "exception"),
    [
        (
            ["tomorrow", "friday", "no", "hospital"],
            "2026-11-24: to 2026-11-27, nothing is taken, hospital",
        ),
        (["friday", "a week", "no", ""], "2026-11-27: to 2026-12-03, nothing is taken"),
        (["24 Dec", "", "no", ""], "2026-12-24: to 2026-12-24, nothing is taken"),
        (["24.12.", "2", "no", ""], "2026-12-24: to 2027-01-02, nothing is taken"),
        # What is before the first day is told, and asked again.
        (["24.12.", "20 Dec", "27.12.", "no", ""], "2026-12-24: to 2026-12-27, nothing is taken"),
        (
            ["soon", "27-24 Dec", "24-27 Dec", "no", ""],
            "2026-12-24: to 2026-12-27, nothing is taken",
        ),
        (
            ["24.12.", "back", "25.12.", "27", "no", ""],
            "2026-12-25: to 2026-12-27, nothing is taken",
        ),
    ],
)
def test_the_days_of_away_are_answered_as_people_say_them(
    file: Path, types: list[str], exception: str
) -> None:
    assert ("told", f"+ exception {exception}") in away_asked(file, *types).heard


def test_of_away_only_what_the_words_leave_out_is_asked(file: Path) -> None:
    person = away_asked(file, "27th", words=["24", "Dec"], off=True)
    asked = 'Until when, as "27 December" or "a week" (Enter: just that day)'
    assert heard(person, "asked") == [("asked", asked)]
    assert ("told", "+ exception 2026-12-24: to 2026-12-27, nothing is taken") in person.heard


def test_days_on_which_nothing_is_different_are_no_change(file: Path) -> None:
    with pytest.raises(UserError, match="nothing is different on these days; nothing was changed"):
        away_asked(file, "tomorrow", "", "yes", "", "")
    assert file.read_text(encoding="utf-8") == MINE


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("08:00 to 09:00", ["09:00", "20:00"]),
        ("from 20:00 to 21:00", ["08:00", "21:00"]),
        ("8 in the evening to 9", ["08:00", "21:00"]),
        ("8pm to half past eight", ["08:00", "20:30"]),
        # As it stands in the file, for each may have a compartment beside it.
        ("8am to 10pm", ["22:00", "20:00"]),
        # A time with "to" in it is one all the same.
        ("5 to 8 in the morning", ["07:55"]),
        ("ten to eight in the morning", ["07:50"]),
    ],
)
def test_one_of_several_times_is_moved(file: Path, said: str, times: list[str]) -> None:
    person = Listener(agrees=True)
    move(ChangeWishes(file), "drops", said.split(), person.talk, Desk().reach)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["dose"][1]["at"] == times


@pytest.mark.parametrize(("what", "said"), [("lunch", "12:30 to 1"), ("d3k2", "12:30 to 13:00")])
def test_of_a_dose_with_meals_that_meal_moves_whose_time_is_named(
    file: Path, what: str, said: str
) -> None:
    move(ChangeWishes(file), what, said.split(), Listener(says=[True]).talk, Desk().reach)
    assert 'lunch = "13:00"' in file.read_text(encoding="utf-8")
    assert 'at = "07:30"' in file.read_text(encoding="utf-8")


BACK = (
    "levothyroxine; 06:30; every 3 days from 2026-11-23; 1 tablet; 30",
    "methotrexate; 9; mon and fri for 4 weeks",
    "Calcium 500 mg; lunch; the 1st, 15th and last",
    "eye drops; 8, 14 and 20; 21 on, 7 off; 1 drop",
    "Vitamin D3 1000 IU; breakfast or lunch; until 2026-12-31; 1 capsule; 90",
)


@pytest.mark.parametrize("sentence", BACK)
def test_a_dose_that_was_taken_out_comes_back_by_the_command_that_is_told(
    tmp_path: Path, sentence: str
) -> None:
    path, desk = tmp_path / "my.toml", Desk()
    head = ("--timezone", "Berlin", "--d3", "none", "--k2", "none", "--medicines", "none")
    both = ("--dose", "ramipril; 8", "--dose", sentence)
    assert desk.types("new", path, *head, *both).exit_code == 0
    before = read_file.parse(path.read_text(encoding="utf-8"), "mine")
    removed = desk.types("remove", before.doses[1].id, "-f", path).stdout.splitlines()
    assert removed[-2] == "To put it back:"
    assert desk.types(*shlex.split(removed[-1])[1:]).exit_code == 0
    assert read_file.parse(path.read_text(encoding="utf-8"), "mine").doses == before.doses


def test_a_dose_that_no_command_makes_is_told_as_it_stood(file: Path) -> None:
    removed = Desk().types("remove", "drops", "-f", file).stdout.splitlines()
    told = [line.strip() for line in removed]
    assert told[-len(DROPS.strip().splitlines()) - 1 :] == [
        f"To put it back, write this again with dosebell edit {file}:",
        *DROPS.strip().splitlines(),
    ]


@pytest.mark.parametrize(
    ("what", "said", "times"),
    [
        ("Eye", "drops 9, 21", ["09:00", "21:00"]),
        ("Eye", "drops 9 and 21", ["09:00", "21:00"]),
        ("eye", "drops 9 21", ["09:00", "21:00"]),
        ("eye", "drops 8am to 9am", ["09:00", "20:00"]),
        ("drops", "to 9 21", ["09:00", "21:00"]),
        ("eye", "drops to half past eight in the evening", ["20:30"]),
    ],
)
def test_a_name_of_several_words_needs_no_quotes_in_a_move(
    file: Path, what: str, said: str, times: list[str]
) -> None:
    person = Listener(agrees=True)
    move(ChangeWishes(file), what, said.split(), person.talk, Desk().reach)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["dose"][1]["at"] == times


def test_words_that_are_no_days_are_told_as_they_were_typed(file: Path) -> None:
    done = Desk().types("away", "next", "week", "--off", "--file", file)
    assert done.stderr.startswith('FROM TO: "next week" is no date; write it as "24.12.2026"')


def test_days_that_were_refused_are_nowhere_to_be_seen(desk: Desk, file: Path) -> None:
    words = ("away", "24 Dec", "27 Dec", "--meal", "breakfast 10", "-f", file)
    assert "See them: " in desk.types(*words).stderr
    before = file.read_text(encoding="utf-8")
    refused = desk.types(*words)
    assert (refused.exit_code, file.read_text(encoding="utf-8")) == (1, before)
    assert refused.stderr.splitlines() == [
        "From Thu 24 Dec 2026 to Sun 27 Dec 2026.",
        "breakfast is at 10:00 from Thu 24 Dec 2026 to Sun 27 Dec 2026 already; name other days,"
        " or change those with `dosebell edit`; nothing was changed.",
    ]


def test_days_of_a_year_ago_are_told_to_be_over(desk: Desk, file: Path) -> None:
    said = desk.types("away", "2026-01-01", "2026-01-05", "--off", "-f", file).stderr
    assert said.splitlines()[:2] == [
        "From Thu 1 Jan 2026 to Mon 5 Jan 2026.",
        "These days are over: look at the year.",
    ]
