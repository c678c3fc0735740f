"""One finding about one dose: tries what `CORRECTIONS` proposes and asks the rules again."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dosebell_host.advice.findings import NOTE, SEVERITIES, Finding
from dosebell_host.advice.fixes.corrections import CORRECTIONS, STEP_MIN, Keys
from dosebell_host.advice.intake import intake_of
from dosebell_host.advice.judge import Verdict, judge
from dosebell_host.advice.rules.table import RULES
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.limits import MINUTE_S
from dosebell_host.schedule.model import DoseEntry, Schedule
from dosebell_host.schedule.toml_edit import inserted, is_same_but_for, replaced
from dosebell_host.schedule.toml_lines import pair_spans
from dosebell_host.schedule.values import duration_value, time_text

if TYPE_CHECKING:
    # Only the type: most files leave no contents unsaid.
    from dosebell_host.advice.from_names import SaidByName

# How many findings of each severity, the gravest first.
Weight = tuple[int, ...]
_NOTHING: Weight = (0,) * len(SEVERITIES)
# Which findings are counted together.
Key = tuple[str, tuple[str, ...]]
# How grave the finding stays, and whether it is tight: the less the better.
Rank = tuple[int, bool]

# A dose has one of the two keys.
_PLACES = frozenset({"at", "with"})
# Every quarter of an hour of a usual day, each asked of all rules, takes four thousand; a dose
# with as many times as the format allows would take tens of thousands.
_LOOKS_AT_MOST = 5_000


@dataclass(frozen=True)
class Corrected:
    """One correction: the rule it is for, and what becomes of a dose."""

    rule: str
    dose: str
    before: str
    after: str
    why: str

    def text(self) -> str:
        return f"{self.dose}: {self.before} -> {self.after}, {self.why}"

    def to_json(self) -> dict[str, str]:
        return {
            "rule": self.rule,
            "dose": self.dose,
            "before": self.before,
            "after": self.after,
            "why": self.why,
        }


@dataclass(frozen=True)
class Revision:
    """A text, and all that was read from it."""

    text: str
    document: dict[str, Any]
    schedule: Schedule
    verdict: Verdict
    today: date

    @classmethod
    def read(cls, text: str, name: str, today: date) -> "Revision":
        """Raises as `schedule_file.parse` and `compile_schedule` do."""
        schedule = read_file.parse(text, name)
        compile_schedule(schedule)
        return cls(text, tomllib.loads(text), schedule, judge(schedule, today), today)


class Patience:
    """How much looking is left, in proposals that were shown to one rule; `check` is to be quick.

    Each attempt has its own: what comes of it depends on nothing that was tried before, so that a
    second run finds nothing that the first one was too tired for.
    """

    def __init__(self) -> None:
        self._left = _LOOKS_AT_MOST

    def spend(self, looks: int) -> bool:
        """Whether there was some left."""
        self._left -= looks
        return self._left >= 0


class Attempt:
    """One finding about one dose of a draft, and what could be done about it."""

    def __init__(self, draft: Revision, finding: Finding, place: int) -> None:
        self.draft = draft
        self.finding = finding
        self.place = place
        self.dose = draft.schedule.doses[place]
        self.table: dict[str, Any] = draft.document["dose"][place]
        self._correction = CORRECTIONS[finding.rule]
        self._key: Key = (finding.rule, finding.doses)
        self._before = _weights(draft.verdict)
        self._gravest = _gravest(self._weight(self._key))
        self._patience = Patience()

    def best(self) -> Keys | None:
        """What makes the finding least grave and nothing else worse; of equals the first.

        Asking one rule about one dose is quick, and most proposals fail there. Only the others are
        judged by all rules, beginning with those that look best.
        """
        promising = sorted(self._promising(), key=lambda each: each[0])
        for _, alike in groupby(promising, key=lambda each: each[0]):
            with_new_notes = None
            for _, keys in alike:
                new_notes = self._new_notes(keys)
                if new_notes == 0:
                    return keys
                if new_notes is not None:
                    with_new_notes = with_new_notes or keys
            if with_new_notes:
                return with_new_notes
        return None

    def _promising(self) -> Iterator[tuple[Rank, Keys]]:
        """The proposals that help as far as the rule itself goes."""
        for keys in self._correction.proposals(self.draft.schedule, self.dose):
            if not self._patience.spend(1):
                return
            moved = self._moved(keys)
            left = self._alone(moved)
            if self._helps(left):
                tight = not self._helps(self._alone(_whenever_it_may_be_taken(moved)))
                yield (-left, tight), keys

    def _new_notes(self, keys: Keys) -> int | None:
        """How many notes there would be more; None where the proposal won't do."""
        if not self._patience.spend(len(RULES)):
            return None
        after = _weights(judge(self._among(self._moved(keys)), self.draft.today))
        left = _gravest(after.get(self._key, _NOTHING))
        if not self._helps(left) or self._worsens(after):
            return None
        return sum(after[key] > self._weight(key) for key in after)

    def _helps(self, left: int) -> bool:
        # One finding fewer of several is no help: it may be closer to the other medicine then.
        return left > self._gravest

    def _worsens(self, after: dict[Key, Weight]) -> bool:
        """Whether there is an error or a warning more; where it is about a note, a note more."""
        counted = len(SEVERITIES) if self.finding.severity == NOTE else len(SEVERITIES) - 1
        return any(after[key][:counted] > self._weight(key)[:counted] for key in after)

    def _weight(self, key: Key) -> Weight:
        return self._before.get(key, _NOTHING)

    def _moved(self, keys: Keys) -> DoseEntry:
        return DoseEntry.read(_with_keys(self.table, keys))

    def _among(self, dose: DoseEntry) -> Schedule:
        doses = list(self.draft.schedule.doses)
        doses[self.place] = dose
        return replace(self.draft.schedule, doses=tuple(doses))

    def _alone(self, dose: DoseEntry) -> int:
        """The place of the gravest that the rule finds of this dose and what matters to it."""
        intake = intake_of(
            replace(self._around, doses=(dose, *self._around.doses)), self.draft.today
        )
        seen = [each for each in RULES[self.finding.rule].look(intake) if dose.id in each.doses]
        return min((SEVERITIES.index(each.severity) for each in seen), default=len(SEVERITIES))

    @cached_property
    def _around(self) -> Schedule:
        """The schedule with nothing in it but the medicines that matter to the rule."""
        schedule = self.draft.schedule
        doses = [each for each in schedule.doses if each.medicine and each.id != self.dose.id]
        matter = tuple(dose for dose in doses if self._correction.concerns(dose.medicine or ""))
        person = schedule.person
        if person and person.medicines:
            listed = tuple(m for m in person.medicines if self._correction.concerns(m.name))
            person = person.replaced(medicines=listed)
        return replace(schedule, doses=matter, person=person)

    def written(self, keys: Keys) -> str | None:
        """The text with these keys, or None where it can't be edited without a loss."""
        table = ("dose", self.place)
        text, stands = self.draft.text, "at" if self.dose.at else "with"
        for key, value in keys.items():
            if key in _PLACES:
                text = replaced(text, table, stands, key, value)
                stands = key
            elif key in self.table:
                text = replaced(text, table, key, key, value)
            else:
                text = inserted(text, table, stands, key, value)
        gone = _PLACES.intersection(self.table) if _PLACES.intersection(keys) else frozenset()
        same = is_same_but_for(self.draft.text, text, table, {**dict.fromkeys(gone), **keys})
        return text if same else None

    def told(self, keys: Keys) -> Corrected:
        """The correction in words."""
        moved = self._moved(keys)
        intake = intake_of(self._among(moved), self.draft.today)
        item = next(each for each in intake.items if each.id == self.dose.id)
        why = self._correction.why(self._correction, intake, item)
        before, after = (_words(dose, keys) for dose in (self.dose, moved))
        return Corrected(self.finding.rule, self.dose.id, before, after, why)


