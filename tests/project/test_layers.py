"""The house: which room may import which, and that one noun is one thing.

Rule 1: a package imports only what stands on a lower step; those on one step know nothing of each
other. Rule 2: no modules import each other in a circle, on the host or on the device. Imports
inside functions and those for type hints count as well, because a reader follows them, too.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]

# Lowest first. `page` draws the pictures of the hardware page and is no part of what is installed.
HOST_STEPS = (
    "dosebell",
    "dosebell_host",
    "errors",
    "wording talk resources json_text",
    "reference",
    "schedule",
    "advice history",
    "box sim wizard editing",
    "actions flash",
    "doctor trial",
    "pictures",
    "report export",
    "ward",
    "watch",
    "web",
    "terminal",
    "cli",
    "__main__ page",
)
HOST_STEP = {room: n for n, rooms in enumerate(HOST_STEPS) for room in rooms.split()}

# The same for the device, module by module; `pico` alone knows the hardware.
DEVICE_STEPS = (
    "dosebell civil frames pattern typed",
    "active_buzzer button clock dose record store zone",
    "plan wiring",
    "board memory params schedule",
    "former hardware reminder",
    "battery each lamps search",
    "adopt annunciator catchup corrections ds3231 parts presses snapshots",
    "journal",
    "box practice",
    "app",
    "commands_box commands_device commands_doses commands_parts commands_schedule",
    "commands",
    "pico",
)
DEVICE_STEP = {module: n for n, modules in enumerate(DEVICE_STEPS) for module in modules.split()}

SUFFIXES = {".py", ".pyi"}

# Packages of others that only some rooms may know.
ONLY_IN = {"click": {"terminal", "cli"}}

# More files than this are no listing that anybody reads; `__init__` counts.
MOST_FILES = 22


class Arrow(NamedTuple):
    """One module imports another."""

    source: str
    target: str


def modules(folder: str) -> dict[str, Path]:
    """Every module below a source folder, by its dotted name; also what is for hints alone."""
    found = {}
    for path in sorted(path for path in (ROOT / folder).rglob("*.py*") if path.suffix in SUFFIXES):
        parts = path.relative_to(ROOT / folder).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


DEVICE = {name: path for name, path in modules("firmware").items() if name.startswith("dosebell")}
HOST = modules("host")
ALL = {**DEVICE, **HOST}


def imports(name: str, path: Path) -> Iterator[Arrow]:
    """Every module of ours that a file imports, wherever the line stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [_module_of(node.module, alias.name) for alias in node.names]
        else:
            continue
        yield from (Arrow(name, target) for target in found if target in ALL)


def packages(path: Path) -> set[str]:
    """The packages that a file imports, ours or others', wherever the line stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def _module_of(source: str, name: str) -> str:
    """What `from source import name` loads: a module of a package, or the one it is taken from."""
    return f"{source}.{name}" if f"{source}.{name}" in ALL else source


def arrows(among: dict[str, Path]) -> list[Arrow]:
    found = {arrow for name, path in among.items() for arrow in imports(name, path)}
    return sorted(arrow for arrow in found if arrow.source != arrow.target)


def room(module: str) -> str:
    """The room of a module: `history` of `dosebell_host.history.store.store`."""
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] if top == "dosebell_host" and rest else top


def circles(among: dict[str, Path]) -> list[list[str]]:
    """The groups of modules that import each other."""
    targets: dict[str, list[str]] = {name: [] for name in among}
    for arrow in arrows(among):
        targets[arrow.source].append(arrow.target)
    return circles_of(targets)


def circles_of(targets: dict[str, list[str]]) -> list[list[str]]:
    """The groups of nodes that reach each other, by Tarjan's way of finding them."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        stack.append(name)
        for target in targets[name]:
            if target not in number:
                visit(target)
                lowest[name] = min(lowest[name], lowest[target])
            elif target in stack:
                lowest[name] = min(lowest[name], number[target])
        if lowest[name] == number[name]:
            at = stack.index(name)
            group, stack[at:] = stack[at:], []
            if len(group) > 1:
                found.append(sorted(group))

    for name in targets:
        if name not in number:
            visit(name)
    return found


def classes(among: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """(class, module) of every public class at the top of a module."""
    for name, path in among.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, name


def more_than_one(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The names that stand in more than one place, and where."""
    found: dict[str, list[str]] = {}
    for name, place in pairs:
        found.setdefault(name, []).append(place)
    return {name: places for name, places in found.items() if len(places) > 1}


def test_every_room_has_a_step() -> None:
    assert [name for name in HOST if room(name) not in HOST_STEP] == []
    assert sorted(DEVICE_STEP) == sorted(name.rpartition(".")[2] for name in DEVICE)


def test_a_room_imports_only_lower_ones() -> None:
    wrong = [
        arrow
        for arrow in arrows(HOST)
        if room(arrow.source) != room(arrow.target)
        and HOST_STEP[room(arrow.source)] <= HOST_STEP[room(arrow.target)]
    ]
    assert wrong == []


def test_a_module_of_the_device_imports_only_lower_ones() -> None:
    steps = {f"dosebell.{module}": step for module, step in DEVICE_STEP.items()}
    steps["dosebell"] = 0
    wrong = [each for each in arrows(DEVICE) if steps[each.source] <= steps[each.target]]
    assert wrong == []


def test_no_circle() -> None:
    assert circles(ALL) == []


def test_only_the_shell_knows_how_a_person_types() -> None:
    wrong = [
        (name, package)
        for name, path in HOST.items()
        for package, rooms in ONLY_IN.items()
        if package in packages(path) and room(name) not in rooms
    ]
    assert wrong == []


def test_a_folder_can_be_read_as_a_list() -> None:
    files = Counter(path.parent for path in HOST.values())
    assert {str(folder): n for folder, n in files.items() if n > MOST_FILES} == {}


def test_one_noun_is_one_thing() -> None:
    assert more_than_one(classes(ALL)) == {}


def test_the_harness_sees_every_kind_of_import(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "if TYPE_CHECKING:\n    from dosebell import app\n"
        "def late() -> None:\n    import dosebell.box\n"
        "    from dosebell_host.errors import UserError\n"
    )
    seen = [arrow.target for arrow in imports("one", tmp_path / "one.py")]
    assert seen == ["dosebell.app", "dosebell.box", "dosebell_host.errors"]
    assert packages(tmp_path / "one.py") == {"dosebell", "dosebell_host"}
    (tmp_path / "two.py").write_text(
        "import os.path, click.testing as typed\ndef late() -> None:\n    from rich.x import y\n"
    )
    assert packages(tmp_path / "two.py") == {"os", "click", "rich"}


def test_the_harness_sees_a_circle_and_a_noun_that_is_two_things() -> None:
    assert circles_of({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]}) == [["b", "c"]]
    assert more_than_one([("Plan", "a"), ("Row", "b"), ("Plan", "c")]) == {"Plan": ["a", "c"]}
