"""The records of a box in the order in which it wrote them, all or some of them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from dosebell import civil, record
from dosebell_host.history.records import JournalId
from dosebell_host.history.tables.journals import PAST_ALL, Journals
from dosebell_host.history.tables.tables import Tables

# So many records are looked through at a time for one that has a time.
_A_FEW = 64


class WrittenSpan(NamedTuple):
    """Which records are read, by when they were written, in seconds since 2000; None for all."""

    since_s: int | None = None
    until_s: int | None = None

    def parts(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Conditions for what was written in it, and for what was written later of its dates."""
        since = (self.since_s or 0) + civil.UNIX_2000
        if self.until_s is None:
            yield " AND written_s >= ?", (since,)
            return
        until = self.until_s + civil.UNIX_2000
        yield " AND written_s >= ? AND written_s < ?", (since, until)
        months = tuple(f"% {month}-__ %" for month in self._months())
        is_of_them = " OR ".join("line LIKE ?" for _ in months)
        yield f" AND written_s >= ? AND ({is_of_them})", (until, *months)

    def _months(self) -> list[str]:
        """Such as `2026-11`."""
        days = range((self.since_s or 0) // civil.DAY_S, (self.until_s or 0) // civil.DAY_S + 1)
        return list(dict.fromkeys(civil.iso(day)[:7] for day in days))


ALL = WrittenSpan()


def lines_and_journals(
    tables: Tables, journals: Journals, device_id: str, span: WrittenSpan = ALL
) -> Iterable[tuple[str, JournalId]]:
    """Its records in order, each with the journal it is of."""
    eras = journals.numbered(device_id)
    if len(eras) == 1:
        [(era, journal)] = eras
        return [(line, journal) for line in _lines_of(tables, device_id, era, span)]
    found: dict[tuple[str, JournalId], tuple[str, JournalId]] = {}
    for era, journal in eras:
        for line in _lines_of(tables, device_id, era, span):
            # What two journals hold in the same words, to the second, was read twice: it is
            # of the newer one, in which the box has it, and stands where it was read first.
            which = "" if is_timed(line) else journal
            found[line, which] = line, journal
    return found.values()


def _lines_of(tables: Tables, device_id: str, era: int, span: WrittenSpan) -> Iterable[str]:
    query = "SELECT seq, line FROM records WHERE device_id = ? AND era = ?"
    order = " ORDER BY seq, line"
    if span.since_s is None:
        return [line for _, line in lines_in(tables.rows(query + order, device_id, era))]
    parts = [(" AND written_s IS NULL", ()), *span.parts()]
    rows = [tables.rows(query + part, device_id, era, *said) for part, said in parts]
    found = set(lines_in(chain.from_iterable(rows)))
    for seq, line in list(found):
        if f" {record.SCHEDULE} " in line and not is_timed(line):
            # It is in force since the next record that has a time.
            after = f" AND seq > ? ORDER BY seq LIMIT {_A_FEW}"
            found.update(lines_in(tables.rows(query + after, device_id, era, seq)))
    return [line for _, line in sorted(found)]


def newest_first(tables: Tables, device_id: str, era: int, like: str = "%") -> Iterator[str]:
    """The records of one journal whose line is `like` that in SQL, the newest first."""
    query = (
        "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq < ?"
        f" AND line LIKE ? ORDER BY seq DESC, line DESC LIMIT {_A_FEW}"
    )
    before = PAST_ALL
    while rows := tables.rows(query, device_id, era, before, like):
        yield from (line for _, line in lines_in(rows))
        before = rows[-1][0] if isinstance(rows[-1][0], int) else 0


def lines_in(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """The lines and their numbers, but for what a bad page made of some."""
    return [(seq, line) for seq, line in rows if isinstance(seq, int) and isinstance(line, str)]


def is_timed(line: str) -> bool:
    return line.split(" ", 3)[2:3] not in ([], ["-"])
