"""What each story of tests/portable is given, and the words that must turn up in it.

Schedules are compiled and zones are looked up here, because that takes CPython.
"""

import base64
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import plan_cases
from domain import D3K2, DROPS, DROPS_DOSE, compiled, dose, plan, utc_of
from dosebell_host.box.transfer import packed
from dosebell_host.schedule.zones import shifts
from fuzz import Fuzz

Given = dict[str, Any]

BERLIN = "Europe/Berlin"
QUIET = 'quiet = "22:00-06:30"'
D3K2_DOSE = dose(
    "d3k2",
    'with = ["breakfast", "lunch"]',
    'food = "fat"',
    "stock = { count = 60, per_intake = 1, low = 7 }",
)
WEEKLY_DOSE = dose("weekly", 'at = ["10:00"]', 'late = "2d"', days='["mon"]')
NIGHT_DOSE = dose("night", 'at = ["00:10", "01:45", "02:15", "02:45", "03:00", "23:50"]')
HOLIDAYS = (
    '[[except]]\nfrom = 2026-12-24\nto = 2027-01-02\nmeals = { breakfast = "10:00" }\n'
    "[[except]]\nfrom = 2026-05-03\nto = 2026-05-09\noff = true\n"
)
YEAR = plan(D3K2_DOSE, DROPS_DOSE, WEEKLY_DOSE, HOLIDAYS, alerts=QUIET)
OTHERS = (YEAR, D3K2, DROPS, plan(D3K2_DOSE, WEEKLY_DOSE, zone="America/New_York"))

# Both halves of the world, half an hour, midnight, Ramadan, and one that never changes.
ZONES = (
    *(BERLIN, "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"),
    *("America/Santiago", "Africa/Casablanca", "Asia/Kolkata"),
)

# JSON that is right and no request, or a request with an odd id.
ODD = (
    *("{}", "[]", "null", "1", '"x"', "true", "1.5", '{"method":1}', '{"method":null}'),
    *('{"method":"hello","id":null}', '{"method":"hello","id":1.5}', '{"method":"hello","id":-0}'),
    *('{"method":"hello","id":[1,{"b":2}]}', '{"method":"hello","id":1234567890123456789012}'),
    *('{"method":"hello","id":"\\u00e4\\ud83d\\ude00\\/\\b"}', '{"method":"hello","id":"ä😀"}'),
    *('{"method":"hello","params":null}', '{"method":"hello","params":[]}', '{"a":{"b":[[[]]]}}'),
    *('{"id":1,"id":2,"method":"hello"}', ' {"id" : 1e2 , "method" : "hello"} '),
)
FUZZ_PIECES = 1000


@dataclass(frozen=True)
class Story:
    """`words` stand in what is told: without them the story would prove little."""

    given: Callable[[], Given]
    words: str


def year() -> Given:
    return autumn() | {"start_s": utc_of("2026-01-01", BERLIN), "days": 365}


def autumn() -> Given:
    """From October on: the clocks change, and there is a holiday."""
    return {
        "start_s": utc_of("2026-10-01", BERLIN),
        "days": 45,
        "rounds": 40,
        "lines": compiled(YEAR).lines,
        "plans": [compiled(text).lines for text in OTHERS],
    }


def zones() -> Given:
    return {"zones": {zone: changes_of(zone) for zone in ZONES}}


def changes_of(zone: str) -> Given:
    """A schedule with doses in the night, and the instants in 2026 at which the clocks change."""
    text = plan(D3K2_DOSE, NIGHT_DOSE, zone=zone, alerts='quiet = "22:00-02:30"')
    first, last = utc_of("2026-01-01", BERLIN), utc_of("2027-01-01", BERLIN)
    changes = [at for at, _ in shifts(zone) if first <= at < last]
    return {"lines": compiled(text).lines, "changes": changes or [last]}


def power() -> Given:
    return autumn() | {"rounds": 200}


def wire() -> Given:
    pieces = [sealed(text) for text in (*ODD, *map(json.dumps, packs()))]
    return heard(pieces + list(islice(Fuzz(7).traffic(), FUZZ_PIECES)))


def packs() -> Iterator[Given]:
    """Lines of a schedule as a laptop packs them, cut off anywhere, and what is nothing packed."""
    lines, chance = compiled(YEAR).lines, random.Random(8)
    whole = base64.b64decode(packed(lines[1:9]))
    yield {"id": 1, "method": "schedule.begin", "params": {"count": len(lines), "hash": "x"}}
    cut_off = [whole[:size] for size in range(len(whole))]
    for data in (*cut_off, whole + b"more", *(chance.randbytes(40) for _ in range(100))):
        more = base64.b64encode(data).decode()
        params = {"n": 0, "line": lines[0], "more": more}
        yield {"id": 2, "method": "schedule.line", "params": params}


def heard(pieces: list[bytes]) -> Given:
    """A box with breakfast and lunch that hears this."""
    return {
        "start_s": utc_of("2026-11-23", BERLIN),
        "lines": compiled(D3K2).lines,
        "pieces": [piece.hex() for piece in pieces],
    }


def sealed(text: str) -> bytes:
    return b"%s*%08x\n" % (text.encode(), zlib.crc32(text.encode()))


def parts() -> Given:
    """Doses in compartments, one of them beyond most strips."""
    doses = (
        dose("d3k2", 'with = ["breakfast", "lunch"]', "place = 3"),
        dose("drops", 'at = ["08:00", "20:00"]', "place = [3, 20]"),
        dose("weekly", 'at = ["10:00"]', "place = [1, 2, 3, 4, 5, 6, 7]"),
    )
    return autumn() | {"rounds": 250, "lines": compiled(plan(*doses)).lines}


def windows() -> Given:
    """Every schedule of plan_cases.py, around the changes of the clocks."""
    texts = [YEAR, plan(D3K2_DOSE, plan_cases.HOLIDAY, meals=plan_cases.WEEKEND)]
    texts += [text for text, *_ in plan_cases.WINDOWS.values()]
    rules = [days for days, _ in plan_cases.DAYS.values()]
    texts += [plan_cases.one(plan_cases.AT_8, "start = 2026-11-01", days=days) for days in rules]
    texts += [
        plan(D3K2_DOSE, alerts=f'quiet = "{hours}"') for hours, _ in plan_cases.QUIET.values()
    ]
    spans = [("2026-03-20", "2026-04-10"), ("2026-10-15", "2026-12-05")]
    return {
        "plans": [compiled(text).lines for text in texts],
        "spans": [[utc_of(since, BERLIN), utc_of(until, BERLIN)] for since, until in spans],
    }


STORIES = {
    "year": Story(
        year,
        "boot clock schedule ringing snoozed resting taken skipped missed undone stock snapshot"
        " due due-eat overdue last-call taken-low not-yet all-taken nothing",
    ),
    "zones": Story(zones, "ringing snoozed taken missed"),
    "power": Story(
        power,
        "power reset rtc host unset boot clock gap unknown pressed noted backfilled=1 cancelled"
        " limp what=crash",
    ),
    "wire": Story(wire, "hears reply ringing"),
    "recovery": Story(autumn, "fault what=journal what=schedule"),
    "full": Story(autumn, "room fault unsaved taken"),
    "parts": Story(
        parts,
        "lamps 0020000 00300000000000 fails back what=lamps what=parts-file /state/parts.json.new"
        " due snoozed taken ringing",
    ),
    "windows": Story(windows, "quiet True"),
    "real files": Story(autumn, "boot schedule taken 00000001.seg device_id.old"),
}
