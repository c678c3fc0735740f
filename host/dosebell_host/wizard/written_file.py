"""The schedule that `dosebell new` writes: what a person said, with comments to go on from."""

from collections.abc import Iterator, Mapping
from datetime import date

from dosebell_host.advice.findings import NOTE
from dosebell_host.advice.judge import judge
from dosebell_host.advice.moments import DAY_MIN
from dosebell_host.reference.units import number
from dosebell_host.schedule import read_file
from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.decompiler import days_toml
from dosebell_host.schedule.toml_edit import toml_value
from dosebell_host.schedule.values import time_text
from dosebell_host.wizard.answers import Amount, Answers
from dosebell_host.wizard.day_words import Course
from dosebell_host.wizard.dose_questions import Planned, meals_in_order
from dosebell_host.wizard.dose_text import dose_blocks, ids_in, stock_line
from dosebell_host.wizard.title import title_of_names

_HEAD = """\
# {title}, as you told `dosebell new`.
#
# Change what you like, then:   dosebell check FILE   and   dosebell push FILE
# A line that begins with # is a comment. Take the # away to switch the line on.
"""
_BLOOD_THINNERS = """\
#
# If you take warfarin, phenprocoumon, acenocoumarol or fluindione: even a little vitamin K2
# changes how they work. Ask your anticoagulant clinic before you take it.
"""
_ALERTS = """\
# How the box calls you. These are the values it would take anyway.
[alerts]
nag = "10m"                            # ring again after this long, while unanswered
snooze = "15m"                         # a long press puts it off for this long
quiet = "none"                         # or "22:00-06:30": light only in these hours
"""
_EXCEPT = """\
# Holidays, a hospital stay, fasting: other times, or nothing, for some days.
# [[except]]
# from = 2030-12-24
# to = 2031-01-02                      # both days included
{moved}
"""
_PERSON = """\
# About you. It stays on the laptop; the box never sees it. The checks read it, so keep the list of
# your medicines whole; [] says that you take none. A time matters where hours do.
[person]
"""


def text_of(answers: Answers, today: date) -> str:
    """The schedule as TOML; `today` is the date of the checks.

    A missed meal is followed by the next one, unless the checks find that worse.
    """
    if not answers.meal:
        return _document(answers, [])
    alone, caught_up = (_document(answers, meals) for meals in _choices(answers))
    return caught_up if _grave(caught_up, today) <= _grave(alone, today) else alone


def _choices(answers: Answers) -> Iterator[list[str]]:
    """The meals of the dose without and with one to fall back to."""
    yield [answers.meal]
    later = {name: at for name, at in answers.meals.items() if at > answers.meals[answers.meal]}
    following = [min(later, key=lambda name: later[name])] if later else []
    yield [answers.meal, *following]


def _grave(text: str, today: date) -> int:
    findings = judge(read_file.parse(text, "new"), today).findings
    return sum(each.severity != NOTE for each in findings)


def _document(answers: Answers, meals: list[str]) -> str:
    title = _title(answers)
    head = _HEAD.format(title=title) + (_BLOOD_THINNERS if answers.k2 else "")
    top = f'version = 1\ntitle = {toml_value(title)}\ntimezone = "{answers.zone}"\n'
    usual = answers.meal or meals_in_order(answers.meals)[0]
    other = time_text((answers.meals[usual] + 90) % DAY_MIN)
    moved = _commented(
        f'# meals = {{ {usual} = "{other}" }}', 'or: off = true, and reason = "hospital"'
    )
    parts = [
        head,
        top,
        _meals(answers),
        _ALERTS,
        *([_dose(answers, meals)] if meals else []),
        *_other_doses(answers),
        _EXCEPT.format(moved=moved),
        f"{_PERSON}{_name_of(answers)}{_medicines(answers)}# age = 52\n",
    ]
    return "\n".join(parts)


def _title(answers: Answers) -> str:
    """What the box is called by: D3 and K2 with their meal, then the names of what else rings."""
    vitamins = [f"{_vitamins(answers)} with {answers.meal}"] if answers.meal else []
    return title_of_names([*vitamins, *(each.name for each in answers.others if each.rings)])


def _other_doses(answers: Answers) -> Iterator[str]:
    in_use = [_ident(answers)] if answers.meal else []
    for each in answers.others:
        if each.rings:
            blocks = dose_blocks(each, in_use)
            in_use += ids_in(blocks)
            yield blocks


def _name_of(answers: Answers) -> str:
    return f"name = {toml_value(answers.name)}\n" if answers.name else ""


