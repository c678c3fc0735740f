"""Every request: what it answers, what it refuses, and that saying it twice does it once."""

import builtins
import json
import platform
import random
import re
from pathlib import Path
from typing import Any

import pytest

from domain import (
    D3K2,
    D3K2_DOSE,
    DROPS,
    IRON_DOSE,
    Box,
    Flash,
    compiled,
    dose,
    framed,
    journal_lines,
    plan,
    utc_of,
)
from dosebell import PROTOCOL, VERSION, civil, commands, frames, schedule
from dosebell.commands import METHODS
from dosebell.commands_schedule import MAX_MORE
from dosebell.pattern import LIGHTS
from dosebell.schedule import MAX_LINE
from dosebell_host.box.transfer import packed

UNIX_2000 = 946684800
STOCKED = plan(dose("d3k2", 'at = ["07:30"]', "stock = { count = 9 }"))
TODAY = {"dose": "d3k2", "date": "2026-11-23"}
MONDAY_7 = utc_of("2026-11-23 07:00", "Europe/Berlin") + UNIX_2000


TRACEBACK = "Traceback (most recent call last):\n" + "  somewhere\n" * 90 + "KeyError: café 7\n"


def at(time: str, text: str = D3K2) -> Box:
    return Box.with_schedule(text, at="2026-11-23 06:00").until(time)


def practised(box: Box) -> str:
    return str(box.request("status")["practice"])


# Who and how it is.


def test_hello() -> None:
    box = Box.with_schedule(D3K2)
    hello = box.request("hello")
    assert hello.pop("journal").keys() == {"id", "first", "next"}
    assert hello == {
        "firmware": VERSION,
        "protocol": PROTOCOL,
        "features": ["due", "journal-id", "place", "each", "parts"],
        "board": "virtual",
        "device_id": hello["device_id"],
        "boot": 1,
        "utc": MONDAY_7,
        "trust": "host",
        "battery_clock": True,
        "revision": compiled(D3K2).revision,
    }


def test_the_device_id_is_made_once_and_tells_a_wiped_board_from_another() -> None:
    box = Box.with_schedule(D3K2)
    first = box.request("hello")["device_id"]
    assert len(first) == 16
    assert box.reset().request("hello")["device_id"] == first
    assert box.request("hello")["boot"] == 2
    box.world.power_off()
    box.world.files.contents.clear()  # type: ignore[attr-defined]
    box.world.power_on()
    assert box.request("hello")["device_id"] != first


def test_status_while_it_rings() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    status = box.request("status")
    assert status["ringing"] == {"count": 2, "ids": ["d3k2", "iron"]}
    assert status["totals"] == {"ringing": 2}
    # Its own lunch, should breakfast go unanswered, is no dose that comes next.
    assert status["next"] is None
    assert (status["light"], status["faults"], status["uptime_s"]) == ("due", [], 5460)


def test_status_of_a_new_box() -> None:
    status = Box.bare().request("status")
    assert (status["trust"], status["utc"], status["revision"]) == ("unset", None, "")
    assert (status["next"], status["totals"]) == (None, {})


def test_dose_list_tells_of_each_dose_a_few_at_a_time() -> None:
    doses = [dose(f"d{n}", 'at = ["08:00"]', "stock = { count = 5 }") for n in range(10)]
    box = at("07:30", plan(*doses))
    pages, start = [], 0
    while start is not None:
        page = box.request("dose.list", **{"from": start})
        pages.append([row["dose"] for row in page["rows"]])
        start = page["next"]
    assert pages == [["d0", "d1", "d2", "d3"], ["d4", "d5", "d6", "d7"], ["d8", "d9"]]
    assert box.row("d3") == {
        "dose": "d3",
        "state": "waiting",
        "intake": None,
        "stock": 5,
        "open": True,
        "date": "2026-11-23",
        "slot": 0,
        "opens": MONDAY_7,
        "due": MONDAY_7 + 3600,
        "first_due": MONDAY_7 + 3600,
        "closes": MONDAY_7 + 4 * 3600,
    }


def test_dose_list_past_the_end_is_empty() -> None:
    assert at("07:00").request("dose.list", **{"from": 99}) == {"rows": [], "next": None}


# The clock.


def test_clock_set_says_how_far_it_stepped() -> None:
    box = at("07:00")
    assert box.request("clock.set", utc=MONDAY_7 + 90) == {"step_s": 90, "trust": "host"}
    assert box.request("clock.set", utc=MONDAY_7 + 90) == {"step_s": 0, "trust": "host"}
    assert Box.bare().request("clock.set", utc=MONDAY_7) == {"step_s": 0, "trust": "host"}


# Taking, skipping, snoozing.


def test_take_answers_with_the_record_and_says_it_once() -> None:
    box = at("07:31", STOCKED)
    [line] = box.request("dose.take", **TODAY)["records"]
    assert line.split(" ")[4:8] == ["taken", "d3k2", "2026-11-23", "0"]
    assert box.request("dose.take", **TODAY)["records"] == [line]
    assert (box.story("taken"), box.row("d3k2")["stock"]) == (["07:31 taken d3k2/0 host"], 8)


