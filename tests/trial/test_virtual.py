"""`dosebell virtual`: a process of its own, a real pseudo-terminal or socket, and pyserial."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from selectors import DefaultSelector

import pytest
import serial
from click.testing import CliRunner

from domain import Box
from dosebell import frames
from dosebell_host.box import running_virtuals
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.cli import main
from dosebell_host.sim.endpoints import LOCALHOST, TcpEndpoint
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.wire import Wire
from dosebell_host.trial.leap import BEFORE_NEXT_S, Leap
from virtual_box import COMPILED, PATIENT, at_breakfast, virtual
from waiting import HANG_S, wait_until


def dosebell(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.stderr


def test_it_rings_on_time_and_a_press_is_taken(tmp_path: Path) -> None:
    with virtual(*at_breakfast(tmp_path)) as box:
        assert box.line() == "07:30:00 light due, sound due-eat"
        box.type("press 200\n")
        pressed, taken = box.line(), box.line()
        assert (pressed[8:], taken[8:]) == (
            " light off, sound silent",
            " light taken, sound taken",
        )
        records = box.call("journal.read", since=0)["records"]
        mine = [record.split(" ")[4] for record in records if " d3k2 2026" in record]
        assert [kind for kind in mine if kind != "snapshot"] == ["ringing", "taken"]


def test_it_says_that_its_time_is_its_own() -> None:
    before_s = time.monotonic()
    with virtual("--start", "2030-06-01T12:00Z") as box:
        said = box.call("hello")
        # It began after us, and its seconds are as long as ours.
        passed_s = time.monotonic() - before_s
        assert (said["board"], said["trust"], 0 <= said["utc"] - 1906545600 <= passed_s) == (
            "virtual",
            "rtc",
            True,
        )


def test_without_a_time_of_its_own_it_follows_the_laptop() -> None:
    with virtual() as box:
        before_s = time.time()
        told_s = box.call("hello")["utc"]
        # It tells whole seconds.
        assert before_s - 1 < told_s <= time.time()


def test_its_time_passes_as_fast_as_asked() -> None:
    with virtual("--start", "2026-11-23T04:30+01:00", "--speed", "3600") as box:
        box.push()
        # Three hours are three seconds. Should breakfast be over when the push arrives, it rings
        # for the next one, at the weekend later; a day is less than half a minute.
        assert box.line() in [
            f"{time} light due, sound due-eat" for time in ("07:30:00", "09:00:00")
        ]


def test_however_fast_it_is_a_push_arrives() -> None:
    with virtual("--start", "2026-11-23T12:00+01:00", "--speed", "50000") as box:
        for _ in range(20):
            box.push()
        assert box.call("hello")["revision"] == COMPILED.revision


def test_port_virtual_means_the_one_that_runs_and_none_once_it_has_ended() -> None:
    with virtual() as box:
        assert running_virtuals.find_all() == [box.port]
        assert box.end() == (0, "")
    assert running_virtuals.find_all() == []


def test_one_that_was_killed_is_not_found(data_folder: Path) -> None:
    with virtual() as box:
        assert box.end(signal.SIGKILL)[0] == -signal.SIGKILL
        assert len(list((data_folder / "virtual").iterdir())) == 1
        assert running_virtuals.find_all() == []
        assert list((data_folder / "virtual").iterdir()) == []


def test_of_two_both_are_found_the_one_started_last_first() -> None:
    with virtual() as first, virtual() as last:
        assert running_virtuals.find_all() == [last.port, first.port]
        last.end()
        assert running_virtuals.find_all() == [first.port]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly(number: signal.Signals) -> None:
    with virtual() as box:
        assert box.end(number) == (0, "")


def test_the_end_of_stdin_does_not_end_it() -> None:
    with virtual() as box:
        assert box.process.stdin is not None
        box.process.stdin.close()
        assert box.call("hello")["board"] == "virtual"
        assert box.process.poll() is None
        box.process.stdin = None


def test_a_line_it_does_not_understand_is_told_and_ignored() -> None:
    with virtual() as box:
        box.type("push 200\npress -5\npress 100000\n\n")
        assert [box.complaint() for _ in range(3)] == [
            '"push 200" is not understood; write: press 200',
            '"press -5" is not understood; write: press 200',
            '"press 100000" is not understood; write: press 200',
        ]
        assert box.end() == (0, "")


def test_it_goes_on_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    with virtual(*at_breakfast(tmp_path)) as box:
        assert box.process.stdout is not None
        box.process.stdout.close()
        box.process.stdout = None
        wait_until(lambda: box.call("status")["ringing"]["count"] == 1)
        assert box.end() == (0, "")


@pytest.mark.parametrize("options", [(), ("--tcp", "0")], ids=["pty", "tcp"])
class TestClients:
    """Whatever a client does, the next one is answered."""

    def test_come_and_go(self, options: tuple[str, ...]) -> None:
        with virtual(*options) as box:
            boots = [box.call("hello")["boot"] for _ in range(5)]
            assert boots == [1] * 5

    def test_send_garbage_and_go_in_the_middle_of_a_line(self, options: tuple[str, ...]) -> None:
        with virtual(*options) as box:
            with box.open() as port:
                port.write(os.urandom(20_000))
                port.write(b"\x03\x03\x04\x01 {" + b"x" * 3000)
            assert box.call("hello")["boot"] == 1

    def test_stop_reading(self, options: tuple[str, ...]) -> None:
        with virtual(*options) as box:
            hello = frames.seal('{"id":1,"method":"hello"}')
            with box.open() as port:
                port.write_timeout = 0.5
                with contextlib.suppress(serial.SerialTimeoutException):
                    port.write(hello * 2000)
            assert box.call("hello")["boot"] == 1

    def test_restart_the_box(self, options: tuple[str, ...]) -> None:
        with virtual(*options) as box:
            assert box.call("device.reset") == {"ok": True}
            assert box.call("hello")["boot"] == 2


def test_a_client_that_leaves_echo_on_does_not_make_the_box_talk_to_itself() -> None:
    with virtual() as box:
        terminal = os.open(box.port, os.O_RDWR | os.O_NOCTTY)
        flags = termios.tcgetattr(terminal)
        flags[3] |= termios.ECHO | termios.ICANON | termios.ISIG
        termios.tcsetattr(terminal, termios.TCSANOW, flags)
        os.close(terminal)
        assert [box.call("hello")["boot"] for _ in range(3)] == [1] * 3


@pytest.mark.parametrize("pieces", [1, 3, 1000], ids=["bytes", "pieces", "whole"])
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "OPTIONS", "DELETE"])
def test_over_tcp_a_web_page_is_not_obeyed(verb: str, pieces: int) -> None:
    endpoint = TcpEndpoint()
    heard: list[bytes] = []
    number = int(endpoint.url.rpartition(":")[2])
    request = b'{"jsonrpc":"2.0","id":1,"method":"signal.practice","params":{}}'
    posted = f"{verb} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\n".encode() + frames.seal(
        request.decode()
    )
    with DefaultSelector() as selector, contextlib.closing(endpoint):
        endpoint.attach(selector)
        with socket.create_connection((LOCALHOST, number)) as page:
            page.setblocking(False)

            def is_hung_up() -> bool:
                heard.extend(key.data() for key, _ in selector.select(0))
                try:
                    return page.recv(1) == b""
                except BlockingIOError:
                    return False
                except ConnectionError:
                    return True

            for start in range(0, len(posted), pieces):
                if is_hung_up():
                    break
                with contextlib.suppress(ConnectionError):
                    page.sendall(posted[start : start + pieces])
            wait_until(is_hung_up)
    # At most how it began.
    assert verb.encode().startswith(b"".join(heard).strip())


def test_over_tcp_a_frame_is_heard_however_it_is_cut() -> None:
    endpoint = TcpEndpoint()
    number = int(endpoint.url.rpartition(":")[2])
    sent = b'\n{"method":"GET / POST /"}*00000000\n{}*00000000\n'
    heard = b""
    with DefaultSelector() as selector, contextlib.closing(endpoint):
        endpoint.attach(selector)
        with socket.create_connection((LOCALHOST, number), HANG_S) as client:
            for byte in sent:
                client.sendall(bytes([byte]))
            while len(heard) < len(sent):
                heard += b"".join(key.data() for key, _ in selector.select(HANG_S))
    assert heard == sent


def test_over_tcp_one_client_is_served_at_a_time() -> None:
    with virtual("--tcp", "0") as box, box.open() as first:
        assert box.port.startswith("socket://127.0.0.1:")
        number = int(box.port.rpartition(":")[2])
        second = socket.create_connection(("127.0.0.1", number), HANG_S)
        with second, second.makefile() as told:
            assert told.readline() == "busy: another program is connected\n"
            second.sendall(b"\n")
            assert told.read() == "busy: another program is connected\n"
        assert dosebell("status", "--port", box.port) == (
            4,
            f"{box.port} is in use by another program; close the other dosebell, Thonny or"
            " terminal that has it open.\n",
        )
        assert Link(first, patience=PATIENT).call("hello")["boot"] == 1


def test_a_port_that_is_taken_is_told() -> None:
    with virtual("--tcp", "0") as box:
        port = box.port.rpartition(":")[2]
        assert dosebell("virtual", "--tcp", port) == (
            1,
            f"--tcp: port {port} cannot be had (Address already in use);"
            " name another one, or 0 for any that is free.\n",
        )


def test_its_flash_stays_in_the_folder(tmp_path: Path) -> None:
    state = ("--state", tmp_path / "box")
    with virtual(*state) as box:
        box.push()
        before = box.call("hello")
        box.end()
    with virtual(*state) as box:
        after = box.call("hello")
    assert (after["device_id"], after["revision"], after["boot"], after["trust"]) == (
        before["device_id"],
        before["revision"],
        before["boot"] + 1,
        "rtc",
    )


def test_one_folder_is_for_one_box_at_a_time(tmp_path: Path) -> None:
    with virtual("--state", tmp_path):
        assert dosebell("virtual", "--state", tmp_path) == (
            1,
            f"--state: another virtual Pico is running in {tmp_path};"
            " stop that one, or name another folder.\n",
        )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert dosebell("virtual", "--state", tmp_path / "file" / "box") == (
        1,
        f"--state: {tmp_path}/file/box cannot be used (Not a directory);"
        " name a folder you may write to.\n",
    )


def test_a_box_is_not_started_before_what_it_has_seen(tmp_path: Path) -> None:
    with virtual("--state", tmp_path, "--start", "2030-06-01T12:00Z") as box:
        box.push()
        box.end()
    code, sentence = dosebell("virtual", "--state", tmp_path, "--start", "2029-01-01T00:00Z")
    assert code == 1
    assert re.fullmatch(
        r"this box has seen Sat 1 Jun 2030 14:\d\d:\d\d already; start later with --start, or name"
        r" another --state folder\.\n",
        sentence,
    )


def test_at_next_starts_just_before_the_next_dose(tmp_path: Path) -> None:
    with virtual("--state", tmp_path) as box:
        box.push()
        box.end()
    with virtual("--state", tmp_path, "--at-next", "--speed", "20") as box:
        line = box.line()
        while "light due" not in line:
            line = box.line()
        assert line[2:] in (":30:00 light due, sound due-eat", ":00:00 light due, sound due-eat")


def test_at_next_waits_for_a_schedule_and_then_leaps_to_just_before_it_rings() -> None:
    with virtual("--at-next", "--speed", "20") as box:
        assert "Push a schedule to it" in box.complaint()
        box.push()
        line = box.line()
        while "light due" not in line:
            line = box.line()
        assert line[2:] in (":30:00 light due, sound due-eat", ":00:00 light due, sound due-eat")


def test_the_leap_waits_until_the_push_is_over_and_comes_once() -> None:
    box = Box.bare("2026-11-22 22:00")
    pace = Pace(box.world.now_ms, real_s=lambda: 0.0)
    wall_s = 100.0
    leap = Leap(box.world, pace, lambda: wall_s)

    def leapt_s(after_s: float) -> int:
        nonlocal wall_s
        wall_s += after_s
        leap.on_pass()
        return (pace.now_ms() - box.world.now_ms) // 1000

    before = leapt_s(9)
    transfer(Client(Link(Wire(box.world))), COMPILED)
    just_before_s = box.at("2026-11-23 07:30") - BEFORE_NEXT_S - box.now_s
    assert (before, leapt_s(0), leapt_s(2), leapt_s(1), leapt_s(9)) == (
        *(0, 0, 0),
        *(just_before_s, just_before_s),
    )


@pytest.mark.parametrize(
    ("options", "code", "part"),
    [
        (("--start", "soon"), 2, '--start: "soon" is no date and time'),
        (("--start", "2024-01-01"), 2, "--start: the year 2024 is too far away"),
        (("--start", "2027-01-01", "--at-next"), 2, "both say when to start"),
        (("--speed", "0"), 2, "'--speed'"),
        (("--tcp", "70000"), 2, "'--tcp'"),
    ],
)
def test_wrong_wishes_are_told(options: tuple[str, ...], code: int, part: str) -> None:
    found, sentence = dosebell("virtual", *options)
    assert (found, part in sentence) == (code, True), sentence


# The terminal must know whose it is, as one that a person opens does.
ON_ITS_TERMINAL = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from dosebell_host.cli import main
main()
"""


