"""Several doses, asked for one at a time: whose turn it is, and how often the light flashes.

Imported only where the schedule says `answer = "each"`.

What rings is asked for in the order of the file, and what begins to ring meanwhile joins at the
end, also after a snooze: so what is asked for stays, until it is answered, passed or over. All
doses that ring in one compartment are one question.
"""

from dosebell import pattern
from dosebell.record import RINGING
from dosebell.reminder import Reminder, Row


class Turns:
    """The doses that ring, by their ids, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def ringing(self, reminder: Reminder) -> list[Row]:
        """What is asked for now, of all that rings."""
        rows = [row for row in reminder.rows if row.state == RINGING]
        names = [row.dose.id for row in rows]
        stay = [name for name in self.ids if name in names]
        self.ids = stay + [name for name in names if name not in stay]
        return self.one_place(rows, rows[names.index(self.ids[0])]) if rows else rows

    def one_place(self, rows: list[Row], first: Row) -> list[Row]:
        """Of the rows, those in the place of `first`; where that has none, it alone."""
        place = first.place()
        return [row for row in rows if row is first or (place and row.place() == place)]

    def due_first(self, rows: list[Row], at_s: int) -> list[Row]:
        """Of the rows that were due at `at_s`, those that would have been asked for first."""
        return self.one_place(rows, min(rows, key=lambda row: _due_s(row, at_s)))

    def light(self, reminder: Reminder, rows: list[Row]) -> str:
        """The light that asks for these rows, "" without any: it flashes as often as their place
        says, else their number in the file.
        """
        if not rows:
            return ""
        return pattern.COUNT + str(rows[0].place() or reminder.rows.index(rows[0]) + 1)

    def again(self, ids: list[str]) -> None:
        """Ask for these first: their answer was undone."""
        self.ids = ids + [name for name in self.ids if name not in ids]


def _due_s(row: Row, at_s: int) -> int:
    window = row.window
    return 0 if window is None else window.dues[window.reached(at_s)]
