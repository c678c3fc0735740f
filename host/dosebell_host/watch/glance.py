"""One look at one box: its port is opened for a moment, and closed again.

A greeting tells whether anything has happened: the box writes a record of whatever does. Only
then, and now and then all the same, is it met as by every command: its records read, its clock
set, its doses asked.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

from dosebell_host.actions.status import Status, read_status
from dosebell_host.box.client import Client
from dosebell_host.box.clock_verdict import judge_clock
from dosebell_host.box.contact import meet
from dosebell_host.box.hello import Hello
from dosebell_host.box.reach import Reach, Target
from dosebell_host.box.told_apart import told_apart
from dosebell_host.history.store import History
from dosebell_host.talk import Progress, no_progress
from dosebell_host.watch.laptop_clock import left_alone_sentence, may_set

# What no record tells, as a fault, or a stock that a day brings closer to its end, is asked so
# often.
_ASK_ANEW_S = 10.0


@dataclass(frozen=True)
class Heard:
    """What a box said when it was last met; `asked_s` is when, by elapsed seconds.

    `notes` are sentences beside that; `clock` is what to say of its clock, under the word for what
    is the matter with it, for how far it is off changes all the while.
    """

    hello: Hello
    status: Status
    asked_s: float
    notes: tuple[str, ...] = ()
    clock: tuple[str, str] = ("", "")

    def is_still(self, hello: Hello, elapsed_s: float) -> bool:
        """Whether nothing has happened since."""
        is_fresh = elapsed_s - self.asked_s < _ASK_ANEW_S
        return is_fresh and replace(hello, utc=None) == replace(self.hello, utc=None)


def glance(
    target: Target,
    reach: Reach,
    history: History,
    before: Heard | None,
    synchronised: Callable[[], bool | None],
    progress: Progress = no_progress,
) -> Heard:
    """Who is at a port, and how that box is; `before` is what was heard there the last time.

    Raises `UserError` where none answers, or what it says cannot be right.
    """
    with closing(Client(reach.link(target))) as client:
        hello = told_apart(history, client.hello(), target.serial)
        verdict = judge_clock(hello, reach.clock())
        sets = may_set(verdict, synchronised())
        if before is not None and not sets and before.is_still(hello, reach.elapsed_s()):
            return replace(before, notes=())
        notes: list[str] = []
        contact = meet(
            client,
            history,
            notes.append,
            sync=sets,
            port=target.port,
            usb_serial=target.serial,
            laptop=reach.clock,
            progress=progress,
        )
        status = read_status(contact)
    about_clock = ("", "")
    if not sets and (sentence := left_alone_sentence(verdict, target.port)):
        about_clock = (verdict.action, sentence)
    return Heard(contact.hello, status, reach.elapsed_s(), tuple(notes), about_clock)
