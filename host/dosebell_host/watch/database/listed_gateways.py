"""The gateways of a ward as a list for a person, who takes one off it that is gone for good."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import LocalTime, from_unix
from dosebell_host.schedule.values import show
from dosebell_host.talk import Talk
from dosebell_host.ward.gateways import SeenGateway, seen_gateways, take_off
from dosebell_host.ward.silences import Silences
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.zones import ward_time
from dosebell_host.watch.database.silence import GATEWAY, is_silent
from dosebell_host.watch.database.ward_commands import tables_meant
from dosebell_host.wording import printable

_CODE = "gateway"


class ListedGateway(NamedTuple):
    """One of them, in the home's local time; whether it is silent."""

    seen: SeenGateway
    local: LocalTime
    is_silent: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.seen.name,
            "heard_at": self.local.iso(from_unix(self.seen.seen_s)),
            "is_silent": self.is_silent,
            "boxes": self.seen.boxes,
            "dosebell": self.seen.dosebell,
        }

    @property
    def text(self) -> str:
        """For the list."""
        at = self.local.minute(from_unix(self.seen.seen_s))
        how = f"silent since {at}" if self.is_silent else f"here, heard at {at}"
        return f"{printable(self.seen.name)}: {how}{self.seen.with_boxes}"


def gateways(which: str | None, gone: str | None, now: float, talk: Talk) -> list[ListedGateway]:
    """All of that ward, after the one that is `gone` for good was taken off the list; `now` is
    Unix seconds by this laptop's clock.

    Raises `UserError` where none is called so, or it is there.
    """
    with tables_meant(which, talk.note) as tables:
        if gone is not None:
            let_go(tables, gone, now)
        home = ward_time(tables, now).home
        return [
            ListedGateway(each, home, is_silent(each.seen_s, now))
            for each in seen_gateways(tables)
        ]


def let_go(tables: WardTables, name: str, now: float) -> None:
    """Take a gateway off the list. Raises `UserError` as `gateways`."""
    silences = Silences(tables)
    with silences.alone():
        _check_gone(name, seen_gateways(tables), now)
        take_off(tables, name)
        # Whoever told that it is silent has nothing more to tell of it.
        silences.end([f"{GATEWAY}{name}"])


def _check_gone(name: str, known: Sequence[SeenGateway], now: float) -> None:
    found = next((each for each in known if each.name == name), None)
    if found is None:
        there = ", ".join(printable(each.name) for each in known) or "none"
        what = f"the ward has no gateway {show(name)}"
        raise UserError(what, fix=f"it has {there}", code=_CODE)
    if not is_silent(found.seen_s, now):
        what = f'the gateway "{printable(name)}" is there: it was heard in the last ten minutes'
        raise UserError(what, fix="end `dosebell watch` on it first", code=_CODE)
