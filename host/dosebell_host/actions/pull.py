"""`dosebell pull`: the schedule in force, as the file that was pushed."""

from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.write_file import write_file
from dosebell_host.box.contact import Contact
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.store import History, KnownBox, Pushed
from dosebell_host.schedule.decompiler import decompile, is_rebuilt
from dosebell_host.schedule.lines import known
from dosebell_host.talk import Talk

REBUILT_NAME = "rebuilt.toml"


class PullReport(NamedTuple):
    """The file in force, and the revision that it was pushed as."""

    revision: str
    source: Pushed

    @property
    def rebuilt(self) -> bool:
        return is_rebuilt(self.source.file)

    def to_json(self) -> dict[str, Any]:
        return {
            "revision": self.revision,
            "rebuilt": self.rebuilt,
            "file_name": self.source.file_name,
            "file": self.source.file.decode("utf-8-sig"),
        }


def pull(
    port: str | None, talk: Talk, reach: Reach, output: Path | None = None, sync: bool = True
) -> PullReport:
    """Get the file in force, and write it to `output` if there is one.

    Asks before another file is overwritten. Raises `UserError` where the box has no schedule, or
    the file can't be written.
    """
    with contacted(port, talk, reach, sync) as contact:
        report = PullReport(contact.hello.revision, file_in_force(contact))
    if report.rebuilt:
        talk.note("Rebuilt from the box: this laptop does not have the file itself.")
    if output is not None:
        write_file(output, report.source.file, talk)
    return report


def file_in_force(contact: Contact) -> Pushed:
    """The file last pushed, byte for byte, where this laptop has it; else one rebuilt."""
    kept = _kept(contact.history, contact.hello.device_id, contact.hello.revision)
    if kept is None:
        contact.check_plan_known()
    return kept or _rebuilt(contact.lines, "the box has no schedule yet")


def file_last_known(history: History, box: KnownBox) -> Pushed:
    """The same of a box that is away, by the schedule that it had when it was last met."""
    kept = _kept(history, box.device_id, box.revision)
    lines = known(box.revision, history.schedule(box.revision) or [])
    return kept or _rebuilt(lines, "no schedule of this box is known")


def _kept(history: History, device_id: str, revision: str) -> Pushed | None:
    kept = history.pushed(device_id, revision)
    return kept if kept and _is_text(kept.file) else None


def _rebuilt(lines: list[str], lacking: str) -> Pushed:
    if not lines:
        raise UserError(lacking, fix="`dosebell push FILE` gives it one", code="no-schedule")
    return Pushed(REBUILT_NAME, decompile(lines).encode())


def _is_text(file: bytes) -> bool:
    """Whether it can be what was pushed, which was a text: on a disk a bit may turn."""
    try:
        file.decode()
    except UnicodeDecodeError:
        return False
    return True
