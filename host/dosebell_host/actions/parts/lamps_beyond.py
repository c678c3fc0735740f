"""What a push says of doses that lie where the strip of the box has no lamp."""

from contextlib import suppress

from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import PARTS
from dosebell_host.box.replies import LampStrip
from dosebell_host.errors import DeviceRefused
from dosebell_host.schedule.model import Schedule
from dosebell_host.wording import and_list


def beyond_the_lamps(contact: Contact, schedule: Schedule) -> str:
    """Which doses lie beyond the last lamp, as a sentence; "" where none does, or no lamps are."""
    if not any(dose.place for dose in schedule.doses):
        return ""
    lamps = _lamps_of(contact)
    if lamps is None:
        return ""
    beyond = [
        f'"{dose.id}" (place {max(map(max, dose.place))})'
        for dose in schedule.doses
        if dose.place and max(map(max, dose.place)) > lamps.count
    ]
    if not beyond:
        return ""
    last = "The only lamp" if lamps.count == 1 else "The last lamp"
    return (
        f"{last} of the box is that of compartment {lamps.count}, so none shines for"
        f" {and_list(beyond)}: `dosebell parts` tells the box of a longer strip."
    )


def _lamps_of(contact: Contact) -> LampStrip | None:
    if PARTS in contact.hello.features:
        with suppress(DeviceRefused):
            return contact.client.parts_read().lamps
    return None
