"""What outcomes add up to: the one place where it is decided what counts, and as what.

*due* is what was taken, missed or skipped. Off by plan, cancelled, open and unknown are counted
apart, and belong to no share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from dosebell import civil, record
from dosebell_host.history.outcomes import OPEN, Outcome

OFF = "off"


@dataclass(frozen=True)
class Counts:
    """How many occurrences came to what."""

    taken: int
    late: int
    missed: int
    skipped: int
    unknown: int
    off: int
    open: int

    @property
    def due(self) -> int:
        return self.taken + self.missed + self.skipped


class Quartiles(NamedTuple):
    """A quarter of the values is below the first, half of them below the median; in seconds."""

    first_s: int
    median_s: int
    third_s: int


class Span(NamedTuple):
    """The time between two intakes, in seconds since 2000, and how many occurrences in it are
    unknown, or off by plan.
    """

    from_s: int
    to_s: int
    unknown: int
    off: int

    @property
    def length_s(self) -> int:
        return self.to_s - self.from_s


class MissedRun(NamedTuple):
    """Days one after another, among those with anything due, on which all was missed."""

    first_day: int
    last_day: int
    days: int

    def to_json(self) -> dict[str, Any]:
        return {
            "from": civil.iso(self.first_day),
            "to": civil.iso(self.last_day),
            "days": self.days,
        }


@dataclass(frozen=True)
class Measures(Counts):
    """What the outcomes of one dose, or of all (`dose` is "" then), add up to.

    `back_dated` intakes were noted later, by a person's word, and say nothing of the delay. An
    `extra` one came within half the dose's gap after the one before.
    """

    dose: str
    back_dated: int
    extra: int
    # The days with anything due and nothing unknown; on those exactly what was due was taken.
    days: int
    correct_days: int
    # Intakes whose time and window are known; those inside the window; their delay after the
    # first due.
    timed: int
    in_window: int
    delay: Quartiles | None
    longest_gap: Span | None
    missed_runs: tuple[MissedRun, ...]

    @property
    def ratio(self) -> float | None:
        """Taken of what was due, 0 to 1; None where nothing was."""
        return self.taken / self.due if self.due else None

    @property
    def unknown_ratio(self) -> float | None:
        """Unknown of all that was planned for and is over, 0 to 1; None where nothing was."""
        all_over = self.due + self.unknown
        return self.unknown / all_over if all_over else None

    @property
    def longest_run(self) -> MissedRun | None:
        """The first of the longest."""
        return max(self.missed_runs, key=lambda run: run.days, default=None)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be said of it."""
        return not (self.due or self.unknown or self.off)

    def to_json(self) -> dict[str, Any]:
        return {
            "dose": self.dose,
            "taken": self.taken,
            "late": self.late,
            "missed": self.missed,
            "skipped": self.skipped,
            "unknown": self.unknown,
            "off": self.off,
            "longest_gap_s": self.longest_gap and self.longest_gap.length_s,
            "planned": self.due,
            "ratio": self.ratio,
            "open": self.open,
            "back_dated": self.back_dated,
            "extra": self.extra,
            "days": self.days,
            "correct_days": self.correct_days,
            "timed": self.timed,
            "in_window": self.in_window,
            "delay_s": self.delay and list(self.delay),
            "missed_runs": [run.to_json() for run in self.missed_runs],
        }


def counts(shown: Sequence[Outcome]) -> Counts:
    """How many of them came to what; those that were cancelled came to nothing."""
    return _counted(_states(shown), sum(each.late for each in shown))


def _states(shown: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple([OFF if each.off else each.state for each in shown])


def _counted(states: tuple[str, ...], late: int) -> Counts:
    # Most often these are the few of one day, which a count each has soonest.
    return Counts(
        taken=states.count(record.TAKEN),
        late=late,
        missed=states.count(record.MISSED),
        skipped=states.count(record.SKIPPED),
        unknown=states.count(record.UNKNOWN),
        off=states.count(OFF),
        open=states.count(OPEN),
    )


def by_dose(shown: Iterable[Outcome]) -> list[Measures]:
    """One a dose, in the order in which the doses first appear."""
    found: dict[str, list[Outcome]] = {}
    for each in shown:
        found.setdefault(each.dose, []).append(each)
    return [_measures(dose, each, _longest_gap(each)) for dose, each in found.items()]


def overall(shown: Iterable[Outcome]) -> Measures:
    """All doses as one. The time between intakes of different ones means nothing."""
    return _measures("", list(shown), None)


def quartiles(values: Iterable[int]) -> Quartiles | None:
    """Of values in seconds, between two of them in proportion; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return Quartiles(*(_quarter(ordered, n) for n in (1, 2, 3)))


def _quarter(ordered: list[int], n: int) -> int:
    whole, part = divmod(n * (len(ordered) - 1), 4)
    after = ordered[min(whole + 1, len(ordered) - 1)]
    return ordered[whole] + (after - ordered[whole]) * part // 4


def _measures(dose: str, shown: list[Outcome], gap: Span | None) -> Measures:
    days = list(_days(shown))
    # Of those the delay is known.
    timed = [(delay_s, each.in_window) for each in shown if (delay_s := each.delay_s) is not None]
    return Measures(
        dose=dose,
        **vars(counts(shown)),
        back_dated=sum(each.back_dated for each in shown),
        extra=sum(each.soon for each in shown),
        days=sum(day.is_judged for _, day in days),
        correct_days=sum(day.is_correct for _, day in days),
        timed=len(timed),
        in_window=sum(in_window is True for _, in_window in timed),
        delay=quartiles(delay_s for delay_s, _ in timed),
        longest_gap=gap,
        missed_runs=tuple(_missed_runs(days)),
    )


class _Day(NamedTuple):
    """What a day came to on which anything was due or is unknown."""

    is_judged: bool
    is_correct: bool
    is_missed: bool


@lru_cache
def _day(states: tuple[str, ...], extra: int) -> _Day | None:
    """None where nothing was due or is unknown. Most days of a dose came to the same."""
    counted = _counted(states, 0)
    if not (counted.due or counted.unknown):
        return None
    is_judged = bool(counted.due and not counted.unknown)
    is_correct = counted.taken == counted.due and not extra
    return _Day(is_judged, is_judged and is_correct, is_judged and counted.missed == counted.due)


def _days(shown: list[Outcome]) -> Iterator[tuple[int, _Day]]:
    """Those days, in order, each with its number."""
    found: dict[int, list[Outcome]] = {}
    for each in shown:
        found.setdefault(each.day, []).append(each)
    for number, group in sorted(found.items()):
        day = _day(_states(group), sum([each.soon for each in group]))
        if day is not None:
            yield number, day


def _missed_runs(days: list[tuple[int, _Day]]) -> Iterator[MissedRun]:
    for is_missed, group in groupby(days, key=lambda day: day[1].is_missed):
        if is_missed:
            run = list(group)
            yield MissedRun(run[0][0], run[-1][0], len(run))


def _longest_gap(shown: list[Outcome]) -> Span | None:
    taken = sorted(each.taken_s for each in shown if each.taken_s is not None)
    pairs = list(pairwise(taken))
    if not pairs:
        return None
    from_s, to_s = max(pairs, key=lambda pair: pair[1] - pair[0])
    inside = [each for each in shown if each.due_s is not None and from_s < each.due_s < to_s]
    unknown = sum(each.state == record.UNKNOWN for each in inside)
    return Span(from_s, to_s, unknown, sum(each.off for each in inside))
