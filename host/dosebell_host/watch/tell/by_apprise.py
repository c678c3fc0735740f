"""Messages by apprise, which knows some hundred services.

It is loaded when first needed, for that takes a second. What it logs may hold the address and so a
password: nothing of that is shown, and no error of it is repeated.
"""

import logging
from types import ModuleType
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.watch.tell.entry import SecretAddress

_LOGGERS = ("apprise", "urllib3", "requests")
_MANUAL = "https://appriseit.com"


class ByApprise:
    """Sends by apprise."""

    def check(self, address: SecretAddress) -> None:
        """Raises `UserError` where apprise is missing, or does not know such an address."""
        _service(address)

    def send(self, address: SecretAddress, text: str) -> None:
        """Send one message. Raises `UserError` where the service does not take it."""
        if not _service(address).notify(body=text):
            raise UserError(f"{address} did not take the message", code="tell")


def _service(address: SecretAddress) -> Any:
    found = _apprise().Apprise()
    if not found.add(address.url):
        fix = f"look up at {_MANUAL} how it is written for that service"
        raise UserError(f"{address} is no address that apprise knows", fix=fix, code="tell")
    return found


def _apprise() -> ModuleType:
    try:
        import apprise
    except ImportError:
        fix = "type: pip install 'dosebell[watch]'"
        raise UserError("messages need apprise, which is missing", fix=fix, code="tell") from None
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return apprise
