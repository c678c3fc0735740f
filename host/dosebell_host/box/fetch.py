"""Brings the records of a box that are new into the history of this laptop."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dosebell_host.box.client import PAGE_RECORDS, Client
from dosebell_host.box.hello import Hello
from dosebell_host.history.records import JournalId
from dosebell_host.history.store import History
from dosebell_host.talk import Progress, no_progress

# A full journal has some 1,400 pages. One that does not end is no journal.
MOST_PAGES = 10_000


@dataclass(frozen=True)
class Fetched:
    """How many records came, how many were gone before anybody read them, and whether the journal
    begins anew although this laptop knows an older one of the same box.
    """

    count: int
    lost: int
    restarted: bool

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
        return said


def fetch(
    client: Client, history: History, hello: Hello, progress: Progress = no_progress
) -> Fetched:
    """Read on from the last record kept. What has come is kept even where the box goes away."""
    start = _where_to_go_on(client, history, hello)
    to_come = hello.journal_next - start.since
    count = 0
    for lines in _pages(client, start.since):
        history.add_records(hello.device_id, start.journal, lines)
        count += len(lines)
        progress(min(count, to_come), to_come)
    return Fetched(count, start.lost, start.restarted)


def journal_of(history: History, hello: Hello, restarted: bool) -> JournalId:
    """Which journal the box writes now: the one place where a journal gets its name.

    No box says it yet, so each laptop counts the journals that it saw begin.
    """
    known = history.journal(hello.device_id)
    return known + 1 if restarted else known


class _Start(NamedTuple):
    """Where reading begins: in which journal, and at which number."""

    journal: JournalId
    since: int
    lost: int
    restarted: bool


def _where_to_go_on(client: Client, history: History, hello: Hello) -> _Start:
    last, first = history.last_line(hello.device_id), hello.journal_first
    restarted = last is not None and _seq_of(last) >= first and not _stands(client, last)
    journal = journal_of(history, hello, restarted)
    if restarted:
        return _Start(journal, first, lost=0, restarted=True)
    seq = 0 if last is None else _seq_of(last)
    since = max(seq + 1, first)
    return _Start(journal, since, lost=since - 1 - seq, restarted=False)


def _stands(client: Client, last: str) -> bool:
    """Whether the box still has the record last read, or got it damaged; another one under its
    number, or none from there on, is another journal.
    """
    seq = _seq_of(last)
    found = client.journal_read(seq, 1)
    return found.next > seq and all(_seq_of(line) != seq or line == last for line in found.lines)


def _pages(client: Client, since: int) -> Iterator[tuple[str, ...]]:
    for _ in range(MOST_PAGES):
        page = client.journal_read(since, PAGE_RECORDS)
        if page.next <= since:
            return
        yield page.lines
        since = page.next
    raise client.bad_reply("journal.read", f"more than {MOST_PAGES} pages of records")


def _seq_of(line: str) -> int:
    return int(line.partition(" ")[0])
