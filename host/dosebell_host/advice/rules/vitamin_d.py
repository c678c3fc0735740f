"""Vitamin D: how much, how often, for how long."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain

from dosebell_host.advice.dates import EVERY_DATE, count_between
from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen, worst
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item, Phase
from dosebell_host.advice.words import days_words, drug_words, ids_of, phase_words
from dosebell_host.reference import published_limits
from dosebell_host.reference.medicines import MINERAL, VITAMIN_D
from dosebell_host.reference.nutrients import D
from dosebell_host.reference.units import d_text, number
from dosebell_host.wording import and_list

# A course is counted for so long; every limit is passed long before.
_COUNTED_DAYS = 400

_LONG_COURSE = (
    "So high a dose for more than {D_COURSE_AT_MOST_DAYS:weeks} weeks is looked at in between."
    " Ask the prescriber when, and write that date as review."
)
_MUCH_IN_ALL = (
    "UK loading courses add up to about {D_COURSE_TOTAL_MCG} mcg ({D_COURSE_TOTAL_MCG:iu} IU)."
    " Ask the prescriber whether more is meant."
)

_WEEKLY = re.compile(r"\b(weekly|(a|per|each|every) week)\b", re.IGNORECASE)
# "Twice weekly", "3 times a week" and "bi-weekly" are other rules.
_NOT_ONCE = re.compile(r"\b(twice|thrice|times|bi|semi|[2-9] ?x)\b", re.IGNORECASE)


def upper_level(intake: Intake) -> Iterator[Seen]:
    """D3-UL."""
    return worst(_over_upper(phase) for phase in _over(intake, published_limits.D_UPPER_MCG))


def _over(intake: Intake, limit_mcg: int) -> list[Phase]:
    return [phase for phase in intake.phases(D) if phase.total > limit_mcg]


def _over_upper(phase: Phase) -> Seen:
    severity = WARNING if _is_prescribed(phase, published_limits.D_UPPER_MCG) else ERROR
    return Seen(severity, phase.ids, _a_day(phase), weight=phase.total)


def _is_prescribed(phase: Phase, limit_mcg: int) -> bool:
    """Whether what is prescribed passes the limit by itself, and the rest does not."""
    return phase.prescribed > limit_mcg and phase.total - phase.prescribed <= limit_mcg


def _a_day(phase: Phase) -> str:
    return f"{d_text(phase.total)} of vitamin D a day{phase_words(phase)}"


def harm(intake: Intake) -> Iterator[Seen]:
    """D3-LOAEL: as much as did harm, unless a prescriber gave it an end."""
    for phase in reversed(intake.phases(D)):
        dated = phase.sum_of(item for item in phase.items if _is_dated(item, intake.today))
        rest = phase.total - dated
        on_course = dated >= published_limits.D_HARM_MCG and rest < published_limits.D_HARM_MCG
        if phase.total >= published_limits.D_HARM_MCG and not on_course:
            yield Seen(ERROR, phase.ids, _a_day(phase), weight=phase.total)
            return


def _is_dated(item: Item, today: date) -> bool:
    """A prescribed course with an end within 12 weeks of its start, or a review to come."""
    dose = item.dose
    ends_soon = (
        bool(dose.end) and _course_days(item, today) <= published_limits.D_COURSE_AT_MOST_DAYS
    )
    reviewed = dose.review is not None and dose.review >= today
    return dose.prescribed and (ends_soon or reviewed)


def _course_days(item: Item, today: date) -> int:
    """Days from the start (from today, where none is given) to the end."""
    assert item.dose.end is not None
    return (item.dose.end - (item.dose.start or today)).days


def recommended(intake: Intake) -> Iterator[Seen]:
    """D3-RDA."""
    old = intake.age is not None and intake.age > published_limits.D_RDA_OLD_ABOVE_YEARS
    limit = published_limits.D_RDA_OLD_MCG if old else published_limits.D_RDA_MCG
    return worst(
        Seen(NOTE, phase.ids, _a_day(phase), weight=phase.total)
        for phase in _over(intake, limit)
        if phase.total <= published_limits.D_UPPER_MCG
        and not all(item.prescribed for item in phase.items)
    )


def in_several(intake: Intake) -> Iterator[Seen]:
    """D3-SUM."""
    return worst(_several(phase) for phase in intake.phases(D) if len(phase.items) > 1)


def _several(phase: Phase) -> Seen:
    names = {"list": ", ".join(phase.ids), "x": number(phase.total)}
    parts = sorted(f"{item.id} {number(item.average(D))} mcg" for item in phase.items)
    seen = f"{' + '.join(parts)} a day{phase_words(phase)}"
    return Seen(NOTE, phase.ids, seen, names, phase.total)


def at_one_time(intake: Intake) -> Iterator[Seen]:
    """D3-SINGLE: everything that may be swallowed at one moment counts together."""
    groups = {
        group
        for items in _at_one_minute(intake)
        if sum_of_singles(item for item, _ in items) >= published_limits.D_SINGLE_MCG
        for group in _on_one_date(items)
    }
    return worst(seen for group in groups if (seen := _single(group)))


def _at_one_minute(intake: Intake) -> set[tuple[tuple[Item, int], ...]]:
    """The items of each minute of the day, with their dates."""
    found: dict[int, list[tuple[Item, int]]] = {}
    for item in intake.taking(D):
        for dates, minutes in intake.times_of(item).items():
            for minute in minutes:
                found.setdefault(minute, []).append((item, dates))
    return set(map(tuple, found.values()))


def _on_one_date(items: Iterable[tuple[Item, int]]) -> set[tuple[Item, ...]]:
    """Which of the items are taken together, for every date."""
    groups: dict[tuple[Item, ...], int] = {(): EVERY_DATE}
    for item, dates in items:
        with_it = {(*group, item): met for group, on in groups.items() if (met := on & dates)}
        groups = {group: left for group, on in groups.items() if (left := on & ~dates)} | with_it
    return set(groups)


def sum_of_singles(items: Iterable[Item]) -> Fraction:
    """µg of vitamin D in one intake of each."""
    return sum((item.single(D) for item in items), Fraction(0))


def _single(items: tuple[Item, ...]) -> Seen | None:
    total = sum_of_singles(items)
    prescribed = sum_of_singles(item for item in items if item.prescribed)
    limit = published_limits.D_SINGLE_MCG
    allowed = prescribed >= limit and total - prescribed < limit
    if total < limit or (allowed and total < published_limits.D_NEVER_SINGLE_MCG):
        return None
    # Who adds only a little to a high dose is named all the same: it is part of the sum.
    return Seen(ERROR, ids_of(items), f"{d_text(total)} of vitamin D at one time", weight=total)


def course(intake: Intake) -> Iterator[Seen]:
    """D3-COURSE: a high dose by prescription needs an end or a review, and a usual total."""
    yield from worst(_endless(intake))
    yield from worst(_high_totals(intake))


def _endless(intake: Intake) -> Iterator[Seen]:
    for phase in intake.phases(D):
        loose = [i for i in phase.items if i.prescribed and not _is_dated(i, intake.today)]
        total = phase.sum_of(loose)
        if total > published_limits.D_UPPER_MCG:
            ids = tuple(sorted(item.id for item in loose))
            ends = [item.dose.end for item in loose if item.dose.end]
            why = f"ends only on {max(ends)}" if ends else "no end and no review date"
            seen = f"{d_text(total)} of vitamin D a day by prescription, {why}"
            yield Seen(ERROR, ids, seen, weight=total, message=_LONG_COURSE if ends else "")


def _high_totals(intake: Intake) -> Iterator[Seen]:
    for item in intake.holding(D):
        if item.prescribed and item.dose.end and item.average(D) > published_limits.D_UPPER_MCG:
            count = _intakes(item, intake.today)
            total = count * item.single(D)
            if total > published_limits.D_COURSE_TOTAL_MCG:
                intakes = "1 intake makes" if count == 1 else f"{count} intakes make"
                seen = f"{intakes} {d_text(total)} in all, more than {_course_total()}"
                yield Seen(WARNING, (item.id,), seen, weight=total, message=_MUCH_IN_ALL)


def _course_total() -> str:
    return d_text(published_limits.D_COURSE_TOTAL_MCG)


def _intakes(item: Item, today: date) -> int:
    dose = item.dose
    assert dose.end is not None
    first = dose.start or today
    last = min(dose.end, first + timedelta(days=_COUNTED_DAYS))
    return count_between(dose.days, dose.start, first, last) * item.times_a_day


def calcium_checks(intake: Intake) -> Iterator[Seen]:
    """D3-CALCIUM. Where an amount is an error, that comes first, and this note is left out."""
    graver = chain(upper_level(intake), harm(intake), at_one_time(intake))
    if any(seen.severity == ERROR for seen in graver):
        return
    runs = _high_runs(intake.phases(D))
    long = [
        run
        for run in runs
        if _lasts_days(run, intake.today) > published_limits.D_LONG_TERM_ABOVE_DAYS
    ]
    weeks = published_limits.D_LONG_TERM_ABOVE_DAYS // 7
    yield from worst(
        Seen(NOTE, phase.ids, f"{_a_day(phase)}, for more than {weeks} weeks", weight=phase.total)
        for run in long
        for phase in run
    )


def _high_runs(phases: list[Phase]) -> list[list[Phase]]:
    """Phases above the amount for calcium checks, those that follow at once together."""
    runs: list[list[Phase]] = []
    for phase in phases:
        if phase.total > published_limits.D_CALCIUM_CHECK_ABOVE_MCG:
            if runs and runs[-1][-1].is_followed_by(phase):
                runs[-1].append(phase)
            else:
                runs.append([phase])
    return runs


def _lasts_days(run: list[Phase], today: date) -> float:
    if run[-1].last is None:
        return float("inf")
    return (run[-1].last - (run[0].first or today)).days + 1


def spaced(intake: Intake) -> Iterator[Seen]:
    """D3-INTERVAL."""
    for item in intake.holding(D):
        if not item.daily and item.single(D):
            old = intake.age is not None and intake.age >= published_limits.D_SPACED_AGE_YEARS
            far = item.gap_days >= published_limits.D_SPACED_DAYS
            average = item.average(D)
            seen = f"{d_text(item.single(D))} {days_words(item.dose.days)}"
            severity = WARNING if old and far else NOTE
            yield Seen(severity, (item.id,), seen, {"x": number(average)})


def weekly(intake: Intake) -> Iterator[Seen]:
    """D3-WEEKDAY: what is meant for once a week must not come more often."""
    for item in intake.holding(D):
        days = item.dose.days
        often = item.gap_days < published_limits.D_WEEKLY_DAYS or item.times_a_day > 1
        called = f"{item.dose.name} {item.dose.take}"
        called_weekly = bool(_WEEKLY.search(called)) and not _NOT_ONCE.search(called)
        one_day = (days.kind == "week" and len(days.numbers) == 1) or (
            days.kind == "every" and days.numbers[0] == published_limits.D_WEEKLY_DAYS
        )
        high = item.single(D) >= published_limits.D_SINGLE_MCG and often
        if high or (called_weekly and not (one_day and item.times_a_day == 1)):
            times = "" if item.times_a_day == 1 else f", {item.times_a_day} times a day"
            repeated = f"{days_words(days)}{times}"
            amount = d_text(item.single(D)) if item.single(D) else "vitamin D"
            seen = f"{amount} {repeated}"
            yield Seen(ERROR, (item.id,), seen, {"days": repeated})


def pregnancy(intake: Intake) -> Iterator[Seen]:
    """PREG-D."""
    if not intake.expecting:
        return
    single = [
        Seen(ERROR, (item.id,), f"{d_text(item.single(D))} of vitamin D at one time")
        for item in intake.holding(D)
        if item.single(D) >= published_limits.D_SINGLE_MCG and not item.prescribed
    ]
    yield from worst(chain(map(_while_pregnant, intake.phases(D)), single))


def _while_pregnant(phase: Phase) -> Seen:
    severity = NOTE
    if phase.total > published_limits.PREGNANT_D_UPPER_MCG:
        severity = ERROR
    elif phase.total > published_limits.PREGNANT_D_WARN_MCG:
        severity = WARNING
    return Seen(severity, phase.ids, _a_day(phase), weight=phase.total)


def with_condition(intake: Intake, meaning: str, severity: str) -> Iterator[Seen]:
    """D3-CONTRA and D3-CAUTION: a condition of the person, and any vitamin D."""
    ids = tuple(sorted(item.id for item in intake.holding(D)))
    for condition in intake.conditions(meaning) if ids else ():
        seen = f"{condition}, and vitamin D in {and_list(ids)}"
        yield Seen(severity, ids, seen, {"condition": condition})
    # What is listed, somebody decided; with calcium in it, the rules for calcium tell of it.
    for taken in intake.listed(VITAMIN_D):
        for condition in intake.conditions(meaning):
            if not (taken.dose_id or taken.is_a(MINERAL)):
                seen = f"{condition}, and {drug_words(taken)}"
                yield Seen(WARNING, (), seen, {"condition": condition})
