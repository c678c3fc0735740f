"""When something is taken, as people say it: `08:00 and 20:00`, `breakfast and dinner`, or
`breakfast or lunch` for the second where the first is missed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dosebell_host.schedule import limits
from dosebell_host.schedule.limits import DAY_S, LATE_DEFAULT_S, LATE_S, MINUTE_S
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import open_hour, read_clock, without_clocks
from dosebell_host.wizard.rising_hours import Hours, read_hours
from dosebell_host.wording import and_list

_BETWEEN = re.compile(r"[,;&+/|]|\s(?:and|or|else|und|oder)\s", re.IGNORECASE)
_APART = re.compile(r"(\d)\s+([ap]\.?m\b)", re.IGNORECASE)
_EITHER = re.compile(r"\s(?:or|else|oder)\s", re.IGNORECASE)
_BEFORE_IT = re.compile(
    r"^(?:(?:with|at|for|my|the|in|every|each|during|after)\s+)+", re.IGNORECASE
)
# "At night" behind a time tells its half of the day.
_PART_OF_DAY = re.compile(r"\d.*\b(?:night|bed)", re.IGNORECASE)
# Other words for the meals of a schedule, and what is about as good as one.
_MEALS = {"supper": "dinner", "tea": "dinner", "evening meal": "dinner", "tea time": "dinner"}
_MEALS |= {"teatime": "dinner", "midday meal": "lunch", "morning": "breakfast"}
_MEALS |= {"mornings": "breakfast"}
# "Every night at 10": which half of the day it is stands in front.
_TURNED = re.compile(
    r"(?:(?:every|each|at|in the|on)\s+)*(night|morning|evening|bed\s?-?time)s?,?\s+"
    r"(?:at\s+)?(.*\d.*)",
    re.IGNORECASE,
)
_MORNING = frozenset({"morning", "mornings"})
_NIGHT = dict.fromkeys(["night", "nights", "bedtime", "bed-time", "bed time", "bed"], "10pm")
_NIGHT |= {"evening": "8pm", "evenings": "8pm"}
_NUMBERS = {"once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4}
_NUMBERS |= {"five": 5, "six": 6}
_OFTEN = re.compile(
    r"(once|twice|thrice)(?: (?:a|per|each|every) day| daily)?"
    r"|([1-6]|one|two|three|four|five|six)\s?(?:x|times)(?: (?:a|per|each|every) day| daily)?"
)
_EXAMPLES = (
    *("8am", "8am and 8pm", "8am, 2pm and 10pm", "8am, 12, 4pm and 8pm"),
    *("7am, 11am, 3pm, 7pm and 11pm", "6am, 9am, 12, 3pm, 6pm and 9pm"),
)


@dataclass(frozen=True)
class When:
    """Times as minutes of the day, or meals: with each of them, or as `fallback` only with the
    next one where the one before was missed. `sure` is False where the times are a guess of what
    was meant, which wants a yes.
    """

    at: tuple[int, ...] = ()
    meals: tuple[str, ...] = ()
    fallback: bool = False
    sure: bool = field(default=True, compare=False)


def read_when(text: str, meals: Iterable[str], part: str = "") -> When:
    """The times or meals that a text means; `part` is the part of the day in which it is taken, if
    that is known, so that a bare `10` is 22:00 for `at night`. Raises `Wrong` for others, for both
    at once, and for times of which one is meant.
    """
    eaten = list(meals)
    if often := _OFTEN.fullmatch(" ".join(text.lower().split())):
        raise _which_times(_count(often))
    parts = [_meal_in(part.strip(), eaten) for part in _BETWEEN.split(text) if part.strip()]
    named = tuple(dict.fromkeys(part for part in parts if part in eaten))
    clocks = [clock for part in parts if part not in eaten for clock in _clocks(part, eaten)]
    if not parts:
        raise Wrong("there is no time in it", _fix(eaten))
    if named and clocks:
        raise Wrong(f"{show(text)} has both meals and times", f"{_fix(eaten)}, and not both")
    if len(clocks) > 1 and _EITHER.search(text):
        raise Wrong(f"{show(text)} leaves open which", 'write one time, or "and" between them')
    times = read_hours(clocks)
    if part and len(clocks) == 1 and open_hour(clocks[0]):
        told = read_clock(f"{clocks[0]} {part}")
        times = Hours((told,), sure=told in times.minutes)
    if len(times.minutes) > limits.MAX_TIMES:
        raise Wrong(f"these are {len(times.minutes)} times", f"write {limits.MAX_TIMES} at most")
    # Meals of one dose come in the order of the day.
    in_order = tuple(meal for meal in eaten if meal in named)
    fallback = bool(_EITHER.search(text)) and len(named) > 1
    return When(times.minutes, in_order, fallback, times.sure)


def _meal_in(part: str, eaten: Sequence[str]) -> str:
    """The meal that is meant, as it is called in the file; else the part as it was typed."""
    bare = _BEFORE_IT.sub("", part).lower()
    if bare in eaten:
        return bare
    if turned := _TURNED.fullmatch(part):
        half = "in the morning" if turned[1].lower() == "morning" else "at night"
        return f"{turned[2]} {half}"
    meal = _MEALS.get(bare)
    if meal in eaten:
        return str(meal)
    if bare in (*_NIGHT, *_MORNING):
        raise _which_times(1, _NIGHT.get(bare, "8am"))
    return part if _PART_OF_DAY.search(part) else _BEFORE_IT.sub("", part)


def _count(often: re.Match[str]) -> int:
    word = next(each for each in often.groups() if each)
    return _NUMBERS.get(word) or int(word)


def _which_times(count: int, example: str = "") -> Wrong:
    """That a number of times, or a part of the day, does not say when."""
    example = example or _EXAMPLES[min(count, len(_EXAMPLES)) - 1]
    return Wrong(f"At which {'time' if count == 1 else 'times'}?", f"For example {example}")


def when_words(when: When) -> str:
    """The times or meals as a person says them."""
    if when.fallback:
        return ", else ".join(when.meals)
    return and_list(when.meals or [time_text(minute) for minute in when.at])


def late_within(minutes: Sequence[int], late_s: int = LATE_DEFAULT_S) -> int | None:
    """How late an intake at these minutes of the day may come without coming too near to the next:
    half the shortest time between two, in seconds; None where `late_s` is no more than that.
    """
    if len(minutes) < 2:
        return None
    following = [*minutes[1:], minutes[0] + DAY_S // MINUTE_S]
    shortest = min(after - before for before, after in zip(minutes, following, strict=True))
    half_s = max(shortest * MINUTE_S // 2, LATE_S[0])
    return half_s if half_s < late_s else None


def _clocks(part: str, meals: list[str]) -> tuple[str, ...]:
    """The times in a part, each as it was typed. Raises `Wrong` where it has none."""
    # "8 12 4 pm": the pm is of the time before it.
    part = _APART.sub(r"\1\2", part)
    left, several = without_clocks(part)
    if several and not left.strip("| "):
        return several if len(several) > 1 else (part,)
    try:
        read_clock(part)
        return (part,)
    except Wrong:
        if part.isalpha() and meals:
            raise Wrong(f"{show(part)} is none of your meals", _fix(meals)) from None
        # "8.00 20.00": each of them is one.
        if len(words := part.split()) > 1 and all(each[0].isdigit() for each in words):
            for word in words:
                read_clock(word)
            return tuple(words)
        raise


def _fix(meals: list[str]) -> str:
    either = f", or {' or '.join(meals)}" if meals else ""
    return f'write times, as "08:00 and 20:00"{either}'
