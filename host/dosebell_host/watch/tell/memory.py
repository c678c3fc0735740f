"""What one who is told was told, in a file beside the history that only this user can read.

Whatever ends the program leaves one whole file. One that is damaged remembers nothing: then some
things are told twice.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.resources import TOLD, history_file, write_private
from dosebell_host.watch.tell.matters import MissedDose
from dosebell_host.watch.tell.told import MatterKey, Told


@dataclass(frozen=True)
class TellMemory:
    """What was told and not over yet, the doses that were missed, and the boxes ever heard."""

    told: Told = frozenset()
    missed: dict[MatterKey, MissedDose] = field(default_factory=dict)
    heard: frozenset[str] = frozenset()


def memory_file(name: str) -> Path:
    """Where that of the entry of that name is: its name may be no name for a file."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return history_file().parent / TOLD / f"{digest}.json"


def load(path: Path) -> TellMemory:
    """The memory in the file; an empty one where it is missing or damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return TellMemory(
            frozenset(_key(each) for each in kept["told"]),
            {_key(key): _missed(said) for key, said in kept["missed"]},
            frozenset(map(str, kept["heard"])),
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return TellMemory()


def save(path: Path, memory: TellMemory) -> None:
    """Put it in the file's place. Raises `UserError` where that cannot be written."""
    text = json.dumps(
        {
            "told": sorted(memory.told),
            "missed": sorted(memory.missed.items()),
            "heard": sorted(memory.heard),
        }
    )
    try:
        write_private(path, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"cannot be written ({reason})", where=str(path), code="file") from None


def _key(said: Any) -> MatterKey:
    return MatterKey(*map(str, said))


def _missed(said: Any) -> MissedDose:
    dose, due_s, noted_s, ended, taken_s, is_known = said
    times = _instant(due_s), int(noted_s)
    return MissedDose(str(dose), *times, str(ended), _instant(taken_s), bool(is_known))


def _instant(value: Any) -> int | None:
    return None if value is None else int(value)
