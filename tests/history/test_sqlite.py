"""The history in a file: shared by commands, waited for, and never in the way."""

import ast
import os
import sqlite3
import stat
import threading
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dosebell_host
from domain import D3K2, Box, compiled
from dosebell_host.history.box_names import owner_of
from dosebell_host.history.salvage import COLUMNS
from dosebell_host.history.store import History, KnownBox, Pushed, open_history
from laptop import Laptop, close_histories, opened

LINES = [f"{n} 1 1795323600 host stock d3k2 - - left={n}" for n in range(1, 41)]


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    notes: list[str] = []

    def work(device_id: str) -> None:
        mine = open_history(notes.append, tmp_path / "history.sqlite3")
        for line in LINES:
            mine.add_records(device_id, "0", [line])
        mine.close()

    threads = [threading.Thread(target=work, args=(f"box{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = opened(tmp_path, notes)
    assert ([kept.lines(f"box{n}") for n in range(4)], notes) == ([LINES] * 4, [])


def test_a_history_that_another_command_begins_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait when such a file is to become one with a write-ahead log."""
    notes: list[str] = []
    other = begun(tmp_path)
    kept = opened(tmp_path, notes, pause=lambda _: other.close())
    kept.add_records("box1", "0", LINES)
    assert (opened(tmp_path, notes).lines("box1"), notes) == (LINES, [])


def test_a_history_that_another_command_never_lets_go_is_done_without(tmp_path: Path) -> None:
    notes: list[str] = []
    other = begun(tmp_path)
    times_s = iter([100.0, 104.9, 105.1])
    waits_s: list[float] = []
    kept = opened(tmp_path, notes, elapsed_s=lambda: next(times_s), pause=waits_s.append)
    kept.add_records("box1", "0", LINES)
    other.close()
    assert (waits_s, kept.lines("box1"), opened(tmp_path).lines("box1")) == ([0.01], LINES, [])
    assert [note.partition(" (")[2].partition(")")[0] for note in notes] == ["database is locked"]


def begun(folder: Path) -> sqlite3.Connection:
    """Another command that is just beginning the file."""
    other = sqlite3.connect(folder / "history.sqlite3", check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


DAMAGES = {
    "no database": b"this is no database, and long enough to be sure of that" * 100,
    "cut off": None,
    "a folder in its place": b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_told_once_and_stops_nobody(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    if damage == "a folder in its place":
        path.mkdir()
    elif damage == "cut off":
        kept = opened(tmp_path)
        kept.add_records("box1", "0", LINES * 1)
        kept.close()
        path.write_bytes(path.read_bytes()[:3000])
    else:
        path.write_bytes(DAMAGES[damage] or b"")
    before = path.read_bytes() if path.is_file() else None
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    assert laptop.meet().lines == compiled(D3K2).lines
    assert laptop.meet().lines == compiled(D3K2).lines
    assert len(laptop.notes) == 1
    assert laptop.notes[0].startswith(f"The history in {path} cannot be used (")
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("table", COLUMNS)
def test_a_history_that_lacks_a_table_stops_nobody(table: str, tmp_path: Path) -> None:
    before = Laptop(Box.with_schedule(D3K2), tmp_path).meet()
    close_histories()
    spoil(tmp_path, f"DROP TABLE {table}")
    after = Laptop(Box.with_schedule(D3K2), tmp_path)
    assert after.meet().lines == before.lines
    assert [note.partition(" (")[2].partition(")")[0] for note in after.notes] == [
        f"no such table: {table}"
    ]


def spoil(folder: Path, statement: str) -> None:
    """Do to the file what a bad page may do."""
    database = sqlite3.connect(folder / "history.sqlite3")
    with database:
        database.execute(statement)
    database.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_pipe_in_place_of_a_history_is_not_waited_for(ending: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f"history.sqlite3{ending}")
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    assert laptop.meet().lines == compiled(D3K2).lines
    assert [note.partition(" (")[2].partition(")")[0] for note in laptop.notes] == [
        f"history.sqlite3{ending} is not a regular file"
    ]


@pytest.mark.parametrize("seen_at", ["9e99", "1e12", "-1e12", "'abc'"])
def test_a_box_of_which_it_is_not_known_when_it_was_seen_is_known(
    seen_at: str, tmp_path: Path
) -> None:
    seen = KnownBox("box1", "pico", "", "", 5.0)
    opened(tmp_path).note_box(seen)
    spoil(tmp_path, f"UPDATE boxes SET seen_at = {seen_at}")
    assert opened(tmp_path).boxes() == [seen._replace(seen_at=0.0)]


@pytest.mark.parametrize("file", ["", "ff", b"person = 5".hex(), b"person = [1]".hex()])
def test_a_pushed_file_that_a_disk_changed_has_no_person(file: str, tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.save_push("box1", "rev1", Pushed("mine.toml", b'[person]\nname = "Ida"\n'), 5.0)
    box = KnownBox("box1", "pico", "", "rev1", 5.0)
    assert owner_of(kept, box).person == "Ida"
    spoil(tmp_path, f"UPDATE pushes SET file = x'{file}'")
    assert owner_of(kept, box).person == ""


@pytest.mark.parametrize(
    "spoiled",
    [
        "journals SET era = 'x'",
        "journals SET journal = 'x'",
        "journals SET journal = 5",
        f"journals SET place = {(1 << 63) - 1}",
        f"records SET era = {(1 << 63) - 1}",
    ],
)
def test_records_are_kept_where_their_journal_cannot_be_read(spoiled: str, tmp_path: Path) -> None:
    opened(tmp_path).add_records("box1", "7f3a91c4", LINES[:3])
    spoil(tmp_path, f"UPDATE {spoiled}")
    kept = opened(tmp_path)
    kept.add_records("box1", "7f3a91c4", LINES)
    assert kept.lines("box1") == LINES


def test_two_boxes_never_have_one_name(tmp_path: Path) -> None:
    """Two commands may both have looked before either writes."""
    kept = opened(tmp_path)
    for box, name in [("box1", "mother"), ("box2", "mother"), ("box2", "son"), ("box2", "mother")]:
        kept.name_box(box, name)
    assert kept.names() == {"box1": "mother", "box2": "son"}


def test_a_history_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path).close()
    database = sqlite3.connect(tmp_path / "history.sqlite3")
    database.execute("PRAGMA user_version = 99")
    database.close()
    notes: list[str] = []
    opened(tmp_path, notes)
    assert "(it was written by a newer dosebell)" in notes[0]


def test_a_history_that_may_only_be_read_is_still_shown(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.add_records("box1", "0", LINES)
    kept.close()
    path = tmp_path / "history.sqlite3"
    # Not by its rights, which mean nothing to root.
    path.chmod(stat.S_IRUSR)

    def connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    notes: list[str] = []
    read_only = opened(tmp_path, notes, connect=connect)
    read_only.add_records("box2", "0", LINES[:3])
    assert (read_only.lines("box1"), read_only.lines("box2")) == (LINES, LINES[:3])
    assert len(notes) == 1


# What a laptop may do to a history: small numbers, so that much of it meets.
BOXES = st.sampled_from(["box1", "box2"])
REVISIONS = st.sampled_from(["rev1", "rev2"])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
COUNTED = st.sampled_from(["0", "1"])
NAMED = st.sampled_from(["00000001", "7f3a91c4", "cafe0000"])
JOURNALS = st.one_of(COUNTED, NAMED)
KINDS = st.sampled_from(["stock d3k2", "snapshot -", "nonsense"])
RECORDS = st.builds("{} 1 1795323600 host {} - - left={}".format, st.integers(1, 9), KINDS, TEXTS)
SEEN = st.builds(
    KnownBox, BOXES, st.sampled_from(["pico", "virtual"]), TEXTS, TEXTS, st.floats(0, 9)
)
DONE = st.one_of(
    st.tuples(st.just("note_box"), SEEN),
    st.tuples(st.just("add_records"), BOXES, JOURNALS, st.lists(RECORDS, max_size=9)),
    st.tuples(st.just("journals.name"), BOXES, COUNTED, NAMED),
    st.tuples(st.just("journals.make_newest"), BOXES, NAMED),
    st.tuples(st.just("save_schedule"), REVISIONS, st.lists(TEXTS, min_size=1, max_size=3)),
    st.tuples(
        st.just("save_push"),
        BOXES,
        REVISIONS,
        st.builds(Pushed, TEXTS, st.binary(max_size=9)),
        st.floats(0, 9),
    ),
)


class Failing(sqlite3.Connection):
    """A file on a disk that fails for good after so many statements."""

    left = 0

    def execute(self, *args: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(*args)

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        self._count()
        return super().executemany(*args)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise sqlite3.OperationalError("disk I/O error")

    @classmethod
    def after(cls, statements: int, path: Path) -> sqlite3.Connection:
        made = sqlite3.connect(path, factory=cls)
        made.left = statements
        return made


def answers(kept: History) -> list[object]:
    """Everything that can be asked of a history of two boxes."""
    of_boxes = (
        kept.journals.of,
        kept.journals.names,
        kept.journals.next_counted,
        kept.lines,
        kept.recent_lines,
        kept.entries,
        kept.missing,
    )
    boxes, revisions = ("box1", "box2"), ("rev1", "rev2")
    return [
        kept.boxes(),
        [ask(box) for ask in of_boxes for box in boxes],
        [kept.others(box, each) for box in boxes for each in kept.journals.of(box)],
        [kept.last_seq(box, each) for box in boxes for each in kept.journals.of(box)],
        [kept.lines_between(box, each, 2, 8) for box in boxes for each in kept.journals.of(box)],
        [kept.schedule(revision) for revision in revisions],
        [kept.pushed(box, revision) for box in boxes for revision in revisions],
    ]


@settings(max_examples=100)
@given(st.lists(DONE, max_size=30), st.integers(0, 60))
def test_a_file_a_failing_one_and_memory_give_the_same_answers(
    done: list[tuple[Any, ...]], statements: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder)
        memory_only = partial(Failing.after, 0)
        kept = [
            opened(path / "file"),
            opened(path / "failing", connect=partial(Failing.after, statements)),
            opened(path / "memory", connect=memory_only),
        ]
        for what, *values in done:
            for each in kept:
                attrgetter(what)(each)(*values)
        file, failing, memory = map(answers, kept)
        close_histories()
    assert file == failing == memory


def test_one_module_knows_which_database_it_is_and_the_history_reads_no_clock() -> None:
    house = Path(dosebell_host.__file__).parent
    knows_database = [path.name for path in house.rglob("*.py") if "sqlite3" in imported(path)]
    # How long it waits for another command is all that the file needs a time for.
    has_time = [path.name for path in house.glob("history/*.py") if "time" in imported(path)]
    assert (knows_database, has_time) == (["sqlite.py"], ["sqlite.py"])


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
