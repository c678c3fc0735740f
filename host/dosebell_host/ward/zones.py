"""What time it is in a ward: at each box by the zone of its schedule, in the home by that of most.

Whoever looks may be set to any zone, as a server is to UTC, and the day on which a box goes from
one person to another begins where the box is. The zones are the boxes' own tables.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.lines import local_of, read_lines
from dosebell_host.schedule.local_time import LocalTime, day_number, from_unix, laptop_local_time

# The first line names the zone, and is no longer than this; the table behind it is long.
HEADS = (
    "SELECT boxes.device_id, boxes.revision, SUBSTR(lines, 1, 640) FROM boxes"
    " JOIN schedules ON schedules.revision = boxes.revision ORDER BY boxes.device_id"
)
# A box, its schedule, and how that begins.
_Head = tuple[Any, ...]


class WardTime(NamedTuple):
    """Local times in the home, and at each box whose zone is known, by its id."""

    home: LocalTime
    boxes: Mapping[str, LocalTime]

    def of_box(self, device_id: str) -> LocalTime:
        """Times at a box; those of the home where nobody knows its own."""
        return self.boxes.get(device_id, self.home)

    def day(self, now: float) -> int:
        """The home's day number; `now` is in Unix seconds."""
        return day_number(self.home.date(from_unix(now)))


def ward_time(tables: Tables, now: float) -> WardTime:
    """As the schedules of the boxes have it; by the laptop's own zone at `now`, in Unix seconds,
    where none is known.
    """
    named: dict[str, list[_Head]] = {}
    for row in tables.rows(HEADS):
        named.setdefault(_zone_name(row[2]), []).append(row)
    found = {
        name: local
        for name, heads in sorted(named.items())
        if (local := _local(History(tables), heads)) is not None
    }
    boxes = {row[0]: local for name, local in found.items() for row in named[name]}
    most = max(found, key=lambda name: len(named[name]), default=None)
    return WardTime(laptop_local_time(now) if most is None else found[most], boxes)


def _zone_name(head: str) -> str:
    return read_lines(head.splitlines()[:1])[0].fields.get("zone", "") if head else ""


def _local(history: History, heads: list[_Head]) -> LocalTime | None:
    """By the first of their schedules that this release can read."""
    for revision in dict.fromkeys(head[1] for head in heads):
        if local := local_of(history.schedule(revision) or []):
            return local
    return None
