"""The schedule of a box on its page: changed by forms, looked at, and pushed."""

import errno
import html
import re
import tomllib
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desk import Desk
from domain import Box
from dosebell_host.box.link import Port
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.web.desk import own_folder
from dosebell_host.web.draft.drafts import Drafts
from visit import Fields, Visit

MINE = """\
# Mine.
version = 1
title = "Anna's"
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", fat_g = 12 }   # two eggs
lunch = "12:30"

[[dose]]
id = "d3k2"
name = "D3 and K2"
with = ["breakfast", "lunch"]
days = "daily"
contents = [
  { nutrient = "vitamin-d3", amount = 1000, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 100, unit = "mcg" },
]

[[dose]]
id = "drops"
name = "Eye drops"
at = ["08:00", "20:00"]                # for both eyes
days = "daily"
contents = []

[person]                               # stays here
age = 52
medicines = []
"""


class Scene:
    """A laptop that has pushed that file to the box beside it, and a browser at its page."""

    def __init__(self, folder: Path, text: str = MINE) -> None:
        self.folder = folder
        self.file = folder / "mine.toml"
        self.file.write_text(text, encoding="utf-8")
        self.laptop = Desk(Box.bare("2026-11-23 06:00"))
        assert self.laptop.types("push", self.file).exit_code == 0
        self.box = str(self.laptop.gets("status")["device_id"])
        self.path = f"/box/{self.box}/schedule"
        self.visit = self.another_browser()

    def another_browser(self) -> Visit:
        return Visit(self.laptop)

    def sends(
        self,
        below: str,
        visit: Visit | None = None,
        status: int = 200,
        typed: Fields | None = None,
        **said: str,
    ) -> str:
        """Open the page of a form, type over its fields, and send it."""
        browser = visit or self.visit
        browser.opens(f"{self.path}{below}".removesuffix("/meals").removesuffix("/remove"))
        fields: dict[str, str | list[str]] = {**browser.form(f"{self.path}{below}")}
        fields |= {name.replace("__", "."): value for name, value in said.items()}
        return browser.sends(f"{self.path}{below}", fields | dict(typed or {}), status)

    @property
    def draft(self) -> str:
        draft = Drafts(own_folder()).of(self.box)
        return draft.text if draft else ""

    @property
    def on_box(self) -> str:
        return str(self.laptop.gets("pull")["file"])


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_the_page_shows_the_doses_the_meals_and_the_week(scene: Scene) -> None:
    words = scene.visit.opens(scene.path)
    for said in (
        "Schedule: Anna's",
        "Breakfast at",
        "D3 and K2",
        "with breakfast, else with lunch",
        "at 08:00 and 20:00",
        "Mon 23 Nov 2026 07:30 D3 and K2 breakfast, until 10:30, else lunch 12:30 until 15:30",
    ):
        assert said in words
    assert "Not on the box yet" not in words


def test_breakfast_moves_and_the_box_gets_it_with_the_push(scene: Scene) -> None:
    words = scene.sends("/meals", at__breakfast="8.15")
    moved = MINE.replace('"07:30"', '"08:15"')
    assert "Saved here. The box keeps its schedule until you push." in words
    assert '"8.15" was read as 08:15.' in words
    assert "~ meal breakfast: at 07:30 -> 08:15" in words
    assert (scene.draft, scene.on_box) == (moved, MINE)
    assert "08:15 D3 and K2 breakfast" in scene.visit.opens(f"{scene.path}/push")
    assert "Pushed to the box" in scene.sends("/push")
    assert (scene.draft, scene.on_box) == ("", moved)


def test_the_last_look_before_a_push_says_how_much_is_taken(scene: Scene) -> None:
    scene.sends("/dose/d3k2", take="1 capsule")
    assert "07:30 D3 and K2, 1 capsule breakfast" in scene.visit.opens(f"{scene.path}/push")


def test_a_dose_is_changed_and_every_other_line_stays(scene: Scene) -> None:
    words = scene.sends("/dose/drops", name="Tears", times="9 am and 9 pm", place="4")
    assert '"9 am and 9 pm" was read as 09:00 and 21:00.' in words
    assert scene.draft == MINE.replace('"Eye drops"', '"Tears"').replace(
        'at = ["08:00", "20:00"]                # for both eyes',
        'at = ["09:00", "21:00"]                # for both eyes\nplace = 4',
    )


