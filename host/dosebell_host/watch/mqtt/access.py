"""How a broker is reached, and in which words it is told that it is not."""

import socket
import ssl
from typing import NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.wording import printable

# Reasons of MQTT 5 that a person can do something about.
_NO_MQTT_5 = 132
_WRONG_LOGIN = (134, 135)


class Access(NamedTuple):
    """How a broker is reached. `tls` has the certificates that are believed, None for none, and
    `where` is where it stands in the settings, for whoever has to put it right there.
    """

    host: str
    port: int
    client_id: str
    user: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None
    where: str = ""

    def __repr__(self) -> str:
        return f"Access({self.address})"

    @property
    def address(self) -> str:
        """What messages call the broker."""
        return f"{self.host}:{self.port}"


def believed(ca: str) -> ssl.SSLContext:
    """The certificates in that file, or those that this machine knows. Raises `UserError`."""
    try:
        return ssl.create_default_context(cafile=ca or None)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        what = f"the certificate cannot be read ({printable(reason)})"
        fix = "name the file with the certificate that signed the broker's"
        raise UserError(what, where=ca, fix=fix, code="file") from None


def failed_words(error: Exception, access: Access) -> str:
    """Why there is no connection, without a full stop."""
    address = access.address
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = printable(error.verify_message or str(error)).rstrip(".")
        return f"the certificate of {address} is not believed ({reason}): name its CA with ca"
    if isinstance(error, ssl.SSLError) or (access.tls and isinstance(error, ConnectionResetError)):
        return f"{address} answers, but not with TLS; write the port that does, or leave tls out"
    if isinstance(error, socket.gaierror):
        known = f"no machine is known by the name {access.host}"
        return f"{known}; where `.local` names do not work, write the IP address"
    if isinstance(error, TimeoutError):
        return f"nothing answers at {address}"
    reason = getattr(error, "strerror", None) or str(error)
    return f"no broker answers at {address} ({printable(reason)})"


def refused_words(code: int, reason: str, access: Access) -> str:
    """Why the broker refuses, without a full stop."""
    address = access.address
    if code in _WRONG_LOGIN and not access.user:
        asks = f"the broker at {address} asks for a user and a password"
        return f"{asks}; give both in {access.where or '[[mqtt]]'}"
    if code in _WRONG_LOGIN and not access.password:
        fix = f"; write it in {access.where}" if access.where else ""
        return f"the broker at {address} does not take this user: no password is given{fix}"
    if code in _WRONG_LOGIN:
        fix = f"; put it right in {access.where}" if access.where else ""
        return f"the broker at {address} does not take this user and password{fix}"
    if code == _NO_MQTT_5:
        return f"the broker at {address} does not speak MQTT 5"
    return f"the broker at {address} refuses ({printable(reason)})"
