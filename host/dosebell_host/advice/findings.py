"""What a rule found, and what a rule is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from dosebell_host.advice.intake import Intake
from dosebell_host.advice.limit_words import filled
from dosebell_host.reference.sources import SOURCES, Source

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


class Seen(NamedTuple):
    """One thing a rule saw: how grave, in which doses, the numbers, and what the message names.

    `weight` says which of several is the worst; `message` is another wording than the rule's own.
    """

    severity: str
    doses: tuple[str, ...]
    what: str
    names: Mapping[str, str] = MappingProxyType({})
    weight: Fraction = Fraction(0)
    message: str = ""


class Rule(NamedTuple):
    """One line of the table. `sources` are keys of sources.py; `against` are those that differ.

    `on_request` rules are silent until somebody asks with --verbose.
    """

    id: str
    severities: str
    confidence: str
    condition: str
    message: str
    sources: tuple[str, ...]
    look: Callable[[Intake], Iterator[Seen]]
    against: tuple[str, ...] = ()
    on_request: bool = False


class Accepted(NamedTuple):
    """That the person has accepted what a rule found."""

    reason: str
    until: date

    def to_json(self) -> dict[str, Any]:
        return {"reason": self.reason, "until": self.until.isoformat()}


class Finding(NamedTuple):
    """One finding, ready to be shown."""

    rule: str
    severity: str
    doses: tuple[str, ...]
    seen: str
    message: str
    sources: tuple[Source, ...]
    accepted: Accepted | None = None
    # When an acceptance of it ended, where there was one.
    was_accepted: date | None = None

    @property
    def held(self) -> bool:
        """Whether it holds a push back."""
        return self.severity == ERROR and self.accepted is None

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "doses": list(self.doses),
            "seen": self.seen,
            "message": self.message,
            "sources": [source.to_json() for source in self.sources],
            "accepted": self.accepted.to_json() if self.accepted else None,
        }


def finding(rule: Rule, seen: Seen) -> Finding:
    """What a rule saw, in its words and with its sources."""
    message = filled(seen.message or rule.message, seen.names)
    sources = tuple(SOURCES[key] for key in rule.sources)
    return Finding(rule.id, seen.severity, seen.doses, seen.what, message, sources)


def worst(found: Iterator[Seen]) -> Iterator[Seen]:
    """The gravest of several, and of equals the one with the most weight; nothing of nothing.

    What is equal in that, too, is told by its words, so that the order of doses changes nothing.
    """
    yield from sorted(found, key=_gravity)[:1]


def _gravity(seen: Seen) -> tuple[int, Fraction, tuple[str, ...], str]:
    return SEVERITIES.index(seen.severity), -seen.weight, seen.doses, seen.what
