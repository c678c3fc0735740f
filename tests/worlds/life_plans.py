"""Random schedules for lives, and what people change in them."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from strategies import WEEKDAYS, written

Document = dict[str, Any]
Edit = Callable[[Document, list[Document], Random, dt.date], None]

# Zones and a date near which their clocks change: at midnight, by half an hour, or not at all.
ZONES = [
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("Asia/Beirut", "2026-03-29"),
    ("Asia/Beirut", "2026-10-25"),
    ("Africa/Cairo", "2026-04-24"),
    ("Africa/Cairo", "2026-10-29"),
    ("America/Havana", "2026-03-08"),
    ("America/Santiago", "2026-09-06"),
    ("America/Santiago", "2027-04-04"),
    ("America/Asuncion", "2026-10-04"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Australia/Lord_Howe", "2027-04-04"),
    ("Pacific/Kiritimati", "2026-12-31"),
    ("Pacific/Honolulu", "2027-02-28"),
    ("Pacific/Apia", "2026-06-01"),
    ("Pacific/Pago_Pago", "2026-06-01"),
    ("Asia/Kathmandu", "2028-02-28"),
]
EARLIES = ["0s", "10m", "1h", "1h", "3h", "8h", "2d", "5d"]
LATES = ["10m", "1h", "3h", "3h", "5h", "12h", "1d", "3d"]
MEALS = ("breakfast", "lunch", "dinner")
MEAL_HOURS = {"breakfast": (0, 10), "lunch": (11, 15), "dinner": (16, 23)}
MANY = [16, 64]


def at_random(chance: Random, zone: str, today: dt.date) -> Document:
    """A schedule of a few doses, seldom of many."""
    document: Document = {"version": 1, "timezone": zone}
    document["alerts"] = {"nag": chance.choice(["1h", "3h"]), "max_sound": "1m"}
    document["meals"] = {meal: _meal_time(chance, meal) for meal in MEALS}
    if chance.random() < 0.03:
        times = _times(chance, chance.choice([1, 2]))
        rule = {"at": times, "days": "daily", "late": chance.choice(LATES)}
        count = chance.choice(MANY)
        document["dose"] = [{"id": f"d{n}", "name": f"D{n}", **rule} for n in range(count)]
    else:
        count = chance.choice([1, 1, 2, 2, 3, 4, 5, 6])
        document["dose"] = [_dose(f"d{n}", chance, today) for n in range(count)]
    if chance.random() < 0.4:
        _one_by_one(document, chance)
    return document


def _one_by_one(document: Document, chance: Random) -> None:
    """The doses are asked for one at a time, most of them by the compartment they lie in."""
    document["alerts"]["answer"] = "each"
    for each in document["dose"]:
        if chance.random() < 0.7:
            each["place"] = _place(each, chance)


def _place(dose: Document, chance: Random) -> Any:
    """Few compartments, so that doses share them; by weekday, or one for each time."""
    week = [1 + (day + chance.randrange(3)) % 9 for day in range(7)]
    kind = chance.choice(["one", "one", "one", "week", "times"])
    times = len(dose.get("at", []))
    if kind == "times" and times > 1 and times != 7:
        return [chance.choice([week, chance.randint(1, 4)]) for _ in range(times)]
    return week if kind == "week" else chance.choice([1, 2, 2, 3, 8])


def edited(document: Document, gone: list[Document], seed: int, today: dt.date) -> Document:
    """What a person makes of a schedule; `gone` are doses that left it, and may come back."""
    chance = Random(seed)
    made: Document = {**document, "meals": dict(document["meals"])}
    made["dose"] = [dict(each) for each in document["dose"]]
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        chance.choice(EDITS)(made, gone, chance, today)
    for each in made["dose"]:
        _fit_places(each)
    return made


def _fit_places(dose: Document) -> None:
    """Where the times have changed, a list of their places would not be read."""
    place = dose.get("place")
    if isinstance(place, list) and len(place) not in (7, len(dose.get("at", []))):
        dose["place"] = place[0]
    elif isinstance(place, list) and len(place) == 7 and any(isinstance(n, list) for n in place):
        dose.pop("place")


def text_of(document: Document) -> str:
    return written(document)


def _dose(ident: str, chance: Random, today: dt.date) -> Document:
    made: Document = {"id": ident, "name": ident.upper(), **_when(chance), **_days(chance, today)}
    if chance.random() < 0.6:
        made["early"] = chance.choice(EARLIES)
    if chance.random() < 0.8:
        made["late"] = chance.choice(LATES)
    if chance.random() < 0.2:
        _bounded(made, chance, today)
    return made


def _when(chance: Random) -> Document:
    if chance.random() < 0.3:
        count = chance.choice([1, 2, 3])
        return {
            "with": [meal for meal in MEALS if meal in chance.sample(MEALS, count)] or ["lunch"]
        }
    return {"at": _times(chance, chance.choice([1, 1, 1, 2, 2, 3, 4, 8]))}


def _times(chance: Random, count: int) -> list[str]:
    quarters = sorted(chance.sample(range(96), count))
    return [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in quarters]


def _days(chance: Random, today: dt.date) -> Document:
    kind = chance.choice(["daily"] * 5 + ["week", "every", "cycle", "month"])
    if kind == "week":
        return {"days": sorted(chance.sample(WEEKDAYS, chance.choice([1, 2, 4])))}
    if kind == "month":
        near = {(today + dt.timedelta(days=n)).day for n in range(1, 9, chance.choice([1, 2, 3]))}
        return {"days": {"monthdays": sorted({*near, -1})}}
    start = today - dt.timedelta(days=chance.randrange(20))
    if kind == "every":
        return {"days": {"every": chance.choice([1, 2, 3, 5])}, "start": start}
    if kind == "cycle":
        return {
            "days": {"on": chance.choice([1, 2, 5]), "off": chance.choice([1, 2])},
            "start": start,
        }
    return {"days": "daily"}


def _bounded(made: Document, chance: Random, today: dt.date) -> None:
    """A course: one day of it, some days, or one that is yet to come."""
    first = today + dt.timedelta(days=chance.choice([-30, -3, 0, 0, 1, 2, 5]))
    made["start"] = first
    made["end"] = first + dt.timedelta(days=chance.choice([0, 0, 1, 4, 20]))


def _meal_time(chance: Random, meal: str) -> str:
    low, high = MEAL_HOURS[meal]
    return f"{chance.randint(low, high):02}:{chance.choice([0, 15, 30, 45]):02}"


# What people change.


def _any(made: Document, chance: Random) -> Document:
    found: Document = chance.choice(made["dose"])
    return found


def _shift_times(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if "at" in each:
        step = chance.choice([-180, -60, -15, -5, 5, 15, 60, 180, 300])
        moved = {(int(t[:2]) * 60 + int(t[3:]) + step) % 1440 for t in each["at"]}
        each["at"] = [f"{minute // 60:02}:{minute % 60:02}" for minute in sorted(moved)]


def _fewer_times(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if len(each.get("at", [])) > 1:
        kept = chance.sample(each["at"], len(each["at"]) - 1)
        each["at"] = sorted(kept)


def _more_times(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if "at" in each:
        each["at"] = sorted({*each["at"], *_times(chance, 2)})[:8]


def _other_times(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    each.pop("at", None)
    each.pop("with", None)
    each.update(_when(chance))


def _other_days(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    for key in ("start", "end"):
        each.pop(key, None)
    each.update(_days(chance, today))


def _other_course(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if isinstance(each["days"], dict) and "monthdays" not in each["days"]:
        each["start"] = today + dt.timedelta(days=chance.choice([-40, -7, -2, -1, 0, 1, 3]))
        each.pop("end", None)
    else:
        _bounded(each, chance, today)


def _end_moves(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if "end" in each:
        each["end"] = max(each["end"], today) + dt.timedelta(days=chance.choice([1, 7, 60]))
    else:
        each["end"] = max(
            each.get("start", today), today + dt.timedelta(days=chance.choice([0, 2]))
        )


def _other_zone(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    made["timezone"] = chance.choice(ZONES)[0]


def _date_line(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    there = {"Pacific/Kiritimati": "Pacific/Honolulu", "Pacific/Apia": "Pacific/Pago_Pago"}
    back = {value: key for key, value in there.items()}
    made["timezone"] = {**there, **back}.get(made["timezone"], chance.choice(list(there)))


def _early_late(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    if chance.random() < 0.5:
        each["early"] = chance.choice(EARLIES)
    else:
        each["late"] = chance.choice(LATES)


def _rename(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    _any(made, chance)["name"] = f"renamed {chance.randrange(100)}"


def _other_id(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    gone.append(dict(each))
    each["id"] = f"{each['id'][:6]}-{chance.randrange(1000)}"


def _remove(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    if len(made["dose"]) > 1:
        gone.append(made["dose"].pop(chance.randrange(len(made["dose"]))))


def _put_back(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    ids = {each["id"] for each in made["dose"]}
    absent = [each for each in gone if each["id"] not in ids]
    if absent:
        made["dose"].append(dict(chance.choice(absent)))


def _add(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    ids = {each["id"] for each in [*made["dose"], *gone]}
    if len(ids) < 12:
        made["dose"].append(_dose(f"n{len(ids)}", chance, today))


def _other_meals(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    meal = chance.choice(MEALS)
    made["meals"][meal] = _meal_time(chance, meal)


def _off_days(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    first = today + dt.timedelta(days=chance.choice([1, 1, 2, 5]))
    last = first + dt.timedelta(days=chance.choice([0, 1, 3]))
    made["except"] = [{"from": first, "to": last, "off": True}]


def _nothing(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    made["alerts"] = {**made["alerts"], "snooze": chance.choice(["10m", "15m", "30m"])}


def _other_place(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    each = _any(made, chance)
    each["place"] = _place(each, chance)


def _other_answer(made: Document, gone: list[Document], chance: Random, today: dt.date) -> None:
    answer = "all" if made["alerts"].get("answer") == "each" else "each"
    made["alerts"] = {**made["alerts"], "answer": answer}


EDITS: list[Edit] = [
    _other_place,
    _other_answer,
    _shift_times,
    _shift_times,
    _fewer_times,
    _fewer_times,
    _more_times,
    _other_times,
    _other_days,
    _other_course,
    _end_moves,
    _other_zone,
    _date_line,
    _early_late,
    _early_late,
    _rename,
    _other_id,
    _remove,
    _remove,
    _put_back,
    _put_back,
    _add,
    _other_meals,
    _off_days,
    _nothing,
]
