"""Lines whose check sum is right and whose fields are none, as another program might write them.

The box starts, rings, and is read and set as ever; what cannot be understood is passed over.
"""

import binascii
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from domain import DROPS_DOSE, Box, dose, plan
from dosebell_host.actions import read_log
from dosebell_host.history import log_csv, log_json
from dosebell_host.history.box_log import Choice
from dosebell_host.history.records import is_record
from dosebell_host.sim.flash import MemoryFiles
from laptop import Laptop
from tally import trying

STOCKED = dose("d3k2", 'with = ["breakfast"]', "stock = { count = 90 }")
SCHEDULE = plan(STOCKED, DROPS_DOSE)
NONSENSE = (
    b"x",
    b"-",
    b"",
    b"\xff",
    b"-7",
    b"9" * 30,
    b"2026-13-41",
    b"a=b,=,at=x,n=,left=,rows=x",
)
PATHS = (
    "/log/00000001.seg",
    "/state/device_id",
    "/state/journal",
    "/state/schedule",
    "/state/seen",
)
STEP = 7
SEPARATORS = {"/log/": b" ", "/state/": b"\t"}


@cache
def flash() -> dict[str, bytes]:
    """The flash at noon: breakfast was taken, the time after it was once set back."""
    files = MemoryFiles()
    box = Box.with_schedule(SCHEDULE, "2026-11-22 22:00", files=files)
    box.until("2026-11-23 07:31").press()
    box.set_clock("07:00", force=True)
    box.request("dose.undo", dose="d3k2", date="2026-11-23", slot=0)
    box.until("07:31").press()
    box.until("12:00").world.power_off()
    return dict(files.contents)


def spoiled(path: str) -> Iterator[tuple[str, bytes]]:
    """The file with each field of each line, and each value in it, made each kind of nonsense."""
    separator = SEPARATORS[path[: path.index("/", 1) + 1]]
    lines = flash()[path].splitlines()
    for number, line in enumerate(lines):
        fields = line[:-9].split(separator)
        for place, field in enumerate(fields):
            for nonsense in NONSENSE:
                for other in {nonsense, field.partition(b"=")[0] + b"=" + nonsense}:
                    payload = separator.join([*fields[:place], other, *fields[place + 1 :]])
                    changed = [*lines[:number], sealed(payload), *lines[number + 1 :]]
                    yield f"line {number}: {payload!r}", b"\n".join(changed) + b"\n"


def sealed(payload: bytes) -> bytes:
    return b"%s*%08x" % (payload, binascii.crc32(payload))


def test_these_are_the_files_there_are() -> None:
    assert [path for path in sorted(flash()) if not path.endswith(".old")] == [*PATHS]


@pytest.mark.parametrize("path", PATHS)
def test_nonsense_under_a_right_sum_stops_no_reminder(path: str) -> None:
    for where, content in spoiled(path):
        with trying("nonsense under a right check sum", f"{path}, {where}"):
            lives_on(path, content)


def lives_on(path: str, content: bytes) -> None:
    files = MemoryFiles()
    files.contents = flash() | {path: content}
    box = Box("2026-11-23 12:10", "Europe/Berlin", True, files)
    box.world.power_on()
    since, end = 0, box.request("hello")["journal"]["next"]
    while since < end:
        since = box.request("journal.read", since=since)["next"]
    box.request("status")
    box.request("dose.list")
    box.refusal("dose.undo", dose="d3k2", date="2026-11-23", slot=0)
    box.set_clock("2026-11-22 23:00", force=True)
    box.until("2026-11-23 20:01")
    # A dose may have another name in a schedule that can be understood after all.
    assert path == "/state/schedule" or ("DROPS" in box.due and box.press() == "taken")
    box.request("status")


def test_a_laptop_passes_over_nonsense_and_says_that_a_record_is_missing(tmp_path: Path) -> None:
    files = MemoryFiles()
    taken = b" taken d3k2 2026-11-23 0 "
    journal = flash()[PATHS[0]]
    [line] = [line for line in journal.splitlines() if taken in line and b"late_s=60" in line]
    spoiled_line = sealed(line[:-9].replace(b"late_s=60", b"late_s=x"))
    files.contents = flash() | {PATHS[0]: journal.replace(line, spoiled_line)}
    box = Box("2026-11-23 12:10", "Europe/Berlin", True, files)
    box.world.power_on()
    log = read_log.of_contact(Laptop(box, tmp_path).meet())
    whole = [entry.seq for entry in log.entries if entry.kind == "taken"]
    assert (log.missing, int(line.split()[0]) in whole) == (1, False)


def test_a_laptop_shows_a_log_whatever_nonsense_is_in_it(tmp_path: Path) -> None:
    # Each of them with the box and a history takes too long here.
    for number, (where, content) in enumerate(islice(spoiled(PATHS[0]), None, None, STEP)):
        files = MemoryFiles()
        files.contents = flash() | {PATHS[0]: content}
        box = Box("2026-11-23 12:10", "Europe/Berlin", True, files)
        box.world.power_on()
        with trying("nonsense in a log", where):
            log = read_log.of_contact(Laptop(box, tmp_path / str(number)).meet())
            assert log_csv.outcomes_csv(log.outcomes, log)
            assert log_csv.records_csv(log.entries, log.local)
            assert log_json.to_json(log, Choice())


def test_a_date_of_no_box_is_no_record() -> None:
    dates = ("0000-03-01", "1999-12-31", "2000-01-01", "2135-01-01", "9999-12-31")
    lines = (f"7 1 1795410000 rtc taken d3k2 {date} 0 late_s=0" for date in dates)
    assert [is_record(line) for line in lines] == [False, False, True, True, False]