class Screen:
    """A terminal of 80 columns with a virtual Pico on it."""

    def __init__(self, *options: str | Path) -> None:
        self._own, self._terminal = os.openpty()
        self.before = termios.tcgetattr(self._terminal)
        self.process = subprocess.Popen(
            [sys.executable, "-c", ON_ITS_TERMINAL, "virtual", *map(str, options)],
            stdin=self._terminal,
            stdout=self._terminal,
            stderr=self._terminal,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
            start_new_session=True,
        )
        self._seen = ""
        self._drew = threading.Condition()
        # A terminal that nobody reads would stop the box.
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_for(self, text: str) -> str:
        """All that was drawn from the last such text on, once `text` is there."""
        with self._drew:
            assert self._drew.wait_for(lambda: text in self._seen, HANG_S), self._seen[-3000:]
            found, self._seen = self._seen, ""
        return found

    def type(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def _read(self) -> None:
        # The last one of its terminal to close it ends this with an error.
        with contextlib.suppress(OSError):
            while data := os.read(self._own, 65536):
                with self._drew:
                    self._seen += data.decode(errors="replace")
                    self._drew.notify_all()

    def ended(self) -> tuple[int, bool, bool]:
        """(exit code, whether the cursor is back, whether the terminal is as before)."""
        code = self.process.wait(HANG_S)
        drawn = self.wait_for("\x1b[?25h")
        return code, drawn != "", termios.tcgetattr(self._terminal) == self.before

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)
        self._reader.join()
        os.close(self._own)


