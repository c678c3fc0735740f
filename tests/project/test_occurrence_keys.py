"""An occurrence is found by its dose and first due: a push gives its date and slot to another one.

Listed is every place in the code where a date and a slot stand together in a tuple, which is how a
map gets a key: none may be one that outlives a schedule.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import dosebell
import dosebell_host

HOUSES = [Path(str(package.__file__)).parent for package in (dosebell, dosebell_host)]

DAYS = {"day", "date", "number"}
SLOTS = {"slot", "place"}

# (file, function) -> what it says. Where nothing else stands, that is a place in one schedule.
KNOWN = {
    ("days.py", "occurrences"): {"due_s, day, slot"},
    ("plan.py", "has"): {"day, slot"},
    ("plan.py", "first_due"): {"day, slot, dues[slot]"},
    ("plan.py", "first_open"): {"day, slot, dues[slot]"},
    ("commands_doses.py", "_window_before"): {"last.day, last.slot"},
    # Which occurrence a request names that a release before this one sends.
    ("commands_doses.py", "_window"): {"window.day, window.slot"},
    # What a row means to release 0.1.0.
    ("snapshots.py", "_as_before"): {"window.day, window.slot, window.dues[0]"},
    # The options of a command line.
    ("occurrences.py", "of_day"): {"self.date, self.slot, self.time"},
    # What an outcome shows, in a map by due.
    ("outcomes.py", "outcomes"): {
        "each.day, each.slot, each, plan",
        "day, slot, entry, plan",
        "entry.day, entry.slot",
    },
    # A row of a ward's table, whose key has the due as well.
    ("outcomes_of.py", "row_of"): {
        "device_id, each.dose, each.day, each.slot, _unix(each.due_s), each.state, each.status,"
        " _unix(each.taken_s), each.late_s, int(each.off), int(each.back_dated), int(each.soon),"
        " None if each.in_window is None else int(each.in_window), int(each.withdrawn), name,"
        " _unix(each.noted_s"
    },
    ("demo_days.py", "_kept"): {"due_s, day, place, slot"},
    # Of a record of release 0.1.0 whose schedule this laptop never saw there is no more to say.
    ("records.py", "occurrence"): {"self.dose, self.day, self.slot"},
}


def test_no_map_is_keyed_by_date_and_slot() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for file, function, text in _pairs():
        found.setdefault((file, function), set()).add(text)
    assert found == KNOWN


def test_a_key_by_date_and_slot_would_be_found() -> None:
    source = "def f(entry):\n    last[entry.dose, entry.day, entry.slot] = entry\n"
    assert list(_in_functions(ast.parse(source))) == [("f", "entry.dose, entry.day, entry.slot")]


def _pairs() -> Iterator[tuple[str, str, str]]:
    for house in HOUSES:
        for path in sorted(house.rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((path.name, *each) for each in _in_functions(tree))


def _in_functions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(function, tuple) of each tuple that is made of a date and a slot, among others."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
                names = {_last_name(each) for each in node.elts}
                if names & SLOTS and names & DAYS:
                    yield function.name, ast.unparse(node).strip("()")


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
