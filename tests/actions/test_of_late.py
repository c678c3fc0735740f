"""What looks at a few days reads no more of the log, and says what the whole log says."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import cycle, takewhile
from pathlib import Path
from typing import Any, NoReturn

import pytest

from desk import Desk
from domain import DROPS_DOSE, Box, dose, plan
from dosebell import civil, record
from dosebell_host.actions import read_log
from dosebell_host.actions.answers import Answered, AnswerWishes, answer, intake_before
from dosebell_host.actions.doses import undo
from dosebell_host.actions.doses.shown import answer_shown, undo_shown
from dosebell_host.actions.last_read import LastRead
from dosebell_host.actions.occurrences import WhichOne
from dosebell_host.actions.read_log import log_of_history
from dosebell_host.box.client import Client, Meant
from dosebell_host.box.contact import Contact
from dosebell_host.errors import DeviceRefused, UserError
from dosebell_host.history.box_log import BoxLog, Since, always
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import Entry
from dosebell_host.history.stock import counts_noted
from dosebell_host.history.store import History
from executed_lines import executed
from kept_lives import with_history
from kept_years import keep_since
from laptop import Laptop, in_a_file, opened
from lives_of_weeks import LIVES, laptop_beside_a_box

# What is due at half past five rings whenever these lives press.
COUNTED = plan(dose("d3k2", 'at = ["05:30"]', "stock = { count = 90, low = 8 }"), DROPS_DOSE)
Says = Callable[[Contact], Answered]


class OnlyAsked(Client):
    """A box that tells what it is asked to note, and notes nothing."""

    def _refuse(self, which: Meant, at_s: int | None = None) -> NoReturn:
        raise DeviceRefused(f"{which} at {at_s}", code="asked")

    dose_take = dose_skip = dose_snooze = dose_undo = _refuse


class ReadingAll(History):
    """One that gives all it has, whatever part is asked for."""

    def entries(
        self,
        device_id: str,
        heads: bool = False,
        since_s: int | None = None,
        until_s: int | None = None,
    ) -> list[Entry]:
        return super().entries(device_id, heads)


def lived(life: Callable[[Laptop], None], folder: Path) -> Contact:
    laptop = laptop_beside_a_box(folder, COUNTED)
    life(laptop)
    contact = laptop.meet(sync=False)
    return replace(contact, client=OnlyAsked(laptop.link))


def told(contact: Contact, says: Says) -> str:
    """What is asked of the box, or what a person hears in its place."""
    try:
        return str(says(contact).lines)
    except UserError as error:
        return f"{error.message}; {error.fix}"


def questions(log: BoxLog) -> Iterator[Says]:
    """What a person may say of no day, and of each in turn something else."""
    yield undo.undo
    for dose_id in ("d3k2", "drops", "vitamin"):
        yield partial(undo.undo, dose=dose_id)
    for each, says in zip(log.outcomes, cycle(OF_ONE)):
        yield says(each, civil.iso(each.day), log.local.iso((each.due_s or 0) + 600))


OF_ONE: list[Callable[[Outcome, str, str], Says]] = [
    lambda each, date, at: partial(undo.undo, dose=each.dose, which=WhichOne(date)),
    lambda each, date, at: partial(answer, wishes=AnswerWishes("take", [each.dose], date)),
    lambda each, date, at: partial(
        answer, wishes=AnswerWishes("skip", [each.dose], date, slot=each.slot)
    ),
    lambda each, date, at: partial(answer, wishes=AnswerWishes("take", [each.dose], at=at)),
    lambda each, date, at: partial(answer, wishes=AnswerWishes("take", [each.dose], date, at=at)),
    lambda each, date, at: partial(answer_shown, what="take", shown=meant(each)),
    lambda each, date, at: partial(undo_shown, shown=meant(each), answered_s=each.taken_s),
]


def meant(each: Outcome) -> Meant:
    return Meant(each.dose, civil.iso(each.day), each.slot, each.due_s or 0)


@pytest.mark.parametrize("life", LIVES)
def test_whatever_is_said_of_a_day_means_what_it_means_in_the_whole_log(
    life: Callable[[Laptop], None], tmp_path: Path
) -> None:
    contact = lived(life, tmp_path)
    with closing(ReadingAll(in_a_file(tmp_path, print))) as history:
        reading_all = replace(contact, history=history)
        for says in questions(read_log.of_contact(contact)):
            assert told(contact, says) == told(reading_all, says)


@pytest.mark.parametrize("life", LIVES)
def test_what_was_last_read_is_what_the_whole_log_says_last(
    life: Callable[[Laptop], None], tmp_path: Path
) -> None:
    contact = lived(life, tmp_path)
    assert told_of_late(contact.history) == told_of_all(contact.history)


@pytest.mark.parametrize("seed", range(300, 330))
def test_of_any_life_what_was_last_read_is_what_the_whole_log_says_last(
    seed: int, tmp_path: Path
) -> None:
    with_history(tmp_path, seed)
    kept = opened(tmp_path)
    assert told_of_late(kept) == told_of_all(kept)


def told_of_late(kept: History) -> dict[str, Any]:
    return LastRead.of(kept, log_in(kept)).to_json()


def told_of_all(kept: History) -> dict[str, Any]:
    log = log_in(kept)(always)
    return LastRead(log, counts_noted(log.entries)).to_json()


def log_in(kept: History) -> Callable[[Since], BoxLog]:
    return partial(log_of_history, kept, "", 0.0)


@pytest.mark.parametrize("life", LIVES)
def test_the_intake_before_is_the_last_one_that_was_noted_by_then(
    life: Callable[[Laptop], None], tmp_path: Path
) -> None:
    contact = lived(life, tmp_path)
    entries = read_log.of_contact(contact).entries
    taken = [each for each in entries if each.kind == record.TAKEN]
    found = [intake_before(contact, each) for each in taken]
    assert found == [last_before(each, taken) for each in taken]
    # And of one that the laptop has not read yet.
    new = taken[-1]._replace(journal=entries[-1].journal, seq=entries[-1].seq + 1)
    assert intake_before(contact, new) == last_before(new, taken)


def last_before(entry: Entry, taken: list[Entry]) -> int | None:
    before = takewhile(lambda each: each.key != entry.key, taken)
    return next((each.at_s for each in reversed(list(before)) if each.dose == entry.dose), None)


@pytest.mark.parametrize("words", [("status",), ("stock",), ("stock", "d3k2")], ids=" ".join)
def test_years_do_not_grow_what_is_told_of_a_box_that_is_away(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cost = {}
    for first in ("2036-09-01", "2034-11-30"):
        (tmp_path / first).mkdir()
        keep_since(tmp_path / first, first)
        monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / first))
        cost[first] = executed(lambda: Desk().types(*words))
    assert cost["2034-11-30"] <= 1.05 * cost["2036-09-01"]


def days_of_presses(days: int) -> Box:
    """A box whose doses were taken every day."""
    box = Box.with_schedule(COUNTED, at="2026-01-01 06:00")
    for _ in range(days):
        box.wait(hours=3)
        box.press()
        box.wait(hours=21)
    return box


SAID_OF_YESTERDAY: dict[str, Says] = {
    "undo": undo.undo,
    "undo drops": partial(undo.undo, dose="drops"),
    "undo drops --date": partial(undo.undo, dose="drops", which=WhichOne("yesterday")),
    "take drops --date": partial(answer, wishes=AnswerWishes("take", ["drops"], "yesterday")),
    "take drops --at": partial(answer, wishes=AnswerWishes("take", ["drops"], at="08:05")),
}


@pytest.mark.parametrize("what", SAID_OF_YESTERDAY)
def test_more_days_do_not_grow_what_is_said_of_yesterday(what: str, tmp_path: Path) -> None:
    cost = {}
    for days in (60, 180):
        contact = Laptop(days_of_presses(days), tmp_path / str(days)).meet(sync=False)
        cost[days] = executed(partial(told, contact, SAID_OF_YESTERDAY[what]))
    assert cost[180] <= 1.05 * cost[60]
