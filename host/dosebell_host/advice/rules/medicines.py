"""Medicines beside what is in the schedule: by nutrient, never by the name of a product."""

from collections.abc import Iterator
from functools import cache, partial

from dosebell_host.advice.dates import every_meal
from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake, Taken, meal_moments
from dosebell_host.advice.moments import EVERY_WEEKDAY
from dosebell_host.advice.rules.bound import binders
from dosebell_host.advice.spacing import (
    Apart,
    Swallowed,
    both_ways,
    calcium_alone,
    holding,
    minerals,
    swallowed,
    too_close,
)
from dosebell_host.advice.words import drug_words, ids_of
from dosebell_host.reference import published_limits
from dosebell_host.reference.medicines import (
    BISPHOSPHONATE,
    BONE_AFTER_FOOD,
    D_ANALOG,
    DIGOXIN,
    HEART_CALCIUM,
    INDUCER,
    LEVOTHYROXINE,
    MINERAL,
    MINERAL_BOUND,
    MINERAL_OIL,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    STATIN,
    STEROID,
    TETRACYCLINE,
    THIAZIDE,
)
from dosebell_host.reference.nutrients import FAT_SOLUBLE, D
from dosebell_host.reference.units import d_text
from dosebell_host.schedule.model import Meal
from dosebell_host.wording import and_list


def _beside_d(intake: Intake, severity: str, *classes: str) -> Iterator[Seen]:
    """A medicine of these classes, and any vitamin D."""
    items = intake.taking(D)
    for taken in intake.listed(*classes) if items else ():
        most = max((phase.total for phase in intake.phases(D)), default=0)
        much = f"{d_text(most)} of vitamin D a day" if most else "vitamin D"
        # Of what it only may be, nothing is an error.
        doubted = taken.medicine.doubt and severity == ERROR
        seen = f"{drug_words(taken)}, and {much}"
        yield Seen(WARNING if doubted else severity, ids_of(items), seen)


def thiazide(intake: Intake) -> Iterator[Seen]:
    """D3-THIAZIDE."""
    return _beside_d(intake, WARNING, THIAZIDE)


def digoxin(intake: Intake) -> Iterator[Seen]:
    """D3-DIGOXIN."""
    over = any(phase.total > published_limits.D_UPPER_MCG for phase in intake.phases(D))
    return _beside_d(intake, ERROR if over else WARNING, DIGOXIN)


def analog(intake: Intake) -> Iterator[Seen]:
    """D3-ANALOG. A dose of the schedule that is the analogue itself adds nothing to it."""
    own = {taken.dose_id for taken in intake.listed(D_ANALOG)}
    items = [item for item in intake.holding(D) if item.id not in own]
    for taken in intake.listed(D_ANALOG) if items else ():
        yield Seen(ERROR, ids_of(items), f"{drug_words(taken)}, and vitamin D besides")


def calcium_and_thiazide(intake: Intake) -> Iterator[Seen]:
    """CA-THIAZIDE: where vitamin D is taken, too, D3-THIAZIDE has said it."""
    return iter(()) if intake.taking(D) else _beside_calcium(intake, THIAZIDE)


def calcium_and_digoxin(intake: Intake) -> Iterator[Seen]:
    """CA-DIGOXIN."""
    return _beside_calcium(intake, DIGOXIN)


def calcium_and_analog(intake: Intake) -> Iterator[Seen]:
    """CA-ANALOG."""
    return _beside_calcium(intake, D_ANALOG)


def _beside_calcium(intake: Intake, a_class: str) -> Iterator[Seen]:
    things = [thing for thing, _ in calcium_alone(intake)] if intake.listed(a_class) else []
    doses = tuple(sorted(dose for thing in things for dose in thing.doses))
    for taken in intake.listed(a_class) if things else ():
        what = and_list(sorted(thing.what for thing in things))
        yield Seen(WARNING, doses, f"{drug_words(taken)}, and {what}")


def heart_calcium(intake: Intake) -> Iterator[Seen]:
    """D3-DILTIAZEM."""
    return _beside_d(intake, NOTE, HEART_CALCIUM)


def inducer(intake: Intake) -> Iterator[Seen]:
    """D3-INDUCER."""
    return _beside_d(intake, NOTE, INDUCER)


def steroid(intake: Intake) -> Iterator[Seen]:
    """D3-STEROID."""
    return _beside_d(intake, NOTE, STEROID)


def statin(intake: Intake) -> Iterator[Seen]:
    """D3-STATIN."""
    return _beside_d(intake, NOTE, STATIN)


def _vitamins(intake: Intake) -> list[Swallowed]:
    return list(holding(intake, *sorted(FAT_SOLUBLE)))


def orlistat(intake: Intake) -> Iterator[Seen]:
    """VIT-ORLISTAT."""
    apart = both_ways(
        published_limits.ORLISTAT_VITAMIN_MIN, published_limits.ORLISTAT_VITAMIN_CAUTIOUS_MIN
    )
    return too_close(_vitamins(intake), intake.listed(ORLISTAT), apart)


def resin(intake: Intake) -> Iterator[Seen]:
    """VIT-RESIN."""
    apart = Apart(
        before=published_limits.RESIN_AFTER_VITAMIN_MIN,
        after=published_limits.RESIN_BEFORE_VITAMIN_MIN,
        before_warn=published_limits.RESIN_AFTER_VITAMIN_CAUTIOUS_MIN,
        after_warn=published_limits.RESIN_BEFORE_VITAMIN_CAUTIOUS_MIN,
    )
    return too_close(_vitamins(intake), intake.listed(RESIN), apart)


