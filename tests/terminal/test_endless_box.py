"""Boxes that never come to an end: each is given up in one sentence, and fills no disk."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain import D3K2, Box
from dosebell_host.box import fetch
from lying_box import Json, LyingDesk, Params, honest

Endless = Callable[[Params, Json], Json]


def record(seq: int, filled_to: int = 60) -> str:
    return f"{seq} 1 1795415520 host stock d3k2 - - left=1".ljust(filled_to, "0")


def records_for_ever(params: Params, reply: Json) -> Json:
    since = params["since"]
    return {"records": [record(since + n, 900) for n in range(16)], "next": since + 16}


def small_records_for_ever(params: Params, reply: Json) -> Json:
    return {"records": [record(params["since"])], "next": params["since"] + 1}


def one_record_again_and_again(params: Params, reply: Json) -> Json:
    return {"records": [record(7)], "next": params["since"] + 1}


def other_records_under_one_number(params: Params, reply: Json) -> Json:
    since = params["since"]
    return {"records": [record(since, 800 + n) for n in range(16)], "next": since + 1}


def nothing_for_ever(params: Params, reply: Json) -> Json:
    return {"records": [], "next": params["since"] + 1}


def a_page_that_does_not_move(params: Params, reply: Json) -> Json:
    return {"records": [], "next": params["since"]}


def a_page_that_goes_back(params: Params, reply: Json) -> Json:
    return {"records": [record(3)], "next": 3}


def lines_for_ever(params: Params, reply: Json) -> Json:
    return {**reply, "count": 10**9}


def doses_for_ever(params: Params, reply: Json) -> Json:
    return {**reply, "next": params["from"] + 1}


ENDLESS: dict[Endless, str] = {
    records_for_ever: "journal.read",
    small_records_for_ever: "journal.read",
    one_record_again_and_again: "journal.read",
    other_records_under_one_number: "journal.read",
    nothing_for_ever: "journal.read",
    a_page_that_does_not_move: "journal.read",
    a_page_that_goes_back: "journal.read",
    lines_for_ever: "schedule.read",
    doses_for_ever: "dose.list",
}


@pytest.mark.parametrize(("endless", "about"), ENDLESS.items())
def test_what_never_ends_is_given_up(
    endless: Endless, about: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # As many pages as a tenth of the real limit, so that the test ends soon as well.
    monkeypatch.setattr(fetch, "MOST_PAGES", 1000)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    desk = LyingDesk()
    desk.box = box = Box.with_schedule(D3K2).until("07:31")
    questions = 0

    def says(method: str, params: Params) -> Json:
        nonlocal questions
        questions += 1
        reply = honest(box)(method, params)
        return endless(params, reply) if method == about else reply

    found = desk.ends("status", says)
    assert (found.exit_code, found.stderr.count("\n"), questions < 1100) == (3, 1, True)
    assert found.stderr.startswith(f"the board replied to {about} with what cannot be right: ")
    kept_bytes = sum(each.stat().st_size for each in (tmp_path / "data").iterdir())
    assert kept_bytes < 4 * fetch.MOST_BYTES
