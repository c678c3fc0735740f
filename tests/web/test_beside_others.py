"""The page beside another visitor at the same moment, and over a history that only can be read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from domain import D3K2, Box
from dosebell_host.sim.pace import Standing
from dosebell_host.sim.threaded import running
from laptop import close_histories
from other_user import not_as_root
from visits import Visit

BOX = "f67213b122a5d442"
TAKE = "Take D3K2, due 07:30"
TAKEN = "D3K2 of 2026-11-23: taken at 2026-11-23 07:31."


@contextmanager
def beside_a_real_line() -> Iterator[tuple[Visit, Box]]:
    """A box on a thread of its own, at a real port that one program at a time may hold."""
    box = Box.with_schedule(D3K2).until("07:31")
    visit = Visit(box)
    with running(box.world, Standing()) as (_, port):
        visit.plug_in(port)
        yield visit, box


def test_of_many_who_press_at_one_moment_one_takes_it_and_all_are_told() -> None:
    with beside_a_real_line() as (visit, box):
        action, fields = visit.reads("/").forms[TAKE]
        visit.watcher.is_looking = False
        codes: list[int] = []
        visitors = [
            threading.Thread(
                target=lambda: codes.append(visit.posts(action, **fields).status_code)
            )
            for _ in range(3)
        ]
        for each in visitors:
            each.start()
        for each in visitors:
            each.join()
        told = visit.reads("/").told
        assert codes == [303, 303, 303]
        assert len(told) >= len(visitors)
        assert told.count(TAKEN) == 1
    assert box.story("taken") == ["07:31 taken d3k2/0 host"]


def test_a_history_that_only_can_be_read_is_shown_and_a_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    visit = Visit(Box.with_schedule(D3K2).until("09:00"))
    visit.reads("/")
    visit.terminal.box = None
    close_histories()
    with TemporaryDirectory() as folder:
        # As on a stick that is protected: nobody writes beside it, either.
        kept = Path(folder)
        for path in data_folder.iterdir():
            if path.is_file():
                (kept / path.name).write_bytes(path.read_bytes())
                (kept / path.name).chmod(0o444)
        kept.chmod(0o555)
        monkeypatch.setenv("DOSEBELL_DATA", folder)
        with not_as_root():
            assert "D3K2" in visit.reads(f"/box/{BOX}/history").words
            assert visit.reads("/").headings[0][0] == 1
            told = visit.sends(f"/boxes/{BOX}/name", name="mother")
            assert "mother" not in visit.reads("/boxes").words.replace('as "mother"', "")
        kept.chmod(0o755)
    assert [each.partition(" (")[0] for each in told] == [
        f"The history in {kept}/history.sqlite3 cannot be used"
    ]
