"""Keeps a board's own files on the laptop before anything is written there: byte for byte.

Each time has a folder of its own, named by the box and the moment, which appears under that name
only once everything in it has been compared with what the board itself says of it.
"""

import contextlib
import hashlib
import itertools
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dosebell import frames
from dosebell_host.errors import UserError
from dosebell_host.flash.raw_repl import Found, RawBoard
from dosebell_host.resources import FOLDER_VARIABLE, SAVED, history_file
from dosebell_host.talk import Progress, no_progress

DEVICE_ID = "/state/device_id"
_PART = ".part"
# A line that was garbled on the way comes right at the second reading.
_READS = 2
_NOT_IN_NAMES = re.compile(r"[^\w.-]|[.]+$")
# What Windows takes for a device, whatever stands behind the dot.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True)
class Saved:
    """Where the files are, by their path on the board; no folder where there were none."""

    folder: Path | None
    files: Mapping[str, bytes]


def save(
    board: RawBoard, found: Mapping[str, Found], serial: str, progress: Progress = no_progress
) -> Saved:
    """Read these files and keep them. `serial` names a box that has no id of its own yet.

    Raises `UserError` where they can't be read, or can't be kept; nothing is kept then.
    """
    total = sum(each.size for each in found.values())
    files: dict[str, bytes] = {}
    for path, there in found.items():
        files[path] = _read(board, path, there)
        progress(sum(map(len, files.values())), total)
    if not files:
        return Saved(None, files)
    folder = history_file().parent / SAVED / (_device_id(files) or _plain(serial) or "pico")
    try:
        return Saved(_keep(folder, files), files)
    except OSError as error:
        raise UserError(
            f"what is on the board cannot be saved in {folder} ({error.strerror or error})."
            " Nothing was changed on the board.",
            fix=f"Make room there, or set {FOLDER_VARIABLE} to another folder",
            code="save",
        ) from None


def _read(board: RawBoard, path: str, there: Found) -> bytes:
    for _ in range(_READS):
        data = board.read(path)
        if hashlib.sha256(data).hexdigest() == there.digest:
            return data
    raise UserError(
        f"{path} on the board could not be read back right. Nothing was changed on the board.",
        fix="Repeat the command",
        code="save",
    )


def _keep(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write them under another name first, so that a folder with the right name is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(_PART, dir=folder))
    try:
        _write(part, files)
        return _named(part, time.strftime("%Y-%m-%d-%H%M%S"))
    except OSError:
        # Half of it is no use, and may be what fills the disk.
        shutil.rmtree(part, ignore_errors=True)
        raise


def _write(part: Path, files: Mapping[str, bytes]) -> None:
    for path, name in names_on_laptop(files).items():
        file, data = part / name, files[path]
        file.parent.mkdir(parents=True, exist_ok=True)
        # None is written over, whatever this disk takes for one name.
        with file.open("xb") as written:
            written.write(data)
        if file.read_bytes() != data:
            raise OSError(f"{file} reads back otherwise")


def _named(part: Path, name: str) -> Path:
    names = (name if n == 1 else f"{name}-{n}" for n in itertools.count(1))
    goal = next(goal for each in names if not (goal := part.with_name(each)).exists())
    return part.rename(goal)


def names_on_laptop(paths: Iterable[str]) -> dict[str, str]:
    """Where each file of a board goes below a folder of any laptop: no two at one place.

    A laptop may know fewer characters than a board, and take A for a.
    """
    places = {"/": ""}
    taken: set[str] = set()

    def place(path: str) -> str:
        if path not in places:
            above, _, word = path.rpartition("/")
            below = place(above or "/")
            names = (_numbered(_plain(word) or "_", n) for n in itertools.count(1))
            free = (f"{below}/{name}".lstrip("/") for name in names)
            places[path] = next(each for each in free if each.casefold() not in taken)
            taken.add(places[path].casefold())
        return places[path]

    return {path: place(path) for path in paths}


def _numbered(name: str, n: int) -> str:
    return name if n == 1 else f"{name}~{n}"


def _device_id(files: Mapping[str, bytes]) -> str:
    """The id of the box, which it keeps in a file of one line; "" where it has none."""
    lines = files.get(DEVICE_ID, b"").splitlines()
    with contextlib.suppress(ValueError):
        return _plain(frames.unseal(lines[0]) or "") if lines else ""
    return ""


def _plain(word: str) -> str:
    """A name from a board as a name on any laptop; never one that leads elsewhere."""
    return _DEVICES.sub(r"\1_\2", _NOT_IN_NAMES.sub("_", word).lstrip("."))
