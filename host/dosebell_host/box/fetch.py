"""Brings the records of a box that are new into the history of this laptop."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dosebell_host.box.client import PAGE_RECORDS, Client
from dosebell_host.box.hello import Hello
from dosebell_host.history.records import JournalId, is_counted
from dosebell_host.history.store import History
from dosebell_host.talk import Progress, no_progress

# A full journal has some 1,400 pages. One that does not end is no journal.
MOST_PAGES = 10_000
# The flash of a Pico has no room for more, and a laptop's disk is not to be filled by a box.
MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Fetched:
    """How many records came, how many were gone before anybody read them, and whether the journal
    begins anew although this laptop knows an older one of the same box. `others` were written
    under numbers that this laptop had read already, with something else in them.
    """

    count: int
    lost: int
    restarted: bool
    others: int = 0

    def sentences(self) -> list[str]:
        """What a person should hear of it."""
        said = []
        if self.restarted:
            said.append(
                "The box's journal was erased since this laptop last read it; what was read before"
                " is still in the history here."
            )
        if self.lost:
            said.append(
                f"{self.lost} old records had to make room on the box before anybody read them."
            )
        if self.others:
            said.append(
                "The box tells something else than this laptop read from it before under the same"
                f" numbers ({self.others}), as after its flash was copied to another board; both"
                " are kept."
            )
        return said


def fetch(
    client: Client, history: History, hello: Hello, progress: Progress = no_progress
) -> Fetched:
    """Read on from the last record kept. What has come is kept even where the box goes away."""
    start = _where_to_go_on(client, history, hello)
    to_come = hello.journal_next - start.since
    count, others = 0, _others(history, hello, start)
    for lines in _pages(client, start.since, hello.journal_next):
        history.add_records(hello.device_id, start.journal, lines)
        count += len(lines)
        progress(min(count, to_come), to_come)
    others = _others(history, hello, start) - others
    return Fetched(count, start.lost, start.restarted, others)


class Writes(NamedTuple):
    """The journal that a box writes, whether the last record kept of it stands there still, and
    whether this laptop knew another one before.
    """

    journal: JournalId
    goes_on: bool = True
    restarted: bool = False


def journal_of(client: Client, history: History, hello: Hello) -> Writes:
    """Which journal the box writes now: the one place where a journal gets its name.

    That is the id that the box says. One of release 0.1.0 says none, so this laptop counts the
    journals that it saw begin. While the last record kept stands, such a box goes on with that
    journal, and once it says an id, what was kept under a number takes that.
    """
    box, said = hello.device_id, hello.journal_id
    known = history.journals.of(box)
    if not known:
        return Writes(said or history.journals.next_counted(box))
    newest = known[-1]
    if said in known:
        if said != newest:
            history.journals.make_newest(box, said)
        return Writes(said, _goes_on(client, history, hello, said))
    is_open = said is None or is_counted(newest)
    if not (is_open and _goes_on(client, history, hello, newest)):
        return Writes(said or history.journals.next_counted(box), restarted=True)
    if said is not None:
        history.journals.name(box, newest, said)
    return Writes(said or newest)


class _Start(NamedTuple):
    """Where reading begins: in which journal, and at which number, and whether some of it may have
    been read otherwise.
    """

    journal: JournalId
    since: int
    lost: int = 0
    restarted: bool = False
    is_copy: bool = False


def _where_to_go_on(client: Client, history: History, hello: Hello) -> _Start:
    journal, goes_on, restarted = journal_of(client, history, hello)
    first, following = hello.journal_first, hello.journal_next
    if not goes_on:
        # A copied flash: all of it is read again, unless its own last record was read so.
        is_read = _stands(client, history, hello, journal, following - 1)
        return _Start(journal, following if is_read else first, is_copy=True)
    if restarted:
        return _Start(journal, first, restarted=True)
    seq = history.last_seq(hello.device_id, journal) or 0
    since = max(seq + 1, first)
    return _Start(journal, since, lost=since - 1 - seq)


def _others(history: History, hello: Hello, start: _Start) -> int:
    return history.others(hello.device_id, start.journal) if start.is_copy else 0


def _goes_on(client: Client, history: History, hello: Hello, journal: JournalId) -> bool:
    """Whether the box goes on after the last record kept of that journal, if it has that still."""
    seq = history.last_seq(hello.device_id, journal)
    if seq is None or seq < hello.journal_first:
        return True
    return _stands(client, history, hello, journal, seq)


def _stands(client: Client, history: History, hello: Hello, journal: JournalId, seq: int) -> bool:
    """Whether the box still has a record as it was read, or got it damaged; another one under its
    number, or none from there on, is another journal, or that of a copied flash.
    """
    kept = {line for _, line in history.lines_between(hello.device_id, journal, seq, seq)}
    found = client.journal_read(seq, 1)
    stands = all(_seq_of(line) != seq or line in kept for line in found.lines)
    return bool(kept) and found.next > seq and stands


def _pages(client: Client, since: int, at_least: int) -> Iterator[tuple[str, ...]]:
    """The records from `since` on; the box said that there are some up to `at_least`."""
    size = 0
    for _ in range(MOST_PAGES):
        page = client.journal_read(since, PAGE_RECORDS)
        if page.next <= since < at_least:
            raise client.bad_reply("journal.read", f"the page after {since} leads nowhere")
        if page.next <= since:
            return
        size += sum(map(len, page.lines))
        if size > MOST_BYTES:
            what = f"more than {MOST_BYTES // 1000} kB of records"
            raise client.bad_reply("journal.read", what)
        yield page.lines
        since = page.next
    raise client.bad_reply("journal.read", f"more than {MOST_PAGES} pages of records")


def _seq_of(line: str) -> int:
    return int(line.partition(" ")[0])
