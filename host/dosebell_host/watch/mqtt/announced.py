"""What Home Assistant was told that a box has, kept until it is sure to know what has gone.

Home Assistant takes an entity away only while it runs, and only one that it was told of since it
started: whatever goes while it is off stays in its list for ever, and can't be used. So what has
gone is kept here, beyond the end of the watcher. When Home Assistant has started, and when the
watcher has, what has gone is announced once more and then taken away; after the former it is
forgotten, for then somebody was there to hear it.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from dosebell_host.resources import write_private
from dosebell_host.watch.mqtt.discovery import Document, live, with_last_words, without
from dosebell_host.watch.mqtt.topics import Topics

# Of so many boxes, and so much of each, it is remembered; nobody has more of them at one machine.
_MOST = 1000


class Announced:
    """What there was, by box: the platform of each component. `path` is the file in which it
    outlives the watcher, None for none.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = _read(path) if path else {}
        # Whether Home Assistant has started since the line was connected, and so hears all.
        self._is_heard = False
        # The boxes of which that was announced once more which has gone.
        self._told: set[str] = set()
        self._on_way: dict[int, tuple[str, Document]] = {}

    def without_gone(self, device_id: str, document: Document) -> Document:
        """The document, which also takes away all that was announced and has gone."""
        before, there = self._kept.get(device_id, {}), live(document)
        gone = {ident: each for ident, each in before.items() if ident not in there}
        now = dict(list((gone | there).items())[-_MOST:])
        # What is on its way may take away what is there again.
        self._on_way = {
            number: each
            for number, each in self._on_way.items()
            if each[0] != device_id or live(each[1]) == there
        }
        if now != before:
            # Kept first: what is not announced after all is taken away to no harm.
            self._keep(device_id, now)
        return without(gone, document)

    def last_words(self, device_id: str, document: Document, topics: Topics) -> Document | None:
        """The document in which what has gone is there once more, which is to be said before it;
        None where nothing has, or that was asked since `again`.
        """
        there, kept = live(document), self._kept.get(device_id, {})
        gone = {ident: each for ident, each in kept.items() if ident not in there}
        is_told = device_id in self._told
        self._told.add(device_id)
        return with_last_words(document, gone, topics, device_id) if gone and not is_told else None

    def again(self, is_heard: bool) -> None:
        """Who hears of it may not know what has gone; `is_heard` is whether Home Assistant has
        just started.
        """
        self._told.clear()
        self._on_way.clear()
        self._is_heard = is_heard

    def nobody_hears(self) -> None:
        """Home Assistant has ended."""
        self._is_heard = False
        self._on_way.clear()

    def sent(self, number: int, device_id: str, document: Document) -> None:
        """The document is on its way as the message of that number."""
        if self._is_heard:
            self._on_way[number] = device_id, document

    def delivered(self, number: int) -> None:
        """It has come: what it takes away is known to have gone."""
        device_id, document = self._on_way.pop(number, ("", {"components": {}}))
        there, kept = live(document), self._kept.get(device_id, {})
        left = {
            ident: each
            for ident, each in kept.items()
            if ident in there or ident not in document["components"]
        }
        if left != kept:
            self._keep(device_id, left)

    def _keep(self, device_id: str, components: dict[str, str]) -> None:
        self._kept[device_id] = components
        self._write()

    def _write(self) -> None:
        # Where nothing may be written it holds until the watcher ends.
        if self._path:
            with suppress(OSError):
                write_private(self._path, json.dumps(self._kept))


def _read(path: Path) -> dict[str, dict[str, str]]:
    """What is in the file; nothing where it is missing or damaged."""
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(device_id): {str(ident): str(platform) for ident, platform in each.items()}
            for device_id, each in list(kept.items())[:_MOST]
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
