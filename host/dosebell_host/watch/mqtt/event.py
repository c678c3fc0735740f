"""A record as an event, with its own time and the key that names it everywhere.

Home Assistant stamps an event with the time at which it came, so the true time stands in it.
"""

from dosebell import record
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.watch.mqtt.message import Message, as_json
from dosebell_host.watch.mqtt.topics import Topics

EVENT_TYPES = (
    record.RINGING,
    record.TAKEN,
    record.MISSED,
    record.SKIPPED,
    record.SNOOZED,
    record.UNDONE,
    record.UNKNOWN,
)


def event_of(entry: Entry, device_id: str, local: LocalTime, topics: Topics) -> Message:
    """The record as a message. `at` is when it happened, as when a dose was swallowed, and
    `noted_at` when the box wrote it down; each None where the box did not know the time.
    """
    said = entry.to_json(local)
    document = {
        "event_type": entry.kind,
        **said,
        "at": None if entry.at_s is None else local.iso(entry.at_s),
        "noted_at": said["at"],
        "crc": f"{entry.crc:08x}",
        "device_id": device_id,
    }
    is_of_dose = bool(entry.dose) and entry.kind in EVENT_TYPES
    topic = topics.event(device_id, entry.dose) if is_of_dose else topics.record(device_id)
    return Message(topic, as_json(document))
