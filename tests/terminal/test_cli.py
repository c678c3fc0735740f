"""The commands as they are typed: exit codes, one JSON document, and text for people."""

import json
import os
from pathlib import Path

import pytest

from advice_texts import D3K2_ADVICE
from desk import Desk
from domain import D3K2, D3K2_DOSE, DROPS_DOSE, Box, compiled, dose, plan
from laptop import PICO

BOTH = plan(D3K2_DOSE, DROPS_DOSE)
WHICH = plan(
    dose("iron", 'at = ["08:00"]', "place = 3"),
    dose("drops", 'at = ["08:00"]'),
    alerts='answer = "each"',
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def both(tmp_path: Path) -> Path:
    file = tmp_path / "both.toml"
    file.write_text(BOTH, encoding="utf-8")
    return file


def test_push_shows_what_changes_and_pushes(desk: Desk, both: Path) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    result = desk.types("push", both)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        *D3K2_ADVICE,
        "+ dose drops: DROPS, 08:00, 20:00, daily",
        "  drops first rings on Mon 23 Nov 2026 at 08:00",
        f"Pushed to the box {desk.box.app.box.device_id} and read back"
        f" (revision {compiled(BOTH).revision}).",
    ]
    assert desk.types("push", both).stdout.splitlines() == [
        *D3K2_ADVICE,
        "Nothing changes: just this schedule is in force.",
        f"The box {desk.box.app.box.device_id} has it already"
        f" (revision {compiled(BOTH).revision}).",
    ]


def test_push_as_json(desk: Desk, both: Path) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    change = {"kind": "added", "what": "dose", "about": "drops", "field": "", "before": ""}
    document = {
        "revision": compiled(BOTH).revision,
        "changes": [{**change, "after": "DROPS, 08:00, 20:00, daily"}],
        "cancelled": [],
        "first": {"drops": "2026-11-23T08:00:00+01:00"},
    }
    advice = {"findings": desk.gets("check", both)["items"][0]["findings"], "without_catch_up": []}
    advice["notes"] = []
    assert desk.gets("push", both, "--dry-run") == {**document, **advice, "pushed": False}
    assert desk.box.request("hello")["revision"] == compiled(D3K2).revision
    assert desk.gets("push", both) == {**document, **advice, "pushed": True}
    nothing = {"revision": compiled(BOTH).revision, "changes": [], "cancelled": [], "first": {}}
    assert desk.gets("push", both) == {**nothing, **advice, "pushed": False}


def test_push_that_loses_something_wants_a_yes(desk: Desk, tmp_path: Path) -> None:
    desk.box = Box.with_schedule(BOTH, at="2026-11-23 06:00")
    file = tmp_path / "less.toml"
    file.write_text(D3K2, encoding="utf-8")
    refused = desk.types("push", file)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "dose drops goes; nothing was done; to go on all the same, add --yes.\n",
    )
    assert desk.box.request("hello")["revision"] == compiled(BOTH).revision
    assert desk.gets("push", file, code=1)["error"]["code"] == "needs-yes"
    assert desk.types("--yes", "push", file).exit_code == 0
    assert desk.box.request("hello")["revision"] == compiled(D3K2).revision


