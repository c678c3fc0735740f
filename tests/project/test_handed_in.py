"""What a test wants otherwise it hands in: hardly any puts something in the place of ours.

Whoever patches a name of a module tests where the code stands, and breaks when it moves.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]

# Constants and calls of the device package, which would cost every box heap if they were handed
# in, published limits, which are moved to see that everything moves with them, and what every
# test prints as JSON, which is looked at on its way.
HELPERS = {
    "worlds/small_journal.py",
    "worlds/power_cuts.py",
    "worlds/moved_limits.py",
    "worlds/life_faults.py",
    "worlds/described.py",
}
# What is left: rivals and boxes made wrong on purpose, to see that this is noticed, and calls of
# the operating system that fail one after the other; a module for which a box has no room; and the
# limit of what never ends, lowered.
AT_MOST = 6


def patches(code: str) -> Iterator[int]:
    """The lines in which something is put in the place of something else."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] == "setattr" or called.endswith("patch.object"):
                yield node.lineno


def test_next_to_nothing_is_patched() -> None:
    found = {
        path.relative_to(TESTS).as_posix(): list(patches(path.read_text(encoding="utf-8")))
        for path in TESTS.rglob("*.py")
    }
    left = {path: lines for path, lines in found.items() if lines and path not in HELPERS}
    assert Counter({path: len(lines) for path, lines in left.items()}).total() <= AT_MOST, left


def test_the_harness_sees_every_kind_of_patch() -> None:
    code = "setattr(a, 'b', 1)\nm.setattr(a, 'b', 1)\nmock.patch.object(a, 'b')\nt.tcsetattr(1)"
    assert list(patches(code)) == [1, 2, 3]
