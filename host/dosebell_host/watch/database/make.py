"""From a `[[database]]` of the settings to its sink, and a test through it.

What a ward needs is loaded where there is such an entry, for most people have one box.
"""

import hashlib
import platform
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from dosebell_host.resources import history_file
from dosebell_host.schedule.local_time import LaptopClock
from dosebell_host.talk import no_note
from dosebell_host.watch.database.entry import DatabaseEntry, name_of_entry
from dosebell_host.watch.kind import Around, EntryKind
from dosebell_host.watch.shared_tables import open_shared

if TYPE_CHECKING:
    from dosebell_host.ward.ward import Ward
    from dosebell_host.watch.database.database_sink import DatabaseSink
    from dosebell_host.watch.database.gateway import Gateway

_ID_DIGITS = 16
_MADE_UP = 1 << 40


def instance(node_of: Callable[[], int] = uuid.getnode) -> str:
    """What tells this user's watcher on this machine from all others: always the same."""
    node = node_of()
    # Where no network device has an address it is made up, another one at each start.
    machine = platform.node() if node & _MADE_UP else f"{node:x}"
    said = f"{machine} {history_file()}"
    return hashlib.sha256(said.encode()).hexdigest()[:_ID_DIGITS]


def sink_of(entry: DatabaseEntry, name: str, around: Around) -> "DatabaseSink":
    """The sink of an entry, which has begun."""
    from dosebell_host.watch.database.database_sink import DatabaseSink

    opens = partial(_gateway, entry, name, around)
    sink = DatabaseSink(name, opens, around.note, around.reach.elapsed_s)
    sink.start()
    return sink


def open_ward(
    entry: DatabaseEntry, laptop: LaptopClock = time.time, limit_s: float = 0.0
) -> "Ward":
    """The ward in that database, whose connection is made when it is first needed; what takes the
    server longer than `limit_s` seconds it gives up, where that is not 0.
    """
    from dosebell_host.history.postgres import PostgresTables
    from dosebell_host.ward.schema import check_version
    from dosebell_host.ward.ward import Ward

    tables = PostgresTables(entry.url, entry.password, check_version, limit_s)
    return Ward(tables, laptop)


def try_out(entry: DatabaseEntry, name: str) -> str:
    """See whether the database would take what boxes note; what was done, in one sentence.

    Raises `UserError` where it would not.
    """
    ward = open_ward(entry)
    try:
        ward.gateways.try_claim(entry.gateway_name, instance())
    finally:
        ward.close()
    return f"The database {entry.address} knows this machine as the gateway {entry.gateway_name}."


def _gateway(entry: DatabaseEntry, name: str, around: Around) -> "Gateway":
    from dosebell_host.watch.database.gateway import Gateway, Identity

    return Gateway(
        Identity(name, entry.gateway_name, instance()),
        # That the history cannot be used, the watcher itself tells.
        open_shared(no_note),
        partial(open_ward, entry, around.reach.clock),
        around.reach,
        around.note,
        around.elsewhere,
    )


DATABASE = EntryKind(
    "database",
    DatabaseEntry,
    name_of_entry,
    sink_of,
    try_out,
    """\
A PostgreSQL database that several machines with boxes share. All that the boxes noted then leaves
this machine, with the names of doses and boxes, and their schedules.
[[database]]
url = "postgresql://dosebell@db.local/ward?sslmode=verify-full"
password = "..."
gateway = "trolley-east"      # what this machine is called there; its own name if left out
""",
)
