"""`dosebell doctor`: each check both ways, whole runs against a box, and the practice ring."""

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from domain import D3K2, IRON_DOSE, Box, Flash, plan
from dosebell import VERSION, civil, commands
from dosebell_host.actions import practice
from dosebell_host.box.clock_drift import Offset, measure
from dosebell_host.box.fetch import Fetched
from dosebell_host.box.hello import Hello
from dosebell_host.box.link import Link
from dosebell_host.box.meanings import refused
from dosebell_host.box.port_rights import Rights, rights_of
from dosebell_host.box.ports import Target
from dosebell_host.cli import main
from dosebell_host.doctor import facts as doctor_facts
from dosebell_host.doctor.examine import CHECKS, examine, exit_code
from dosebell_host.doctor.facts import BoxFacts, Facts, gather
from dosebell_host.doctor.laptop import Laptop as Computer
from dosebell_host.doctor.laptop import ModemManager, PortFacts, holders, look, look_at_port
from dosebell_host.doctor.text import PLAIN_MARKS, doctor_lines, marks_for
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.history.records import parse
from dosebell_host.history.store import open_history
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.wire import Faults, Wire
from dosebell_host.talk import Talk
from laptop import PICO, Pulled, Scripted
from virtual_box import virtual

USB = Target("/dev/ttyACM0", "/dev/ttyACM0", "Board in FS mode", "E66118C4E3")
DIALOUT = Rights("dialout", may_open=True, is_member=True, is_active=True)
# 2026-11-23 07:00 in Berlin.
NOW_S = 1795413600
HELLO = Hello(
    device_id="d7f0a1b2c3d4e5f6",
    firmware=VERSION,
    board=PICO,
    boot=3,
    utc=NOW_S,
    trust="host",
    battery_clock=True,
    revision="44bbead7a8e09aa4",
    journal_first=1,
    journal_next=124,
)
INFO: dict[str, Any] = {
    "system": "MicroPython 1.28.0",
    "machine": "Raspberry Pi Pico with RP2040",
    "app": "0123456789ab",
    "fallback": False,
    "limp": False,
    "flash_free": 980_000,
    "flash_size": 1_441_792,
    "crash": None,
}
STATUS: dict[str, Any] = {"faults": [], "zone_until": 2_524_608_000}
DAY_S = 86_400
FINE = BoxFacts(
    HELLO,
    NOW_S + 0.5,
    STATUS,
    INFO,
    offset=Offset(-0.4, 0.05),
    last_set=parse(f"5 3 {NOW_S - 21 * DAY_S} host clock - - - step_s=0,was=unset"),
    title="Breakfast",
)
UNKNOWN_METHOD = refused("device.info", "method", "unknown method")


def of_box(hello: dict[str, Any] | None = None, **changes: Any) -> Facts:
    """A laptop in order with a box that differs from one in order so."""
    box = replace(FINE, **{"hello": replace(HELLO, **(hello or {})), **changes})
    return Facts(Computer("Linux"), None, USB, PortFacts(DIALOUT), box=box)


def of_laptop(**changes: Any) -> Facts:
    """As above, but it is the laptop or the port that differs."""
    return replace(of_box(), **changes)


def without_box(trouble: UserError, **changes: Any) -> Facts:
    return of_laptop(box=None, trouble=trouble, **changes)


def told(facts: Facts, check: str) -> list[str]:
    """What a check says, as `state: says: fix`."""
    found = [item.finding for item in examine(facts) if item.check == check]
    return [f"{each.state}: {each.says}" + (f": {each.fix}" * bool(each.fix)) for each in found]


def states(facts: Facts) -> dict[str, str]:
    """The checks that are not simply fine."""
    items = examine(facts)
    return {item.check: item.finding.state for item in items if item.finding.state != "ok"}


