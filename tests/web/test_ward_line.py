"""How the pages ask a database that is away, slow or wrong: nobody waits long, and all is told."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from desk import MONDAY_S
from dosebell_host.errors import UserError
from dosebell_host.web.ward.line import TRIES_AGAIN_S, WardAwayError, WardLine
from waiting import wait_until

GONE = UserError("no database answers", where="db.local", fix="start it there")


class Database:
    """Tables that `answer` as they are told to, at a clock of their own."""

    def __init__(self) -> None:
        self.opened = self.closed = 0
        self.now_s = 0.0
        self.answer: Callable[[], list[tuple[Any, ...]]] = lambda: [(1,)]
        self.line = WardLine(
            self.open, lambda: MONDAY_S + self.now_s, lambda: self.now_s, waits_s=0.2
        )

    def open(self) -> "Database":
        self.opened += 1
        return self

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        return self.answer()

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        raise AssertionError("nothing is written")

    def close(self) -> None:
        self.closed += 1

    def fails(self) -> list[tuple[Any, ...]]:
        raise GONE

    def told(self) -> str:
        with pytest.raises(WardAwayError) as caught:
            self.line.rows("SELECT 1")
        return str(caught.value)


def test_one_connection_serves_all_questions_one_after_another() -> None:
    database = Database()
    assert [database.line.rows("SELECT 1") for _ in range(3)] == [[(1,)]] * 3
    assert (database.opened, database.closed) == (1, 0)
    database.line.hang_up()
    assert database.closed == 1


def test_what_is_wrong_is_told_with_since_when() -> None:
    database = Database()
    database.line.rows("SELECT 1")
    database.answer = database.fails
    database.now_s = 300.0
    first = database.told()
    database.now_s += 3600.0
    later = database.told()
    assert first == later
    assert first.startswith("Nothing is known of the ward since ")
    assert first.endswith(": db.local: no database answers; start it there.")


def test_until_the_next_try_everybody_is_told_at_once_and_nobody_asks() -> None:
    database = Database()
    database.answer = database.fails
    database.told()
    database.now_s = TRIES_AGAIN_S - 0.1
    database.told()
    assert (database.opened, database.closed) == (1, 1)
    database.answer = lambda: [(2,)]
    database.now_s = TRIES_AGAIN_S
    assert (database.line.rows("SELECT 1"), database.opened) == ([(2,)], 2)


def test_who_asks_a_database_that_says_nothing_is_told_soon_and_its_connection_is_left() -> None:
    database, hangs = Database(), threading.Event()

    def hang() -> list[tuple[Any, ...]]:
        hangs.wait()
        return []

    database.answer = hang
    assert "its database does not answer." in database.told()
    assert database.closed == 0
    # When it speaks again after all, nobody is there.
    hangs.set()
    wait_until(lambda: database.closed == 1)
    database.answer = lambda: [(3,)]
    database.now_s = TRIES_AGAIN_S
    assert database.line.rows("SELECT 1") == [(3,)]


def test_many_who_ask_at_once_wait_for_one_trouble_only() -> None:
    database, hangs, told = Database(), threading.Event(), []

    def hang() -> list[tuple[Any, ...]]:
        hangs.wait()
        return []

    database.answer = hang
    threads = [threading.Thread(target=lambda: told.append(database.told())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hangs.set()
    assert (len(told), len(set(told)), database.opened) == (20, 1, 1)


def test_a_bug_stays_one() -> None:
    database = Database()

    def fall() -> list[tuple[Any, ...]]:
        raise ZeroDivisionError

    database.answer = fall
    with pytest.raises(ZeroDivisionError):
        database.line.rows("SELECT 1")


def test_nothing_is_ever_written() -> None:
    with pytest.raises(AssertionError, match="only read"):
        Database().line.write("DELETE FROM boxes", [()])


def test_a_question_that_never_ends_keeps_no_process_from_ending() -> None:
    database, hangs = Database(), threading.Event()

    def hang() -> list[tuple[Any, ...]]:
        hangs.wait()
        return []

    database.answer = hang
    database.told()
    left = [thread for thread in threading.enumerate() if thread.name == "dosebell-ward"]
    hangs.set()
    assert left
    assert all(thread.daemon for thread in left)
