"""What `check` says of a schedule: errors and warnings in full, notes as a count."""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Finding
from dosebell_host.advice.judge import Verdict
from dosebell_host.reference.sources import Source
from dosebell_host.wording import PAGE, command_text

_HEADS = {ERROR: "ERRORS", WARNING: "WARNINGS", NOTE: "NOTES"}
_ACCEPTED = "ACCEPTED"
# Where the title of a source has said who it is.
_SHORT = r" ?[,:(]"
_GO_ON = "A push waits until this is put right, or accepted: dosebell check --help"


def verdict_lines(verdict: Verdict, file: str, verbose: bool = False) -> Iterator[str]:
    """The sums that were used, then the findings by severity; the notes about this file in full
    where `verbose`.
    """
    for each in verdict.sums:
        yield from _wrapped(each.text(), "  ")
    yield from advice_lines(verdict, verbose)
    notes = verdict.of(NOTE)
    if verbose:
        yield from _group(_HEADS[NOTE], notes, verbose)
    if notes and not verbose:
        count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
        yield f"  {count} more: {command_text(None, 'check', file, '--verbose')}"
    if verdict.held:
        yield f"  {_GO_ON}"


def advice_lines(verdict: Verdict, verbose: bool = False) -> Iterator[str]:
    """Errors and warnings in full, then those that are accepted; nothing of the rest."""
    grave = [*verdict.of(ERROR), *verdict.of(WARNING)]
    for severity in (ERROR, WARNING):
        open_ones = [each for each in verdict.of(severity) if not each.accepted]
        yield from _group(_HEADS[severity], open_ones, verbose)
    yield from _group(_ACCEPTED, [each for each in grave if each.accepted], verbose)


def _group(head: str, found: list[Finding], verbose: bool) -> Iterator[str]:
    """Findings under their head; what one rule says of several doses in one sentence, once."""
    if found:
        yield f"  {head} ({len(found)})"
    for _, alike in groupby(found, key=_said):
        yield from _alike_lines(list(alike), verbose)


def _said(found: Finding) -> tuple[object, ...]:
    return found.rule, found.message, found.accepted, found.was_accepted


def _alike_lines(alike: list[Finding], verbose: bool) -> Iterator[str]:
    for _, at_once in groupby(alike, key=_when):
        yield from _wrapped(_seen_line(list(at_once)), "    ")
    found = alike[0]
    yield from _wrapped(f"{found.message} ({_source_words(found)})", "      ")
    if verbose:
        # An address in one piece can be clicked.
        yield from (f"      {url}" for url in _shown(found).urls[:1])
    if found.accepted:
        until = found.accepted.until.isoformat()
        yield from _wrapped(f'accepted until {until}: "{found.accepted.reason}"', "      ")
    if found.was_accepted:
        yield f"      was accepted until {found.was_accepted.isoformat()}, which is over"


def _when(found: Finding) -> str:
    """The end of what was seen, from its first time of day on."""
    _, at, rest = found.seen.partition(" at ")
    return at + rest if rest[:1].isdigit() else found.seen


def _seen_line(at_once: list[Finding]) -> str:
    """Things of one time of day, and as far from the same other, in one line."""
    rule, when = at_once[0].rule, _when(at_once[0])
    doses = ", ".join(dict.fromkeys(dose for each in at_once for dose in each.doses))
    things = ", ".join(_each_once([each.seen.removesuffix(when) for each in at_once]))
    seen = f"{things}{when}" if things else when
    return f"{rule}  {doses}: {seen}" if doses else f"{rule}: {seen}"


# Between the names of a list; in "(calcium and vitamin D)" there is one name.
_AND = r", | and (?![^(]*\))"


def _each_once(things: list[str]) -> list[str]:
    """Things that several findings name: a mineral of two doses is named once."""
    if len(set(things)) < 2:
        return things[:1]
    return list(dict.fromkeys(name for each in things for name in re.split(_AND, each)))


def _source_words(found: Finding) -> str:
    """Who says so, in a few words, and how to see it all."""
    shown, others = _shown(found), len(found.sources) - 1
    names = [re.split(_SHORT, shown.title)[0]] if shown.urls else []
    names += [f"{others} more"] * bool(others and names)
    named = f"{', '.join(names)}: " if names else ""
    return f"{named}--explain {found.rule}"


def _shown(found: Finding) -> Source:
    """The first source with an address."""
    return next((each for each in found.sources if each.urls), found.sources[0])


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        PAGE.get(),
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
