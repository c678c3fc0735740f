"""The journal: nothing committed is lost unseen, and a boot reads no more than it must."""

from typing import Any

import pytest

from domain import D3K2, Box, Flash, journal_lines, plan
from domain import dose as dose_of
from dosebell import civil, journal, record, snapshots
from dosebell.journal import BLOCK_BYTES, RING_BLOCKS, SEGMENT_BYTES, Journal
from dosebell.memory import Memory
from dosebell.params import Refusal
from dosebell.plan import Plan, Window
from dosebell.record import Record
from dosebell.reminder import Reminder
from dosebell.store import LOG

DAY = 9822


class Book:
    """A journal as the box keeps it: what is written is folded, and the other way round."""

    def __init__(self, flash: Flash | None = None) -> None:
        self.flash = Flash() if flash is None else flash
        self.journal = Journal(self.flash)
        self.memory = self.journal.recall()

    def write(self, *entries: Record) -> None:
        for entry in entries:
            entry.utc, entry.boot, entry.trust = 848_000_000 + self.journal.next_seq, 1, "rtc"
            self.memory.apply(entry)
        self.append(list(entries))

    def append(self, entries: list[Record]) -> None:
        """And begin the next segment where that is due, as the box does a little later."""
        self.journal.append(entries, self.snapshot)
        if self.journal.is_full:
            self.journal.begin(self.snapshot, [])

    def snapshot(self) -> list[Record]:
        return snapshots.snapshot(self.memory, Reminder(Plan(), self.memory))

    def fill(self, count: int) -> None:
        """So many records of one dose, one a day."""
        for n in range(count):
            self.write(taken(DAY + n))

    def seqs(self) -> list[int]:
        return [int(line.split(" ")[0]) for line in journal_lines(self.flash)]

    def read(self, since: int = 0) -> list[str]:
        """All pages from `since` on."""
        lines: list[str] = []
        while since < self.journal.next_seq:
            page, since = self.journal.page(since, 16)
            lines += page
        return lines


def taken(day: int, dose: str = "d3k2") -> Record:
    return Record(record.TAKEN, dose, day, 0, f"d={due(day)},late_s=60")


def due(day: int) -> int:
    """08:00 of that day, as a record names it."""
    return day * 86400 + civil.UNIX_2000 + 8 * 3600


def fold(found: Memory) -> list[str]:
    return [entry.line() for entry in snapshots.snapshot(found, Reminder(Plan(), found))]


def names(flash: Flash) -> list[str]:
    return flash.names(LOG)


def test_an_empty_flash_is_an_empty_journal() -> None:
    book = Book()
    assert (book.journal.first_seq, book.journal.next_seq, book.journal.damaged) == (1, 1, 0)
    assert book.read() == []


def test_records_are_numbered_without_a_gap_across_segments() -> None:
    book = Book()
    book.fill(700)
    assert len(names(book.flash)) > 2
    assert book.seqs() == list(range(1, book.journal.next_seq))


def test_no_segment_is_much_larger_than_its_size() -> None:
    book = Book()
    book.fill(700)
    sizes = [len(book.flash.contents[f"{LOG}/{name}"]) for name in names(book.flash)]
    assert all(SEGMENT_BYTES < size <= SEGMENT_BYTES + BLOCK_BYTES for size in sizes[:-1])


def test_the_next_start_goes_on_where_this_one_ended() -> None:
    book = Book()
    book.fill(500)
    after = Book(book.flash)
    assert after.journal.next_seq == book.journal.next_seq
    assert fold(after.memory) == fold(book.memory)
    assert after.journal.damaged == 0


def test_a_start_reads_the_newest_segment_alone_however_long_the_history_is() -> None:
    book = Book()
    book.fill(2000)
    assert len(names(book.flash)) > 8
    read: list[str] = []
    book.flash.open = counting(book.flash, read)  # type: ignore[method-assign]
    Book(book.flash)
    assert read == [f"{LOG}/{names(book.flash)[-1]}"]


def counting(flash: Flash, read: list[str]) -> Any:
    opened = flash.open

    def open_(path: str, mode: str) -> Any:
        if mode == "rb":
            read.append(path)
        return opened(path, mode)

    return open_


def test_a_full_ring_drops_its_oldest_segment_and_only_that() -> None:
    book = Book()
    book.fill(9000)
    kept = names(book.flash)
    while names(book.flash)[-1] == kept[-1]:
        book.fill(1)
    assert names(book.flash)[:-1] == kept[1:]
    first = book.journal.first_seq
    assert book.seqs() == list(range(first, book.journal.next_seq))
    assert first == int(kept[1][:-4])
    # A laptop that asks for what is gone gets the first that is there, and sees the jump.
    assert book.journal.page(1, 1)[0][0].startswith(f"{first} ")


def test_a_ring_of_one_dose_holds_at_least_6500_records() -> None:
    book = Book()
    book.fill(12_000)
    assert sum(len(data) for data in book.flash.contents.values()) <= RING_BLOCKS * BLOCK_BYTES
    assert len(book.seqs()) >= 6500