def test_what_is_in_a_dose_is_typed_as_its_label_has_it(scene: Scene) -> None:
    words = scene.sends("/dose/d3k2", contents="D3 2000 IU, vitamin-k2 MK-7 100 mcg")
    assert "was read as vitamin-d3 2000 IU, vitamin-k2 MK-7 100 mcg." in words
    assert scene.draft == MINE.replace("1000", "2000")
    words = scene.sends("/dose/d3k2", contents="vitamin-d3 200000 IU", status=200)
    assert "Error" in scene.visit.opens(f"{scene.path}/dose/d3k2")
    words = scene.sends("/dose/d3k2", contents="D3 lots", status=422)
    assert 'Not understood "D3 lots" does not say what it is' in words
    [typed] = scene.visit.form(f"{scene.path}/dose/d3k2")["contents"]
    assert typed == "D3 lots"


def test_what_is_not_understood_is_told_beside_its_field_and_stays_as_typed(scene: Scene) -> None:
    words = scene.sends("/dose/drops", status=422, name="Tears", times="soon", count="many")
    assert "Nothing was saved." in words
    assert 'Not understood "soon" is not a time of day; write "HH:MM" from "00:00"' in words
    assert 'Not understood "many" does not fit here; write a whole number' in words
    form = scene.visit.form(f"{scene.path}/dose/drops")
    assert [form[name] for name in ("name", "times", "count")] == [["Tears"], ["soon"], ["many"]]
    assert scene.draft == ""


def test_what_does_not_go_together_is_told_beside_its_field(scene: Scene) -> None:
    words = scene.sends("/dose/drops", status=422, place="1; 2; 3")
    assert 'Not understood has 3 places for 2 times in "at"; write one number' in words
    words = scene.sends("/meals", status=422, at__breakfast="13:00")
    assert 'is not before "lunch" (12:30)' in words
    assert scene.draft == ""


def test_a_dose_is_added_and_another_taken_out(scene: Scene) -> None:
    words = scene.sends("/add", name="metformin 500 mg", when="lunch", stock="60")
    assert "+ dose metformin: metformin, lunch, daily" in words
    words = scene.sends("/dose/drops/remove")
    assert "drops is taken out here." in words
    assert [each["id"] for each in tomllib.loads(scene.draft)["dose"]] == ["d3k2", "metformin"]
    # A loss for the box is asked for before the push, and only then.
    asked = scene.sends("/push")
    assert asked.startswith("Push it? This would be lost: dose drops goes")
    assert "drops" in scene.on_box
    assert "Pushed to the box" in scene.visit.sends(
        f"{scene.path}/push", scene.visit.form(f"{scene.path}/push")
    )
    assert "drops" not in scene.on_box


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "there is no name"),
        ({"name": "zinc 10 mg, iron 5 mg"}, "these are 2"),
        ({"name": "metformin 500 mg"}, "there is no time in it"),
        ({"name": "metformin 500 mg", "when": "tea"}, '"tea" is none of your meals'),
        ({"name": "metformin", "when": "lunch", "days": "monthly"}, "does not say the day"),
        ({"name": "magnesium", "when": "lunch", "label": "much"}, '"much" is not an amount'),
    ],
)
def test_an_addition_that_is_not_understood_is_told(
    scene: Scene, said: dict[str, str], told: str
) -> None:
    assert told in scene.sends("/add", status=422, typed=said)
    assert scene.visit.form(f"{scene.path}/add")["name"] == [said["name"]]
    assert scene.draft == ""


def test_all_that_is_not_understood_of_an_addition_is_told_at_once_beside_its_field(
    scene: Scene,
) -> None:
    said = {"name": "magnesium", "label": "much", "when": "tea", "days": "often", "stock": "some"}
    told = wrong_fields(scene, said)
    assert {name: each.partition(";")[0] for name, each in told.items()} == {
        "label": '"much" is not an amount',
        "when": '"tea" is none of your meals',
        "days": '"often" is not read as days',
        "stock": '"some" does not fit here',
    }
    # Without a name the rest is looked at all the same.
    assert wrong_fields(scene, {**said, "name": ""}) == {
        "name": 'there is no name; name one at a time, as "metformin 500 mg"',
        **{name: each for name, each in told.items() if name != "label"},
    }
    assert scene.draft == ""


def wrong_fields(scene: Scene, said: Fields) -> dict[str, str]:
    """What stands beside the fields of *Add a dose* once that is sent."""
    scene.sends("/add", status=422, typed=said)
    found = re.findall(
        r'<p class="wrong" id="f-(\w+)-wrong"><strong>Not understood</strong> (.*?)\.</p>',
        scene.visit.source,
    )
    return {name: html.unescape(told) for name, told in found}


