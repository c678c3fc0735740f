"""Boards with versions on them, and `dosebell flash` at them.

with plugged(with_app(OLD), VERSIONS) as board:
    done, notes = run(board)
"""

from dataclasses import replace
from typing import Any

import pytest

from board_flash import BoardFlash, FlashFiles
from dosebell_host.box.patience import LinkPatience, RestartPatience
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import UserError
from dosebell_host.flash.bundle import Bundle, compiled
from dosebell_host.flash.install import flash
from dosebell_host.flash.report import FlashReport
from dosebell_host.flash.steps import wanted_start_files
from dosebell_host.flash.target import FlashWishes
from dosebell_host.schedule.local_time import now_s
from dosebell_host.sim.world import World
from dosebell_host.talk import Talk
from raw_repl_board import PLUGGED, RawReplBoard

NEW = compiled()
# A version that differs from the new one in three files.
CHANGED = {f"dosebell/{name}.mpy": b"M\x06\0\x1fold" for name in ("app", "box", "zone")}
OLD = Bundle({**NEW.files, **CHANGED})
OLDER = Bundle({name: content + b"older" for name, content in NEW.files.items()})
VERSIONS = {each.version: each.files for each in (OLDER, OLD, NEW)}
START_FILES = wanted_start_files()
FOREIGN = b"import machine\nprint('blink')\n"


# What is sure to answer is given all the time that a busy machine may need, and what never does
# hardly any.
SURE = LinkPatience(usual_s=30.0, slow_s=30.0)
VAIN = LinkPatience(tries=1, usual_s=0.05)
# What is starting is asked often, and may answer late.
STARTING = LinkPatience(tries=100, usual_s=0.3)


def reach_of(board: RawReplBoard | None = None, **patience: Any) -> Reach:
    """A laptop to which a board is plugged in, or will be. `patience` changes what it has."""
    answers = board is None or board.answers_hello
    restart = RestartPatience(
        # A board whose power is cut does not come back.
        gone_s=0.0 if board and board.is_cut else 20.0,
        hello_s=90.0 if answers else 0.0,
        running=SURE if answers and board and board.started() else VAIN,
        starting=STARTING if answers else VAIN,
    )
    return Reach(
        plugged=plugged_in,
        find_virtuals=list,
        mounted=list,
        patience=SURE,
        restart=replace(restart, **patience),
    )


def plugged_in() -> list[Target]:
    """The boards that are plugged in, as USB knows them."""
    usb = [(port, serial) for port, serial in PLUGGED.items() if "://" not in port]
    return [Target(port, port, "Board in FS mode", serial) for port, serial in usb]


def version_files(bundle: Bundle) -> dict[str, bytes]:
    return {f"/app/{bundle.version}/{name}": data for name, data in bundle.files.items()}


def with_app(current: Bundle, *before: Bundle, **options: Any) -> BoardFlash:
    """A flash on which these versions are installed, with a box that has lived a little."""
    contents = {**START_FILES, "/app/current": current.version.encode()}
    for bundle in (current, *before):
        contents |= version_files(bundle)
    if before:
        contents["/app/previous"] = before[0].version.encode()
    board = BoardFlash(contents, **options)
    world = World(now_s() - 3600, FlashFiles(board), seed="lived")
    world.power_on()
    world.run_for(60)
    world.power_off()
    return board


def own_files(board: BoardFlash) -> dict[str, bytes]:
    """Documents and journal."""
    contents = board.contents.items()
    return {path: data for path, data in contents if path.startswith(("/state/", "/log/"))}


def run(
    board: RawReplBoard, reach: Reach | None = None, **wishes: Any
) -> tuple[FlashReport, list[str]]:
    """What `dosebell flash` did, and what it noted beside."""
    notes: list[str] = []

    def agree(losses: list[str], question: str) -> None:
        notes.append(f"{question}? {'; '.join(losses)}")

    port = wishes.pop("port", board.port)
    talk = Talk(notes.append, agree)
    return flash(FlashWishes(port=port, **wishes), talk, reach or reach_of(board)), notes


def looking(port: str) -> str:
    """What is said before a board is entered at which nobody answers."""
    return f"No dosebell answers at {port}; looking for MicroPython there, for at most 6 s ..."


def complaint(board: RawReplBoard, kind: type[UserError], **wishes: Any) -> str:
    with pytest.raises(kind) as caught:
        run(board, **wishes)
    return str(caught.value)
