"""Many boxes of a ward, each with a random life of its own, as gateways read them day by day.

The lives are those of the promises: whatever can happen to a box happens to some of them. A box is
read by its numbers, as a laptop does; when its clock says what does not matter for that.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from domain import compiled
from dosebell_host.history.store import History, KnownBox
from kept_lives import lived
from life_driver import Life
from lives import life


class Journal(NamedTuple):
    """One journal of a box, by the id that it says."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class WardBox:
    """A board on USB, and all that it will have noted in the end."""

    device_id: str
    serial: str
    journals: tuple[Journal, ...]
    schedules: dict[str, tuple[str, ...]]
    revision: str

    def kept(self, day: int, days: int) -> list[Journal]:
        """What it has noted by the end of that day of so many."""
        count = sum(len(journal.lines) for journal in self.journals) * (day + 1) // days
        found = []
        for journal in self.journals:
            if count > 0:
                found.append(Journal(journal.name, journal.lines[:count]))
            count -= len(journal.lines)
        return found

    def cut(self, day: int, days: int) -> "WardBox":
        """The same box, if it had noted no more than by that day."""
        return replace(self, journals=tuple(self.kept(day, days)))

    def read_into(self, history: History, day: int, days: int, now: float) -> bool:
        """What a laptop does that meets it on that day; whether there was anything new."""
        is_new = False
        for journal in self.kept(day, days):
            last = _number(journal.lines[-1])
            kept = {
                line for _, line in history.lines_between(self.device_id, journal.name, 0, last)
            }
            fresh = [line for line in journal.lines if line not in kept]
            history.add_records(self.device_id, journal.name, fresh)
            is_new |= bool(fresh)
        if is_new:
            met = KnownBox(self.device_id, "Pico", self.serial, self.revision, now)
            history.note_box(met)
            for revision, lines in self.schedules.items():
                history.save_schedule(revision, lines)
        return is_new


def boxes_of(count: int) -> list[WardBox]:
    """So many different boxes; of some the flash was put back to an older one in between, so that
    they have two journals.
    """
    found = []
    for n in range(count):
        seeds = (n, n + 100_000) if n % 10 == 3 else (n,)
        lives_of = sorted(map(_lived, seeds), key=_began_s)
        found.append(_box(f"{n:016x}", f"E6{n:08X}", lives_of))
    return found


def clone_of(box_number: int, serial: str) -> WardBox:
    """The board to which the flash of that box was copied: it lives on otherwise, and says the
    same id. Where its serial number on USB is not known, "", no machine can tell it apart.
    """
    original = life(box_number)
    half = len(original.events) // 2
    other = life(
        box_number, [*original.events[:half], ("wait", 4000), ("due", 60), ("wait", 90_000)]
    )
    assert other.live() == []
    return _box(f"{box_number:016x}", serial, [other])


def wiped_to(box: WardBox, number: int) -> WardBox:
    """What the board of that box calls itself once it was erased."""
    return _box(f"{number:016x}", box.serial, [_lived(number)])


def _box(device_id: str, serial: str, lives_of: list[Life]) -> WardBox:
    schedules: dict[str, tuple[str, ...]] = {}
    journals = []
    for n, each in enumerate(lives_of):
        for reign in each.oracle.reigns:
            made = compiled(reign.calendar.text)
            schedules[made.revision] = tuple(made.lines)
        lines = tuple(line.text for line in each.oracle.books.lines)
        journals.append(Journal(f"{n + 1:x}{device_id[-7:]}", lines))
    return WardBox(device_id, serial, tuple(journals), schedules, made.revision)


@cache
def _lived(seed: int) -> Life:
    return lived(seed)


def _began_s(each: Life) -> int:
    return min((line.utc or 0 for line in each.oracle.books.lines if line.utc), default=0)


def _number(line: str) -> int:
    return int(line.partition(" ")[0])
