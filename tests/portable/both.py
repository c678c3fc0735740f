"""What the portable tests need of a test tool, and the runner that takes its place on MicroPython.

A portable test is a function `test_...` without arguments in a file `test_....py` of this folder.
On CPython pytest finds them.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODULES = "/modules.txt"


def refuses(call: "Callable[..., object]", *arguments: object) -> bool:
    """Whether the call raises ValueError."""
    try:
        call(*arguments)
    except ValueError:
        return True
    return False


def tests_of(name: str) -> list[str]:
    return sorted([each for each in dir(__import__(name)) if each.startswith("test_")])


def main() -> "Iterator[None]":
    """Run every test of the modules that are listed; print what passed, and a traceback else."""
    with open(MODULES) as file:
        names = file.read().split("\n")
    for name in names:
        for test in tests_of(name):
            try:
                getattr(__import__(name), test)()
                print(f"{name}.{test} passed")
            except Exception as error:
                sys.print_exception(error)  # type: ignore[attr-defined]
            yield
