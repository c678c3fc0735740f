"""Random schedules that are all valid: for properties that must hold for every one of them."""

import datetime as dt
from typing import Any, NamedTuple

from hypothesis import strategies as st

from dosebell_host.schedule.zones import known_zones

Document = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = tuple(sorted(known_zones()))


class Written(NamedTuple):
    """One schedule twice: as a person writes it, and as `tomllib` reads it."""

    text: str
    document: Document


@st.composite
def schedules(
    draw: st.DrawFn, *, max_doses: int = 4, zones: tuple[str, ...] = ZONES, max_exceptions: int = 4
) -> Written:
    """A valid schedule, using every key of the format now and then."""
    count = draw(st.integers(1, 4))
    names = draw(st.lists(short_names(), min_size=count, max_size=count, unique=True))
    document: Document = {"version": 1, "timezone": draw(st.sampled_from(zones))}
    document |= draw(optional({"title": texts(), "alerts": alerts()}))
    document["meals"] = {name: draw(meal_times(place, count)) for place, name in enumerate(names)}
    ids = draw(st.lists(short_names(), min_size=1, max_size=max_doses, unique=True))
    document["dose"] = [{"id": id_, **draw(doses(names))} for id_ in ids]
    if exceptions := draw(exception_lists(names, max_exceptions)):
        document["except"] = exceptions
    document |= draw(optional({"person": people(), "accept": st.lists(accepts(), max_size=2)}))
    return Written(written(document, spread=draw(st.booleans())), document)


def optional(keys: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Document]:
    """Any of these keys."""
    return st.fixed_dictionaries({}, optional=keys)


