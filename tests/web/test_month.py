"""What `make web` shows: a month that the real firmware has lived."""

from contextlib import closing

from domain import utc_of
from dosebell import civil
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.link import Link
from dosebell_host.history.store import open_history
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.sim.wire import Wire
from page.month import DAYS, lived


def test_the_box_has_a_month_behind_it_in_which_most_was_taken_and_some_was_not() -> None:
    until_s = utc_of("2026-11-23 12:00", "Europe/Berlin")
    notes: list[str] = []
    with closing(open_history(notes.append)) as history:
        world = lived(history, until_s, notes.append)
        client = Client(Link(Wire(world), "the virtual box"))
        contact = meet(client, history, notes.append, laptop=lambda: until_s + civil.UNIX_2000)
        log = of_contact(contact)
    kinds = {entry.kind for entry in log.entries}
    times = [entry.utc_s for entry in log.entries if entry.utc_s]
    assert kinds >= {"schedule", "ringing", "taken", "missed"}
    assert (notes, until_s - times[0] > (DAYS - 2) * DAY_S, world.now_s) == ([], True, until_s)
