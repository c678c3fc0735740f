"""What a person names as taken: `levothyroxine 50 mcg 06:30, calcium 500 mg at noon`.

A clock time, the strength of a medicine and an "and" are never left in a name: a time that hides
there is one that no rule sees. The label of a supplement keeps its amount, which is read from it.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from dosebell_host.reference.medicine_words import IN_UNITS
from dosebell_host.schedule import limits
from dosebell_host.schedule.values import Wrong, full_text, show, time_of_day
from dosebell_host.wizard.clock_words import without_clocks
from dosebell_host.wizard.said_beside import (
    UNREADABLE,
    refuse_unread,
    with_at,
    with_part,
    without_course,
    without_part,
    without_spoken_clocks,
)
from dosebell_host.wizard.when_words import read_when

# All that a person may take fits in; what is read takes longer by the square of its length.
_CHARS_AT_MOST = 10_000
# A comma inside 10,000 or 2,5 parts nothing; ", and" before the last one is one place.
_BETWEEN = re.compile(
    r"(?:[,;]\s*)?(?:&|(?<=\s)(?:and|und|y|et|e|en)\s)|;|\n|(?<!\d),|,(?!\d)", re.IGNORECASE
)
_STRENGTH = re.compile(
    r"(?<![\w.,-])\d[\d.,]*(?:\s*/\s*\d[\d.,]*)*\s*(?:mg|mcg|µg|μg|ug|g|ml|%"
    rf"|{IN_UNITS}|micrograms?|milligrams?|grams?)"
    r"(?:\s*/\s*(?:\d+\s*)?(?:ml|h|hour|puff|dose))?(?!\w)",
    re.IGNORECASE,
)
_LIKE_A_TIME = re.compile(r"\d{1,2}:\d{1,2}|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_MEAL = re.compile(
    r"(?:\b(?:with|at|for)\s+)?(?<!before )(?<!after )\b(breakfast|lunch|dinner|supper)\b",
    re.IGNORECASE,
)
# How often and when, in words: the questions that follow ask it with times.
_WHEN = re.compile(
    r"\b(?:(?:every|each|at|before|after)\s+)*(?:meals?|breakfast|lunch|dinner|tea\s?time)\b"
    r"|\b(?:at|with|before|after)\s+(?:my\s+)?tea\b"
    r"|\b(?:once|twice|thrice|(?:[1-8]|one|two|three|four|five|six)\s?(?:x|times))(?:\s+(?:a|per|each|every)\s+|\s*)"
    r"(?:daily|day)?(?!\w)|\bdaily\b|\bevery\s+\d+\s*(?:h|hours?)\b",
    re.IGNORECASE,
)
# A comma between two times parts them.
_TIMES = re.compile(r"(:\d\d(?:\s*[ap]m)?)\s*,\s*", re.IGNORECASE)
# What is left behind where a time or a meal was taken out.
_LEFT_BEHIND = re.compile(r"\(\s*[|/,\s]*\)|\b(?:at|with)\s*(?=\||$)|\||\(\s*\)", re.IGNORECASE)
_EDGES = " \t,;:/-@&"


# "Vitamin C, 1 tablet" and "iron, the pill": behind a comma stands how it is taken.
_PIECE = r"(?:tablet|capsule|pill|drop|softgel|sachet)s?"
_REMARK = re.compile(
    rf"(?P<thing>[^,;&\n]+),\s*(?:(?P<count>\d|one|two|three)\s+|(?:the|a|as)\s+)?(?P<piece>{_PIECE})"
    r"\s*(?=$|[,;&\n])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mentioned:
    """One thing that a person takes; `at` in minutes of the day.

    `strength` is what stood beside the name of a medicine, as `5 mg`; `course` are the days in
    words, as `for 7 days`, and `part` is that of the day, as `at night`, where no time was said.
    `sure` is False where the times are a guess of what was meant, which wants a yes.
    """

    name: str
    at: tuple[int, ...] = ()
    strength: str = ""
    meals: tuple[str, ...] = ()
    course: str = ""
    part: str = ""
    sure: bool = True


class _Heard(NamedTuple):
    """One thing, its times as they were typed, and the parts of the day without one."""

    thing: Mentioned
    clocks: tuple[str, ...]
    parts: tuple[str, ...]


def read_mentions(text: str) -> tuple[Mentioned, ...]:
    """`levothyroxine 06:30, apixaban and calcium 500 mg`; () for none."""
    from dosebell_host.reference.recognised import is_none

    if len(text) > _CHARS_AT_MOST:
        raise Wrong(f"{show(text)} is too long", "write the names alone")
    if text.strip() and is_none(text):
        return ()
    plain_text = _REMARK.sub(_with_its_remark, _TIMES.sub(r"\1 , ", plain(text)))
    parts = [part.strip() for part in _BETWEEN.split(plain_text)]
    if not all(parts):
        raise Wrong(f"{show(text)} has a place without a name", "write none if you take none")
    found: list[_Heard] = []
    for part in parts:
        among_times = bool(found) and bool(found[-1].clocks or found[-1].parts)
        each = _heard(with_at(part) if among_times else part)
        if not each.thing.name and found:
            # "08:00 and 22:00": what came before has another time.
            found[-1] = _joined(found[-1], each)
        else:
            _check_name("" if found and part.isdigit() else each.thing.name, part)
            found.append(each)
    if len(found) > limits.MAX_MEDICINES:
        raise Wrong(f"these are {len(found)} medicines", f"name {limits.MAX_MEDICINES} at most")
    return tuple(map(_checked, found))


def _with_its_remark(match: re.Match[str]) -> str:
    """A number of pieces is no thing of its own, and "the pill" none behind a supplement."""
    thing = _BETWEEN.split(match["thing"])[-1].strip()
    if match["count"] or is_supplement(thing):
        return " ".join(filter(None, (match["thing"].strip(), match["count"], match["piece"])))
    return match[0]


def is_supplement(name: str) -> bool:
    """Whether a name is the label of a supplement, and of no medicine."""
    from dosebell_host.reference.labels import named_in
    from dosebell_host.reference.recognised import reading_of

    return bool(named_in(name)) and not reading_of(name).certain


def plain(text: str) -> str:
    """The text itself. A terminal may hand over bytes that are no text, and a file is UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Wrong("there is a character in it that is not UTF-8", "type it anew") from None
    return text


