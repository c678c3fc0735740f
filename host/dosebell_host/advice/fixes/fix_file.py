"""`check --fix`: a corrected schedule in a new file beside the old one, which stays as it is."""

import codecs
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.advice.checked import Checked
from dosebell_host.advice.fixes.corrections import correction_of, is_said_by_name
from dosebell_host.schedule import read_file
from dosebell_host.schedule.new_file import already_there, write_new
from dosebell_host.wording import PAGE

if TYPE_CHECKING:
    # Only the type: most files need no correction, and the search for one need not be loaded.
    from dosebell_host.advice.fixes.attempt import Corrected

_MOVE = "look at it, then move it away"


class FixProposal(NamedTuple):
    """What a file would be with all that can be put right by itself."""

    source: Path
    data: bytes
    corrections: tuple["Corrected", ...]

    @property
    def target(self) -> Path:
        """Where it goes: my.fixed.toml for my.toml."""
        return self.source.with_name(f"{self.source.stem}.fixed{self.source.suffix}")


def tries(checked: Checked) -> int:
    """How many findings of a file might be put right."""
    verdict = checked.verdict
    found = verdict.findings if verdict else ()
    return sum(correction_of(each) is not None or is_said_by_name(each) for each in found)


def propose(checked: Checked, now_s: int) -> FixProposal | None:
    """What could be put right in a file that was checked at `now_s`; None where nothing can."""
    if checked.found is None or not tries(checked):
        return None
    from dosebell_host.advice.fixes.correct import corrected

    path = Path(checked.file)
    data = read_file.read_bytes(path)
    today = checked.found.local.date(now_s)
    text, done = corrected(data.decode("utf-8-sig"), checked.file, today)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return FixProposal(path, mark + text.encode(), tuple(done)) if done else None


def write(proposals: list[FixProposal]) -> None:
    """Write every proposal to its own new file. Raises `UserError` before the first is written."""
    for each in proposals:
        if each.target.exists():
            raise already_there(each.target, _MOVE)
    for each in proposals:
        write_new(each.target, each.data, _MOVE)


def proposal_lines(proposal: FixProposal) -> Iterator[str]:
    """What could be put right, and how."""
    yield f"  CAN BE PUT RIGHT ({len(proposal.corrections)})"
    yield from _lines(proposal)
    yield from _whole(
        f"dosebell check {proposal.source} --fix",
        f"writes {proposal.target.name}; your file stays",
    )


def _whole(*parts: str) -> Iterator[str]:
    """Parts on one line where they fit: a command that is cut in two can't be copied."""
    line = f"      {'  '.join(parts)}"
    yield from [line] if len(line) <= PAGE.get() else (f"      {part}" for part in parts)


def written_lines(proposal: FixProposal) -> Iterator[str]:
    """What was put right, and where."""
    yield f"  PUT RIGHT ({len(proposal.corrections)}) in {proposal.target}"
    yield from _lines(proposal)
    yield f"      {proposal.source.name} is as it was. Does the new one suit your days?"


def _lines(proposal: FixProposal) -> Iterator[str]:
    for each in proposal.corrections:
        yield from textwrap.wrap(
            f"{each.rule}  {each.text()}",
            PAGE.get(),
            initial_indent="    ",
            subsequent_indent="      ",
            break_long_words=False,
            break_on_hyphens=False,
        )
