"""A home of some people, as rows of a ward: what the page of a ward reads.

people = [Person("anna", missed=["D3"]), Person("berta", heard_ago_s=7200)]
home_of(ward_of_people(people), NOW)
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk import MONDAY_S
from domain import D3K2_DOSE, compiled, plan
from dosebell import civil
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.local_time import day_number, from_unix, laptop_local_time
from ward_twin import TwinTables

# 2026-11-23 06:00 in Berlin.
NOW = MONDAY_S
TODAY = day_number(laptop_local_time(NOW).date(from_unix(NOW)))
HOUR_S = 3600

# What a gateway says of a need; one of an older release leaves out the due.
_OF_NEED = ("code", "text", "dose", "due")
_OUTCOME = (
    "INSERT INTO outcomes (device_id, dose, day, slot, due_s, state, status, off, back_dated,"
    " soon, withdrawn, name) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)"
)


@dataclass(frozen=True)
class Person:
    """Somebody with a box, which took everything of the last days but what is `missed`, today and
    by name. `since` tells how many days ago they were given it; None where nobody said so. The
    ward knows its schedule where that has a `zone`, with breakfast at that hour.
    """

    box: str
    person: str = ""
    since: int | None = None
    gateway: str = "trolley-1"
    heard_ago_s: int | None = 30
    missed: Sequence[str] = ()
    taken_days: int = 3
    needs: Sequence[tuple[str, ...]] = ()
    rings: Sequence[str] = ()
    zone: str = ""
    breakfast: int = 7

    @property
    def said(self) -> str:
        """What its gateway said of it."""
        at = "2026-11-23T06:00:00+01:00"
        needs = [dict(zip(_OF_NEED, need, strict=False)) for need in self.needs]
        doses = [{"dose": dose, "due": "2026-11-23T05:30:00+01:00"} for dose in self.rings]
        status: dict[str, Any] = {"clock": {"at": at}, "ringing": self.rings, "doses": doses}
        return json.dumps({"needs": needs, "status": status})


def ward_of_people(people: Iterable[Person], tables: Tables | None = None) -> Tables:
    """The ward in which they live, in those tables or in memory."""
    tables = tables or TwinTables()
    for each in people:
        device_id = device_of(each)
        met = (device_id, "Pico", "", _schedule(each, tables), NOW)
        tables.write("INSERT INTO boxes VALUES (?, ?, ?, ?, ?)", [met])
        tables.write("INSERT INTO names VALUES (?, ?)", [(device_id, each.box)])
        if each.since is not None:
            row = (device_id, each.person, TODAY - each.since)
            tables.write("INSERT INTO persons VALUES (?, ?, ?)", [row])
        if each.heard_ago_s is not None:
            heard_s = int(NOW) - each.heard_ago_s
            heard = (device_id, each.gateway, "", heard_s, "here", each.said)
            tables.write("INSERT INTO heard VALUES (?, ?, ?, ?, ?, ?)", [heard])
        tables.write(_OUTCOME, list(_outcomes(device_id, each)))
    return tables


def gateway_seen(tables: Tables, name: str, ago_s: int) -> None:
    """A gateway of that name said so long ago that it is there."""
    row = (name, "instance", int(NOW) - ago_s, "0.2.0")
    tables.write("INSERT INTO gateways VALUES (?, ?, ?, ?)", [row])


def device_of(person: Person) -> str:
    """The id of that person's box."""
    return person.box.encode().hex().ljust(16, "0")[:16]


def _schedule(each: Person, tables: Tables) -> str:
    """The revision of their schedule, which the ward knows now; "" where it knows none."""
    if not each.zone:
        return ""
    meals = f'[meals]\nbreakfast = "{each.breakfast:02}:30"\nlunch = "12:30"\n'
    made = compiled(plan(D3K2_DOSE, zone=each.zone, meals=meals))
    row = (made.revision, "\n".join(made.lines))
    tables.write("INSERT INTO schedules VALUES (?, ?) ON CONFLICT DO NOTHING", [row])
    return made.revision


def _outcomes(device_id: str, each: Person) -> Iterable[tuple[object, ...]]:
    for day in range(TODAY - each.taken_days + 1, TODAY + 1):
        yield (device_id, "d3", day, 0, _due_s(day) - HOUR_S, "taken", "taken", "D3")
    for slot, name in enumerate(each.missed):
        due_s = _due_s(TODAY)
        yield (device_id, name.lower(), TODAY, slot, due_s, "missed", "missed", name)


def _due_s(day: int) -> int:
    """At four in the morning in Berlin, in Unix seconds."""
    return int(NOW) - (TODAY - day) * civil.DAY_S - 2 * HOUR_S
