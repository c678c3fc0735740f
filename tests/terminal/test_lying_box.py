"""Commands at a box that replies what cannot be right: one sentence, exit code 3, valid JSON."""

from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from domain import DROPS_DOSE, IRON_DOSE, Box, dose, plan
from lying_box import (
    NASTY_TEXTS,
    NASTY_VALUES,
    Json,
    LyingDesk,
    Params,
    always,
    honest,
    lies,
    paths,
    put,
    without,
)

STOCKED = dose("d3k2", 'with = ["breakfast", "lunch"]', "stock = { count = 90 }")
PLAN = plan(STOCKED, DROPS_DOSE)
FILE = "other.toml"
PUSH = f"push {FILE} --yes"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LyingDesk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    Path(FILE).write_text(plan(STOCKED, IRON_DOSE), encoding="utf-8")
    desk = LyingDesk()
    # Something is plugged in, whatever it replies.
    desk.box = Box.bare()
    return desk


def ringing() -> Box:
    """A box with a day behind it, on which a dose rings."""
    box = Box.with_schedule(PLAN, at="2026-11-22 07:00").until("07:31")
    box.press()
    return box.until("2026-11-23 07:31")


@pytest.mark.parametrize(
    ("command", "about", "reply", "what"),
    [
        (
            "status",
            "status",
            {"uptime_s": True},
            "ringing is missing, not an object",
        ),
        (
            "log",
            "hello",
            {"protocol": 1},
            "device_id is missing, not text of at most 64 characters",
        ),
        ("take", "dose.take", {"records": []}, "records is a list of 0, not a list of 1 to 16"),
        (
            "take",
            "dose.list",
            {"rows": [{"dose": "gold", "state": "waiting"}], "next": None},
            "these are not the doses of its schedule",
        ),
        (
            "take",
            "schedule.read",
            {"line": "plan\x1b[2J", "count": 9},
            'line is "plan [2J", not a line of a schedule',
        ),
        (
            PUSH,
            "schedule.line",
            {"n": -1},
            "n is -1, not a whole number from 0 to 16",
        ),
    ],
)
def test_the_document_names_the_box_the_request_and_what_did_not_fit(
    command: str, about: str, reply: Json, what: str, desk: LyingDesk
) -> None:
    desk.box = box = ringing()
    code, document = desk.hears(command, lies(box, about, always(reply)))
    dose_meant = "d3k2: " if about == "dose.take" else ""
    state = ". The schedule on the box is the old one, unchanged." if "push" in command else ""
    fix = (
        "unplug it, plug it in again, and repeat the command; if that does not help,"
        " `dosebell flash` puts dosebell on a Pico anew"
    )
    message = f"the board replied to {about} with what cannot be right: {what}"
    assert (code, document) == (
        3,
        {
            "schema": 1,
            "error": {
                "code": "answer",
                "message": f"{dose_meant}{message}{state}",
                "where": "",
                "fix": fix[0].upper() + fix[1:] if state else fix,
            },
        },
    )


def test_a_push_whose_commit_is_answered_with_nonsense_does_not_know(desk: LyingDesk) -> None:
    desk.box = box = ringing()
    commits = count()

    def turned(reply: Json) -> Json:
        return reply if next(commits) else {"revision": None}

    code, document = desk.hears(PUSH, lies(box, "schedule.commit", turned))
    assert (code, document["error"]["message"].partition(". ")[2]) == (
        3,
        "It is not known whether the new schedule is in force: `dosebell status` tells.",
    )


def test_what_was_noted_before_the_nonsense_is_told(desk: LyingDesk) -> None:
    desk.box = box = Box.with_schedule(plan(IRON_DOSE, DROPS_DOSE)).until("08:05")
    taken = count()

    def turned(reply: Json) -> Json:
        return {"records": "x"} if next(taken) else reply

    code, document = desk.hears("take", lies(box, "dose.take", turned))
    message = document["error"]["message"]
    assert (code, message.partition(": ")[0], message.partition(". ")[2]) == (
        3,
        "drops",
        "iron of 2026-11-23: taken at 2026-11-23 08:05.",
    )


@pytest.mark.parametrize("command", ["status", "log", "take", PUSH])
def test_one_wrong_value_anywhere_ends_in_a_document(command: str, desk: LyingDesk) -> None:
    desk.box = box = ringing()
    asked: list[tuple[str, Params, Json]] = []

    def overheard(method: str, params: Params) -> Json:
        asked.append((method, params, honest(box)(method, params)))
        return asked[-1][2]

    assert desk.hears(command, overheard)[0] == 0
    nasty, ends = cycle(NASTY_VALUES), set()
    for method, params, reply in asked:
        for path, value in zip(paths(reply), nasty, strict=False):
            wrong = without(reply, path) if path and value is None else put(reply, path, value)
            if command in ("take", PUSH):
                desk.box = box = ringing()
            code, document = desk.hears(command, lies(box, method, always(wrong), params))
            ends.add((code, document.get("error", {}).get("code")))
    assert {(0, None), (3, "answer")} <= ends <= {(0, None), (3, "answer"), (1, "protocol")}


@pytest.mark.parametrize(
    "command",
    ["status", "log", "log --records", "log --csv", "pull", "clock", "doctor", "ports", "take"],
)
def test_no_text_of_a_box_drives_the_terminal(command: str, desk: LyingDesk) -> None:
    desk.box = box = ringing()
    asked: dict[str, Json] = {}

    def overheard(method: str, params: Params) -> Json:
        reply = honest(box)(method, params)
        asked.setdefault(method, reply)
        return reply

    desk.says = overheard
    shown = [desk.shows(command)]
    nasty = cycle(NASTY_TEXTS)
    for method, reply in asked.items():
        # Of a list the first: the others are read by the same check.
        for path in (path for path in paths(reply) if not {*path} & {*range(1, 64)}):
            if isinstance(at(reply, path), str):
                wrong = put(reply, path, f"{at(reply, path)}{next(nasty)}")
                desk.says = lies(box, method, always(wrong))
                shown.append(desk.shows(command))
    assert (len(shown) > 1, all(shown)) == (True, True)


def at(reply: Json, path: tuple[Any, ...]) -> Json:
    for key in path:
        reply = reply[key]
    return reply
