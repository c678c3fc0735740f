"""What `check` says of a schedule: errors and warnings in full, notes as a count."""

import textwrap
from collections.abc import Iterator

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Finding
from dosebell_host.advice.judge import Verdict

_WIDTH = 80
_HEADS = {ERROR: "ERRORS", WARNING: "WARNINGS", NOTE: "NOTES"}


def verdict_lines(verdict: Verdict, verbose: bool = False) -> Iterator[str]:
    """The sums that were used, then the findings by severity; notes in full where `verbose`."""
    for each in verdict.sums:
        yield from _wrapped(each.text(), "  ")
    yield from advice_lines(verdict)
    notes = verdict.of(NOTE)
    if verbose:
        yield from group_lines(verdict, NOTE)
    elif notes:
        count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
        yield f"  {count}; --verbose shows {'it' if len(notes) == 1 else 'them'}"


def advice_lines(verdict: Verdict) -> Iterator[str]:
    """Errors and warnings in full, and nothing of the rest."""
    for severity in (ERROR, WARNING):
        yield from group_lines(verdict, severity)


def group_lines(verdict: Verdict, severity: str) -> Iterator[str]:
    """The findings of one severity under its head; nothing where there are none."""
    found = verdict.of(severity)
    if found:
        yield f"  {_HEADS[severity]} ({len(found)})"
    for each in found:
        yield from _finding_lines(each)


def _finding_lines(found: Finding) -> Iterator[str]:
    doses = f"  {', '.join(found.doses)}" if found.doses else ""
    yield from _wrapped(f"{found.rule}{doses}: {found.seen}", "    ")
    yield from _wrapped(found.message, "      ")
    yield from _source_lines(found)
    if found.accepted:
        until = found.accepted.until.isoformat()
        yield from _wrapped(f'accepted until {until}: "{found.accepted.reason}"', "      ")
    if found.was_accepted:
        yield f"      was accepted until {found.was_accepted.isoformat()}, which is over"


def _source_lines(found: Finding) -> Iterator[str]:
    """The first source with an address, and how to see the others."""
    shown = next((each for each in found.sources if each.urls), found.sources[0])
    others = len(found.sources) - 1
    more = f" (and {others} more: --explain {found.rule})" if others else ""
    yield from _wrapped(f"source: {shown.title}{more}", "      ")
    if shown.urls:
        # An address in one piece can be clicked.
        yield f"      {shown.urls[0]}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
