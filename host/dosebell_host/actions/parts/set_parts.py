"""`dosebell parts`: what a box has beyond the standard build; written, started and tested."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, NamedTuple

from dosebell import parts, wiring
from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.parts.parts_text import lamps_line, wiring_lines
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import PARTS
from dosebell_host.box.reach import Reach
from dosebell_host.box.replies import LampStrip, PartsFile
from dosebell_host.errors import HOW_TO_INSTALL, DeviceRefused, NoDevice, UsageError, UserError
from dosebell_host.talk import Talk

# What is offered where nobody says otherwise: one lamp for each day of the week.
USUAL = LampStrip(pin=16, count=7, brightness=32)
# A lamp under test blinks for three seconds; then it is the next one's turn.
BLINKS_S = 3.2
# How often a box that starts again is looked for.
_AGAIN_S = 0.5

LOOK_AT = (
    "None at all: DIN and not DOUT is wired, 5V and GND are the right way round, and the pin is"
    " the one drawn. Only the first few: the solder joint after the last that blinked. A wrong"
    " one, or a flicker: a shorter data wire, and the diode or the level shifter."
)


@dataclass(frozen=True)
class PartsWishes:
    """What the box is to have: so many lamps (0 for none), None to leave it as it is. `restart`
    starts it anew with what was written, without asking.
    """

    port: str | None = None
    lamps: int | None = None
    pin: int | None = None
    brightness: int | None = None
    test: bool = False
    restart: bool = False

    @property
    def changes(self) -> bool:
        return (self.lamps, self.pin, self.brightness) != (None, None, None)


class PartsReport(NamedTuple):
    """What the box has, and what was done about it. `seen` is what a person said of the test, None
    where nobody was asked.
    """

    lamps: LampStrip | None
    written: bool
    restarted: bool
    tested: int
    seen: bool | None

    def to_json(self) -> dict[str, Any]:
        return {**self._asdict(), "lamps": self.lamps and self.lamps.to_json()}


def set_parts(wishes: PartsWishes, talk: Talk, reach: Reach) -> PartsReport:
    """Tell what parts a box has, write what it is to have, let it start anew and test each lamp.

    Raises `UserError` where the box cannot have that, `DeviceRefused` where it says so itself.
    """
    with contacted(wishes.port, talk, reach) as contact:
        found = read_parts(contact)
        talk.tell(_found_lines(found))
        lamps = _wanted(wishes, found, talk, _compartments(contact))
        # An empty file is one that the box cannot use, and reads as none.
        written = lamps != found.lamps or not found.is_usable or wishes.lamps == 0
        if written:
            _check(lamps)
            contact.client.parts_write(lamps)
            talk.tell([f"Written: {lamps_line(lamps)}"])
        if lamps:
            talk.tell(["", *wiring_lines(lamps), ""])
        # What was written before, and is not in use yet, may be meant as well.
        restarted = (written or wishes.changes) and _restarts(wishes, contact, talk, written)
    tested, seen = 0, None
    if lamps and (restarted or not written) and _tests(wishes, talk):
        with ExitStack() as stack:
            contact = _met_again(stack, wishes.port, talk, reach)
            tested, seen = _test(contact, lamps, talk, reach)
    return PartsReport(lamps, written, restarted, tested, seen)


def read_parts(contact: Contact) -> PartsFile:
    """What parts the box has. Raises `DeviceRefused` where it is too old to have any."""
    if PARTS not in contact.hello.features:
        raise DeviceRefused(
            "the firmware of this box knows no parts yet",
            fix=f"{HOW_TO_INSTALL}, which also upgrades it",
            code="parts",
        )
    return contact.client.parts_read()


def _found_lines(found: PartsFile) -> Iterator[str]:
    yield f"The box has {lamps_line(found.lamps)}"
    if not found.is_usable:
        yield "There is a file parts.json on it that it cannot use."


def _compartments(contact: Contact) -> int:
    """How many compartments the schedule in force names."""
    return max((max(dose.places) for dose in contact.plan.doses), default=0)


def _wanted(
    wishes: PartsWishes, found: PartsFile, talk: Talk, compartments: int
) -> LampStrip | None:
    """The strip that the box is to have, offered with a lamp for each compartment. Raises
    `UsageError` where it is none.
    """
    if wishes.changes:
        return _told(wishes, found.lamps)
    if wishes.test or not talk.can_ask:
        return found.lamps
    now = found.lamps or USUAL
    offered = found.lamps.count if found.lamps else compartments
    count = _number(talk, "How many lamps, 0 for none", offered)
    if not count:
        return None
    pin = _number(talk, "Data pin, GP", now.pin)
    return LampStrip(pin, count, _number(talk, "Brightness, 1 to 255", now.brightness))


def _told(wishes: PartsWishes, before: LampStrip | None) -> LampStrip | None:
    if wishes.lamps == 0:
        return None
    if before is None and wishes.lamps is None:
        raise UsageError("the box has no lamps yet", fix="say how many: --lamps N")
    now = before or USUAL
    return LampStrip(
        now.pin if wishes.pin is None else wishes.pin,
        now.count if wishes.lamps is None else wishes.lamps,
        now.brightness if wishes.brightness is None else wishes.brightness,
    )


def _number(talk: Talk, prompt: str, default: int) -> int:
    typed = talk.ask(prompt, str(default))
    try:
        return default if typed is None else int(typed)
    except ValueError:
        raise UserError(f"{typed} is no whole number", code="number") from None


def _check(lamps: LampStrip | None) -> None:
    """Raise `UserError` where no box could have such a strip."""
    if lamps is None:
        return
    if not 1 <= lamps.count <= parts.MAX_LAMPS:
        raise UserError(
            f"a strip of {lamps.count} lamps is none that the box knows",
            where="--lamps",
            fix=f"take 1 to {parts.MAX_LAMPS} of them, or 0 for none",
            code="parts",
        )
    if lamps.pin not in wiring.PINS:
        raise UserError(
            f"a Pico has no free pin GP{lamps.pin}",
            where="--pin",
            fix="take one of GP0 to GP22, or GP26 to GP28",
            code="parts",
        )
    brightest = parts.MAX_MA * parts.FULL // (parts.LAMP_MA * lamps.count)
    if not 1 <= lamps.brightness <= min(parts.FULL, brightest):
        raise UserError(
            f"{lamps.count} lamps at brightness {lamps.brightness} cannot be: they would draw"
            f" {max(0, lamps.current_ma)} mA, and 1 to {parts.MAX_MA} mA is what the plug of the"
            " box gives",
            where="--brightness",
            fix=f"take 1 to {min(parts.FULL, brightest)}",
            code="parts",
        )


def _restarts(wishes: PartsWishes, contact: Contact, talk: Talk, written: bool) -> bool:
    """Whether the box was asked to start anew, which takes it some seconds."""
    if wishes.restart or (written and talk.confirm("It is in use once the box starts anew. Now?")):
        contact.client.device_reset()
        return True
    if written:
        talk.note("It is in use once the box has started anew; with --yes that is at once.")
    return False


def _tests(wishes: PartsWishes, talk: Talk) -> bool:
    return wishes.test or bool(talk.confirm("Test each lamp in turn?"))


def _test(contact: Contact, lamps: LampStrip, talk: Talk, reach: Reach) -> tuple[int, bool | None]:
    """Let each lamp blink, the first one first; how many, and what a person said of it."""
    for place in range(1, lamps.count + 1):
        contact.client.parts_test(place)
        talk.tell([f"Lamp {place} blinks three times."])
        reach.pause(BLINKS_S)
    seen = talk.confirm("Did each of them blink, one after the other?")
    if seen is False:
        talk.note(LOOK_AT)
    return lamps.count, seen


def _met_again(stack: ExitStack, port: str | None, talk: Talk, reach: Reach) -> Contact:
    """The box once more, until the stack ends; one that starts anew has no port for a while."""
    began_s = reach.elapsed_s()
    while True:
        try:
            return stack.enter_context(contacted(port, talk, reach))
        except NoDevice:
            if reach.elapsed_s() - began_s > reach.restart.gone_s:
                raise
            reach.pause(_AGAIN_S)
