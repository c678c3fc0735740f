"""What `check` tells of one file: what was found, and what could be, or was, put right."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.advice.check_text import verdict_lines
from dosebell_host.advice.checked import Checked, check_lines, check_with_advice
from dosebell_host.advice.fixes import fix_file
from dosebell_host.advice.fixes.fix_file import FixProposal
from dosebell_host.schedule.zones import zone_warning
from dosebell_host.wording import and_list, command_text

# Each takes some tenths of a second in a large file. With more of them only `--fix` tries.
_PROPOSED_AT_MOST = 12


class CheckReport(NamedTuple):
    """One file. `wanted` says whether it was to be put right, `fixed` what came of that."""

    checked: Checked
    proposal: FixProposal | None
    wanted: bool = False
    fixed: Checked | None = None

    @property
    def last(self) -> Checked:
        """The file that counts: the one put right, where there is one."""
        return self.fixed or self.checked

    @property
    def takes_long(self) -> bool:
        """Whether so much might be put right that nothing has been tried yet."""
        return self.proposal is None and fix_file.tries(self.checked) > _PROPOSED_AT_MOST

    @property
    def doubt(self) -> str:
        """What a person should hear of the zone, with the file; "" where there is nothing."""
        found = self.checked.found
        doubt = zone_warning(found.schedule.timezone) if found else ""
        return f"{self.checked.file}: {doubt}" if doubt else ""

    @property
    def warned(self) -> int:
        """How many warnings are left, the zone's among them."""
        verdict = self.last.verdict
        return bool(self.doubt) + (len(verdict.warned) if verdict else 0)

    def to_json(self) -> dict[str, Any]:
        corrections = self.proposal.corrections if self.proposal else ()
        return {
            **self.checked.to_json(),
            "corrections": [each.to_json() for each in corrections],
            "fixed": self.fixed.to_json() if self.fixed else None,
        }

    def lines(self, now_s: int, verbose: bool) -> Iterator[str]:
        """All of it for people."""
        yield from _checked_lines(self.checked, now_s, verbose)
        if self.proposal and self.fixed:
            yield from fix_file.written_lines(self.proposal)
            yield from _checked_lines(self.fixed, now_s, verbose)
            if self.fixed.verdict and not self.fixed.verdict.held:
                push = command_text(None, "push", str(self.fixed.file))
                yield f"  Plug the box in, then: {push}"
        elif self.proposal:
            yield from fix_file.proposal_lines(self.proposal)
        elif self.wanted and self.checked.found:
            yield "  Nothing here that --fix could put right; no file was written."
        elif self.takes_long:
            yield f"  Some of it may be put right by: dosebell check {self.checked.file} --fix"

    def held_lines(self, changes: Iterable[str] = (), or_else: str = "") -> Iterator[str]:
        """What to do first where errors hold the file back; none where nothing does.

        `changes` are commands besides, and `or_else` is what else can be done than to edit it.
        """
        held, file = self.checked.verdict.held if self.checked.verdict else (), self.checked.file
        if not held:
            return
        rules = and_list(dict.fromkeys(each.rule for each in held))
        yield f"First put right what {rules} says, for the box can't have it so:"
        if self.proposal:
            fix = command_text(None, "check", str(file), "--fix")
            yield f"  {fix}   writes another file, to push then"
        yield from (f"  {line}" for line in changes)
        yield f"  {command_text(None, 'edit', str(file))}   in your editor{or_else}"
        yield f"Then plug the box in: {command_text(None, 'push', str(file))}"


def report(path: Path, now_s: int, verbose: bool = False) -> CheckReport:
    """What there is to say of a file on the date of `now_s` (seconds since 2000)."""
    checked = check_with_advice(path, now_s, on_request=verbose)
    quick = fix_file.tries(checked) <= _PROPOSED_AT_MOST
    return CheckReport(checked, fix_file.propose(checked, now_s) if quick else None)


def put_right(
    reports: Iterable[CheckReport], now_s: int, verbose: bool = False
) -> list[CheckReport]:
    """The reports after all that was proposed is written. Raises `UserError` as that does."""
    wanted = [_proposing(each, now_s) for each in reports]
    fix_file.write([each.proposal for each in wanted if each.proposal])
    return [_with_new_file(each, now_s, verbose) for each in wanted]


def _proposing(each: CheckReport, now_s: int) -> CheckReport:
    proposal = each.proposal or fix_file.propose(each.checked, now_s)
    return each._replace(proposal=proposal, wanted=True)


def _with_new_file(each: CheckReport, now_s: int, verbose: bool) -> CheckReport:
    if each.proposal is None:
        return each
    fixed = check_with_advice(each.proposal.target, now_s, on_request=verbose)
    return each._replace(fixed=fixed)


def _checked_lines(checked: Checked, now_s: int, verbose: bool) -> Iterator[str]:
    yield from check_lines(checked, now_s)
    if checked.verdict:
        yield from verdict_lines(checked.verdict, str(checked.file), verbose)
