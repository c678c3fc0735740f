"""`dosebell doctor --ring`: a reminder to practise with, which leaves no record.

The box rings as for a real dose, for a minute at most, and a press answers it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dosebell_host.box.client import Client
from dosebell_host.box.reach import Pause
from dosebell_host.errors import BadReply, DeviceRefused, UserError
from dosebell_host.talk import Talk
from dosebell_host.wording import command_text

RINGING = "ringing"
ANSWERED = "answered"

ASK_EVERY_S = 0.5
# The box gives up after a minute; whoever waits longer has lost it.
PATIENCE_S = 75.0

ABOUT = (
    "It rings now, as for a real dose, for a minute at most, and notes nothing.",
    "The light blinks, the buzzer sounds. Press the button.",
)
ARRIVED = "The press arrived: the light was on for two seconds, and three notes rose."
STOPS_BY_ITSELF = "The box stops ringing by itself within a minute, or at a press."

# How it can end without a press -> (what happened, what to do, the error's code).
_ENDS = {
    "over": (
        "no press arrived within a minute",
        "if you did press, look at the button: it belongs between GP13 and ground",
        "no-press",
    ),
    "interrupted": (
        "a real dose became due meanwhile, and rings now",
        "answer that one, and practise another time",
        "interrupted",
    ),
}
_RESTARTED = (
    "the box started again in the middle of it",
    "`dosebell doctor` tells whether something is wrong",
    "restarted",
)

# What a person is asked about, and what to look at where they say no.
QUESTIONS = {
    "light": (
        "Did you see the light blink?",
        "Look at the light: GP15, 330 ohms, the LED's long leg; its short leg to ground.\n"
        "The small light on the Pico blinks too: if that one did, it is the wiring.",
    ),
    "sound": (
        "Did you hear it?",
        "Look at the buzzer: it belongs between GP14 and ground. One that sounds by\n"
        'itself is an active one, which wants "active" in board.json: see firmware/README.md.',
    ),
}


class PracticeReport(NamedTuple):
    """What a person said of light and sound; None where nobody could be asked."""

    light: bool | None
    sound: bool | None

    @property
    def is_good(self) -> bool:
        return False not in self

    def to_json(self) -> dict[str, Any]:
        return {"practice": ANSWERED, **self._asdict()}


def practise(talk: Talk, client: Client, pause: Pause) -> PracticeReport:
    """Let the box ring until a press answers it, tell how it goes, and ask how it was.

    Raises `DeviceRefused` where a real dose rings, `UserError` where no press ends it.
    """
    talk.tell(begin(client))
    try:
        wait(client, pause)
    except KeyboardInterrupt:
        talk.note(STOPS_BY_ITSELF)
        raise
    talk.tell([ARRIVED])
    return PracticeReport(**{about: _asked(talk, about) for about in QUESTIONS})


def begin(client: Client) -> Sequence[str]:
    """Let the box ring; what to tell whoever stands beside it. Raises `DeviceRefused`."""
    client.signal_practice()
    return ABOUT


def _asked(talk: Talk, about: str) -> bool | None:
    question, look_at = QUESTIONS[about]
    is_good = talk.confirm(question)
    if is_good is False:
        talk.note(look_at)
    return is_good


def wait(client: Client, pause: Pause) -> None:
    """Return once a press has answered it. Raises `UserError` where it ends in another way."""
    state = RINGING
    for _ in range(round(PATIENCE_S / ASK_EVERY_S)):
        state = client.status().practice or ""
        if state != RINGING:
            break
        pause(ASK_EVERY_S)
    if error := unanswered(state):
        raise error


def unanswered(state: str) -> UserError | None:
    """How a practice ring ended without a press, by what the box says of it once nobody waits any
    longer; None where a press answered it.
    """
    if state == ANSWERED:
        return None
    message, fix, code = _ENDS.get("over" if state == RINGING else state, _RESTARTED)
    return UserError(message, fix=fix, code=code)


def offer_practice(client: Client, port: str | None, talk: Talk) -> None:
    """Whoever has just pushed, to the port that was named, may want to hear it; unless something
    rings.
    """
    if talk.can_ask and is_welcome(client):
        ring = command_text(port, "doctor", "--ring")
        talk.note(f"Hear it now? `{ring}` is a practice ring that leaves no record.")


def is_welcome(client: Client) -> bool:
    """Whether a practice reminder could ring now: nothing else does, and the box can do it."""
    try:
        said = client.status()
    except (DeviceRefused, BadReply):
        return False
    return said.practice is not None and not said.ringing
