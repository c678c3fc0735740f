"""The schedule that a push sends: a file, or the schedule in force in another time zone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dosebell import schedule as device
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UsageError, UserError
from dosebell_host.history.store import Pushed
from dosebell_host.schedule import decompiler, read_file
from dosebell_host.schedule.compiler import Compiled, compile_schedule
from dosebell_host.schedule.lines import OF_ZONE, CompiledLine, read_lines
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.schedule.zones import check_zone

if TYPE_CHECKING:
    # Only the type: a pull asks for no advice and need not load its rules.
    from dosebell_host.advice.judge import Verdict

REBUILT_NAME = "rebuilt.toml"

_REBUILT_HEAD = f"# {decompiler.REBUILT.splitlines()[0]}".encode()
# The key stands before the first table, where TOML wants what belongs to the whole file.
_ZONE_LINE = re.compile(r"""^(\s*timezone\s*=\s*)("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)


class Document(NamedTuple):
    """A schedule as the device will have it, and the file to keep for it.

    `verdict` is what the checks say of it; None where nobody asked them.
    """

    file: PlanFile
    source: Pushed
    verdict: "Verdict | None" = None

    @property
    def compiled(self) -> Compiled:
        return self.file.compiled


def wanted(
    path: Path | None, zone: str | None, unchecked: bool, at_s: int
) -> Callable[[Contact], Document]:
    """What the arguments of a push ask for, as far as it can be read before a box is there; the
    checks are those of the day of `at_s`, in seconds since 2000.
    """
    if (path is None) == (zone is None):
        raise UsageError("a push needs either a FILE or --timezone ZONE")
    if path is not None:
        read = hold_back(advised(read_document(path, unchecked), at_s), str(path))
        return lambda contact: read
    known_zone = check_zone(zone or "")
    return lambda contact: advised(in_zone(contact, known_zone), at_s)


def read_document(path: Path, unchecked: bool = False) -> Document:
    """The schedule in a file. Raises `UserError` with all that is wrong with it, and where it was
    rebuilt from a box unless `unchecked`.
    """
    data = read_file.read_bytes(path)
    if data.lstrip().startswith(_REBUILT_HEAD) and not unchecked:
        raise UserError(
            "this file was rebuilt from a box, so the person and what was accepted are missing"
            " and it cannot be checked",
            where=str(path),
            fix=f"push the file you wrote, or type: dosebell push {path} --unchecked",
            code="rebuilt",
        )
    return document(data, str(path))


def advised(read: Document, at_s: int) -> Document:
    """The document with what the checks say of it on the day of `at_s`."""
    from dosebell_host.advice.judge import judge

    today = read.file.local.date(at_s)
    return read._replace(verdict=judge(read.file.schedule, today))


def hold_back(read: Document, name: str) -> Document:
    """The document itself. Raises `HeldBack` with the errors of the checks that are not accepted.

    A file that was rebuilt from a box has no person and accepts nothing, so the checks are only
    shown; whoever pushes it has said that it is unchecked.
    """
    if read.verdict and read.verdict.held and not rebuilt(read.source):
        raise HeldBack(name, read.verdict)
    return read


def document(data: bytes, name: str) -> Document:
    """The schedule in the bytes of a file."""
    schedule = read_file.parse(data, name)
    compiled = compile_schedule(schedule)
    plan = device.parse(compiled.lines)
    return Document(PlanFile(schedule, compiled, plan), Pushed(Path(name).name, data))


def in_force(contact: Contact) -> Pushed:
    """The file last pushed, byte for byte, where this laptop has it; else one rebuilt."""
    if not contact.lines:
        fix = "`dosebell push FILE` gives it one"
        raise UserError("the box has no schedule yet", fix=fix, code="no-schedule")
    kept = contact.history.pushed(contact.hello.device_id, contact.hello.revision)
    return kept or Pushed(REBUILT_NAME, decompiler.decompile(contact.lines).encode())


def write(path: Path, data: bytes) -> None:
    """Write a file. Raises `UserError` where that can't be."""
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        raise UserError(message, where=str(path), fix="name another file", code="file") from None


def rebuilt(source: Pushed) -> bool:
    """Whether the file was made from what a box holds."""
    return source.file.lstrip().startswith(_REBUILT_HEAD)


def in_zone(contact: Contact, zone: str) -> Document:
    """The schedule in force with another time zone, and nothing else changed."""
    source = in_force(contact)
    text = source.file.decode("utf-8-sig")
    moved = document(_with_zone(text, zone).encode(), source.file_name)
    if _but_zone(moved.compiled.lines) != _but_zone(contact.lines):
        raise UserError(
            f"the time zone in {source.file_name} cannot be changed alone",
            fix=f'write timezone = "{zone}" into your file and push that',
            code="timezone",
        )
    return moved


def _with_zone(text: str, zone: str) -> str:
    return _ZONE_LINE.sub(lambda match: f'{match[1]}"{zone}"', text, count=1)


def _but_zone(lines: list[str]) -> list[CompiledLine]:
    """The rules without the zone's name and its table."""
    rules = [line for line in read_lines(lines) if line.kind not in OF_ZONE]
    for line in rules:
        line.fields.pop("zone", None)
    return rules