def mineral_oil(intake: Intake) -> Iterator[Seen]:
    """VIT-MINOIL."""
    apart = both_ways(0, published_limits.MINERAL_OIL_VITAMIN_MIN)
    return too_close(_vitamins(intake), intake.listed(MINERAL_OIL), apart)


def levothyroxine(intake: Intake) -> Iterator[Seen]:
    """MIN-LEVO."""
    apart = both_ways(published_limits.LEVOTHYROXINE_MINERAL_MIN)
    return too_close(minerals(intake), intake.listed(LEVOTHYROXINE), apart)


_WHICH_QUINOLONE = (
    "Minerals bind such antibiotics. How many hours, each label says for itself; most are content"
    " with {dose_after} after it or {dose_before} before it. Only a supplement may go elsewhere."
)


def quinolone(intake: Intake) -> Iterator[Seen]:
    """MIN-QUIN."""
    things = minerals(intake)
    after, before = (
        published_limits.QUINOLONE_AFTER_MINERAL_MIN,
        published_limits.QUINOLONE_BEFORE_MINERAL_MIN,
    )
    for taken in intake.listed(QUINOLONE):
        name = taken.medicine.name
        apart = Apart(
            after.get(name, published_limits.QUINOLONE_OTHER_AFTER_MINERAL_MIN),
            before.get(name, published_limits.QUINOLONE_OTHER_BEFORE_MINERAL_MIN),
        )
        message = "" if name in after else _WHICH_QUINOLONE
        for seen in too_close(things, [taken], apart):
            yield seen._replace(message=message)


def tetracycline(intake: Intake) -> Iterator[Seen]:
    """MIN-TETRA."""
    apart = Apart(
        before=published_limits.TETRACYCLINE_AFTER_MINERAL_MIN,
        after=published_limits.TETRACYCLINE_BEFORE_MINERAL_MIN,
        before_warn=published_limits.TETRACYCLINE_AFTER_MINERAL_CAUTIOUS_MIN,
    )
    return too_close(minerals(intake), intake.listed(TETRACYCLINE), apart)


_AFTER_BREAKFAST = (
    "By its label this bone medicine is taken right after breakfast, and calcium, antacids and"
    " iron belong to another time of the day: {BISPHOSPHONATE_MINERAL_MIN:time} are careful."
)


def bone_minerals(intake: Intake) -> Iterator[Seen]:
    """MIN-BP."""
    things = minerals(intake)
    for taken in intake.listed(BISPHOSPHONATE):
        apart = both_ways(_first_min(taken), published_limits.BISPHOSPHONATE_MINERAL_MIN)
        yield from too_close(things, [taken], apart)
    apart = both_ways(0, published_limits.BISPHOSPHONATE_MINERAL_MIN)
    for seen in too_close(things, intake.listed(BONE_AFTER_FOOD), apart):
        yield seen._replace(message=_AFTER_BREAKFAST)


def bone_first(intake: Intake) -> Iterator[Seen]:
    """BP-FIRST: nothing that is swallowed, and no meal, so close to it; before it neither."""
    items, meals = _all_items(intake), _meals(intake)
    for taken in intake.listed(BISPHOSPHONATE):
        apart = both_ways(_first_min(taken))
        yield from too_close([*items, *meals], [taken], apart)


def _first_min(taken: Taken) -> int:
    own = published_limits.BISPHOSPHONATE_FIRST_MIN
    return own.get(taken.medicine.name, published_limits.BISPHOSPHONATE_FIRST_OTHER_MIN)


def _all_items(intake: Intake) -> list[Swallowed]:
    return [swallowed(intake, item, item.id) for item in intake.items if item.swallowed]


def _meals(intake: Intake) -> list[Swallowed]:
    return [_meal(intake, meal) for meal in intake.schedule.meals]


def _meal(intake: Intake, meal: Meal) -> Swallowed:
    moments = meal_moments([meal], EVERY_WEEKDAY, intake.schedule)
    times = cache(partial(every_meal, meal, intake.schedule, intake.today))
    return Swallowed(meal.name, (), moments, (None, None), times)


def without_time(intake: Intake) -> Iterator[Seen]:
    """MED-TIME: its hours matter to something in the schedule, and nobody said them."""
    timed = {taken.medicine.name for taken in intake.taken if taken.moments}
    for taken in intake.taken:
        if taken.medicine.name in timed or taken.medicine.doubt:
            continue
        if what := _hours_matter_to(intake, taken):
            yield Seen(WARNING, (), f"{drug_words(taken)} without a time, and {what}")


_MINERALS_MATTER_TO = (LEVOTHYROXINE, QUINOLONE, TETRACYCLINE, BISPHOSPHONATE)


def _hours_matter_to(intake: Intake, taken: Taken) -> str:
    if taken.is_a(BISPHOSPHONATE):
        return "the doses of this schedule"
    if taken.is_a(LEVOTHYROXINE, QUINOLONE, TETRACYCLINE, BONE_AFTER_FOOD) and minerals(intake):
        return "minerals"
    if taken.is_a(MINERAL_BOUND) and binders(intake, taken):
        return "minerals"
    if taken.is_a(MINERAL) and (others := intake.listed(*_MINERALS_MATTER_TO)):
        return drug_words(others[0])
    if taken.is_a(ORLISTAT, RESIN, MINERAL_OIL) and _vitamins(intake):
        return "vitamins D, K, A or E"
    return ""
