"""The schedule that a push sends: a file, or the schedule in force in another time zone."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dosebell import schedule as device
from dosebell_host.actions.pull import file_in_force
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UsageError, UserError
from dosebell_host.history.store import Pushed
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import Compiled, compile_schedule
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.schedule.lines import OF_ZONE, CompiledLine, read_lines
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.schedule.zones import check_zone

if TYPE_CHECKING:
    # Only the type: the demo asks for no advice and need not load its rules.
    from dosebell_host.advice.judge import Verdict

# The key stands before the first table, where TOML wants what belongs to the whole file.
_ZONE_LINE = re.compile(r"""^(\s*timezone\s*=\s*)("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)


class Document(NamedTuple):
    """A schedule as the device will have it, and the file to keep for it.

    `verdict` is what the checks say of it; None where nobody asked them. `told` are the lines of
    that for a person; None for all of it.
    """

    file: PlanFile
    source: Pushed
    verdict: "Verdict | None" = None
    told: tuple[str, ...] | None = None

    @property
    def compiled(self) -> Compiled:
        return self.file.compiled


def document_wanted(
    path: Path | None, zone: str | None, unchecked: bool, at_s: int
) -> Document | None:
    """The document in the file, or None where `zone` is wanted: that needs a box first.

    The checks are those of the day of `at_s` (seconds since 2000). Raises `UsageError` where not
    just one of them is named, `UserError` where it is no zone, or the file can't be pushed.
    """
    if (path is None) == (zone is None):
        raise UsageError("a push needs either a FILE or --timezone ZONE")
    if path is None:
        check_zone(zone or "")
        return None
    document = with_advice(read_document(path, unchecked), at_s)
    _refuse_held(document, str(path))
    return document


def read_document(path: Path, unchecked: bool = False) -> Document:
    """The schedule in a file. Raises `UserError` with all that is wrong with it, and where it was
    rebuilt from a box unless `unchecked`.
    """
    data = read_file.read_bytes(path)
    if is_rebuilt(data) and not unchecked:
        raise UserError(
            "this file was rebuilt from a box, so the person and what was accepted are missing"
            " and it cannot be checked",
            where=str(path),
            fix=f"push the file you wrote, or type: dosebell push {path} --unchecked",
            code="rebuilt",
        )
    return document_of(data, str(path))


def document_of(data: bytes, name: str) -> Document:
    """The schedule in the bytes of a file."""
    schedule = read_file.parse(data, name)
    compiled = compile_schedule(schedule)
    plan = device.parse(compiled.lines)
    return Document(PlanFile(schedule, compiled, plan), Pushed(Path(name).name, data))


def document_in_zone(contact: Contact, zone: str) -> Document:
    """The schedule in force with another time zone, and nothing else changed."""
    source = file_in_force(contact)
    text = source.file.decode("utf-8-sig")
    moved = document_of(_with_zone(text, zone).encode(), source.file_name)
    if _but_zone(moved.compiled.lines) != _but_zone(contact.lines):
        raise UserError(
            f"the time zone in {source.file_name} cannot be changed alone",
            fix=f'write timezone = "{zone}" into your file and push that',
            code="timezone",
        )
    return moved


def with_advice(document: Document, at_s: int) -> Document:
    """The document with what the checks say of it on the day of `at_s` (seconds since 2000)."""
    from dosebell_host.advice.judge import judge

    today = document.file.local.date(at_s)
    return document._replace(verdict=judge(document.file.schedule, today))


def _refuse_held(document: Document, name: str) -> None:
    """Raise `HeldBack` with the errors of the checks that are not accepted.

    A file that was rebuilt from a box has no person and accepts nothing, so the checks are only
    shown; whoever pushes it has said that it is unchecked.
    """
    if document.verdict and document.verdict.held and not is_rebuilt(document.source.file):
        raise HeldBack(name, document.verdict)


def _with_zone(text: str, zone: str) -> str:
    return _ZONE_LINE.sub(lambda match: f'{match[1]}"{zone}"', text, count=1)


def _but_zone(lines: list[str]) -> list[CompiledLine]:
    """The rules without the zone's name and its table."""
    rules = [line for line in read_lines(lines) if line.kind not in OF_ZONE]
    for line in rules:
        line.fields.pop("zone", None)
    return rules
