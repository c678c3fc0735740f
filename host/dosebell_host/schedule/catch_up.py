"""Where a rule changes what the box does: no catch-up of vitamin K beside a blood thinner."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Only the types: whoever has a schedule has loaded its module already.
    from dosebell_host.schedule.model import DoseEntry, Schedule

AGREED_RULE = "K2-VKA"


def meals_in_force(schedule: "Schedule", dose: "DoseEntry") -> tuple[str, ...]:
    """The meals with which the box rings for a dose.

    Who takes a vitamin K antagonist and has agreed on vitamin K with the clinic gets no catch-up:
    the first meal only. It does not depend on the date, so one file always makes one schedule.
    """
    return dose.with_meals[:1] if catches_up_no_more(schedule, dose) else dose.with_meals


def catches_up_no_more(schedule: "Schedule", dose: "DoseEntry") -> bool:
    """Whether a dose loses meals to fall back to."""
    agreed = any(each.rule == AGREED_RULE for each in schedule.accepts)
    return agreed and len(dose.with_meals) > 1 and _holds_k(dose) and _takes_antagonist(schedule)


def _holds_k(dose: "DoseEntry") -> bool:
    # Few schedules come so far, and what names mean takes long to load.
    from dosebell_host.reference import nutrients
    from dosebell_host.reference.labels import nutrients_of

    found = (each for content in dose.contents for each in nutrients_of(content.nutrient))
    return dose.route != "topical" and any(each.short == nutrients.K for each in found)


def _takes_antagonist(schedule: "Schedule") -> bool:
    from dosebell_host.reference.medicines import VKA
    from dosebell_host.reference.recognised import reading_of

    listed = schedule.person.medicines if schedule.person else None
    names = [each.name for each in listed or ()]
    names += [dose.medicine or dose.name for dose in schedule.doses if not dose.contents]
    return any(
        VKA in medicine.classes for name in names for medicine in reading_of(name).taken_for
    )
