"""The one place where a box is asked anything: a typed method a request.

No reply is believed. Each is read by a checked model: types, ranges, lengths, how many there may
be, and that a page leads on. Text is made printable here, and nowhere else; records and lines of a
schedule are data whose bytes count, so what is wrong with one of those is never put right.

Every method raises `DeviceRefused` where the box says no, `NoDevice` where no reply comes, and
`BadReply` where one comes that cannot be right.
"""

import json
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from dosebell import civil, schedule
from dosebell_host.box import replies
from dosebell_host.box.hello import DUE, Hello, check_protocol
from dosebell_host.box.link import Link, Params
from dosebell_host.box.replies import (
    BoxStatus,
    DeviceInfo,
    LampStrip,
    PartsFile,
    RecordPage,
    RowPage,
    ScheduleLine,
)
from dosebell_host.box.shapes import Check, Fields, Unfit, maybe, whole
from dosebell_host.errors import HOW_TO_INSTALL, BadReply
from dosebell_host.schedule.local_time import LaptopClock
from dosebell_host.talk import Note

T = TypeVar("T")

PAGE_RECORDS = 16


class Meant(NamedTuple):
    """An occurrence as requests name it: by its first due, in seconds since 2000, and for a box of
    release 0.1.0 by its date and slot in the schedule in force.
    """

    dose: str
    date: str
    slot: int
    due_s: int


def parts_text(lamps: LampStrip | None) -> str:
    """The file of parts for a box with these; "" is no file."""
    return json.dumps({"lamps": lamps.to_json()}, separators=(",", ":")) if lamps else ""


# A person wants these done, and so wants to know of them where a command is stopped.
_FOR_A_PERSON = (
    "dose.take",
    "dose.skip",
    "dose.snooze",
    "dose.undo",
    "dose.stock",
    "schedule.commit",
)


