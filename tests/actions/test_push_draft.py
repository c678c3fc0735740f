"""A text that was begun from what a box had, pushed some time later."""

from pathlib import Path

import pytest
from test_changes import MINE

from desk import Desk
from domain import Box
from dosebell_host.actions.changes.push_draft import DraftToPush, push_draft
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.errors import UserError
from listener import Listener

MOVED = MINE.replace('"20:00"', '"21:00"')


class Scene:
    """A laptop that has pushed a file to the box beside it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "mine.toml"
        self.desk = Desk(Box.bare("2026-11-23 06:00"))
        self.revision = self.pushes(MINE)

    def pushes(self, text: str) -> str:
        self.file.write_text(text, encoding="utf-8")
        assert self.desk.types("push", self.file, "--yes").exit_code == 0
        return str(self.desk.gets("status")["revision"])

    def draft(self, text: str) -> DraftToPush:
        return DraftToPush("usb", "mine.toml", text, self.revision, MINE)

    @property
    def on_box(self) -> str:
        return str(self.desk.gets("pull")["file"])


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_it_goes_on_the_box_unasked_where_nothing_is_lost(scene: Scene) -> None:
    person = Listener()
    assert push_draft(scene.draft(MOVED), person.talk, scene.desk.reach).sent
    assert ("told", "~ dose drops: at 08:00, 20:00 -> 08:00, 21:00") in person.heard
    assert scene.on_box == MOVED


def test_whoever_pushes_over_what_came_meanwhile_is_asked(scene: Scene) -> None:
    other = MINE.replace("08:00", "09:00")
    scene.pushes(other)
    with pytest.raises(UserError) as told:
        push_draft(scene.draft(MOVED), Listener().talk, scene.desk.reach)
    assert "the box has got another schedule since this was begun" in str(told.value)
    assert "changed there since: ~ dose drops: at 08:00, 20:00 -> 09:00, 20:00" in str(told.value)
    assert scene.on_box == other
    push_draft(scene.draft(MOVED), Listener(agrees=True).talk, scene.desk.reach)
    assert scene.on_box == MOVED


def test_another_file_of_the_same_schedule_is_asked_for(scene: Scene) -> None:
    older = MINE.replace("age = 52", "age = 53")
    assert scene.pushes(older) == scene.revision
    with pytest.raises(UserError, match="in what the box never sees"):
        push_draft(scene.draft(MOVED), Listener().talk, scene.desk.reach)
    # Where that very file is pushed, nothing goes.
    push_draft(scene.draft(older), Listener().talk, scene.desk.reach)
    assert scene.on_box == older


def test_what_somebody_else_has_pushed_already_is_no_loss(scene: Scene) -> None:
    scene.pushes(MOVED)
    assert not push_draft(scene.draft(MOVED), Listener().talk, scene.desk.reach).sent


def test_an_error_of_the_checks_holds_it_back(scene: Scene) -> None:
    much = MINE.replace("amount = 1000", "amount = 100000")
    with pytest.raises(HeldBack, match="nothing was sent"):
        push_draft(scene.draft(much), Listener(agrees=True).talk, scene.desk.reach)
    assert scene.on_box == MINE
