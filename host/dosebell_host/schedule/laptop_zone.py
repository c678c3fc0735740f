"""In which time zone this laptop is, as an IANA name, where the system says it."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from dosebell_host.errors import UserError
from dosebell_host.schedule.zones import check_zone

_ETC = Path("/etc")
_ZONES = "zoneinfo/"


def laptop_zone(environ: Mapping[str, str] = os.environ, etc: Path = _ETC) -> str | None:
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
