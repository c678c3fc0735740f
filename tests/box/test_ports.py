"""Which board `--port` means, and what is said where it can't be opened."""

import errno
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import serial

from domain import D3K2, Box
from dosebell_host.box import ports
from dosebell_host.box.open_port import open_port
from dosebell_host.box.port_rights import Rights
from dosebell_host.box.ports import Target
from dosebell_host.errors import NoDevice
from dosebell_host.sim.wire import Wire


@dataclass
class Plugged:
    """A USB port as pyserial lists it."""

    device: str
    vid: int | None = 0x2E8A
    pid: int | None = 0x0005
    serial_number: str | None = "E66118C4E3"
    product: str | None = "Board in FS mode"
    description: str = ""


PICO = Plugged("/dev/ttyACM0")
OTHER_PICO = Plugged("/dev/ttyACM1", serial_number="E66118C4E4")
MODEM = Plugged("/dev/ttyACM2", 0x1234, 0x0001, None, "A modem")
MAINBOARD = Plugged("/dev/ttyS0", None, None, None, None)

Plug = Callable[..., None]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Say what is plugged in, and whether a virtual board runs; nothing else is there."""

    def plugged(*there: Plugged, virtual: str | None = None) -> None:
        monkeypatch.setattr("serial.tools.list_ports.comports", lambda: list(there))
        monkeypatch.setattr("dosebell_host.box.running_virtuals.find", lambda: virtual)

    plugged()
    return plugged


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Box]]:
    """The boxes that answer, by their port."""
    there: dict[str, Box] = {}

    def opened(port: str) -> Wire:
        if port not in there:
            raise NoDevice(f"{port} is in use by another program", code="busy")
        return Wire(there[port].world)

    monkeypatch.setattr(ports, "open_port", opened)
    yield there


def test_the_one_pico_is_meant_where_no_port_is_named(plug: Plug) -> None:
    plug(MODEM, PICO, MAINBOARD, virtual="/dev/pts/7")
    assert ports.resolve(None) == Target(
        "/dev/ttyACM0", "/dev/ttyACM0", "Board in FS mode", "E66118C4E3"
    )


def test_no_pico_says_what_to_do(plug: Plug) -> None:
    with pytest.raises(NoDevice) as none:
        ports.resolve(None)
    assert str(none.value) == (
        "no Pico is plugged in;"
        " plug it in with a cable that carries data, or try `dosebell virtual`."
    )
    plug(MODEM, virtual="/dev/pts/7")
    with pytest.raises(NoDevice) as only_virtual:
        ports.resolve(None)
    assert str(only_virtual.value) == (
        "no Pico is plugged in, but a virtual board is running; to use that, add: --port virtual."
    )


def test_several_picos_are_listed_and_none_is_guessed(plug: Plug) -> None:
    plug(PICO, OTHER_PICO)
    with pytest.raises(NoDevice) as several:
        ports.resolve(None)
    assert str(several.value) == (
        "there are 2 boards: /dev/ttyACM0 and /dev/ttyACM1; name one of them: --port /dev/ttyACM0."
    )


def test_the_running_virtual_board_by_its_word(plug: Plug) -> None:
    with pytest.raises(NoDevice) as none:
        ports.resolve("virtual")
    assert str(none.value) == "no virtual board is running; start one with: dosebell virtual."
    plug(virtual="/dev/pts/7")
    assert ports.resolve("virtual") == Target("/dev/pts/7", "the virtual board", "virtual board")


@pytest.mark.parametrize("port", ["/dev/pts/3", "COM7", "socket://127.0.0.1:4711"])
def test_any_other_port_is_taken_as_it_is(port: str, plug: Plug) -> None:
    assert ports.resolve(port) == Target(port, port)


def test_a_link_to_a_pico_is_known_by_its_serial_number(plug: Plug, tmp_path: Path) -> None:
    device = tmp_path / "ttyACM9"
    device.touch()
    link = tmp_path / "by-id"
    link.symlink_to(device)
    plug(Plugged(os.path.realpath(device)))
    assert ports.resolve(str(link)).serial == "E66118C4E3"


def test_a_box_by_its_id(plug: Plug, boxes: dict[str, Box]) -> None:
    plug(PICO, OTHER_PICO, virtual="/dev/pts/7")
    boxes["/dev/ttyACM0"], boxes["/dev/pts/7"] = Box.with_schedule(D3K2), Box.bare()
    boxes["/dev/pts/7"].app.box.device_id = "feedfeedfeedfeed"
    ident = boxes["/dev/ttyACM0"].app.box.device_id
    assert ports.resolve(f"id:{ident}").port == "/dev/ttyACM0"
    assert ports.resolve("id:feed").port == "/dev/pts/7"
    with pytest.raises(NoDevice) as absent:
        ports.resolve("id:0000")
    assert str(absent.value) == (
        "the box 0000 is not there, or not the only one"
        f" (boxes here: feedfeedfeedfeed and {ident};"
        " /dev/ttyACM1 is in use by another program); see `dosebell ports`."
    )


def test_the_list_asks_boards_only(plug: Plug, boxes: dict[str, Box]) -> None:
    plug(MODEM, PICO, OTHER_PICO)
    boxes["/dev/ttyACM0"] = boxes["/dev/ttyACM2"] = Box.with_schedule(D3K2)
    ident = boxes["/dev/ttyACM0"].app.box.device_id
    found = ports.listed()
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
    assert list(ports.port_lines(found)) == [
        f"/dev/ttyACM0  box {ident}  (Board in FS mode, serial E66118C4E3)",
        "/dev/ttyACM1  /dev/ttyACM1 is in use by another program"
        "  (Board in FS mode, serial E66118C4E4)",
        "/dev/ttyACM2  not a Pico  (A modem)",
    ]
    plug()
    assert list(ports.port_lines(ports.listed())) == [
        "Nothing is plugged in, and no virtual board is running."
    ]


def test_a_port_that_is_not_there() -> None:
    with pytest.raises(NoDevice) as absent:
        open_port("/dev/ttyNOWHERE")
    assert str(absent.value) == (
        "there is no port /dev/ttyNOWHERE; `dosebell ports` lists what there is."
    )


def test_a_url_that_nobody_answers() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"socket://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(NoDevice) as absent:
            open_port(url)
    assert absent.value.message.startswith(f"{url} cannot be opened")
    with pytest.raises(NoDevice):
        open_port("nosuch://thing")


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
def test_why_a_port_cannot_be_opened(
    number: int, code: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise serial.SerialException(number, "could not open port")

    monkeypatch.setattr(serial, "serial_for_url", refuse)
    rights = Rights("dialout", may_open=False)
    monkeypatch.setattr("dosebell_host.box.open_port.rights_of", lambda port: rights)
    with pytest.raises(NoDevice) as error:
        open_port("/dev/ttyACM0")
    assert (error.value.code, error.value.message, error.value.exit_code) == (code, message, 4)
    if code == "no-rights":
        assert error.value.fix == (
            "type: sudo usermod -aG dialout $USER, then log out and in again"
        )


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