def test_a_box_in_order() -> None:
    facts = of_box()
    assert exit_code(facts, examine(facts)) == 0
    assert list(doctor_lines(examine(facts), None, 80))[1:] == [
        "✓ port          /dev/ttyACM0, group dialout, yours",
        "✓ answer        dosebell answers",
        "✓ protocol      1, as this dosebell's",
        "✓ box           d7f0a1b2c3d4e5f6, Breakfast",
        f"✓ firmware      {VERSION}",
        "✓ system        MicroPython 1.28.0, Raspberry Pi Pico with RP2040",
        "✓ clock         set by a laptop, 0.4 s behind this laptop's",
        "✓ battery       there",
        "✓ drift         none seen in 21 days, less than 0.7 ppm",
        "✓ schedule      revision 44bbead7a8e09aa4",
        "✓ journal       123 records, saved on this laptop too",
        "✓ flash         980 kB of 1.4 MB free",
        "✓ faults        none since it started",
        "✓ crash         none",
        "All in order. To hear it ring: dosebell doctor --ring",
    ]


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


def with_modem_manager(found: ModemManager, **changes: Any) -> Facts:
    return of_laptop(port=PortFacts(DIALOUT, found), **changes)


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


# The box.

CRASHED = {**INFO, "crash": "ValueError: no"}
UNTIL_S = NOW_S + 10 * DAY_S


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            of_box({"revision": ""}, before=("aaaa",)),
            {
                "box": "warn: d7f0a1b2c3d4e5f6, Breakfast: this board was erased; before, it was"
                " aaaa: `dosebell push FILE` gives it a schedule again; `dosebell log --device"
                " aaaa` shows what it had noted",
                "schedule": "warn: none yet, so nothing will ring: dosebell push FILE",
            },
        ),
        (
            of_box({"firmware": "0.0.9"}),
            {"firmware": f"warn: 0.0.9; this dosebell brings {VERSION}: `dosebell flash`"},
        ),
        (
            of_box({"firmware": "99.0.10"}),
            {
                "firmware": f"warn: 99.0.10, newer than this dosebell's {VERSION}:"
                " pip install --upgrade dosebell"
            },
        ),
        (
            of_box(info={**INFO, "fallback": True}),
            {
                "firmware": "bad: the version before runs, because the newest one crashed:"
                " `dosebell flash`"
            },
        ),
        (
            of_box(info={**INFO, "limp": True}, status=refused("status", "limp", "")),
            {
                "firmware": "bad: it crashed again and again, and now only reminds:"
                " install it anew: `dosebell flash`",
                "faults": "unknown: it does not tell while it only reminds",
            },
        ),
        (
            of_box(info=UNKNOWN_METHOD),
            {
                "firmware": f"warn: {VERSION}, older than this dosebell: `dosebell flash`",
                "system": "unknown: waits for newer firmware, which tells",
                "flash": "unknown: waits for newer firmware, which tells",
                "crash": "unknown: waits for newer firmware, which tells",
            },
        ),
        (
            of_box(info={**INFO, "system": "MicroPython 1.26.1"}),
            {
                "system": "warn: MicroPython 1.26.1, older than 1.27, with faults that are mended"
                " since: dosebell flash --uf2 FILE; micropython.org/download has the file"
            },
        ),
        (of_box(info={**INFO, "system": "MicroPython 1.29.0-preview"}), {}),
        (
            of_box(status={"faults": [], "zone_until": UNTIL_S}),
            {
                "schedule": "warn: clock changes are known until Thu 3 Dec 2026:"
                " push your file again"
            },
        ),
        (
            of_box(fetched=Fetched(3, 12, False)),
            {
                "journal": "warn: 12 old records had to make room on the box before anybody"
                " read them"
            },
        ),
        (
            of_box(fetched=refused("journal.read", "flash", "EIO")),
            {
                "journal": "bad: the box could not write to its flash (EIO): try again;"
                " `dosebell status` tells of faults"
            },
        ),
        (
            of_box(info={**INFO, "flash_free": 100_000}),
            {
                "flash": "warn: 100 kB of 1.4 MB free, room for 629 records and no more: remove"
                " what is not dosebell's: `mpremote fs ls` shows it. dosebell needs main.py,"
                " boot.py, app, state and log"
            },
        ),
        # A full ring of records on a Pico W leaves as little, and that is in order.
        (of_box({"journal_next": 7001}, info={**INFO, "flash_free": 60_000}), {}),
        (
            of_box(info={**INFO, "flash_size": 0}),
            {"flash": "unknown: this board does not tell how much room it has"},
        ),
        (
            of_box(status={"faults": ["button"]}),
            {"faults": "bad: the button was held down for half a minute: is it stuck?"},
        ),
        (
            of_box(status={"faults": ["seen"]}),
            {
                "faults": "warn: a small file was damaged and the copy before is used;"
                " nothing is lost"
            },
        ),
        (
            of_box(status={"faults": ["gremlin"]}),
            {"faults": "bad: it tells of a fault: gremlin"},
        ),
        (
            of_box(status={"faults": ["crash"]}, info=CRASHED, crash=("Traceback", "no")),
            {
                "crash": "warn: its program failed once and was started again: report the lines"
                " below to whoever makes dosebell; then `dosebell doctor --forget-crash`"
            },
        ),
    ],
)
def test_the_box(facts: Facts, expected: dict[str, str]) -> None:
    assert {check: told(facts, check)[0] for check in states(facts)} == expected


