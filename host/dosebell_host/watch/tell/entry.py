"""A `[[tell]]` of the settings, or an address on the command line in place of one."""

from dosebell_host.errors import UsageError
from dosebell_host.schedule.fields import Table, key, list_of
from dosebell_host.schedule.values import Wrong, full_text, quiet_hours, text
from dosebell_host.watch.tell.rules import KINDS, USUAL_RULES, TellRule, kind_of, rules_of
from dosebell_host.watch.tell.told import TellHours
from dosebell_host.watch.view import BoxView

_LONGEST_ADDRESS = 2048
_BEHIND_SCHEME = "://"
# What needs nothing secret: this machine's own desktop and log, and a program at an address.
WITHOUT_SECRET = ("dbus", "gnome", "macosx", "windows", "syslog", "json", "jsons")


class SecretAddress:
    """An address of apprise, which mostly holds a password or a token; only `url` tells it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        """What messages call it."""
        return f"{self.scheme}{_BEHIND_SCHEME}***"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecretAddress) and self.url == other.url

    __hash__ = None  # type: ignore[assignment]

    @property
    def scheme(self) -> str:
        return self.url.partition(_BEHIND_SCHEME)[0].lower()


def _address(value: object) -> SecretAddress:
    """It is not shown, whatever it is."""
    if (
        not isinstance(value, str)
        or not value.isprintable()
        or len(value) > _LONGEST_ADDRESS
        or not _has_scheme(value)
    ):
        fix = 'write one of apprise in quotes, as "tgram://TOKEN/CHAT"'
        raise Wrong("this is no address of a message service", fix)
    return SecretAddress(value)


def _has_scheme(value: str) -> bool:
    scheme, behind, _ = value.partition(_BEHIND_SCHEME)
    return bool(behind) and scheme.isascii() and scheme.isalnum()


class TellEntry(Table):
    """One who is told, and of what."""

    name: str = key(full_text, example='name = "anna"')
    url: SecretAddress = key(_address, example='url = "tgram://TOKEN/CHAT"')
    # The name of a box, or its id; "" for all.
    box: str = key(text, default="")
    when: tuple[TellRule, ...] = key(rules_of, default=USUAL_RULES)
    quiet: tuple[int, int] | None = key(quiet_hours, default=None)
    urgent: tuple[str, ...] = key(list_of(kind_of, 0, len(KINDS)), default=())

    def is_about(self, box: BoxView) -> bool:
        """Whether that box is told of."""
        return self.box in ("", box.name, box.device_id)

    @property
    def hours(self) -> TellHours:
        return TellHours(self.quiet, frozenset(self.urgent))

    @property
    def after_s(self) -> dict[str, int]:
        """After how long each thing is told, by the word of its rule."""
        return dict(self.when)


def name_of_entry(entry: TellEntry) -> str:
    """It stays as long as the entry is called so."""
    return f"tell {entry.name}"


def of_address(address: str, settings: str) -> TellEntry:
    """The entry that an address on the command line stands for; `settings` is the file in which
    one with a secret belongs.

    Raises `UsageError` where it is none, or may hold a secret, which it does not repeat.
    """
    try:
        url = _address(address)
    except Wrong as wrong:
        raise UsageError(wrong.message, where="--tell", fix=wrong.fix) from None
    if url.scheme not in WITHOUT_SECRET or any(mark in address for mark in "@?#"):
        raise UsageError(
            f"what is secret in {url} could be seen by others on this machine",
            where="--tell",
            fix=f"write it into {settings}, as the url of a [[tell]], and name that: --tell NAME",
            code="secret",
        )
    return TellEntry(name=url.scheme, url=url)
