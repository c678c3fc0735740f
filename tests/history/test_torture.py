"""A history on a bad disk, between releases and under kill: what was kept is kept, what cannot be
read is said, and nothing ends in a traceback.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dosebell_host.history.sqlite import MIGRATIONS, connected
from dosebell_host.history.store import History
from dosebell_host.resources import FILE_NAME
from history_files import (
    BOX,
    DAMAGES,
    JOURNAL,
    REVISION,
    damage,
    history_of,
    lines_of,
    of_schema,
    pages,
)
from laptop import close_histories, opened
from other_user import not_as_root

RECORDS = 600
MOST_ON_A_PAGE = 100


def everything_of(kept: History) -> list[str]:
    """Ask all that a command asks; the records that are read."""
    kept.boxes()
    kept.schedule(REVISION)
    kept.pushed(BOX, REVISION)
    kept.missing(BOX)
    kept.last_told_s(BOX)
    kept.recent_lines(BOX)
    kept.entries(BOX, since_s=0)
    kept.add_records("another", JOURNAL, lines_of(3))
    assert kept.lines("another") == lines_of(3)
    return kept.lines(BOX)


def damaged_everywhere(every: int, how: str, folder: Path) -> None:
    """Damage each page of a history in turn. SQLite has no sums over its pages, so a few bits that
    turn and a page in another one's place may pass; all else is noticed, or counted as missing.
    """
    whole = history_of(folder / "whole", RECORDS)
    for page in pages(whole)[::every]:
        path = folder / str(page) / FILE_NAME
        path.parent.mkdir()
        path.write_bytes(whole.read_bytes())
        damage(path, page, how)
        notes: list[str] = []
        kept = opened(path.parent, notes)
        read = everything_of(kept)
        counted = kept.missing(BOX) + kept.unreadable
        close_histories()
        lost = set(lines_of(RECORDS)) - set(read)
        assert all("ove that file away" not in note for note in notes)
        if how not in ("a few bits", "of another page"):
            # One page holds some sixty records; the first one says what the others are.
            assert page == 0 or len(lost) <= MOST_ON_A_PAGE, (page, len(lost))
            assert not lost or notes or counted, page


@pytest.mark.parametrize("how", DAMAGES)
def test_one_bad_page_costs_at_most_what_stands_on_it(how: str, tmp_path: Path) -> None:
    damaged_everywhere(3, how, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("how", DAMAGES)
def test_every_bad_page_costs_at_most_what_stands_on_it(how: str, tmp_path: Path) -> None:
    damaged_everywhere(1, how, tmp_path)


def test_names_of_tables_that_are_no_text_are_told_as_damage(tmp_path: Path) -> None:
    path = history_of(tmp_path, 3)
    path.write_bytes(path.read_bytes().replace(b"autoindex_boxes", b"autoinde\xe5_boxes"))
    notes: list[str] = []
    everything_of(opened(tmp_path, notes))
    assert [note.partition(" (")[2].partition(")")[0] for note in notes] == [
        "a text in it is none"
    ]


def test_what_a_bad_page_costs_is_counted_and_said(tmp_path: Path) -> None:
    path = history_of(tmp_path, RECORDS)
    last_in_the_middle = len(pages(path)) // 2
    while b"left=300" not in page_of(path, last_in_the_middle):
        last_in_the_middle += 1
    damage(path, last_in_the_middle, "ones")
    notes: list[str] = []
    read = opened(tmp_path, notes).lines(BOX)
    lost = RECORDS - len(read)
    count = f" {lost} of its records cannot be read, and the rest is used." if lost else ""
    assert notes == [
        f"The history in {path} cannot be used (database disk image is malformed), so nothing is"
        f" saved on this laptop this time; the box keeps its own journal.{count or ANY} Keep that"
        " file, for it holds what can still be read of it; put a copy from before in its place, or"
        " set DOSEBELL_DATA to another folder."
    ]


# The index over the records has each of them once more.
ANY = " Part of it cannot be read, and the rest is used."


def page_of(path: Path, number: int) -> bytes:
    size = path.stat().st_size // len(pages(path))
    return path.read_bytes()[number * size : (number + 1) * size]


def test_a_record_that_is_none_any_more_is_counted_as_missing(tmp_path: Path) -> None:
    path = history_of(tmp_path, RECORDS)
    path.write_bytes(path.read_bytes().replace(b"host stock d3k2 - - left=300", b"?" * 28))
    kept = opened(tmp_path)
    assert (len(kept.entries(BOX)), kept.unreadable) == (RECORDS - 1, 1)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_every_older_schema_is_taken_over_whole(version: int, tmp_path: Path) -> None:
    of_schema(tmp_path / FILE_NAME, version, lines_of(RECORDS))
    notes: list[str] = []
    kept = opened(tmp_path, notes)
    assert (kept.lines(BOX), notes) == (lines_of(RECORDS), [])


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_every_older_schema_that_may_only_be_read_is_read(version: int, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    of_schema(path, version, lines_of(RECORDS))
    notes: list[str] = []
    kept = opened(tmp_path, notes, connect=read_only)
    assert (kept.lines(BOX), len(notes)) == (lines_of(RECORDS), 1)
    assert notes[0].endswith(
        "Give that file and its folder back to you, or set DOSEBELL_DATA to another folder."
    )


def read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def test_a_newer_schema_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    path = history_of(tmp_path, RECORDS)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("ALTER TABLE records ADD COLUMN person TEXT")
        database.execute("ALTER TABLE boxes RENAME TO machines")
        database.execute("PRAGMA user_version = 99")
    notes: list[str] = []
    kept = opened(tmp_path, notes)
    assert (kept.boxes(), kept.lines(BOX)) == ([], lines_of(RECORDS))
    assert [note.rpartition(". ")[2] for note in notes] == ["Upgrade dosebell on this laptop."]


def test_a_folder_that_may_only_be_read_tells_also_what_stands_in_its_log(tmp_path: Path) -> None:
    writer = opened(tmp_path)
    writer.add_records(BOX, JOURNAL, lines_of(RECORDS))
    assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size
    notes: list[str] = []
    with TemporaryDirectory() as folder:
        # As after a power cut: the log is there, and nobody has its index.
        left = Path(folder)
        for name in (FILE_NAME, f"{FILE_NAME}-wal"):
            (left / name).write_bytes((tmp_path / name).read_bytes())
            (left / name).chmod(0o444)
        left.chmod(0o555)
        with not_as_root():
            read = opened(left, notes).lines(BOX)
            close_histories()
        left.chmod(0o755)
    assert (read, len(notes)) == (lines_of(RECORDS), 1)


def full_after(pages_there: int, path: Path) -> sqlite3.Connection:
    database = connected(path)
    database.execute(f"PRAGMA max_page_count = {pages_there}")
    return database


def test_a_disk_that_is_full_at_any_page_loses_nothing_of_this_time(tmp_path: Path) -> None:
    told = 0
    for count in range(1, 60, 2):
        notes: list[str] = []
        folder = tmp_path / str(count)
        kept = opened(folder, notes, connect=partial(full_after, count))
        for n in range(0, 300, 50):
            kept.add_records(BOX, JOURNAL, lines_of(300)[n : n + 50])
        assert kept.lines(BOX) == lines_of(300)
        close_histories()
        assert all(note.endswith("Make room on that disk.") for note in notes)
        told += len(notes)
        # What was kept before stands, in order, and another command can use it.
        again = opened(folder).lines(BOX)
        assert again == lines_of(len(again))
    assert told > 5


WRITER = """
import sys
from pathlib import Path
from dosebell_host.history.store import open_history
kept = open_history(lambda note: sys.exit(note), Path(sys.argv[1]))
n = 0
while True:
    n += 1
    kept.add_records(sys.argv[2], "7f3a91c4", [f"{n} 1 1795323600 host stock d3k2 - - left={n}"])
    print(n, flush=True)
