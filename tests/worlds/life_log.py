"""What `dosebell log` makes of the records of a life, beside what the oracle makes of them."""

from collections.abc import Iterable

from domain import compiled
from dosebell import civil
from dosebell.plan import Plan
from dosebell_host.history import records
from dosebell_host.history.dues import dated
from dosebell_host.history.outcomes import OPEN, outcomes
from dosebell_host.schedule.lines import plan_of
from life_books import Key, Line
from life_calendar import said
from life_oracle import Oracle


def log_of(lines: Iterable[Line], texts: Iterable[str]) -> dict[Key, str]:
    """The state of every occurrence by its dose and due, as the laptop tells it."""
    made = [compiled(text) for text in texts]
    plans: dict[str, Plan] = {each.revision: plan_of(each.lines) for each in made}
    entries = [records.parse(line.text, records.FIRST_JOURNAL) for line in lines]
    told = outcomes(list(dated(entries, plans.get)), plans.get)
    return {
        (each.dose, each.due_s + civil.UNIX_2000): each.state
        for each in told
        if each.due_s is not None
    }


def differences(oracle: Oracle) -> list[str]:
    """Where the log tells another story than the oracle."""
    texts = [reign.calendar.text for reign in oracle.reigns]
    log, books = log_of(oracle.books.lines, texts), oracle.books
    found = []
    for key, account in books.accounts.items():
        expected = account.last if account.ended else OPEN
        if log.get(key) != expected and not (account.withdrawn and log.get(key) == "unknown"):
            found.append(f"{_said(key)} is {expected}, the log says {log.get(key)}")
    for key, state in log.items():
        if key not in books.accounts and (state != "unknown" or key not in oracle.by_gap):
            found.append(f"{_said(key)} has no record and no gap, the log says {state}")
    found += [
        f"{_said(key)} is unknown by a gap, the log says nothing"
        for key, sure in oracle.by_gap.items()
        if sure and key not in log
    ]
    return [f"log: {each}" for each in found]


def _said(key: Key) -> str:
    return f"{key[0]} due {said(key[1])}"
