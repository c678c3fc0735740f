"""What is taken, in the words of the label and of the person: how much, when, with what."""

from collections.abc import Iterable, Iterator

from dosebell_host.schedule.lines import Fields, read_lines, readable
from dosebell_host.wording import and_list

_FOOD = {"fat": "with food that contains fat", "empty": "on an empty stomach"}


def labels(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By dose of a compiled schedule its name, and how it is taken."""
    read = read_lines(lines)
    meals = [line.fields.get("name", "") for line in read if line.kind == "meal"]
    found = {}
    for line in read:
        if line.kind == "dose" and "id" in line.fields:
            fields = readable("dose", line.fields, meals)
            found[fields["id"]] = fields.get("name", fields["id"]), _how(fields)
    return found


def meal_times(lines: Iterable[str]) -> Iterator[str]:
    """When the person eats, such as `breakfast 07:30, sat and sun 09:00`."""
    for line in read_lines(lines):
        if line.kind == "meal":
            fields = readable("meal", line.fields, [])
            yield f"{fields.get('name', '')} {fields.get('at', '')}"


def _how(fields: Fields) -> str:
    said = (fields.get("take"), _when(fields), _days(fields), _FOOD.get(fields.get("food", "")))
    return ", ".join(filter(None, (*said, _from_to(fields))))


def _when(fields: Fields) -> str:
    if "with" in fields:
        return "with " + ", else with ".join(fields["with"].split(", "))
    return f"at {and_list(fields['at'].split(', '))}" if "at" in fields else ""


def _days(fields: Fields) -> str:
    days = fields.get("days", "daily")
    if days == "daily":
        return "every day"
    if days[:3] in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        return f"on {and_list(day.capitalize() for day in days.split(', '))}"
    return days


def _from_to(fields: Fields) -> str:
    ends = [
        f"{word} {fields[key]}"
        for key, word in (("start", "from"), ("end", "until"))
        if key in fields
    ]
    return " ".join(ends)
