"""JSON is a contract: each command prints what `dosebell schema` says, and nothing else.

That every document of every other test is as described is held by `conftest.py`.
"""

import ast
import json
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk import MONDAY_S, Desk
from documents import Field, faults, fields, filled
from domain import Box
from dosebell_host import errors
from dosebell_host.box.reach import Reach, Target
from dosebell_host.cli import SECTIONS
from dosebell_host.resources import config_file
from dosebell_host.terminal.contract.documents import DOCUMENTS
from dosebell_host.terminal.contract.error_codes import error_codes
from dosebell_host.terminal.contract.schema import document

CAPSULES = """\
version = 1
title = "Mornings"
timezone = "Europe/Berlin"

[meals]
breakfast = { at = "07:30", fat_g = 12 }
lunch = "12:30"

[[dose]]
id = "d3k2"
name = "D3 and K2"
take = "2 capsules"
with = ["breakfast", "lunch"]
days = "daily"
place = 3
contents = [{ nutrient = "vitamin-d3", amount = 2000, unit = "IU" }]
stock = { count = 20, per_intake = 2, low = 7 }

[[dose]]
id = "drops"
name = "Eye drops"
at = ["08:00"]
days = "daily"
contents = []

[[except]]
from = 2026-12-24
to = 2026-12-24
off = true
reason = "a day off"

[person]
name = "Anna"
age = 52
medicines = []
"""
# Too much, as accepted; and a mineral too near to a medicine, which --fix puts right.
MENDABLE = """\
version = 1
timezone = "Europe/Berlin"

[meals]
breakfast = "07:30"

[[dose]]
id = "d3"
name = "Vitamin D3"
with = ["breakfast"]
days = "daily"
contents = [{ nutrient = "vitamin-d3", amount = 5000, unit = "IU" }]

[[dose]]
id = "zinc"
name = "Zinc"
at = ["07:00"]
days = "daily"
contents = [{ nutrient = "zinc", amount = 10, unit = "mg" }]

[person]
age = 52
medicines = [{ name = "levothyroxine", at = "06:30" }]

[[accept]]
rule = "D3-UL"
reason = "agreed with my doctor"
until = 2026-12-31
"""
NONSENSE = 'version = 1\ntimezone = "Europe/Berlin"\ncolour = "red"\n'
NOTHING_ELSE = ("--k2", "none", "--medicines", "none")
A_WEEK = ("--from", "2026-12-20", "--days", "7")
# No board is installed here, no page served and no database asked: their own tests look at what
# these print.
ELSEWHERE = {"flash", "ward", "web"}
HOST = Path(errors.__file__).parent
SOURCES = [path for path in HOST.rglob("*.py") if path.name != "error_codes.py"]
# What a command writes as a file is described beside what it prints.
FILES = {"export json"}
COMMANDS = {str(each.name) for commands in SECTIONS.values() for each in commands}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with schedules: one to push, one to mend, one that is nonsense."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISUAL", "sed -i.before s/Mornings/Days/")
    for name, text in (("my", CAPSULES), ("mend", MENDABLE), ("nonsense", NONSENSE)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def desk(files: Path) -> Desk:
    """A laptop, and a box beside it that knows nothing yet."""
    box = Box.bare("2026-11-23 06:00")
    desk = Desk(box)

    def pause(seconds: float) -> None:
        """Who practises presses once it sounds."""
        box.wait(ms=round(seconds * 1000))
        if box.sound != "silent":
            box.press()

    desk.reach = replace(desk.reach, pause=pause)
    return desk


def a_life(desk: Desk) -> Iterator[tuple[str, dict[str, Any]]]:
    """(command, its document) for everything that somebody does with a box."""
    box = desk.box
    assert box is not None

    def does(*words: str, code: int = 0) -> tuple[str, dict[str, Any]]:
        return words[0], desk.gets(*words, code=code)

    yield does("new", "new.toml", "--timezone", "UTC", "--d3", "1000 IU", *NOTHING_ELSE)
    yield does("check", "my.toml", "mend.toml", "nonsense.toml", "--fix", "-v", code=1)
    yield does("check", "--explain", "D3-FAT")
    yield does("preview", "my.toml", *A_WEEK)
    yield does("simulate", "my.toml", *A_WEEK, "--forget", "0.5", "--seed", "3")
    yield "demo", demo_document()
    yield does("clock", "--set")
    yield does("push", "my.toml")
    box.until("07:31")
    yield does("status")
    yield does("snooze")
    yield does("take")
    yield does("undo", "d3k2")
    yield does("skip", "d3k2")
    box.until("2026-11-25 08:05")
    yield does("take", "d3k2", "--date", "2026-11-24")
    yield does("stock", "d3k2", "+90")
    yield does("stock")
    yield does("stock", "drops", "9", "--file", "my.toml")
    yield does("edit", "my.toml")
    yield does("add", "metformin 500 mg", "--when", "20:00", "--yes")
    yield does("move", "drops", "09:00", "--file", "my.toml")
    yield does("move", "breakfast", "08:00", "--yes")
    yield does("away", "2026-12-01", "2026-12-02", "--off", "--yes")
    yield does("remove", "drops", "--yes")
    yield does("pull")
    yield does("doctor")
    yield does("doctor", "--ring")
    yield does("doctor", "--forget-crash")
    yield does("ports")
    yield does("boxes")
    yield does("name", str(desk.gets("boxes")["items"][0]["device_id"]), "mother")
    yield does("parts", "--lamps", "7")
    yield does("parts")
    box.until("2026-11-27 07:00")
    yield does("status")
    yield does("log")
    yield does("report", "-o", "sheet.html")
    yield does("export", "csv")
    yield does("export", "ics", "-o", "doses.ics")
    for more in ([], ["--records"]):
        yield "export json", without_schema(json.loads(desk.types("export", "json", *more).stdout))
    yield does("watch", "--init")
    yield does("watch", "--service")
    with config_file().open("a", encoding="utf-8") as settings:
        settings.write('[[hook]]\nrun = ["true"]\n')
    yield does("watch", "--try")
    yield from (("watch", line) for line in watched(desk))
    yield does("stock", "d3k2", "60")
    desk.ahead_s += 5.0
    yield from (("watch", line) for line in watched(desk))
    yield does("schema")
    desk.box = None
    yield does("status")
    yield does("stock", "d3k2")
    yield does("preview", *A_WEEK)


def watched(desk: Desk) -> list[dict[str, Any]]:
    """What `watch` prints until, at its third look, Ctrl-C is pressed."""
    looks = iter(range(3))

    def plugged() -> list[Target]:
        if next(looks, None) == 2:
            signal.raise_signal(signal.SIGINT)
        return desk.reach.plugged()

    alike = Desk(desk.box)
    alike.reach = replace(desk.reach, plugged=plugged, elapsed_s=time.monotonic)
    printed = alike.types("watch", "--json").stdout
    return [without_schema(json.loads(line)) for line in printed.splitlines()]


def without_schema(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != "schema"}


def demo_document() -> dict[str, Any]:
    """The demo brings its own box, whose time is not that of the desk."""
    alone = Desk()
    alone.reach = Reach(clock=lambda: MONDAY_S)
    return alone.gets("demo", "my.toml")


def test_every_command_that_prints_a_document_is_described() -> None:
    assert set(DOCUMENTS) == COMMANDS - {"virtual"} | FILES


def test_every_document_is_as_described_and_every_field_is_seen(desk: Desk) -> None:
    asked, wrong = set(), list[str]()
    seen = set[Field]()
    for command, printed in a_life(desk):
        whole = {"schema": 1, **printed}
        wrong += [f"{command} {each}" for each in faults(whole, document(command))]
        asked.add(command)
        seen.update(filled(whole, document(command)))
    here = set(DOCUMENTS) - ELSEWHERE
    known = {field for command in here for field in fields(document(command))}
    assert (wrong, known - seen, asked) == ([], set(), here)


def test_every_code_of_an_error_stands_in_the_table_with_its_exit_code() -> None:
    table = {(each.exit_code, each.code) for each in error_codes()}
    assert set(raised()) - table == set()


def test_the_table_has_no_code_that_nobody_says() -> None:
    said = {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [each.code for each in error_codes() if each.code not in said] == []


def raised() -> Iterator[tuple[int, str]]:
    """(exit code, code) of every error that the source makes with a code of its own."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            made = getattr(errors, node.func.id, None)
            for keyword in node.keywords:
                if made and keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                    yield made.exit_code, str(keyword.value.value)


def test_the_harness_sees_what_is_wrong_with_a_document(desk: Desk) -> None:
    desk.types("clock", "--set")
    desk.types("push", "my.toml")
    good = {"schema": 1, **desk.gets("stock", "d3k2")}
    shape = document("stock")
    assert [list(faults(each, shape)) for each in (good, good | {"count": "20"})] == [
        [],
        ["$.count: '20' is no integer"],
    ]
    assert list(faults(good | {"colour": "red"}, shape)) == ["$.colour is not described"]
    assert next(iter(faults({"schema": 1}, document("boxes")))) == "$.items is missing"
    assert list(faults("7", {"type": "string"})) == ["$: '7' is a number in a string"]
    moment = {"type": "string", "format": "date-time"}
    assert list(faults("2026-11-23T07:30:00", moment)) == [
        "$: '2026-11-23T07:30:00' has no offset"
    ]
