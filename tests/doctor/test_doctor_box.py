"""`dosebell doctor` on the box: each check both ways, and whole runs against the firmware."""

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from domain import D3K2, Box, Flash
from dosebell import VERSION, civil, commands, commands_device
from dosebell_host.box.client import Client
from dosebell_host.box.clock_drift import measure
from dosebell_host.box.fetch import Fetched
from dosebell_host.box.link import Link
from dosebell_host.box.meanings import refused
from dosebell_host.box.reach import Reach
from dosebell_host.doctor.checks_box import room_for_records
from dosebell_host.doctor.examine import examine, exit_code
from dosebell_host.doctor.facts import Facts, gather
from dosebell_host.doctor.laptop import ModemManager
from dosebell_host.doctor.text import doctor_lines
from dosebell_host.history.store import open_history
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.sim.wire import Faults, Wire
from examined import (
    DAY_S,
    INFO,
    NOW_S,
    STATUS,
    UNKNOWN_METHOD,
    USB,
    flash_of,
    of_box,
    states,
    told,
    with_modem_manager,
)
from laptop import PICO, Pulled, Scripted


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


# The box.

CRASHED = INFO._replace(crash="ValueError: no")
UNTIL_S = from_unix(NOW_S + 10 * DAY_S)


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
            of_box(info=INFO._replace(is_fallback=True)),
            {
                "firmware": "bad: the version before runs, because the newest one crashed:"
                " `dosebell flash`"
            },
        ),
        (
            of_box(info=INFO._replace(is_limp=True), status=refused("status", "limp", "")),
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
            of_box(info=INFO._replace(system="MicroPython 1.26.1")),
            {
                "system": "warn: MicroPython 1.26.1, older than 1.27, with faults that are mended"
                " since: dosebell flash --uf2 FILE; micropython.org/download has the file"
            },
        ),
        (of_box(info=INFO._replace(system="MicroPython 1.29.0-preview")), {}),
        (
            of_box(status=STATUS._replace(zone_until_s=UNTIL_S)),
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
            of_box(info=INFO._replace(flash_free=100_000)),
            {
                "flash": "warn: 100 kB of 1.4 MB free, room for 531 records and no more: remove"
                " what is not dosebell's: `mpremote fs ls` shows it. dosebell needs main.py,"
                " boot.py, app, state and log"
            },
        ),
        # A full ring of records on a Pico W leaves as little, and that is in order.
        (of_box({"journal_next": 7001}, info=INFO._replace(flash_free=60_000)), {}),
        # And with 64 doses a whole ring is less than a year of four.
        (of_box({"journal_next": 5001}, doses=64, info=INFO._replace(flash_free=60_000)), {}),
        (
            of_box(info=INFO._replace(flash_size=0)),
            {"flash": "unknown: this board does not tell how much room it has"},
        ),
        (
            of_box(status=STATUS._replace(faults=("button",))),
            {"faults": "bad: the button was held down for half a minute: is it stuck?"},
        ),
        (
            of_box(status=STATUS._replace(faults=("seen",))),
            {
                "faults": "warn: a small file was damaged and the copy before is used;"
                " nothing is lost"
            },
        ),
        (
            of_box(status=STATUS._replace(faults=("gremlin",))),
            {"faults": "bad: it tells of a fault: gremlin"},
        ),
        (
            of_box(
                status=STATUS._replace(faults=("crash",)), info=CRASHED, crash=("Traceback", "no")
            ),
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
    facts = of_box(status=STATUS._replace(faults=("flash", "journal")))
    assert [line.partition(":")[0] for line in told(facts, "faults")] == ["bad", "warn"]


# Doses, and how many records were counted in rings on flash, in test_flash_wear.py.
RINGS = {4: 6591, 16: 5417, 64: 3432}


@pytest.mark.parametrize("doses", RINGS)
def test_a_ring_is_reckoned_to_hold_about_what_it_does(doses: int) -> None:
    found = of_box(doses=doses).box
    assert found is not None
    room, most = room_for_records(found, INFO.flash_free)
    assert 0.8 < most / RINGS[doses] < 1.2
    # A Pico has room for all of it.
    assert room > most


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


# Whole runs, against the firmware in a world of its own.


class Desk:
    """A laptop into which a box is plugged that calls itself a real one."""

    def __init__(self) -> None:
        self.box = Box.bare()
        self.port: Any = Scripted()
        self.ahead_s = 0.0
        self.serial = "E66118C4E3"
        self.reach = Reach(
            plugged=lambda: [replace(USB, serial=self.serial)],
            open=lambda port: self.port,
            clock=self.now,
            elapsed_s=lambda: self.box.world.now_ms / 1000,
            pause=self.pause,
        )

    def plug(self, box: Box, faults: Faults | None = None) -> "Desk":
        self.box, self.port = box, Wire(box.world, faults)
        box.world.board.name = PICO
        return self

    def now(self) -> float:
        return self.box.world.now_ms / 1000 + civil.UNIX_2000 + self.ahead_s

    def pause(self, seconds: float) -> None:
        self.box.wait(ms=round(seconds * 1000))

    def doctor(self) -> Facts:
        return gather(None, self.reach)


@pytest.fixture
def desk() -> Desk:
    return Desk()


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
    offset = measure(Client(Link(desk.port)), desk.now, desk.pause)
    assert offset is not None
    assert offset.within_s <= 0.05
    assert abs(offset.ahead_s - ahead_s) <= offset.within_s


def test_a_clock_that_is_not_set_has_no_difference(desk: Desk) -> None:
    desk.plug(Box.bare())
    assert measure(Client(Link(desk.port)), desk.now, desk.pause) is None
    assert told(desk.doctor(), "drift") == ["unknown: waits for a clock that was set"]


def test_a_laptop_whose_clock_is_moved_meanwhile_measures_nothing(desk: Desk) -> None:
    desk.plug(Box.with_schedule(D3K2))

    def pause(seconds: float) -> None:
        desk.pause(seconds)
        desk.ahead_s += 0.7

    assert measure(Client(Link(desk.port)), desk.now, pause) is None


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
    monkeypatch.delitem(commands.METHODS, "signal.practice")
    for method in ("device.info", "device.crash"):
        monkeypatch.delitem(commands_device.METHODS, method)
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


def test_several_boards_are_told_as_everywhere() -> None:
    facts = gather(None, Reach(plugged=lambda: [replace(USB, port=port) for port in "AB"]))
    assert told(facts, "port") == ["bad: there are 2 boards: A and B: name one of them: --port A"]
    assert exit_code(facts, examine(facts)) == 4
