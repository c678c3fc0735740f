"""A dose that comes with a meal gets a time of its own, and the meal stays for all else."""

from pathlib import Path

import pytest

from desk import Desk
from dosebell_host.actions.changes.move import move
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.own_time import at_own_times
from dosebell_host.errors import UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.toml_lines import comments
from listener import Listener

MINE = """\
# Mine.
version = 1
timezone = "Europe/Berlin"

[meals]
breakfast = "07:30"
lunch = "12:30"

[[dose]]
id = "met-1"
name = "Metformin (breakfast)"
with = ["breakfast"]                   # the doctor said so
medicine = "metformin"

[[dose]]
id = "met-2"
name = "Metformin (lunch)"
with = ["lunch"]
food = "fat"
medicine = "metformin"

[[dose]]
id = "folate"
name = "Folic acid"
with = ["breakfast", "lunch"]
contents = []
"""
ALONE = MINE.replace(
    '"Metformin (breakfast)"\nwith = ["breakfast"]', '"Metformin"\nat = ["08:30"]'
).replace("said so\n", 'said so\nfood = "any"\n')
COMES = "met-1 comes with breakfast, and so does folate"
OWN = "Give met-1 alone 08:30, and leave breakfast where it is?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def said_of(dose: DoseEntry) -> dict[str, object]:
    return {key: getattr(dose, key) for key in DoseEntry.__annotations__}


def after(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_who_names_the_dose_is_offered_to_move_that_alone(file: Path) -> None:
    person = Listener(says=[True])
    move(ChangeWishes(file), "met-1", ["to", "8:30"], person.talk, Desk().reach)
    assert person.heard[0] == ("asked", f"{COMES}. {OWN}")
    assert after(file) == ALONE


def test_a_script_says_that_it_moves_alone(file: Path) -> None:
    refused = Desk().types("move", "met-1", "8:30", "-f", file)
    assert refused.stderr == (
        "met-1 comes with breakfast, and moves when that does; move the meal, and folate with it:"
        f" dosebell move breakfast 08:30 --file {file}; or this dose alone:"
        f" dosebell move met-1 08:30 --alone --file {file}.\n"
    )
    assert (refused.exit_code, after(file)) == (1, MINE)
    [*_, alone] = refused.stderr.rstrip(".\n").split("alone: dosebell ")
    assert Desk().types(*alone.split()).exit_code == 0
    assert after(file) == ALONE


def test_the_meal_is_asked_about_next_and_nothing_moves_without_a_yes(file: Path) -> None:
    person = Listener(agrees=False, says=[False])
    with pytest.raises(UserError, match="nothing was done"):
        move(ChangeWishes(file), "met-1", ["8:30"], person.talk, Desk().reach)
    asked = f"{COMES}. Move breakfast to 08:30, and folate with it?"
    assert person.heard == [("asked", f"{COMES}. {OWN}"), ("asked", asked)]
    assert after(file) == MINE


def test_one_that_is_alone_with_its_meal_is_asked_for_the_meal_first(file: Path) -> None:
    file.write_text(MINE.replace(', "lunch"', ""), encoding="utf-8")
    person = Listener(says=[False, True])
    move(ChangeWishes(file), "met-2", ["13:00"], person.talk, Desk().reach)
    assert person.heard[:2] == [
        ("asked", "met-2 comes with lunch. Move lunch to 13:00?"),
        ("asked", "Give met-2 alone 13:00, and leave lunch where it is?"),
    ]
    moved = '"Metformin"\nat = ["13:00"]\nfood = "fat"'
    assert moved in after(file)


def test_one_that_rings_again_at_a_later_meal_is_told_what_it_would_lose(file: Path) -> None:
    person = Listener(agrees=False)
    with pytest.raises(UserError, match="nothing was done"):
        move(ChangeWishes(file), "folate", ["8:30"], person.talk, Desk().reach)
    told = "To give folate alone a time of its own, and no second ring at lunch"
    assert person.heard[0] == (
        "noted",
        f"{told}: dosebell move folate 08:30 --alone --file {file}",
    )
    done = Desk().types("move", "folate", "8:30", "20:30", "--alone", "-f", file)
    assert "~ dose folate: at none -> 08:30, 20:30" in done.stdout.splitlines()


@pytest.mark.parametrize("words", [["7:30", "to", "8:30"], ["12:30", "to", "8:30"]])
def test_one_intake_with_two_chances_does_not_become_two(file: Path, words: list[str]) -> None:
    refused = Desk().types("move", "folate", *words, "--alone", "-f", file)
    assert refused.stderr == (
        "folate is taken once, with breakfast or else lunch; each time of its own would be an"
        " intake more; give it just that one:"
        f" dosebell move folate 08:30 --alone --file {file}.\n"
    )
    assert (refused.exit_code, after(file)) == (1, MINE)


def test_who_gives_two_times_to_what_was_taken_once_is_told_so(file: Path) -> None:
    done = Desk().types("move", "folate", "8:30", "20:30", "--alone", "-f", file)
    assert done.stderr == (
        "folate is taken once, with breakfast or else lunch; so it rings 2 times a day.\n"
    )


def test_a_script_is_told_of_the_ring_that_is_lost_alone(file: Path) -> None:
    refused = Desk().types("move", "folate", "8:30", "-f", file)
    assert refused.stderr == (
        "folate comes with breakfast, and moves when that does; move the meal, and met-1 with it:"
        f" dosebell move breakfast 08:30 --file {file}; or this dose alone, and no second ring at"
        f" lunch: dosebell move folate 08:30 --alone --file {file}.\n"
    )


def test_a_meal_is_not_alone(file: Path) -> None:
    done = Desk().types("move", "lunch", "13:00", "--alone", "-f", file)
    assert done.stderr == "--alone: lunch is a meal; name a dose, or leave it out.\n"
    assert (done.exit_code, after(file)) == (2, MINE)


@pytest.mark.parametrize(
    "path", sorted(schedules_dir().glob("*.toml")), ids=lambda path: path.stem
)
def test_of_a_ready_made_schedule_just_the_meal_goes_and_no_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source = Original(text, path.name, 848_642_400, "nothing was done")
    for place, dose in enumerate(source.schedule.doses):
        if dose.with_meals:
            moved = at_own_times(source, place, [480])
            found = Original(moved, path.name, source.at_s, source.undone).schedule.doses[place]
            assert said_of(found) == said_of(dose) | {"at": (480,), "with_meals": ()}
            assert sorted(comments(moved)) == sorted(comments(text))
