"""A push and a pull as one call each: what a person is told and asked, and what lies where."""

from pathlib import Path

import pytest

from advice_texts import D3, D3K2_ADVICE, MK7, a_dose, a_schedule
from desk import Desk
from domain import D3K2, D3K2_DOSE, DROPS_DOSE, Box, compiled, plan
from dosebell_host.actions.pull import pull
from dosebell_host.actions.push import PushWishes, push
from dosebell_host.errors import UserError
from dosebell_host.history.store import Pushed, open_history
from dosebell_host.schedule.decompiler import REBUILT
from dosebell_host.talk import no_note
from listener import Listener

BOTH = plan(D3K2_DOSE, DROPS_DOSE)
MOVED = D3K2.replace("Europe/Berlin", "Europe/London")
LESS = "- dose drops: DROPS, 08:00, 20:00, daily"
LOSS = "dose drops goes. Push it?"
# Every push of that file begins with what the checks say of it.
ADVICE = [("told", line) for line in D3K2_ADVICE]
NO_BATTERY = (
    "This box has no battery clock: after a power cut it does not know the time until a laptop"
    " sets it."
)
OFFER = (
    "Hear it now? `dosebell doctor --ring --port usb` is a practice ring that leaves no record."
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(D3K2, encoding="utf-8")
    return path


def with_both(desk: Desk) -> Box:
    desk.box = Box.with_schedule(BOTH, at="2026-11-23 06:00")
    return desk.box


def revision(box: Box) -> str:
    return str(box.request("hello")["revision"])


def done(box: Box) -> str:
    return f"Pushed to the box {box.app.box.device_id} and read back (revision {revision(box)})."


def test_the_difference_stands_before_the_question(desk: Desk, file: Path) -> None:
    box, person = with_both(desk), Listener(agrees=True)
    report = push(PushWishes("usb", file), person.talk, desk.reach)
    assert person.heard == [
        *ADVICE,
        ("told", LESS),
        ("asked", LOSS),
        ("told", done(box)),
        ("noted", OFFER),
    ]
    assert (report.sent, revision(box)) == (True, compiled(D3K2).revision)


def test_a_push_that_is_declined_changes_nothing(desk: Desk, file: Path) -> None:
    box, person = with_both(desk), Listener(agrees=False)
    with pytest.raises(UserError, match="nothing was done"):
        push(PushWishes(file=file), person.talk, desk.reach)
    assert person.heard == [*ADVICE, ("told", LESS), ("asked", LOSS)]
    assert revision(box) == compiled(BOTH).revision


def test_where_nobody_can_be_asked_nothing_is_lost(desk: Desk, file: Path) -> None:
    box, person = with_both(desk), Listener()
    with pytest.raises(UserError) as refused:
        push(PushWishes(file=file), person.talk, desk.reach)
    assert (refused.value.code, person.heard) == ("needs-yes", [*ADVICE, ("told", LESS)])
    assert revision(box) == compiled(BOTH).revision


def test_a_dry_run_only_tells(desk: Desk, file: Path) -> None:
    box, person = with_both(desk), Listener(agrees=True)
    report = push(PushWishes(file=file, dry_run=True), person.talk, desk.reach)
    assert (person.heard, report.sent) == ([*ADVICE, ("told", LESS)], False)
    assert revision(box) == compiled(BOTH).revision


def test_what_a_box_cannot_do_is_said_after_the_push(desk: Desk, file: Path) -> None:
    desk.box = Box.bare()
    person = Listener()
    push(PushWishes(file=file, sync=False), person.talk, desk.reach)
    assert person.heard[-3:] == [
        ("told", done(desk.box)),
        (
            "noted",
            "Its clock is not set, so nothing rings and nothing is judged:"
            " `dosebell clock --set` sets it.",
        ),
        ("noted", NO_BATTERY),
    ]


def test_no_practice_is_offered_while_a_dose_rings(desk: Desk, file: Path) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:31")
    person = Listener(agrees=True)
    push(PushWishes(file=file), person.talk, desk.reach)
    assert {how for how, _ in person.heard} == {"told"}


def test_another_zone_is_the_file_with_that_zone(desk: Desk, file: Path) -> None:
    desk.box = Box.bare(battery_clock=True)
    push(PushWishes(file=file), Listener().talk, desk.reach)
    report = push(PushWishes(zone="Europe/London"), Listener(agrees=True).talk, desk.reach)
    assert report.proposal.document.source.file == MOVED.encode()
    assert revision(desk.box) == compiled(MOVED).revision


HELD = a_schedule(a_dose(D3(125), MK7()))


@pytest.mark.parametrize(
    ("text", "zone", "code"),
    [
        (None, None, "usage"),
        (D3K2, "Asia/Tokyo", "usage"),
        (None, "Europe/Lodnon", "zone"),
        (None, "", "zone"),
        (D3K2.replace("07:30", "7h30"), None, "schedule"),
        (HELD, None, "held-back"),
        (f"# {REBUILT.splitlines()[0]}\n{D3K2}", None, "rebuilt"),
    ],
    ids=["nothing", "two things", "no zone", "empty zone", "a mistake", "held back", "rebuilt"],
)
def test_what_is_wrong_is_said_before_a_box_is_looked_for(
    text: str | None, zone: str | None, code: str, desk: Desk, file: Path
) -> None:
    if text is not None:
        file.write_text(text, encoding="utf-8")
    person = Listener(agrees=True)
    with pytest.raises(UserError) as wrong:
        push(PushWishes(file=None if text is None else file, zone=zone), person.talk, desk.reach)
    assert (wrong.value.code, person.heard) == (code, [])


def test_a_pull_writes_what_was_pushed(desk: Desk, file: Path, tmp_path: Path) -> None:
    desk.box = Box.bare(battery_clock=True)
    push(PushWishes(file=file), Listener().talk, desk.reach)
    copy, person = tmp_path / "copy.toml", Listener()
    report = pull(None, person.talk, desk.reach, copy)
    assert (copy.read_bytes(), person.heard) == (D3K2.encode(), [("noted", f"Written to {copy}.")])
    assert (report.rebuilt, report.source.file_name) == (False, "mine.toml")


def test_a_pull_asks_before_it_writes_over_another_file(desk: Desk, file: Path) -> None:
    with_both(desk)
    person = Listener(agrees=False)
    with pytest.raises(UserError, match="nothing was done"):
        pull(None, person.talk, desk.reach, file)
    assert person.heard == [
        ("noted", "Rebuilt from the box: this laptop does not have the file itself."),
        ("asked", f"{file} would be overwritten. Overwrite it?"),
    ]
    assert file.read_text(encoding="utf-8") == D3K2


def test_a_pull_into_a_folder_is_told(desk: Desk, tmp_path: Path) -> None:
    with_both(desk)
    with pytest.raises(UserError, match="cannot be written"):
        pull(None, Listener(agrees=True).talk, desk.reach, tmp_path)


def test_a_pushed_file_that_is_no_text_any_more_is_rebuilt(desk: Desk) -> None:
    """On a disk a bit may turn, and what comes of it was never pushed."""
    box, history = with_both(desk), open_history(no_note)
    pushed = Pushed("mine.toml", b"\xff")
    history.save_push(str(box.app.box.device_id), revision(box), pushed, 0.0)
    history.close()
    pulled = desk.gets("pull")
    assert (pulled["rebuilt"], pulled["file_name"]) == (True, "rebuilt.toml")