def test_the_text_is_changed_and_errors_say_their_line(scene: Scene) -> None:
    words = scene.sends("/text", status=422, text=MINE.replace('"07:30"', '"7:30"'))
    assert 'mine.toml:7: meals.breakfast.at: "7:30" is not a time of day; write "07:30"' in words
    assert '"7:30"' in scene.visit.form(f"{scene.path}/text")["text"][0]
    changed = MINE.replace("# two eggs", "# three eggs")
    assert "Nothing changes for the box" in scene.sends("/text", text=changed)
    assert scene.draft == changed


def test_the_file_can_be_saved(scene: Scene) -> None:
    answer = scene.visit.gets(f"{scene.path}/file")
    assert answer.text == MINE
    assert answer.headers["content-disposition"] == 'attachment; filename="mine.toml"'


def test_a_ready_made_schedule_is_taken_and_a_draft_is_not_lost_unasked(scene: Scene) -> None:
    assert "Not on the box yet" in scene.sends("/ready", file="d3-weekly.toml")
    scene.sends("/meals", at__lunch="12:45")
    asked = scene.sends("/ready", file="organiser-7.toml")
    assert asked.startswith("Take this one instead? This would be lost: what was changed here for")
    assert "12:45" in scene.draft
    scene.visit.sends(f"{scene.path}/ready", scene.visit.form(f"{scene.path}/ready"))
    assert "12:45" not in scene.draft
    assert "there is no such ready-made schedule" in scene.visit.sends(
        f"{scene.path}/ready", {"file": "../mine.toml"}
    )


def test_what_is_added_need_not_say_its_strength(scene: Scene) -> None:
    scene.sends("/add", name="Magnesium", when="21:00", take="1 tablet")
    assert 'name = "Magnesium"' in scene.draft