def test_take_without_a_dose_takes_all_that_rings_and_nothing_where_nothing_does() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    assert len(box.request("dose.take")["records"]) == 2
    assert box.request("dose.take") == {"records": []}


def test_take_of_one_of_two_leaves_the_other_ringing() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    box.request("dose.take", dose="iron")
    assert (box.light, box.row("d3k2")["state"]) == ("due", "ringing")


@pytest.mark.parametrize("time", ["06:31", "07:31", "11:00"])
def test_take_is_valid_early_while_it_rings_and_while_it_rests(time: str) -> None:
    box = at(time)
    box.request("dose.take", dose="d3k2")
    assert box.story("taken") == [f"{time} taken d3k2/0 host"]


def test_take_backdated_keeps_the_time_it_was_swallowed() -> None:
    box = at("09:00")
    box.request("dose.take", utc=MONDAY_7 + 1860, **TODAY)
    assert box.row("d3k2")["intake"] == MONDAY_7 + 1860
    assert box.entries()[-1].detail["late_s"] == "60"


@pytest.mark.parametrize(("method", "kind"), [("dose.take", "taken"), ("dose.skip", "skipped")])
def test_missed_and_unknown_can_be_settled_afterwards(method: str, kind: str) -> None:
    box = at("17:00")
    box.power_cut("2026-11-24 07:00", "2026-11-24 17:00")
    for date, was in (("2026-11-23", "missed"), ("2026-11-24", "unknown")):
        [line] = box.request(method, dose="d3k2", date=date)["records"]
        assert line.split(" ")[4:7] == [kind, "d3k2", date]
        assert f"was={was}" in line
    assert box.until("2026-11-25 07:30:01").light == "due"


def test_what_a_gap_covers_can_be_settled_too() -> None:
    box = at("07:00")
    box.power_cut("07:00", "2026-11-26 17:00")
    [line] = box.request("dose.take", dose="d3k2", date="2026-11-24")["records"]
    assert " taken d3k2 2026-11-24 0 " in line
    assert box.request("dose.take", dose="d3k2", date="2026-11-24")["records"] == [line]


def test_skip_ends_the_ring_and_is_no_intake() -> None:
    box = at("07:31", STOCKED)
    box.request("dose.skip", **TODAY)
    assert box.wait(1).light == "off"
    assert (box.row("d3k2")["stock"], box.row("d3k2")["intake"]) == (9, None)
    assert box.request("dose.skip", **TODAY)["records"][0].split(" ")[4] == "skipped"
    assert len(box.story("skipped")) == 1


def test_snooze_of_all_and_of_one() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    assert len(box.request("dose.snooze")["records"]) == 2
    assert box.light == "snoozed"
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    box.request("dose.snooze", dose="iron")
    assert [box.row(name)["state"] for name in ("d3k2", "iron")] == ["ringing", "snoozed"]


def test_sixty_four_doses_are_answered_in_one_frame() -> None:
    doses = [dose(f"a-long-name-{n:04d}", 'at = ["07:30"]') for n in range(64)]
    box = at("07:31", plan(*doses))
    assert len(box.request("dose.take")["records"]) >= 5
    assert len(box.story("taken")) == 64
    assert box.request("status")["totals"] == {"waiting": 64}


# Undo.


def test_undo_of_a_named_one_rings_again_and_is_safe_to_repeat() -> None:
    box = at("07:31", STOCKED)
    box.request("dose.take", **TODAY)
    [line] = box.request("dose.undo", **TODAY)["records"]
    assert line.split(" ")[4] == "undone"
    [again] = box.request("dose.undo", **TODAY)["records"]
    assert again.split(" ")[4] == "ringing"
    assert (box.wait(1).light, box.row("d3k2")["stock"]) == ("due", 9)
    assert len(box.story("undone")) == 1


def test_undo_after_the_window_is_missed_and_is_safe_to_repeat() -> None:
    box = at("07:31", STOCKED)
    box.request("dose.take", **TODAY)
    box.until("17:00")
    first = box.request("dose.undo", **TODAY)["records"]
    assert [line.split(" ")[4] for line in first] == ["undone", "missed"]
    assert box.request("dose.undo", **TODAY)["records"] == first[1:]
    assert (len(box.story("undone")), box.row("d3k2")["stock"]) == (1, 9)


def test_undo_without_a_dose_is_the_last_press() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    box.press()
    assert len(box.request("dose.undo")["records"]) == 2
    assert box.request("dose.undo") == {"records": []}


def test_undo_of_a_skip_rings_again() -> None:
    box = at("07:31")
    box.request("dose.skip", **TODAY)
    box.request("dose.undo", **TODAY)
    assert box.wait(1).light == "due"


def test_take_after_undo_counts_again() -> None:
    box = at("07:31", STOCKED)
    for _ in range(3):
        box.request("dose.take", **TODAY)
        box.request("dose.undo", **TODAY)
    box.request("dose.take", **TODAY)
    assert (len(box.story("taken")), box.row("d3k2")["stock"]) == (4, 8)


