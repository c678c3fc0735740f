"""How the pages ask the database of the ward: never for long, and only to read.

A question is asked in a thread of its own, so that a machine that went away without a word keeps
nobody waiting: whoever asks waits a little, then the thread and its connection are left behind.
Until the next try all others are told at once. Questions go one after another through one
connection, which is opened at the first of them and again after each trouble.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.local_time import LaptopClock, from_unix, laptop_local_time
from dosebell_host.watch.attention import moment_words

WAITS_S = 2.0
TRIES_AGAIN_S = 5.0
# A server that works on a question, or waits for whoever locked a table, hears nothing of a thread
# that left. It ends the question itself by then, so that a look every half minute leaves it no
# pile of connections.
ENDS_THERE_S = WAITS_S + 1.0

Rows = Sequence[tuple[Any, ...]]


class WardAwayError(UserError):
    """The database of the ward does not answer."""

    default_code = "ward"


class WardLine:
    """The tables of a ward, as `Tables`. `opens` connects, or raises `UserError`; `clock` tells
    Unix seconds, and `elapsed_s` seconds that only go on.
    """

    def __init__(
        self,
        opens: Callable[[], Tables],
        clock: LaptopClock,
        elapsed_s: Callable[[], float],
        waits_s: float = WAITS_S,
    ) -> None:
        self._opens = opens
        self._clock = clock
        self._elapsed_s = elapsed_s
        self._waits_s = waits_s
        self._lock = threading.Lock()
        self._tables: Tables | None = None
        self._trouble = ""
        self._answered_at: float | None = None
        self._tries_at_s = 0.0

    def rows(self, query: str, *values: object) -> Rows:
        """As of `Tables`. Raises `WardAwayError` where nothing answers in time."""
        with self._lock:
            if self._trouble and self._elapsed_s() < self._tries_at_s:
                raise self._away()
            question = _Question(self._tables, self._opens, query, values)
            if question.is_answered(self._waits_s):
                self._tables, self._trouble = question.tables, ""
                self._answered_at = self._clock()
                return question.found
            self._note(question)
            if question.bug is not None:
                raise question.bug
            raise self._away()

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Nothing is written from here."""
        raise AssertionError("the pages of the ward only read")

    def close(self) -> None:
        """Whoever asked is done; the connection stays for the next one."""

    def hang_up(self) -> None:
        """Nothing is asked any more."""
        with self._lock:
            if self._tables is not None:
                self._tables.close()
            self._tables = None

    def _note(self, question: "_Question") -> None:
        self._answered_at = self._answered_at or self._clock()
        self._trouble = str(question.error) if question.error else "its database does not answer."
        self._tries_at_s = self._elapsed_s() + TRIES_AGAIN_S
        self._tables = None
        question.give_up()

    def _away(self) -> WardAwayError:
        now = self._clock()
        since = moment_words(
            from_unix(self._answered_at or now), from_unix(now), laptop_local_time(now)
        )
        return WardAwayError(f"Nothing is known of the ward since {since}: {self._trouble}")


class _Question:
    """One question, asked in its own thread; first of all it connects, where nobody has yet."""

    def __init__(
        self,
        tables: Tables | None,
        opens: Callable[[], Tables],
        query: str,
        values: tuple[object, ...],
    ) -> None:
        self.tables = tables
        self.found: Rows = ()
        self.error: UserError | None = None
        self.bug: Exception | None = None
        self._opens = opens
        self._query, self._values = query, values
        self._answered = threading.Event()
        self._lock = threading.Lock()
        self._is_given_up = False
        # One that never ends keeps no process from ending.
        threading.Thread(target=self._run, name="dosebell-ward", daemon=True).start()

    def is_answered(self, within_s: float) -> bool:
        """Whether the answer is here, and is none of a trouble."""
        return self._answered.wait(within_s) and self.error is None and self.bug is None

    def give_up(self) -> None:
        """Whatever it has opened, or still opens, is closed again."""
        with self._lock:
            self._is_given_up = True
            if self._answered.is_set():
                self._close()

    def _run(self) -> None:
        try:
            self.tables = self.tables or self._opens()
            self.found = self.tables.rows(self._query, *self._values)
        except UserError as error:
            self.error = error
        except Exception as error:
            self.bug = error
        with self._lock:
            self._answered.set()
            if self._is_given_up:
                self._close()

    def _close(self) -> None:
        if self.tables is not None:
            self.tables.close()
