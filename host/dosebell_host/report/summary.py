"""What stands out in a period, in a few sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dosebell import civil, record
from dosebell_host.history.measures import Measures, by_dose, overall
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.period import Period, runs_of_days, span_words, weekday_words
from dosebell_host.wording import and_list, printable

# Of doses and of dates so many are told one by one, and of a name so many letters.
_DOSES_AT_MOST, _DATES_AT_MOST, _SPANS_AT_MOST, _LETTERS_AT_MOST = 4, 4, 2, 40
# In a longer period a date needs its year.
_YEAR_DAYS = 366

LATE_IS = "after half of the time in which the box reminds"

Names = Mapping[str, str]


class Week(NamedTuple):
    """From Monday on its days, as far as they are in the period, what they add up to, and that by
    dose.
    """

    days: range
    measures: Measures
    doses: tuple[Measures, ...]


def summary(
    shown: Sequence[Outcome], period: Period, names: Names, worst: Week | None
) -> Iterator[str]:
    """How much was taken, what was taken twice, how much nobody knows, and the worst week."""
    found = overall(shown)
    if not found.due and not found.unknown:
        yield "Nothing was due."
    if found.ratio is not None:
        late = f"{found.late} of them late" + (f" ({LATE_IS})" if found.late else "")
        yield (
            f"{found.taken} of {found.due} taken ({100 * found.ratio:.0f} %), {late};"
            f" {found.missed} missed, {found.skipped} skipped."
        )
    if found.extra:
        yield _extras(shown, period, names)
    if found.unknown_ratio:
        yield _unknown(shown, period, found)
    if worst is not None:
        yield _worst(worst, names)


def weeks_of(shown: Sequence[Outcome], period: Period) -> list[Week]:
    """Those of which anything is noted."""
    found: dict[int, list[Outcome]] = {}
    for each in shown:
        found.setdefault(each.day - civil.weekday(each.day), []).append(each)
    return [_week(monday, group, period) for monday, group in sorted(found.items())]


def _week(monday: int, group: list[Outcome], period: Period) -> Week:
    days = range(max(monday, period.first_day), min(monday + 7, period.last_day + 1))
    return Week(days, overall(group), tuple(by_dose(group)))


def worst_week(found: Sequence[Week]) -> Week | None:
    """The first week with the smallest share taken; None where nothing lacks, or there is but one
    week.
    """
    lacking = [week for week in found if week.measures.due > week.measures.taken]
    if len(found) < 2 or not lacking:
        return None
    return min(lacking, key=lambda week: week.measures.ratio or 0)


def _extras(shown: Sequence[Outcome], period: Period, names: Names) -> str:
    """How often one more was taken soon after another, of which dose, and when."""
    days: dict[str, list[int]] = {}
    for each in shown:
        if each.soon:
            days.setdefault(each.dose, []).append(each.day)
    times = sum(map(len, days.values()))
    doses = [f"{_name(dose, names)} on {_dates(own, period)}" for dose, own in days.items()]
    often = "Once" if times == 1 else f"{times} times"
    told = "; ".join(_few(doses, _DOSES_AT_MOST))
    return f"{often} one more was taken soon after the one before: {told}."


def _dates(days: Sequence[int], period: Period) -> str:
    return and_list(_few([span_words([day], _has_years(period)) for day in days], _DATES_AT_MOST))


def _unknown(shown: Sequence[Outcome], period: Period, found: Measures) -> str:
    part = f"{found.unknown} of {found.due + found.unknown}"
    share = f"{100 * (found.unknown_ratio or 0):.0f} %"
    runs = runs_of_days(each.day for each in shown if each.state == record.UNKNOWN)
    spans = _few([span_words(run, _has_years(period)) for run in runs], _SPANS_AT_MOST)
    return (
        f"Not known are {part} ({share}), on {and_list(spans)}: the box was off or had no clock."
    )


def _worst(worst: Week, names: Names) -> str:
    week = worst.measures
    said = f"{week.taken} of {week.due} taken"
    lacking = [each for each in worst.doses if each.due > each.taken]
    if len(names) > 1:
        lacking.sort(key=lambda each: each.ratio or 0)
        doses = [f"{_name(each.dose, names)} {each.taken} of {each.due}" for each in lacking]
        said += f" ({'; '.join(_few(doses, _DOSES_AT_MOST))})"
    ends = " to ".join(map(weekday_words, dict.fromkeys((worst.days[0], worst.days[-1]))))
    return f"The worst week was {ends}: {said}."


def _few(words: Sequence[str], most: int) -> Sequence[str]:
    """The first of them, and how many more there are."""
    more = len(words) - most
    return [*words[:most], f"{more} more"] if more > 0 else words


def _name(dose: str, names: Names) -> str:
    name = printable(names.get(dose, dose))
    return name if len(name) <= _LETTERS_AT_MOST else name[: _LETTERS_AT_MOST - 1].rstrip() + "…"


def _has_years(period: Period) -> bool:
    return len(period.days) > _YEAR_DAYS