def test_stock_is_set_to_the_number() -> None:
    box = at("07:00", STOCKED)
    for _ in range(2):
        box.request("dose.stock", dose="d3k2", count=120)
    assert box.row("d3k2")["stock"] == 120


# What is refused, and why.

BIG = 1 << 70
REFUSALS = [
    ("nothing.such", {}, "method"),
    ("", {}, "method"),
    ("dose.take", {"dose": "d3"}, "no-dose"),
    ("dose.take", {"dose": 5}, "params"),
    ("dose.take", {"dose": ["d3k2"]}, "params"),
    ("dose.take", {"dose": "\ud800"}, "no-dose"),
    ("dose.take", {"dose": "d3k2"}, "not-open"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-30"}, "not-open"),
    ("dose.take", {"dose": "d3k2", "date": "9999-12-31"}, "not-open"),
    ("dose.take", {"dose": "d3k2", "date": "yesterday"}, "params"),
    ("dose.take", {"dose": "d3k2", "date": 20261122}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-02-30"}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": "0"}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": True}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": 0.0}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": 1}, "no-occurrence"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": -1}, "no-occurrence"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": 99}, "no-occurrence"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "slot": BIG}, "params"),
    ("dose.take", {"dose": "mon", "date": "2026-11-22"}, "no-occurrence"),
    ("dose.take", {"dose": "d3k2", "utc": MONDAY_7 + 86400}, "future"),
    ("dose.take", {"dose": "d3k2", "utc": BIG}, "params"),
    ("dose.take", {"dose": "d3k2", "date": "2026-11-22", "utc": 0}, "implausible"),
    ("dose.take", {"dose": "d3k2", "utc": "now"}, "params"),
    ("dose.skip", {"dose": "d3k2"}, "not-open"),
    ("dose.snooze", {"dose": "d3k2"}, "not-ringing"),
    ("dose.undo", {"dose": "d3k2"}, "params"),
    ("dose.undo", {"dose": "d3k2", "date": "2026-11-22"}, "nothing-to-undo"),
    ("dose.undo", {"dose": "d3k2", "date": "2026-11-22", "slot": 7}, "no-occurrence"),
    ("dose.stock", {}, "params"),
    ("dose.stock", {"dose": "d3k2", "count": 5}, "no-stock"),
    ("dose.stock", {"dose": "mon"}, "params"),
    ("dose.stock", {"dose": "mon", "count": "many"}, "params"),
    ("dose.stock", {"dose": "mon", "count": 10**9}, "params"),
    ("dose.stock", {"dose": "mon", "count": -(10**500)}, "params"),
    ("dose.list", {"from": "start"}, "params"),
    ("clock.set", {}, "params"),
    ("clock.set", {"utc": "noon"}, "params"),
    ("clock.set", {"utc": 1.5e9}, "params"),
    ("clock.set", {"utc": True}, "params"),
    ("clock.set", {"utc": 0}, "implausible"),
    ("clock.set", {"utc": -BIG}, "params"),
    ("clock.set", {"utc": MONDAY_7, "ms": "0"}, "params"),
    ("clock.set", {"utc": MONDAY_7 + 30 * 86400}, "large-step"),
    ("schedule.begin", {}, "params"),
    ("schedule.begin", {"count": 0, "hash": "x"}, "params"),
    ("schedule.begin", {"count": 257, "hash": "x"}, "params"),
    ("schedule.begin", {"count": 1, "hash": 7}, "params"),
    ("schedule.line", {"n": 0, "line": "x"}, "not-staged"),
    ("schedule.commit", {"hash": "0123456789abcdef"}, "not-staged"),
    ("schedule.commit", {}, "params"),
    ("schedule.read", {}, "params"),
    ("schedule.read", {"n": -1}, "end"),
    ("schedule.read", {"n": 9999}, "end"),
    ("journal.read", {"since": "all"}, "params"),
    ("journal.read", {"since": 1, "limit": None}, "params"),
    ("signal.test", {}, "params"),
    ("signal.test", {"which": "disco"}, "which"),
    ("hello", [], "params"),
    ("status", "now", "params"),
    ("dose.take", 5, "params"),
]
SCHEDULE = plan(D3K2_DOSE, dose("mon", 'at = ["07:30"]', "stock = { count = 9 }", days='["mon"]'))


@pytest.mark.parametrize(("method", "params", "reason"), REFUSALS)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    method: str, params: object, reason: str
) -> None:
    box = Box.with_schedule(SCHEDULE, at="2026-11-23 05:00")
    before = box.entries()
    reply = box.reply(method, params)
    assert reply["error"]["data"]["reason"] == reason
    assert reply["error"]["message"]
    assert (box.entries(), box.light) == (before, "off")
    assert box.until("07:30:01").light == "due"


