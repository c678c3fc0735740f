"""The address of a ward's database: `postgresql://USER@HOST:PORT/NAME`, without a password.

Other programs on a machine see what is typed, and an address is shown wherever something is wrong
with it; so a password stands in the settings, in PGPASSWORD or in ~/.pgpass.
"""

from urllib.parse import parse_qsl, urlsplit

from dosebell_host.errors import UsageError
from dosebell_host.wording import printable

_SCHEMES = ("postgresql", "postgres")
_SECRETS = {"password", "sslpassword"}


def checked_address(text: str) -> str:
    """The address, as it is. Raises `UsageError` where it is none, or holds a password."""
    try:
        parts = urlsplit(text)
        said = {key for key, _ in parse_qsl(parts.query, strict_parsing=bool(parts.query))}
        secret, name = parts.password, parts.path.strip("/")
        is_address = parts.scheme in _SCHEMES and (parts.port is None or parts.port > 0)
    except ValueError:
        raise _no_address(text) from None
    if secret is not None or said & _SECRETS:
        raise UsageError(
            "an address with a password in it can be seen by others on this machine",
            fix="leave it out, and put it into the [[database]] entry, PGPASSWORD or ~/.pgpass",
            code="secret",
        )
    if not is_address or not name or parts.fragment:
        raise _no_address(text)
    return text


def _no_address(text: str) -> UsageError:
    # It may hold a password all the same, so of one that is none only its beginning is shown.
    shown = printable(text.partition("@")[0].partition(":")[0])[:20]
    fix = "write it as postgresql://USER@HOST:5432/NAME"
    return UsageError(f'"{shown}..." is no address of a database', fix=fix)
