"""What a new schedule changes, in the words of the file: a comparison of compiled lines."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dosebell_host.schedule.lines import Fields, read_lines, readable

# Kinds of change.
GONE = "gone"
ADDED = "added"
CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One change. `about` is a dose's id, a meal's name, or what else of the schedule it is;
    `before` and `after` are as a person would write them, "" where there is nothing.
    """

    kind: str
    what: str
    about: str
    field: str = ""
    before: str = ""
    after: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def text(self) -> str:
        """The change as one line."""
        subject = f"{self.what} {self.about}".strip()
        if self.kind == GONE:
            return f"- {subject}: {self.before}"
        if self.kind == ADDED:
            return f"+ {subject}: {self.after}"
        return f"~ {subject}: {self.field} {self.before or 'none'} -> {self.after or 'none'}"


def difference(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """The changes from one schedule's lines to another's; all is added where there was none."""
    old, new = _Schedule(before), _Schedule(after)
    return [
        *_plan_changed(old.plan, new.plan),
        *_tables_changed("meal", old.meals, new.meals),
        *_exceptions_changed(old.exceptions, new.exceptions),
        *_tables_changed("dose", old.doses, new.doses),
    ]


class _Schedule:
    """The lines by kind, their fields as a person writes them."""

    def __init__(self, lines: Sequence[str]) -> None:
        raw = [line for line in read_lines(lines) if line.kind in _SHOWN]
        names = [line.fields["name"] for line in raw if line.kind == "meal"]
        shown = [(kind, readable(kind, fields, names)) for kind, fields in raw]
        self.plan = next((_ANSWERED_ALL | fields for kind, fields in shown if kind == "plan"), {})
        self.meals = {fields["name"]: fields for kind, fields in shown if kind == "meal"}
        self.exceptions = [fields for kind, fields in shown if kind == "except"]
        self.doses = {fields["id"]: fields for kind, fields in shown if kind == "dose"}


# What the lines leave out where it is so, and a file may say.
_ANSWERED_ALL = {"answer": "all"}
# The zone's table is not for people; its name stands in the plan.
_SHOWN = ("plan", "meal", "except", "dose")


def _plan_changed(old: Fields, new: Fields) -> Iterator[Change]:
    if not old:
        title = filter(None, [new.get("title", ""), new.get("timezone", "")])
        yield Change(ADDED, "schedule", "", after=", ".join(title))
    else:
        yield from _fields_changed("schedule", "", old, new)


def _tables_changed(what: str, old: dict[str, Fields], new: dict[str, Fields]) -> Iterator[Change]:
    for key, fields in old.items():
        if key not in new:
            yield Change(GONE, what, key, before=_summary(fields))
    for key, fields in new.items():
        if key not in old:
            yield Change(ADDED, what, key, after=_summary(fields))
        else:
            yield from _fields_changed(what, key, old[key], fields)


def _exceptions_changed(old: list[Fields], new: list[Fields]) -> Iterator[Change]:
    # Exceptions have no name, so one that changed is one that went and one that came.
    for fields in old:
        if fields not in new:
            yield Change(GONE, "exception", fields["from"], before=_summary(fields))
    for fields in new:
        if fields not in old:
            yield Change(ADDED, "exception", fields["from"], after=_summary(fields))


def _fields_changed(what: str, about: str, old: Fields, new: Fields) -> Iterator[Change]:
    for field in dict.fromkeys([*old, *new]):
        before, after = old.get(field, ""), new.get(field, "")
        if before != after:
            yield Change(CHANGED, what, about, field, before, after)


# The first and the last day of a course.
_ENDS = (("from", "start"), ("to", "end"))


def _summary(fields: Fields) -> str:
    """A whole line of the schedule in short: a dose's name first, then when."""
    name = fields["name"] if "id" in fields else ""
    if "from" in fields:
        name = f"to {fields['to']}"
    keys = ("at", "with", "days", "meals", "off", "reason")
    when = [fields[key] for key in keys if key in fields]
    ends = [f"{word} {fields[key]}" for word, key in _ENDS if key in fields]
    return ", ".join(filter(None, [name, *when, " ".join(ends)]))