def test_every_fault_has_a_line_of_its_own() -> None:
    facts = of_box(status={"faults": ["flash", "journal"]})
    assert [line.partition(":")[0] for line in told(facts, "faults")] == ["bad", "warn"]


def test_a_traceback_stands_below_its_line() -> None:
    facts = of_box(info=CRASHED, crash=("Traceback:", '  File "app.py"', "ValueError: no"))
    lines = list(doctor_lines(examine(facts), None, 80))
    assert lines[-4:-1] == [
        "                | Traceback:",
        '                |   File "app.py"',
        "                | ValueError: no",
    ]
    assert examine(facts)[-1].to_json()["detail"] == list(facts.box.crash if facts.box else ())


def test_a_long_command_stands_in_one_piece() -> None:
    found = ModemManager(is_strict=False, is_told=False)
    lines = list(doctor_lines(examine(with_modem_manager(found)), None, 80))
    assert lines[2:6] == [
        "! ModemManager  runs, and may speak to the box as if it were a modem",
        "                -> tell it to leave Picos alone by this line, and plug the box",
        "                   in again:",
        '                   echo \'ATTRS{idVendor}=="2e8a", ENV{ID_MM_DEVICE_IGNORE}="1"\''
        " | sudo tee /etc/udev/rules.d/78-pico.rules",
    ]


def test_a_command_to_type_names_the_port_that_was_named() -> None:
    facts = replace(of_box({"firmware": "0.0.9"}), named="/dev/ttyACM7")
    assert told(facts, "firmware")[0].endswith("`dosebell flash --port /dev/ttyACM7`")


# The clock.


@pytest.mark.parametrize(
    ("hello", "ahead_s", "expected"),
    [
        ({}, 0.4, "ok: set by a laptop, 0.4 s ahead of this laptop's"),
        ({"trust": "rtc"}, -0.4, "ok: kept by the battery clock, 0.4 s behind this laptop's"),
        (
            {"trust": "reset"},
            -8.0,
            "warn: carried over a restart, right to about 10 s, 8.0 s behind this laptop's:"
            " the next command that asks the box sets it",
        ),
        (
            {},
            -1800.0,
            "bad: set by a laptop, 30 min behind this laptop's; either may be wrong:"
            " if this laptop is right: dosebell clock --set",
        ),
        (
            {"trust": "unset", "utc": None},
            None,
            "bad: not set, so nothing rings and nothing is judged: dosebell clock --set",
        ),
        (
            {"board": "virtual"},
            None,
            "ok: set by a laptop; a virtual box keeps a time of its own",
        ),
    ],
)
def test_the_clock(hello: dict[str, Any], ahead_s: float | None, expected: str) -> None:
    offset = None if ahead_s is None else Offset(ahead_s, 0.05)
    laptop_s = NOW_S + 0.5 - (ahead_s or 0.0)
    assert told(of_box(hello, offset=offset, laptop_s=laptop_s), "clock") == [expected]


def test_a_laptop_from_before_the_release_is_the_one_that_is_wrong() -> None:
    facts = of_box(laptop_s=NOW_S - 6 * 365.0 * DAY_S, offset=None)
    assert told(facts, "clock") == [
        "bad: this laptop shows a date before dosebell was made: put its date right"
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (of_box(), "ok: there"),
        (
            of_box({"battery_clock": False}),
            "warn: no battery clock: after a power cut it does not know the time until a laptop"
            " sets it: a DS3231 with its cell, on GP4 and GP5",
        ),
        (
            of_box({"trust": "unset", "utc": None}),
            "warn: there, but it had lost the time: is its cell empty?",
        ),
        (
            of_box(status={"faults": ["battery-clock"]}),
            "warn: there, but it had lost the time: is its cell empty?",
        ),
    ],
)
def test_the_battery_clock(facts: Facts, expected: str) -> None:
    assert told(facts, "battery") == [expected]


