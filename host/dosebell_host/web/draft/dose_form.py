"""One dose as a form: what its fields show, and what was typed into them as edits of the file.

Only a field whose text is another one than the form showed is an edit, so that what a form does
not know, or shows in other words, stays as the person wrote it.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dosebell_host.editing.keys import with_key, with_key_renamed
from dosebell_host.editing.times import with_late, with_times
from dosebell_host.schedule import limits, values
from dosebell_host.schedule.toml_edit import Value
from dosebell_host.schedule.values import Wrong, time_text
from dosebell_host.web.draft import words
from dosebell_host.web.draft.contents_words import read_contents, shown_contents, with_contents
from dosebell_host.wizard.when_words import late_within
from dosebell_host.wording import and_list

# What a browser sends: each field by its name, a field of several boxes with each that is ticked.
Typed = Mapping[str, list[str]]

MEAL, TIMES = "meal", "times"
# The keys of a dose as people write them, one below the other.
ORDER = (
    *("id", "name", "take", "at", "with", "place", "food", "days", "start", "end"),
    *("early", "late", "contents", "stock", "medicine", "route", "prescribed", "review"),
)
STOCK_ORDER = ("count", "per_intake", "low")
_CHOICES = ("", "fat", "any", "empty")


def _food(typed: str) -> str | None:
    return values.one_of(typed, choices=_CHOICES) or None


@dataclass(frozen=True)
class _Plain:
    """A field that is one key of the dose."""

    show: Callable[[Any], str]
    read: Callable[[str], Value | None]


_PLAIN = {
    "name": _Plain(words.shown_text, values.full_text),
    "take": _Plain(words.shown_text, words.read_optional),
    "place": _Plain(words.shown_places, words.read_places),
    "food": _Plain(words.shown_text, _food),
    "start": _Plain(words.shown_date, words.read_day),
    "end": _Plain(words.shown_date, words.read_day),
    "early": _Plain(words.shown_text, words.read_duration(limits.EARLY_S)),
    "late": _Plain(words.shown_text, words.read_duration(limits.LATE_S)),
}
_STOCK = {
    "count": words.read_count(limits.STOCK_COUNT),
    "per_intake": words.read_count(limits.STOCK_PER_INTAKE),
    "low": words.read_count(limits.STOCK_LOW),
}
FIELDS = (
    *(
        "name",
        "take",
        "contents",
        "when",
        "meals",
        "times",
        "food",
        "days",
        "start",
        "end",
        "place",
    ),
    *("count", "per_intake", "low", "early", "late"),
)


@dataclass
class Edited:
    """What came of a form: the text with what could be read, what could not be, by its field, and
    what was understood where that is not just what was typed.
    """

    text: str
    wrong: dict[str, list[str]] = field(default_factory=dict)
    understood: list[str] = field(default_factory=list)

    def add_wrong(self, name: str, wrong: Wrong) -> None:
        self.wrong.setdefault(name, []).append(f"{wrong.message}; {wrong.fix}")


def shown_dose(dose: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each field shows of a dose, as the file has it."""
    stock = dose.get("stock")
    counted = stock if isinstance(stock, dict) else {}
    return {
        "when": [MEAL if "with" in dose else TIMES],
        "meals": [str(meal) for meal in dose.get("with", ())],
        "times": [words.shown_times(dose.get("at"))],
        "days": [words.shown_days(dose.get("days", "daily"))],
        "contents": [shown_contents(dose.get("contents"))],
        **{name: [plain.show(dose.get(name))] for name, plain in _PLAIN.items()},
        **{name: [words.shown_number(counted.get(name))] for name in _STOCK},
    }


def edited_dose(text: str, place: int, typed: Typed, today: date) -> Edited:
    """The text with the dose at that place (from 0) as it was typed; `today` is the date where
    the person lives. Raises `UserError` where the file is laid out so that it can't be done.
    """
    document = tomllib.loads(text)
    form = _Form(document["dose"][place], _in_order(document.get("meals", {})), typed, today)
    done = Edited(text)
    for edit in (_edit_plain, _edit_contents, _edit_when, _edit_days, _edit_stock):
        edit(form, done, place)
    return done


def typed_over(before: Typed, typed: Typed, now: Typed) -> dict[str, list[str]]:
    """A form as somebody would have typed it over what it shows `now`: only what is another text
    than the form showed `before` is theirs.
    """
    return {
        name: list(value if _said(typed, name) == _said(before, name) else typed[name])
        for name, value in now.items()
    }


def _said(typed: Typed, name: str) -> list[str]:
    """What stands in a field, whatever the order in which its boxes are sent."""
    return sorted(each.strip() for each in typed.get(name, ()))


def _in_order(meals: Mapping[str, Any]) -> list[str]:
    """The meals by their usual time, which is written so that its text tells."""
    usual = {
        name: str(meal.get("at", "")) if isinstance(meal, dict) else str(meal)
        for name, meal in meals.items()
    }
    return sorted(usual, key=lambda name: usual[name])


