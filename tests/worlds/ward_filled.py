"""A ward in which three hundred boxes have been used for long: so many records, and no more.

    filled(postgres.new_ward(), records=1_000_000)

A few lives are made up, and each box has one of them, so that a million records are there soon.
"""

import json
from collections.abc import Iterable
from typing import Any

import psycopg

from dosebell import civil
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import day_iso, day_number, read_date
from dosebell_host.schedule.read_file import parse
from dosebell_host.ward.outcomes_of import Row, rows_of
from dosebell_host.ward.ward import Batch, Ward
from page.gallery import many
from page.lives import Reign, journal_lines, often
from ward_twin import TwinTables

BOXES = 300
TODAY = "2036-11-29"
NOW_S = (day_number(read_date(TODAY, "today")) + 1) * civil.DAY_S + civil.UNIX_2000
JOURNAL = "7f3a91c4"
_LIVES = 6
_FOUR = many(4)
# A dose rings, and something becomes of it.
_RECORDS_A_DAY = 8
_RECORDS = "device_id, era, seq, line, usb_serial, gateway, came_s"


def box(number: int) -> str:
    return f"{number:016x}"


def filled(url: str, records: int) -> None:
    """Put so many into a ward that is empty."""
    made = compile_schedule(parse(_FOUR, "four"))
    each = records // BOXES
    first = day_iso(day_number(read_date(TODAY, "today")) - each // _RECORDS_A_DAY)
    lives = [_lines(first, seed, each) for seed in range(_LIVES)]
    outcomes = [_outcomes(lines, made.revision, made.lines) for lines in lives]
    numbers = range(BOXES)
    with psycopg.connect(url, options="-c search_path=dosebell") as connection:
        _copy(connection, "schedules", [(made.revision, "\n".join(made.lines))])
        seen = [(box(n), "pico", f"E{n:09}", made.revision, float(NOW_S)) for n in numbers]
        _copy(connection, "boxes", seen)
        _copy(connection, "journals", [(box(n), 0, JOURNAL, 0) for n in numbers])
        _copy(connection, "names", [(box(n), f"room-{n}") for n in numbers])
        _copy(connection, "persons", [(box(n), f"Person {n}", 9000) for n in numbers])
        said = json.dumps({"needs": [], "status": {}})
        heard = [(box(n), f"trolley-{n % 3}", f"E{n:09}", NOW_S, "there", said) for n in numbers]
        _copy(connection, "heard", heard)
        _copy(
            connection,
            f"records ({_RECORDS})",
            (
                (box(n), 0, seq, line, f"E{n:09}", f"trolley-{n % 3}", NOW_S)
                for n in numbers
                for seq, line in lives[n % _LIVES]
            ),
        )
        of_boxes = ((box(n), *row[1:]) for n in numbers for row in outcomes[n % _LIVES])
        _copy(connection, "outcomes", of_boxes)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _lines(first: str, seed: int, count: int) -> list[tuple[int, str]]:
    """The records of one life, of which each intake comes after its ring."""
    found = []
    for line in journal_lines([Reign(first, _FOUR)], TODAY, often(0.1), seed):
        _, boot, at, trust, kind, dose, day, slot, detail = line.split(" ")
        due = detail.partition(",")[0]
        if due.startswith("d="):
            ringing = due.removeprefix("d=")
            found.append(f"{boot} {ringing} {trust} ringing {dose} {day} {slot} {due}")
        found.append(f"{boot} {at} {trust} {kind} {dose} {day} {slot} {detail}")
    kept = [found[0], *found[1 - count :]]
    return [(seq, f"{seq} {each}") for seq, each in enumerate(kept, 1)]


def _outcomes(lines: list[tuple[int, str]], revision: str, compiled: list[str]) -> list[Row]:
    """As the ward itself judges them."""
    assert plan_of(compiled).zone_name
    ward = Ward(TwinTables(), lambda: float(NOW_S))
    schedules = {revision: compiled}
    batch = Batch("a", "", "pico", revision, "", JOURNAL, tuple(lines), schedules, "", NOW_S)
    ward.add(batch)
    return list(rows_of(ward.history, "a"))


def _copy(
    connection: "psycopg.Connection[Any]", table: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
