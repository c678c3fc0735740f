"""Boards with versions on them, and `dosebell flash` at them.

with plugged(with_app(OLD), VERSIONS) as board:
    done, notes = run(board)
"""

import os
from typing import Any

import pytest

from board_flash import BoardFlash, FlashFiles
from dosebell_host.box import link
from dosebell_host.box.ports import Target
from dosebell_host.errors import UserError
from dosebell_host.flash import restart, target
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


def hurry(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> None:
    """A board on a pty answers at once or never; `seconds` says otherwise for some of it."""
    shorter = {"TIMEOUT_S": 1.0, "REPL_S": 6.0, "HELLO_S": 3.0, "GONE_S": 0.5, **seconds}
    monkeypatch.setattr(link, "TIMEOUT_S", shorter["TIMEOUT_S"])
    for name in ("REPL_S", "HELLO_S", "GONE_S"):
        monkeypatch.setattr(restart, name, shorter[name])
    monkeypatch.setattr(restart, "port_of", plugged_port)
    monkeypatch.setattr(restart, "HELLO_TRIES", 2)
    monkeypatch.setattr(restart, "HELLO_TIMEOUT_S", 0.3)
    monkeypatch.setattr(target, "HELLO_TRIES", 1)
    monkeypatch.setattr(target, "FIND_S", 0.2)


def plugged_port(target: Target) -> str | None:
    """The port of a board, as long as that is plugged in."""
    return target.port if os.path.realpath(target.port) in PLUGGED or "//" in target.port else None


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


def run(board: RawReplBoard, **wishes: Any) -> tuple[FlashReport, list[str]]:
    """What `dosebell flash` did, and what it noted beside."""
    notes: list[str] = []

    def agree(losses: list[str], question: str) -> None:
        notes.append(f"{question}? {'; '.join(losses)}")

    port = wishes.pop("port", board.port)
    return flash(FlashWishes(port=port, **wishes), Talk(notes.append, agree)), notes


def complaint(board: RawReplBoard, kind: type[UserError], **wishes: Any) -> str:
    with pytest.raises(kind) as caught:
        run(board, **wishes)
    return str(caught.value)