def test_changes_can_be_thrown_away_once_that_is_agreed_to(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    asked = scene.visit.sends(f"{scene.path}/discard", {})
    assert asked.startswith("Throw these changes away? This would be lost: what was changed here")
    assert "09:45" in scene.draft
    words = scene.visit.sends(f"{scene.path}/discard", scene.visit.form(f"{scene.path}/discard"))
    assert "Your changes are thrown away" in words
    assert scene.draft == ""


def test_what_is_typed_back_to_what_it_was_is_no_change(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    scene.sends("/meals", at__breakfast="07:30")
    assert scene.draft == ""


def test_a_draft_outlives_the_program_and_only_its_owner_reads_it(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    [file] = (own_folder() / "drafts").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "~ meal breakfast: at 07:30 -> 09:45" in scene.another_browser().opens(scene.path)


def test_of_two_windows_the_second_is_told_what_the_first_changed(scene: Scene) -> None:
    """Both browsers are at one server, as two windows of one laptop are."""
    scene.visit.opens(f"{scene.path}/dose/drops")
    late = scene.visit.form(f"{scene.path}/dose/drops")
    scene.sends("/meals", at__breakfast="08:00")
    words = scene.visit.sends(f"{scene.path}/dose/drops", late | {"name": ["Tears"]}, status=409)
    assert "~ meal breakfast: at 07:30 -> 08:00" in words
    form = scene.visit.form(f"{scene.path}/dose/drops")
    assert form["name"] == ["Tears"]
    assert "Tears" not in scene.draft
    # Sent once more it is saved into what the other one made.
    scene.visit.sends(f"{scene.path}/dose/drops", form)
    assert scene.draft == MINE.replace('"07:30"', '"08:00"').replace("Eye drops", "Tears")


def test_of_two_windows_at_one_dose_each_saves_just_what_was_typed_there(scene: Scene) -> None:
    visit, path = scene.visit, f"{scene.path}/dose/drops"
    visit.opens(path)
    late = visit.form(path) | {"name": ["Tears"], "times": ["09:00"]}
    scene.sends("/dose/drops", times="10:00", place="4", days="mon and thu")
    visit.sends(path, late, status=409)
    # What both changed is as it was typed last; the rest shows what it would be.
    merged = visit.form(path)
    shown = {name: merged[name][0] for name in ("name", "times", "place", "days")}
    assert shown == {"name": "Tears", "times": "09:00", "place": "4", "days": "mon, thu"}
    visit.sends(path, merged)
    [dose] = (each for each in tomllib.loads(scene.draft)["dose"] if each["id"] == "drops")
    assert dose == {
        **{"id": "drops", "name": "Tears", "at": ["09:00"], "place": 4},
        **{"days": ["mon", "thu"], "contents": []},
    }


def test_of_two_windows_at_the_meals_each_saves_just_what_was_typed_there(scene: Scene) -> None:
    visit, path = scene.visit, f"{scene.path}/meals"
    visit.opens(scene.path)
    late = visit.form(path) | {"at.lunch": ["13:00"]}
    scene.sends("/meals", at__breakfast="08:00")
    visit.sends(path, late, status=409)
    visit.sends(path, visit.form(path))
    assert scene.draft == MINE.replace('"07:30"', '"08:00"').replace('"12:30"', '"13:00"')


def test_a_whole_text_typed_in_another_window_says_that_it_would_go(scene: Scene) -> None:
    visit, path = scene.visit, f"{scene.path}/text"
    visit.opens(path)
    late = visit.form(path) | {"text": [MINE.replace("# Mine.", "# Ours.")]}
    scene.sends("/meals", at__breakfast="08:00")
    words = visit.sends(path, late, status=409)
    assert "~ meal breakfast: at 07:30 -> 08:00" in words
    assert "To keep your text instead of that newer one, keep it once more." in words


def test_a_push_from_a_terminal_meanwhile_is_told_and_asked_for(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    scene.file.write_text(MINE.replace('"20:00"', '"21:00"'), encoding="utf-8")
    assert scene.laptop.types("push", scene.file, "--yes").exit_code == 0
    words = scene.visit.opens(scene.path)
    assert "The box has got another schedule since you began here." in words
    assert "~ dose drops: at 08:00, 20:00 -> 08:00, 21:00" in words
    asked = scene.sends("/push")
    assert "the box has got another schedule since this was begun, and that one would go" in asked
    assert "changed there since: ~ dose drops: at 08:00, 20:00 -> 08:00, 21:00" in asked
    assert '"21:00"' in scene.on_box
    scene.visit.sends(f"{scene.path}/push", scene.visit.form(f"{scene.path}/push"))
    assert scene.on_box == MINE.replace('"07:30"', '"09:45"')


def test_another_file_of_the_same_schedule_is_told_and_asked_for(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    scene.file.write_text(MINE.replace("age = 52", "age = 53"), encoding="utf-8")
    assert scene.laptop.types("push", scene.file).exit_code == 0
    said = "in what the box never sees"
    assert said in scene.visit.opens(scene.path)
    assert said in scene.sends("/push")
    assert "age = 53" in scene.on_box


def test_an_error_of_the_checks_holds_the_push_back_and_stands_beside_its_field(
    scene: Scene,
) -> None:
    text = MINE.replace("amount = 1000", "amount = 100000")
    scene.sends("/text", text=text)
    assert "Error" in scene.visit.opens(f"{scene.path}/dose/d3k2")
    words = scene.visit.opens(f"{scene.path}/push")
    assert "Held back by" in words
    assert f'action="{scene.path}/push"' not in scene.visit.source
    told = scene.visit.sends(f"{scene.path}/push", {})
    assert "held back by" in told
    assert (scene.draft, scene.on_box) == (text, MINE)


def test_a_box_that_is_not_there_is_told_and_the_draft_stays(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    box, scene.laptop.box = scene.laptop.box, None
    words = scene.sends("/push")
    assert f"the box {scene.box} is not there" in words
    assert "~ meal breakfast: at 07:30 -> 09:45" in words
    scene.laptop.box = box
    assert "Pushed to the box" in scene.sends("/push")


class Unplugged(Wire):
    """A line to a box that is pulled out after so many writes."""

    def __init__(self, world: World, writes: list[int]) -> None:
        super().__init__(world)
        self._writes = writes

    def write(self, data: bytes, /) -> int:
        self._writes[0] -= 1
        if self._writes[0] < 0:
            raise OSError(errno.EIO, "gone")
        return super().write(data)


def _torn(world: World, writes: list[int], port: str) -> Port:
    return Unplugged(world, writes)


def test_a_box_pulled_out_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    moved, told = MINE.replace('"07:30"', '"09:45"'), set()
    for writes in range(40):
        scene.sends("/meals", at__breakfast="09:45")
        left = [writes]
        assert scene.laptop.box
        reach = replace(scene.laptop.reach, open=partial(_torn, scene.laptop.box.world, left))
        laptop = copy(scene.laptop)
        laptop.reach = reach
        torn = Visit(laptop)
        told.add(scene.sends("/push", torn).partition(" Schedule: ")[0])
        # Either the box has it, and maybe the page does not know yet; or nothing is lost here.
        assert (scene.draft, scene.on_box) in ((moved, MINE), (moved, moved), ("", moved))
        if left[0] > 0:
            break
        if scene.draft:
            assert (
                "Pushed to the box" in scene.sends("/push")
                or "has it already" in scene.visit.words
            )
        scene.file.write_text(MINE, encoding="utf-8")
        assert scene.laptop.types("push", scene.file, "--yes").exit_code == 0
    assert any("Pushed to the box" in each for each in told)
    assert len(told) > 2


def test_a_schedule_rebuilt_from_the_box_says_what_that_means(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    (tmp_path / "data" / "history.sqlite3").unlink()
    scene.laptop.gets("status")
    words = scene.visit.opens(scene.path)
    assert "it was rebuilt from what the box holds" in words
    scene.sends("/meals", at__breakfast="09:45")
    asked = scene.sends("/push")
    assert "this laptop lacks the file that was pushed" in asked
    scene.visit.sends(f"{scene.path}/push", scene.visit.form(f"{scene.path}/push"))
    assert "09:45" in scene.on_box


def test_a_box_without_a_schedule_is_offered_one() -> None:
    laptop = Desk(Box.bare("2026-11-23 06:00"))
    box = laptop.gets("status")["device_id"]
    visit = Visit(laptop)
    path = f"/box/{box}/schedule"
    assert "This laptop knows no schedule of the box" in visit.opens(path)
    visit.opens(f"{path}/text")
    visit.sends(f"{path}/text", visit.form(f"{path}/text") | {"text": [MINE]})
    assert "Pushed to the box" in visit.sends(f"{path}/push", {})
    assert laptop.gets("pull")["file"] == MINE


def test_a_box_or_a_dose_that_there_is_not_is_said(scene: Scene) -> None:
    assert "this laptop has met no such box" in scene.visit.opens("/box/none/schedule", 400)
    assert "there is no such dose" in scene.visit.opens(f"{scene.path}/dose/none", 400)


HOSTILE = "<script>alert(1)</script>\"'&"


def test_no_text_of_a_person_becomes_markup(tmp_path: Path) -> None:
    quoted = HOSTILE.replace('"', '\\"')
    text = (
        MINE.replace("Anna's", quoted)
        .replace('"Eye drops"', f'"{quoted}"')
        .replace('name = "D3 and K2"', f'name = "D3 and K2"\ntake = "{quoted}"')
    )
    scene = Scene(tmp_path, text)
    for below in ("", "/dose/drops", "/dose/d3k2", "/text", "/ready", "/add", "/push"):
        words = scene.visit.opens(f"{scene.path}{below}")
        assert "<script>alert" not in scene.visit.source
        assert HOSTILE in words or below in ("/ready", "/add", "/dose/d3k2", "/text")
    fields: Fields = {"name": [HOSTILE], "times": [HOSTILE], "days": [HOSTILE], "place": [HOSTILE]}
    scene.sends("/dose/drops", status=422, typed=fields)
    assert "<script>alert" not in scene.visit.source
    scene.sends("/add", status=422, name=HOSTILE, when=HOSTILE)
    assert "<script>alert" not in scene.visit.source
    scene.sends("/text", status=422, text=f"</textarea>{HOSTILE}")
    assert "<script>alert" not in scene.visit.source
    assert scene.visit.source.count("</textarea>") == 1


def test_a_phone_looks_at_all_of_it_and_changes_nothing(scene: Scene) -> None:
    scene.sends("/meals", at__breakfast="09:45")
    phone = Visit(scene.laptop, is_phone=True)
    for below in ("", "/dose/drops", "/text", "/push", "/file"):
        assert phone.gets(f"{scene.path}{below}").status_code == 200
    for below in ("", "/push"):
        phone.opens(f"{scene.path}{below}")
        assert "<form" not in phone.source
    for below in ("/add", "/ready"):
        phone.opens(f"{scene.path}{below}", 403)
    before = scene.draft
    for below in ("/meals", "/dose/drops", "/dose/drops/remove", "/text", "/discard", "/push"):
        assert phone.fetches(f"{scene.path}{below}", {}).status_code == 403
    assert (scene.draft, scene.on_box) == (before, MINE)
