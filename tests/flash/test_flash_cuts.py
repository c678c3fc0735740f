"""The plug is pulled after every single file operation of an installation.

Whatever was reached by then, the board starts the old version whole or the new one whole, nothing
that it has noted is gone, and the next `dosebell flash` brings it to the end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from board_flash import BoardFlash
from dosebell_host.errors import NoDevice
from dosebell_host.flash.install import flash
from dosebell_host.flash.target import FlashWishes
from dosebell_host.talk import Talk
from flashing import FOREIGN, NEW, OLD, OLDER, VERSIONS, own_files, reach_of, with_app
from raw_repl_board import plugged

# The real window makes no difference to the flash, and a larger one is faster.
FAST = 8192
# The cuts are shared out among so many tests, which run side by side.
SHARES = 4


@dataclass(frozen=True)
class Situation:
    """What is on the board, and what may start after a cut; "" is nothing."""

    make: Callable[[], BoardFlash]
    may_start: frozenset[str]
    force: bool = False


def short_of_room() -> BoardFlash:
    lying = with_app(OLD, OLDER)
    lying.blocks = lying.used() + 30
    return lying


def with_a_foreign_program() -> BoardFlash:
    return BoardFlash({"/main.py": FOREIGN, "/lib.py": b"x = 1\n"})


def left_half_installed() -> BoardFlash:
    """An earlier installation of yet another version was cut off."""
    lying = with_app(OLD)
    lying.mkdir(f"/app/{OLDER.version}")
    lying.mkdir(f"/app/{OLDER.version}/dosebell")
    lying.contents[f"/app/{OLDER.version}/dosebell/app.mpy.new"] = b"half"
    return lying


def with_earlier_start_files() -> BoardFlash:
    lying = with_app(OLD)
    for path in ("/boot.py", "/main.py"):
        lying.contents[path] += b"# An earlier release.\n"
    return lying


SITUATIONS = {
    "a fresh board": Situation(BoardFlash, frozenset({"", NEW.version})),
    "an upgrade": Situation(lambda: with_app(OLD, OLDER), frozenset({OLD.version, NEW.version})),
    "an upgrade in too little room": Situation(
        short_of_room, frozenset({OLD.version, NEW.version})
    ),
    "an upgrade after one that was cut off": Situation(
        left_half_installed, frozenset({OLD.version, NEW.version})
    ),
    "an upgrade of start files, too": Situation(
        with_earlier_start_files, frozenset({OLD.version, NEW.version})
    ),
    "another program": Situation(with_a_foreign_program, frozenset({"", NEW.version}), force=True),
}


def install(lying: BoardFlash, force: bool, cut_after: int | None = None) -> str:
    """Install on a board with this flash; "" or what was said when the plug was pulled."""
    with plugged(lying, VERSIONS, window_bytes=FAST, cut_after=cut_after) as board:
        wishes = FlashWishes(port=board.port, force=force)
        try:
            talk = Talk(lambda note: None, lambda losses, question: None)
            flash(wishes, talk, reach_of(board))
        except NoDevice as error:
            return str(error)
    return ""


def started(lying: BoardFlash) -> tuple[str, list[str]]:
    """What starts when the board is plugged in again, and what goes wrong then."""
    with plugged(lying, VERSIONS) as board:
        return board.started(), board.complaints


def cuts(situation: Situation, share: int) -> Iterator[tuple[BoardFlash, str]]:
    """The flash after a cut, and what was said, for every SHARES-th operation from `share` on."""
    number = share
    while True:
        lying = situation.make()
        said = install(lying, situation.force, number)
        if not said:
            return
        yield lying, said
        number += SHARES


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("name", SITUATIONS)
def test_after_every_cut_the_board_starts_the_old_version_or_the_new_one(
    name: str, share: int
) -> None:
    situation = SITUATIONS[name]
    tried = 0
    for lying, said in cuts(situation, share):
        tried += 1
        journal = {path: data for path, data in own_files(lying).items() if "/log/" in path}
        runs, complaints = started(lying)
        assert runs in situation.may_start, (said, complaints)
        # A main.py without anything to start, or half of one, would crash again and again.
        assert runs or lying.contents.get("/main.py") in (None, FOREIGN), said
        assert said.count("\n") == 0
        assert "traceback" not in said.casefold()
        assert all(lying.contents[path].startswith(data) for path, data in journal.items())
    assert tried > 5


@pytest.mark.parametrize("name", SITUATIONS)
def test_after_a_cut_the_next_try_brings_it_to_the_end(name: str) -> None:
    situation = SITUATIONS[name]
    # Every thirteenth, which no step of the installation has in common.
    for number in range(1, 1000, 13):
        lying = situation.make()
        said = install(lying, situation.force, number)
        if not said:
            break
        assert install(lying, situation.force) == ""
        assert started(lying) == (NEW.version, [])
    assert number > 50


def test_what_is_said_tells_what_starts_now() -> None:
    said = [install(with_app(OLD), False, number) for number in (20, 60)]
    assert [text.partition(" went away. ")[2] for text in said] == [
        f"It still starts the version that was on it ({OLD.version}). Plug it in again and repeat"
        " `dosebell flash`: it goes on where it stopped.",
    ] * 2
