"""What a gateway tells the database of how its boxes are now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dosebell_host.actions.status import Status
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.ward.gateways import HeardBox
from dosebell_host.watch.attention import Need, attention
from dosebell_host.watch.view import BoxView

# What changes all the while, and is nothing new by itself.
_VOLATILE = ("clock", "uptime_s", "heap_free")


@dataclass(frozen=True)
class _Said:
    """A status as it is sent, and what of it is new. It stays while the box says nothing else."""

    status: Status
    document: dict[str, object]
    new: str


class HeardBoxes:
    """The boxes that this gateway has heard since it runs, and whether any of it is new."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}
        self._told: dict[str, tuple[object, ...]] = {}

    def of(
        self, views: Sequence[BoxView], serials: Mapping[str, str], now: float
    ) -> tuple[list[HeardBox], bool]:
        """Each as the database keeps it, and whether anything has changed since the last time."""
        before, found = dict(self._told), []
        for view in views:
            if view.heard_at is not None and view.status is not None:
                text = self._text(view, view.status, attention(view, now))
                serial = serials.get(view.device_id, "")
                presence = str(view.presence)
                found.append(HeardBox(view.device_id, serial, int(view.heard_at), presence, text))
        return found, before != self._told

    def _text(self, view: BoxView, status: Status, needs: list[Need]) -> str:
        said = self._said_by(view.device_id, status)
        # That a need is a second older is nothing new.
        codes = [(need.code, need.dose, need.due_s) for need in needs]
        self._told[view.device_id] = view.presence, codes, said.new
        told = [_json(need, status.local) for need in needs]
        document = {"needs": told, "status": said.document}
        return json.dumps(document, ensure_ascii=False)

    def _said_by(self, device_id: str, status: Status) -> _Said:
        before = self._said.get(device_id)
        if before is not None and before.status is status:
            return before
        document = status.to_json()
        kept = {key: value for key, value in document.items() if key not in _VOLATILE}
        said = _Said(status, document, json.dumps(kept, sort_keys=True))
        self._said[device_id] = said
        return said


def _json(need: Need, local: LocalTime) -> dict[str, str | None]:
    due = None if need.due_s is None else local.iso(need.due_s)
    return {"code": need.code, "text": need.text, "dose": need.dose, "due": due}
