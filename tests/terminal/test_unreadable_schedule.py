"""A schedule that this release cannot read, as of a newer one: unknown, and no dead end."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, compiled, plan
from dosebell_host.history.store import open_history
from dosebell_host.schedule.lines import plan_of
from lying_box import Json, LyingDesk, Params, Says, honest, lies

BOTH = plan(D3K2_DOSE, DROPS_DOSE)
ONE = plan(DROPS_DOSE)
REPLACED = "new.toml"
TOLD = (
    "The schedule on the box cannot be read here, so only what the box itself says of it is told:"
    " upgrade dosebell on this laptop, or push a schedule again.\n"
)
TOLD_OF_OLD = (
    "1 schedule of that time cannot be read by this dosebell, so of their doses only what the box"
    " noted is shown.\n"
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LyingDesk:
    """Beside a box at which D3 + K2 was taken and the drops ring, from a newer release's file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    Path(REPLACED).write_text(ONE, encoding="utf-8")
    desk = LyingDesk()
    desk.box = Box.with_schedule(BOTH, at="2026-11-23 07:00").until("07:31")
    desk.box.press()
    desk.says = of_a_newer_release(desk.box.until("08:01"))
    return desk


def newer(line: str) -> str:
    return line.replace("dose\t", "dose2\t") if line.startswith("dose\t") else line


def of_a_newer_release(box: Box) -> Says:
    """A box whose schedule has lines of a kind that nobody knew when this was released."""

    def turned(reply: Json) -> Json:
        return {**reply, "line": newer(reply["line"])}

    return lies(box, "schedule.read", turned)


def test_no_line_of_it_is_believed() -> None:
    lines = list(map(newer, compiled(BOTH).lines))
    assert (plan_of(lines).doses, plan_of(lines).zone_name) == ([], "")


def test_the_status_tells_what_the_box_says(desk: LyingDesk) -> None:
    found = desk.types("status")
    assert (found.exit_code, found.stderr) == (0, TOLD)
    said = dict(line.split(maxsplit=1) for line in found.stdout.splitlines())
    assert said["Now"].startswith("drops rings, until ")
    assert said["Today"].startswith("d3k2 taken ")
    document = desk.gets("status")
    assert [document[key] for key in ("ringing", "title", "timezone")] == [["drops"], None, None]
    assert [each["dose"] for each in document["doses"]] == ["d3k2", "drops"]


def test_the_log_tells_what_was_noted(desk: LyingDesk) -> None:
    found = desk.types("log", "--csv")
    assert (found.exit_code, found.stderr) == (0, TOLD)
    rows = [line.split(",") for line in found.stdout.splitlines()[1:]]
    assert [(row[1], row[3]) for row in rows] == [("d3k2", "taken"), ("drops", "open")]


@pytest.mark.parametrize("named", [[], ["drops"], ["drops", "--date", "2026-11-23"]])
def test_what_rings_can_be_taken(named: list[str], desk: LyingDesk) -> None:
    found = desk.types("take", *named)
    assert (found.exit_code, found.stderr) == (0, TOLD), found.output
    assert found.stdout.startswith("drops of 2026-11-23: taken at ")


@pytest.mark.parametrize("command", ["pull", "stock d3k2", "push --timezone Europe/Rome"])
def test_what_needs_the_schedule_says_so(command: str, desk: LyingDesk) -> None:
    error = desk.gets(*command.split(), code=1)["error"]
    assert (error["code"], error["message"], error["fix"]) == (
        "lines",
        "the schedule on the box cannot be read here",
        "upgrade dosebell on this laptop, or push a schedule again",
    )


def test_a_push_replaces_it(desk: LyingDesk) -> None:
    pushed = desk.types("push", REPLACED, "--yes")
    assert pushed.exit_code == 0, pushed.output
    assert desk.box is not None
    desk.says = honest(desk.box)
    found = desk.types("status")
    assert (found.exit_code, found.stderr) == (0, "")


def test_lines_that_are_not_of_the_revision_are_not_believed(desk: LyingDesk) -> None:
    box, others = desk.box, compiled(plan(D3K2_DOSE, IRON_DOSE)).lines
    assert box is not None

    def says(method: str, params: Params) -> Json:
        if method == "schedule.read":
            return {"line": others[params["n"]], "count": len(others)}
        return honest(box)(method, params)

    desk.says = says
    found = desk.types("log", "--csv")
    assert (found.exit_code, found.stderr) == (0, TOLD)
    assert [line.split(",")[1] for line in found.stdout.splitlines()[1:]] == ["d3k2", "drops"]
    with closing(open_history(pytest.fail)) as history:
        assert history.schedule(compiled(BOTH).revision) is None


def spoil(text: str) -> None:
    """Let the history have lines of that schedule which nobody knew when this was released."""
    old = compiled(text)
    with closing(open_history(pytest.fail)) as history:
        history.save_schedule(old.revision, list(map(newer, old.lines)))


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """Beside a box on which the schedule of before cannot be read any more."""
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    desk = Desk(Box.with_schedule(BOTH, at="2026-11-23 07:00").until("07:31"))
    assert desk.box is not None
    desk.box.press()
    desk.gets("status")
    spoil(BOTH)
    desk.box.until("2026-11-24 06:00").push(ONE)
    desk.box.until("2026-11-25 06:00")
    return desk


def is_there(desk: Desk) -> str:
    return ""


def is_gone(desk: Desk) -> str:
    desk.box = None
    return "".join(desk.types("log").stderr.splitlines(keepends=True)[:2])


@pytest.mark.parametrize("box", [is_there, is_gone])
def test_an_old_one_in_the_history_hides_nothing_that_was_noted(
    box: Callable[[Desk], str], after: Desk
) -> None:
    after.gets("status")
    whose_age = box(after)
    found = after.types("log", "--csv")
    assert (found.exit_code, found.stderr) == (0, whose_age + TOLD_OF_OLD)
    rows = [line.split(",") for line in found.stdout.splitlines()[1:]]
    assert sorted((row[0], row[1], row[3]) for row in rows) == [
        ("2026-11-23", "d3k2", "taken"),
        # Drops are taken twice a day.
        *[("2026-11-23", "drops", "missed")] * 2,
        *[("2026-11-24", "drops", "missed")] * 2,
    ]


def test_a_gap_under_it_is_told_as_just_that(after: Desk) -> None:
    assert after.box is not None
    after.box.power_cut("2026-11-25 12:00", "2026-11-27 12:00")
    after.box.set_clock("2026-11-27 12:01")
    after.box.push(BOTH)
    after.gets("log")
    spoil(ONE)
    said = after.types("log").stderr
    assert said == TOLD_OF_OLD + (
        "From 2026-11-25 12:00 to 2026-11-27 12:00 the box was off or had no clock. This dosebell"
        " cannot read the schedule of that time, so its doses are not shown.\n"
    )
