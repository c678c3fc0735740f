"""Which board `--port` means, and what is said where it can't be opened."""

import errno
import os
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import serial

from domain import D3K2, Box
from dosebell_host.box import ports
from dosebell_host.box.open_port import open_port, refusal
from dosebell_host.box.port_rights import Rights
from dosebell_host.box.reach import Reach, Target, usb_ports
from dosebell_host.errors import NoDevice
from dosebell_host.sim.wire import Wire

PICO = Target("/dev/ttyACM0", "/dev/ttyACM0", "Board in FS mode", "E66118C4E3")
OTHER_PICO = Target("/dev/ttyACM1", "/dev/ttyACM1", "Board in FS mode", "E66118C4E4")
MODEM = Target("/dev/ttyACM2", "/dev/ttyACM2", "A modem", is_board=False)
VIRTUAL = "/dev/pts/7"


class Listed:
    """A port as pyserial lists it."""

    def __init__(self, device: str, **known: Any) -> None:
        self.device = device
        self.vid = self.pid = self.serial_number = self.product = None
        self.description = "n/a"
        vars(self).update(known)


def laptop(
    *plugged: Target, virtual: str | None = None, boxes: Mapping[str, Box] | None = None
) -> Reach:
    """A laptop to which these are plugged in, on which a virtual board may run. `boxes` answer at
    their ports; every other one is in use.
    """

    def opened(port: str) -> Wire:
        if boxes is None or port not in boxes:
            raise NoDevice(f"{port} is in use by another program", code="busy")
        return Wire(boxes[port].world)

    running = [virtual] if virtual else []
    return Reach(plugged=lambda: list(plugged), find_virtuals=lambda: running, open=opened)


def test_a_pico_is_known_by_what_it_says_on_usb() -> None:
    ids = {"vid": 0x2E8A, "pid": 0x0005, "serial_number": "E66118C4E3"}
    pico = Listed("/dev/ttyACM0", **ids, product="Board in FS mode")
    modem = Listed("/dev/ttyACM2", vid=0x1234, pid=0x0005, description="A modem")
    mainboard = Listed("/dev/ttyS0")
    assert usb_ports([pico, modem, mainboard]) == [PICO, MODEM]


def test_the_one_pico_is_meant_where_no_port_is_named() -> None:
    assert ports.resolve(None, laptop(MODEM, PICO, virtual=VIRTUAL)) == PICO


def test_no_pico_says_what_to_do() -> None:
    with pytest.raises(NoDevice) as none:
        ports.resolve(None, laptop())
    assert str(none.value) == (
        "no Pico is plugged in;"
        " plug it in with a cable that carries data, or try `dosebell virtual`."
    )
    with pytest.raises(NoDevice) as only_virtual:
        ports.resolve(None, laptop(MODEM, virtual=VIRTUAL))
    assert str(only_virtual.value) == (
        "no Pico is plugged in, but a virtual board is running; to use that, add: --port virtual."
    )


def test_several_picos_are_listed_and_none_is_guessed() -> None:
    with pytest.raises(NoDevice) as several:
        ports.resolve(None, laptop(PICO, OTHER_PICO))
    assert str(several.value) == (
        "there are 2 boards: /dev/ttyACM0 and /dev/ttyACM1; name one of them: --port /dev/ttyACM0."
    )


def test_the_running_virtual_board_by_its_word() -> None:
    with pytest.raises(NoDevice) as none:
        ports.resolve("virtual", laptop())
    assert str(none.value) == "no virtual board is running; start one with: dosebell virtual."
    assert ports.resolve("virtual", laptop(virtual=VIRTUAL)) == Target(
        VIRTUAL, "the virtual board", "virtual board"
    )


@pytest.mark.parametrize("port", ["/dev/pts/3", "COM7", "socket://127.0.0.1:4711"])
def test_any_other_port_is_taken_as_it_is(port: str) -> None:
    assert ports.resolve(port, laptop()) == Target(port, port)


def test_a_link_to_a_pico_is_known_by_its_serial_number(tmp_path: Path) -> None:
    device = tmp_path / "ttyACM9"
    device.touch()
    link = tmp_path / "by-id"
    link.symlink_to(device)
    pico = replace(PICO, port=os.path.realpath(device))
    assert ports.resolve(str(link), laptop(pico)).serial == "E66118C4E3"


def test_a_box_by_its_id() -> None:
    boxes = {PICO.port: Box.with_schedule(D3K2), VIRTUAL: Box.bare()}
    boxes[VIRTUAL].app.box.device_id = "feedfeedfeedfeed"
    ident = boxes[PICO.port].app.box.device_id
    here = laptop(PICO, OTHER_PICO, virtual=VIRTUAL, boxes=boxes)
    assert ports.resolve(f"id:{ident}", here).port == "/dev/ttyACM0"
    assert ports.resolve("id:feed", here).port == "/dev/pts/7"
    with pytest.raises(NoDevice) as absent:
        ports.resolve("id:0000", here)
    assert str(absent.value) == (
        "the box 0000 is not there, or not the only one"
        f" (boxes here: feedfeedfeedfeed and {ident};"
        " /dev/ttyACM1 is in use by another program); see `dosebell ports`."
    )


