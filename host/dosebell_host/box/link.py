"""JSON-RPC with a box, over anything that reads and writes like a pyserial port.

Every request is safe to repeat, so one whose answer is lost, late or damaged is simply sent again,
under the same number. What comes in and is no answer is the board's own text: it is kept, because
when nothing else comes, it tells why.
"""

import contextlib
import json
import random
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from dosebell import frames
from dosebell_host.box.meanings import refused
from dosebell_host.box.patience import LINK_PATIENCE, LinkPatience
from dosebell_host.errors import HOW_TO_INSTALL, NoDevice
from dosebell_host.talk import Note, no_note
from dosebell_host.wording import BUSY, printable

try:
    # On POSIX a port that went away fails with this in some calls; it is no OSError.
    from termios import error as TerminalError
except ImportError:
    TerminalError = OSError  # type: ignore[misc,assignment]

Params = dict[str, Any]
Message = dict[str, Any]

# What writes to flash or walks through the journal.
SLOW_METHODS = frozenset({"clock.set", "schedule.begin", "schedule.commit"})
SLOW_PREFIXES = ("dose.",)
# The word of a box that goes on looking for a record, and wants to be asked again.
SEARCHING = "searching"

# A Pico's USB buffer holds 256 bytes, so no piece is longer than half of it.
PIECE_BYTES = 128
LONGEST_LINE_BYTES = 4 * frames.MAX_LINE
KEPT_LINES = 12
# One character in so many may be no text where a program that speaks is shown; more is babble.
_MOST_OTHERS = 10
_NOT_UTF8 = "\ufffd"

PORT_ERRORS = (OSError, TerminalError)


class Port(Protocol):
    """What of a pyserial port is used. `read` gives b"" once `timeout` seconds brought nothing."""

    timeout: float | None

    @property
    def in_waiting(self) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def write(self, data: bytes, /) -> int | None: ...
    def reset_input_buffer(self) -> None: ...
    def close(self) -> None: ...