"""


def killed_while_writing(folder: Path, writers: int, after: int) -> None:
    """Several write at once, and are killed once each has been told so many were kept."""
    path = folder / FILE_NAME
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), f"box{n}"], stdout=subprocess.PIPE, text=True
        )
        for n in range(writers)
    ]
    kept = []
    for each in running:
        assert each.stdout is not None
        kept.append([int(each.stdout.readline()) for _ in range(after)][-1])
    for each in running:
        os.kill(each.pid, signal.SIGKILL)
    for n, each in enumerate(running):
        rest = each.communicate()[0].split("\n")[:-1]
        kept[n] = int(rest[-1]) if rest else kept[n]
    notes: list[str] = []
    found = opened(folder, notes)
    read = [len(found.lines(f"box{n}")) for n in range(writers)]
    assert notes == []
    assert all(there >= told for there, told in zip(read, kept, strict=True)), (read, kept)
    assert [found.missing(f"box{n}") for n in range(writers)] == [0] * writers
    close_histories()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends programs in another way")
def test_what_was_kept_outlives_a_kill(tmp_path: Path) -> None:
    killed_while_writing(tmp_path, writers=3, after=40)


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends programs in another way")
def test_what_was_kept_outlives_many_kills(tmp_path: Path) -> None:
    for after in range(1, 60):
        with TemporaryDirectory(dir=tmp_path) as folder:
            killed_while_writing(Path(folder), writers=4, after=after)
