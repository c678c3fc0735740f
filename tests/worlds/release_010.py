"""Release 0.1.0 itself, from a zip of commit 153dc14, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from domain import compiled, utc_of

FIXTURES = Path(__file__).parents[1] / "device" / "fixtures"


def before(files: dict[str, str], begin: str, acts: list[list[Any]]) -> dict[str, str]:
    """What release 0.1.0 makes of it, from that time in Berlin on."""
    given = json.dumps({"at": utc_of(begin, "Europe/Berlin"), "files": files, "acts": acts})
    found: dict[str, str] = json.loads(_run([FIXTURES / "live.py"], given))
    return found


def run_old(code: str, given: str) -> str:
    """What a program prints that is given this, and finds that release."""
    return _run(["-c", code], given)


def _run(words: list[str | Path], given: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        input=given,
        env=os.environ | {"PYTHONPATH": str(FIXTURES / "release-153dc14.zip")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def pushed(text: str) -> list[Any]:
    return ["push", compiled(text).lines, compiled(text).hash]
