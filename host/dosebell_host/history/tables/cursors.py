"""How far those whom a watcher tells have taken the records of each box: see `untaken.py`.

In every journal each of them has a cursor: the number of the last record that it has taken.
"""

from dosebell_host.history.records import JournalId
from dosebell_host.history.tables.journals import Journals
from dosebell_host.history.tables.tables import Tables

# What no journal is called: where it stands since when one is told of a box at all.
BEGUN = "-1"


class Cursors:
    """What is kept of them; `sink` is the name of one that is told."""

    def __init__(self, tables: Tables, journals: Journals) -> None:
        self._tables = tables
        self._journals = journals

    def of(self, sink: str, device_id: str) -> dict[JournalId, int]:
        """The number of the last record taken of each journal; of what is no journal, as it was
        noted by `note_begun`.
        """
        names = dict(self._journals.numbered(device_id)) if device_id else {}
        rows = self._tables.rows(
            "SELECT era, seq FROM cursors WHERE sink = ? AND device_id = ?", sink, device_id
        )
        return {names.get(era, str(era)): seq for era, seq in rows if isinstance(seq, int)}

    def note_begun(self, sink: str, device_id: str, moment_s: int) -> None:
        """Note since when a sink knows of a box, or, with the device_id "", is there at all."""
        query = "INSERT INTO cursors VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"
        self._tables.write(query, [(sink, device_id, int(BEGUN), moment_s)])

    def move(self, sink: str, device_id: str, journal: JournalId, seq: int) -> None:
        """Note that all records of that journal up to this number are taken."""
        era = self._journals.number(device_id, journal)
        if era is None:
            return
        self._tables.write(
            "INSERT INTO cursors SELECT ?, ?, ?, ?, COUNT(*) FROM records"
            " WHERE device_id = ? AND era = ? AND seq <= ?"
            " ON CONFLICT (sink, device_id, era) DO UPDATE SET"
            " seq = excluded.seq, kept = excluded.kept",
            [(sink, device_id, era, seq, device_id, era, seq)],
        )

    def rewind(self, sink: str, device_id: str) -> None:
        """Go back to what was kept later under numbers that were taken by then, as where the flash
        of the box was copied.
        """
        self._tables.write(
            "UPDATE cursors SET seq = COALESCE((SELECT MIN(seq) FROM (SELECT seq FROM records"
            " WHERE device_id = cursors.device_id AND era = cursors.era"
            " GROUP BY seq HAVING COUNT(*) > 1) AS several), 0) - 1, kept = 0"
            " WHERE sink = ? AND device_id = ? AND era >= 0 AND kept < (SELECT COUNT(*)"
            " FROM records WHERE device_id = cursors.device_id AND era = cursors.era"
            " AND records.seq <= cursors.seq)",
            [(sink, device_id)],
        )
