"""The gateways of a ward: which machine has which name, and how its boxes are just now."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from dosebell_host import __version__
from dosebell_host.errors import UserError
from dosebell_host.history.tables.tables import Tables
from dosebell_host.ward.tables import WardTables

# For so long a name is a gateway's that was heard under it; it is heard once a minute at least.
NAME_HELD_S = 60 + 5

_HEARD = (
    "INSERT INTO heard VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET"
    " gateway = excluded.gateway, usb_serial = excluded.usb_serial, heard_s = excluded.heard_s,"
    " presence = excluded.presence, said = excluded.said WHERE excluded.heard_s >= heard.heard_s"
)
_CLAIM = (
    "INSERT INTO gateways VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
    " instance = excluded.instance, seen_s = excluded.seen_s, dosebell = excluded.dosebell"
)
GATEWAYS = (
    "SELECT name, seen_s, dosebell, (SELECT COUNT(*) FROM heard WHERE gateway = name)"
    " FROM gateways ORDER BY name"
)
_THERE = "UPDATE gateways SET seen_s = ? WHERE name = ? AND instance = ?"


class _UndoneError(Exception):
    """What was done in a block is to be taken back."""


class HeardBox(NamedTuple):
    """How a box is just now: `heard_s` is Unix seconds, `said` is JSON for the page."""

    device_id: str
    usb_serial: str
    heard_s: int
    presence: str
    said: str


class SeenGateway(NamedTuple):
    """A gateway: when it last said that it is there, in Unix seconds, its release of dosebell, and
    how many boxes were heard there last.
    """

    name: str
    seen_s: int
    dosebell: str
    boxes: int

    @property
    def with_boxes(self) -> str:
        """How many boxes, behind its name."""
        if not self.boxes:
            return ""
        return ", with its box" if self.boxes == 1 else f", with its {self.boxes} boxes"


def seen_gateways(tables: Tables) -> list[SeenGateway]:
    """All that ever said that they are there, but for those that were taken off the list."""
    return [SeenGateway(*row) for row in tables.rows(GATEWAYS)]


def take_off(tables: Tables, name: str) -> None:
    """That gateway is gone for good; what it brought stays, under its name. One that is there
    after all is on the list again as soon as it says so.
    """
    tables.write("DELETE FROM gateways WHERE name = ?", [(name,)])


class Gateways:
    """What the tables of a ward know of them; `now` is Unix seconds by this machine's clock."""

    def __init__(self, tables: WardTables, now: Callable[[], float]) -> None:
        self._tables = tables
        self._now = now
        # Which names are this program's.
        self._instances: dict[str, str] = {}

    def claim(self, gateway: str, instance: str) -> None:
        """Have that name, for about a minute.

        Raises `UserError` where another instance was heard under it a minute ago.
        """
        with self._tables.alone_with(f"gateway {gateway}"):
            rows = self._tables.rows(
                "SELECT instance, seen_s FROM gateways WHERE name = ?", gateway
            )
            now_s = int(self._now())
            if rows and rows[0][0] != instance and now_s - rows[0][1] <= NAME_HELD_S:
                raise UserError(
                    f'another machine tells the ward\'s database that it is "{gateway}"',
                    fix='give one of them another name: gateway = "..." in its [[database]]',
                    code="gateway",
                )
            self._tables.write(_CLAIM, [(gateway, instance, now_s, __version__)])
        self._instances[gateway] = instance

    def try_claim(self, gateway: str, instance: str) -> None:
        """See whether `claim` would do, and leave all as it was. Raises `UserError` as that."""
        with suppress(_UndoneError), self._tables.alone_with(f"gateway {gateway}"):
            self.claim(gateway, instance)
            raise _UndoneError

    def hear(self, gateway: str, heard: Sequence[HeardBox]) -> None:
        """Note how the boxes of a gateway are; what was heard of one later stays."""
        rows = [
            (each.device_id, gateway, each.usb_serial, each.heard_s, each.presence, each.said)
            for each in sorted(heard)
        ]
        self._tables.write(_HEARD, rows)
        known = self._instances.get(gateway, "")
        self._tables.write(_THERE, [(int(self._now()), gateway, known)])
