"""Which entries that are a `[[tell]]` a command line means."""

import difflib
from collections.abc import Sequence

from dosebell_host.errors import UsageError
from dosebell_host.watch.config import Configured
from dosebell_host.watch.tell.entry import TellEntry, of_address
from dosebell_host.watch.tell.make import TELL
from dosebell_host.wording import and_list


def chosen(
    entries: Sequence[Configured], wanted: Sequence[str], settings: str
) -> list[Configured]:
    """The entries without those of a `[[tell]]` that are not `wanted`, by name or by an address;
    all of them where nothing is wanted. `settings` is the file that they are of.

    Raises `UsageError` for a name that none has, or an address with a secret, and repeats neither.
    """
    if not wanted:
        return list(entries)
    others = [each for each in entries if each.kind is not TELL]
    return others + [found for name in wanted for found in _found(entries, name, settings)]


def _found(entries: Sequence[Configured], name: str, settings: str) -> list[Configured]:
    tells = {e.name: e.entry for e in entries if isinstance(e.entry, TellEntry)}
    if named := [e for e in entries if e.name in tells and tells[e.name].name == name]:
        return named
    if "://" in name:
        entry = of_address(name, settings)
        return [Configured(TELL, entry, TELL.names(entry))]
    known = sorted({entry.name for entry in tells.values()})
    near = difflib.get_close_matches(name[:64], known, n=1, cutoff=0.5)
    fix = f'did you mean "{near[0]}"?' if near else _known(known, settings)
    raise UsageError("no [[tell]] is named so", where="--tell", fix=fix)


def _known(known: list[str], settings: str) -> str:
    return f"there is {and_list(known)}" if known else f"write one into {settings}"
