"""When vitamin D and K2 are taken: food, bedtime, and a place in the day."""

from collections.abc import Iterator

from dosebell_host.advice.findings import NOTE, WARNING, Seen, worst
from dosebell_host.advice.intake import Intake, fat_of
from dosebell_host.advice.items import Item
from dosebell_host.advice.moments import DAY_MIN
from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import nearest_breakfast
from dosebell_host.reference.medicines import ORLISTAT
from dosebell_host.reference.nutrients import K1, MK4, D, K
from dosebell_host.reference.units import minutes_text, number
from dosebell_host.schedule.model import Meal
from dosebell_host.schedule.values import time_text


def d_with_fat(intake: Intake) -> Iterator[Seen]:
    """D3-FAT."""
    for item in _asked_for_food(intake, D):
        yield from _without_fat(item)


def k_with_fat(intake: Intake) -> Iterator[Seen]:
    """K2-FAT: for MK-4 as for vitamin D; for the rest the evidence is weak, so a note at most."""
    for item in _asked_for_food(intake, K):
        forms = {part.form for part in item.of(K)} - {K1}
        for seen in _without_fat(item) if forms else ():
            yield seen if MK4 in forms else Seen(NOTE, seen.doses, seen.what)


def _asked_for_food(intake: Intake, short: str) -> list[Item]:
    """Orlistat's own label says bedtime or hours away from meals, so it silences the question."""
    return [] if intake.listed(ORLISTAT) else _swallowed(intake, short)


def _swallowed(intake: Intake, short: str) -> list[Item]:
    return [item for item in intake.holding(short) if item.swallowed]


def _without_fat(item: Item) -> Iterator[Seen]:
    """What is missing in the food of a dose; the gravest of its meals."""
    food = item.dose.food
    if food == "empty":
        yield Seen(WARNING, (item.id,), "taken without food")
    elif item.meals:
        yield from worst(_lean(item, meal) for meal in item.meals if _lean_severity(item, meal))
    elif food != "fat":
        yield Seen(NOTE, (item.id,), f"at {_times(item)}, and no word of what is eaten with it")


def _lean_severity(item: Item, meal: Meal) -> str:
    """What a meal lacks. One that is not described counts only where it is the dose's first."""
    fat_g = fat_of(meal)
    if fat_g is None:
        asked = item.dose.food == "fat" or meal is not item.meals[0]
        return "" if asked else NOTE
    if fat_g < published_limits.FAT_FREE_BELOW_G:
        return WARNING
    return NOTE if fat_g < published_limits.FAT_ENOUGH_G else ""


def _lean(item: Item, meal: Meal) -> Seen:
    fat_g = fat_of(meal)
    eaten = f" ({meal.eat})" if meal.eat else ""
    if fat_g is not None:
        seen = f"{meal.name}{eaten} has {number(fat_g)} g of fat"
    else:
        near = nearest_breakfast(meal.eat) if meal.eat else None
        hint = f'; did you mean "{near}"?' if near else ""
        seen = f"{meal.name}{eaten}: grams of fat not known{hint}"
    return Seen(_lean_severity(item, meal), (item.id,), seen)


def late(intake: Intake) -> Iterator[Seen]:
    """D3-LATE: shortly before bed, or after, and without food. Food beats the clock."""
    bedtime = intake.bedtime
    if bedtime is None or intake.listed(ORLISTAT) or intake.accepts("D3-LATE"):
        return
    for item in _swallowed(intake, D):
        if item.dose.food in (None, "empty"):
            for minute in item.dose.at:
                to_bed, in_bed = (bedtime - minute) % DAY_MIN, (minute - bedtime) % DAY_MIN
                if min(to_bed, in_bed) < published_limits.BEFORE_BED_MIN:
                    wait, side = min((to_bed, "before"), (in_bed, "after"))
                    late = f"{minutes_text(wait)} {side} bedtime at {time_text(bedtime)}"
                    yield Seen(NOTE, (item.id,), f"{time_text(minute)}, {late}")


def without_meal(intake: Intake) -> Iterator[Seen]:
    """D3-SLOT: a time, and no word of a meal. With food = "empty" D3-FAT has said it."""
    for item in _swallowed(intake, D):
        if item.dose.at and item.dose.food is None and not intake.listed(ORLISTAT):
            yield Seen(NOTE, (item.id,), f"at {_times(item)}, with no meal")


def _times(item: Item) -> str:
    return ", ".join(time_text(minute) for minute in item.dose.at)
