"""`dosebell flash`: from a port to a box that answers, with everything on it kept."""

from contextlib import closing, suppress
from dataclasses import replace

from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.hello import Hello
from dosebell_host.box.reach import Reach, Target
from dosebell_host.box.running_loop import wanting_ports
from dosebell_host.errors import DeviceRefused, NoDevice, UserError
from dosebell_host.flash import bootsel, checks, micropython, uf2
from dosebell_host.flash.backup import Saved, save
from dosebell_host.flash.bundle import Bundle, compiled
from dosebell_host.flash.install_plan import InstallPlan, plan_install
from dosebell_host.flash.raw_repl import RawBoard
from dosebell_host.flash.report import FlashReport
from dosebell_host.flash.restart import answering, at_repl
from dosebell_host.flash.steps import Survey, carry_out, put_back, survey
from dosebell_host.flash.target import FlashWishes, Running, meet_running, named_drive
from dosebell_host.flash.uf2 import Uf2
from dosebell_host.history.store import open_history
from dosebell_host.talk import Note, Talk
from dosebell_host.wording import duration_text

# Smaller works are done before a bar could be read.
_LONG_BYTES = 4000


def flash(wishes: FlashWishes, talk: Talk, reach: Reach) -> FlashReport:
    """Install, and say what was done. Raises `UserError`; then nothing that was there is lost."""
    wanted = uf2.read(wishes.uf2) if wishes.uf2 else None
    drive = named_drive(wishes, reach)
    # The board starts anew more than once, and nobody else is to take its port meanwhile.
    with wanting_ports():
        if drive is not None:
            return _flash_at_drive(compiled(), drive, wanted, wishes, talk, reach)
        return _flash_at_port(compiled(), wanted, wishes, talk, reach)


def _flash_at_drive(
    bundle: Bundle,
    drive: bootsel.Drive,
    wanted: Uf2 | None,
    wishes: FlashWishes,
    talk: Talk,
    reach: Reach,
) -> FlashReport:
    if wanted is None:
        raise micropython.refuse_bare(drive)
    if wishes.dry_run:
        uf2.check_fits_chip(wanted, drive.chip, drive.kinds)
        return FlashReport.of_drive(drive, bundle).as_dry_run(wanted)
    target = micropython.onto_drive(wanted, drive, wishes.port, talk, reach)
    return _install(bundle, target, None, None, wishes, talk, reach)


def _flash_at_port(
    bundle: Bundle, wanted: Uf2 | None, wishes: FlashWishes, talk: Talk, reach: Reach
) -> FlashReport:
    target, running = meet_running(wishes, talk.note, reach)
    info = running.info if running else None
    if info:
        # What can be known before the box is disturbed at all.
        checks.check_board(info.machine, checks.system_version(info), wanted)
    if wishes.dry_run:
        running_box = running and info and FlashReport.of_running(running.hello, info, bundle)
        seen_box = running_box or _look(bundle, target, wanted, wishes, talk.note, reach)
        return seen_box.as_dry_run(wanted)
    quiet_s = None
    if running:
        talk.note("The box gives no reminders until this is done.")
        _into_service(target, reach)
    else:
        quiet_s = _say_what_is_tried(target, talk.note, reach)
    kept = None
    if wanted:

        def check(seen: Survey) -> None:
            _planned(seen, wanted, bundle, wishes)

        kept = micropython.onto_board(wanted, target, wishes, check, talk, reach, quiet_s)
        # From here on it is a board that restarts.
        quiet_s = None
    return _install(bundle, target, running, kept, wishes, talk, reach, quiet_s)


def _into_service(target: Target, reach: Reach) -> None:
    """Ask the app to make room. One that can't is stopped at the REPL anyway."""
    with suppress(UserError), closing(Client(reach.link(target))) as client:
        client.device_service()


def _install(
    bundle: Bundle,
    target: Target,
    running: Running | None,
    kept: Saved | None,
    wishes: FlashWishes,
    talk: Talk,
    reach: Reach,
    quiet_s: float | None = None,
) -> FlashReport:
    fell_back = bool(running and running.info and running.info.is_fallback)
    with at_repl(target, reach, quiet_s=quiet_s) as board:
        seen = survey(board, fell_back, wishes.force)
        if kept and put_back(board, kept.files, seen):
            talk.note("The new MicroPython had erased it, so what was saved was put back.")
            seen = survey(board, fell_back, wishes.force)
        made = _planned(seen, None, bundle, wishes)
        saved = _save(board, seen, target, talk)
        if saved.folder:
            talk.note(f"What was on it is saved in {saved.folder}")
        with talk.progress("Sending", _LONG_BYTES) as progress:
            carry_out(board, made, bundle, progress)
    hello = _meet_again(target, made, wishes, talk.note, reach)
    folder = saved.folder or (kept.folder if kept else None)
    return replace(FlashReport.of_survey(seen, made), saved=folder, hello=hello)


def _planned(seen: Survey, wanted: Uf2 | None, bundle: Bundle, wishes: FlashWishes) -> InstallPlan:
    """What is to be done to a board. Raises `UserError` with what stands in the way of it."""
    checks.check_survey(seen, wanted, bundle, wishes.force)
    return plan_install(bundle, seen.missing_start, seen.lying, seen.facts)


def _save(board: RawBoard, seen: Survey, target: Target, talk: Talk) -> Saved:
    with talk.progress("Saving what is on the board", _LONG_BYTES) as progress:
        return save(board, seen.readable, target.serial, progress)


def _meet_again(
    target: Target, made: InstallPlan, wishes: FlashWishes, note: Note, reach: Reach
) -> Hello:
    """The box that answers after the restart, its clock set."""
    try:
        client = answering(target, reach)
    except NoDevice as error:
        raise _silent(error, made) from None
    with closing(client), closing(open_history(note)) as history:
        info = None
        with suppress(DeviceRefused):
            info = client.device_info()
        checks.check_started(info, made)
        serial, laptop = target.serial, reach.clock
        met = meet(client, history, note, port=wishes.port, usb_serial=serial, laptop=laptop)
        return met.hello


def _silent(error: NoDevice, made: InstallPlan) -> NoDevice:
    fallback = f" If it cannot start, {made.fallback} starts by itself." if made.fallback else ""
    return NoDevice(
        f"version {made.version} is on the board, whole, but it does not answer:"
        f" {error.message}.{fallback}",
        fix="Unplug it, plug it in again, and type: dosebell doctor",
        code="no-answer",
    )


def _look(
    bundle: Bundle,
    target: Target,
    wanted: Uf2 | None,
    wishes: FlashWishes,
    note: Note,
    reach: Reach,
) -> FlashReport:
    """What would be done to a board that does not answer, seen at its REPL."""
    look_s = _say_what_is_tried(target, note, reach)
    with at_repl(target, reach, look_s) as board:
        seen = survey(board, whole=wishes.force)
    return FlashReport.of_survey(seen, _planned(seen, wanted, bundle, wishes))


def _say_what_is_tried(target: Target, note: Note, reach: Reach) -> float:
    """How long, in seconds, a port is given at which no dosebell answers."""
    look_s = reach.restart.look_s
    note(
        f"No dosebell answers at {target.name}; looking for MicroPython there, for at most"
        f" {duration_text(look_s)} ..."
    )
    return look_s
