"""A real `dosebell watch` in a process of its own."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from waiting import HANG_S


class Watch:
    """A running `dosebell watch --json`; what it prints goes to a file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "printed"
        with self.path.open("a") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dosebell_host", "watch", "--json"],
                stdout=file,
                stderr=subprocess.PIPE,
            )

    @property
    def printed(self) -> list[dict[str, Any]]:
        """Every whole line so far."""
        *lines, _ = self.path.read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines]

    @property
    def kinds(self) -> list[str]:
        return [each["record"]["kind"] for each in self.printed if each["event"] == "record"]

    def ended(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=HANG_S)
        return self.process.returncode, errors.decode()


@contextlib.contextmanager
def watching(folder: Path) -> Iterator[Watch]:
    watch = Watch(folder)
    try:
        yield watch
    finally:
        watch.process.kill()
        watch.process.communicate(timeout=HANG_S)
