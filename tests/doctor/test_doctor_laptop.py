"""`dosebell doctor` on the laptop and the port, and what it reads from the system."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dosebell_host.box.port_rights import Rights, rights_of
from dosebell_host.box.reach import Target
from dosebell_host.doctor.examine import CHECKS, examine, exit_code
from dosebell_host.doctor.facts import Facts
from dosebell_host.doctor.laptop import Laptop as Computer
from dosebell_host.doctor.laptop import ModemManager, PortFacts, holders, look, look_at_port
from dosebell_host.doctor.text import MARKS, PLAIN_MARKS, doctor_lines
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.wording import marks_for
from examined import DIALOUT, of_box, of_laptop, told, with_modem_manager, without_box

# The laptop and the port.

BUSY = NoDevice("/dev/ttyACM0 is in use by another program", fix="close it", code="busy")
NONE = NoDevice("no Pico is plugged in", fix="plug it in")
NO_RIGHTS = NoDevice("you have no right to open /dev/ttyACM0", fix="-", code="no-rights")
SILENT = NoDevice("/dev/ttyACM0 answered nothing", fix="unplug it", code="no-answer")
GONE = NoDevice("/dev/ttyACM0 went away", fix="plug it in again", code="vanished")
RUNS = ModemManager(is_strict=True, is_told=False)
FOR_MODEMS = (
    "warn: runs, and may speak to the box as if it were a modem: tell it to leave Picos alone by"
    ' this line, and plug the box in again:\necho \'ATTRS{idVendor}=="2e8a",'
    ' ENV{ID_MM_DEVICE_IGNORE}="1"\''
    " | sudo tee /etc/udev/rules.d/78-pico.rules"
)


def of_rights(rights: Rights) -> Facts:
    return without_box(NO_RIGHTS, port=PortFacts(rights))


@pytest.mark.parametrize(
    ("facts", "check", "expected"),
    [
        (
            without_box(NONE, target=None),
            "port",
            ["bad: no Pico is plugged in: plug it in"],
        ),
        (
            without_box(NONE, target=None, laptop=Computer("Linux", bootsel=True)),
            "port",
            [
                "bad: a Pico is plugged in, but waits for MicroPython (BOOTSEL):"
                " dosebell flash --uf2 FILE; micropython.org/download has the file"
            ],
        ),
        (
            of_rights(Rights("dialout", may_open=False)),
            "port",
            [
                "bad: you have no right to open /dev/ttyACM0 (group dialout):"
                " type: sudo usermod -aG dialout $USER, then log out and in again"
            ],
        ),
        (
            of_rights(Rights("dialout", may_open=False, is_member=True)),
            "port",
            [
                "bad: you have no right to open /dev/ttyACM0 (group dialout):"
                " you were put into the group dialout: log out and in again"
            ],
        ),
        (
            of_rights(Rights("", may_open=False)),
            "port",
            [
                "bad: you have no right to open /dev/ttyACM0:"
                " ask whoever looks after this computer for access to it"
            ],
        ),
        (
            of_rights(Rights("", may_open=False)),
            "answer",
            ["unknown: waits for the right to open the port"],
        ),
        (of_laptop(port=PortFacts(None)), "port", ["ok: /dev/ttyACM0"]),
        (
            of_laptop(target=Target("/dev/pts/7", "the virtual board")),
            "port",
            ["ok: the virtual board"],
        ),
        (of_laptop(), "ModemManager", []),
        (with_modem_manager(RUNS), "ModemManager", ["ok: runs, and leaves a Pico alone"]),
        (with_modem_manager(replace(RUNS, is_strict=False)), "ModemManager", [FOR_MODEMS]),
        (
            with_modem_manager(ModemManager(is_strict=False, is_told=True)),
            "ModemManager",
            ["ok: runs, and was told to leave this port alone"],
        ),
        (with_modem_manager(RUNS, box=None, trouble=BUSY), "ModemManager", [FOR_MODEMS]),
        (
            with_modem_manager(RUNS, target=Target("/dev/pts/7", "the virtual board")),
            "ModemManager",
            [],
        ),
        (
            without_box(BUSY, port=PortFacts(DIALOUT, holders=("thonny, process 77",))),
            "answer",
            ["bad: /dev/ttyACM0 is in use by another program (thonny, process 77): close it"],
        ),
        (without_box(SILENT), "answer", ["bad: /dev/ttyACM0 answered nothing: unplug it"]),
        (without_box(GONE), "answer", ["bad: /dev/ttyACM0 went away: plug it in again"]),
        (
            without_box(UserError("it speaks an older language", fix="-", code="protocol")),
            "protocol",
            ["bad: it speaks an older language: -"],
        ),
        (
            without_box(UserError("it speaks an older language", fix="-", code="protocol")),
            "answer",
            ["ok: dosebell answers"],
        ),
    ],
)
def test_the_laptop_and_the_port(facts: Facts, check: str, expected: list[str]) -> None:
    assert told(facts, check) == expected


def test_linux_in_windows_sees_no_usb_by_itself() -> None:
    wsl = Computer("Linux", is_wsl=True)
    [says] = told(without_box(NONE, target=None, laptop=wsl), "laptop")
    assert says.startswith("bad: this is Linux inside Windows (WSL), which sees no USB by itself:")
    assert "usbipd attach --wsl" in says
    for facts in (of_laptop(laptop=wsl), without_box(BUSY, laptop=wsl)):
        assert told(facts, "laptop")[0].startswith("ok: Linux inside Windows (WSL), ")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (of_box(), 0),
        (of_box({"battery_clock": False}), 0),
        (of_box({"trust": "unset", "utc": None}), 1),
        (without_box(UserError("too old", code="protocol")), 1),
        (without_box(NONE, target=None), 4),
        (without_box(BUSY), 4),
        (without_box(NO_RIGHTS), 4),
    ],
)
def test_the_exit_code(facts: Facts, code: int) -> None:
    assert exit_code(facts, examine(facts)) == code


def test_without_a_board_the_rest_says_what_it_waits_for() -> None:
    facts = without_box(NONE, target=None, port=None)
    waiting = {item.check for item in examine(facts) if item.finding.state == "unknown"}
    assert waiting == {name for name, _ in CHECKS} - {"laptop", "port", "ModemManager"}
    assert list(doctor_lines(examine(facts), None, 80))[1:] == [
        "× port          no Pico is plugged in",
        "                -> plug it in",
        "· answer        waits for a port",
        "· waiting       for a box that answers: protocol, box, firmware, system, clock,",
        "                battery, drift, schedule, journal, flash, faults, crash",
        "1 to put right.",
    ]


# What is read from the system.


def process(root: Path, number: int, name: str, *words: str, holds: str = "") -> None:
    folder = root / "proc" / str(number)
    (folder / "fd").mkdir(parents=True)
    (folder / "comm").write_text(name + "\n")
    (folder / "cmdline").write_text("\0".join([name, *words]) + "\0")
    if holds:
        (folder / "fd" / "3").symlink_to(holds)


def usb_device(root: Path, vendor: str, product: str) -> None:
    folder = root / "sys/bus/usb/devices/1-1"
    folder.mkdir(parents=True)
    (folder / "idVendor").write_text(vendor + "\n")
    (folder / "idProduct").write_text(product + "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="these files are Linux's own")
class TestLinux:
    @pytest.mark.parametrize(
        ("version", "is_wsl"),
        [
            ("Linux version 6.8.0-45-generic (buildd@lcy02) (x86_64-linux-gnu-gcc-13)", False),
            ("Linux version 5.15.153.1-microsoft-standard-WSL2 (root@941d701f84f1)", True),
            ("Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)", True),
        ],
    )
    def test_linux_in_windows(self, version: str, is_wsl: bool, tmp_path: Path) -> None:
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc" / "version").write_text(version)
        assert look(tmp_path) == Computer("Linux", is_wsl)

    @pytest.mark.parametrize(
        ("product", "waits"), [("0003", True), ("000f", True), ("0005", False)]
    )
    def test_a_pico_that_waits_for_micropython(
        self, product: str, waits: bool, tmp_path: Path
    ) -> None:
        usb_device(tmp_path, "2e8a", product)
        assert look(tmp_path).bootsel is waits

    @pytest.mark.parametrize(
        ("words", "is_strict"),
        [
            ((), True),
            (("--filter-policy=strict",), True),
            (("--filter-policy=ALLOWLIST-ONLY",), True),
            (("--filter-policy=DEFAULT",), False),
            (("--filter-policy=paranoid", "--debug"), False),
        ],
    )
    def test_modem_manager(self, words: tuple[str, ...], is_strict: bool, tmp_path: Path) -> None:
        port = tmp_path / "ttyACM0"
        port.touch()
        process(tmp_path, 1, "systemd")
        assert look_at_port(str(port), tmp_path).modem_manager is None
        process(tmp_path, 77, "ModemManager", *words)
        assert look_at_port(str(port), tmp_path).modem_manager == ModemManager(is_strict, False)
        udev = tmp_path / "run/udev/data"
        udev.mkdir(parents=True)
        (udev / "c0:0").write_text("E:ID_BUS=usb\nE:ID_MM_DEVICE_IGNORE=1\n")
        assert look_at_port(str(port), tmp_path).modem_manager == ModemManager(is_strict, True)

    def test_who_has_the_port_open(self, tmp_path: Path) -> None:
        port = tmp_path / "ttyACM0"
        port.touch()
        process(tmp_path, 12, "bash", holds=str(tmp_path / "other"))
        process(tmp_path, 77, "thonny", holds=str(port))
        link = tmp_path / "by-id"
        link.symlink_to(port)
        assert holders(str(link), tmp_path) == ("thonny, process 77",)

    def test_a_system_that_shows_none_of_it(self, tmp_path: Path) -> None:
        assert look(tmp_path) == Computer("Linux")
        assert look_at_port(str(tmp_path / "gone"), tmp_path) == PortFacts(None)


@pytest.mark.skipif(os.name != "posix", reason="groups are POSIX's own")
def test_the_rights_on_a_file_of_ones_own(tmp_path: Path) -> None:
    rights = rights_of(str(tmp_path))
    assert rights is not None
    assert (rights.may_open, rights_of(str(tmp_path / "none"))) == (True, None)


def test_marks_for_a_terminal_that_knows_none() -> None:
    encodings = ("cp437", "ascii", None, "no-such", "utf-8")
    chosen = [marks_for(each, MARKS, PLAIN_MARKS) for each in encodings]
    assert chosen == [*[PLAIN_MARKS] * 4, MARKS]
    assert MARKS["ok"] == "✓"
