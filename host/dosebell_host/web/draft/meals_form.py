"""The times of the meals as a form, and what was typed into it as edits of the file."""

import tomllib
from collections.abc import Mapping
from typing import Any

from dosebell_host.editing.keys import with_key
from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.toml_edit import Value
from dosebell_host.schedule.values import Wrong, time_text
from dosebell_host.web.draft.dose_form import Edited, Typed
from dosebell_host.web.draft.words import read_own_days, shown_own_days
from dosebell_host.wizard.clock_words import read_clock

_ORDER = ("at", *WEEKDAYS)


def at_field(meal: str) -> str:
    return f"at.{meal}"


def days_field(meal: str) -> str:
    return f"days.{meal}"


def shown_meals(meals: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each field shows of the meals, as the file has them."""
    shown: dict[str, list[str]] = {}
    for name, meal in meals.items():
        table = _as_table(meal)
        shown[at_field(name)] = [str(table.get("at", ""))]
        shown[days_field(name)] = [shown_own_days(table)]
    return shown


def edited_meals(text: str, typed: Typed) -> Edited:
    """The text with the meals at the times that were typed.

    Raises `UserError` where the file is laid out so that it can't be done.
    """
    meals = tomllib.loads(text).get("meals", {})
    shown, done = shown_meals(meals), Edited(text)
    for name, meal in meals.items():
        at, days = at_field(name), days_field(name)
        said = {field: _said(typed, shown, field) for field in (at, days)}
        if said[at] != shown[at][0]:
            _edit_at(done, name, meal, said[at])
        if said[days] != shown[days][0]:
            _edit_days(done, name, said[days])
    return done


def _said(typed: Typed, shown: Typed, field: str) -> str:
    return next(iter(typed.get(field, shown[field])), "").strip()


def _edit_at(done: Edited, name: str, meal: object, typed: str) -> None:
    try:
        time = time_text(read_clock(typed))
    except Wrong as wrong:
        done.add_wrong(at_field(name), wrong)
        return
    if isinstance(meal, dict):
        done.text = with_key(done.text, ("meals", name), "at", time, _ORDER)
    else:
        done.text = with_key(done.text, ("meals",), name, time)
    if typed != time:
        done.understood.append(f'"{typed}" was read as {time}')


def _edit_days(done: Edited, name: str, typed: str) -> None:
    try:
        wanted = read_own_days(typed)
    except Wrong as wrong:
        done.add_wrong(days_field(name), wrong)
        return
    meal = tomllib.loads(done.text)["meals"][name]
    if isinstance(meal, dict):
        for day in WEEKDAYS:
            done.text = with_key(done.text, ("meals", name), day, wanted.get(day), _ORDER)
    elif wanted:
        table: dict[str, Value] = {"at": meal, **wanted}
        done.text = with_key(done.text, ("meals",), name, table)
    if typed != (understood := shown_own_days(wanted)):
        done.understood.append(f'"{typed}" was read as {understood or "no other days"}')


def _as_table(meal: object) -> dict[str, Any]:
    return meal if isinstance(meal, dict) else {"at": meal}
