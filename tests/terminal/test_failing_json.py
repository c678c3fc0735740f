"""With --json a command that fails prints one document, whatever it fails of."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from domain import D3K2, Box
from dosebell_host.box.patience import RestartPatience
from dosebell_host.errors import NoDevice
from laptop import Scripted
from lying_box import Telling

ASK_A_BOX = (
    "push d3k2.toml",
    "push --timezone Asia/Tokyo",
    "pull",
    "status",
    "clock",
    "clock --set",
    "doctor --ring",
    "doctor --forget-crash",
    "flash",
    "flash --dry-run",
    "take",
    "skip",
    "snooze",
    "undo",
    "stock d3k2",
    "log",
)
# Those that end in a document of their own.
TELL_OF_A_BOX = ("doctor",)
READ_A_FILE = (
    "push {}",
    "preview {}",
    "simulate {} --from 2026-11-23 --days 1",
    "demo {}",
)
WRONG_USAGE = (
    "nope",
    "push",
    "preview d3k2.toml --device mother",
    "check",
    "check --explain NOTHING",
    "simulate d3k2.toml",
    "simulate d3k2.toml --from soon --days 1",
    "simulate d3k2.toml --from 2026-11-23 --days 0",
    "simulate d3k2.toml --from 2026-11-23 --days 1 --forget nan",
    "preview d3k2.toml --days 0",
    "preview d3k2.toml --days many",
    "preview d3k2.toml --from 2026-02-30",
    "virtual --speed nan",
    "virtual --speed inf",
    "virtual --speed 0",
    "virtual --speed -1",
    "virtual --start never",
    "virtual --start 2026-11-23T07:00 --at-next",
    "virtual --tcp 70000",
    "virtual --state d3k2.toml",
    "log --after x",
    "take --slot x",
    "take --nope",
    "stock d3k2 many",
    "take d3k2 --time 3pm",
    "undo d3k2 --time 08:00 --slot 0",
    "log --month 2026-13",
    "log --until soon",
    "pull extra words",
    "flash --uf2 .",
    "flash --drive d3k2.toml",
    "new --nope",
    "new other.toml",
    "--port",
)
CANNOT = (
    "push none.toml",
    "preview none.toml",
    "demo none.toml",
    "new d3k2.toml --timezone UTC --d3 1000IU --k2 none --medicines none",
    "new no/folder.toml --timezone UTC --d3 1000IU --k2 none --medicines none",
    "log --device 0000",
    "flash --uf2 none.uf2",
    "flash --uf2 d3k2.toml",
    "flash --uf2 fifo",
    "flash --uf2 /dev/zero",
    "flash --drive none",
    "push --timezone Nowhere",
    "preview .",
    "preview fifo",
    "preview /dev/zero",
)


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d3k2.toml").write_text(D3K2, encoding="utf-8")
    os.mkfifo("fifo")


def failed(desk: Desk, command: str) -> tuple[int, dict[str, Any]]:
    """(exit code, the error) of a command, which prints nothing else on stdout."""
    result = desk.types(*command.split(), "--json")
    assert isinstance(result.exception, SystemExit), result.exc_info
    document = json.loads(result.stdout)
    assert sorted(document.keys() - {"notes"}) == ["error", "schema"]
    assert sorted(document["error"]) in (
        ["code", "fix", "message", "where"],
        ["code", "fix", "message", "problems", "where"],
    )
    return result.exit_code, document["error"]


@pytest.mark.parametrize("command", WRONG_USAGE)
def test_wrong_usage(command: str) -> None:
    assert failed(Desk(), command)[0] == 2


@pytest.mark.parametrize("command", CANNOT)
def test_what_cannot_be_done_at_all(command: str) -> None:
    code, error = failed(Desk(), command)
    assert (code in (1, 4), error["message"] != "") == (True, True)


@pytest.mark.parametrize("command", READ_A_FILE)
@pytest.mark.parametrize("text", ["", "a = ", "[dose]\n", D3K2.replace("07:30", "25:30")])
def test_a_file_that_is_wrong(text: str, command: str) -> None:
    Path("wrong.toml").write_text(text, encoding="utf-8")
    assert failed(Desk(), command.format("wrong.toml"))[0] == 1


@pytest.mark.parametrize("command", ASK_A_BOX)
def test_no_box(command: str) -> None:
    desk = Desk()
    desk.reach = replace(desk.reach, restart=RestartPatience(find_s=-1.0))
    assert failed(desk, command)[0] in (1, 4)
    assert failed(desk, f"{command} --port /dev/ttyNOWHERE")[0] in (1, 4)


class Bench(Desk):
    """A desk at which `port` is plugged in, whatever it is; None is one that is busy."""

    port: Any = None

    def _open(self, port: str) -> Any:
        if self.port is None:
            raise NoDevice(f"{port} is in use by another program", code="busy")
        return self.port


def bench(port: Any) -> Bench:
    made = Bench(Box.bare())
    made.port = port
    return made


@pytest.mark.parametrize("command", [each for each in ASK_A_BOX if "flash" not in each])
@pytest.mark.parametrize(
    ("port", "code"),
    [(None, 4), (Scripted(), 4), (Scripted(b"\x00\xff\x1b[2J" * 400 + b"\n"), 4)],
    ids=["busy", "silent", "babbling"],
)
def test_a_box_that_does_not_answer(port: Any, code: int, command: str) -> None:
    assert failed(bench(port), command)[0] == code


@pytest.mark.parametrize("command", [each for each in ASK_A_BOX if "flash" not in each])
def test_a_box_that_answers_nonsense(command: str) -> None:
    assert failed(bench(Telling(lambda method, params: ["nonsense"])), command)[0] == 3


@pytest.mark.parametrize(
    "command", ["take gold", "skip d3k2 --date 2030-01-01", "undo gold", "stock d3k2 5"]
)
def test_a_box_that_says_no(command: str) -> None:
    desk = Desk(Box.with_schedule(D3K2).until("07:31"))
    assert failed(desk, command)[0] in (1, 3)


def test_a_full_disk() -> None:
    desk = Desk(Box.with_schedule(D3K2).until("07:31"))
    assert failed(desk, "pull -o /dev/full")[0] == 1
    assert failed(desk, "pull -o .")[0] == 1
    assert failed(desk, "pull -o fifo")[0] == 1


def test_who_is_stopped() -> None:
    def stopped(*_: Any) -> Any:
        raise KeyboardInterrupt

    desk = bench(None)
    desk.reach = replace(desk.reach, open=stopped)
    assert failed(desk, "status") == (
        130,
        {"code": "stopped", "message": "Stopped.", "where": "", "fix": ""},
    )