def test_the_list_asks_boards_only() -> None:
    box = Box.with_schedule(D3K2)
    boxes = {PICO.port: box, MODEM.port: box}
    ident = box.app.box.device_id
    found = ports.listed(laptop(MODEM, PICO, OTHER_PICO, boxes=boxes))
    assert [each.to_json() for each in found] == [
        {
            "port": "/dev/ttyACM0",
            "device_id": ident,
            "description": "Board in FS mode",
            "serial": "E66118C4E3",
            "trouble": None,
        },
        {
            "port": "/dev/ttyACM1",
            "device_id": None,
            "description": "Board in FS mode",
            "serial": "E66118C4E4",
            "trouble": "/dev/ttyACM1 is in use by another program",
        },
        {
            "port": "/dev/ttyACM2",
            "device_id": None,
            "description": "A modem",
            "serial": None,
            "trouble": None,
        },
    ]
    assert list(ports.port_lines(found, {})) == [
        f"/dev/ttyACM0  box {ident}  (Board in FS mode, serial E66118C4E3)",
        "/dev/ttyACM1  /dev/ttyACM1 is in use by another program"
        "  (Board in FS mode, serial E66118C4E4)",
        "/dev/ttyACM2  not a Pico  (A modem)",
    ]
    assert list(ports.port_lines(ports.listed(laptop()), {})) == [
        "Nothing is plugged in, and no virtual board is running."
    ]


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(NoDevice) as absent:
        open_port("/dev/ttyNOWHERE")
    assert str(absent.value) == (
        "there is no port /dev/ttyNOWHERE; `dosebell ports` lists what there is."
    )


def test_what_comes_over_tcp_is_not_read_byte_by_byte() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = open_port(f"socket://127.0.0.1:{listener.getsockname()[1]}")
        box, _ = listener.accept()
        with box:
            box.sendall(bytes(range(250)) * 40)
            port.timeout = 10
            pieces = [port.read(1)]
            while sum(map(len, pieces)) < 10_000:
                pieces.append(port.read(max(1, port.in_waiting)))
        assert (b"".join(pieces), len(pieces) < 100) == (bytes(range(250)) * 40, True)
        port.close()


def test_a_url_that_nobody_answers() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"socket://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(NoDevice) as absent:
            open_port(url)
    assert absent.value.message.startswith(f"{url} cannot be opened")
    with pytest.raises(NoDevice):
        open_port("nosuch://thing")
    with pytest.raises(NoDevice):
        open_port("hwgrep://*")


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("socket://127.0.0.1", "names no port number; write it as socket://127.0.0.1:4000."),
        ("socket://127.0.0.1:99999", "names no port number; write it as socket://127.0.0.1:4000."),
        (__file__, "is a file and no port; `dosebell ports` lists what there is."),
        (
            os.path.dirname(__file__),
            "is a folder and no port; `dosebell ports` lists what there is.",
        ),
    ],
)
def test_what_is_no_port_is_said_in_plain_words(port: str, said: str) -> None:
    with pytest.raises(NoDevice) as refused:
        open_port(port)
    assert (refused.value.exit_code, str(refused.value)) == (4, f"{port} {said}")


@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        (errno.EBUSY, "busy", "/dev/ttyACM0 is in use by another program"),
        (errno.EAGAIN, "busy", "/dev/ttyACM0 is in use by another program"),
        (errno.EACCES, "no-rights", "you have no right to open /dev/ttyACM0"),
    ],
)
def test_why_a_port_cannot_be_opened(number: int, code: str, message: str) -> None:
    told = serial.SerialException(number, "could not open port")
    error = refusal("/dev/ttyACM0", told, lambda port: Rights("dialout", may_open=False))
    assert (error.code, error.message, error.exit_code) == (code, message, 4)
    if code == "no-rights":
        assert error.fix == "type: sudo usermod -aG dialout $USER, then log out and in again"


@pytest.mark.skipif(os.name != "posix", reason="a pty needs POSIX")
def test_two_commands_never_share_a_port() -> None:
    import pty

    controller, terminal = pty.openpty()
    name = os.ttyname(terminal)
    first = open_port(name)
    try:
        with pytest.raises(NoDevice) as busy:
            open_port(name)
        assert busy.value.code == "busy"
    finally:
        first.close()
        os.close(controller)
        os.close(terminal)


def test_of_several_virtual_boards_all_are_listed_and_none_is_guessed() -> None:
    boxes = {port: Box.bare() for port in ("/dev/pts/7", "/dev/pts/5")}
    here = replace(laptop(boxes=boxes), find_virtuals=lambda: list(boxes))
    assert [each.target.port for each in ports.listed(here)] == ["/dev/pts/7", "/dev/pts/5"]
    with pytest.raises(NoDevice) as several:
        ports.resolve("virtual", here)
    assert str(several.value) == (
        "there are 2 virtual boards: /dev/pts/7 and /dev/pts/5;"
        " name one of them: --port /dev/pts/7."
    )


def test_what_a_device_says_of_itself_is_one_line() -> None:
    ids = {"vid": 0x1234, "pid": 0x0005, "serial_number": "A\r\nB"}
    evil = Listed("/dev/ttyACM0", **ids, product="\x1b[2J\u202eoc\nPico")
    [found] = usb_ports([evil])
    assert (found.description, found.serial) == (" [2J oc Pico", "A  B")
