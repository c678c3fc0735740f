"""Moves the times of a dose or a meal in the text of a schedule; every other character stays."""

import tomllib
from collections.abc import Sequence

from dosebell_host.editing.blocks import untouchable
from dosebell_host.schedule.toml_edit import Value, inserted, is_same_but_for, replaced
from dosebell_host.schedule.toml_lines import pair_spans
from dosebell_host.schedule.values import KeyPath, duration_value, time_text


def with_times(text: str, place: int, minutes: Sequence[int]) -> str:
    """The text with the dose at that place (from 0) at these minutes of the day, sorted.

    As many as before stand in the order of before: each may have a compartment beside it.
    """
    times, before = list(map(time_text, minutes)), tomllib.loads(text)["dose"][place]["at"]
    if len(before) == len(times):
        moved = dict(zip(sorted(before), times, strict=True))
        times = [moved[time] for time in before]
    return _with(text, ("dose", place), "at", times)


def with_time(text: str, place: int, old: int, new: int) -> str:
    """The text with the dose at that place (from 0) at the minute `new` in place of `old`."""
    before = tomllib.loads(text)["dose"][place]["at"]
    moved = {time_text(old): time_text(new)}
    return _with(text, ("dose", place), "at", [moved.get(time, time) for time in before])


def with_late(text: str, place: int, late_s: int) -> str:
    """The text with the dose at that place (from 0) that may come so late, in seconds."""
    late = duration_value(late_s)
    if ("dose", place, "late") in pair_spans(text):
        return _with(text, ("dose", place), "late", late)
    return _checked(
        text, inserted(text, ("dose", place), "at", "late", late), ("dose", place), {"late": late}
    )


def with_meal_at(text: str, meal: str, minute: int) -> str:
    """The text with the meal at that minute of the day; weekdays of its own keep theirs."""
    if ("meals", meal, "at") in pair_spans(text):
        return _with(text, ("meals", meal), "at", time_text(minute))
    return _with(text, ("meals",), meal, time_text(minute))


def _with(text: str, table: KeyPath, key: str, value: str | list[str]) -> str:
    try:
        new = replaced(text, table, key, key, value)
    except KeyError:
        raise untouchable() from None
    return _checked(text, new, table, {key: value})


def _checked(text: str, new: str, table: KeyPath, changes: dict[str, Value | None]) -> str:
    if not is_same_but_for(text, new, table, changes):
        raise untouchable()
    return new
