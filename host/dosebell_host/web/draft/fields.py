"""The fields of a form as a template draws them: label, value, and what stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dosebell_host.advice.findings import NOTE, Finding
from dosebell_host.web.draft.beside import CONTENTS, FOOD, WHEN
from dosebell_host.web.draft.dose_form import MEAL, TIMES, Typed
from dosebell_host.web.draft.meals_form import at_field, days_field


@dataclass(frozen=True)
class FieldChoice:
    """One of several values that a field may have."""

    value: str
    label: str
    is_on: bool


@dataclass(frozen=True)
class FormField:
    """One field. `kind` is `text`, `area`, `date`, `select`, `radio` or `checks`, of which the
    last three have choices. `wrong` are sentences about what was typed.
    """

    name: str
    label: str
    hint: str = ""
    value: str = ""
    kind: str = "text"
    choices: tuple[FieldChoice, ...] = ()
    wrong: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def grave(self) -> list[Finding]:
        """Errors and warnings that nobody has accepted: what stands beside it in full."""
        return [each for each in self.findings if each.severity != NOTE and not each.accepted]

    @property
    def minor(self) -> list[Finding]:
        """Notes, and what was accepted."""
        return [each for each in self.findings if each not in self.grave]


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading; what is seldom needed is folded away."""

    title: str
    fields: tuple[FormField, ...]
    is_folded: bool = False


# name: (label, hint, kind)
_DOSE = {
    "name": ("Name", 'as on the label: "Vitamin D3 1000 IU"', "text"),
    "take": ("How much at a time", '"1 capsule"; may stay empty', "text"),
    CONTENTS: (
        "What is in it",
        '"D3 1000 IU, K2 MK-7 100 µg": all that one intake holds, as on the label;'
        ' "nothing" for no vitamin and no mineral; may stay empty',
        "area",
    ),
    WHEN: ("Taken", "", "radio"),
    "meals": (
        "With which meal",
        "it rings at the first that is ticked, and where that is missed, at the next",
        "checks",
    ),
    "times": ("At which times", '"08:00 and 20:00"', "text"),
    FOOD: ("Food", "", "select"),
    "days": ("Days", '"daily", "mon and thu", "every 3 days", "21 on, 7 off", "the 1st"', "text"),
    "start": ("First day", "may stay empty", "date"),
    "end": ("Last day", "may stay empty", "date"),
    "place": ("Compartment", '"3"; seven numbers are Monday to Sunday; may stay empty', "text"),
    "count": (
        "How many there are",
        "counted from this number again when it changes; empty: not counted",
        "text",
    ),
    "per_intake": ("How many one intake uses", "empty: 1", "text"),
    "low": ("Warn when so many are left", "empty: 7", "text"),
    "early": ("May be taken earlier by", '"1h" where it is empty', "text"),
    "late": ("May be taken later by", '"3h" where it is empty', "text"),
}
_FOODS = (
    ("", "not said"),
    ("fat", "with fat"),
    ("any", "with any meal"),
    ("empty", "on an empty stomach"),
)
_WAYS = ((MEAL, "with a meal"), (TIMES, "at times of day"))
_GROUPS = (
    ("What", "name take contents", False),
    ("When", "when meals times food", False),
    ("On which days", "days start end", False),
    ("Where it lies", "place", False),
    ("Stock", "count per_intake low", False),
    ("How early and how late", "early late", True),
)


def dose_groups(
    typed: Typed,
    meals: Sequence[str],
    wrong: Mapping[str, Sequence[str]],
    found: Mapping[str, Sequence[Finding]],
) -> tuple[Group, ...]:
    """The form of a dose: what stands in its fields, the meals there are, and what is told."""

    def field(name: str) -> FormField:
        label, hint, kind = _DOSE[name]
        choices = _choices(name, typed, meals)
        told = tuple(wrong.get(name, ())), tuple(found.get(name, ()))
        return FormField(name, label, hint, _first(typed, name), kind, choices, *told)

    return tuple(
        Group(title, fields, is_folded and not any(each.wrong or each.grave for each in fields))
        for title, names, is_folded in _GROUPS
        for fields in [tuple(field(name) for name in names.split() if meals or name != "meals")]
    )


def meal_fields(
    typed: Typed, meals: Iterable[str], wrong: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, FormField, FormField], ...]:
    """Each meal with its usual time and the days of its own."""
    return tuple(
        (
            meal,
            _meal_field(at_field(meal), f"{meal.capitalize()} at", typed, wrong),
            _meal_field(days_field(meal), "On other days", typed, wrong),
        )
        for meal in meals
    )


def _meal_field(
    name: str, label: str, typed: Typed, wrong: Mapping[str, Sequence[str]]
) -> FormField:
    hint = "" if name.startswith("at.") else '"sat and sun 09:00"; may be empty'
    return FormField(name, label, hint, _first(typed, name), wrong=tuple(wrong.get(name, ())))


def _choices(name: str, typed: Typed, meals: Sequence[str]) -> tuple[FieldChoice, ...]:
    offered = {
        WHEN: _WAYS if meals else _WAYS[1:],
        FOOD: _FOODS,
        "meals": tuple((meal, meal) for meal in meals),
    }
    ticked = typed.get(name, [])
    return tuple(
        FieldChoice(value, label, value in ticked) for value, label in offered.get(name, ())
    )


def _first(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "")
