"""Puts MicroPython on a board: through the drive that it is in BOOTSEL mode, or becomes.

A MicroPython for another board would format its file system, so a file that does not fit is
refused, and what is on the board is saved first. A drive does not tell which board it is; then the
person is told for which one the file is.
"""

from collections.abc import Callable

from dosebell_host.box.ports import resolve, targets
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import bootsel, uf2
from dosebell_host.flash.backup import Saved, save
from dosebell_host.flash.board_kinds import version_text, where_to_get_it
from dosebell_host.flash.bootsel import Drive
from dosebell_host.flash.restart import at_repl
from dosebell_host.flash.steps import Survey, survey
from dosebell_host.flash.target import FlashWishes
from dosebell_host.flash.uf2 import Uf2
from dosebell_host.talk import Talk

_LONG_BYTES = 100_000


def refuse_bare(drive: Drive) -> UserError:
    """What a person needs whose board is in BOOTSEL mode, and who named no file."""
    names = " or ".join(kind.name for kind in drive.kinds)
    return UserError(
        f"the board at {drive.folder} ({names}) is in BOOTSEL mode and needs MicroPython first",
        fix=f"get {where_to_get_it(drive.kinds)}, and then type: dosebell flash --uf2 FILE",
        code="bootsel",
    )


def onto_drive(wanted: Uf2, drive: Drive, port: str | None, talk: Talk, reach: Reach) -> Target:
    """Copy it to a board in BOOTSEL mode; where that board is then. `port` is where it will be,
    if the person named that.
    """
    uf2.check_fits_chip(wanted, drive.chip, drive.kinds)
    talk.note(f"Copying {wanted.micropython} for a {wanted.machine} to {drive.folder}.")
    before = {target.port for target in targets(reach)}
    _copy(wanted, drive, talk)
    if port:
        return resolve(port, reach)
    found = bootsel.wait_until(lambda: _new_board(before, reach), reach)
    if found is None:
        raise NoDevice(
            f"{wanted.path.name} was copied, but no board appeared with it. Is it the file for"
            f" this board? It is for a {wanted.machine}.",
            fix="Unplug it, plug it in again, and repeat the command without --uf2",
            code="no-device",
        )
    return resolve(found, reach)


def onto_board(
    wanted: Uf2,
    target: Target,
    wishes: FlashWishes,
    check: Callable[[Survey], None],
    talk: Talk,
    reach: Reach,
    quiet_s: float | None = None,
) -> Saved | None:
    """Put it on a board that runs MicroPython; what was saved of it, or None where that very
    version is on it already. `check` raises what stands in the way of all that is wanted; a port
    that is there all the while and says nothing is given `quiet_s` seconds.
    """
    with at_repl(target, reach, quiet_s=quiet_s) as board:
        seen = survey(board, whole=wishes.force)
        check(seen)
        if seen.facts.micropython == wanted.version:
            talk.note(f"{wanted.micropython} is on it already.")
            return None
        with talk.progress("Saving what is on the board", _LONG_BYTES) as progress:
            kept = save(board, seen.readable, target.serial, progress)
        if kept.folder:
            talk.note(f"What was on it is saved in {kept.folder}")
        was = version_text(seen.facts.micropython)
        talk.agree(
            [f"its MicroPython {was} would be replaced by {version_text(wanted.version)}"],
            "Replace it",
        )
        before = bootsel.drives(wishes.drive, reach)
        board.start_bootloader()
    _copy(wanted, bootsel.wait_for(wanted.chip, wishes.drive, before, reach), talk)
    return kept


def _copy(wanted: Uf2, drive: Drive, talk: Talk) -> None:
    with talk.progress("Copying MicroPython", _LONG_BYTES) as progress:
        bootsel.copy(wanted, drive, progress)


def _new_board(before: set[str], reach: Reach) -> str | None:
    found = (target.port for target in targets(reach) if target.is_board)
    return next((port for port in found if port not in before), None)