@pytest.mark.parametrize("left", range(1, 60, 7))
def test_a_torn_tail_is_told_and_all_before_it_is_kept(left: int) -> None:
    book = Book()
    book.fill(5)
    before = fold(book.memory)
    book.write(taken(DAY + 5))
    path = f"{LOG}/{names(book.flash)[-1]}"
    book.flash.contents[path] = book.flash.contents[path][:-left]
    after = Book(book.flash)
    assert after.journal.damaged == 1
    assert fold(after.memory) == before
    # What comes next stands in a segment of its own, where the torn line can't spoil it.
    after.write(taken(DAY + 5))
    assert len(names(book.flash)) == 2
    assert Book(book.flash).journal.damaged == 0
    assert fold(Book(book.flash).memory) == fold(after.memory)


def test_a_damaged_line_is_left_out_and_told() -> None:
    book = Book()
    book.fill(9)
    path = f"{LOG}/{names(book.flash)[-1]}"
    lines = book.flash.contents[path].splitlines(keepends=True)
    lines[-3] = lines[-3].replace(b"taken", b"token")
    book.flash.contents[path] = b"".join(lines)
    after = Book(book.flash)
    assert after.journal.damaged == 1
    assert len(after.read()) == len(lines) - 1


def test_a_whole_line_that_is_no_record_is_damage_and_not_a_crash() -> None:
    book = Book()
    book.fill(2)
    path = f"{LOG}/{names(book.flash)[-1]}"
    book.flash.contents[path] += b"123456789*cbf43926\n"
    after = Book(book.flash)
    assert after.journal.damaged == 1
    assert fold(after.memory) == fold(book.memory)


def test_a_damaged_snapshot_falls_back_to_the_segment_before_and_is_told_once() -> None:
    book = Book()
    while len(names(book.flash)) < 3:
        book.fill(1)
    book.fill(3)
    path = f"{LOG}/{names(book.flash)[-1]}"
    data = book.flash.contents[path]
    place = data.index(b"snapshot d3k2")
    book.flash.contents[path] = data[:place] + b"?" + data[place + 1 :]
    after = Book(book.flash)
    assert after.journal.damaged == 1
    assert fold(after.memory) == fold(book.memory)
    after.write(taken(DAY + 9000))
    assert Book(book.flash).journal.damaged == 0


def test_a_segment_that_was_begun_and_not_written_is_no_loss() -> None:
    book = Book()
    book.fill(20)
    book.flash.contents[f"{LOG}/{book.journal.next_seq:08d}.seg"] = b""
    after = Book(book.flash)
    assert fold(after.memory) == fold(book.memory)
    after.write(taken(DAY + 20))
    assert b" snapshot " in book.flash.contents[f"{LOG}/{names(book.flash)[-1]}"]
    assert after.seqs() == list(range(1, after.journal.next_seq))


def test_when_nothing_can_be_believed_the_box_begins_anew_and_says_so() -> None:
    book = Book()
    book.fill(3)
    for path in book.flash.contents:
        book.flash.contents[path] = b"\x00" * 4096
    after = Book(book.flash)
    assert after.journal.damaged > 0
    assert after.memory.pasts == {}


@pytest.mark.parametrize("what", ["open", "flush", "remove"])
def test_what_the_flash_refused_was_not_written_and_is_not_written_twice(what: str) -> None:
    """Also where it is the next segment that can't be begun, or the oldest not be removed."""
    book = Book()
    book.fill(9000)
    written = 0
    for n in range(400):
        book.flash.before = refuse(what if n % 40 == 0 else "")
        entry, seq = taken(20_000 + n), book.journal.next_seq
        try:
            book.write(entry)
        except OSError:
            book.flash.before = refuse("")
            # What failed may be the next segment alone, which is begun after the record.
            book.append([entry] if book.journal.next_seq == seq else [])
        written += 1
    days = [line.split(" ")[6] for line in book.read() if " taken " in line]
    fresh = [day for day in days if day >= "2054"]
    assert len(fresh) == len(set(fresh)) == written == 400
    assert book.seqs() == sorted(set(book.seqs()))


def refuse(what: str) -> Any:
    def before(done: str, path: str) -> None:
        if done == what:
            raise OSError(5, "input/output error")

    return before


def test_pages_give_every_record_once_whatever_their_size() -> None:
    book = Book()
    book.fill(300)
    whole = book.read()
    assert [int(line.split(" ")[0]) for line in whole] == list(range(1, book.journal.next_seq))
    for since in (1, 2, 150, 290, book.journal.next_seq - 1):
        assert book.read(since) == whole[since - 1 :]
    assert book.journal.page(book.journal.next_seq, 16) == ([], book.journal.next_seq)
    assert book.journal.page(10**9, 16) == ([], book.journal.next_seq)
    assert len(book.journal.page(1, 3)[0]) == 3


def test_a_page_fits_into_one_frame() -> None:
    book = Book()
    book.fill(300)
    for since in range(1, 300, 7):
        page, _ = book.journal.page(since, 16)
        assert page
        assert sum(len(line) for line in page) <= journal.PAGE_BYTES


