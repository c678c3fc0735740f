"""Runs the table of rules over a schedule: every finding, in an order of its own."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from dosebell_host.advice.findings import (
    ERROR,
    NOTE,
    SEVERITIES,
    WARNING,
    Accepted,
    Finding,
    finding,
)
from dosebell_host.advice.intake import Intake, intake_of
from dosebell_host.advice.rules.table import RULES
from dosebell_host.advice.sums import Sum, sums_of
from dosebell_host.schedule.catch_up import AGREED_RULE
from dosebell_host.schedule.model import Schedule


class Verdict(NamedTuple):
    """What the rules say of a schedule. `sums` are the contents used where several are taken."""

    findings: tuple[Finding, ...]
    sums: tuple[Sum, ...]

    def of(self, severity: str) -> list[Finding]:
        return [each for each in self.findings if each.severity == severity]

    @property
    def held(self) -> list[Finding]:
        """The errors that nobody has accepted: they hold a push back."""
        return [each for each in self.findings if each.held]

    @property
    def warned(self) -> list[Finding]:
        """The warnings that nobody has accepted."""
        return [each for each in self.of(WARNING) if each.accepted is None]

    def to_json(self) -> dict[str, Any]:
        return {
            "findings": [each.to_json() for each in self.findings],
            "sums": [each.to_json() for each in self.sums],
        }


def judge(schedule: Schedule, today: date, on_request: bool = False) -> Verdict:
    """All findings on `today`, the gravest first; `on_request` asks the silent rules, too."""
    intake = intake_of(schedule, today)
    found = list(_findings(intake, on_request))
    found.sort(
        key=lambda each: (
            SEVERITIES.index(each.severity),
            _PLACE[each.rule],
            each.doses,
            each.seen,
            each.message,
        )
    )
    return Verdict(tuple(dict.fromkeys(found)), tuple(sums_of(intake)))


# What matters first among what is equally grave: what may do harm tonight, what makes every other
# number wrong, what takes a medicine's effect away, then amounts. The rest is as in the table.
_FIRST = (
    *("K2-VKA", "AGE-ADULT", "PREG-A", "VITA-RETINOID", "D3-ANALOG", "D3-CONTRA", "CA-CONTRA"),
    *("KIDNEY-MG", "D3-DIGOXIN", "UNIT-SLIP", "UNIT-IU", "D3-WEEKDAY", "D3-SINGLE", "D3-LOAEL"),
    *("MIN-LEVO", "MIN-QUIN", "MIN-TETRA", "MIN-BOUND", "BP-FIRST", "MIN-BP"),
    *("VIT-ORLISTAT", "VIT-RESIN", "D3-UL"),
)
_PLACE = {
    rule: place
    for place, rule in enumerate([*_FIRST, *(each for each in RULES if each not in _FIRST)])
}


def _findings(intake: Intake, on_request: bool) -> Iterator[Finding]:
    for rule in RULES.values():
        if on_request or not rule.on_request:
            for seen in rule.look(intake):
                yield _with_acceptance(finding(rule, seen), intake)


def _with_acceptance(found: Finding, intake: Intake) -> Finding:
    """What the person has accepted of it. Notes need no acceptance, and are told as they are."""
    entries = [each for each in intake.schedule.accepts if each.rule == found.rule]
    if not entries or found.severity == NOTE:
        return found
    entry = max(entries, key=lambda each: each.until)
    if entry.until < intake.today:
        return found._replace(was_accepted=entry.until)
    accepted = Accepted(entry.reason, entry.until)
    # Vitamin K that the anticoagulant clinic has agreed to is a warning from then on.
    agreed = found.rule == AGREED_RULE and found.severity == ERROR
    severity = WARNING if agreed else found.severity
    return found._replace(accepted=accepted, severity=severity)
