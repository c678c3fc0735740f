"""A laptop with a terminal, as a person types at it."""

import functools
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from domain import Box
from dosebell import civil
from dosebell_host import cli
from dosebell_host.box import contact
from dosebell_host.box.contact import meet
from dosebell_host.box.ports import Target
from dosebell_host.errors import NoDevice
from dosebell_host.sim.wire import Wire

Typed = Callable[..., Result]


class Desk:
    """A laptop with a terminal; `box` is plugged in, or nothing is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.box: Box | None = None
        self.ahead_s = 0.0
        monkeypatch.setattr(contact, "resolve", lambda port: Target(port or "usb", "the board"))
        monkeypatch.setattr(contact, "open_port", self._open)
        monkeypatch.setattr(contact, "meet", functools.partial(meet, laptop=self._now))

    def types(self, *words: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli.main, [str(word) for word in words], input=stdin)

    def gets(self, *words: object, code: int = 0) -> dict[str, Any]:
        """The one JSON document that a command prints."""
        result = self.types(*words, "--json")
        assert result.exit_code == code, result.output
        document: dict[str, Any] = json.loads(result.stdout)
        assert document.pop("schema") == 1
        return document

    def _open(self, port: str) -> Wire:
        if self.box is None:
            raise NoDevice("no Pico is plugged in", fix="plug it in")
        return Wire(self.box.world)

    def _now(self) -> float:
        assert self.box is not None
        return self.box.world.now_ms / 1000 + civil.UNIX_2000 + self.ahead_s
