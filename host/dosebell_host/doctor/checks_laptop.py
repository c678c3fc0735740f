"""What `dosebell doctor` makes of the laptop, the port, and who answers there.

A check reads the facts and yields what it found: as a rule one thing, none where it does not
apply.
"""

import os
import platform
from collections.abc import Iterator

from dosebell import PROTOCOL, VERSION
from dosebell_host.box.port_rights import Rights
from dosebell_host.doctor.facts import Facts
from dosebell_host.doctor.finding import (
    WAITS_FOR_BOX,
    WHERE_MICROPYTHON_IS,
    Remark,
    bad,
    ok,
    unknown,
    warn,
)
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.history.store import VIRTUAL

# What may come of a program that reads the port as well.
_DISTURBED = ("busy", "no-answer", "vanished")
NO_DEVICE = NoDevice.default_code
NO_RIGHTS = "no-rights"
NO_DOSEBELL = "no-dosebell"
PROTOCOL_DIFFERS = "protocol"

_FOR_MODEMS = (
    "tell it to leave Picos alone by this line, and plug the box in again:\n"
    'echo \'ATTRS{idVendor}=="2e8a", ENV{ID_MM_DEVICE_IGNORE}="1"\''
    " | sudo tee /etc/udev/rules.d/78-pico.rules"
)
_FOR_WSL = (
    "in Windows, as administrator: usbipd list, usbipd bind --busid ID, usbipd attach --wsl"
    " --busid ID; or use dosebell in Windows itself"
)


def laptop(facts: Facts) -> Iterator[Remark]:
    """The system; Windows passes no USB on to its Linux by itself."""
    about = f"dosebell {VERSION}, Python {platform.python_version()}"
    if not facts.laptop.is_wsl:
        yield ok(f"{facts.laptop.system}, {about}")
    elif facts.trouble and facts.trouble.code == NO_DEVICE and facts.named != VIRTUAL:
        yield bad("this is Linux inside Windows (WSL), which sees no USB by itself", _FOR_WSL)
    else:
        yield ok(f"Linux inside Windows (WSL), {about}")


def port(facts: Facts) -> Iterator[Remark]:
    """Which port is meant, and whether this person may open it."""
    trouble = facts.trouble
    if facts.target is None:
        if facts.laptop.bootsel and not facts.named:
            fix = f"dosebell flash --uf2 FILE; {WHERE_MICROPYTHON_IS}"
            yield bad("a Pico is plugged in, but waits for MicroPython (BOOTSEL)", fix)
        elif trouble is not None:
            yield bad(trouble.message, trouble.fix)
        return
    rights = facts.port.rights if facts.port else None
    if trouble is not None and trouble.code == NO_RIGHTS:
        owner = f" (group {rights.group})" if rights and rights.group else ""
        yield bad(trouble.message + owner, rights.fix if rights else trouble.fix)
    else:
        is_own = facts.target.name != facts.target.port
        yield ok(facts.target.name + ("" if is_own else _owner(rights)))


def _owner(rights: Rights | None) -> str:
    if rights is None:
        return ""
    return f", group {rights.group}, yours" if rights.group else ", yours"


def modem_manager(facts: Facts) -> Iterator[Remark]:
    """Whether a program that looks for modems may speak to the board."""
    found = facts.port.modem_manager if facts.port else None
    if found is None or facts.target is None or not _is_serial(facts.target.port):
        return
    if found.is_told:
        yield ok("runs, and was told to leave this port alone")
    elif found.is_strict and not _disturbed(facts.trouble):
        yield ok("runs, and leaves a Pico alone")
    else:
        yield warn("runs, and may speak to the box as if it were a modem", _FOR_MODEMS)


def _is_serial(path: str) -> bool:
    return os.path.basename(os.path.realpath(path)).startswith("tty")


def _disturbed(trouble: UserError | None) -> bool:
    return trouble is not None and trouble.code in _DISTURBED


def answer(facts: Facts) -> Iterator[Remark]:
    """Who answers at the port."""
    trouble = facts.trouble
    if facts.target is None:
        yield unknown("waits for a port")
    elif trouble is None or trouble.code == PROTOCOL_DIFFERS:
        yield ok("dosebell answers")
    elif trouble.code == NO_RIGHTS:
        yield unknown("waits for the right to open the port")
    elif trouble.code == NO_DOSEBELL:
        yield bad("something else than dosebell answers, as below", trouble.fix, facts.heard)
    else:
        holders = " and ".join(facts.port.holders) if facts.port else ""
        who = f" ({holders})" if trouble.code == "busy" and holders else ""
        yield bad(trouble.message + who, trouble.fix)


def protocol(facts: Facts) -> Iterator[Remark]:
    """Whether both sides speak the same language."""
    if facts.box is not None:
        yield ok(f"{PROTOCOL}, as this dosebell's")
    elif facts.trouble is not None and facts.trouble.code == PROTOCOL_DIFFERS:
        yield bad(facts.trouble.message, facts.trouble.fix)
    else:
        yield unknown(WAITS_FOR_BOX)