def test_each_kind_of_no_has_its_code() -> None:
    box = Box.with_schedule(D3K2)

    def code(line: bytes) -> tuple[int, str]:
        [reply] = box.feed(line)
        return reply["error"]["code"], reply["error"]["data"]["reason"]

    assert code(frames.seal("{")) == (-32700, "json")
    assert code(frames.seal("[" * 1000)) == (-32700, "json")
    assert code(framed([])) == (-32600, "request")
    assert code(framed({"id": 1})) == (-32600, "request")
    assert code(framed({"method": 5})) == (-32600, "request")
    assert code(framed({"method": "nothing"})) == (-32601, "method")
    assert code(framed({"method": "dose.list", "params": {"from": ""}})) == (-32602, "params")
    assert code(framed({"method": "dose.take", "params": {"dose": "x"}})) == (-32000, "no-dose")


def test_a_refusal_can_be_made_on_the_board_too() -> None:
    """MicroPython's own exceptions have no `__init__` to call by the name of the class."""
    package = Path(commands.__file__).parent
    sources = "".join(path.read_text() for path in package.glob("*.py"))
    assert re.findall(r"\b[A-Z]\w*\.__init__\(", sources) == []


def test_taken_cannot_be_skipped_without_an_undo() -> None:
    box = at("07:31")
    box.press()
    assert box.refusal("dose.skip", **TODAY) == "stands"
    box.request("dose.undo", **TODAY)
    assert box.refusal("dose.skip", **TODAY) == ""


def test_a_withdrawn_one_is_not_open_before_its_time() -> None:
    """Set back over a missed window: it waits, and is no more open than any other."""
    box = at("17:00")
    box.set_clock("2026-11-23 05:00")
    assert box.story("undone") == ["05:00 undone d3k2/0 clock was missed"]
    assert box.refusal("dose.take", **TODAY) == "not-open"


# Pushing.


def test_a_pushed_schedule_is_read_back_byte_for_byte() -> None:
    text = plan(dose("d3k2", 'at = ["08:00"]').replace('"D3K2"', '"Vitamin D₃ 💊 + \\"K2\\""'))
    box = at("07:00")
    assert box.push(text)["revision"] == compiled(text).revision
    lines = compiled(text).lines
    for n, line in enumerate(lines):
        assert box.request("schedule.read", n=n) == {"n": n, "count": len(lines), "line": line}


def test_commit_says_when_each_dose_is_due_first() -> None:
    box = at("07:00")
    assert box.push(plan(D3K2_DOSE, IRON_DOSE))["dues"] == {
        "d3k2": MONDAY_7 + 1800,
        "iron": MONDAY_7 + 1800,
    }


def test_a_commit_is_replied_to_some_passes_later_when_its_records_are_on_flash() -> None:
    box = at("07:40")
    before = journal_lines(box.world.files)
    begin_commit(box, DROPS)
    assert (box.world.board.sent, journal_lines(box.world.files)) == ([], before)
    box.app.step(0, pressed=False)
    assert (box.light, box.app.next_deadline_ms(), box.world.board.sent) == ("due", 0, [])
    while not box.world.board.sent:
        box.app.step(0, pressed=False)
    [reply] = box.world.board.sent
    assert json.loads(reply[:-10])["result"]["revision"] == compiled(DROPS).revision
    assert kinds_since(box, before) == [
        "schedule",
        "cancelled",
        "snapshot",
        "snapshot",
        "snapshot",
    ]


def test_a_press_that_comes_with_a_commit_finds_the_new_schedule_and_is_written_after_it() -> None:
    box = at("07:40")
    before = journal_lines(box.world.files)
    begin_commit(box, plan(D3K2_DOSE, IRON_DOSE))
    for pressed in (True, True, True, True, True, True, False, False):
        box.app.step(50, pressed)
    assert (box.app.view.answer, len(box.world.board.sent)) == ("taken", 1)
    assert kinds_since(box, before) == ["schedule", "snapshot", "snapshot", "snapshot", "taken"]


def test_a_press_within_a_commit_takes_what_rings_when_all_is_taken_over() -> None:
    """Of so many doses that it takes as many passes as a press."""
    box = at("07:40")
    before = journal_lines(box.world.files)
    later = [dose(f"d{n}", 'at = ["12:00"]') for n in range(62)]
    begin_commit(box, plan(D3K2_DOSE, IRON_DOSE, *later))
    pressed = iter([True, True, False, False])
    while box.app.box.owed:
        box.app.step(50, next(pressed, False))
    kinds = [kind for kind in kinds_since(box, before) if kind != "snapshot"]
    assert kinds == ["schedule", "taken"]
    assert (len(box.world.board.sent), box.due) == (1, [])


def begin_commit(box: Box, text: str) -> None:
    """The first pass of it: the schedule is in force, and nothing is written yet."""
    box.push(text, commit=False)
    line = framed({"id": 1, "method": "schedule.commit", "params": {"hash": compiled(text).hash}})
    assert [box.app.lines.feed(byte) for byte in line][-1]
    commands.receive(box.app)


def kinds_since(box: Box, before: list[str]) -> list[str]:
    return [line.split()[4] for line in journal_lines(box.world.files)[len(before) :]]


