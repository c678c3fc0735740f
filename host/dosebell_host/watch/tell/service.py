"""A message service, spoken to in a thread of its own for a limited time.

One that hangs is left hanging: what is to be told next waits, and nothing else does. Should it
take that message after all, it is not sent a second time. After a few waits it is given up.
"""

import threading
from typing import Protocol

from dosebell_host.errors import UserError
from dosebell_host.watch.tell.entry import SecretAddress

LIMIT_S = 30.0
# A thread that hangs is waited for so often before another one tries.
_MOST_WAITS = 10


class Outgoing(Protocol):
    """Whoever knows how to speak with message services."""

    def check(self, address: SecretAddress) -> None:
        """Raises `UserError` where nothing can be sent there at all."""

    def send(self, address: SecretAddress, text: str) -> None:
        """Send one message. Raises `UserError` where it is not taken."""


class _Attempt:
    """One message on its way."""

    def __init__(
        self, outgoing: Outgoing, address: SecretAddress, text: str, what: object
    ) -> None:
        self.what = what
        self.waits = 0
        self.error: UserError | None = None
        self.is_over = threading.Event()
        args = (outgoing, address, text)
        threading.Thread(target=self._run, args=args, name="dosebell-tell", daemon=True).start()

    def _run(self, outgoing: Outgoing, address: SecretAddress, text: str) -> None:
        try:
            outgoing.send(address, text)
        except UserError as error:
            self.error = error
        except Exception as error:
            # What such an error says may hold the address.
            self.error = UserError(f"{address} failed ({type(error).__name__})", code="tell")
        finally:
            self.is_over.set()


class MessageService:
    """The service at one address; a message may take `limit_s`."""

    def __init__(
        self, outgoing: Outgoing, address: SecretAddress, limit_s: float = LIMIT_S
    ) -> None:
        self._outgoing = outgoing
        self._address = address
        self._limit_s = limit_s
        self._attempt: _Attempt | None = None

    def check(self) -> None:
        """Raises `UserError` where nothing can be sent at all."""
        self._outgoing.check(self._address)

    def send(self, text: str, what: object) -> None:
        """Send a message about `what`, or wait for the one about it that is on its way.

        Raises `UserError` where it is not taken, or not in time.
        """
        attempt = self._attempt or _Attempt(self._outgoing, self._address, text, what)
        self._attempt = attempt
        if not attempt.is_over.wait(self._limit_s):
            attempt.waits += 1
            if attempt.waits >= _MOST_WAITS:
                self._attempt = None
            raise UserError(f"{self._address} did not answer in time", code="tell")
        self._attempt = None
        if attempt.what != what:
            # It was about something that needs nobody any more.
            self.send(text, what)
        elif attempt.error:
            raise attempt.error
