"""A crash that the box wrote down is read once more and forgotten."""

from pathlib import Path

from domain import D3K2, Box, Flash
from dosebell_host.actions.crash import forget_crash
from laptop import Laptop

TRACEBACK = ["Traceback (most recent call last):", '  File "app.py", line 1', "ValueError: no"]


def test_a_crash_is_forgotten_once(tmp_path: Path) -> None:
    files = Flash()
    box = Box.with_schedule(D3K2, files=files)
    files.contents["/crash.txt"] = "\n".join(TRACEBACK).encode()
    contact = Laptop(box.reset(), tmp_path).meet()
    told = [list(forget_crash(contact).lines()) for _ in range(2)]
    assert told == [[*TRACEBACK, "Forgotten."], ["There is none."]]
