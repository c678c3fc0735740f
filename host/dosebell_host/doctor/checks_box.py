"""What `dosebell doctor` makes of what a box tells of itself: program, schedule, flash, faults."""

import re
from collections.abc import Iterator

from dosebell import VERSION, civil
from dosebell.journal import BLOCK_BYTES, FREE_BYTES, MAX_SEGMENTS, RING_BLOCKS, SEGMENT_BYTES
from dosebell_host.actions.status import WARN_BEFORE_S
from dosebell_host.box.meanings import fault
from dosebell_host.doctor.facts import BoxFacts, Facts
from dosebell_host.doctor.finding import (
    BAD,
    WARN,
    WHERE_MICROPYTHON_IS,
    Remark,
    bad,
    ok,
    unknown,
    warn,
)
from dosebell_host.errors import DeviceRefused
from dosebell_host.schedule.local_time import date_of, day_text, from_unix
from dosebell_host.wording import command_text

OLDEST_MICROPYTHON = (1, 27)

# A record takes about so much of the flash, as does the line of a dose in a snapshot; and a year
# of four doses a day makes so many records.
RECORD_BYTES = 82
ROW_BYTES = 240
YEAR_RECORDS = 4000


def box(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Which box it is, and whether it was erased."""
    name = found.hello.device_id + (f", {found.title}" if found.title else "")
    if not found.before:
        yield ok(name)
        return
    was = " and ".join(found.before)
    if found.hello.revision:
        yield ok(f"{name}; before it was erased, this board was {was}")
    else:
        yield warn(
            f"{name}: this board was erased; before, it was {was}",
            f"`dosebell push FILE` gives it a schedule again; `dosebell log --device"
            f" {found.before[0]}` shows what it had noted",
        )


def firmware(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether the version of this dosebell runs there, and not an older or a spare one."""
    theirs, flash = found.hello.firmware, _flash(facts)
    if isinstance(found.info, DeviceRefused):
        yield warn(f"{theirs}, older than this dosebell", flash)
    elif found.info.is_limp:
        yield bad("it crashed again and again, and now only reminds", f"install it anew: {flash}")
    elif found.info.is_fallback:
        yield bad("the version before runs, because the newest one crashed", flash)
    elif _number(theirs) < _number(VERSION):
        yield warn(f"{theirs}; this dosebell brings {VERSION}", flash)
    elif _number(theirs) > _number(VERSION):
        upgrade = "pip install --upgrade dosebell"
        yield warn(f"{theirs}, newer than this dosebell's {VERSION}", upgrade)
    else:
        yield ok(theirs)


def micropython(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """What runs the program."""
    if isinstance(found.info, DeviceRefused):
        yield unknown("waits for newer firmware, which tells")
        return
    system, machine = found.info.system, found.info.machine
    name, _, number = system.partition(" ")
    if name == "MicroPython" and _number(number) < OLDEST_MICROPYTHON:
        oldest = ".".join(map(str, OLDEST_MICROPYTHON))
        fix = f"{command_text(facts.named, 'flash', '--uf2', 'FILE')}; {WHERE_MICROPYTHON_IS}"
        yield warn(f"{system}, older than {oldest}, with faults that are mended since", fix)
    else:
        yield ok(f"{system}, {machine}")


def schedule(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether there is one, and for how long its clock changes are known."""
    if not found.hello.revision:
        yield warn("none yet, so nothing will ring", command_text(facts.named, "push", "FILE"))
        return
    until_s = None if isinstance(found.status, DeviceRefused) else found.status.zone_until_s
    now_s = from_unix(found.laptop_s if found.hello.utc is None else found.hello.utc)
    if until_s is not None and until_s - now_s < WARN_BEFORE_S:
        end = day_text(date_of(until_s // civil.DAY_S), year=True)
        yield warn(f"clock changes are known until {end}", "push your file again")
    else:
        yield ok(f"revision {found.hello.revision}")


def journal(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether what the box noted is saved on this laptop."""
    if isinstance(found.fetched, DeviceRefused):
        yield bad(found.fetched.message, found.fetched.fix)
        return
    troubles = [*found.troubles, *found.fetched.sentences()]
    for sentence in troubles:
        yield warn(sentence.removesuffix("."))
    if not troubles:
        count = found.hello.journal_next - found.hello.journal_first
        yield ok(f"{count} records, saved on this laptop too")


def flash(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """Whether there is room for a history of a year at least."""
    if isinstance(found.info, DeviceRefused):
        yield unknown("waits for newer firmware, which tells")
        return
    free, size = found.info.flash_free, found.info.flash_size
    if not size:
        yield unknown("this board does not tell how much room it has")
        return
    room, most = room_for_records(found, free)
    # With many doses a whole ring holds less than a year of them.
    if room < min(YEAR_RECORDS, most):
        yield warn(
            f"{size_text(free)} of {size_text(size)} free, room for {room} records and no more",
            "remove what is not dosebell's: `mpremote fs ls` shows it. dosebell needs main.py,"
            " boot.py, app, state and log",
        )
    else:
        yield ok(f"{size_text(free)} of {size_text(size)} free")


def room_for_records(found: BoxFacts, free: int) -> tuple[int, int]:
    """How many records there is room for, those that are there counted, and how many a whole ring
    holds.
    """
    # Each segment begins with a snapshot, a line a dose and one before, and ends with a block.
    rows = 1 + found.doses
    blocks = -(-(rows * ROW_BYTES + SEGMENT_BYTES) // BLOCK_BYTES)
    records = (blocks * BLOCK_BYTES - rows * ROW_BYTES) // RECORD_BYTES
    # Where the newest begins, the oldest goes.
    most = (min(MAX_SEGMENTS, RING_BLOCKS // blocks) - 1) * records
    # Rows of snapshots have numbers, too.
    lines = found.hello.journal_next - found.hello.journal_first
    here = lines * records // (records + rows)
    return here + max(0, free - FREE_BYTES) * records // (blocks * BLOCK_BYTES), most


def faults(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """What went wrong since the box started."""
    if isinstance(found.status, DeviceRefused):
        yield unknown("it does not tell while it only reminds")
        return
    # A crash whose text is known is told below.
    told = [name for name in found.status.faults if name != "crash" or not found.crash]
    for name in told:
        each = fault(name)
        yield Remark(BAD if each.is_bad else WARN, each.says, each.fix)
    if not told:
        yield ok("none since it started")


def crash(facts: Facts, found: BoxFacts) -> Iterator[Remark]:
    """What is written down of the last crash."""
    if isinstance(found.info, DeviceRefused):
        yield unknown("waits for newer firmware, which tells")
    elif found.info.crash is None:
        yield ok("none")
    else:
        yield warn(
            "its program failed once and was started again",
            "report the lines below to whoever makes dosebell; then"
            f" `{command_text(facts.named, 'doctor', '--forget-crash')}`",
            found.crash or (found.info.crash,),
        )


def size_text(size: int) -> str:
    """Bytes as people say them: `980 kB`, `1.4 MB`."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size // 1000} kB"


def _flash(facts: Facts) -> str:
    if facts.is_virtual:
        return "stop it, and start `dosebell virtual` again"
    return f"`{command_text(facts.named, 'flash')}`"


def _number(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared, `1.29.0-preview` among them."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
