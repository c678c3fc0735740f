"""`dosebell clock`: the two clocks side by side, and setting the one by the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dosebell_host.actions.status import TRUST
from dosebell_host.box.clock_verdict import (
    SET_FROM_S,
    ahead_of,
    difference_text,
    is_laptop_wrong,
    set_command,
    step_text,
)
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.talk import Talk
from dosebell_host.wording import duration_text

# A larger step against a clock that the box trusts is made only when a person agrees.
LARGEST_UNASKED_S = 86_400


@dataclass(frozen=True)
class Clocks:
    """Both clocks, in the zone of the schedule, "" without one: then it is the laptop's own.

    `step_s` is by how much the box's was set, None where it was not.
    """

    box: datetime | None
    laptop: datetime
    trust: str
    ahead_s: float | None
    zone: str = ""
    step_s: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "box": None if self.box is None else self.box.isoformat(),
            "laptop": self.laptop.isoformat(),
            "timezone": self.zone or None,
            "ahead_s": None if self.ahead_s is None else round(self.ahead_s, 1),
            "trust": self.trust,
            "set": self.step_s is not None,
            "step_s": self.step_s,
        }


def compare(contact: Contact) -> Clocks:
    """Both clocks as they are now."""
    hello, laptop_s = contact.hello, contact.laptop()
    shown = contact.local.datetime
    return Clocks(
        box=None if hello.utc is None else shown(from_unix(hello.utc)),
        laptop=shown(from_unix(laptop_s)),
        trust=hello.trust,
        ahead_s=ahead_of(hello, laptop_s),
        zone=contact.plan.zone_name,
    )


def set_to_laptop(contact: Contact, talk: Talk) -> Clocks:
    """Set the box's clock, and compare again; where it would jump, the person is asked first.

    Raises `UserError` where that is not agreed to, or where the laptop's own clock can't be right.
    """
    jumps = _losses(compare(contact))
    if jumps:
        talk.agree(jumps, "Set it")
    if is_laptop_wrong(contact.laptop()):
        raise UserError(
            "this laptop shows a date before this release of dosebell was made",
            fix="put its date right first",
            code="laptop-clock",
        )
    step_s = contact.client.clock_set(contact.laptop, force=bool(jumps))
    contact.look_again()
    return replace(compare(contact), step_s=step_s)


def lines(found: Clocks, port: str | None = None) -> Iterator[str]:
    """The comparison for a person who named that port, or none."""
    zone = found.zone or "by this laptop's time zone"
    box = "not set" if found.box is None else f"{found.box:%Y-%m-%d %H:%M:%S} {zone}"
    trust = "" if found.box is None else f", {TRUST.get(found.trust, found.trust)}"
    yield f"Box     {box}{trust}"
    yield f"Laptop  {found.laptop:%Y-%m-%d %H:%M:%S} {zone}"
    if found.step_s is not None:
        yield set_text(found.step_s)
    elif found.ahead_s is not None:
        yield f"The box's clock is {difference_text(found.ahead_s)}."
    if found.step_s is None and (found.ahead_s is None or abs(found.ahead_s) >= SET_FROM_S):
        yield f"To set it: {set_command(port)}"


def set_text(step_s: int) -> str:
    """That a box's clock was set, and by how much."""
    return f"Set: {step_text(step_s)}." if step_s else "Set."


def _losses(found: Clocks) -> list[str]:
    """What a person should agree to before the box's clock is set."""
    if found.ahead_s is None or abs(found.ahead_s) <= LARGEST_UNASKED_S:
        return []
    where = "behind" if found.ahead_s < 0 else "ahead"
    return [f"the box's clock is {duration_text(found.ahead_s)} {where}, and would jump"]
