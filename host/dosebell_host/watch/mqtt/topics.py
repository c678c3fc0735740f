"""The topics of a watcher and its boxes. They name ids only, never a person."""

import hashlib
import re
from dataclasses import dataclass

PREFIX = "dosebell"
HOME_ASSISTANT = "homeassistant"

# What Home Assistant takes as an id, and what no broker reads as a level or a wildcard.
_WORD = re.compile(r"[a-zA-Z0-9_-]{1,64}", re.ASCII)
_NO_LETTER = re.compile(r"[^a-zA-Z0-9_-]", re.ASCII)
_KEPT = 40
_DIGITS = 8


def topic_word(name: str) -> str:
    """An id as one level of a topic; one with other letters is told apart by a digest."""
    if _WORD.fullmatch(name):
        return name
    digest = hashlib.sha256(name.encode(errors="backslashreplace")).hexdigest()[:_DIGITS]
    return f"{_NO_LETTER.sub('-', name)[:_KEPT]}_{digest}"


@dataclass(frozen=True)
class Topics:
    """Where things are said. `watcher` is an id of this machine's watcher: whether it lives, and
    which boxes are plugged into this machine, no other one may say.
    """

    watcher: str
    prefix: str = PREFIX
    home_assistant: str = HOME_ASSISTANT

    @property
    def alive(self) -> str:
        """Whether the watcher lives; the broker says so when it no longer does."""
        return f"{self.prefix}/watch/{self.watcher}"

    def available(self, device_id: str) -> str:
        """Whether a box is plugged in here, and answers."""
        return f"{self.alive}/{topic_word(device_id)}"

    def attention(self, device_id: str) -> str:
        """Whether a box needs somebody, as this machine sees it: also one that is away."""
        return f"{self.available(device_id)}/attention"

    def state(self, device_id: str) -> str:
        """How a box is."""
        return f"{self._box(device_id)}/state"

    def event(self, device_id: str, dose: str) -> str:
        """What happens to a dose."""
        return f"{self._box(device_id)}/event/{topic_word(dose)}"

    def record(self, device_id: str) -> str:
        """All else that a box notes."""
        return f"{self._box(device_id)}/record"

    def command(self, device_id: str) -> str:
        """Where a box is told something."""
        return f"{self._box(device_id)}/command"

    @property
    def commands(self) -> str:
        """All of these."""
        return f"{self.prefix}/box/+/command"

    def discovery(self, device_id: str) -> str:
        """Where Home Assistant looks for the box."""
        return f"{self.home_assistant}/device/dosebell_{topic_word(device_id)}/config"

    @property
    def birth(self) -> str:
        """Where Home Assistant says that it has started."""
        return f"{self.home_assistant}/status"

    def retained(self, device_id: str) -> tuple[str, ...]:
        """All that a broker keeps of a box."""
        return (
            self.discovery(device_id),
            self.state(device_id),
            self.available(device_id),
            self.attention(device_id),
        )

    def _box(self, device_id: str) -> str:
        return f"{self.prefix}/box/{topic_word(device_id)}"
