"""The journals of each box, and the number that each has in the tables.

A box gives each journal an id. One of an older release gives none: this laptop counts its
journals, and the count is both what such a journal is called and its number. A journal with an id
is given the next number that is free, and a place, for the one that the box writes now is last.
"""

from typing import TypeGuard

from dosebell_host.history.records import FIRST_JOURNAL, JournalId, is_counted
from dosebell_host.history.tables.tables import Tables, value

# No number of a record or a journal is as high.
PAST_ALL = 1 << 40
# So often a journal is begun; many commands may begin others at the same moment.
_TRIES = 100
_NEW_JOURNAL = "INSERT INTO journals VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class Journals:
    """What is kept of them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, device_id: str) -> list[JournalId]:
        """Those of a box of which anything is known, the one it writes now last."""
        return [name for _, name in self.numbered(device_id)]

    def names(self, device_id: str) -> dict[JournalId, JournalId]:
        """Those by what they are called, and by the number that they had before."""
        eras = self.numbered(device_id)
        return {str(era): name for era, name in eras} | {name: name for _, name in eras}

    def now(self, device_id: str) -> JournalId:
        """The journal that a box writes now; the first where none is known."""
        return next(reversed(self.of(device_id)), FIRST_JOURNAL)

    def next_counted(self, device_id: str) -> JournalId:
        """What this laptop calls one more journal of a box that says no id."""
        return str(self._next_number(device_id))

    def name(self, device_id: str, counted: JournalId, journal: JournalId) -> None:
        """What was kept under a number of this laptop's takes the id that the box says."""
        era = int(counted)
        self._tables.write(_NEW_JOURNAL, [(device_id, era, journal, era)])

    def make_newest(self, device_id: str, journal: JournalId) -> None:
        """The box writes that one now, as with an older flash put back: it stands last."""
        self._tables.write(
            "UPDATE journals SET place = ? WHERE device_id = ? AND journal = ?",
            [(self._next_number(device_id), device_id, journal)],
        )

    def begin(self, device_id: str, journal: JournalId) -> int:
        """The number of a journal in the tables, which it is given where it has none."""
        era = self.number(device_id, journal)
        for _ in range(_TRIES):
            if era is not None:
                return era
            # Another command may begin this journal, or another one, at the same moment.
            new = self._next_number(device_id)
            self._tables.write(_NEW_JOURNAL, [(device_id, new, journal, new)])
            era = self.number(device_id, journal)
        # What stands of it in the tables is damaged; the records are kept all the same.
        return self._next_number(device_id) if era is None else era

    def numbered(self, device_id: str) -> list[tuple[int, JournalId]]:
        """The number that each journal has in the tables, in order, and what it is called."""
        rows = self._tables.rows(
            # From one to the next, for there are far more records than journals.
            "WITH RECURSIVE read(era) AS ("
            "SELECT MIN(era) FROM records WHERE device_id = ? UNION ALL"
            " SELECT (SELECT MIN(era) FROM records WHERE device_id = ? AND era > read.era)"
            " FROM read WHERE read.era IS NOT NULL)"
            " SELECT known.era, journal FROM (SELECT era FROM read WHERE era IS NOT NULL"
            " UNION SELECT era FROM journals WHERE device_id = ?) AS known"
            " LEFT JOIN journals ON journals.device_id = ? AND journals.era = known.era"
            " ORDER BY COALESCE(place, known.era)",
            device_id,
            device_id,
            device_id,
            device_id,
        )
        return [
            (era, name if _is_id(name) else str(era)) for era, name in rows if isinstance(era, int)
        ]

    def number(self, device_id: str, journal: JournalId) -> int | None:
        """The number of a journal in the tables; None where it has none."""
        if is_counted(journal):
            return int(journal)
        query = "SELECT era FROM journals WHERE device_id = ? AND journal = ?"
        era = value(self._tables, query, device_id, journal)
        return era if isinstance(era, int) else None

    def _next_number(self, device_id: str) -> int:
        """A number that no journal of the box has in the tables, nor a place."""
        last = value(
            self._tables,
            "SELECT MAX(number) FROM (SELECT MAX(era) AS number FROM records WHERE device_id = ?"
            " UNION SELECT MAX(era) FROM journals WHERE device_id = ?"
            " UNION SELECT MAX(place) FROM journals WHERE device_id = ?) AS numbers"
            # A bad page may make one up after which there is no other.
            f" WHERE number < {PAST_ALL}",
            device_id,
            device_id,
            device_id,
        )
        return last + 1 if isinstance(last, int) else 0


def _is_id(name: object) -> TypeGuard[JournalId]:
    return isinstance(name, str) and not is_counted(name)