# The drift.


def after(days: float, **changes: Any) -> BoxFacts:
    """A box whose clock was set so long ago."""
    line = f"5 3 {NOW_S - round(days * DAY_S)} host clock - - - step_s=0,was=unset"
    return replace(FINE, last_set=parse(line), **changes)


def drift_after(
    days: float, ahead_s: float, hello: dict[str, Any] | None = None, **changes: Any
) -> str:
    box = after(days, offset=Offset(ahead_s, 0.05), hello=replace(HELLO, **(hello or {})))
    [says] = told(of_laptop(box=replace(box, **changes)), "drift")
    return says


WITHOUT_BATTERY = {"battery_clock": False}


@pytest.mark.parametrize(
    ("hello", "days", "ahead_s", "expected"),
    [
        (WITHOUT_BATTERY, 21, -1.8, "ok: lost 1.8 s in 21 days, about -1.0 ppm (±0.1)"),
        (WITHOUT_BATTERY, 1, 2.5, "ok: gained 2.5 s in 1 day, about +28.9 ppm (±2.9)"),
        (WITHOUT_BATTERY, 0.9, -1.8, "unknown: too soon to tell: 21 h 36 min since it was set"),
        (
            WITHOUT_BATTERY,
            10,
            -120.0,
            "warn: lost 120.0 s in 10 days, about -138.9 ppm (±0.3): more than such a clock"
            " should: a DS3231 keeps better time",
        ),
        (
            {**WITHOUT_BATTERY, "boot": 4},
            21,
            -1.8,
            "unknown: too soon to tell: the box started again since its clock was set",
        ),
        # A battery clock is set and read in whole seconds: what it loses by that is no drift.
        ({}, 21, -1.4, "ok: none seen in 21 days, less than 1.2 ppm"),
        ({"boot": 9}, 100, -15.0, "ok: lost 14.5 s in 100 days, about -1.7 ppm (±0.1)"),
        (
            {},
            10,
            20.0,
            "warn: gained 20.5 s in 10 days, about +23.7 ppm (±1.4): more than such a clock"
            " should: is its cell empty?",
        ),
        ({}, 21, -3600.0, "unknown: waits for clocks that agree"),
        ({"board": "virtual"}, 21, -1.8, "unknown: a virtual box keeps a time of its own"),
    ],
)
def test_the_drift_is_told_with_what_is_not_known_of_it(
    hello: dict[str, Any], days: float, ahead_s: float, expected: str
) -> None:
    assert drift_after(days, ahead_s, hello) == expected


def test_a_drift_that_cannot_be_told() -> None:
    assert drift_after(21, 0.0, last_set=None) == "unknown: waits for a clock that was set"
    assert drift_after(21, 0.0, status={**STATUS, "faults": ["battery-clock"]}) == (
        "unknown: waits for clocks that agree"
    )
    assert drift_after(21, 0.0, offset=None) == (
        "unknown: this laptop's clock was moved while it was measured"
    )


# Whole runs, against the firmware in a world of its own.


