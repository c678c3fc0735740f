"""The log of one box: fresh from it where it answers, else as this laptop last read it."""

from contextlib import closing

from dosebell_host.box.contact import Contact, session
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.history.box_log import BoxLog, box_log, box_name
from dosebell_host.history.store import History, KnownBox, open_history
from dosebell_host.talk import Note


def read_log(port: str | None, device_id: str | None, note: Note, sync: bool = True) -> BoxLog:
    """The log of the box at `port`, or of the one named; from the history where none answers.

    A port that was named must answer: what is saved may be another box's.
    """
    try:
        named = f"{ID_PREFIX}{device_id}" if device_id and not port else port
        with session(named, note, sync=sync) as contact:
            if not device_id or contact.hello.device_id.startswith(device_id):
                return of_contact(contact)
    except NoDevice as error:
        if port:
            raise
        absent = error
    else:
        absent = NoDevice(f"the box {device_id} is not the one that answers")
    with closing(open_history(note)) as history:
        return _of_history(history, device_id, absent)


def of_contact(contact: Contact) -> BoxLog:
    """The log of a box that answers."""
    history, device_id = contact.history, contact.hello.device_id
    return box_log(history, device_id, contact.lines, contact.now_s, None)


def _of_history(history: History, device_id: str | None, absent: NoDevice) -> BoxLog:
    boxes = [box for box in history.boxes() if box.device_id.startswith(device_id or "")]
    if not boxes:
        if device_id is None:
            raise absent
        raise UserError(
            f"this laptop never met a box {device_id}", fix=_known(history.boxes()), code="device"
        )
    if len(boxes) > 1:
        names = (box_name(box.device_id, history.schedule(box.revision) or []) for box in boxes)
        raise UserError(
            f"no box answers, and this laptop knows several: {', '.join(names)}",
            fix=f"say which: dosebell log --device {boxes[0].device_id}",
            code="several-boxes",
        )
    box = boxes[0]
    lines = history.schedule(box.revision) or []
    return box_log(history, box.device_id, lines, None, box.seen_at)


def _known(boxes: list[KnownBox]) -> str:
    return f"it knows {', '.join(box.device_id for box in boxes) or 'none'}"