def short_names(length: int = 16) -> st.SearchStrategy[str]:
    """Ids, and the names of meals and nutrients."""
    return st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=length)


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Any text of up to 64 bytes without control characters; 16 characters have at most 64."""
    any_letters = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
    plain = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    drawn = st.one_of(
        st.text(plain, min_size=min_size, max_size=64),
        st.text(any_letters, min_size=min_size, max_size=16),
    )
    return drawn.filter(lambda text: bool(text.strip())) if min_size else drawn


def times(first: int = 0, last: int = 1439) -> st.SearchStrategy[str]:
    """ "HH:MM", between two minutes of the day."""
    return st.integers(first, last).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")


def durations(low_s: int, high_s: int) -> st.SearchStrategy[str]:
    """A duration between two, in one of the ways it can be written."""
    return st.one_of(
        st.integers(low_s, high_s).map(lambda s: f"{s}s"),
        st.integers(-(-low_s // 60), high_s // 60).map(lambda m: f"{m}m"),
        st.integers(-(-low_s // 60), high_s // 60).map(lambda m: f"{m // 60}h{m % 60}m"),
    )


def dates() -> st.SearchStrategy[dt.date]:
    """A date as the format allows it."""
    return st.dates(dt.date(2025, 1, 1), dt.date(2099, 12, 31))


def band(place: int, count: int) -> st.SearchStrategy[str]:
    """A time in this meal's part of the day, so that meals stay in the order of the day."""
    return times(place * 1440 // count, (place + 1) * 1440 // count - 1)


def meal_times(place: int, count: int) -> st.SearchStrategy[Any]:
    """A plain time or a table."""
    time = band(place, count)
    extras: dict[str, st.SearchStrategy[Any]] = {"fat_g": amounts(0, 100), "eat": texts()}
    days = dict.fromkeys(WEEKDAYS, time)
    return st.one_of(
        time,
        st.fixed_dictionaries({"at": time}, optional=days | extras),
        st.fixed_dictionaries(days, optional=extras),
    )


def amounts(low: int, high: int) -> st.SearchStrategy[int | float]:
    """Whole and broken numbers."""
    return st.one_of(
        st.integers(low, high), st.floats(low, high, exclude_min=True, allow_subnormal=False)
    )


def alerts() -> st.SearchStrategy[Document]:
    span = st.lists(times(), min_size=2, max_size=2, unique=True).map("-".join)
    return optional(
        {
            "nag": durations(60, 10_800),
            "snooze": durations(60, 10_800),
            "quiet": st.one_of(st.just("none"), span),
            "max_sound": st.one_of(st.just("0m"), durations(60, 86_400)),
            "long_press": st.sampled_from(["1s", "2s", "3s", "4s", "5s"]),
        }
    )


@st.composite
def doses(draw: st.DrawFn, meals: list[str]) -> Document:
    """A dose without its id."""
    dose: Document = {"name": draw(texts(min_size=1))}
    if draw(st.booleans()):
        dose["at"] = draw(st.lists(times(), min_size=1, max_size=8, unique=True))
    else:
        chosen = draw(st.sets(st.sampled_from(meals), min_size=1))
        dose["with"] = [meal for meal in meals if meal in chosen]
    dose |= draw(st.one_of(simple_days(), counted_days()))
    span = sorted([dose.pop("start", draw(dates())), draw(dates())])
    if "every" in dose["days"] or "on" in dose["days"] or draw(st.booleans()):
        dose["start"] = span[0]
    if draw(st.booleans()):
        dose["end"] = span[1]
    return dose | draw(dose_extras())


def simple_days() -> st.SearchStrategy[Document]:
    month_days = st.one_of(st.just(-1), st.integers(1, 31))
    days: st.SearchStrategy[Any] = st.one_of(
        st.just("daily"),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
        st.lists(month_days, min_size=1, unique=True).map(lambda days: {"monthdays": days}),
    )
    return st.fixed_dictionaries({"days": days})


def counted_days() -> st.SearchStrategy[Document]:
    number = st.one_of(st.integers(1, 31), st.integers(1, 3650))
    days = st.one_of(
        st.fixed_dictionaries({"every": number}),
        st.fixed_dictionaries({"on": number, "off": number}),
    )
    return st.fixed_dictionaries({"days": days, "start": dates()})


def dose_extras() -> st.SearchStrategy[Document]:
    return optional(
        {
            "take": texts(),
            "food": st.sampled_from(["fat", "any", "empty"]),
            "early": st.one_of(durations(0, 7200), durations(0, 14 * 86_400)),
            "late": st.one_of(durations(600, 7200), durations(600, 14 * 86_400)),
            "contents": st.lists(contents(), max_size=3),
            "medicine": texts(min_size=1),
            "route": st.sampled_from(["oral", "topical"]),
            "prescribed": st.booleans(),
            "review": dates(),
            "stock": st.fixed_dictionaries(
                {"count": st.integers(0, 1000)},
                optional={"per_intake": st.integers(1, 9), "low": st.integers(0, 99)},
            ),
        }
    )


def contents() -> st.SearchStrategy[Document]:
    form = st.from_regex(r"[A-Za-z0-9 .()+-]{1,24}", fullmatch=True).filter(str.strip)
    return st.fixed_dictionaries(
        {
            "nutrient": short_names(24),
            "amount": st.one_of(st.integers(1, 10**9), st.floats(0.001, 10**6)),
            "unit": st.sampled_from(["IU", "mcg", "µg", "ug", "mg", "g"]),
        },
        optional={
            "form": form,
            "iu": st.integers(1, 10**9),
            "basis": st.sampled_from(["elemental", "compound", "unknown"]),
        },
    )


@st.composite
def exception_lists(draw: st.DrawFn, meals: list[str], at_most: int) -> list[Document]:
    """Exceptions that may overlap, but never move one meal twice on a day."""
    found: list[Document] = []
    for _ in range(draw(st.integers(0, at_most))):
        entry = draw(exceptions(meals))
        if not any(clash(entry, other) for other in found):
            found.append(entry)
    return found


@st.composite
def exceptions(draw: st.DrawFn, meals: list[str]) -> Document:
    first = draw(dates())
    days = draw(st.one_of(st.integers(0, 30), st.integers(0, 30_000)))
    last = min(first + dt.timedelta(days), dt.date(2099, 12, 31))
    entry: Document = {"from": first, "to": last} | draw(optional({"reason": texts()}))
    moved = draw(st.sets(st.sampled_from(meals)))
    if not moved:
        return entry | {"off": True}
    places = {meal: place for place, meal in enumerate(meals) if meal in moved}
    return entry | {"meals": {m: draw(band(place, len(meals))) for m, place in places.items()}}


def clash(one: Document, other: Document) -> bool:
    """Do they move one meal on the same day?"""
    apart = one["to"] < other["from"] or other["to"] < one["from"]
    return not apart and bool(one.get("meals", {}).keys() & other.get("meals", {}).keys())


def people() -> st.SearchStrategy[Document]:
    several = st.lists(times(), min_size=1, max_size=3, unique=True)
    medicine = st.fixed_dictionaries(
        {"name": texts(min_size=1)},
        optional={"at": st.one_of(times(), several), "start": dates(), "end": dates()},
    )
    lab = optional({"every_months": st.integers(1, 120), "target_high": amounts(1, 200)})
    return optional(
        {
            "age": st.integers(0, 130),
            "medicines": st.lists(medicine, max_size=2),
            "conditions": st.lists(texts(min_size=1), max_size=2),
            "kidney": st.sampled_from(["none", "mild", "moderate", "severe", "unknown"]),
            "pregnant": st.booleans(),
            "bedtime": times(),
            "labs": st.lists(lab, max_size=2),
        }
    )


def accepts() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {"rule": texts(min_size=1), "reason": texts(min_size=1), "until": dates()}
    )


def written(document: Document, *, spread: bool = False) -> str:
    """The document as TOML. `spread` gives tables inside tables headers of their own."""
    top = {
        key: value for key, value in document.items() if key in ("version", "timezone", "title")
    }
    text = "# A random schedule.\n" + pairs(top)
    for key, value in document.items():
        if key in top:
            continue
        if isinstance(value, dict):
            text += section(f"[{key}]", key, value, spread)
        elif value:
            text += "".join(section(f"[[{key}]]", key, table, spread) for table in value)
        else:
            # An empty list of tables has no header to stand under.
            text = f"{key} = []\n{text}"
    return text


def section(header: str, name: str, table: Document, spread: bool) -> str:
    apart = {key for key, value in table.items() if spread and isinstance(value, dict)}
    text = f"\n{header}   # {name}\n" + pairs({k: v for k, v in table.items() if k not in apart})
    for key in table:
        if key in apart:
            text += f"\n[{name}.{key}]\n{pairs(table[key])}"
    return text


def pairs(table: Document) -> str:
    return "".join(f"{key} = {toml(value)}\n" for key, value in table.items())


def toml(value: Any) -> str:
    """A value as TOML has it inside a line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + "".join(f"\n  {toml(entry)}," for entry in value) + "]"
    if isinstance(value, str):
        return quoted(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def quoted(text: str) -> str:
    """As TOML's literal string where one can hold it, else as its basic string."""
    if "'" not in text and len(text) % 2:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
