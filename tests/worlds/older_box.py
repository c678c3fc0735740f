"""A box of release 0.1.0, as far as a laptop can tell: it says no features and no journal id."""

from dataclasses import replace

from dosebell_host.box import contact
from dosebell_host.box.client import Client
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import Hello
from laptop import Laptop


class OlderClient(Client):
    """Hears of a box no more than that release said."""

    def hello(self) -> Hello:
        found = replace(super().hello(), journal_id=None, features=())
        self._features = ()
        return found


def meet_older(laptop: Laptop) -> Contact:
    """What `laptop.meet` does, with such a box."""
    client = OlderClient(laptop.link)
    return contact.meet(client, laptop.history, laptop.notes.append, laptop=laptop.now)