@dataclass(frozen=True)
class _Form:
    """A dose as it is, the meals that there are, in the order of the day, and what was typed."""

    dose: dict[str, Any]
    meals: list[str]
    typed: Typed
    today: date

    def said(self, name: str) -> str:
        return next(iter(self.typed.get(name, self._shown[name])), "").strip()

    def changed(self, *names: str) -> bool:
        """Whether one of these fields came, and shows another text than before."""
        return any(self.said(name) != self._text(name) for name in names)

    @property
    def ticked(self) -> list[str]:
        """The meals, as they come in the day."""
        return [meal for meal in self.meals if meal in self.typed.get("meals", ())]

    def _text(self, name: str) -> str:
        return next(iter(self._shown[name]), "").strip()

    @property
    def _shown(self) -> dict[str, list[str]]:
        return shown_dose(self.dose)


def _edit_plain(form: _Form, done: Edited, place: int) -> None:
    for name, plain in _PLAIN.items():
        if form.changed(name):
            _set(done, place, name, plain.read, form.said(name))


def _set(
    done: Edited, place: int, name: str, read: Callable[[str], Value | None], typed: str
) -> None:
    try:
        value = read(typed)
    except Wrong as wrong:
        done.add_wrong(name, wrong)
        return
    done.text = with_key(done.text, ("dose", place), name, value, ORDER)


def _edit_contents(form: _Form, done: Edited, place: int) -> None:
    if not form.changed("contents"):
        return
    typed, before = form.said("contents"), form.dose.get("contents")
    try:
        after = read_contents(typed, before)
    except Wrong as wrong:
        done.add_wrong("contents", wrong)
        return
    done.text = with_contents(done.text, place, before, after, ORDER)
    _reply(done, typed, shown_contents(after))


def _edit_when(form: _Form, done: Edited, place: int) -> None:
    """With meals, or at times: the fields of the other way are not looked at."""
    if form.said("when") == MEAL:
        if set(form.ticked) != set(form.dose.get("with", ())) or "with" not in form.dose:
            _edit_meals(form, done, place)
    elif "with" in form.dose or form.changed("times"):
        _edit_times(form, done, place)


def _edit_meals(form: _Form, done: Edited, place: int) -> None:
    if not form.ticked:
        fix = "tick the meal that it is taken with, or write times"
        done.add_wrong("meals", Wrong("no meal is ticked", fix))
    elif "with" in form.dose:
        done.text = with_key(done.text, ("dose", place), "with", form.ticked)
    else:
        done.text = with_key_renamed(done.text, ("dose", place), "at", "with", form.ticked)


def _edit_times(form: _Form, done: Edited, place: int) -> None:
    typed = form.said("times")
    try:
        minutes = words.read_times(typed)
    except Wrong as wrong:
        done.add_wrong("times", wrong)
        return
    times = [time_text(minute) for minute in minutes]
    if "with" in form.dose:
        done.text = with_key_renamed(done.text, ("dose", place), "with", "at", times)
    else:
        done.text = with_times(done.text, place, minutes)
    _reply(done, typed, and_list(times))
    # More times a day come nearer to each other, and none may run into the next.
    if "late" not in done.wrong and (late_s := late_within(minutes, _late_s(done.text, place))):
        done.text = with_late(done.text, place, late_s)


def _late_s(text: str, place: int) -> int:
    late = tomllib.loads(text)["dose"][place].get("late")
    if late is None:
        return limits.LATE_DEFAULT_S
    return values.duration(late, low_s=limits.LATE_S[0], high_s=limits.LATE_S[1])


def _edit_days(form: _Form, done: Edited, place: int) -> None:
    if not form.changed("days"):
        return
    typed = form.said("days")
    try:
        rule, start, end = words.read_day_rule(typed, form.today)
    except Wrong as wrong:
        done.add_wrong("days", wrong)
        return
    done.text = with_key(done.text, ("dose", place), "days", rule, ORDER)
    # The fields for the first and the last day go before what the words imply.
    for key, day in (("start", start), ("end", end)):
        if day and not form.said(key):
            done.text = with_key(done.text, ("dose", place), key, day, ORDER)
    spans = [f"{word} {day}" for word, day in (("from", start), ("to", end)) if day]
    _reply(done, typed, " ".join([words.shown_days(rule), *spans]))


def _edit_stock(form: _Form, done: Edited, place: int) -> None:
    """The count switches the rest on; without it nothing is counted."""
    if not form.changed(*_STOCK):
        return
    there = form.dose.get("stock")
    if not form.said("count"):
        done.text = with_key(done.text, ("dose", place), "stock", None)
        return
    read: dict[str, Value | None] = {}
    for name, reader in _STOCK.items():
        try:
            read[name] = reader(form.said(name))
        except Wrong as wrong:
            done.add_wrong(name, wrong)
    if not isinstance(there, dict):
        stock = {name: value for name, value in read.items() if value is not None}
        if "count" in stock:
            done.text = with_key(done.text, ("dose", place), "stock", stock, ORDER)
        return
    for name, value in read.items():
        if value != there.get(name):
            done.text = with_key(done.text, ("dose", place, "stock"), name, value, STOCK_ORDER)


def _reply(done: Edited, typed: str, understood: str) -> None:
    if typed.lower() != understood.lower():
        done.understood.append(f'"{typed}" was read as {understood}')
