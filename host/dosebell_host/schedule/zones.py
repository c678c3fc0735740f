"""Time zones: which names are good, and every change of UTC offset as a table for the device.

The device knows no zones. It gets the instants at which the offset changes from 2025 to 2050,
taken from `zoneinfo` (the system's data, else the `tzdata` package). Which zone this laptop is in,
the system says, where it does.
"""

import contextlib
import functools
import os
import pkgutil
import re
import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dosebell_host.errors import UserError

UNIX_2000 = 946_684_800  # 2000-01-01T00:00Z, the device's zero, in Unix seconds
_FROM, _UNTIL = datetime(2025, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
TABLE_FROM, TABLE_UNTIL = (int(at.timestamp()) - UNIX_2000 for at in (_FROM, _UNTIL))
_SECOND = timedelta(seconds=1)

# Changes closer together than one step would hide each other. The closest pair from 2025 to 2050
# is seven days apart (Asia/Gaza in October 2040), so three days leave room for surprises.
SEARCH_STEP = timedelta(days=3)

# Files that stand among the zones but name no place: a stand-in for "not configured", and copies
# of whatever the machine at hand is set to, which would mean something else on the next laptop.
NOT_ZONES = frozenset({"Factory", "localtime", "posixrules", "posix", "right"})

# Shorter names are abbreviations ("CEST"), and what is near in letters is far in meaning.
SHORTEST_SLIP = 5

# An offset says nothing of the clock changes, and Etc/GMT+1 is an hour *behind* UTC: whoever
# writes one is asked for a place and never given another offset.
_OFFSET = r"(etc/)?(gmt|utc?|z)?[ _]*([+\-\u2212][ _]*)?\d{1,2}(:?\d\d)?"
_FIXED = re.compile(r"Etc/GMT([+-]?)(\d*)")
_A_CITY = 'name a city, such as "Europe/Berlin"'
_ETC = Path("/etc")
_ZONES = "zoneinfo/"
_MEANT = {"EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu"}


def shifts(zone_name: str) -> list[tuple[int, int]]:
    """(instant, UTC offset from then on) from 2025 to 2050, both in seconds, since 2000 in UTC.

    The first entry is 2025-01-01T00:00Z with the offset then in force. Raises `UserError` for a
    name that is no zone.
    """
    return list(_shifts(check_zone(zone_name)))


def check_zone(zone_name: str) -> str:
    """The name itself if it is an IANA zone; else `UserError` that names the nearest one."""
    if not _is_known(zone_name):
        shown = zone_name if zone_name.isprintable() and len(zone_name) <= 40 else "this"
        raise UserError(f'"{shown}" is no time zone', fix=_suggestion(zone_name), code="zone")
    return zone_name


def zone_warning(zone_name: str) -> str:
    """What a person should hear of a zone that is one but hardly the one meant; "" of the rest."""
    if zone_name in _MEANT:
        return f"{zone_name} has no clock changes; did you mean {_MEANT[zone_name]}?"
    fixed = _FIXED.fullmatch(zone_name)
    if not fixed:
        return ""
    sign, hours = fixed.groups()
    where = {"+": f", and is {hours} h behind UTC", "-": f", and is {hours} h ahead of UTC"}
    behind = where.get(sign, "") if int(hours or 0) else ""
    return f"{zone_name} has no clock changes{behind}; did you mean a city, such as Europe/Berlin?"


def known_zones() -> frozenset[str]:
    """Every zone name that a schedule may use on this laptop."""
    return frozenset(filter(_names_a_place, zoneinfo.available_timezones() | _packaged_zones()))


@functools.cache
def _shifts(zone_name: str) -> tuple[tuple[int, int], ...]:
    zone = zoneinfo.ZoneInfo(zone_name)
    first, until = _FROM.replace(tzinfo=zone), _UNTIL.replace(tzinfo=zone)
    before, offset = first, _offset(first)
    table = [(first, offset)]
    while before < until:
        after = before + SEARCH_STEP
        if _offset(after) != offset:
            after = _first_change(before, after)
            offset = _offset(after)
            if after < until:
                table.append((after, offset))
        before = after
    return tuple((TABLE_FROM + (at - first) // _SECOND, offset // _SECOND) for at, offset in table)


def _first_change(low: datetime, high: datetime) -> datetime:
    """The first second in (low, high] whose offset differs from that at `low`, by bisection."""
    old = _offset(low)
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        if _offset(middle) == old:
            low = middle
        else:
            high = middle
    return high


def _offset(utc: datetime) -> timedelta:
    """The offset at a time in UTC that carries its zone all the same, as `fromutc` wants it."""
    assert utc.tzinfo
    offset = utc.tzinfo.fromutc(utc).utcoffset()
    assert offset is not None
    return offset


def _is_known(zone_name: str) -> bool:
    # The packaged list is one short file; asking zoneinfo means opening some six hundred.
    if not _names_a_place(zone_name):
        return False
    return zone_name in _packaged_zones() or zone_name in zoneinfo.available_timezones()


def _names_a_place(zone_name: str) -> bool:
    return zone_name.split("/")[0] not in NOT_ZONES


@functools.cache
def _packaged_zones() -> frozenset[str]:
    # `importlib.resources` takes longer to load than all that is done with a zone here.
    try:
        listing = pkgutil.get_data("tzdata", "zones")
    except OSError:
        listing = None
    return frozenset((listing or b"").decode().split())


def _suggestion(wrong: str) -> str:
    if re.fullmatch(_OFFSET, wrong.strip(), re.IGNORECASE):
        return _A_CITY
    if near := _nearest(wrong):
        return f'write "{near}"'
    return 'write an IANA name such as "Europe/Berlin" or "America/New_York"'


def zone_called(text: str) -> str | None:
    """The zone of that name in any case, or of that city; None where none is called just so."""
    wanted = _as_zones_are_written(text)
    return next((known[wanted] for known in _by_name() if wanted in known), None)


def _as_zones_are_written(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()[:64]


def _by_name() -> tuple[dict[str, str], dict[str, str]]:
    """Every zone by its whole name, and by its city."""
    # Continents come before old aliases ("Europe/London" before "GB"), names in a stable order.
    places = (name for name in known_zones() if not name.startswith("Etc/"))
    names = sorted(places, key=lambda name: ("/" not in name, name))
    whole = {name.casefold(): name for name in reversed(names)}
    return whole, {name.rsplit("/", 1)[-1].casefold(): name for name in reversed(names)}


def _nearest(wrong: str) -> str | None:
    """The zone meant, as far as one can tell: other case, the bare city, or a slip of the pen."""
    if called := zone_called(wrong):
        return called
    import difflib

    wanted = _as_zones_are_written(wrong)
    for known in _by_name() if len(wanted) >= SHORTEST_SLIP else ():
        if near := difflib.get_close_matches(wanted, known, n=1, cutoff=0.75):
            return known[near[0]]
    return None


def laptop_zone_name(environ: Mapping[str, str] = os.environ, etc: Path = _ETC) -> str | None:
    """The zone of this laptop, or None where it has none that names a place.

    A laptop on UTC is a server more often than one in a place without summer time, so it says
    nothing about where its person lives.
    """
    return next(filter(_is_place, _named(environ, etc)), None)


def _named(environ: Mapping[str, str], etc: Path) -> Iterator[str]:
    """What each part of the system names, the one that counts first."""
    if "TZ" in environ:
        yield _after_zones(environ["TZ"].removeprefix(":"))
        return
    # Some have a copy instead of the link, or none of the two.
    with contextlib.suppress(OSError):
        yield _after_zones(str((etc / "localtime").readlink()))
    with contextlib.suppress(OSError, ValueError):
        yield (etc / "timezone").read_text(encoding="utf-8").strip()


def _after_zones(path: str) -> str:
    """The name inside a path such as /usr/share/zoneinfo/Europe/Berlin."""
    return path.rpartition(_ZONES)[2]


def _is_place(name: str) -> bool:
    if "/" not in name or name.startswith("Etc/"):
        return False
    try:
        return check_zone(name) == name
    except UserError:
        return False
