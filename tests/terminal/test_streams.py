"""Streams as whoever starts a command leaves them: full, closed, gone, or without our characters.

Each is a line as a person types it in a shell.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from domain import D3K2
from waiting import HANG_S

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")

FULL = (
    "the output cannot be written (No space left on device); what was done is done; to see it,"
    " give the output another place and repeat the command.\n"
)
NO_FILE = "none.toml: there is no such file; check the name and the folder.\n"
NO_FILE_AS_JSON = {
    "code": "file",
    "message": "there is no such file",
    "where": "none.toml",
    "fix": "check the name and the folder",
}
# Greek is in no code page of Western Europe.
TITLE = 'title = "Βιταμίνη D₃"\n'


@pytest.fixture(autouse=True)
def in_a_folder_with_a_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d3k2.toml").write_text(TITLE + D3K2, encoding="utf-8")
    os.mkfifo("fifo")


def shell(line: str, **environment: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a line in which `dosebell` is ours."""
    ours = f'dosebell() {{ "{sys.executable}" -m dosebell_host "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", ours + line],
        check=False,
        capture_output=True,
        timeout=HANG_S,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout.decode("latin-1"), done.stderr.decode("latin-1")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("dosebell preview d3k2.toml > /dev/full", 1, FULL),
        ("dosebell preview d3k2.toml --json > /dev/full", 1, FULL),
        ("PYTHONUNBUFFERED=1 dosebell preview d3k2.toml > /dev/full", 1, FULL),
        ("dosebell --help > /dev/full", 1, FULL),
        ("dosebell demo > /dev/full", 1, FULL),
        ("dosebell virtual > /dev/full", 1, FULL),
        ("dosebell preview none.toml --json > /dev/full", 1, NO_FILE),
        ("dosebell preview d3k2.toml >&-", 0, ""),
        ("dosebell preview none.toml >&-", 1, NO_FILE),
        ("dosebell preview none.toml 2>&-", 1, ""),
        ("dosebell preview none.toml 2> /dev/full", 1, ""),
        ("dosebell preview d3k2.toml <&- > out", 0, ""),
        ("dosebell demo <&- >&-", 0, ""),
        ("dosebell doctor <&- >&- 2>&-", 4, ""),
        ("dosebell preview d3k2.toml --days 3000 | head -1 > out", 0, ""),
        ("dosebell demo | true", 0, ""),
        ("dosebell preview d3k2.toml --json --days 3000 | head -c 1 > out", 0, ""),
    ],
)
def test_what_cannot_be_written_or_read_is_one_sentence_or_none(
    line: str, code: int, said: str
) -> None:
    assert shell(line) == (code, "", said)


@pytest.mark.parametrize(
    "line",
    [
        "dosebell preview fifo",
        "dosebell check fifo",
        "dosebell push fifo",
        "dosebell simulate fifo --from 2026-11-23 --days 1",
        "dosebell demo fifo",
    ],
)
def test_a_pipe_is_no_schedule_and_nobody_waits_for_it(line: str) -> None:
    code, *told = shell(line)
    sentence = "fifo: is not a regular file; save the schedule in a file and name that.\n"
    assert (code, "".join(told)) == (1, sentence)


ENCODINGS: Mapping[str, Mapping[str, str]] = {
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
    "windows": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "c": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_json_is_utf_8_in_every_code_page(name: str) -> None:
    code, printed, _ = shell("dosebell check d3k2.toml --json", **ENCODINGS[name])
    expected = shell("dosebell check d3k2.toml --json", **ENCODINGS["utf-8"])[1]
    assert (code, printed) == (0, expected)
    assert json.loads(printed.encode("latin-1").decode())["schema"] == 1


@pytest.mark.parametrize("command", ["preview", "check", "demo"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_text_is_printed_in_every_code_page(name: str, command: str) -> None:
    assert shell(f"dosebell {command} d3k2.toml", **ENCODINGS[name])[::2] == (0, "")


def test_what_a_code_page_does_not_have_is_written_out() -> None:
    _, printed, _ = shell("dosebell preview d3k2.toml", **ENCODINGS["windows"])
    greek = "\\u0392\\u03b9\\u03c4\\u03b1\\u03bc\\u03af\\u03bd\\u03b7"
    assert printed.splitlines()[0] == f"{greek} D\\u2083, times in Europe/Berlin"


# A Ctrl-C at the moment when the module named first is loaded.
INTERRUPTED = """
import builtins, runpy, signal, sys
def load(name, *rest, **more):
    if name == at:
        builtins.__import__ = before
        signal.raise_signal(signal.SIGINT)
    return before(name, *rest, **more)
_, at, *sys.argv[1:] = sys.argv
before, builtins.__import__ = builtins.__import__, load
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("dosebell_host.__main__", run_name="__main__")
"""


@pytest.mark.parametrize("at", ["dosebell_host.cli", "click", "dosebell_host.terminal"])
def test_a_ctrl_c_that_comes_early_is_no_traceback(at: str) -> None:
    words = [sys.executable, "-c", INTERRUPTED, at, "preview", "d3k2.toml"]
    done = subprocess.run(words, check=False, capture_output=True, timeout=HANG_S)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"Stopped.\n")
