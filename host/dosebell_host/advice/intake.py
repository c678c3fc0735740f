"""What a person takes and when, as the rules ask for it: built from a schedule, once.

An `Item` is a dose of the schedule, a `Taken` a medicine of the person. Amounts are exact
fractions in µg; sums are over the items that are taken in one stretch of time, because a course
that ends and the daily dose that follows it are never taken together.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property, partial
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING

from dosebell_host.advice.dates import Times, dose_times, medicine_times
from dosebell_host.advice.items import Item, Part, Phase, parts_of, unit_is_doubted
from dosebell_host.advice.moments import (
    Moments,
    Span,
    at_times,
    overlap,
    weekdays_between,
    weekdays_of,
)
from dosebell_host.reference import nutrients, units
from dosebell_host.reference.conditions import (
    BREASTFEEDING,
    CAUTION,
    CONTRA,
    KIDNEY_MODERATE,
    KIDNEY_SEVERE,
    PREGNANT,
    Meaning,
)
from dosebell_host.reference.labels import named_in
from dosebell_host.reference.medicines import MINERAL, VITAMIN_D, VKA, Medicine
from dosebell_host.reference.nutrients import CAROTENE, K1, LIVER_OIL, A, D, Nutrient
from dosebell_host.reference.routes import SWALLOWED_WAY, way_of
from dosebell_host.schedule.model import DoseEntry, Lab, Meal, Person, Schedule

if TYPE_CHECKING:
    # Only the type: what names mean is loaded where there are names of medicines.
    from dosebell_host.reference.recognised import Reading

_DAY = timedelta(days=1)
_CAROTENE = Nutrient(A, CAROTENE)
_KIDNEY_MEANS = {"severe": CONTRA, "moderate": CAUTION, "mild": CAUTION}


@dataclass(frozen=True)
class Taken:
    """A medicine the person takes: listed, or a dose of the schedule that is one."""

    written: str
    medicine: Medicine
    moments: Moments
    span: Span
    # The exact dates behind the moments, asked for only where it is close.
    times: Callable[[], Times] = field(compare=False)
    # The dose of the schedule that it is, or "".
    dose_id: str = ""

    def is_a(self, *classes: str) -> bool:
        return bool(self.medicine.classes.intersection(classes))


@dataclass(frozen=True)
class Intake:
    """Everything the rules may ask. `today` is the date of the check.

    Whatever is over by then is left out: doses, listed medicines and exceptions.
    """

    schedule: Schedule
    today: date
    items: tuple[Item, ...]
    taken: tuple[Taken, ...]
    # What the person's words for each medicine mean, in the order of the words.
    readings: tuple[tuple[str, "Reading"], ...]
    # The vitamin D among the listed medicines, and what of it is not counted, with the reason.
    listed_vitamins: tuple[Item, ...] = ()
    uncounted: tuple[tuple[str, str], ...] = ()
    _phases: dict[str, list[Phase]] = field(default_factory=dict, compare=False)
    _times: dict[Item, Times] = field(default_factory=dict, compare=False)

    @property
    def person(self) -> Person | None:
        return self.schedule.person

    @property
    def age(self) -> int | None:
        return self.person.age if self.person else None

    @property
    def kidney(self) -> str:
        """How bad the kidneys are: the key of the person, else what the conditions say."""
        said = self.person.kidney if self.person else None
        severe, moderate = self._has(KIDNEY_SEVERE), self._has(KIDNEY_MODERATE)
        return said or ("severe" if severe else "moderate" if moderate else "unknown")

    def _has(self, meaning: str) -> bool:
        return any(found[0] == meaning for found in self._illnesses)

    @cached_property
    def _illnesses(self) -> tuple[Meaning, ...]:
        """What the person's words for illnesses mean."""
        written = self.person.conditions if self.person else ()
        return tuple(found for each in written for found in _meanings_of(each))

    @property
    def bedtime(self) -> int | None:
        return self.person.bedtime if self.person else None

    @property
    def labs(self) -> tuple[Lab, ...]:
        return self.person.labs if self.person else ()

    def accepts(self, rule: str) -> bool:
        """Whether the file accepts what this rule finds, as of today."""
        return _accepts(self.schedule, rule, self.today)

    @property
    def pregnant(self) -> bool:
        return bool(self.person and self.person.pregnant) or self._has(PREGNANT)

    @property
    def plans_pregnancy(self) -> bool:
        return self.person is not None and self.person.planning_pregnancy

    @property
    def expecting(self) -> bool:
        """Pregnant or breastfeeding."""
        feeding = bool(self.person and self.person.breastfeeding) or self._has(BREASTFEEDING)
        return self.pregnant or feeding

    @property
    def unknown_medicines(self) -> tuple[str, ...]:
        """The medicines of which no name is known."""
        return tuple(written for written, reading in self.readings if reading.unknown)

    def holding(self, *shorts: str) -> list[Item]:
        """The items that hold any of these nutrients."""
        return [item for item in self.items if item.holds(*shorts)]

    def taking(self, *shorts: str) -> list[Item]:
        """The items that hold any of these nutrients, and the listed medicines that do."""
        return [item for item in (*self.items, *self.listed_vitamins) if item.holds(*shorts)]

    @cached_property
    def listed_a(self) -> tuple[str, ...]:
        """What is listed as a medicine and is vitamin A, but for carotene, or a liver oil."""
        listed = self.person.medicines if self.person else None
        here = (each.name for each in listed or () if not _is_over(each.end, self.today))
        return tuple(name for name in here if _is_vitamin_a(name))

    def k2_parts(self) -> Iterator[tuple[Item, Part]]:
        """Every part that is vitamin K2, or vitamin K without a word of which."""
        for item in self.items:
            for part in item.of(nutrients.K):
                if part.form != K1:
                    yield item, part

    def listed(self, *classes: str) -> list[Taken]:
        """The medicines of these classes."""
        return [each for each in self.taken if each.is_a(*classes)]

    def conditions(self, meaning: str) -> list[str]:
        """The conditions of the person that mean this to the rules, as messages name them."""
        names = {name for its_meaning, name in self._illnesses if its_meaning == meaning}
        if _KIDNEY_MEANS.get(self.kidney) == meaning:
            names.add(f"{self.kidney} kidney disease")
        return sorted(names)

    def phases(self, short: str) -> list[Phase]:
        """The stretches of time in which items with this nutrient are taken, in order."""
        if short not in self._phases:
            counted = [item for item in self.taking(short) if item.average(short)]
            self._phases[short] = list(_phases(short, counted))
        return self._phases[short]

    def times_of(self, item: Item) -> Times:
        """The exact dates on which a dose is taken, and at which minutes of the day."""
        if item not in self._times:
            self._times[item] = dose_times(item.dose, self.schedule, self.today)
        return self._times[item]


