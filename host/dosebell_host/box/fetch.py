"""Brings the records of a box that are new into the history of this laptop."""

from collections.abc import Iterator
from dataclasses import dataclass

from dosebell_host.box.hello import Hello
from dosebell_host.box.link import Link
from dosebell_host.history.store import History
from dosebell_host.talk import Progress, no_progress

PAGE_RECORDS = 16


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


def fetch(link: Link, history: History, hello: Hello, progress: Progress = no_progress) -> Fetched:
    """Read on from the last record kept. What has come is kept even where the box goes away."""
    era, since, lost, restarted = _where_to_go_on(link, history, hello)
    count = 0
    for lines in _pages(link, since):
        history.add_records(hello.device_id, era, lines)
        count += len(lines)
        progress(min(count, hello.journal_next - since), hello.journal_next - since)
    return Fetched(count, lost, restarted)


def _where_to_go_on(link: Link, history: History, hello: Hello) -> tuple[int, int, int, bool]:
    """(era, seq to read from, records lost, whether the journal was erased)."""
    last = history.last_line(hello.device_id)
    era = history.era(hello.device_id)
    if last is None:
        return era, hello.journal_first, hello.journal_first - 1, False
    seq = _seq_of(last)
    if seq < hello.journal_first:
        return era, hello.journal_first, hello.journal_first - 1 - seq, False
    # The same record must still be there, unless it got damaged; another one under its number, or
    # none from there on, is another journal.
    found = _records(link, seq, 1)
    if not found or (_seq_of(found[0]) == seq and found[0] != last):
        return era + 1, hello.journal_first, 0, True
    return era, seq + 1, 0, False


def _pages(link: Link, since: int) -> Iterator[list[str]]:
    while lines := _records(link, since, PAGE_RECORDS):
        yield lines
        since = _seq_of(lines[-1]) + 1


def _records(link: Link, since: int, limit: int) -> list[str]:
    lines: list[str] = link.call("journal.read", {"since": since, "limit": limit})["records"]
    return lines


def _seq_of(line: str) -> int:
    return int(line.partition(" ")[0])