def mentioned_words(each: Mentioned) -> str:
    """A name with its strength, to be told apart from others."""
    return f"{each.name} {each.strength}".strip()


def _heard(part: str) -> _Heard:
    left, clocks = without_clocks(part)
    left, course = without_course(left)
    left, of_day = without_part(left)
    left, spoken = without_spoken_clocks(left)
    thing = replace(_thing(left), course=course)
    clocks += spoken
    if of_day and clocks:
        return _Heard(thing, tuple(with_part(each, of_day) for each in clocks), ())
    return _Heard(thing, clocks, (of_day,) if of_day else ())


def _thing(left: str) -> Mentioned:
    named = [meal.lower() for meal in _MEAL.findall(left)]
    meals = tuple("dinner" if meal == "supper" else meal for meal in named)
    name = _tidy(_MEAL.sub("|", left))
    # How often may hide that a name is the label of a supplement, whose amount stays in it.
    bare = _tidy(_WHEN.sub("|", name))
    if is_supplement(name):
        return Mentioned(refuse_unread(bare), meals=meals)
    strengths = [" ".join(each.split()) for each in _STRENGTH.findall(bare)]
    name = refuse_unread(_tidy(_STRENGTH.sub("|", bare)))
    return Mentioned(name, strength=", ".join(strengths), meals=meals)


def _tidy(text: str) -> str:
    """Without what stood around a time or a strength, and with one blank between words."""
    before = ""
    while before != text:
        before, text = text, _LEFT_BEHIND.sub(" ", text)
    return " ".join(text.split()).strip(_EDGES)


def _check_name(name: str, part: str) -> None:
    if not name:
        raise Wrong(f"{show(part)} has no name", 'write the name first, as "metformin 08:00"')
    if odd := _LIKE_A_TIME.search(name):
        time_of_day(odd[0])


def _joined(before: _Heard, more: _Heard) -> _Heard:
    thing = replace(
        before.thing,
        meals=(*before.thing.meals, *more.thing.meals),
        strength=before.thing.strength or more.thing.strength,
        course=before.thing.course or more.thing.course,
    )
    clocks, parts = before.clocks + more.clocks, before.parts + more.parts
    # "At night, at 10": the part of the day and its time stand on two sides of a comma.
    if len(clocks) == len(parts) == 1:
        clocks, parts = (with_part(clocks[0], parts[0]),), ()
    return _Heard(thing, clocks, parts)


def _checked(heard: _Heard) -> Mentioned:
    """One thing with its times. Raises `Wrong` where a part of the day beside them has none."""
    thing = replace(heard.thing, name=full_text(heard.thing.name))
    if not heard.clocks:
        return replace(thing, part=heard.parts[0] if len(heard.parts) == 1 else "")
    if heard.parts:
        raise UNREADABLE
    when = read_when(", ".join(heard.clocks), ())
    return replace(thing, at=when.at, sure=when.sure)