# One of them is a key of every dose: what is new is written in front of the first.
_STANDS = ("days", "at", "with")


def written_in(text: str, place: int, keys: "SaidByName") -> str | None:
    """The text with these keys of a dose, or None where that would lose something."""
    table = ("dose", place)
    new = text
    has = tomllib.loads(text)["dose"][place]
    if any(key in has and (*table, key) not in pair_spans(text) for key in keys):
        # They are tables of their own.
        return None
    for key, value in keys.items():
        if key in has:
            new = replaced(new, table, key, key, value)
        else:
            spans = pair_spans(new)
            before = next(each for each in _STANDS if (*table, each) in spans)
            new = inserted(new, table, before, key, value)
    return new if is_same_but_for(text, new, table, keys) else None


def _whenever_it_may_be_taken(dose: DoseEntry) -> DoseEntry:
    """The dose at every quarter of an hour of its early windows: a person may take it then."""
    early_min = dose.early_s // MINUTE_S
    ahead = range(0, early_min + 1, STEP_MIN)
    at = sorted({max(0, minute - each) for minute in dose.at for each in (*ahead, early_min)})
    return dose.replaced(at=tuple(at))


def _with_keys(table: dict[str, Any], keys: Keys) -> dict[str, Any]:
    gone = _PLACES if _PLACES.intersection(keys) else frozenset()
    return {key: value for key, value in table.items() if key not in gone} | keys


def _words(dose: DoseEntry, keys: Keys) -> str:
    """What these keys were, or are, for people."""
    if "late" in keys:
        return f"late {duration_value(dose.late_s)}"
    return ", ".join(dose.with_meals or map(time_text, dose.at))


def _gravest(weight: Weight) -> int:
    """The place in `SEVERITIES` of the gravest that is there; their number where none is."""
    return next((place for place, count in enumerate(weight) if count), len(SEVERITIES))


def _weights(verdict: Verdict) -> dict[Key, Weight]:
    counted: dict[Key, Counter[str]] = {}
    for each in verdict.findings:
        counted.setdefault((each.rule, each.doses), Counter())[each.severity] += 1
    return {key: tuple(count[s] for s in SEVERITIES) for key, count in counted.items()}
