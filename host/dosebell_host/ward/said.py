"""What a gateway said of a box when it heard it last: JSON that another release may have written.

Whatever is not as it should be there says nothing, and keeps nobody from seeing the rest.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from dosebell.zone import Zone
from dosebell_host.schedule.local_time import LocalTime, since_2000


class SaidNeed(NamedTuple):
    """What needs somebody, in the words of the gateway, and the dose that it is about or "", with
    when that was first due in seconds since 2000, None where the gateway does not say it.
    """

    code: str
    text: str
    dose: str = ""
    due_s: int | None = None


class RingingDose(NamedTuple):
    """A dose that rings, and when it was due, in seconds since 2000, where that is known."""

    dose: str
    due_s: int | None = None


class SaidOfBox(NamedTuple):
    """What of it a page shows; `local` tells times by the offset that the box had, None where it
    had no clock.
    """

    needs: tuple[SaidNeed, ...] = ()
    rings: tuple[RingingDose, ...] = ()
    local: LocalTime | None = None


def read_said(said: str) -> SaidOfBox:
    """What stands in that text."""
    try:
        found = _dict(json.loads(said))
    except (ValueError, RecursionError):
        return SaidOfBox()
    status = _dict(found.get("status"))
    return SaidOfBox(tuple(_needs(found)), tuple(_rings(status)), _local(status))


def _needs(found: dict[str, Any]) -> Iterator[SaidNeed]:
    for each in _dicts(found.get("needs")):
        code, text, dose = (_text(each.get(key)) for key in ("code", "text", "dose"))
        yield SaidNeed(code, text, dose, _instant_s(each.get("due")))


def _rings(status: dict[str, Any]) -> Iterator[RingingDose]:
    rows = {_text(row.get("dose")): row for row in _dicts(status.get("doses"))}
    for dose in map(_text, _list(status.get("ringing"))):
        yield RingingDose(dose, _instant_s(rows.get(dose, {}).get("due")))


def _local(status: dict[str, Any]) -> LocalTime | None:
    at = _moment(_dict(status.get("clock")).get("at"))
    offset = at.utcoffset() if at else None
    return LocalTime(Zone((0,), (int(offset.total_seconds()),), 0)) if offset is not None else None


def _instant_s(value: object) -> int | None:
    moment = _moment(value)
    return None if moment is None else since_2000(moment)


def _moment(value: object) -> datetime | None:
    """A moment with its offset."""
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in _list(value) if isinstance(each, dict)]