def _vitamins(answers: Answers) -> str:
    both = [name for name, has in (("D3", answers.d3), ("K2", answers.k2)) if has]
    return f"Vitamin {' + '.join(both)}"


def _meals(answers: Answers) -> str:
    lines = [
        '# When you eat. Weekends may differ: { at = "07:30", sat = "09:00", sun = "09:00" }.',
        "[meals]",
        *(_meal(answers, name, at) for name, at in answers.meals.items()),
    ]
    return "\n".join(lines) + "\n"


def _meal(answers: Answers, name: str, at: int) -> str:
    eaten, comment = answers.eaten, ""
    keys = {"at": time_text(at)}
    keys |= {WEEKDAYS[day]: time_text(minute) for day, minute in _apart(answers, name).items()}
    pairs = [f"{key} = {toml_value(value)}" for key, value in keys.items()]
    if name == "breakfast" and eaten.fat_g is not None:
        pairs.append(f"fat_g = {eaten.fat_g}")
    elif name == "breakfast" and eaten.words:
        pairs.append(f"eat = {toml_value(eaten.words)}")
        fat_g = eaten.known_fat_g
        said = f"{number(fat_g)} g of fat" if fat_g is not None else "its fat is not in the table"
        comment = f"   # {said}"
    if len(pairs) == 1:
        return f'{name} = "{time_text(at)}"'
    return f"{name} = {{ {', '.join(pairs)} }}{comment}"


def _apart(answers: Answers, name: str) -> Mapping[int, int]:
    return answers.apart.get(name, {})


def _dose(answers: Answers, meals: list[str]) -> str:
    missed = (
        f"missed {meals[0]}? it rings again at {meals[1]}" if len(meals) > 1 else "no other meal"
    )
    lines = [
        "[[dose]]",
        _commented(
            f'id = "{_ident(answers)}"', "keep it once it is in use: your history hangs on it"
        ),
        f"name = {toml_value(_name(answers))}",
        _commented(_take(answers.take), "what one intake is"),
        _commented(f"with = {toml_value(meals)}", missed),
        'food = "fat"',
        f"days = {days_toml(answers.course.days)}",
        *_span(answers.course),
        _commented('early = "1h"', "taking it counts from this long before the meal ..."),
        _commented('late = "3h"', "... until this long after it"),
        _commented("contents = [", "what the whole intake holds; the label says it"),
        *_contents(answers),
        "]",
        _stock(answers),
    ]
    return "\n".join(lines) + "\n"


def _ident(answers: Answers) -> str:
    return "".join(part for part, has in (("d3", answers.d3), ("k2", answers.k2)) if has)


def _take(take: str) -> str:
    return f"take = {toml_value(take)}" if take else '# take = "1 capsule"'


def _span(course: Course) -> Iterator[str]:
    ends = (("start", course.start), ("end", course.end))
    yield from (f"{key} = {day}" for key, day in ends if day)


def _commented(line: str, comment: str) -> str:
    return f"{line:<38} # {comment}"


def _name(answers: Answers) -> str:
    d3, k2 = answers.d3, answers.k2
    parts = [f"D3 {d3.number} {d3.unit}"] if d3 else []
    if k2:
        form = f" ({k2.form})" if k2.form else ""
        parts.append(f"K2{form} {k2.number} {k2.unit}")
    return f"Vitamin {' + '.join(parts)}"


def _contents(answers: Answers) -> Iterator[str]:
    for nutrient, amount in (("vitamin-d3", answers.d3), ("vitamin-k2", answers.k2)):
        if amount:
            yield f"  {_content(nutrient, amount)},"


def _content(nutrient: str, amount: Amount) -> str:
    form = f'form = "{amount.form}", ' if amount.form else ""
    what = f'nutrient = "{nutrient}", {form}'
    return f'{{ {what}amount = {amount.number}, unit = "{amount.unit}" }}'


def _stock(answers: Answers) -> str:
    if answers.count is None:
        return _commented("# stock = { count = 90, low = 7 }", "the box warns when few are left")
    return stock_line(answers.count, answers.take)


def _medicines(answers: Answers) -> str:
    """What does not ring; what does is a dose of its own."""
    listed = [each for each in answers.others if not each.rings]
    if not listed:
        return "medicines = []\n"
    lines = "".join(f"  {{ name = {toml_value(each.name)}{_times(each)} }},\n" for each in listed)
    return f"medicines = [\n{lines}]\n"


def _times(medicine: Planned) -> str:
    if not medicine.when.at:
        return ""
    return f", at = {toml_value([time_text(minute) for minute in medicine.when.at])}"
