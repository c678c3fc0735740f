"""`dosebell web` in a process of its own, as a terminal has it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from documents import faults
from dosebell_host.errors import UserError
from dosebell_host.terminal.contract.schema import document
from dosebell_host.web.sockets import is_private, listening, port_of
from waiting import HANG_S

COMMAND = [sys.executable, "-m", "dosebell_host", "web", "--no-open"]


@contextmanager
def web(*words: str) -> Iterator[subprocess.Popen[str]]:
    """The command, which is ended if a test does not."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *words], text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def link_of(process: subprocess.Popen[str]) -> str:
    """The link that it prints next."""
    assert process.stdout
    word, link = process.stdout.readline().split()
    assert word == "ready"
    return link


def entered(link: str) -> tuple[OpenerDirector, str]:
    """A browser that has opened a link, and where it is now."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(link, timeout=HANG_S) as page:
        return browser, str(page.url)


def any_port() -> str:
    [*sockets] = listening(0)
    port = port_of(sockets)
    for each in sockets:
        each.close()
    return str(port)


@pytest.mark.skipif(os.name != "posix", reason="signals are those of a POSIX system")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_peace_though_a_browser_listens(number: signal.Signals) -> None:
    with web("--listen", any_port()) as process:
        browser, address = entered(link_of(process))
        with browser.open(f"{address}events", timeout=HANG_S) as stream:
            assert [stream.readline() for _ in range(3)] == [b"retry: 3000\n", b"\n", b"id: 0\n"]
            process.send_signal(number)
            assert stream.read() == b"data: 0\n\n"
        assert (process.wait(HANG_S), process.communicate()[1]) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="signals are those of a POSIX system")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_who_has_read_the_link_may_end_it_at_once(number: signal.Signals) -> None:
    with web("--listen", any_port()) as process:
        link_of(process)
        process.send_signal(number)
        assert (process.wait(HANG_S), process.communicate()[1]) == (0, "")


def test_enter_prints_another_link_and_a_second_command_opens_the_first() -> None:
    with web("--listen", any_port()) as process:
        first = link_of(process)
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        second = link_of(process)
        with web() as other:
            third = link_of(other)
            told, code = other.communicate(timeout=HANG_S)[1], other.returncode
        assert (code, told.startswith("dosebell web runs already")) == (0, True)
        places = {entered(link)[1] for link in (first, second, third)}
        assert (len({first, second, third}), places) == (3, {first.partition("enter")[0]})
        process.terminate()


def test_with_json_each_link_is_a_document_a_line() -> None:
    shape = document("web")
    with web("--json", "--listen", any_port()) as process:
        assert process.stdin and process.stdout
        said = [json.loads(process.stdout.readline())]
        process.stdin.write("\n")
        process.stdin.flush()
        said.append(json.loads(process.stdout.readline()))
        assert [fault for each in said for fault in faults(each, shape)] == []
        assert len({entered(each["url"])[1] for each in said}) == 1
        process.terminate()


def test_a_damaged_list_of_phones_is_told_once(data_folder: Path) -> None:
    (data_folder / "web").mkdir(parents=True)
    (data_folder / "web" / "phones.json").write_text("{")
    told = []
    for _ in range(2):
        with web("--listen", any_port()) as process:
            link_of(process)
            process.terminate()
            told.append(process.communicate(timeout=HANG_S)[1])
    begins = "The list of paired phones cannot be read"
    assert [each.startswith(begins) for each in told] == [True, False]


def test_a_port_that_was_asked_for_and_is_taken_is_said(data_folder: Path) -> None:
    sockets = listening(0)
    port = port_of(sockets)
    with web("--listen", str(port)) as process:
        said = process.communicate(timeout=HANG_S)[1]
    for each in sockets:
        each.close()
    assert (process.returncode, said) == (
        1,
        f"--listen: port {port} cannot be had (Address already in use); name another one, or"
        " leave --listen out.\n",
    )


def test_where_the_usual_port_is_taken_it_is_the_next_one() -> None:
    taken = listening(0)
    found = listening(None, default=port_of(taken))
    assert port_of(found) > port_of(taken)
    with pytest.raises(UserError, match="cannot be had"):
        listening(None, default=port_of(taken), tried=1)
    for each in (*taken, *found):
        each.close()


def test_it_listens_on_this_machine_alone() -> None:
    sockets = listening(0)
    names = {each.getsockname()[0] for each in sockets}
    for each in sockets:
        each.close()
    assert names <= {"127.0.0.1", "::1"} and "127.0.0.1" in names
    assert {each.family for each in sockets} <= {socket.AF_INET, socket.AF_INET6}


@pytest.mark.parametrize(
    ("address", "is_home"),
    [
        ("192.168.1.20", True),
        ("10.0.0.7", True),
        ("172.31.0.1", True),
        ("100.64.3.4", True),
        ("8.8.8.8", False),
        ("172.32.0.1", False),
        ("127.0.0.1", False),
        ("169.254.3.3", False),
        ("0.0.0.0", False),
    ],
)
def test_only_addresses_that_the_internet_cannot_reach_are_a_home(
    address: str, is_home: bool
) -> None:
    assert is_private(address) is is_home
