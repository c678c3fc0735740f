"""Damage: a byte or a line that is changed, missing or there twice, anywhere on the flash.

Whatever it hits is noticed and told, and nothing that was damaged is believed: the journal gives
its other records, the schedule falls back to its last good copy, and the box goes on.
"""

import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

import tally
from domain import Box, compiled, dose, plan
from dosebell.store import Store
from dosebell_host.sim.flash import MemoryFiles
from small_journal import small_journal

SEED = 20261122
STOCK = "stock = { count = 90 }"
DROPS = dose("drops", 'at = ["08:00", "20:00"]')
BEFORE = plan(dose("d3k2", 'with = ["breakfast"]', STOCK), DROPS)
IN_FORCE = plan(dose("d3k2", 'with = ["breakfast", "lunch"]', STOCK), DROPS)


class Damage(NamedTuple):
    """What happened to a file; `where` names the line that it hit."""

    what: str
    where: str
    content: bytes


def damages(content: bytes, places: list[int], chance: random.Random) -> Iterator[Damage]:
    """Each of those bytes and each line changed, missing and twice; and nothing left at all."""
    yield Damage("all missing", "everywhere", b"")
    lines = content.splitlines(keepends=True)
    for place in places:
        where = f"byte {place}: {lines[content[:place].count(10)]!r}"
        before, byte, behind = content[:place], content[place : place + 1], content[place + 1 :]
        flipped = bytes([byte[0] ^ 1 << chance.randrange(8)])
        yield Damage("a byte changed", where, before + flipped + behind)
        yield Damage("a byte missing", where, before + behind)
        yield Damage("a byte twice", where, before + byte + byte + behind)
    for number, line in enumerate(lines):
        where = f"line {number}: {line!r}"
        before, behind = b"".join(lines[:number]), b"".join(lines[number + 1 :])
        yield Damage("a line missing", where, before + behind)
        yield Damage("a line twice", where, before + line + line + behind)


def one_byte_a_line(content: bytes, chance: random.Random) -> list[int]:
    """Also the last one of the file, which readers of lines are apt to overlook."""
    start, places = 0, []
    for line in content.splitlines(keepends=True):
        places.append(start + chance.randrange(len(line)))
        start += len(line)
    return [*places, start - 1]


@cache
def flash() -> dict[str, bytes]:
    """The flash at noon: schedules were pushed, power was cut, breakfast was taken."""
    files = MemoryFiles()
    box = Box.with_schedule(BEFORE, "2026-11-22 22:00", files=files)
    box.push(IN_FORCE)
    box.power_cut("22:05", "22:10")
    for count in range(130, 89, -1):
        box.request("dose.stock", dose="d3k2", count=count)
        box.wait(6)
    box.until("2026-11-23 07:31").press()
    box.until("12:00").world.power_off()
    return dict(files.contents)


def segments() -> list[str]:
    return sorted(path for path in flash() if path.startswith("/log/"))


def lines_of(content: bytes) -> list[str]:
    return [line.decode().rpartition("*")[0] for line in content.splitlines()]


def known_lines() -> set[str]:
    return {line for path in segments() for line in lines_of(flash()[path])}


@pytest.fixture(autouse=True)
def small_segments() -> Iterator[None]:
    with small_journal():
        yield


def try_all(path: str, places: list[int]) -> None:
    chance = random.Random(f"{SEED} {path}")
    for damage in damages(flash()[path], places, chance):
        with tally.trying(f"damage: {damage.what}", f"{path}, {damage.where}"):
            check(path, damage.content)


def check(path: str, content: bytes) -> None:
    """Boot at noon with the damaged file, let the host read it all, and live on until night."""
    files = MemoryFiles()
    files.contents = flash() | {path: content}
    box = Box("2026-11-23 12:10", "Europe/Berlin", True, files)
    # A device id drawn now would be another one.
    box.world.board.entropy(8)
    box.world.power_on()
    believes_nothing_damaged(box, path)
    everything(box)
    box.wait(hours=1)
    tells(box, told_of(path))
    box.until("20:01")
    assert (box.due, box.press()) == (["DROPS"], "taken")
    box.power_cut("21:00", "21:05")
    # What was read since is mended; a damaged schedule stays so until the next push.
    assert box.request("status")["faults"] == [
        each for each in told_of(path) if each == "schedule"
    ]
    believes_nothing_damaged(box, path)
    assert box.due == []
    assert box.row("d3k2")["stock"] == stock_by_records(box)