class Desk:
    """A laptop into which a box is plugged that calls itself a real one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.box = Box.bare()
        self.port: Any = Scripted()
        self.ahead_s = 0.0
        self.serial = "E66118C4E3"
        monkeypatch.setattr(doctor_facts, "resolve", self._resolve)
        monkeypatch.setattr(doctor_facts, "open_port", lambda port: self.port)

    def plug(self, box: Box, faults: Faults | None = None) -> "Desk":
        self.box, self.port = box, Wire(box.world, faults)
        box.world.board.name = PICO
        return self

    def now(self) -> float:
        return self.box.world.now_ms / 1000 + civil.UNIX_2000 + self.ahead_s

    def pause(self, seconds: float) -> None:
        self.box.wait(ms=round(seconds * 1000))

    def doctor(self) -> Facts:
        return gather(None, laptop=self.now, pause=self.pause)

    def _resolve(self, named: str | None) -> Target:
        return replace(USB, serial=self.serial)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def flash_of(box: Box) -> dict[str, bytes]:
    assert isinstance(box.files, MemoryFiles)
    return dict(box.files.contents)


def test_a_whole_run_changes_nothing_on_the_box(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2).until("07:31"))
    desk.ahead_s = 30
    before = flash_of(desk.box)
    facts = desk.doctor()
    assert told(facts, "clock") == [
        "warn: set by a laptop, 30.0 s behind this laptop's:"
        " the next command that asks the box sets it"
    ]
    assert states(facts) == {"clock": "warn", "drift": "unknown"}
    assert flash_of(desk.box) == before
    assert facts.box is not None
    with closing(open_history(print)) as history:
        kinds = [entry.kind for entry in history.entries(facts.box.hello.device_id)]
    assert kinds == ["boot", "clock", "schedule", "ringing"]


def test_a_crystal_that_is_slow_is_found_out(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2, battery_clock=False).wait(hours=21 * 24, ms=321))
    desk.ahead_s = 1.8
    assert told(desk.doctor(), "drift")[0] in (
        "ok: lost 1.8 s in 21 days, about -1.0 ppm (±0.1)",
        "ok: lost 1.7 s in 21 days, about -1.0 ppm (±0.1)",
    )


@pytest.mark.parametrize("ahead_s", [-7.31, -0.98, 0.0, 0.5, 3.04])
@pytest.mark.parametrize("faults", [Faults(), Faults(delay_ms=15)], ids=["at once", "15 ms"])
def test_the_difference_is_measured_to_a_twentieth_of_a_second(
    ahead_s: float, faults: Faults, desk: Desk
) -> None:
    desk.plug(Box.with_schedule(D3K2).wait(ms=777), faults)
    # The box was set on the second.
    desk.ahead_s = -ahead_s
    offset = measure(Link(desk.port), desk.now, desk.pause)
    assert offset is not None
    assert offset.within_s <= 0.05
    assert abs(offset.ahead_s - ahead_s) <= offset.within_s


def test_a_clock_that_is_not_set_has_no_difference(desk: Desk) -> None:
    desk.plug(Box.bare())
    assert measure(Link(desk.port), desk.now, desk.pause) is None
    assert told(desk.doctor(), "drift") == ["unknown: waits for a clock that was set"]


def test_a_laptop_whose_clock_is_moved_meanwhile_measures_nothing(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2))

    def pause(seconds: float) -> None:
        desk.pause(seconds)
        desk.ahead_s += 0.7

    assert measure(Link(desk.port), desk.now, pause) is None


def test_a_board_that_was_wiped_is_known_by_its_usb_serial(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2)).doctor()
    before = desk.box.app.box.device_id
    desk.plug(Box.bare(battery_clock=True)).box.app.box.device_id = "0123456789abcdef"
    assert told(desk.doctor(), "box")[0].startswith(
        f"warn: 0123456789abcdef: this board was erased; before, it was {before}:"
    )
    desk.box.push(D3K2)
    assert told(desk.plug(desk.box).doctor(), "box") == [
        f"ok: 0123456789abcdef; before it was erased, this board was {before}"
    ]


def test_a_crash_is_told_and_can_be_forgotten(desk: Desk) -> None:
    box = Box.with_schedule(D3K2)
    with box.files.open("/crash.txt", "wb") as file:
        file.write(b'Traceback (most recent call last):\n  File "app.py"\nValueError: no\n')
    desk.plug(box.reset())
    facts = desk.doctor()
    assert states(facts) == {"crash": "warn", "drift": "unknown"}
    assert examine(facts)[-1].finding.detail == (
        "Traceback (most recent call last):",
        '  File "app.py"',
        "ValueError: no",
    )
    box.request("device.crash", clear=True)
    assert told(desk.plug(box).doctor(), "crash") == ["ok: none"]


def test_a_box_that_only_reminds_is_told_what_to_do(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2))
    desk.box.app.limp = True
    assert states(desk.doctor()) == {"firmware": "bad", "drift": "unknown", "faults": "unknown"}


def test_firmware_from_before_this_request(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for method in ("device.info", "device.crash", "signal.practice"):
        monkeypatch.delitem(commands.METHODS, method)
    desk.plug(Box.with_schedule(D3K2))
    assert states(desk.doctor()) == {
        "firmware": "warn",
        "system": "unknown",
        "drift": "unknown",
        "flash": "unknown",
        "crash": "unknown",
    }


def test_a_flash_that_fails_is_told_and_the_rest_is_checked(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2))
    desk.box.app.box.journal._known = False
    assert isinstance(desk.box.files, Flash)
    desk.box.files.refuses = "/"
    desk.box.app.box.fault("button")
    assert [line.split(":")[0] for line in told(desk.doctor(), "faults")] == ["bad", "bad"]


def test_something_else_that_answers_is_quoted(desk: Desk) -> None:
    desk.port = Scripted(b"MicroPython v1.28.0\r\n>>> \r\n")
    [finding] = [each.finding for each in examine(desk.doctor()) if each.check == "answer"]
    assert finding.says == "something else than dosebell answers, as below"
    assert finding.fix.startswith("MicroPython runs there, but no dosebell")
    assert set(finding.detail) == {"MicroPython v1.28.0", ">>>"}


@pytest.mark.parametrize("after_bytes", range(0, 900, 37))
def test_a_plug_that_is_pulled_at_any_moment_ends_in_one_sentence(
    after_bytes: int, desk: Desk
) -> None:
    desk.plug(Box.with_schedule(D3K2))
    desk.port = Pulled(desk.box, after_bytes)
    facts = desk.doctor()
    assert told(facts, "answer") == [
        "bad: /dev/ttyACM0 went away (Input/output error):"
        " plug the board in again and repeat the command"
    ]
    assert exit_code(facts, examine(facts)) == 4


def test_several_boards_are_told_as_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(named: str | None) -> Target:
        raise NoDevice("there are 2 boards: A and B", fix="name one", code="several-boards")

    monkeypatch.setattr(doctor_facts, "resolve", resolve)
    facts = gather(None)
    assert told(facts, "port") == ["bad: there are 2 boards: A and B: name one"]
    assert exit_code(facts, examine(facts)) == 4


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
    assert [marks_for(each) for each in ("cp437", "ascii", None, "no-such")] == [PLAIN_MARKS] * 4
    assert marks_for("utf-8")["ok"] == "✓"


# Practice.


class Person:
    """Somebody at a box who practises; `acts` is done at the third look of the laptop.

    What the laptop tells stands in `told`, what it says beside it in `noted`; `says` are the
    answers to its questions, of which there are none where nobody can be asked.
    """

    def __init__(
        self, box: Box, act: Callable[[], object] = lambda: None, says: Sequence[bool] = ()
    ) -> None:
        self.box = box
        self.link = Link(Wire(box.world))
        self.looks = 0
        self.told: list[str] = []
        self.noted: list[str] = []
        self._act = act
        answers = iter(says)
        self._talk = Talk(
            self.noted.append,
            tell=self.told.extend,
            confirm=lambda question: next(answers, None),
        )

    def practises(self) -> dict[str, Any]:
        return practice.practise(self._talk, self.link, self._pause)

    def fails(self) -> tuple[str, int, str]:
        """(code, exit code, sentence) of the error it ends in."""
        with pytest.raises(UserError) as error:
            self.practises()
        return error.value.code, error.value.exit_code, str(error.value)

    def _pause(self, seconds: float) -> None:
        self.looks += 1
        self.box.wait(ms=round(seconds * 1000))
        if self.looks == 3:
            self._act()


AT_NIGHT = plan(IRON_DOSE, alerts='quiet = "22:00-06:30"')


@pytest.mark.parametrize(
    "box",
    [
        lambda: Box.with_schedule(D3K2, at="2026-11-23 05:00"),
        lambda: Box.with_schedule(D3K2, at="2026-11-23 07:00"),
        lambda: Box.with_schedule(AT_NIGHT, at="2026-11-23 23:00"),
        Box.bare,
    ],
    ids=["before all", "in an early window", "at night", "with no clock"],
)
def test_a_press_answers_a_practice_ring_and_nothing_is_noted(box: Callable[[], Box]) -> None:
    there = box()
    before = flash_of(there)
    there.world.board.outputs.clear()
    person = Person(there, there.press)
    assert person.practises() == {"practice": "answered", "light": None, "sound": None}
    assert (person.told, person.noted) == ([*practice.ABOUT, practice.ARRIVED], [])
    there.wait(seconds=90)
    assert [light for _, light in there.lights()][:3] == ["due", "off", "taken"]
    assert [sound for _, sound in there.sounds()] == ["due", "silent", "taken", "silent"]
    assert flash_of(there) == before


def test_nobody_presses() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    before = flash_of(box)
    person = Person(box)
    assert person.fails() == (
        "no-press",
        1,
        "no press arrived within a minute; if you did press, look at the button: it belongs"
        " between GP13 and ground.",
    )
    assert (person.looks, box.light, flash_of(box)) == (120, "off", before)


def test_a_real_dose_comes_first() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:29:50")
    assert Person(box).fails() == (
        "interrupted",
        1,
        "a real dose became due meanwhile, and rings now; answer that one, and practise another"
        " time.",
    )
    assert (box.light, box.sound, box.story()) == (
        "due",
        "due-eat",
        ["07:30 ringing d3k2/0 breakfast"],
    )


def test_no_practice_while_a_real_dose_rings() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    assert Person(box).fails() == (
        "ringing",
        3,
        "a real dose rings now, or is snoozed; answer that one at the box first.",
    )


def test_a_box_that_starts_again_in_the_middle() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    assert Person(box, box.reset).fails()[0] == "restarted"


@pytest.mark.parametrize("heard", [True, False])
def test_whoever_sits_there_is_asked_how_it_was(heard: bool) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    person = Person(box, box.press, says=(True, heard))
    assert person.practises() == {"practice": "answered", "light": True, "sound": heard}
    assert person.noted == ([] if heard else [practice.QUESTIONS["sound"][1]])


def test_leaving_says_that_it_stops_by_itself() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")

    def leave() -> None:
        raise KeyboardInterrupt

    person = Person(box, leave)
    with pytest.raises(KeyboardInterrupt):
        person.practises()
    assert person.noted == [practice.STOPS_BY_ITSELF]
    box.wait(seconds=60)
    assert (box.light, box.sound) == ("off", "silent")


def test_a_practice_ring_is_offered_where_nothing_rings() -> None:
    box = Box.with_schedule(D3K2)
    link = Link(Wire(box.world))
    welcome = practice.is_welcome(link)
    box.until("07:31")
    assert (welcome, practice.is_welcome(link)) == (True, False)
    box.press()
    box.app.limp = True
    assert practice.is_welcome(link) is False


# As it is typed, at a real pseudo-terminal.


def typed(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["doctor", *words])
    return done.exit_code, done.stdout


def test_the_command_and_a_virtual_board() -> None:
    with virtual() as box:
        box.push()
        code, text = typed("--port", "virtual")
        assert (code, text.splitlines()[-1]) == (
            0,
            "All in order. To hear it ring: dosebell doctor --ring --port virtual",
        )
        items = json.loads(typed("--json", "--port", "virtual")[1])["items"]
        assert [item["check"] for item in items] == [
            name for name, _ in CHECKS if name != "ModemManager"
        ]
        assert {item["state"] for item in items} == {"ok", "unknown"}
        assert items[1] == {
            "check": "port",
            "state": "ok",
            "says": "the virtual board",
            "fix": None,
            "detail": [],
        }
        assert typed("--forget-crash", "--port", "virtual") == (0, "There is none.\n")


def test_a_practice_ring_at_a_virtual_board() -> None:
    with virtual() as box:
        presser = threading.Timer(1.0, lambda: box.type("press 200\n"))
        presser.start()
        code, text = typed("--ring", "--port", "virtual")
        presser.join()
        assert (code, text.splitlines()) == (0, [*practice.ABOUT, practice.ARRIVED])


def test_a_push_ends_with_the_offer_to_hear_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(D3K2, encoding="utf-8")
    offer = (
        "Hear it now? `dosebell doctor --ring --port virtual` is a practice ring that leaves no"
        " record.\n"
    )

    def pushes(*words: str) -> str:
        return CliRunner().invoke(main, ["push", str(file), "--port", "virtual", *words]).stderr

    with virtual():
        assert pushes() == ""
        monkeypatch.setattr("dosebell_host.terminal.asking.can_ask", lambda settings: True)
        assert (pushes("--dry-run"), pushes()) == ("", offer)


def test_without_a_board_the_exit_code_is_4(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    code, text = typed("--json")
    document = json.loads(text)
    assert (code, document["schema"]) == (4, 1)
    assert document["items"][1]["says"] == "no Pico is plugged in"
