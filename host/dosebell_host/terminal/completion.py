"""What a shell proposes at a press of Tab: doses, boxes, ports, rules, zones and commands.

Only what this laptop knows is looked at; no box is asked, because a shell does not wait. Whatever
goes wrong, there is nothing to propose, and nothing is said.
"""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from dosebell_host.history.store import History

Words = Callable[[click.Context], Iterator[tuple[str, str]]]
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completing(words: Words) -> Complete:
    """For `shell_complete`: those of the (word, what it is) that begin as what was typed."""

    def complete(
        context: click.Context, parameter: click.Parameter, typed: str
    ) -> list[CompletionItem]:
        # Some words may be found before something goes wrong.
        found: list[CompletionItem] = []
        try:
            for word, says in words(context):
                if word.casefold().startswith(typed.casefold()):
                    found.append(CompletionItem(word, help=says or None))
        except Exception:
            return found
        return found

    return complete


@completing
def doses(context: click.Context) -> Iterator[tuple[str, str]]:
    """Of the file that was named, else of every box that this laptop knows."""
    if file := context.params.get("file"):
        yield from _in_file(Path(file), meals=False)
    else:
        yield from _on_boxes("dose")


@completing
def doses_and_meals(context: click.Context) -> Iterator[tuple[str, str]]:
    """What can be moved."""
    if file := context.params.get("file"):
        yield from _in_file(Path(file), meals=True)
    else:
        yield from _on_boxes("dose", "meal")


@completing
def boxes(context: click.Context) -> Iterator[tuple[str, str]]:
    """By name where they have one, and by id."""
    yield from _boxes()


@completing
def ports(context: click.Context) -> Iterator[tuple[str, str]]:
    """What --port takes."""
    from dosebell_host.box.reach import plugged_in

    yield "virtual", "the virtual board that runs"
    for word, says in _boxes():
        yield (f"id:{word}" if word == says else word), says
    for target in plugged_in():
        yield target.port, target.description


@completing
def rules(context: click.Context) -> Iterator[tuple[str, str]]:
    """What `check --explain` knows."""
    from dosebell_host.advice.reasons import NOT_RULES, REASONS

    for name in (*REASONS, *NOT_RULES):
        yield name, ""


@completing
def zones(context: click.Context) -> Iterator[tuple[str, str]]:
    """Time zones."""
    from dosebell_host.schedule.zones import known_zones

    for name in sorted(known_zones()):
        yield name, ""


@completing
def documents(context: click.Context) -> Iterator[tuple[str, str]]:
    """The commands that print JSON."""
    from dosebell_host.terminal.contract.documents import DOCUMENTS

    for command, shape in DOCUMENTS.items():
        yield command, shape["description"]


def _history() -> "closing[History] | None":
    """The history of this laptop; a press of Tab makes none."""
    from dosebell_host.history.store import open_history
    from dosebell_host.resources import history_file

    return closing(open_history(_say_nothing)) if history_file().exists() else None


def _say_nothing(note: str) -> None:
    pass


def _boxes() -> Iterator[tuple[str, str]]:
    opened = _history()
    if opened is None:
        return
    with opened as history:
        names = history.names()
        for box in history.boxes():
            yield names.get(box.device_id, box.device_id), box.device_id


def _on_boxes(*kinds: str) -> Iterator[tuple[str, str]]:
    from dosebell_host.schedule.lines import read_lines

    opened = _history()
    if opened is None:
        return
    with opened as history:
        lines = [line for box in history.boxes() for line in history.schedule(box.revision) or []]
    found = {
        fields.get("id") or fields["name"]: fields["name"]
        for kind, fields in read_lines(lines)
        if kind in kinds
    }
    yield from found.items()


def _in_file(path: Path, meals: bool) -> Iterator[tuple[str, str]]:
    document: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    for dose in document.get("dose", []):
        yield str(dose["id"]), str(dose.get("name", ""))
    for meal in document.get("meals", []) if meals else ():
        yield str(meal), "meal"