def test_push_tells_all_that_is_wrong_with_the_file_before_it_looks_for_a_box(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(D3K2.replace("07:30", "7h30").replace("daily", "dayly"), encoding="utf-8")
    result = desk.types("push", file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 2
    assert desk.types("push", tmp_path / "none.toml").exit_code == 1


@pytest.mark.parametrize("words", [("push",), ("push", "a.toml", "--timezone", "Asia/Tokyo")])
def test_push_wants_a_file_or_a_zone(words: tuple[str, ...], desk: Desk) -> None:
    assert desk.types(*words).exit_code == 2


def test_push_of_a_zone(desk: Desk, both: Path) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    desk.types("push", both)
    assert desk.types("push", "--timezone", "Europe/Lodnon").stderr == (
        '"Europe/Lodnon" is no time zone; write "Europe/London".\n'
    )
    found = desk.gets("push", "--timezone", "Europe/London")
    assert [change["after"] for change in found["changes"]] == ["Europe/London"]
    assert desk.types("pull").stdout == BOTH.replace("Europe/Berlin", "Europe/London")


def test_push_to_a_box_without_a_battery_clock_says_what_that_means(
    desk: Desk, both: Path
) -> None:
    desk.box = Box.with_schedule(D3K2, battery_clock=False)
    assert desk.types("push", both).stderr == (
        "This box has no battery clock: after a power cut it does not know the time until a laptop"
        " sets it.\n"
    )


def test_pull_gives_the_file_back(desk: Desk, both: Path, tmp_path: Path) -> None:
    desk.box = Box.with_schedule(D3K2)
    desk.types("push", both)
    assert desk.types("pull").stdout_bytes == both.read_bytes()
    assert desk.gets("pull") == {
        "revision": compiled(BOTH).revision,
        "rebuilt": False,
        "file_name": "both.toml",
        "file": BOTH,
    }
    copy = tmp_path / "copy.toml"
    assert desk.types("pull", "--output", copy).exit_code == 0
    assert copy.read_bytes() == both.read_bytes()
    copy.write_text("mine")
    refused = desk.types("pull", "--output", copy)
    assert (refused.exit_code, copy.read_text()) == (1, "mine")
    assert desk.types("pull", "--output", copy, "--yes").exit_code == 0
    assert desk.types("pull", "-o", tmp_path / "no" / "folder.toml").exit_code == 1


def test_pull_of_what_another_laptop_pushed_is_rebuilt(desk: Desk, tmp_path: Path) -> None:
    desk.box = Box.with_schedule(BOTH)
    result = desk.types("pull")
    assert result.stdout.startswith("# Rebuilt by dosebell from what the device holds.\n")
    assert result.stderr == "Rebuilt from the box: this laptop does not have the file itself.\n"
    file = tmp_path / "rebuilt.toml"
    file.write_text(result.stdout, encoding="utf-8")
    assert desk.types("push", file).exit_code == 1
    assert desk.gets("push", file, "--unchecked")["changes"] == []


def test_pull_from_a_box_without_a_schedule(desk: Desk) -> None:
    desk.box = Box.bare(battery_clock=True)
    assert desk.types("pull").stderr == (
        "the box has no schedule yet; `dosebell push FILE` gives it one.\n"
    )


def test_status_in_plain_words(desk: Desk) -> None:
    stocked = D3K2.replace('food = "fat"', 'food = "fat"\nstock = { count = 8, low = 7 }')
    desk.box = Box.with_schedule(stocked + DROPS_DOSE).until("08:05")
    desk.box.world.board.name = PICO
    desk.types("take", "d3k2")
    ident = desk.box.app.box.device_id
    assert desk.types("status").stdout.splitlines() == [
        f"Box       {ident}",
        "Clock     Mon 23 Nov 2026 08:05:00 Europe/Berlin, set by a laptop, as this laptop's",
        "Now       drops rings, until 11:00: DROPS",
        "Next      drops on Mon 23 Nov at 20:00, in 11 h 55 min",
        "Today     d3k2 taken 08:05, drops open",
        "Stock     d3k2: 7 left: time to buy more",
    ]


def test_status_of_a_bare_box(desk: Desk) -> None:
    desk.box = Box.bare()
    assert desk.types("status", "--no-sync").stdout.splitlines() == [
        f"Box       {desk.box.app.box.device_id}",
        "Clock     not set, so nothing rings and nothing is judged:"
        " `dosebell clock --set` sets it",
        "Schedule  none yet: `dosebell push FILE` gives it one",
        "Power     no battery clock: after a power cut it does not know the time until a laptop"
        " sets it",
    ]


def test_status_as_json(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:42")
    desk.box.press()
    found = desk.gets("status")
    assert found.pop("uptime_s") > 0
    assert found.pop("heap_free") >= 0
    assert found == {
        "device_id": desk.box.app.box.device_id,
        "firmware": found["firmware"],
        "board": "virtual",
        "revision": compiled(D3K2).revision,
        "title": None,
        "timezone": "Europe/Berlin",
        "answer": "all",
        "unknown_to_box": [],
        "clock": {
            "at": "2026-11-23T07:42:00+01:00",
            "trust": "host",
            "ahead_s": found["clock"]["ahead_s"],
            "battery": True,
        },
        "ringing": [],
        "next": {"dose": "d3k2", "due": "2026-11-24T07:30:00+01:00", "again": False},
        "doses": [
            {
                "dose": "d3k2",
                "state": "waiting",
                "open": False,
                "date": "2026-11-24",
                "slot": 0,
                "due": "2026-11-24T07:30:00+01:00",
                "closes": "2026-11-24T15:30:00+01:00",
                "window_closes": "2026-11-24T10:30:00+01:00",
                "intake": "2026-11-23T07:42:00+01:00",
                "stock": None,
                "number": 1,
                "place": None,
                "low": None,
                "is_low": None,
                "is_empty": None,
                "days_left": None,
            }
        ],
        "today": [
            {
                "dose": "d3k2",
                "slot": 0,
                "due": "2026-11-23T07:30:00+01:00",
                "status": "taken",
                "taken_at": "2026-11-23T07:42:00+01:00",
                "late_s": 720,
            }
        ],
        "faults": [],
        "zone_until": "2050-01-01T01:00:00+01:00",
    }


def test_status_says_which_where_doses_are_asked_for_one_at_a_time(desk: Desk) -> None:
    desk.box = Box.with_schedule(WHICH).until("08:05")
    desk.box.press_long()
    lines = desk.types("status").stdout.splitlines()
    assert lines[2:5] == [
        "Now       iron is snoozed, place 3, until 11:00: IRON",
        "Now       drops rings, number 2, until 11:00: DROPS",
        "Flashes   iron 3; drops 2",
    ]
    found = desk.gets("status")
    assert (found["answer"], found["unknown_to_box"]) == ("each", [])
    assert [(row["number"], row["place"]) for row in found["doses"]] == [(1, 3), (2, None)]


ONCE = plan(dose("d3k2", 'at = ["08:00"]'))


@pytest.mark.parametrize(
    ("pressed", "time", "told", "today"),
    [
        (
            False,
            "08:30",
            [
                "Now       nothing rings",
                "Open      d3k2 can be taken already, until 11:30",
                "Next      d3k2 on Mon 23 Nov at 08:30, in 20 min",
                "Today     nothing yet",
            ],
            [],
        ),
        (
            True,
            "08:30",
            [
                "Now       nothing rings",
                "Next      d3k2 on Tue 24 Nov at 08:30, in 1 day 20 min",
                "Today     d3k2 taken 08:10",
            ],
            ["taken"],
        ),
        (
            False,
            "07:00",
            [
                "Now       nothing rings",
                "Next      d3k2 on Tue 24 Nov at 07:00, in 22 h 50 min",
                "Today     d3k2 cancelled",
            ],
            ["cancelled"],
        ),
    ],
)
def test_after_an_edit_in_the_morning_a_status_says_one_thing_of_one_dose(
    pressed: bool, time: str, told: list[str], today: list[str], desk: Desk
) -> None:
    """It said of one dose "open", "next 08:30" and "cancelled"."""
    desk.box = Box.with_schedule(ONCE, at="2026-11-23 06:00").until("08:10")
    if pressed:
        desk.box.press()
    desk.box.push(ONCE.replace("08:00", time))
    assert desk.types("status").stdout.splitlines()[2:] == told
    assert [each["status"] for each in desk.gets("status")["today"]] == today
    if time == "08:30" and not pressed:
        desk.box.until("08:31")
        assert desk.types("status").stdout.splitlines()[-1] == "Today     d3k2 open"


def test_a_zone_table_that_ends_soon_is_told(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2049-11-23 07:00")
    lines = desk.types("status").stdout.splitlines()
    assert lines[-1] == (
        "Time zone clock changes are known until Sat 1 Jan 2050: push your file again"
    )


def test_clock_compares_and_sets(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    desk.ahead_s = 3600
    assert desk.types("clock").stdout.splitlines() == [
        "Box     2026-11-23 07:00:00 Europe/Berlin, set by a laptop",
        "Laptop  2026-11-23 08:00:00 Europe/Berlin",
        "The box's clock is 1 h behind this laptop's.",
        "To set it: dosebell clock --set",
    ]
    hint = desk.types("--port", "/dev/ttyACM7", "clock").stdout.splitlines()[-1]
    assert hint == "To set it: dosebell clock --set --port /dev/ttyACM7"
    assert desk.gets("clock", "--set") == {
        "box": "2026-11-23T08:00:00+01:00",
        "laptop": "2026-11-23T08:00:00+01:00",
        "timezone": "Europe/Berlin",
        "ahead_s": 0.5,
        "trust": "host",
        "set": True,
        "step_s": 3600,
    }
    assert desk.box.now == "2026-11-23 08:00:00"
    desk.ahead_s = -20 * 3600 - 36 * 60
    assert desk.types("clock", "--set").stdout.splitlines()[-1] == "Set: 21 h 36 min back."


def test_a_step_of_days_wants_a_yes(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    desk.ahead_s = 3 * 86400
    refused = desk.types("clock", "--set")
    assert (refused.exit_code, desk.box.now) == (1, "2026-11-23 07:00:00")
    assert refused.stderr == (
        "the box's clock is 3 days behind, and would jump;"
        " nothing was done; to go on all the same, add --yes.\n"
    )
    assert desk.types("clock", "--set", "--yes").exit_code == 0
    assert desk.box.now == "2026-11-26 07:00:00"


def test_clock_of_a_box_that_has_none(desk: Desk) -> None:
    desk.box = Box.bare("2026-11-23 07:00")
    assert desk.gets("clock")["box"] is None
    assert desk.gets("clock", "--set")["step_s"] == 0
    assert desk.gets("clock")["trust"] == "host"


def test_a_laptop_from_before_the_release_sets_no_clock(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    desk.ahead_s = -5 * 365 * 86400
    assert desk.types("clock", "--set", "--yes").exit_code == 1
    assert desk.box.now == "2026-11-23 07:00:00"


def test_a_clock_that_was_set_in_passing_is_said_beside_the_result(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    desk.box.world.board.name = PICO
    desk.ahead_s = 30
    result = desk.types("status", "--json")
    assert "Set the box's clock" in result.stderr
    json.loads(result.stdout)
    assert desk.types("status").stderr == ""


def test_take_and_undo(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:42")
    assert desk.types("take").stdout == "d3k2 of 2026-11-23: taken at 2026-11-23 07:42.\n"
    nothing = desk.types("take")
    assert (nothing.exit_code, nothing.stderr) == (
        1,
        "nothing rings now: d3k2 was taken today at 07:42; the next is due on 2026-11-24 07:30.\n",
    )
    assert desk.types("undo").stdout == ("d3k2 of 2026-11-23: no longer taken, and asks again.\n")
    [item] = desk.gets("skip", "d3k2")["items"]
    assert (item["kind"], item["dose"], item["date"], item["slot"]) == (
        "skipped",
        "d3k2",
        "2026-11-23",
        0,
    )


def test_what_the_box_refuses_exits_3(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:42")
    assert desk.gets("take", "d3k2", "--date", "2026-12-24", code=3) == {
        "error": {
            "code": "not-open",
            "message": "d3k2: it is too early for that one",
            "where": "",
            "fix": "wait until its time has come nearer",
        }
    }


def test_stock_may_begin_with_a_sign(desk: Desk) -> None:
    stocked = D3K2.replace('food = "fat"', 'food = "fat"\nstock = { count = 8, low = 7 }')
    desk.box = Box.with_schedule(stocked)
    assert desk.types("stock", "d3k2", "-3").stdout == (
        "d3k2: 5 left, enough for 5 intakes. Time to buy more.\n"
    )
    assert desk.gets("stock", "d3k2", "+90") == {
        "dose": "d3k2",
        "count": 95,
        "per_intake": 1,
        "low": 7,
        "days_left": 95,
        "is_low": False,
        "is_empty": False,
    }
    assert desk.types("stock", "d3k2", "--nonsense").exit_code == 2


def test_log_as_text_json_and_csv(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:42")
    desk.box.press()
    desk.box.until("2026-11-24 07:31")
    assert desk.types("log").stdout.splitlines()[:3] == [
        "                d3k2",
        "2026-11-23 Mon  ✓ 07:42",
        "2026-11-24 Tue  …",
    ]
    found = desk.gets("log")
    assert [item["kind"] for item in found["items"]][-3:] == ["ringing", "taken", "ringing"]
    assert [(day["date"], day["doses"][0]["status"]) for day in found["days"]] == [
        ("2026-11-23", "taken"),
        ("2026-11-24", "open"),
    ]
    assert found["adherence"] == [
        {
            "dose": "d3k2",
            "taken": 1,
            "late": 0,
            "missed": 0,
            "skipped": 0,
            "unknown": 0,
            "off": 0,
            "longest_gap_s": None,
            "planned": 1,
            "ratio": 1.0,
            "open": 1,
            "back_dated": 0,
            "extra": 0,
            "days": 1,
            "correct_days": 1,
            "timed": 1,
            "in_window": 1,
            "delay_s": [720, 720, 720],
            "missed_runs": [],
        }
    ]
    last = found["items"][-1]["seq"]
    assert [item["seq"] for item in desk.gets("log", "--after", last - 1)["items"]] == [last]
    after = f"{found['items'][-2]['journal']}:{found['items'][-2]['seq']}"
    assert desk.gets("log", "--after", after)["items"] == found["items"][-1:]
    error = desk.gets("log", "--after", "0badf00d:1", code=1)["error"]
    assert (error["code"], error["message"]) == ("journal", "the log has no journal 0badf00d")
    assert desk.types("log", "--csv").stdout.splitlines()[1:] == [
        "2026-11-23,d3k2,0,taken,2026-11-23 07:42:00+01:00,12,D3K2",
        "2026-11-24,d3k2,0,open,,,D3K2",
    ]
    assert len(desk.types("log", "--records").stdout.splitlines()) == len(found["items"])


def test_log_works_without_the_box(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:42")
    desk.box.press()
    ident = desk.box.app.box.device_id
    with_box = desk.gets("log")
    desk.box = None
    without = desk.types("log")
    assert "✓ 07:42" in without.stdout
    assert without.stderr.startswith(
        f"The box {ident} does not answer.\nThis is what this laptop read from it"
    )
    named = desk.types("log", "--port", "/dev/ttyNOWHERE")
    assert (named.exit_code, named.stdout) == (4, "")
    alone = desk.gets("log", "--device", ident[:6])
    assert alone.pop("read_at") is not None
    assert alone | {"read_at": None} == with_box
    unknown = desk.types("log", "--device", "0000")
    assert (unknown.exit_code, unknown.stderr) == (
        1,
        f"this laptop never met a box 0000; it knows {ident}.\n",
    )


def test_log_without_a_box_asks_which_where_several_are_known(desk: Desk) -> None:
    idents: list[str] = []
    for text in (D3K2, 'title = "Hers"\n' + BOTH):
        desk.box = Box.with_schedule(text)
        desk.box.app.box.device_id = f"{len(idents)}123456789abcdef"
        idents.append(desk.box.app.box.device_id)
        desk.types("status")
    desk.box = None
    result = desk.types("log")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{idents[1]} (Hers)" in result.stderr and idents[0] in result.stderr
    assert f"; say which: --device {idents[0]}.\n" in result.stderr
    assert desk.types("log", "--device", idents[0]).exit_code == 0


def test_log_of_a_dose_that_is_not_there(desk: Desk) -> None:
    desk.box = Box.with_schedule(BOTH)
    result = desk.types("log", "--dose", "nosuch")
    assert (result.exit_code, result.stderr) == (
        1,
        'the log has no dose "nosuch"; there is d3k2, drops.\n',
    )
    assert "write 30d for so many days" in desk.types("log", "--since", "30").stderr


def test_status_of_one_that_rings_and_of_one_that_rests(desk: Desk) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:42")
    again = "Next      d3k2 again at lunch, 12:30, in 4 h 48 min, if not taken by then"
    assert again in desk.types("status").stdout
    desk.box.until("11:00")
    rests = "Open      d3k2 rests; rings again at 12:30, can be taken until 15:30\n"
    assert rests in desk.types("status").stdout
    [row] = desk.gets("status")["doses"]
    assert row["closes"] == "2026-11-23T15:30:00+01:00"
    assert row["window_closes"] == "2026-11-23T10:30:00+01:00"


def test_a_zone_without_clock_changes_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    desk.box = Box.with_schedule(D3K2)
    file = tmp_path / "est.toml"
    file.write_text(plan(D3K2_DOSE, zone="EST"), encoding="utf-8")
    for command in ("check", "push"):
        result = desk.types(command, file, "--yes")
        assert result.exit_code == 0
        assert "EST has no clock changes; did you mean America/New_York?" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name needs POSIX")
def test_a_pipe_is_refused_at_once(desk: Desk, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for command in ("check", "push"):
        result = desk.types(command, pipe)
        assert result.exit_code == 1
        assert "is not a regular file" in result.stdout + result.stderr


def test_without_box_and_history_it_says_that_there_is_no_box(desk: Desk) -> None:
    for command in ("log", "status", "take", "pull", "clock"):
        result = desk.types(command)
        assert (result.exit_code, result.stderr) == (
            4,
            "no Pico is plugged in;"
            " plug it in with a cable that carries data, or try `dosebell virtual`.\n",
        )
        assert desk.gets(command, code=4)["error"]["code"] == "no-device"


def test_a_damaged_history_does_not_stop_a_take(desk: Desk, data_folder: Path) -> None:
    desk.box = Box.with_schedule(D3K2).until("07:42")
    data_folder.mkdir()
    (data_folder / "history.sqlite3").write_bytes(b"no database at all, only words " * 200)
    result = desk.types("take")
    assert (result.exit_code, result.stdout) == (
        0,
        "d3k2 of 2026-11-23: taken at 2026-11-23 07:42.\n",
    )
    assert len(result.stderr.splitlines()) == 1
