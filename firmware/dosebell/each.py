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
    """What rings, as (dose, due of its meal), in the order in which it is asked for."""

    def __init__(self) -> None:
        self._order: list[tuple[str, int]] = []
        # Doses that are asked for first as soon as they ring: their answer was undone.
        self.first: list[str] = []
        # The doses of the last question that could be seen when the button went down: none can be
        # behind an answer. A press answers nothing else.
        self.seen: list[str] = []

    def ringing(self, reminder: Reminder) -> list[Row]:
        """What is asked for now, of all that rings."""
        rows = [row for row in reminder.rows if row.state == RINGING]
        found = [(row.dose.id, row.due_s()) for row in rows]
        fresh = [each for each in found if each not in self._order]
        again = [each for each in fresh if each[0] in self.first]
        stay = [each for each in self._order if each in found]
        self._order = again + stay + [each for each in fresh if each not in again]
        self.first = []
        return self.one_place(rows, rows[found.index(self._order[0])]) if rows else rows

    def answered(self, reminder: Reminder) -> list[Row]:
        """What a press that ends now answers: what was asked for as it began, if it still is."""
        return [row for row in self.ringing(reminder) if row.dose.id in self.seen]

    def one_place(self, rows: list[Row], first: Row) -> list[Row]:
        """Of the rows, those in the place of `first`; where that has none, it alone."""
        place = first.place()
        return [row for row in rows if row is first or (place and row.place() == place)]

    def due_first(self, rows: list[Row], at_s: int) -> list[Row]:
        """Of the rows that were due at `at_s`, those that would have been asked for first."""
        return self.one_place(rows, min(rows, key=lambda row: _due_s(row, at_s)))

    def light(self, reminder: Reminder, rows: list[Row]) -> str:
        """The light that asks for these rows: it flashes as often as their place says, else their
        number in the file.
        """
        return pattern.COUNT + str(rows[0].place() or reminder.rows.index(rows[0]) + 1)


def _due_s(row: Row, at_s: int) -> int:
    window = row.window
    return 0 if window is None else window.dues[window.reached(at_s)]