@pytest.mark.parametrize("method", ["dose.take", "dose.skip", "dose.snooze"])
def test_a_date_without_a_dose_is_refused_before_anything_that_rings_is_answered(
    method: str,
) -> None:
    twice = dose("b", 'at = ["06:30", "08:00"]')
    box = Box.with_schedule(plan(dose("a", 'at = ["08:00"]'), twice), at="2026-11-23 06:00")
    box.until("06:31").press()
    box.until("08:01")
    assert box.refusal(method, date="2026-11-23", slot=0) == "params"
    assert box.due == ["A", "B"]


def test_every_step_of_a_push_can_be_said_twice() -> None:
    made = compiled(DROPS)
    box = at("07:00")
    for _ in range(2):
        box.request("schedule.begin", count=len(made.lines), hash=made.hash)
    for n, line in enumerate(made.lines):
        for _ in range(2):
            assert box.request("schedule.line", n=n, line=line) == {"n": n}
    first = box.request("schedule.commit", hash=made.hash)
    assert box.request("schedule.commit", hash=made.hash) == first
    assert len(box.story("schedule")) == 1


def test_lines_may_come_several_at_a_time_and_again() -> None:
    made = compiled(DROPS)
    box = at("07:00")
    box.request("schedule.begin", count=len(made.lines), hash=made.hash)
    first, second, third, *rest = made.lines
    more = packed([second])
    assert box.request("schedule.line", n=0, line=first, more=more) == {"n": 1}
    more = packed([second, third])
    assert box.request("schedule.line", n=0, line=first, more=more) == {"n": 2}
    for n, line in enumerate(rest, start=3):
        assert box.request("schedule.line", n=n, line=line) == {"n": n}
    last = len(made.lines) - 1
    assert box.refusal("schedule.line", n=last, line=rest[-1], more=packed(["another"])) == "order"
    assert box.request("schedule.commit", hash=made.hash)["revision"] == made.revision


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["a list"], "params"),
        (packed(["b"])[:-4], "params"),
        ("no base64!", "params"),
        ("bm8gZGVmbGF0ZWQgZGF0YQ==", "params"),
        # Deflated, but no text: the one byte FF.
        ("AQEA/v//", "params"),
        (packed(["b"] * (MAX_MORE + 1)), "params"),
        (packed(["b" * MAX_LINE] * MAX_MORE), ""),
        (packed(["b", "b" * (MAX_LINE + 1)]), "line"),
        (packed(["b" * 100_000]), "params"),
        (packed([""]), ""),
    ],
)
def test_what_comes_packed_is_lines_or_refused(more: object, reason: str) -> None:
    box = at("07:00")
    box.request("schedule.begin", count=MAX_MORE + 1, hash="0")
    assert box.refusal("schedule.line", n=0, line="a", more=more) == reason


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda lines: lines[:-1], "incomplete"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "hash"),
        (lambda lines: [*lines[:-1], lines[-1] + " "], "hash"),
    ],
)
def test_a_push_that_did_not_come_whole_is_refused(spoil: object, reason: str) -> None:
    made = compiled(DROPS)
    box = at("07:00")
    box.request("schedule.begin", count=len(made.lines), hash=made.hash)
    for n, line in enumerate(spoil(list(made.lines))):  # type: ignore[operator]
        box.request("schedule.line", n=n, line=line)
    assert box.refusal("schedule.commit", hash=made.hash) == reason
    assert box.request("hello")["revision"] == compiled(D3K2).revision
    assert box.until("07:30:01").light == "due"


def test_a_line_ahead_of_its_turn_a_long_one_and_one_with_a_line_feed_are_refused() -> None:
    box = at("07:00")
    box.request("schedule.begin", count=3, hash="x")
    assert box.refusal("schedule.line", n=1, line="b") == "order"
    assert box.refusal("schedule.line", n=0, line="x" * 641) == "line"
    assert box.refusal("schedule.line", n=0, line="a\nb") == "line"
    assert box.refusal("schedule.line", n=0, line="\ud800") == "params"
    assert box.refusal("schedule.line", n=0, line="a") == ""
    assert box.refusal("schedule.line", n=3, line="d") == "order"


def test_lines_that_are_no_schedule_are_refused_before_they_are_in_force() -> None:
    box = at("07:00")
    box.request("schedule.begin", count=1, hash="9d6f965ac832e40a")
    box.request("schedule.line", n=0, line="hello")
    whole = box.reply("schedule.commit", {"hash": "9d6f965ac832e40a"})["error"]
    assert whole["data"]["reason"] in ("hash", "schedule")
    assert box.until("07:30:01").light == "due"


# What no host of ours sends, under a right hash: each would stop a box in the middle of a morning.
STUMBLES = {
    "a day that no month has": ("days=daily", "days=month:0"),
    "a stock without a limit": ("stock=90/1/7", "stock=90"),
    "an hour three thousand years off": (":7200,846205200", ":99999999999,846205200"),
}


@pytest.mark.parametrize(("sound", "wrong"), STUMBLES.values(), ids=STUMBLES)
def test_what_a_box_would_stumble_over_later_is_refused(sound: str, wrong: str) -> None:
    text = D3K2 + "stock = { count = 90, per_intake = 1, low = 7 }\n"
    lines = [line.replace(sound, wrong) for line in compiled(text).lines]
    assert lines != list(compiled(text).lines)
    name = schedule.digest(lines)[1]
    box = at("07:00")
    box.request("schedule.begin", count=len(lines), hash=name)
    for n, line in enumerate(lines):
        box.request("schedule.line", n=n, line=line)
    assert box.refusal("schedule.commit", hash=name) == "schedule"
    assert box.until("07:30:01").light == "due"


