"""An `[[mqtt]]` of the settings, or an address on the command line in place of one."""

import re
from urllib.parse import urlsplit

from dosebell_host.errors import UsageError
from dosebell_host.schedule.fields import Table, key, within, word
from dosebell_host.schedule.values import Wrong, show, text, whole_number, yes_no
from dosebell_host.watch.kind import NOW, START
from dosebell_host.watch.mqtt.topics import HOME_ASSISTANT, PREFIX
from dosebell_host.watch.secret import secret
from dosebell_host.watch.view import BoxView

PLAIN = "mqtt"
SAFE = "mqtts"
_PORTS = {PLAIN: 1883, SAFE: 8883}
_PORT_LIMITS = (1, 65535)
_LEVELS = re.compile(r"[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*", re.ASCII)
_LONGEST = 64
_WITH_PORT = re.compile(r"[^:]+:([0-9]{1,5})")
_HOST = re.compile(r"[a-zA-Z0-9.:_-]{1,253}", re.ASCII)


def _host(value: object) -> str:
    if isinstance(value, str) and (found := _WITH_PORT.fullmatch(value)):
        raise Wrong(f"{show(value)} has a port in it", f"write the port as port = {found[1]}")
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        raise Wrong(f"{show(value)} is no name of a machine", 'write it as "broker.local"')
    return value


def _levels(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not _LEVELS.fullmatch(value):
        fix = "write letters without accents, digits, _ and -, with / between levels"
        raise Wrong(f"{show(value)} cannot begin a topic", fix)
    return value


def _path(value: object) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise Wrong(f"{show(value)} is no file", 'write it as "/etc/ssl/my-ca.pem"')
    return value


class MqttEntry(Table):
    """One broker, and what it is told."""

    host: str = key(_host, example='host = "homeassistant.local"')
    port: int = key(within(whole_number, _PORT_LIMITS), default=0)
    tls: bool = key(yes_no, default=False)
    # The file with the certificate that signs the broker's; "" for those that this machine knows.
    ca: str = key(_path, default="")
    user: str = key(text, default="")
    password: str = key(secret, default="")
    prefix: str = key(_levels, default=PREFIX)
    discovery: str = key(_levels, default=HOME_ASSISTANT)
    commands: bool = key(yes_no, default=False)
    # The name of a box, or its id; "" for all.
    box: str = key(text, default="")
    start: str = key(word(NOW, START), default=NOW, name="from")

    def __repr__(self) -> str:
        """Without what it holds, for that may be a password."""
        return f"MqttEntry({self.address})"

    @property
    def is_safe(self) -> bool:
        """Whether what is said to the broker is encrypted."""
        return self.tls or bool(self.ca)

    @property
    def at(self) -> tuple[str, int]:
        """The machine and its port."""
        return self.host, self.port or _PORTS[SAFE if self.is_safe else PLAIN]

    @property
    def address(self) -> str:
        """What messages call the broker."""
        return f"{self.at[0]}:{self.at[1]}"

    def is_about(self, box: BoxView) -> bool:
        """Whether it is told of that box."""
        return self.box in ("", box.name, box.device_id)


def name_of_entry(entry: MqttEntry) -> str:
    """It stays as long as the broker and the topics do."""
    return f"mqtt {entry.address}/{entry.prefix}"


def of_address(address: str) -> MqttEntry:
    """The entry that `mqtt://HOST`, `mqtts://HOST:PORT` or `mqtt://HOST/PREFIX` stands for.

    Raises `UsageError` where it is none, or holds a password, which others could see.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _no_address(address) from None
    if "@" in address:
        raise UsageError(
            "an address with a user or a password in it can be seen by others on this machine",
            fix="write an [[mqtt]] with them into the file that `dosebell watch --init` begins",
            code="secret",
        )
    if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment:
        raise _no_address(address)
    said = {"host": parts.hostname, "tls": parts.scheme == SAFE}
    if port:
        said["port"] = port
    if prefix := parts.path.strip("/"):
        said["prefix"] = prefix
    try:
        return MqttEntry.read(said)
    except Wrong:
        raise _no_address(address) from None


def _no_address(address: str) -> UsageError:
    fix = "write it as mqtt://broker.local or mqtts://broker.local:8883"
    return UsageError(f"{show(address)} is no address of a broker", fix=fix)
