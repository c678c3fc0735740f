"""The list of virtual boards that run: none that runs is lost, and none that ended is left."""

import itertools
import threading
from pathlib import Path
from typing import TextIO

from dosebell_host.box.file_lock import is_locked
from dosebell_host.box.running_virtuals import find_all, register


def test_one_that_is_looked_for_just_as_it_begins_is_not_lost() -> None:
    tries = itertools.count()

    def another_looks_first(file: TextIO) -> bool:
        if next(tries) == 0:
            assert find_all() == []
        return is_locked(file)

    with register("/dev/pts/7", another_looks_first):
        assert find_all() == ["/dev/pts/7"]


def test_two_processes_of_one_number_are_both_found(data_folder: Path) -> None:
    with register("/dev/pts/7"), register("/dev/pts/8"):
        assert sorted(find_all()) == ["/dev/pts/7", "/dev/pts/8"]
    assert list((data_folder / "virtual").iterdir()) == []


def test_of_many_that_begin_at_once_while_others_look_none_is_lost() -> None:
    lost: list[str] = []
    over = threading.Event()

    def begins(port: str) -> None:
        for _ in range(40):
            with register(port):
                lost.extend([] if port in find_all() else [port])

    def looks() -> None:
        while not over.is_set():
            find_all()

    lookers = [threading.Thread(target=looks) for _ in range(2)]
    beginners = [threading.Thread(target=begins, args=(f"/dev/pts/{n}",)) for n in range(8)]
    for thread in (*lookers, *beginners):
        thread.start()
    for thread in beginners:
        thread.join()
    over.set()
    for thread in lookers:
        thread.join()
    assert (lost, find_all()) == ([], [])


def test_where_nothing_can_be_written_it_goes_without(data_folder: Path) -> None:
    data_folder.write_text("in the way")
    with register("/dev/pts/7"):
        assert find_all() == []
