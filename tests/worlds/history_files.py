"""Files of a history in which something is wrong, and what was in them before.

path = history_of(tmp_path, records=300)
for page in pages(path): damage(path, page, "zeros")
"""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from dosebell_host.history.sqlite import MIGRATIONS
from dosebell_host.history.store import KnownBox, Pushed
from dosebell_host.resources import FILE_NAME
from laptop import opened

BOX = "f67213b122a5d442"
REVISION = "c2ba982ad7f4f01a"
JOURNAL = "7f3a91c4"
_MET = KnownBox(BOX, "pico", "E66118C4E3", REVISION, 1795323600.0)


def lines_of(records: int) -> list[str]:
    return [
        f"{n} 1 {1795323600 + 600 * n} host stock d3k2 - - left={n}" for n in range(1, records + 1)
    ]


def history_of(folder: Path, records: int) -> Path:
    """A history with that many records of one box, its schedule, and the file that was pushed."""
    kept = opened(folder)
    kept.note_box(_MET)
    kept.add_records(BOX, JOURNAL, lines_of(records))
    kept.save_schedule(REVISION, ["plan\tv=1", "dose\tid=d3k2"])
    kept.save_push(BOX, REVISION, Pushed("d3k2.toml", b"version = 1\n" * 200), 1795323600.0)
    kept.close()
    return folder / FILE_NAME


def pages(path: Path) -> range:
    """The numbers of its pages; the first one says what tables there are."""
    return range(path.stat().st_size // _page_bytes(path))


def _page_bytes(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[16:18], "big") or 65536


DAMAGES = ("zeros", "ones", "noise", "a few bits", "of another page")


def damage(path: Path, page: int, how: str) -> None:
    """Spoil one page."""
    data, size = bytearray(path.read_bytes()), _page_bytes(path)
    chance = random.Random(f"{page} {how}")
    start = page * size
    old = data[start : start + size]
    flipped = bytearray(old)
    for _ in range(12):
        flipped[chance.randrange(size)] ^= 1 << chance.randrange(8)
    other = chance.randrange(len(data) // size) * size
    data[start : start + size] = {
        "zeros": bytes(size),
        "ones": b"\xff" * size,
        "noise": chance.randbytes(size),
        "a few bits": flipped,
        "of another page": data[other : other + size],
    }[how]
    path.write_bytes(data)


def of_schema(path: Path, version: int, lines: list[str]) -> None:
    """A file as the release with that schema wrote it."""
    with closing(sqlite3.connect(path)) as database, database:
        for migration in MIGRATIONS[:version]:
            database.executescript(migration)
        database.execute(f"PRAGMA user_version = {version}")
        database.execute("INSERT INTO boxes VALUES (?, ?, ?, ?, ?)", _MET)
        rows = [(BOX, 0, int(line.partition(" ")[0]), line) for line in lines]
        database.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
