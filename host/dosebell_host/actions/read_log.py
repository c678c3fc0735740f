"""The log of one box: fresh from it where it answers, else as this laptop last read it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from dosebell_host.box.contact import Contact
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.errors import NoDevice, UserError, on_one_line
from dosebell_host.history.box_log import BoxLog, Since, always, box_log
from dosebell_host.history.box_names import owner_of
from dosebell_host.history.store import VIRTUAL, History, KnownBox
from dosebell_host.schedule.lines import known, local_of
from dosebell_host.schedule.local_time import from_unix, laptop_local_time

# A contact with the box at a port, or with the one that is there, for as long as it is read.
Reached = Callable[[str | None], AbstractContextManager[Contact]]


def read_log(
    history: History,
    reached: Reached,
    port: str | None,
    device_id: str | None,
    now: float,
    since: Since = always,
) -> BoxLog:
    """The log of the box at `port`, or of the one named; from the history where none answers.

    What `reached` reads is kept in that history; `now` is Unix seconds by this laptop's clock.
    Raises `NoDevice` where neither tells of a box, `UserError` where the history knows several.
    """
    device_id = history.device_named(device_id or "") or device_id
    try:
        with reached(f"{ID_PREFIX}{device_id}" if device_id and not port else port) as contact:
            if _is_meant(contact.hello.device_id, device_id or "", history):
                return of_contact(contact, since)
    except NoDevice as error:
        # A port that was named must answer: what is saved may be another box's.
        if port:
            raise _with_saved(error, port, history) from None
        if not (device_id or history.boxes()):
            raise
    return log_of_history(history, device_id or "", now, since)


def _with_saved(error: NoDevice, port: str, history: History) -> NoDevice:
    """The error, and what to type for what is saved of a box that may have been at that port."""
    meant = [
        box.device_id
        for box in history.boxes()
        if (box.board == VIRTUAL or port != VIRTUAL)
        and (box.device_id.startswith(port.removeprefix(ID_PREFIX)) or ID_PREFIX not in port)
    ]
    if not meant:
        return error
    saved = f"without a port, `dosebell log --device {meant[0]}` shows what was read before"
    fix = f"{error.fix}; {saved}" if error.fix else saved
    return NoDevice(error.message, where=error.where, fix=fix, code=error.code)


def _is_meant(found: str, wanted: str, history: History) -> bool:
    """Whether it is that box, or one whose id begins so where none is called just that."""
    is_whole = any(box.device_id == wanted for box in history.boxes())
    return found == wanted if is_whole else found.startswith(wanted)


def of_contact(contact: Contact, since: Since = always) -> BoxLog:
    """The log of a box that answers, of the days that `since` tells."""
    device_id = contact.hello.device_id
    local, now_s = contact.local, contact.now_s
    return box_log(contact.history, device_id, contact.lines, local, now_s, since=since)


def log_of_history(
    history: History, device_id: str, now: float, since: Since, until: Since = always
) -> BoxLog:
    """The log of the one box that is known whose id begins so, as it was last read, of the days
    that `since` and `until` tell.

    Raises `UserError` where none is, or several are.
    """
    box = known_box(history, device_id)
    return log_of_known(history, box, now, since, until, box.seen_at)


def log_of_known(
    history: History,
    box: KnownBox,
    now: float,
    since: Since,
    until: Since = always,
    read_at: float | None = None,
) -> BoxLog:
    """The log of a known box by the schedule that it had when it was last met, where that is
    known; `now` and `read_at` are Unix seconds, and without `read_at` it is read up to now.
    """
    lines = known(box.revision, history.schedule(box.revision) or [])
    local = local_of(lines) or laptop_local_time(now)
    return box_log(history, box.device_id, lines, local, from_unix(now), read_at, since, until)


def known_box(history: History, device_id: str) -> KnownBox:
    """The one box whose id begins so. Raises `UserError` where none is known, or several are."""
    known = history.boxes()
    exactly = [box for box in known if box.device_id == device_id]
    boxes = exactly or [box for box in known if box.device_id.startswith(device_id)]
    if not boxes:
        names = history.names()
        there = ", ".join(names.get(box.device_id, box.device_id) for box in known) or "none"
        what = f"this laptop never met a box {on_one_line(device_id)}"
        raise UserError(what, fix=f"it knows {there}", code="device")
    if len(boxes) > 1:
        owners = (owner_of(history, box).text for box in boxes)
        raise UserError(
            f"no box answers, and this laptop knows several: {', '.join(owners)}",
            fix=f"say which: --device {owner_of(history, boxes[0]).word}",
            code="several-boxes",
        )
    return boxes[0]
