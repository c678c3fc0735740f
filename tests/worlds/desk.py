"""A laptop with a terminal, as a person types at it."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result

from domain import Box
from dosebell import civil
from dosebell_host import cli
from dosebell_host.box.link import Port
from dosebell_host.box.reach import Reach, Target, opened
from dosebell_host.sim.wire import Wire
from dosebell_host.terminal.options import Settings

Typed = Callable[..., Result]

USB = Target("usb", "the board")
# 2026-11-23 06:00 in Berlin.
MONDAY_S = 1795410000.0


class Desk:
    """A laptop with a terminal; `box` is plugged in, or nothing is. Its clock goes as the box's,
    but for `ahead_s`; where no box was ever there, it is Monday.
    """

    def __init__(self, box: Box | None = None) -> None:
        self.box = box
        self.ahead_s = 0.0
        self._unix_s = MONDAY_S
        self.reach = Reach(
            plugged=lambda: [USB] if self.box else [],
            find_virtuals=list,
            mounted=list,
            open=self._open,
            clock=lambda: self._world_s() + self.ahead_s,
            elapsed_s=self._world_s,
        )

    @classmethod
    def that_pushed(cls, file: object) -> "Desk":
        """One that has pushed that file to the box beside it."""
        desk = cls(Box.bare("2026-11-23 06:00"))
        assert desk.types("push", file).exit_code == 0
        return desk

    def types(self, *words: object, stdin: str | None = None) -> Result:
        settings = Settings(reach=lambda: self.reach)
        arguments = [str(word) for word in words]
        return CliRunner().invoke(cli.main, arguments, input=stdin, obj=settings)

    def gets(self, *words: object, code: int = 0) -> dict[str, Any]:
        """The one JSON document that a command prints."""
        result = self.types(*words, "--json")
        assert result.exit_code == code, result.output
        document: dict[str, Any] = json.loads(result.stdout)
        assert document.pop("schema") == 1
        return document

    def _open(self, port: str) -> Port:
        return Wire(self.box.world) if self.box else opened(port)

    def _world_s(self) -> float:
        if self.box is not None:
            self._unix_s = self.box.world.now_ms / 1000 + civil.UNIX_2000
        return self._unix_s
