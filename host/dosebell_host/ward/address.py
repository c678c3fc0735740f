"""The address of a ward's database: `postgresql://USER@HOST:PORT/NAME`, without a password.

Other programs on a machine see what is typed, and an address is shown wherever something is wrong
with it; so a password stands in the settings, in PGPASSWORD or in ~/.pgpass. A parameter that no
connection has is refused unseen, for it may be a password that was misspelled.
"""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from dosebell_host.errors import UsageError
from dosebell_host.wording import printable

_SCHEMES = ("postgresql://", "postgres://")
_PORT = "5432"
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s]*)(?::([0-9]{1,5}))?")
_A_PASSWORD = re.compile(r"pass(word|wd|phrase)?\W*=", re.IGNORECASE)
# Those of libpq but its passwords, and but `dbname`, for the path names the database.
_PARAMETERS = frozenset(
    "host hostaddr port user passfile require_auth channel_binding connect_timeout client_encoding"
    " options application_name fallback_application_name keepalives keepalives_idle"
    " keepalives_interval keepalives_count tcp_user_timeout sslmode sslnegotiation sslcompression"
    " sslcert sslkey sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer"
    " ssl_min_protocol_version ssl_max_protocol_version gssencmode gssdelegation krbsrvname gsslib"
    " service target_session_attrs load_balance_hosts".split()
)


def checked_address(text: str) -> str:
    """The address, as it is. Raises `UsageError` where it is none, or holds a password."""
    try:
        parts = urlsplit(text)
        said = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise _no_address(text) from None
    user = parts.netloc.rpartition("@")[0]
    if ":" in unquote(user) or _A_PASSWORD.search(unquote(parts.query)):
        raise UsageError(
            "an address with a password in it can be seen by others on this machine",
            fix="leave it out, and put it into the [[database]] entry, PGPASSWORD or ~/.pgpass",
            code="secret",
        )
    is_address = (
        text.startswith(_SCHEMES) and "@" not in user and all(map(_is_host, _hosts(parts)))
    )
    if not is_address or not parts.path.strip("/") or parts.fragment:
        raise _no_address(text)
    if not {key for key, _ in said} <= _PARAMETERS:
        fix = "leave it out; sslmode, sslrootcert and connect_timeout are some that there are"
        raise UsageError("that address has a parameter that no connection knows", fix=fix)
    return text


def place(url: str) -> str:
    """What messages call the database at a checked address: the machine or the folder of its
    socket, its port and the name there.
    """
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query))
    hosts = [unquote(host) for host in _hosts(parts) if host] or said.get("host", "").split(",")
    named = [_with_port(host or "localhost", said.get("port") or _PORT) for host in hosts]
    return f"{','.join(named)}/{parts.path.strip('/')}"


def _hosts(parts: SplitResult) -> list[str]:
    return parts.netloc.rpartition("@")[2].split(",")


def _is_host(text: str) -> bool:
    found = _HOST.fullmatch(text)
    return found is not None and (found[2] is None or 0 < int(found[2]) < 1 << 16)


def _with_port(host: str, port: str) -> str:
    """Names of machines are the same in small letters, folders are not."""
    found = _HOST.fullmatch(host)
    is_folder = host.startswith("/")
    name = host if is_folder else host.lower()
    return name if found and found[2] else f"{name}:{port}"


def _no_address(text: str) -> UsageError:
    # It may hold a password all the same, so of one that is none only its beginning is shown.
    shown = printable(text.partition("@")[0].partition(":")[0])[:20]
    fix = "write it as postgresql://USER@HOST:5432/NAME"
    return UsageError(f'"{shown}..." is no address of a database', fix=fix)