def told_of(path: str) -> list[str]:
    """The fault that damage to this file leads to; a copy in reserve is mended without a word."""
    if path.endswith(".old") or path == "/state/journal":
        return []
    return ["journal" if path.startswith("/log/") else path.rpartition("/")[2]]


def tells(box: Box, faults: list[str]) -> None:
    assert box.request("status")["faults"] == faults
    recorded = [line for line in everything(box) if " fault " in line and "what=crash" not in line]
    assert [line.partition("what=")[2].partition(",")[0] for line in recorded] == faults


def believes_nothing_damaged(box: Box, path: str) -> None:
    records, known = everything(box), known_lines()
    fresh = [line for line in records if line not in known]
    # Those that are known come first and in order, and their numbers are not used again.
    seqs = [int(line.split(" ")[0]) for line in records]
    assert seqs == sorted(set(seqs))
    assert records[len(records) - len(fresh) :] == fresh
    assert int(fresh[0].split(" ")[0]) > len(known)
    assert box.request("hello")["boot"] >= 3
    assert box.request("hello")["device_id"] == lines_of(flash()["/state/device_id"])[0]
    schedule = BEFORE if path == "/state/schedule" else IN_FORCE
    assert box.app.box.store.read("schedule") == compiled(schedule).lines
    assert box.request("hello")["revision"] == compiled(schedule).revision


def stock_by_records(box: Box) -> int:
    """What the last record says that tells of it."""
    for line in reversed(everything(box)):
        for pair in line.rpartition(" ")[2].split(","):
            if " d3k2 " in line and pair.partition("=")[0] in ("left", "stock"):
                return int(pair.partition("=")[2])
    raise AssertionError("no record tells of it")


def everything(box: Box) -> list[str]:
    """All records, as the host reads them."""
    lines: list[str] = []
    since, end = 0, box.request("hello")["journal"]["next"]
    while since < end:
        page = box.request("journal.read", since=since)
        lines += page["records"]
        since = page["next"]
    return lines


PATHS = (
    "/log/00000001.seg",
    "/log/00000041.seg",
    "/state/journal",
    "/state/schedule",
    "/state/schedule.old",
    "/state/device_id",
    "/state/device_id.old",
    "/state/seen",
)


def test_these_are_all_the_files_there_are() -> None:
    assert sorted(flash()) == sorted(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_damage_to_any_line_is_noticed_and_not_believed(path: str) -> None:
    try_all(path, one_byte_a_line(flash()[path], random.Random(SEED)))


@pytest.mark.soak
@pytest.mark.parametrize("path", PATHS)
def test_damage_to_any_byte_is_noticed_and_not_believed(path: str) -> None:
    try_all(path, list(range(len(flash()[path]))))


def powered(contents: dict[str, bytes]) -> Box:
    files = MemoryFiles()
    files.contents = dict(contents)
    box = Box("2026-11-23 12:10", "Europe/Berlin", True, files)
    box.world.power_on()
    return box


def test_a_torn_tail_that_was_not_noted_yet_is_told_and_its_numbers_are_not_used_again() -> None:
    contents = dict(flash())
    newest = segments()[-1]
    last = int(lines_of(contents[newest])[-1].split(" ")[0])
    del contents["/state/seen"]
    box = powered(contents | {newest: contents[newest][:-1]})
    tells(box, ["journal"])
    numbers = [int(line.split(" ")[0]) for line in everything(box)]
    assert last not in numbers
    assert max(numbers) > last


def test_a_record_that_stands_twice_counts_once() -> None:
    """As where an append failed after all was written, and was tried again, and power went."""
    contents = dict(flash())
    missed = contents[segments()[-1]].splitlines(keepends=True)[-1]
    again = f"/log/{int(missed.split()[0]):08}.seg"
    box = powered(contents | {again: missed})
    records = everything(box)
    assert len([line for line in records if " missed drops " in line]) == 1
    row = [line for line in records if " snapshot drops " in line][-1]
    assert row.endswith(",missed=9823/1")


def test_a_schedule_that_is_gone_is_told() -> None:
    contents = {path: data for path, data in flash().items() if "schedule" not in path}
    tells(powered(contents), ["schedule"])


def test_a_schedule_of_another_format_gives_way_to_the_one_before() -> None:
    """As after going back to an older version of the firmware."""
    files = MemoryFiles()
    files.contents = dict(flash())
    Store(files).write("schedule", ["plan\tv=2"])
    files.contents["/state/schedule.old"] = flash()["/state/schedule"]
    box = powered(files.contents)
    tells(box, ["schedule"])
    assert box.request("hello")["revision"] == compiled(IN_FORCE).revision
    assert box.until("20:01").due == ["DROPS"]
