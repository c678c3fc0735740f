"""`dosebell doctor`: every check in turn, what it found, and the exit code that says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from dosebell_host.actions.contacted import reading_journal
from dosebell_host.box.reach import Reach
from dosebell_host.doctor import checks_box as of_box
from dosebell_host.doctor import checks_clock as of_clock
from dosebell_host.doctor import checks_laptop as of_laptop
from dosebell_host.doctor.facts import BoxFacts, Facts, gather
from dosebell_host.doctor.finding import BAD, WAITS_FOR_BOX, Remark, unknown
from dosebell_host.errors import NoDevice
from dosebell_host.talk import Talk

Check = Callable[[Facts], Iterator[Remark]]
BoxCheck = Callable[[Facts, BoxFacts], Iterator[Remark]]


@dataclass(frozen=True)
class Checkup:
    """What one check found."""

    check: str
    finding: Remark

    def to_json(self) -> dict[str, Any]:
        found = self.finding
        return {
            "check": self.check,
            "state": found.state,
            "says": found.says,
            "fix": found.fix or None,
            "detail": list(found.detail),
        }


def _with_box(check: BoxCheck, facts: Facts) -> Iterator[Remark]:
    if facts.box is None:
        yield unknown(WAITS_FOR_BOX)
    else:
        yield from check(facts, facts.box)


def _of_box(check: BoxCheck) -> Check:
    return partial(_with_box, check)


# In the order in which one depends on the other.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("laptop", of_laptop.laptop),
    ("port", of_laptop.port),
    ("ModemManager", of_laptop.modem_manager),
    ("answer", of_laptop.answer),
    ("protocol", of_laptop.protocol),
    ("box", _of_box(of_box.box)),
    ("firmware", _of_box(of_box.firmware)),
    ("system", _of_box(of_box.micropython)),
    ("clock", _of_box(of_clock.clock)),
    ("battery", _of_box(of_clock.battery_clock)),
    ("drift", _of_box(of_clock.drift_of)),
    ("schedule", _of_box(of_box.schedule)),
    ("journal", _of_box(of_box.journal)),
    ("flash", _of_box(of_box.flash)),
    ("faults", _of_box(of_box.faults)),
    ("crash", _of_box(of_box.crash)),
)


def examine(facts: Facts) -> list[Checkup]:
    """What every check found; one that does not apply here finds nothing."""
    return [Checkup(name, finding) for name, check in CHECKS for finding in check(facts)]


class DoctorReport(NamedTuple):
    """What every check found, and the exit code that says so."""

    items: list[Checkup]
    exit_code: int

    def to_json(self) -> dict[str, Any]:
        return {"items": [item.to_json() for item in self.items]}


def check_up(port: str | None, talk: Talk, reach: Reach) -> DoctorReport:
    """Look at laptop, port and box, as far as they are there, and change nothing."""
    with reading_journal(talk) as progress:
        facts = gather(port, reach, progress)
    items = examine(facts)
    return DoctorReport(items, exit_code(facts, items))


def exit_code(facts: Facts, items: list[Checkup]) -> int:
    """As for every command: 4 without a board, 1 where the person can put something right."""
    if isinstance(facts.trouble, NoDevice):
        return NoDevice.exit_code
    return int(any(item.finding.state == BAD for item in items))