def test_a_schedule_for_which_there_is_no_memory_is_refused_before_it_is_in_force() -> None:
    """A board with less memory than a Pico has, and 64 doses to put in the place of 64."""

    class Crowded(Flash):
        is_crowded = False

        def open(self, path: str, mode: str) -> Any:
            if path == "/state/schedule.new" and "r" in mode and self.is_crowded:
                raise MemoryError("memory allocation failed")
            return super().open(path, mode)

    files = Crowded()
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00", files=files).until("07:00")
    box.push(DROPS, commit=False)
    files.is_crowded = True
    assert box.refusal("schedule.commit", hash=compiled(DROPS).hash) == "memory"
    files.is_crowded = False
    assert box.until("07:30:01").light == "due"
    assert box.push(DROPS)


def test_a_line_for_which_there_is_no_memory_is_refused_at_the_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crowded(*_: object) -> None:
        raise MemoryError("memory allocation failed")

    box = Box.with_schedule(D3K2, at="2026-11-23 06:00").until("07:00")
    with monkeypatch.context() as patch:
        patch.setitem(schedule._KINDS, b"dose", crowded)
        box.push(DROPS, commit=False)
    assert box.refusal("schedule.commit", hash=compiled(DROPS).hash) == "memory"
    assert box.until("07:30:01").light == "due"
    assert box.push(DROPS)


def test_a_push_whose_host_has_gone_is_dropped_after_a_minute() -> None:
    box = at("07:00")
    box.push(DROPS, commit=False)
    box.wait(61)
    assert box.refusal("schedule.commit", hash=compiled(DROPS).hash) == "not-staged"
    assert "/state/schedule.new" not in box.world.files.contents  # type: ignore[attr-defined]


def test_no_schedule_can_be_read_before_one_was_pushed() -> None:
    assert Box.bare().refusal("schedule.read", n=0) == "no-schedule"


# Reading the journal.


def test_the_journal_is_read_page_by_page_to_the_end() -> None:
    box = at("2026-12-10 07:00", DROPS)
    lines, since = [], 0
    following = box.request("hello")["journal"]["next"]
    while since < following:
        page = box.request("journal.read", since=since, limit=16)
        assert page["records"]
        assert page["next"] > since
        lines += page["records"]
        since = page["next"]
    seqs = [int(line.split(" ")[0]) for line in lines]
    assert seqs == list(range(1, following))
    assert box.request("journal.read", since=following) == {"records": [], "next": following}


@pytest.mark.parametrize("limit", [-5, 0, 1, 16, 1000])
def test_any_limit_gives_something_that_fits(limit: int) -> None:
    box = at("2026-12-10 07:00", DROPS)
    page = box.request("journal.read", since=3, limit=limit)
    assert 1 <= len(page["records"]) <= 16


# Signals, service, reset.


@pytest.mark.parametrize("name", LIGHTS)
def test_every_signal_can_be_tried(name: str) -> None:
    box = at("07:00")
    assert box.request("signal.test", which=name) == {"ok": True}
    assert box.light == name
    assert box.wait(10).light == "off"


def test_reset_starts_again_with_the_clock_carried_over() -> None:
    box = Box.with_schedule(D3K2, battery_clock=False)
    assert box.request("device.reset") == {"ok": True}
    assert box.request("hello")["boot"] == 2
    assert box.request("hello")["trust"] == "reset"


def test_service_mode_reminds_of_nothing_and_ends_by_itself_with_the_clock_carried_over() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:25", battery_clock=False)
    assert box.request("device.service") == {"ok": True}
    assert box.until("07:34:59").light == "service"
    assert box.until("07:35:01").light == "due"
    assert box.request("hello")["trust"] == "reset"
    assert abs(box.now_s - box.world.now_s) <= 1


def test_the_device_tells_what_it_is_and_how_much_room_it_has() -> None:
    box = at("07:00")
    info = box.request("device.info")
    free, size = info.pop("flash_free"), info.pop("flash_size")
    assert 0 < free < size == 1408 * 1024
    assert info == {
        "system": f"CPython {platform.python_version()}",
        "machine": "virtual",
        "app": "",
        "fallback": False,
        "limp": False,
        "crash": None,
    }


def test_a_crash_is_told_whole_until_it_is_forgotten() -> None:
    box = at("07:00")
    box.files.contents["/crash.txt"] = TRACEBACK.encode()  # type: ignore[attr-defined]
    box.reset()
    assert box.request("device.info")["crash"] == "KeyError: caf?? 7"
    told = box.request("device.crash")["text"]
    assert told == TRACEBACK.replace("é", "??")[-700:]
    assert box.request("status")["faults"] == ["crash"]
    assert box.request("device.crash", clear=True) == {"text": None}
    assert box.request("status")["faults"] == []
    assert box.request("device.crash", clear=True) == {"text": None}