@contextlib.contextmanager
def shown(*options: str | Path) -> Iterator[Screen]:
    screen = Screen(*options)
    try:
        yield screen
    finally:
        screen.close()


@pytest.fixture
def screen() -> Iterator[Screen]:
    with shown() as screen:
        yield screen


def test_on_a_terminal_it_shows_light_and_sound_and_space_is_the_button(tmp_path: Path) -> None:
    with shown(*at_breakfast(tmp_path)) as screen:
        port = screen.wait_for("\n").split()[1]
        screen.wait_for("time to take it")
        # The same schedule once more, which changes nothing of what rings.
        with contextlib.closing(serial.Serial(port)) as wire:
            transfer(Client(Link(wire, patience=PATIENT)), COMPILED)
        screen.wait_for("660 Hz")
        screen.wait_for("○")
        screen.type(" ")
        screen.wait_for("d3k2 taken on time, 89 left")
        screen.type("q")
        assert screen.ended() == (0, True, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_every_way_out_puts_the_terminal_back(screen: Screen, number: signal.Signals) -> None:
    screen.wait_for("nothing to do")
    screen.process.send_signal(number)
    assert screen.ended() == (0, True, True)


def test_a_terminal_that_is_closed_ends_it(screen: Screen) -> None:
    screen.wait_for("nothing to do")
    screen.process.send_signal(signal.SIGHUP)
    assert screen.process.wait(HANG_S) == 0
