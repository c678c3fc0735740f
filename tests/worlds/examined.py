"""A laptop, a port and a box as `dosebell doctor` finds them, and what it says of them."""

from dataclasses import replace
from typing import Any

from domain import Box
from dosebell import VERSION
from dosebell_host.box.clock_drift import Offset
from dosebell_host.box.hello import Hello
from dosebell_host.box.meanings import refused
from dosebell_host.box.port_rights import Rights
from dosebell_host.box.reach import Target
from dosebell_host.box.replies import BoxStatus, DeviceInfo
from dosebell_host.doctor.examine import examine
from dosebell_host.doctor.facts import BoxFacts, Facts
from dosebell_host.doctor.laptop import Laptop as Computer
from dosebell_host.doctor.laptop import ModemManager, PortFacts
from dosebell_host.errors import UserError
from dosebell_host.history.records import FIRST_JOURNAL, parse
from dosebell_host.sim.flash import MemoryFiles
from laptop import PICO

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
INFO = DeviceInfo(
    system="MicroPython 1.28.0",
    machine="Raspberry Pi Pico with RP2040",
    app="0123456789ab",
    is_fallback=False,
    is_limp=False,
    flash_free=980_000,
    flash_size=1_441_792,
    crash=None,
)
# The changes of the clocks are known until 2050.
STATUS = BoxStatus(0, None, (), 1_577_923_200, uptime_s=60, heap_free=100_000, practice="")
DAY_S = 86_400
FINE = BoxFacts(
    HELLO,
    NOW_S + 0.5,
    STATUS,
    INFO,
    offset=Offset(-0.4, 0.05),
    last_set=parse(f"5 3 {NOW_S - 21 * DAY_S} host clock - - - step_s=0,was=unset", FIRST_JOURNAL),
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


def with_modem_manager(found: ModemManager, **changes: Any) -> Facts:
    return of_laptop(port=PortFacts(DIALOUT, found), **changes)


def flash_of(box: Box) -> dict[str, bytes]:
    assert isinstance(box.files, MemoryFiles)
    return dict(box.files.contents)
