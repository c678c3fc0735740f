"""A box whose flash was wiped, but for its schedule."""

from domain import Box
from dosebell_host.sim.flash import MemoryFiles

JOURNAL, LAST_SEEN = "/log/", "/state/seen"


def erase(box: Box, *what: str) -> None:
    """Take that off its flash while it is off, or its records and how far they came; it begins
    another journal.
    """
    assert isinstance(box.files, MemoryFiles)
    box.world.power_off()
    for path in list(box.files.contents):
        if path.startswith(what or (JOURNAL, LAST_SEEN)):
            box.files.remove(path)
    box.world.power_on()
