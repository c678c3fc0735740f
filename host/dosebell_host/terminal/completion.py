"""What a shell proposes at a press of Tab: doses, boxes, ports, rules, zones and commands.

Only what this laptop knows is looked at; no box is asked, because a shell does not wait. Whatever
goes wrong, there is nothing to propose, and nothing is said.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from dosebell_host.history.store import History

Words = Iterator[tuple[str, str]]


def _doses(context: click.Context) -> Words:
    """Of the file that was named, else of every box that this laptop knows."""
    if file := context.params.get("file"):
        yield from _in_file(Path(file), meals=False)
    else:
        yield from _on_boxes("dose")


def _doses_and_meals(context: click.Context) -> Words:
    """What can be moved."""
    if file := context.params.get("file"):
        yield from _in_file(Path(file), meals=True)
    else:
        yield from _on_boxes("dose", "meal")


def _ports(context: click.Context) -> Words:
    """What --port takes."""
    from dosebell_host.box.reach import plugged_in

    yield "virtual", "the virtual board that runs"
    for word, says in _boxes(context):
        yield (f"id:{word}" if word == says else word), says
    for target in plugged_in():
        yield target.port, target.description


def _rules(context: click.Context) -> Words:
    """What `check --explain` knows."""
    from dosebell_host.advice.reasons import NOT_RULES, REASONS

    for name in (*REASONS, *NOT_RULES):
        yield name, ""


def _zones(context: click.Context) -> Words:
    """Time zones."""
    from dosebell_host.schedule.zones import known_zones

    for name in sorted(known_zones()):
        yield name, ""


def _documents(context: click.Context) -> Words:
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


def _boxes(context: click.Context) -> Words:
    """By name where they have one, else by id."""
    opened = _history()
    if opened is None:
        return
    with opened as history:
        names = history.names()
        for box in history.boxes():
            yield names.get(box.device_id, box.device_id), box.device_id


def _on_boxes(*kinds: str) -> Words:
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


def _in_file(path: Path, meals: bool) -> Words:
    import tomllib

    document: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    for dose in document.get("dose", []):
        yield str(dose["id"]), str(dose.get("name", ""))
    for meal in document.get("meals", []) if meals else ():
        yield str(meal), "meal"


# By what stands at an option or an argument.
_WORDS: dict[str, Callable[[click.Context], Words]] = {
    "dose": _doses,
    "dose or meal": _doses_and_meals,
    "box": _boxes,
    "port": _ports,
    "rule": _rules,
    "zone": _zones,
    "document": _documents,
}


def proposed(what: str, context: click.Context, typed: str) -> "list[CompletionItem]":
    """Those words, each with what it is, that begin as what was typed."""
    from click.shell_completion import CompletionItem

    # Some may be found before something goes wrong.
    found: list[CompletionItem] = []
    try:
        for word, says in _WORDS[what](context):
            if word.casefold().startswith(typed.casefold()):
                found.append(CompletionItem(word, help=says or None))
    except Exception:
        return found
    return found