def window(day: int, opens_s: int = 0) -> Window:
    due_s = due(day) - civil.UNIX_2000
    return Window(day, 0, opens_s, (due_s,), (due_s + 3600,))


def test_the_last_word_on_an_occurrence_is_found_wherever_it_stands() -> None:
    book = Book()
    book.fill(1)
    book.write(Record(record.UNDONE, "d3k2", DAY, 0, f"d={due(DAY)},was=taken"))
    for n in range(600):
        book.write(taken(DAY + 10 + n, "iron"))
    last = found(book.journal, "d3k2", window(DAY))
    assert last is not None
    assert (last.kind, last.detail) == (record.UNDONE, f"d={due(DAY)},was=taken")
    assert found(book.journal, "d3k2", window(DAY + 1)) is None
    assert found(book.journal, "d3k", window(DAY)) is None


def found(journal: Journal, dose_id: str, which: Window) -> Record | None:
    """As a laptop asks: again while the box is still looking."""
    while True:
        try:
            return journal.last_of(dose_id, which)
        except Refusal as error:
            assert str(error) == "searching"
            journal.search_on()


def test_a_search_reads_a_few_segments_at_a_time_and_sees_what_is_written_meanwhile() -> None:
    book = Book()
    book.fill(1)
    for n in range(1500):
        book.write(taken(DAY + 10 + n, "iron"))
    read: list[str] = []
    book.flash.open = counting(book.flash, read)  # type: ignore[method-assign]
    with pytest.raises(Refusal, match="searching"):
        book.journal.last_of("d3k2", window(DAY))
    assert 0 < len(read) <= 4
    book.write(Record(record.SKIPPED, "d3k2", DAY, 0, f"d={due(DAY)}"))
    last = found(book.journal, "d3k2", window(DAY))
    assert last is not None and last.kind == record.SKIPPED


def test_another_search_takes_the_place_of_the_one_before() -> None:
    book = Book()
    book.fill(1)
    for n in range(1500):
        book.write(taken(DAY + 10 + n, "iron"))
    for ident in ("d3k2", "other", "d3k2"):
        with pytest.raises(Refusal, match="searching"):
            book.journal.last_of(ident, window(DAY))
    assert found(book.journal, "d3k2", window(DAY)) is not None


def test_what_is_older_than_the_ring_is_gone() -> None:
    book = Book()
    book.fill(1)
    while book.journal.first_seq == 1:
        book.write(taken(DAY + 10 + book.journal.next_seq, "iron"))
    with pytest.raises(Refusal, match="gone"):
        while True:
            try:
                book.journal.last_of("d3k2", window(DAY))
            except Refusal as error:
                if str(error) != "searching":
                    raise
                book.journal.search_on()


def test_what_has_no_record_is_not_looked_for_in_all_of_history() -> None:
    """Half a megabyte takes seconds to read, and the watchdog waits for eight."""
    book = Book()
    book.fill(3000)
    opens_s = 848_000_000 + book.journal.next_seq - 300 + 2 * civil.DAY_S
    read: list[str] = []
    book.flash.open = counting(book.flash, read)  # type: ignore[method-assign]
    assert found(book.journal, "iron", window(DAY, opens_s)) is None
    assert len(read) <= 5


def test_a_journal_that_could_not_be_read_makes_no_room_for_what_it_may_not_write() -> None:
    book = Book()
    book.fill(2000)
    before = names(book.flash)
    book.flash.room = lambda: (0, 0)  # type: ignore[method-assign]
    blind = Journal(book.flash)
    readable = book.flash.names
    book.flash.names = unreadable  # type: ignore[method-assign]
    with pytest.raises(OSError):
        blind.recall()
    book.flash.names = readable  # type: ignore[method-assign]
    for is_checkpoint in (False, True):
        with pytest.raises(OSError):
            blind.append([taken(DAY)], book.snapshot, is_checkpoint)
    assert names(book.flash) == before


def unreadable(folder: str) -> Any:
    raise OSError(5)


# What a box says of all this.


def test_a_box_tells_of_a_torn_tail_and_goes_on() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    assert isinstance(box.files, Flash)
    path = f"{LOG}/{names(box.files)[-1]}"
    box.files.contents[path] = box.files.contents[path][:-1]
    box.reset()
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 boot reset",
        "07:31 fault what journal lines 1",
    ]
    assert box.request("status")["faults"] == ["journal"]
    # The record of the intake is lost, and so it is asked for again: never silently believed.
    box.wait(5)
    assert box.light == "due"


def test_a_box_with_many_doses_writes_few_bytes_for_each_record() -> None:
    """1.2 erases a record: what a record costs is mostly itself, not snapshots."""
    doses = [dose_of(f"dose-{n:02d}", 'at = ["08:00", "20:00"]') for n in range(32)]
    box = Box.with_schedule(plan(*doses))
    assert isinstance(box.files, Flash)
    erases: list[str] = []
    box.files.after = lambda what, path: erases.append(path) if what == "flush" else None
    box.until("2026-12-23 07:00")
    written = [path for path in erases if path.startswith(LOG)]
    assert len(written) <= 1.2 * len(box.entries())
