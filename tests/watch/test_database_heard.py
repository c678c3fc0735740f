"""How a box is goes to the database when that changes, and not with every second."""

import json
from dataclasses import replace
from pathlib import Path

from domain import Box
from dosebell_host.watch.database.heard import HeardBoxes
from dosebell_host.watch.view import Presence
from mqtt_boxes import moments


def test_what_is_heard_is_the_status_and_what_needs_somebody(tmp_path: Path) -> None:
    [rings] = moments(Box.with_schedule(), tmp_path, "08:10")
    assert rings.view.status is not None
    device_id = rings.view.device_id
    [[heard], is_new] = HeardBoxes().of([rings.view], {device_id: "E66118C4E3"}, rings.now)
    assert (heard[:4], is_new) == (
        (device_id, "E66118C4E3", int(rings.view.heard_at or 0), "here"),
        True,
    )
    said = json.loads(heard.said)
    assert said["status"] == json.loads(json.dumps(rings.view.status.to_json()))
    assert [need["code"] for need in said["needs"]] == ["unanswered"]


def test_only_what_changes_is_new(tmp_path: Path) -> None:
    before, after = moments(Box.with_schedule(), tmp_path, "07:31", "press")
    boxes, now = HeardBoxes(), before.now
    later = replace(before.view, heard_at=now + 9)
    silent = replace(later, presence=Presence.SILENT)
    unheard = replace(before.view, device_id="other", heard_at=None, status=None)
    found = [
        boxes.of([view, unheard], {}, at)[1]
        for view, at in (
            (before.view, now),
            (later, now + 9),
            (silent, now + 10),
            (silent, now + 11),
            (silent, now + 200),
            (after.view, after.now),
        )
    ]
    assert found == [True, False, True, False, True, True]
