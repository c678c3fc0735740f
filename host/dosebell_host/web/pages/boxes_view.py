"""Each box that this laptop knows: its name, its clock, what is left in it, and what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from dosebell import civil
from dosebell.practice import NONE
from dosebell_host.actions.doses.stocks import CountedDose, counted_of, counted_words
from dosebell_host.actions.last_read import LastRead
from dosebell_host.actions.practice import RINGING, unanswered
from dosebell_host.actions.status import Status
from dosebell_host.actions.status_text import clock_words, warnings
from dosebell_host.box.clock_verdict import SET_FROM_S
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.watch.view import Presence
from dosebell_host.web.pages.dose_names import DoseNames, dose_names
from dosebell_host.web.pages.known_boxes import ShownBox, heard_words
from dosebell_host.wording import command_text

_PRESENCE = {
    Presence.HERE: "is here",
    Presence.BUSY: "is here; another program speaks with it just now",
    Presence.SILENT: "is plugged in and does not answer",
    Presence.AWAY: "is not connected to this laptop",
}
PRACTICE_NOW = "It rings to practise now: press its button."
PRACTICE_ANSWERED = "The last practice ring was answered: the press arrived."


@dataclass(frozen=True)
class StockRow:
    """What is left of one dose: `runs_out` is a date, "" where none is planned that far."""

    dose: str
    name: str
    left: int
    runs_out: str
    words: str
    is_low: bool


@dataclass(frozen=True)
class BoxShown:
    """All that is told of one box. What only the box itself can say is "" where it is away."""

    device_id: str
    called: str
    more: str
    name: str
    title: str
    presence: str
    heard: str
    port: str
    firmware: str
    board: str
    clock: str
    warnings: tuple[tuple[str, str], ...]
    stock: tuple[StockRow, ...]
    command: str
    practice: str
    can_practise: bool = False
    can_set_clock: bool = False
    # Whether what it says of stock and clock is so now.
    is_here: bool = False


def box_shown(box: ShownBox, read: LastRead | None, now: float) -> BoxShown:
    """What is known of it: by its own word where it answers, else as it was last `read`. `now` is
    Unix seconds by this laptop's clock.
    """
    view, owner = box.view, box.owner
    status = view.status if view.presence in (Presence.HERE, Presence.BUSY) else None
    lines = status.lines if status else read.log.lines if read else []
    names = dose_names(lines)
    counted = _counted(status, read)
    return BoxShown(
        device_id=view.device_id,
        called=box.called,
        more=box.more,
        name=owner.name,
        title=view.title or owner.title,
        presence=view.trouble or _PRESENCE[view.presence],
        heard=heard_words(box, now),
        port=view.port,
        firmware=status.hello.firmware if status else "",
        board=status.hello.board if status else owner.box.board,
        clock=clock_words(status) if status else "",
        warnings=tuple(warnings(status)) if status else (),
        stock=tuple(_stock(counted, names)),
        command=command_text(owner.name or f"{ID_PREFIX}{view.device_id}", "status"),
        practice=_practice(status) if status else "",
        can_practise=status is not None and _can_practise(status),
        can_set_clock=status is not None and _can_set_clock(status),
        is_here=view.presence is Presence.HERE,
    )


def _counted(status: Status | None, read: LastRead | None) -> list[CountedDose]:
    if status is not None:
        return counted_of(status.plan, status.rows, status.now_s)
    return read.counted if read is not None else []


def _stock(counted: list[CountedDose], names: DoseNames) -> Iterator[StockRow]:
    for each in counted:
        end = each.outlook.runs_out_day
        yield StockRow(
            dose=each.dose,
            name=names[each.dose].name,
            left=each.outlook.left,
            runs_out="" if end is None else civil.iso(end),
            words=counted_words(each),
            is_low=each.outlook.is_low,
        )


def _can_practise(status: Status) -> bool:
    """Whether a practice ring could begin: nothing rings, and the box knows such rings."""
    said = status.said.practice
    return said is not None and said != RINGING and not status.said.ringing


def _can_set_clock(status: Status) -> bool:
    """Where there is anything to set. A virtual box lives at a time of its own."""
    ahead_s = status.ahead_s
    return not status.hello.virtual and (ahead_s is None or abs(ahead_s) >= SET_FROM_S)


def _practice(status: Status) -> str:
    """How the last practice ring went, "" where there was none."""
    said = status.said.practice or NONE
    if said == NONE:
        return ""
    if said == RINGING:
        return PRACTICE_NOW
    error = unanswered(said)
    return PRACTICE_ANSWERED if error is None else f"The last practice ring: {error}"
