"""Whose a box is, and whom a report is about, as the schedule file says it."""

import tomllib


def person_of(file: bytes | None) -> str:
    """The `name` below `[person]`, or "". The file was checked, but a disk may change it."""
    try:
        document = tomllib.loads((file or b"").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ""
    person = document.get("person")
    name = person.get("name") if isinstance(person, dict) else None
    return name.strip() if isinstance(name, str) else ""
