"""A box whose flash is dead: what it still knows can be read, and what it refuses is a note."""

from pathlib import Path

import pytest

from domain import D3K2, Box
from failing_files import FailingFiles
from laptop import PICO
from lying_box import Json, LyingDesk, Params, RefusalError, Says, honest

FAILED = "the box could not write to its flash (the flash failed)"
NOT_SET = f"The box's clock is 1 min ahead of this laptop's, and could not be set: {FAILED}.\n"
NOT_READ = f"What the box has noted since this laptop last read it is not known: {FAILED}.\n"
NO_PLAN = f"What the schedule on the box says is not known: {FAILED}.\n"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LyingDesk:
    """Beside a box on which a dose rings, and whose clock is a minute ahead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    desk = LyingDesk()
    desk.box = box = Box.with_schedule(D3K2, files=FailingFiles({})).until("07:31:30")
    box.world.board.name = PICO
    desk.ahead_s = -60
    desk.says = honest(box)
    return desk


def refusing(box: Box, *methods: str) -> Says:
    """A box that says no to these, because its flash failed."""

    def says(method: str, params: Params) -> Json:
        if method in methods:
            problem = {"code": -32000, "message": "the flash failed", "data": {"reason": "flash"}}
            raise RefusalError(problem)
        return honest(box)(method, params)

    return says


@pytest.mark.parametrize("command", ["status", "log", "take"])
@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (("clock.set",), NOT_SET),
        (("journal.read",), NOT_READ),
        (("schedule.read",), NO_PLAN),
        (("journal.read", "clock.set", "schedule.read"), NOT_READ + NOT_SET + NO_PLAN),
    ],
)
def test_what_it_refuses_in_passing_is_a_note(
    refused: tuple[str, ...], told: str, command: str, desk: LyingDesk
) -> None:
    assert desk.box is not None
    desk.says = refusing(desk.box, *refused)
    if "clock.set" not in refused:
        desk.ahead_s = 0
    found = desk.types(command)
    assert (found.exit_code, found.stderr) == (0, told)


def test_one_that_nothing_can_be_read_from_any_more_still_tells_what_rings(
    desk: LyingDesk,
) -> None:
    assert desk.box is not None
    assert isinstance(desk.box.files, FailingFiles)
    desk.box.files.begin(lambda number: True)
    assert desk.gets("status")["ringing"] == ["d3k2"]


@pytest.mark.parametrize("command", ["status", "log", "take"])
def test_what_was_noted_is_read_before_the_clock_is_set(command: str, desk: LyingDesk) -> None:
    assert desk.box is not None
    asked: list[str] = []
    says = honest(desk.box)

    def heard(method: str, params: Params) -> Json:
        asked.append(method)
        return says(method, params)

    desk.says = heard
    assert desk.types(command).exit_code == 0
    first_read, was_set = asked.index("journal.read"), asked.index("clock.set")
    # What the box noted of its clock is read, too.
    assert first_read < was_set < len(asked) - 1 - asked[::-1].index("journal.read")