def _is_vitamin_a(name: str) -> bool:
    named = [each for each in named_in(name) if each.short in (A, LIVER_OIL)]
    if all(nutrients.known(each.nutrient) == _CAROTENE for each in named):
        return False
    # The vitamin A of "vitamin A acid (Roaccutane)" is the medicine itself.
    return not (_reading_of(name).certain or way_of(name).outside)


def _accepts(schedule: Schedule, rule: str, today: date) -> bool:
    return any(each.rule == rule and each.until >= today for each in schedule.accepts)


def _is_over(end: date | None, today: date) -> bool:
    return end is not None and end < today


def intake_of(schedule: Schedule, today: date) -> Intake:
    """The schedule as the rules see it, with every dose in its place."""
    ahead = tuple(each for each in schedule.exceptions if each.last >= today)
    doses = tuple(each for each in schedule.doses if not _is_over(each.end, today))
    schedule = replace(schedule, exceptions=ahead, doses=doses)
    sure = _accepts(schedule, "UNIT-SLIP", today)
    items = tuple(_item(dose, schedule, sure) for dose in schedule.doses)
    taken = [*_of_person(schedule, today), *_of_doses(items, schedule, today)]
    taken.sort(key=lambda each: (each.medicine.name, each.written, each.moments, each.dose_id))
    readings = tuple(sorted(_readings(schedule), key=lambda each: each[0]))
    vitamins, uncounted = _vitamins_of(schedule, today, items, taken, sure)
    return Intake(schedule, today, items, tuple(taken), readings, vitamins, uncounted)


def _vitamins_of(
    schedule: Schedule, today: date, items: Iterable[Item], taken: Iterable[Taken], sure: bool
) -> tuple[tuple[Item, ...], tuple[tuple[str, str], ...]]:
    """The vitamin D among the medicines: what is counted, and what is not and why."""
    if not any(each.is_a(VITAMIN_D) for each in taken):
        return (), ()
    from dosebell_host.advice.from_names import HOW_MUCH, vitamin_d_of

    listed = schedule.person.medicines if schedule.person else None
    here = (each for each in listed or () if not _is_over(each.end, today))
    found = [
        (each.name, vitamin_d_of(each, sure)) for each in here if _holds_d(_reading_of(each.name))
    ]
    doses = (item for item in items if any(VITAMIN_D in each.classes for each in item.medicines))
    silent = {(item.dose.medicine or item.id, HOW_MUCH) for item in doses if not item.holds(D)}
    unsaid = silent | {(name, why) for name, why in found if isinstance(why, str)}
    return tuple(each for _, each in found if isinstance(each, Item)), tuple(sorted(unsaid))


def _holds_d(reading: "Reading") -> bool:
    return any(VITAMIN_D in each.classes for each in reading.medicines)


def _reading_of(written: str, beside: str = "") -> "Reading":
    from dosebell_host.reference.recognised import reading_of

    return reading_of(written, beside)


def _meanings_of(condition: str) -> tuple[Meaning, ...]:
    # Most files name no illness, and need none of their names.
    from dosebell_host.reference.condition_words import meanings_of

    return meanings_of(condition)


