"""A record has one name everywhere: box, the journal's own id, its number and its check sum."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import USB, Desk
from domain import D3K2, Box
from dosebell_host import resources
from dosebell_host.actions import read_log
from dosebell_host.box.client import Client
from dosebell_host.box.fetch import fetch
from dosebell_host.errors import UsageError, UserError
from dosebell_host.history import box_log
from dosebell_host.history.box_log import BoxLog, Choice
from dosebell_host.history.records import Entry, parse
from dosebell_host.history.sqlite import MIGRATIONS
from dosebell_host.history.store import History, open_history
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.wire import Wire
from engines import ON_BOTH
from erased import erase
from laptop import Laptop, close_histories, opened
from older_box import meet_older

ERASED = (
    "The box's journal was erased since this laptop last read it; what was read before is still in"
    " the history here."
)
Key = tuple[str, int, int]


def used(files: MemoryFiles | None = None) -> Box:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00", files=files).until("07:31")
    box.press()
    return box


def id_of(box: Box) -> str:
    return str(box.request("hello")["journal"]["id"])


def plugged_in(laptop: Laptop, box: Box) -> None:
    """Into this laptop goes another board."""
    laptop.box = box
    laptop.link._port = Wire(box.world)


def log_of(laptop: Laptop) -> BoxLog:
    return read_log.of_contact(laptop.meet())


def journals(laptop: Laptop) -> dict[str, int]:
    """How many records are kept of each journal, oldest first."""
    return dict(Counter(entry.journal for entry in log_of(laptop).entries))


@ON_BOTH
def test_two_laptops_name_each_record_alike(tmp_path: Path) -> None:
    box = used()
    first, second = Laptop(box, tmp_path / "a"), Laptop(box, tmp_path / "b")
    first.meet()
    erase(box)
    first.meet()
    box.until("2026-11-24 07:31").press()
    # The second one never saw the first journal, and the first one read this one in two goes.
    here, there = log_of(first).entries, log_of(second).entries
    assert here[-len(there) :] == there
    assert {entry.journal for entry in there} == {id_of(box)}


@ON_BOTH
def test_what_was_kept_of_a_box_without_an_id_takes_the_one_it_says(tmp_path: Path) -> None:
    box = used()
    old, new = Laptop(box, tmp_path / "a"), Laptop(box, tmp_path / "b")
    before = meet_older(old).history.entries(box.app.box.device_id)
    assert {entry.journal for entry in before} == {"0"}
    box.until("2026-11-24 07:31").press()
    assert log_of(old).entries == log_of(new).entries
    assert (journals(old), old.notes) == ({id_of(box): len(box.entries())}, [])


@ON_BOTH
def test_a_box_that_was_erased_before_it_said_an_id_keeps_both_apart(tmp_path: Path) -> None:
    box = used()
    laptop = Laptop(box, tmp_path)
    meet_older(laptop)
    before = len(box.entries())
    erase(box)
    assert journals(laptop) == {"0": before, id_of(box): len(box.entries())}
    assert laptop.notes == [ERASED]


@ON_BOTH
def test_a_box_that_goes_back_to_an_older_release_and_forward_keeps_its_journal(
    tmp_path: Path,
) -> None:
    box = used()
    all_along, only_then = Laptop(box, tmp_path / "a"), Laptop(box, tmp_path / "b")
    all_along.meet()
    box.until("2026-11-24 07:31").press()
    meet_older(all_along)
    meet_older(only_then)
    box.until("2026-11-25 07:31").press()
    assert journals(all_along) == journals(only_then) == {id_of(box): len(box.entries())}
    assert (all_along.notes, only_then.notes) == ([], [])


@ON_BOTH
def test_boxes_without_an_id_are_counted_as_before(tmp_path: Path) -> None:
    box = used()
    laptop = Laptop(box, tmp_path)
    meet_older(laptop)
    erase(box)
    ident = meet_older(laptop).hello.device_id
    box.until("2026-11-24 07:31")
    erase(box)
    meet_older(laptop)
    assert laptop.history.journals.of(ident) == ["0", "1", "2"]
    assert laptop.notes == [ERASED, ERASED]


# Another line under one number.


def copied(box: Box) -> Box:
    """A second board with a copy of its flash, switched on at that moment."""
    files = MemoryFiles()
    assert isinstance(box.files, MemoryFiles)
    files.contents = dict(box.files.contents)
    other = Box(box.now[:16], box.zone, True, files)
    other.world.power_on()
    return other


@ON_BOTH
def test_what_a_copied_flash_says_under_a_number_is_kept_too_and_told_once(tmp_path: Path) -> None:
    first = used()
    second = copied(first)
    laptop = Laptop(first, tmp_path)
    first.until("2026-11-25 07:31").press()
    laptop.meet()
    plugged_in(laptop, second)
    second.until("2026-11-24 07:40").press()
    log = log_of(laptop)
    written = {(e.seq, e.kind, e.at) for box in (first, second) for e in box.entries()}
    read = {(e.seq, e.kind, log.local.datetime(e.utc_s or 0)) for e in log.entries}
    assert (len(log.entries), read) == (len(written), written)
    assert (log.missing, set(journals(laptop))) == (0, {id_of(first)})
    [note] = laptop.notes
    assert note.startswith("The box tells something else than this laptop read from it before")
    # Neither is told again while it has nothing new to say.
    plugged_in(laptop, first)
    laptop.meet()
    plugged_in(laptop, second)
    laptop.meet()
    assert len(laptop.notes) == 1


def test_two_boards_of_one_flash_are_told_apart_by_their_usb_serials(tmp_path: Path) -> None:
    first = used()
    second, device_id = copied(first), first.app.box.device_id
    laptop = Laptop(first, tmp_path)
    before = laptop.meet(usb_serial="E66118C4E3").hello.device_id
    assert before == device_id
    first.until("2026-11-24 07:31").press()
    second.until("2026-11-24 08:00")
    told = []
    for _ in range(3):
        for board, serial in ((second, "E66118C4E4"), (first, "E66118C4E3")):
            plugged_in(laptop, board)
            contact = laptop.meet(usb_serial=serial)
            contact.look_again()
            told.append(contact.hello.device_id)
            kept = read_log.of_contact(contact)
            assert [entry.seq for entry in kept.entries] == [e.seq for e in entries_of(board)]
    assert told == [f"{device_id}~E66118C4E4", device_id] * 3
    assert laptop.notes == [
        f"This board says the id of another one that this laptop knows, {device_id}, but has"
        " another USB serial number: its flash was copied from that board, or that one's from it."
        f" What it notes is kept apart, under {device_id}~E66118C4E4."
    ]


def entries_of(box: Box) -> list[Entry]:
    """What the box itself has noted, but for its snapshots."""
    lines = box.request("journal.read", since=0, limit=16)
    found = [*lines["records"]]
    while lines["records"]:
        lines = box.request("journal.read", since=lines["next"], limit=16)
        found += lines["records"]
    return [parse(line, "") for line in found if " snapshot " not in line]


def test_each_of_the_two_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path))
    first = used()
    second, device_id = copied(first), first.app.box.device_id
    first.until("2026-11-24 07:31").press()
    second.until("2026-11-24 08:00")
    desk = Desk()
    for board, serial in ((first, "E66118C4E3"), (second, "E66118C4E4")):
        desk.box = board
        usb = replace(USB, serial=serial)
        desk.reach = replace(desk.reach, plugged=partial(list, [usb]))
        desk.gets("log")
    # The second one is plugged in still, and says the id of the first.
    taken = {
        named: desk.gets("log", "--device", named)["adherence"][0]["taken"]
        for named in (device_id, f"{device_id}~E66118C4E4")
    }
    assert taken == {device_id: 2, f"{device_id}~E66118C4E4": 1}


def test_a_copy_that_has_nothing_new_is_not_read_again(tmp_path: Path) -> None:
    first = used()
    second = copied(first)
    laptop = Laptop(first, tmp_path)
    first.until("2026-11-25 07:31").press()
    laptop.meet()
    plugged_in(laptop, second)
    laptop.meet()
    asked: list[int] = []
    client = Client(laptop.link)
    read = client.journal_read

    def overheard(since: int, limit: int = 16) -> Any:
        asked.append(since)
        return read(since, limit)

    client.journal_read = overheard  # type: ignore[method-assign]
    assert fetch(client, laptop.history, client.hello()).count == 0
    following = second.app.box.journal.next_seq
    last = laptop.history.last_seq(second.app.box.device_id, id_of(second))
    assert asked == [last, following - 1, following]


# Who follows a log.


def following(log: BoxLog, seen: Key) -> list[Entry]:
    """What a program gets that asks for all after the last record that it saw."""
    journal, seq, _ = seen
    return Choice(after=box_log.after(box_log.named_record(f"{journal}:{seq}"), log)).entries(log)


@ON_BOTH
def test_after_a_record_comes_the_rest_of_its_journal_and_all_newer_ones(tmp_path: Path) -> None:
    box = used()
    laptop = Laptop(box, tmp_path)
    laptop.meet()
    for _ in range(2):
        erase(box)
        laptop.meet()
    log = log_of(laptop)
    assert len(set(log.journals.values())) == 3
    for place, entry in enumerate(log.entries):
        assert following(log, entry.key) == log.entries[place + 1 :]


EVENTS: dict[str, Callable[[Laptop], object]] = {
    "a day": lambda laptop: laptop.box.wait(hours=24).press(),
    "erased": lambda laptop: erase(laptop.box),
    "read": Laptop.meet,
    "read by 0.1.0": meet_older,
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=12), st.data())
def test_who_follows_gets_everything_and_nothing_twice(
    events: list[str], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        laptop = Laptop(used(), Path(folder))
        ident = laptop.meet().hello.device_id
        got = log_of(laptop).entries
        is_older = data.draw(st.booleans())
        for event in events:
            laptop.box.wait(minutes=1)
            # A box goes back and forward; it says an id or not, as its release does.
            is_older = is_older and event != "read"
            EVENTS[event](laptop)
            log = read_log.of_contact(meet_older(laptop) if is_older else laptop.meet())
            got += following(log, got[-1].key)
        written = laptop.history.entries(ident)
        close_histories()
    assert Counter((e.seq, e.crc) for e in got) == Counter((e.seq, e.crc) for e in written)


def test_where_an_older_flash_is_put_back_all_that_is_new_comes(tmp_path: Path) -> None:
    box = used()
    laptop = Laptop(box, tmp_path)
    laptop.meet()
    assert isinstance(box.files, MemoryFiles)
    kept = dict(box.files.contents)
    erase(box)
    last = log_of(laptop).entries[-1]
    box.world.power_off()
    box.files.contents = kept
    box.world.power_on()
    box.until("2026-11-24 07:31").press()
    log = log_of(laptop)
    fresh = {entry.key for entry in log.entries if entry.utc_s and entry.utc_s > (last.utc_s or 0)}
    assert fresh
    assert fresh <= {entry.key for entry in following(log, last.key)}
    assert log.journals and laptop.history.journals.now(log.device_id) == id_of(box)


@pytest.mark.parametrize(
    ("after", "error", "says"),
    [
        ("deadbeef:3", UserError, "the log has no journal deadbeef"),
        ("7:3", UserError, "the log has no journal 7"),
        ("three", UsageError, '"three" is no record'),
        (":3", UsageError, '":3" is no record'),
        ("3:", UsageError, '"3:" is no record'),
    ],
)
def test_a_journal_that_is_not_kept_is_told(
    after: str, error: type[UserError], says: str, tmp_path: Path
) -> None:
    with pytest.raises(error) as told:
        box_log.after(box_log.named_record(after), log_of(Laptop(used(), tmp_path)))
    assert told.value.message == says


# Files of before, and two commands at once.


def of_version_1(folder: Path, rows: list[tuple[str, int, int, str]]) -> Path:
    """A history as release 0.1.0 left it."""
    path = folder / resources.FILE_NAME
    with closing(sqlite3.connect(path)) as database:
        database.executescript(MIGRATIONS[0])
        database.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
        database.execute("PRAGMA user_version = 1")
        database.commit()
    return path


def noted(seq: int, left: int) -> str:
    return f"{seq} 1 {1795323600 + left} host stock d3k2 - - left={left}"


OLD = [("box1", era, seq, noted(seq, 10 * era + seq)) for era in (0, 1) for seq in (1, 2, 3)]


def test_a_history_of_release_010_is_taken_up_whole(tmp_path: Path) -> None:
    of_version_1(tmp_path, OLD)
    kept = opened(tmp_path)
    assert kept.lines("box1") == [line for *_, line in OLD]
    assert (kept.journals.of("box1"), kept.missing("box1")) == (["0", "1"], 0)
    kept.journals.name("box1", "1", "7f3a91c4")
    kept.add_records("box1", "7f3a91c4", [noted(4, 99)])
    assert kept.journals.names("box1") == {"0": "0", "1": "7f3a91c4", "7f3a91c4": "7f3a91c4"}
    assert [entry.journal for entry in kept.entries("box1")] == ["0"] * 3 + ["7f3a91c4"] * 4


def test_what_an_older_release_still_writes_after_that_is_kept(tmp_path: Path) -> None:
    """It opened the file before, and reads a box whose journal was erased meanwhile."""
    path = of_version_1(tmp_path, OLD)
    with closing(sqlite3.connect(path)) as older:
        older.execute("SELECT COUNT(*) FROM records").fetchall()
        kept = opened(tmp_path)
        written = "INSERT INTO records VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        for seq, era in ((4, 1), (1, 2)):
            older.execute(written, ("box1", era, seq, noted(seq, 77)))
        older.commit()
    assert kept.lines("box1") == [*(line for *_, line in OLD), noted(4, 77), noted(1, 77)]
    assert kept.journals.of("box1") == ["0", "1", "2"]


def test_commands_that_begin_journals_at_once_mix_nothing(tmp_path: Path) -> None:
    names = [f"0000000{n}" for n in range(4)]
    opened(tmp_path)

    def work(name: str) -> None:
        mine: History = open_history(print, tmp_path / resources.FILE_NAME)
        for seq in range(1, 6):
            mine.add_records("box1", name, [noted(seq, int(name))])
        mine.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in names * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = opened(tmp_path)
    assert sorted(kept.journals.of("box1")) == names
    assert [kept.lines_between("box1", name, 0, 9) for name in names] == [
        [(seq, noted(seq, int(name))) for seq in range(1, 6)] for name in names
    ]
