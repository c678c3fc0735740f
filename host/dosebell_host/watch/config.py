"""The settings of a watcher: who is told of what, in one file of this user.

It may hold passwords, so nobody else may read it; where it is open to others, it is closed, and
that is said. Which kinds of entries there are stands in kinds.py.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.schedule.fields import Table, unknown_key
from dosebell_host.schedule.problems import Problems
from dosebell_host.schedule.read_file import decode, read_bytes, read_toml
from dosebell_host.schedule.values import Wrong, show
from dosebell_host.talk import Note
from dosebell_host.watch.kind import START, Around, EntryKind
from dosebell_host.watch.kinds import KINDS
from dosebell_host.watch.sink import Sink

CODE = "config"
MOST_ENTRIES = 64
_OTHERS = 0o077

_HEAD = """\
# The settings of `dosebell watch` and `dosebell web`: who is told of what the boxes note. Take the
# "# " away in front of what you want; `dosebell watch --try` sends a test through each entry.
"""


class Configured(NamedTuple):
    """One entry of the file, the name that its sink has at every start, and where it stands, ""
    for one of the command line.
    """

    kind: EntryKind
    entry: Table
    name: str
    where: str = ""

    def sink(self, around: Around) -> Sink:
        """The sink that it asks for."""
        return self.kind.sink(self.entry, self.name, around._replace(where=self.where))

    def try_out(self) -> str:
        """Send a test through it; what was done, in one sentence. Raises `UserError`."""
        return self.kind.try_out(self.entry, self.name)

    @property
    def is_from_start(self) -> bool:
        """Whether it is told all that is kept, and not only what happens from now on."""
        return getattr(self.entry, "start", "") == START


def load(path: Path, note: Note) -> list[Configured]:
    """The entries of the settings, none where there is no file. `note` is told where others could
    read it.

    Raises `UserError` where it cannot be read, `ManyErrors` with all that is wrong in it.
    """
    if not path.exists():
        return []
    _keep_to_oneself(path, note)
    return parse(read_bytes(path), str(path))


def parse(data: bytes, name: str, kinds: tuple[EntryKind, ...] = KINDS) -> list[Configured]:
    """The entries in a text; `name` is what messages call the file."""
    if not data.strip():
        return []
    text = decode(data, name)
    document = read_toml(text, name)
    problems = Problems(name, text, document, CODE)
    known = {kind.name: kind for kind in kinds}
    found: list[tuple[EntryKind, Table, str]] = []
    for section, entries in document.items():
        if section in known:
            found += _entries(known[section], entries, problems)
        else:
            _refuse_unknown(section, tuple(known), problems)
    if problems:
        problems.raise_all()
    return list(_named(found))


def write_example(path: Path) -> None:
    """Write a commented file of settings. Raises `UserError` where one is, or none can be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        fix = "edit that one, or give it another name first"
        raise UserError("is there already", where=str(path), fix=fix, code="file") from None
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise UserError(message, where=str(path), code="file") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(example())


def example(kinds: tuple[EntryKind, ...] = KINDS) -> str:
    """What a commented file says."""
    parts = [f"# {line}".rstrip() for kind in kinds for line in ("", *kind.example.splitlines())]
    return _HEAD + "".join(f"{'' if line == '#' else line}\n" for line in parts)


def _entries(
    kind: EntryKind, entries: Any, problems: Problems
) -> Iterator[tuple[EntryKind, Table, str]]:
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        fix = f"head each of at most {MOST_ENTRIES} entries with [[{kind.name}]]"
        problems.add((kind.name,), f"{show(entries)} does not fit here", fix)
        return
    for n, value in enumerate(entries):
        entry = problems.read(kind.table.read, (kind.name, n), value)
        if entry is not None:
            yield kind, entry, problems.place((kind.name, n))


def _refuse_unknown(section: str, known: tuple[str, ...], problems: Problems) -> None:
    try:
        unknown_key(section, known=known)
    except Wrong as wrong:
        problems.add((section,), wrong.message, wrong.fix)


def _named(found: list[tuple[EntryKind, Table, str]]) -> Iterator[Configured]:
    """Two entries that say the same are still two."""
    names: dict[str, int] = {}
    for kind, entry, where in found:
        name = kind.names(entry)
        names[name] = count = names.get(name, 0) + 1
        yield Configured(kind, entry, name if count == 1 else f"{name} {count}", where)


def _keep_to_oneself(path: Path, note: Note) -> None:
    """Let nobody else read the file."""
    if os.name != "posix":
        return
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)
            note(f"{path} could be read by others on this machine; now only you can.")
