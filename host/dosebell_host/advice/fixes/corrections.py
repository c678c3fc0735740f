"""What can be put right without asking anybody: a supplement's place in the day.

Each rule that has such a correction stands in `CORRECTIONS` with where the dose may go instead,
the best first. None touches a medicine, or anything prescribed, an amount, or a day of the week.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dosebell_host.advice.findings import NOTE, Finding
from dosebell_host.advice.intake import Intake, fat_of
from dosebell_host.advice.items import Item, parts_of
from dosebell_host.advice.moments import clock, closest_after
from dosebell_host.advice.words import drug_words
from dosebell_host.reference import published_limits
from dosebell_host.reference.medicines import (
    BISPHOSPHONATE,
    BONE_AFTER_FOOD,
    LEVOTHYROXINE,
    MINERAL,
    MINERAL_BOUND,
    MINERAL_OIL,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    TETRACYCLINE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
)
from dosebell_host.reference.nutrients import OTHER
from dosebell_host.reference.units import minutes_text, number
from dosebell_host.schedule.limits import HOUR_S, MINUTE_S
from dosebell_host.schedule.model import DoseEntry, Meal, Schedule
from dosebell_host.schedule.values import duration_value, time_text

# New values for keys of a dose, as its table in the file has them.
Keys = dict[str, str | list[str]]

# The hours in which a dose may be put where the file does not say when the person is awake.
_UP_MIN = 7 * 60
_TO_BED_MIN = 22 * 60
STEP_MIN = 15
# Classes of medicines that are supplements by another name.
_SUPPLEMENTS = frozenset({MINERAL, VITAMIN_D, VITAMIN_K})
# Less than this would be missed too easily.
_SHORTEST_LATE_S = HOUR_S


class Correction(NamedTuple):
    """Where a dose may go instead, and the words for why it goes there.

    `classes` are the medicines that matter to the rule. A note is left alone, unless `notes`: what
    is good enough is not moved.
    """

    proposals: Callable[[Schedule, DoseEntry], Iterator[Keys]]
    why: Callable[["Correction", Intake, Item], str]
    classes: tuple[str, ...]
    notes: bool = False

    def concerns(self, medicine: str) -> bool:
        """Whether what a person wrote is one of its medicines."""
        from dosebell_host.reference.recognised import known_medicines

        return any(each.classes.intersection(self.classes) for each in known_medicines(medicine))


def correction_of(finding: Finding) -> Correction | None:
    """What may put a finding right, if anything does."""
    found = CORRECTIONS.get(finding.rule) if finding.accepted is None else None
    return found if found and (found.notes or finding.severity != NOTE) else None


def is_said_by_name(finding: Finding) -> bool:
    """Whether a finding may be put right by writing down what the name of the dose says."""
    unsaid = finding.rule == "CONTENTS-NONE" and finding.severity != NOTE
    return (unsaid or finding.rule == "NAME-LACKS") and finding.accepted is None


def may_move(dose: DoseEntry) -> bool:
    """Whether a dose is a supplement for certain: what may be a medicine is left alone.

    Prescribed things and medicines are, also where only the name of the dose says so, and what
    holds nothing that the rules know, because nobody can tell what that is.
    """
    from dosebell_host.reference.recognised import known_medicines

    if dose.prescribed or dose.medicine:
        return False
    named = (medicine.classes for medicine in known_medicines(dose.name))
    shorts = {part.short for content in dose.contents for part in parts_of(content)}
    return not any(classes - _SUPPLEMENTS for classes in named) and bool(shorts - {OTHER})


def _apart(schedule: Schedule, dose: DoseEntry) -> Iterator[Keys]:
    """Another meal, else another time: the nearest first."""
    if dose.at:
        yield from _other_times(schedule, dose)
    else:
        yield from _other_meals(schedule, dose)
        for at in _by_distance(schedule, _place(schedule, dose)):
            yield {"at": _times({at})}


def _other_times(schedule: Schedule, dose: DoseEntry) -> Iterator[Keys]:
    """One of its times moved and the others left as they are, else all moved alike."""
    for place, minute in enumerate(dose.at):
        others = {*dose.at[:place], *dose.at[place + 1 :]}
        for at in _by_distance(schedule, minute):
            if at not in others:
                yield {"at": _times({at, *others})}
    awake = _by_distance(schedule, dose.at[0])
    for first in awake if len(dose.at) > 1 else ():
        moved = {minute + first - dose.at[0] for minute in dose.at}
        if max(moved) <= max(awake):
            yield {"at": _times(moved)}


def _times(minutes: set[int]) -> list[str]:
    return [time_text(minute) for minute in sorted(minutes)]


def _other_meals(schedule: Schedule, dose: DoseEntry) -> Iterator[Keys]:
    yield from _fewer_meals(dose)
    here = _place(schedule, dose)
    others = [meal for meal in schedule.meals if meal.name not in dose.with_meals]
    for meal in sorted(others, key=lambda meal: abs(meal.minutes[0] - here)):
        yield {"with": [meal.name]}


def _fewer_meals(dose: DoseEntry) -> Iterator[Keys]:
    """Some of its meals that follow one another, as many as possible."""
    names = list(dose.with_meals)
    for length in range(len(names) - 1, 0, -1):
        for first in range(len(names) - length + 1):
            yield {"with": names[first : first + length]}


def _to_fat(schedule: Schedule, dose: DoseEntry) -> Iterator[Keys]:
    """A meal with fat; where none is known to have it, one of which nothing is known."""
    if len(dose.at) > 1:
        # With meals it would be one intake a day, and another amount.
        return
    food: Keys = {} if dose.food in ("fat", "any") else {"food": "fat"}
    for meals in (_fat_meals(schedule), _undescribed_meals(schedule)):
        names = {meal.name for meal in meals}
        yield from (keys for keys in _fewer_meals(dose) if names.issuperset(keys["with"]))
        here = _place(schedule, dose)
        for meal in sorted(meals, key=lambda meal: abs(meal.minutes[0] - here)):
            yield {"with": [meal.name], **food}


def _fat_meals(schedule: Schedule) -> list[Meal]:
    return [
        meal for meal in schedule.meals if (fat_of(meal) or 0) >= published_limits.FAT_ENOUGH_G
    ]


def _undescribed_meals(schedule: Schedule) -> list[Meal]:
    return [meal for meal in schedule.meals if fat_of(meal) is None]


def _shorter(schedule: Schedule, dose: DoseEntry) -> Iterator[Keys]:
    """A shorter time to catch up, else fewer meals to fall back to."""
    step_s = STEP_MIN * MINUTE_S
    longest_s = (dose.late_s - 1) // step_s * step_s
    for late_s in range(longest_s, _SHORTEST_LATE_S - 1, -step_s):
        yield {"late": duration_value(late_s)}
    for length in range(len(dose.with_meals) - 1, 0, -1):
        yield {"with": list(dose.with_meals[:length])}


def _place(schedule: Schedule, dose: DoseEntry) -> int:
    """The minute of the day at which a dose is first due."""
    if dose.at:
        return dose.at[0]
    return next(meal for meal in schedule.meals if meal.name == dose.with_meals[0]).minutes[0]


def _by_distance(schedule: Schedule, here: int) -> list[int]:
    """The quarters of an hour in which the person is awake, the nearest first."""
    meals = [minute for meal in schedule.meals for minute in meal.minutes]
    first = min([*meals, _UP_MIN])
    bedtime = schedule.person.bedtime if schedule.person else None
    last = bedtime if bedtime is not None and bedtime > first else _TO_BED_MIN
    first = -(-first // STEP_MIN) * STEP_MIN
    return sorted(
        range(first, last + 1, STEP_MIN), key=lambda minute: (abs(minute - here), minute)
    )


def _distance_words(correction: Correction, intake: Intake, item: Item) -> str:
    """How far it is then from the nearest of the medicines."""
    found = []
    for taken in intake.listed(*correction.classes):
        drug = drug_words(taken)
        if after := closest_after(item.moments, taken.moments):
            found.append((after[0], f"after {drug} at {clock(after[2])}"))
        if before := closest_after(taken.moments, item.moments):
            found.append((before[0], f"before {drug} at {clock(before[1])}"))
    wait, words = min(found)
    return f"{minutes_text(wait)} {words}"


def _fat_words(correction: Correction, intake: Intake, item: Item) -> str:
    fat_g = fat_of(item.meals[0])
    return f"which has {number(fat_g)} g of fat" if fat_g is not None else "which is a meal"


def _half_words(correction: Correction, intake: Intake, item: Item) -> str:
    return "so that two never come close together"


def _apart_from(*classes: str) -> Correction:
    return Correction(_apart, _distance_words, classes)


# Orlistat silences the rules about fat, and a vitamin K antagonist takes the catch-up away.
_FAT = Correction(_to_fat, _fat_words, (ORLISTAT,))

CORRECTIONS: dict[str, Correction] = {
    "MIN-LEVO": _apart_from(LEVOTHYROXINE),
    "MIN-BP": _apart_from(BISPHOSPHONATE, BONE_AFTER_FOOD),
    "MIN-BOUND": _apart_from(MINERAL_BOUND),
    "MIN-QUIN": _apart_from(QUINOLONE),
    "MIN-TETRA": _apart_from(TETRACYCLINE),
    "BP-FIRST": _apart_from(BISPHOSPHONATE),
    "VIT-ORLISTAT": _apart_from(ORLISTAT),
    "VIT-RESIN": _apart_from(RESIN),
    "VIT-MINOIL": _apart_from(MINERAL_OIL),
    "D3-FAT": _FAT,
    "K2-FAT": _FAT,
    "D3-SLOT": _FAT._replace(notes=True),
    "MISS-DOUBLE": Correction(_shorter, _half_words, (VKA,)),
}