# A practice reminder.


def test_a_practice_rings_is_answered_like_a_real_dose_and_leaves_no_record() -> None:
    box = at("12:00", D3K2)
    before = journal_lines(box.files)
    assert box.request("status")["practice"] == "none"
    assert box.request("signal.practice") == {"ok": True}
    assert (box.light, box.sound, practised(box)) == ("due", "due", "ringing")
    assert box.press() == "taken"
    assert practised(box) == "answered"
    assert box.wait(10).light == "off"
    assert journal_lines(box.files) == before


def test_presses_after_the_one_that_answered_a_practice_take_nothing_either() -> None:
    box = at("07:00", D3K2)
    box.request("signal.practice")
    assert [box.press() for _ in range(3)] == ["taken"] * 3
    assert box.story("taken") == []


def test_a_practice_that_nobody_answers_ends_after_a_minute() -> None:
    box = at("12:00", D3K2)
    box.request("signal.practice")
    assert (box.wait(59).light, practised(box)) == ("due", "ringing")
    assert (box.wait(2).light, box.sound, practised(box)) == ("off", "silent", "over")


def test_a_real_dose_comes_before_a_practice() -> None:
    box = at("07:29:30", D3K2)
    box.request("signal.practice")
    assert box.until("07:30:01").story("ringing") == ["07:30 ringing d3k2/0 breakfast"]
    assert (box.light, box.sound, practised(box)) == ("due", "due-eat", "interrupted")
    assert box.refusal("signal.practice") == "ringing"
    assert box.press() == "taken"


def test_a_practice_needs_no_clock() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 12:00", battery_clock=False)
    box.power_cut("12:01", "12:02")
    before = journal_lines(box.files)
    assert box.light == "noted"
    box.wait(5).request("signal.practice")
    assert (box.press(), practised(box)) == ("taken", "answered")
    assert journal_lines(box.files) == before


# Bytes.


def test_a_request_may_come_byte_by_byte_with_days_between() -> None:
    box = at("07:00")
    line = framed({"id": "slow", "method": "hello"})
    for byte in line[:-1]:
        assert box.feed(bytes([byte])) == []
        box.wait(minutes=1)
    [reply] = box.feed(line[-1:])
    assert reply["id"] == "slow"


def test_noise_between_requests_is_not_answered_and_spoils_none() -> None:
    box = at("07:00")
    noise = random.Random(7)
    request = framed({"id": 1, "method": "hello"})
    for _ in range(200):
        junk = bytes(noise.randrange(256) for _ in range(noise.randrange(1500)))
        assert box.feed(junk + b"\n") == []
        assert len(box.feed(request)) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"AT\r\n",
        b"\x04\x01\x02\n",
        b"import os; os.listdir()\n",
        b'{"jsonrpc":"2.0","id":1,"method":"device.reset"}\n',
        b'{"jsonrpc":"2.0","id":1,"method":"device.reset"}*00000000\n',
        framed({"id": 1, "method": "hello"})[:-2] + b"\n",
        b"x" + framed({"id": 1, "method": "hello"}),
        b"x" * 1025 + framed({"id": 1, "method": "hello"}),
    ],
)
def test_what_is_no_whole_frame_is_noise(line: bytes) -> None:
    box = at("07:00")
    assert box.feed(line) == []
    assert box.request("hello")["boot"] == 1


def test_a_request_of_exactly_1024_bytes_is_heard_and_a_longer_one_is_not() -> None:
    box = at("07:00")
    request: dict[str, object] = {"id": 1, "method": "hello", "x": ""}
    room = 1024 - (len(framed(request)) - 1)
    request["x"] = "y" * room
    assert len(box.feed(framed(request))) == 1
    request["x"] = "y" * (room + 1)
    assert box.feed(framed(request)) == []


def test_a_flood_of_bytes_is_held_in_one_line_and_delays_no_ring() -> None:
    box = at("07:29:59")
    box.feed(b"x" * 200_000)
    assert box.wait(1).light == "due"
    assert box.feed(b"\n") == []
    assert box.request("hello")["boot"] == 1


def test_several_requests_in_one_piece_are_answered_in_their_order() -> None:
    box = at("07:00")
    lines = b"".join(framed({"id": n, "method": "hello"}) for n in range(20))
    assert [reply["id"] for reply in box.feed(lines)] == list(range(20))


@pytest.mark.parametrize("ident", [7, "seven", None, 0, -1, 2**40])
def test_the_id_comes_back_as_it_was_sent(ident: object) -> None:
    [reply] = at("07:00").feed(framed({"id": ident, "method": "hello"}))
    assert reply["id"] == ident


def test_a_name_in_any_script_stays_inside_an_ascii_frame() -> None:
    text = plan(dose("d3k2", 'at = ["08:00"]').replace("D3K2", "維生素D 💊"))
    box = at("07:00", text)
    [raw] = [
        line
        for line in box.world.feed(
            framed({"id": 1, "method": "schedule.read", "params": {"n": 4}})
        )
        .decode("ascii")
        .splitlines()
    ]
    assert "維生素D 💊" in json.loads(raw.rpartition("*")[0])["result"]["line"]


