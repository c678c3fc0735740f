"""How long `dosebell flash` waits for a board, by a clock that goes on only while it waits."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from dosebell_host.box.link import Port
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice
from dosebell_host.flash.bootsel import wait_for
from dosebell_host.flash.install import flash
from dosebell_host.flash.restart import answering, at_repl
from dosebell_host.flash.target import FlashWishes, meet_running
from dosebell_host.talk import Talk
from laptop import Scripted

BOARD = Target("/dev/nowhere", "the board", serial="E66118C4E3")


class Waiting:
    """A laptop at which nothing answers; `waited_s` is how long it was waited for."""

    def __init__(self, *plugged: Target) -> None:
        self.waited_s = 0.0
        self.reach = Reach(
            plugged=lambda: list(plugged),
            find_virtuals=list,
            mounted=list,
            open=self._in_use,
            elapsed_s=lambda: self.waited_s,
            pause=self._pause,
        )

    def _pause(self, seconds: float) -> None:
        self.waited_s += seconds

    def _in_use(self, port: str) -> Port:
        raise NoDevice(f"{port} is in use", code="busy")


def into_repl(reach: Reach) -> None:
    with at_repl(BOARD, reach):
        pass


def to_answer(reach: Reach) -> None:
    answering(BOARD, reach)


def to_be_found(reach: Reach) -> None:
    meet_running(FlashWishes(), print, reach)


def to_become_a_drive(reach: Reach) -> None:
    wait_for("RP2040", None, [], reach)


@pytest.mark.parametrize(
    ("waits_for", "plugged", "seconds"),
    [
        (to_be_found, [], 6),
        (into_repl, [], 20),
        (into_repl, [BOARD], 60),
        (to_answer, [], 20),
        (to_answer, [BOARD], 90),
        (to_become_a_drive, [], 40),
    ],
)
def test_a_board_is_given_as_long_as_a_pico_may_take(
    waits_for: Callable[[Reach], None], plugged: list[Target], seconds: int
) -> None:
    laptop = Waiting(*plugged)
    with pytest.raises(NoDevice):
        waits_for(laptop.reach)
    assert seconds <= laptop.waited_s <= seconds + 0.5


@pytest.mark.parametrize("dry_run", [True, False])
def test_at_a_silent_port_nobody_waits_longer_than_ten_seconds_and_is_told_for_what(
    dry_run: bool,
) -> None:
    laptop, notes = Waiting(BOARD), list[str]()

    class Silent(Scripted):
        def read(self, size: int = 1, /) -> bytes:
            laptop.waited_s += self.timeout or 0.0
            return b""

    reach = replace(laptop.reach, open=lambda port: Silent())
    with pytest.raises(NoDevice):
        flash(FlashWishes(dry_run=dry_run), Talk(notes.append), reach)
    assert notes == [
        "No dosebell answers at the board; looking for MicroPython there, for at most 6 s ..."
    ]
    assert 8 <= laptop.waited_s <= 10


@pytest.mark.parametrize(("absent", "seconds"), [(0, 6), (1, 60)])
def test_a_port_that_is_there_all_the_while_gets_less_time_than_one_that_comes_and_goes(
    absent: int, seconds: int
) -> None:
    laptop, looks = Waiting(BOARD), count()
    # Three looks a try; of a board that starts again and again some find nothing.
    reach = replace(laptop.reach, plugged=lambda: [BOARD] if next(looks) % 7 >= absent else [])
    with pytest.raises(NoDevice), at_repl(BOARD, reach, quiet_s=6.0):
        pass
    assert seconds <= laptop.waited_s <= seconds + 0.5


def test_a_port_that_is_in_use_is_told_at_once() -> None:
    laptop = Waiting(BOARD)
    with pytest.raises(NoDevice):
        to_be_found(laptop.reach)
    assert laptop.waited_s == 0


def test_a_drive_that_appears_is_taken_and_one_that_was_here_before_is_not(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / "before", tmp_path / "new"]
    for folder in folders:
        folder.mkdir()
        (folder / "INFO_UF2.TXT").write_text("Board-ID: RPI-RP2\n")
    laptop = Waiting()
    reach = replace(laptop.reach, mounted=lambda: folders[: 1 + (laptop.waited_s > 3)])
    before = [wait_for("RP2040", None, [], reach)]
    assert wait_for("RP2040", None, before, reach).folder == folders[1]
    assert 3 < laptop.waited_s < 3.5
