"""Who in the ward is not heard, and which gateway tells it: decided here, without a database.

A gateway says every now and then that it is there, and when it last heard each of its boxes. One
that has not said so for ten minutes is silent, and nothing is said of its boxes one by one. A box
is silent where its gateway went on for ten minutes without hearing it, or is gone for good and off
the list. Since a gateway that begins anew says that it is there before it has met its boxes, it
must be so for a minute.

What is silent has one row, which is of the gateway that tells it: whoever writes it first. It goes
only once it is over and the owner's people were told so. The row of a gateway that died in between
is taken over by another one; what was told by then is taken for told. So each is told once, and by
two gateways only where one dies in the seconds between a message and its note in the row.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.ward.silences import HeardAt, SilenceRow, WardNow
from dosebell_host.ward.zones import WardTime
from dosebell_host.watch.elsewhere import WardSilence

SILENT_S = 600
# What seems so may be about to be put right, or a message about it on its way.
SETTLED_S = 60
# No box is called so.
GATEWAY = "gateway "

# Whether the people of this gateway were told of something, and not yet that it is over.
HasTold = Callable[[str], bool]


class Looked(NamedTuple):
    """Since when who seems silent seems so, and of whom that seems over, in Unix seconds."""

    silent: Mapping[str, int]
    over: Mapping[str, int]


NOT_LOOKED = Looked({}, {})


class Decision(NamedTuple):
    """What is to become of the rows: those that begin, each with the moment since when it is
    silent, those that are taken over, those of which people know by now, and those that end.
    """

    begin: Mapping[str, int]
    take_over: list[str]
    told: list[str]
    end: list[str]
    looked: Looked

    @property
    def is_going_on(self) -> bool:
        """Whether more is to be done as soon as people were told."""
        return bool(self.begin or self.take_over or self.looked.over)


def is_silent(heard_at: float, now: float) -> bool:
    """Whether who was heard then may be away, both in Unix seconds: of one whose clock was ahead
    as little is known.
    """
    return abs(now - heard_at) >= SILENT_S


def silent_since(ward: WardNow, now_s: int) -> dict[str, int]:
    """Who is silent, and since when, in Unix seconds."""
    gateways = {
        f"{GATEWAY}{name}": seen_s
        for name, seen_s in ward.gateways.items()
        if now_s - seen_s >= SILENT_S
    }
    boxes = {
        device_id: box.heard_s
        for device_id, box in ward.boxes.items()
        if ward.gateways.get(box.gateway, now_s) - box.heard_s >= SILENT_S
    }
    return gateways | boxes


def decide(me: str, ward: WardNow, before: Looked, now_s: int, has_told: HasTold) -> Decision:
    """What the gateway of that name does now that somebody there is to be told."""
    silent, rows = silent_since(ward, now_s), ward.silences
    mine = {about: row for about, row in rows.items() if row.told_by == me}
    over = mine.keys() - silent.keys()
    looked = Looked(
        {about: before.silent.get(about, now_s) for about in silent},
        {about: before.over.get(about, now_s) for about in over},
    )

    def is_ended(about: str) -> bool:
        is_settled = now_s - looked.over[about] >= SETTLED_S
        return not has_told(about) and (mine[about].told_s > 0 or is_settled)

    return Decision(
        begin={
            about: since_s
            for about, since_s in silent.items()
            if about not in rows and now_s - looked.silent[about] >= SETTLED_S
        },
        take_over=[about for about, row in rows.items() if _is_left(row, ward, me, now_s)],
        told=[about for about, row in mine.items() if not row.told_s and has_told(about)],
        end=list(filter(is_ended, over)),
        looked=looked,
    )


def shown(me: str, ward: WardNow, now_s: int, times: WardTime) -> dict[str, WardSilence]:
    """All that can fall silent, and how it is."""
    silent = silent_since(ward, now_s)

    def one(about: str, called: str, heard_s: int, local: LocalTime, *names: str) -> WardSilence:
        row = ward.silences.get(about)
        is_ours = row is not None and row.told_by == me
        return WardSilence(called, heard_s, about in silent, is_ours, local, names)

    boxes = {
        device_id: one(
            device_id,
            _box(device_id, box),
            box.heard_s,
            times.of_box(device_id),
            device_id,
            box.name,
        )
        for device_id, box in ward.boxes.items()
    }
    gateways = {
        f"{GATEWAY}{name}": one(f"{GATEWAY}{name}", _gateway(name, ward), seen_s, times.home)
        for name, seen_s in ward.gateways.items()
    }
    return boxes | gateways


def _box(device_id: str, box: HeardAt) -> str:
    return f"The box {box.name or device_id} at the gateway {box.gateway}"


def _gateway(name: str, ward: WardNow) -> str:
    count = sum(box.gateway == name for box in ward.boxes.values())
    boxes = "" if not count else " with its box" if count == 1 else f" with its {count} boxes"
    return f"The gateway {name}{boxes}"


def _is_left(row: SilenceRow, ward: WardNow, me: str, now_s: int) -> bool:
    """Whether the gateway that should tell it has died."""
    return row.told_by != me and now_s - ward.gateways.get(row.told_by, 0) >= SILENT_S
