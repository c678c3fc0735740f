"""What was taken as a FHIR R4B transaction, which may be imported again and again.

Each resource has an identifier of its own, and is written by a conditional update: a server that
has one of that identifier replaces it, another one makes it. A MedicationAdministration is named
by box, dose and due, which nothing changes, so that what is put right later becomes the very
resource that was wrong. What was taken or left out and is so no more, because somebody undid it,
was imported once, maybe: it goes out as entered-in-error. What is open, or was cancelled, and was
never anything else, is not told.

Words of this product stand in `text`; codes are only those that were looked up.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any, NamedTuple

from dosebell import record
from dosebell_host.export.doses import DoseLabels
from dosebell_host.export.medication import medication
from dosebell_host.export.rows import document_text
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.measures import OFF
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.local_time import LocalTime, day_iso

Resource = dict[str, Any]

# What the identifiers are of. They name nothing on the web, and never change.
OCCURRENCES = "urn:uuid:689745fa-1906-4bfb-8214-0671291438a6"
COURSES = "urn:uuid:c0ad8053-33c1-4104-b047-e09a667c1d66"
BOXES = "urn:uuid:09717eea-d070-48a9-bae1-f5643f11c89d"
PERSONS = "urn:uuid:a9aa8caf-92af-4a9d-80f2-2e64eac97eff"

COMPLETED, NOT_DONE, UNKNOWN = "completed", "not-done", "unknown"
IN_ERROR = "entered-in-error"
# By the state of an outcome: its status, and why nothing was taken.
STATUSES = {
    record.TAKEN: (COMPLETED, ""),
    record.MISSED: (NOT_DONE, "missed: nobody answered"),
    record.SKIPPED: (NOT_DONE, "skipped by the person"),
    OFF: (NOT_DONE, "off: the schedule leaves this day out"),
    record.UNKNOWN: (UNKNOWN, ""),
}


class Subject(NamedTuple):
    """Whom it is about: what they are called, and a reference such as `Patient/123`, "" where
    nobody said one.
    """

    display: str
    reference: str = ""


class Intakes(NamedTuple):
    """What a bundle is made from: the outcomes of a log that are told, and the names of doses."""

    log: BoxLog
    outcomes: list[Outcome]
    labels: DoseLabels
    subject: Subject


def bundle_text(told: Intakes) -> str:
    """The transaction as JSON, an entry a line; the same intakes are the same bytes."""
    return document_text(
        {"resourceType": "Bundle", "type": "transaction"}, "entry", map(_entry, _resources(told))
    )


def identifier(resource: Resource) -> tuple[str, str]:
    """The system and the value that a resource is known by."""
    (only,) = resource["identifier"]
    return only["system"], only["value"]


def _resources(told: Intakes) -> Iterator[Resource]:
    device_id = told.log.device_id
    box = {
        "resourceType": "Device",
        "identifier": [{"system": BOXES, "value": device_id}],
        "deviceName": [{"name": "dosebell", "type": "model-name"}],
    }
    yield box
    subject = _subject(told.subject, device_id)
    for dose in _doses(told):
        yield _statement(dose, told, subject)
    for each in told.outcomes:
        status = _status(each)
        if status is not None:
            yield _administration(each, status, told, subject, _full_url(box))


def _entry(resource: Resource) -> Resource:
    kind, (system, value) = resource["resourceType"], identifier(resource)
    return {
        "fullUrl": _full_url(resource),
        "resource": resource,
        "request": {"method": "PUT", "url": f"{kind}?identifier={system}|{value}"},
    }


def _full_url(resource: Resource) -> str:
    return uuid.uuid5(uuid.UUID(OCCURRENCES), "|".join(identifier(resource))).urn


def _subject(subject: Subject, device_id: str) -> Resource:
    if subject.reference:
        return {"reference": subject.reference, "display": subject.display}
    person = {"system": PERSONS, "value": device_id}
    return {"type": "Patient", "identifier": person, "display": subject.display}


def _doses(told: Intakes) -> Iterable[str]:
    """Those of the schedule in force, then others that were taken."""
    return dict.fromkeys([*told.labels.in_force, *(each.dose for each in told.outcomes)])


def _statement(dose: str, told: Intakes, subject: Resource) -> Resource:
    """That this dose is taken, or was."""
    label = told.labels.of(dose, told.log.now_s)
    found = {
        "resourceType": "MedicationStatement",
        "identifier": [{"system": COURSES, "value": f"{told.log.device_id}.{dose}"}],
        "status": "active" if dose in told.labels.in_force else "completed",
        **medication(label),
        "subject": subject,
    }
    return found | ({"dosage": [{"text": label.how}]} if label.how else {})


def _status(each: Outcome) -> tuple[str, str] | None:
    """The status and the reason; None for what is not told."""
    if each.withdrawn:
        return IN_ERROR, ""
    return STATUSES.get(OFF if each.off else each.state)


def _administration(
    each: Outcome, status: tuple[str, str], told: Intakes, subject: Resource, box: str
) -> Resource:
    said, reason = status
    local = told.log.local
    made: Resource = {
        "resourceType": "MedicationAdministration",
        "identifier": [{"system": OCCURRENCES, "value": _value(each, told.log)}],
        "status": said,
        **medication(told.labels.of(each.dose, each.due_s)),
        "subject": subject,
        "effectiveDateTime": _effective(each, said, local),
        "device": [{"reference": box}],
    }
    if reason:
        made["statusReason"] = [{"text": reason}]
    if each.back_dated:
        made["note"] = [{"text": "The time is what the person said later."}]
    return made


def _value(each: Outcome, log: BoxLog) -> str:
    """Box, dose and due, in UTC; where nobody here knows the due, the date and its place there."""
    when = f"{day_iso(each.day)}.{each.slot}"
    if each.due_s is not None:
        when = f"{log.local.datetime(each.due_s).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{log.device_id}.{each.dose}.{when}"


def _effective(each: Outcome, status: str, local: LocalTime) -> str:
    """When it was taken, or when it was due; at least on which date."""
    at_s = each.taken_s if status == COMPLETED and each.taken_s is not None else each.due_s
    return day_iso(each.day) if at_s is None else local.iso(at_s)