def test_a_request_for_which_there_is_no_room_is_refused_and_may_be_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = at("07:00", SCHEDULE)
    yesterday = {"dose": "d3k2", "date": "2026-11-22"}
    load = builtins.__import__

    def full(name: str, within: Any, local: Any, names: Any, level: int) -> object:
        if "commands_device" in (names or ()) or name == "dosebell.search":
            raise MemoryError
        return load(name, within, local, names, level)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", full)
        assert box.refusal("device.info") == "no-room"
        assert box.refusal("dose.undo", **yesterday) == "no-room"
    assert box.request("device.info")["limp"] is False
    assert box.refusal("dose.undo", **yesterday) == "nothing-to-undo"
    assert box.until("2026-11-23 07:30:01").light == "due"


def test_random_requests_never_crash_the_box() -> None:
    """Methods that exist with parameters that do not fit, thousands of them."""
    box = at("07:31", SCHEDULE)
    pick = random.Random(11)
    values = [0, 1, -1, 5, 1 << 33, BIG, "", "d3k2", "mon", "2026-11-23", None, True, [], {}, 1.5]
    keys = ["dose", "date", "slot", "utc", "count", "n", "line", "hash", "from", "since", "limit"]
    methods = list(METHODS)
    for _ in range(3000):
        params = {pick.choice(keys): pick.choice(values) for _ in range(pick.randrange(5))}
        box.reply(pick.choice(methods), params)
    box.reset().wait(2)
    assert box.until("2026-11-24 07:30:01").light == "due"


def test_the_longest_line_in_the_widest_script_can_be_pushed_and_read_back() -> None:
    contents = ", ".join(
        f'{{ nutrient = "{n}{"a" * 23}", form = "{"f" * 24}", amount = 1000000000, unit = "mcg" }}'
        for n in range(6)
    )
    wide = "💊" * 16
    one = dose(
        "a-long-name-0001", 'at = ["08:00"]', f'take = "{wide}"', f"contents = [{contents}]"
    )
    text = plan(one.replace("A-LONG-NAME-0001", wide))
    assert max(len(line.encode()) for line in compiled(text).lines if "dose" in line) > 600
    box = at("07:00")
    box.push(text)
    lines = compiled(text).lines
    read = [box.request("schedule.read", n=n)["line"] for n in range(len(lines))]
    assert read == lines


def test_what_was_noted_afterwards_is_the_last_intake_once_the_newer_one_is_undone() -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("08:00:01")
    box.press()
    box.until("2026-11-24 20:00:01").press()
    at_three = box.at("2026-11-24 15:00") + civil.UNIX_2000
    box.request("dose.take", dose="drops", date="2026-11-24", slot=0, utc=at_three)
    box.request("dose.undo", dose="drops", date="2026-11-24", slot=1)
    assert box.row("drops")["intake"] == at_three
    box.press()
    assert box.story("taken")[-1] == "tue 20:00:01 taken drops/1 soon"


def test_an_undone_correction_of_the_unknown_is_unknown_again_and_not_missed() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    box.power_cut("06:10", "16:00")
    day = {"dose": "d3k2", "date": "2026-11-23", "slot": 0}
    box.begin_story()
    box.request("dose.take", **day)
    box.request("dose.undo", **day)
    assert [line.split()[1] for line in box.story()] == ["taken", "undone", "unknown"]


def test_nothing_is_taken_of_a_day_on_which_the_box_did_not_know_the_dose() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    day = {"dose": "d3k2", "date": "2025-12-31", "slot": 0}
    assert box.refusal("dose.take", **day) == "no-occurrence"
    assert box.entries()[-1].kind not in ("taken", "missed")


def test_a_day_without_power_can_be_settled_afterwards() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-20 06:00")
    box.power_cut("06:10", "2026-11-23 06:00")
    day = {"dose": "d3k2", "date": "2026-11-21", "slot": 0}
    (line,) = box.request("dose.take", **day)["records"]
    assert " taken d3k2 2026-11-21 0 " in line


def test_a_second_intake_noted_for_a_little_earlier_is_told_to_be_too_soon_as_well() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:29")
    box.until("2026-11-24 06:45")
    box.request("dose.take", dose="d3k2")
    utc = box.now_s + civil.UNIX_2000 - 300
    day = {"dose": "d3k2", "date": "2026-11-23", "slot": 0, "utc": utc}
    (line,) = box.request("dose.take", **day)["records"]
    assert "soon=1" in line


@pytest.mark.parametrize(("wait_s", "refusal"), [(59, ""), (61, "not-staged")])
def test_a_schedule_whose_host_has_gone_is_dropped_after_a_minute(
    wait_s: int, refusal: str
) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 05:00")
    box.push(DROPS, commit=False)
    box.wait(wait_s)
    assert box.refusal("schedule.commit", hash=compiled(DROPS).hash) == refusal
    in_force = D3K2 if refusal else DROPS
    assert box.request("hello")["revision"] == compiled(in_force).revision
