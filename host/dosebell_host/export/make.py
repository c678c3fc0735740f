"""`dosebell export`: what was taken, from a box or from what this laptop keeps of it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host import SCHEMA
from dosebell_host.actions.shown_log import LogWishes, ShownLog, shown_log
from dosebell_host.actions.write_file import write_file
from dosebell_host.box.reach import Reach
from dosebell_host.export.doses import DoseLabels, Texts
from dosebell_host.export.rows import LINE_END, document_text, rows, rows_csv
from dosebell_host.export.subject import check_reference
from dosebell_host.history.box_names import Owner, owner_of
from dosebell_host.history.log_csv import records_csv
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.talk import Talk, no_note


@dataclass(frozen=True)
class ExportWishes:
    """Which part of which log; whether the records are told instead of what came of them; whom a
    FHIR resource is about, as `Patient/123`, "" for what they are called here; where it is
    written, None for nowhere.
    """

    part: LogWishes = field(default_factory=LogWishes)
    records: bool = False
    subject: str = ""
    output: Path | None = None


class Exported(NamedTuple):
    """A file that was made: of which format and box, how many things are in it, and where it was
    written, None for nowhere.
    """

    format: str
    device_id: str
    items: int
    data: bytes
    file: Path | None

    def to_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "device_id": self.device_id,
            "items": self.items,
            "file": None if self.file is None else str(self.file),
            "text": self.data.decode() if self.file is None else None,
        }


class _Material(NamedTuple):
    """What every format is made from."""

    shown: ShownLog
    labels: DoseLabels
    owner: Owner | None
    wishes: ExportWishes

    @property
    def items(self) -> int:
        """How many things are told."""
        return len(self.shown.entries if self.wishes.records else self.shown.outcomes)


def export(name: str, wishes: ExportWishes, talk: Talk, reach: Reach) -> Exported:
    """Make a file of that format, `csv`, `json` or `fhir`, and write it where that is wished.

    Raises `UsageError` for days or a subject that make no sense, `UserError` for a dose that is
    unknown or a file that cannot be written, and `NoDevice` where neither box nor history answers.
    """
    check_reference(wishes.subject)
    shown = shown_log(wishes.part, talk, reach)
    # What is wrong with the history was told just now.
    with closing(open_history(no_note)) as history:
        labels = DoseLabels(shown.log, _texts(history, shown))
        boxes = {box.device_id: box for box in history.boxes()}
        box = boxes.get(shown.log.device_id)
        owner = None if box is None else owner_of(history, box)
    material = _Material(shown, labels, owner, wishes)
    if not material.items:
        talk.note(shown.nothing)
    data = _FORMATS[name](material).encode()
    made = Exported(name, shown.log.device_id, material.items, data, None)
    return kept(made, wishes.output, talk)


def kept(made: Exported, output: Path | None, talk: Talk) -> Exported:
    """The same, written where that is wished."""
    if output is not None:
        write_file(output, made.data, talk)
    return made._replace(file=output)


def _texts(history: History, shown: ShownLog) -> Texts:
    revisions = {revision for _, revision in shown.log.pushes}
    return {each: lines for each in revisions if (lines := history.schedule(each))}


def _csv(material: _Material) -> str:
    shown = material.shown
    if material.wishes.records:
        return records_csv(shown.entries, shown.log.local, LINE_END)
    return rows_csv(rows(shown.outcomes, material.labels, shown.log.local))


def _json(material: _Material) -> str:
    shown, log = material.shown, material.shown.log
    read_at = None if log.read_at is None else log.local.iso(from_unix(log.read_at))
    head = {
        "schema": SCHEMA,
        "device_id": log.device_id,
        "read_at": read_at,
        "missing": log.missing,
    }
    if material.wishes.records:
        return document_text(head, "records", (each.to_json(log.local) for each in shown.entries))
    return document_text(head, "outcomes", rows(shown.outcomes, material.labels, log.local))


def _fhir(material: _Material) -> str:
    from dosebell_host.export.fhir import Intakes, Subject, bundle_text

    shown, owner = material.shown, material.owner
    names = (owner.person, owner.name) if owner else ()
    display = next(filter(None, names), shown.log.device_id)
    subject = Subject(display, material.wishes.subject)
    return bundle_text(Intakes(shown.log, shown.outcomes, material.labels, subject))


_FORMATS: dict[str, Callable[[_Material], str]] = {"csv": _csv, "json": _json, "fhir": _fhir}
