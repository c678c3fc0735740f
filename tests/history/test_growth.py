"""What a log costs for each record that is kept, in lines that Python executes: those no load of
the machine changes.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, plan
from dosebell_host.actions.read_log import of_contact
from dosebell_host.actions.shown_log import LogWishes, shown_log
from dosebell_host.box.contact import Contact
from dosebell_host.history.box_log import BoxLog, Choice
from dosebell_host.history.log_csv import outcomes_csv, records_csv
from dosebell_host.history.log_json import to_json
from dosebell_host.history.log_text import record_line
from executed_lines import executed
from laptop import Laptop
from listener import Listener

BOTH = plan(D3K2_DOSE, DROPS_DOSE)
DAYS = 100


def lived(days: int) -> Box:
    """A box of whose rings half are answered."""
    box = Box.with_schedule(BOTH, at="2026-01-01 06:00")
    for day in range(days):
        box.wait(hours=2 if day % 2 else 24)
        box.press()
        box.wait(hours=22 if day % 2 else 0)
    return box


def all_days_as_csv(log: BoxLog) -> None:
    outcomes_csv(log.outcomes, log)


def all_records_as_csv(log: BoxLog) -> None:
    records_csv(log.entries, log.local)


def all_records_as_lines(log: BoxLog) -> None:
    [record_line(entry, log.local) for entry in log.entries]


def all_as_json(log: BoxLog) -> None:
    to_json(log, Choice())


MOST = {
    all_days_as_csv: 150,
    all_records_as_csv: 160,
    all_records_as_lines: 110,
    # The records, and the days that they make.
    all_as_json: 220,
}


def cost(contact: Contact, shows: Callable[[BoxLog], None]) -> int:
    return executed(lambda: shows(of_contact(contact)))


def test_a_record_more_costs_so_many_lines(tmp_path: Path) -> None:
    few, many = (
        Laptop(lived(days), tmp_path / str(days)).meet(sync=False) for days in (DAYS, 2 * DAYS)
    )
    more = len(of_contact(many).entries) - len(of_contact(few).entries)
    found = {shows: (cost(many, shows) - cost(few, shows)) / more for shows in MOST}
    assert {shows.__name__: each for shows, each in found.items() if each > MOST[shows]} == {}


def test_the_log_of_one_dose_reads_its_days_only() -> None:
    desk = Desk(lived(DAYS))
    found = partial(shown_log, talk=Listener().talk, reach=desk.reach)
    days, dose = found(LogWishes(since="30d")), found(LogWishes(since="30d", dose="drops"))
    assert len(dose.log.entries) == len(days.log.entries)
    assert 2 * len(dose.log.entries) < len(found(LogWishes()).log.entries)
