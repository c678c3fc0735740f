"""`dosebell log --follow`: what comes, and nothing else."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from desk import Desk
from domain import Box, dose, plan
from dosebell_host.actions.shown_log import LogWishes
from dosebell_host.errors import UsageError
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.talk import Talk
from dosebell_host.watch.follow import follow

TWO = plan(dose("drops", 'at = ["08:00"]'), dose("iron", 'at = ["09:00"]'))


class Steps(threading.Event):
    """Ends the loop after these steps, one of which happens before each look."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self._steps = list(steps)

    def wait(self, timeout: float | None = None) -> bool:
        if not self._steps:
            return True
        self._steps.pop(0)()
        return False


def followed(box: Box, *steps: Callable[[], object], **wishes: Any) -> list[str]:
    """What is told of a box at which that happens, as `drops taken`."""
    told: list[str] = []

    def tell(entries: Sequence[Entry], local: LocalTime) -> None:
        told.extend(f"{entry.dose} {entry.kind}".strip() for entry in entries)

    desk, notes = Desk(box), list[str]()
    follow(LogWishes(**wishes), Talk(notes.append), desk.reach, lambda _: tell, Steps(*steps))
    return told


def at_seven() -> Box:
    return Box.with_schedule(TWO, at="2026-11-23 07:00")


def test_what_comes_is_told_and_what_was_there_only_if_it_is_asked_for() -> None:
    box = at_seven()
    box.until("08:01").press()
    steps = (lambda: box.until("09:01"), box.press, lambda: box.wait(2))
    assert followed(box, *steps) == ["iron ringing", "iron taken"]
    assert followed(box, lambda: box.wait(1), since="1d")[-4:] == [
        "drops ringing",
        "drops taken",
        "iron ringing",
        "iron taken",
    ]


def test_one_dose_is_followed_and_from_one_record_on() -> None:
    box = at_seven()
    last = box.entries()[-1].seq
    steps = (lambda: box.until("08:01"), box.press, lambda: box.until("09:01"))
    assert followed(box, *steps, dose="drops") == ["drops ringing", "drops taken"]
    assert followed(box, after=str(last)) == ["drops ringing", "drops taken", "iron ringing"]
    assert followed(box, after=str(last), dose="iron") == ["iron ringing"]


@pytest.mark.parametrize("wishes", [{"until": "2026-11-24"}, {"month": "2026-11"}])
def test_what_is_to_come_has_no_last_day(wishes: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no last day"):
        followed(at_seven(), **wishes)


def test_as_a_person_types_it_no_table_is_followed() -> None:
    desk = Desk(at_seven())
    desk.reach = replace(desk.reach, plugged=list)
    result = desk.types("log", "--follow", "--csv")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        "--follow: what is followed is told by records; leave out --csv, or --follow.",
    )