def _readings(schedule: Schedule) -> set[tuple[str, "Reading"]]:
    """What the words for each medicine mean, listed or a dose of the schedule."""
    listed = schedule.person.medicines if schedule.person else None
    found = {(each.name, _reading_of(each.name)) for each in listed or ()}
    doses = ((dose.medicine, dose) for dose in schedule.doses if dose.medicine)
    return found | {(name, _as_dosed(name, dose)) for name, dose in doses}


def _as_dosed(name: str, dose: DoseEntry) -> "Reading":
    """The medicine of a dose, whose own name may say that it is not swallowed."""
    where = "topical" if dose.route == "topical" else ""
    return _reading_of(name, f"{dose.name} {dose.take} {where}")


def _item(dose: DoseEntry, schedule: Schedule, sure_of_units: bool) -> Item:
    by_name = {meal.name: meal for meal in schedule.meals}
    meals = tuple(by_name[name] for name in dose.with_meals)
    weekdays = weekdays_of(dose.days, dose.start)
    if dose.at:
        usual = every = at_times(weekdays, dose.at)
    else:
        usual = tuple(at for day in weekdays for at in at_times([day], [meals[0].minutes[day]]))
        every = meal_moments(meals, weekdays, schedule)
    medicines = _as_dosed(dose.medicine, dose).taken_for if dose.medicine else _named_by(dose)
    parts = tuple(
        part
        for each in dose.contents
        for part in parts_of(each, not sure_of_units and unit_is_doubted(each, dose))
    )
    way = way_of(f"{dose.name} {dose.take}") if parts and dose.route is None else SWALLOWED_WAY
    return Item(dose, meals, parts, every, usual, medicines, way)


def _named_by(dose: DoseEntry) -> tuple[Medicine, ...]:
    """The medicines that a dose is although it has no key for them: by its contents, else name.

    What only may be one counts where it may be a vitamin K antagonist: that stop is hard.
    """
    if not dose.contents:
        # A mineral binds by being there: for hours apart, nobody needs to know how much it is.
        return _named_in(dose.name, dose) or _minerals_named(dose)
    given = (each.nutrient for each in dose.contents)
    names = [each for each in given if not nutrients.is_counted(each)]
    return tuple(each for name in names for each in _named_in(name, dose))


def _minerals_named(dose: DoseEntry) -> tuple[Medicine, ...]:
    read = _as_dosed(dose.name, dose).medicines
    by_label = (each.short in nutrients.MINERALS for each in named_in(dose.name))
    if not (any(MINERAL in each.classes for each in read) or any(by_label)):
        return ()
    from dosebell_host.advice.from_names import minerals_named

    return minerals_named(dose)


def _named_in(name: str, dose: DoseEntry) -> tuple[Medicine, ...]:
    reading = _as_dosed(name, dose)
    perhaps = reading.medicines or reading.taken_for
    return reading.certain or tuple(each for each in perhaps if VKA in each.classes)


def meal_moments(meals: Iterable[Meal], weekdays: Iterable[int], schedule: Schedule) -> Moments:
    """When meals are, on these weekdays, on usual days and in every exception."""
    found: set[int] = set()
    days = set(weekdays)
    for meal in meals:
        found.update(at for day in days for at in at_times([day], [meal.minutes[day]]))
        for entry in schedule.exceptions:
            if meal.name in entry.meals:
                touched = days.intersection(weekdays_between(entry.first, entry.last))
                found.update(at_times(touched, [entry.meals[meal.name]]))
    return tuple(sorted(found))


def _of_person(schedule: Schedule, today: date) -> Iterator[Taken]:
    """The listed medicines that are not over."""
    listed = schedule.person.medicines if schedule.person else None
    for each in listed or ():
        if not _is_over(each.end, today):
            moments = at_times(weekdays_of(each.days, each.start), each.at)
            times = partial(medicine_times, each, today)
            for medicine in _reading_of(each.name).taken_for:
                yield Taken(each.name, medicine, moments, (each.start, each.end), times)


def _of_doses(items: Iterable[Item], schedule: Schedule, today: date) -> Iterator[Taken]:
    for item in items:
        for medicine in item.medicines:
            times = cache(partial(dose_times, item.dose, schedule, today))
            written = item.dose.medicine or (item.dose.name if medicine.doubt else medicine.name)
            yield Taken(written, medicine, item.moments, item.span, times, item.id)


def _phases(short: str, items: list[Item]) -> Iterator[Phase]:
    starts = {item.dose.start for item in items if item.dose.start}
    ends = {item.dose.end + _DAY for item in items if item.dose.end}
    scale = lcm(*(item.average(short).denominator for item in items))
    edges: list[date | None] = [None, *sorted(starts | ends), None]
    for first, after in pairwise(edges):
        last = after - _DAY if after else None
        active = tuple(item for item in items if overlap(item.span, (first, last)))
        if active:
            yield Phase(short, first, last, active, scale)


def fat_of(meal: Meal) -> Fraction | None:
    """Grams of fat in a meal, or None where the file does not say."""
    if meal.fat_g is not None:
        return units.exact(meal.fat_g)
    if not meal.eat:
        return None
    # Most files say the grams, or nothing.
    from dosebell_host.reference.eaten import fat_in

    return fat_in(meal.eat)