class Client:
    """A box at the other end of a link. Instants are seconds since 2000."""

    def __init__(self, link: Link) -> None:
        self._link = link
        # What the box said it can do, once it was greeted.
        self._features: tuple[str, ...] = ()
        # Whether it was told anything that a person wanted noted, or put in force.
        self.was_told = False

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._link.name

    def close(self) -> None:
        self._link.close()

    def tell(self, note: Note) -> None:
        """Tell `note` where the box takes so long that a person should hear of it."""
        self._link.note = note

    # The box.

    def hello(self) -> Hello:
        """Who is there. Raises `UserError` where one side is too old for the other."""
        found = self._ask("hello", self._greeting)
        self._features = found.features
        return found

    def status(self) -> BoxStatus:
        return self._ask("status", replies.status)

    def dose_list(self, start: int) -> RowPage:
        """The doses from place `start` on, as many as one reply holds."""
        return self._ask("dose.list", replies.row_page(start), {"from": start})

    def clock_set(self, laptop: LaptopClock, force: bool = False) -> int:
        """Set the box's clock to the laptop's; the step it made in seconds, 0 where it was unset.

        A step of more than a day against a clock that the box trusts needs `force`.
        """

        def now() -> Params:
            # Asked anew for every try, so that a lost reply does not set the clock late.
            whole_s, fraction_s = divmod(laptop(), 1)
            params: Params = {"utc": int(whole_s), "ms": int(fraction_s * 1000)}
            return {**params, "force": True} if force else params

        return self._ask("clock.set", replies.step_s, now)

    # Its schedule.

    def schedule_begin(self, count: int, digest: str) -> None:
        """Announce so many lines, whose hash is `digest`; nothing changes until the commit."""
        self._ask("schedule.begin", replies.done, {"count": count, "hash": digest})

    def schedule_line(self, n: int, line: str | None, more: str = "") -> int:
        """Send line `n`, and packed in `more` some that follow it; the last that the box has.

        Without `line` all of them are in `more`.
        """
        params = {"n": n, **({} if line is None else {"line": line})}
        params |= {"more": more} if more else {}
        return self._ask("schedule.line", replies.last_line(n), params)

    def schedule_commit(self, digest: str) -> str:
        """Put the lines that were sent in force, if they are not already; their revision."""
        return self._ask("schedule.commit", replies.revision, {"hash": digest})

    def schedule_read(self, n: int) -> ScheduleLine:
        """Line `n` of the schedule in force."""
        return self._ask("schedule.read", replies.schedule_line(n), {"n": n})

    # Its journal, and what people say of doses.

    def journal_read(self, since: int, limit: int = PAGE_RECORDS) -> RecordPage:
        """At most `limit` records from the seq `since` on, as many as one reply holds."""
        check = replies.record_page(since, limit)
        return self._ask("journal.read", check, {"since": since, "limit": limit})

    def dose_take(self, which: Meant, at_s: int | None = None) -> tuple[str, ...]:
        """Note an occurrence as taken, now or at an instant that has been; its records."""
        utc = {} if at_s is None else {"utc": at_s + civil.UNIX_2000}
        return self._answer("dose.take", which, utc)

    def dose_skip(self, which: Meant) -> tuple[str, ...]:
        """Note an occurrence as left out; its records."""
        return self._answer("dose.skip", which)

    def dose_snooze(self, which: Meant) -> tuple[str, ...]:
        """Silence a dose that rings for a while; its records."""
        return self._answer("dose.snooze", which)

    def dose_undo(self, which: Meant) -> tuple[str, ...]:
        """Take back what an occurrence was noted as; its records."""
        return self._answer("dose.undo", which)

    def dose_stock(self, dose: str, count: int) -> tuple[str, ...]:
        """Note how many pieces are left; its records."""
        return self._ask("dose.stock", replies.written, {"dose": dose, "count": count})

    # Its parts beyond the standard build.

    def parts_read(self) -> PartsFile:
        """What it has, or will have from its next start on."""
        return self._ask("parts.read", replies.parts_file)

    def parts_write(self, lamps: LampStrip | None) -> None:
        """Note what it has from its next start on; nothing changes before."""
        text = parts_text(lamps)
        digest = schedule.digest([text])[1]
        self._ask("parts.write", replies.done, {"text": text, "hash": digest})

    def parts_test(self, place: int) -> None:
        """Let the lamp of that compartment blink three times."""
        self._ask("parts.test", replies.done, {"which": f"lamps:{place}"})

    # Its light and sound, and the board itself.

    def signal_test(self, which: str) -> None:
        """Show one of its signals."""
        self._ask("signal.test", replies.done, {"which": which})

    def signal_practice(self) -> None:
        """Begin a ring that leaves no record."""
        self._ask("signal.practice", replies.done)

    def device_info(self) -> DeviceInfo:
        return self._ask("device.info", replies.info)

    def device_crash(self, clear: bool = False) -> tuple[str, ...]:
        """The lines of the last traceback; with `clear` it is forgotten first."""
        return self._ask("device.crash", replies.crash, {"clear": True} if clear else None) or ()

    def device_service(self) -> None:
        """Start anew without the reminder, for ten minutes at most, with the REPL free."""
        self._ask("device.service", replies.done)

    def device_reset(self) -> None:
        self._ask("device.reset", replies.done)

    def bad_reply(self, method: str, what: str) -> BadReply:
        """The error for a reply that cannot be right, for who knows more than one reply tells."""
        return BadReply(
            f"{self.name} replied to {method} with what cannot be right: {what}",
            fix=f"unplug it, plug it in again, and repeat the command; if that does not help,"
            f" {HOW_TO_INSTALL} anew",
        )

    def _answer(self, method: str, which: Meant, more: Params | None = None) -> tuple[str, ...]:
        params: Params = {"dose": which.dose, **(more or {})}
        if DUE in self._features:
            params["due"] = which.due_s + civil.UNIX_2000
        else:
            params |= {"date": which.date, "slot": which.slot}
        return self._ask(method, replies.written, params)

    def _ask(
        self, method: str, check: Check[T], params: Params | Callable[[], Params] | None = None
    ) -> T:
        self.was_told |= method in _FOR_A_PERSON
        reply = self._link.call(method, params)
        try:
            return check(reply)
        except Unfit as unfit:
            raise self.bad_reply(method, str(unfit)) from None

    def _greeting(self, value: object) -> Hello:
        # Another language may well say all the rest in another way.
        check_protocol(Fields(value).read("protocol", maybe(whole(0, replies.MOST))), self.name)
        return replies.hello(value)