class Link:
    """Requests and answers over one port. `name` is what messages call it.

    A box that is slow, or still starting, does not gain by being asked again every second: its
    `patience` is longer. `elapsed_s` counts seconds and is never set, unlike a clock.
    """

    def __init__(
        self,
        port: Port,
        name: str = "the board",
        patience: LinkPatience = LINK_PATIENCE,
        elapsed_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        # Told where a request takes so long that a person should hear of it.
        self.note: Note = no_note
        # Lines from the board that are no answers: its log, or whatever runs there instead.
        self.heard: deque[str] = deque(maxlen=KEPT_LINES)
        self._port = port
        self._patience = patience
        self._elapsed_s = elapsed_s
        self._partial = b""
        # How much of what was heard is text, and how much is not.
        self._text_chars = self._other_chars = 0
        self._has_answered = False
        # Numbers go on from anywhere, so that no late answer to an earlier program fits.
        self._number = random.randrange(1 << 28)

    def call(self, method: str, params: Params | Callable[[], Params] | None = None) -> Any:
        """The result of one request, unread. `params` may be a function, asked anew for every try.

        A box that looks through its journal for it is asked again until it has looked long enough.
        Raises `DeviceRefused` where the box says no, `NoDevice` where no answer comes.
        """
        began_s, told = self._elapsed_s(), False
        while True:
            reply = self._answered(method, params)
            if _reason(reply) != SEARCHING or self._searched_s(began_s) > self._patience.search_s:
                return _result(method, reply)
            if not told and self._searched_s(began_s) > self._patience.silent_s:
                told = True
                self.note(f"{self.name} looks through its journal for that one ...")
            # Nothing comes unasked, so this waits.
            self._reply(self._patience.search_again_s)

    def _searched_s(self, began_s: float) -> float:
        return self._elapsed_s() - began_s

    def _answered(self, method: str, params: Params | Callable[[], Params] | None) -> Message:
        """The reply to one request, which is sent again where none comes."""
        self._number += 1
        slow = method in SLOW_METHODS or method.startswith(SLOW_PREFIXES)
        try:
            for attempt in range(self._patience.tries):
                self._send(method, params() if callable(params) else params or {})
                wait_s = self._patience.answer_s(slow, attempt, self._has_answered)
                reply = self._reply(wait_s)
                if reply is not None:
                    self._has_answered = True
                    return reply
        except PORT_ERRORS as error:
            raise self._vanished(error) from None
        raise self._no_answer()

    def close(self) -> None:
        with contextlib.suppress(*PORT_ERRORS):
            self._port.close()

    def _send(self, method: str, params: Params) -> None:
        request = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        # The newline first ends whatever half line stands in the box's buffer.
        data = b"\n" + frames.seal(json.dumps(request, separators=(",", ":")))
        for start in range(0, len(data), PIECE_BYTES):
            self._port.write(data[start : start + PIECE_BYTES])

    def _reply(self, timeout_s: float) -> Message | None:
        """The answer to the request just sent, or None when the time is up."""
        until_s = self._elapsed_s() + timeout_s
        while (left_s := until_s - self._elapsed_s()) > 0:
            self._port.timeout = left_s
            data = self._port.read(max(1, self._port.in_waiting))
            if not data:
                return None
            for line in self._lines(data):
                reply = self._answer_in(line)
                if reply is not None:
                    return reply
        return None

    def _lines(self, data: bytes) -> list[bytes]:
        """The whole lines that `data` ends; the rest waits for more."""
        *lines, self._partial = (self._partial + data).split(b"\n")
        # A port that babbles without end must not fill the memory.
        self._partial = self._partial[-LONGEST_LINE_BYTES:]
        return lines

    def _answer_in(self, line: bytes) -> Message | None:
        payload = frames.unseal(line.rstrip(b"\r"))
        message = _json_object(payload) if payload is not None else None
        if message is None or not ("result" in message or "error" in message):
            self._hear(line)
            return None
        # Any other number is a late answer to an earlier try: neither ours nor the board's log.
        return message if message.get("id") == self._number else None

    def _hear(self, line: bytes) -> None:
        said = line.decode(errors="replace")
        others = sum(c == _NOT_UTF8 or not (c.isprintable() or c in "\t\r") for c in said)
        self._other_chars += others
        self._text_chars += len(said) - others
        text = printable(said).strip()
        if text:
            self.heard.append(text[:200])

    def _hear_last_words(self) -> None:
        """What was said before it went, where the way there broke first."""
        with contextlib.suppress(*PORT_ERRORS):
            self._port.timeout = 0
            for _ in range(LONGEST_LINE_BYTES):
                for line in self._lines(self._port.read(1)):
                    self._hear(line)

    def _no_answer(self) -> NoDevice:
        if self._partial:
            self._hear(self._partial)
        if self._has_answered:
            return NoDevice(
                f"{self.name} stopped answering",
                fix="unplug it, plug it in again, and repeat the command",
                code="no-answer",
            )
        if not self.heard:
            return NoDevice(
                f"{self.name} answered nothing",
                fix=f"unplug it and plug it in again; if it is a new Pico, {HOW_TO_INSTALL}",
                code="no-answer",
            )
        if self._other_chars * _MOST_OTHERS > self._text_chars:
            return NoDevice(
                f"{self.name} is there, and sends something that is no text",
                fix="is it the right port? `dosebell ports` lists them",
                code="no-dosebell",
            )
        said = "\n  ".join(self.heard)
        return NoDevice(
            f"{self.name} is there, but no dosebell board answers. It said:\n  {said}\n"
            "That is no answer.",
            fix=_fix_for(said),
            code="no-dosebell",
        )

    def _vanished(self, error: Exception) -> NoDevice:
        self._hear_last_words()
        if BUSY in self.heard:
            return busy(self.name)
        # pyserial's own words for it are long and guess at causes; the system's are short.
        reason = getattr(error, "strerror", None)
        return NoDevice(
            f"{self.name} went away{f' ({reason})' if reason else ''}",
            fix="plug the board in again and repeat the command",
            code="vanished",
        )


def busy(name: str) -> NoDevice:
    """That somebody else has that port open."""
    return NoDevice(
        f"{name} is in use by another program",
        fix="close the other dosebell, Thonny or terminal that has it open",
        code="busy",
    )


def _json_object(payload: str) -> Message | None:
    try:
        message = json.loads(payload)
    except (ValueError, RecursionError):
        # Lists in lists without end are no message either.
        return None
    return message if isinstance(message, dict) else None


def _result(method: str, reply: Message) -> Any:
    error = reply.get("error")
    if isinstance(error, dict):
        raise refused(method, _reason(reply), _text(error.get("message")))
    return reply.get("result")


def _reason(reply: Message) -> str:
    """The box's word for its refusal; "" where it has none, or does not refuse."""
    error = reply.get("error")
    data = error.get("data") if isinstance(error, dict) else None
    return _text(data.get("reason")) if isinstance(data, dict) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _fix_for(said: str) -> str:
    if ">>>" in said or "MicroPython" in said:
        return f"MicroPython runs there, but no dosebell: {HOW_TO_INSTALL}"
    if "Traceback" in said:
        return f"Its program failed: unplug it and plug it in again. {HOW_TO_INSTALL} anew"
    return "Is it the right port? `dosebell ports` lists them"
