"""Puts right what can be put right by itself, one finding after the other.

A correction stands only where its finding becomes less grave, no other error or warning appears,
and the text says just that and keeps its comments. What is left over falls with every step, so it
comes to an end; and a corrected text has nothing left to correct.
"""

from collections.abc import Iterator
from datetime import date

from dosebell_host.advice.findings import Finding
from dosebell_host.advice.fixes.attempt import Attempt, Corrected, Revision, written_in
from dosebell_host.advice.fixes.corrections import correction_of, is_said_by_name, may_move
from dosebell_host.errors import UserError

_BY_NAME = "as its name says; does the label say so, too?"


def corrected(text: str, name: str, today: date) -> tuple[str, list[Corrected]]:
    """The text with all that can be put right by itself, and what was done; `today` as in `judge`.

    Raises as `schedule_file.parse` and `compile_schedule` do.
    """
    draft = Revision.read(text, name, today)
    done: list[Corrected] = []
    before = -1
    # What could not be put right may be so once everything else is.
    while before < len(done):
        before = len(done)
        hopeless: set[tuple[str, str]] = set()
        while step := next(_steps(draft, name, hopeless), None):
            draft, correction = step
            done.append(correction)
    return draft.text, done


def _steps(
    draft: Revision, name: str, hopeless: set[tuple[str, str]]
) -> Iterator[tuple[Revision, Corrected]]:
    """What can be put right in a draft, the gravest first; what can't is noted as hopeless."""
    for finding in draft.verdict.findings:
        for place, dose in enumerate(draft.schedule.doses):
            which = finding.rule, dose.id
            if dose.id not in finding.doses or which in hopeless:
                continue
            if is_said_by_name(finding):
                yield from _said(draft, finding, place, name)
                hopeless.add(which)
            elif correction_of(finding):
                if may_move(dose):
                    yield from _step(Attempt(draft, finding, place), name)
                hopeless.add(which)


def _said(
    draft: Revision, finding: Finding, place: int, name: str
) -> Iterator[tuple[Revision, Corrected]]:
    """What the name of a dose says, written as a key. What it holds is judged only then."""
    from dosebell_host.advice.from_names import contents_keys, said_by_name, words_of

    dose = draft.schedule.doses[place]
    keys = said_by_name(dose)
    text = written_in(draft.text, place, keys) if keys else None
    if keys and text is not None:
        before = f"contents {words_of({'contents': contents_keys(dose)})}"
        told = Corrected(finding.rule, dose.id, before, words_of(keys), _BY_NAME)
        yield Revision.read(text, name, draft.today), told


def _step(attempt: Attempt, name: str) -> Iterator[tuple[Revision, Corrected]]:
    keys = attempt.best()
    text = attempt.written(keys) if keys else None
    if keys and text is not None:
        try:
            yield Revision.read(text, name, attempt.draft.today), attempt.told(keys)
        except UserError:
            # Another limit of the file is in the way, so this dose is left to the person.
            return
