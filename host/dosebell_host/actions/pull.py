"""`dosebell pull`: the schedule in force, as the file that was pushed."""

from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.write_file import write_file
from dosebell_host.box.contact import Contact
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.store import Pushed
from dosebell_host.schedule.decompiler import decompile, is_rebuilt
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
    kept = contact.history.pushed(contact.hello.device_id, contact.hello.revision)
    if kept and _is_text(kept.file):
        return kept
    contact.check_plan_known()
    if not contact.lines:
        fix = "`dosebell push FILE` gives it one"
        raise UserError("the box has no schedule yet", fix=fix, code="no-schedule")
    return Pushed(REBUILT_NAME, decompile(contact.lines).encode())


def _is_text(file: bytes) -> bool:
    """Whether it can be what was pushed, which was a text: on a disk a bit may turn."""
    try:
        file.decode()
    except UnicodeDecodeError:
        return False
    return True
