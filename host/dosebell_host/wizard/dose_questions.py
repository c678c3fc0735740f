"""The questions about one thing that is taken: shall it ring, when, on which days, how much."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dosebell_host.reference.labels import named_in, pieces_of
from dosebell_host.reference.medicine_words import IN_UNITS
from dosebell_host.reference.units import number
from dosebell_host.schedule import limits
from dosebell_host.schedule.days import Days
from dosebell_host.schedule.values import Wrong, show, text, whole_number
from dosebell_host.wizard.asking import AGREED, Doubt, Question, Said, yes_or_no
from dosebell_host.wizard.day_words import Course, course_words, read_course
from dosebell_host.wizard.first_day import Now
from dosebell_host.wizard.mentions import Mentioned, is_supplement, mentioned_words, plain
from dosebell_host.wizard.said_beside import AT_NIGHT, part_alone, with_part
from dosebell_host.wizard.when_words import When, read_when, when_words
from dosebell_host.wizard.which_one import named, which_question

_COUNT = re.compile(
    r"(?:about|around|roughly|ca\.?|some)?\s*(\d{1,9})(?:\s*[a-z]+)*(?:\s+left)?", re.IGNORECASE
)
_AMOUNT = re.compile(rf"\d[\d.,]*\s*(?:mg|mcg|µg|μg|ug|g|{IN_UNITS})", re.IGNORECASE)
_IN_UNITS = re.compile(rf"\s*(?:{IN_UNITS})$", re.IGNORECASE)
_AT_BED = re.compile(r"\bbed\b|\bbed\s?-?time|\bnight", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# "8pm" answers another question; "2" may be tablets.
_A_TIME = re.compile(
    r"(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b\.?|o.?clock|uhr)|\d{1,2}:\d\d)",
    re.IGNORECASE,
)
# Of several at a time the amount of a label is in each of them, or in all of them.
ONE, TOGETHER = "one", "together"
_OF_ONE = frozenset("one each 1 single tablet capsule pill drop".split())
_OF_ALL = frozenset("together both all altogether".split())
# Where a word follows, as in "1 drop in each eye", it says something else.
_SAID_OF = re.compile(
    r"[\s,]*\b(?:(each)|(?:all )?together|altogether|in all)\b(?!\s+\w)", re.IGNORECASE
)
_MEASURED = re.compile(rf"\d\s*(?:(?:ml|mg|mcg|µg|μg|ug|g)\b|{IN_UNITS})", re.IGNORECASE)
# The parts of one line that says all of it, in this order.
PARTS = ("when", "days", "take", "stock")
DAILY = Course(Days("daily"))


@dataclass(frozen=True)
class Planned:
    """One thing that is taken. Where it does not ring, only its name and its times count.

    `name` is that of the file; `count` is how many pieces are left, None where nobody counts.
    `pieces` says how many times the amount in the name is in one intake; None where nobody said.
    """

    name: str
    rings: bool
    when: When
    course: Course
    take: str = ""
    count: int | None = None
    pieces: int | None = None


def dose_questions(
    prefix: str,
    each: Mentioned,
    meals: Sequence[str],
    now: Now,
    given: Mapping[str, str] | None = None,
    *,
    said: Said,
    nth: int = 0,
) -> Iterator[Question]:
    """What there is to ask about one thing; `given` are answers that are there already, `said` all
    answers so far, and `nth` is how many things of the same word came before it.
    """
    given = given or {}
    yield which_question(prefix, each, nth, given.get("which"))
    each = named(prefix, each, said)
    times = 'as "8 and 20"'
    either = f"{times}, or with a meal: {', '.join(meals)}" if meals else times
    name = mentioned_words(each)
    known = when_words(When(each.at)) if each.at else ""
    part = each.part or (AT_NIGHT if _AT_BED.search(each.name) and not known else "")

    def rings(said: Said) -> bool:
        return bool(said.get(f"{prefix}rings"))

    yield Question(
        f"{prefix}rings",
        f"{name}: shall the box ring for it",
        lambda typed, said: read_yes(typed),
        lambda said: "yes",
        given=given.get("rings"),
    )
    yield Question(
        f"{prefix}label",
        f'{each.name}: how much in one intake, as on the label: "500 mg"; or none',
        lambda typed, said: _label(typed),
        lambda said: None,
        asked=lambda said: lacks_amount(each.name),
        unsure="The label on the packet says it; write none to leave it out.",
        given=given.get("label"),
    )
    yield Question(
        f"{prefix}when",
        f"When do you take {each.name}, {either}",
        lambda typed, said: read_when(typed, meals, part),
        lambda said: _mentioned_when(each, meals),
        asked=rings,
        doubt=_when_doubt,
        going_on=_in_that_part,
        unsure="The packet or your pharmacist says it; write a time that suits you, as 8am.",
        reply=lambda typed, value: _if_other(typed, when_words(value)),
        given=given.get("when"),
    )
    yield Question(
        f"{prefix}at",
        f"When do you take {each.name}, as 06:30 ({'none' if known else 'Enter'}: not said)",
        lambda typed, said: _times_or_none(typed, part),
        # It stands in the list of medicines, which has times and no meals.
        lambda said: known,
        asked=lambda said: not rings(said),
        doubt=_when_doubt,
        going_on=_in_that_part,
        reply=lambda typed, value: _if_other(typed, when_words(value)) if value.at else "",
        given=given.get("at"),
    )
    yield Question(
        f"{prefix}days",
        f'{each.name}, on which days: "daily", "mon and thu", "for 7 days"',
        lambda typed, said: now.course(typed, said.get(f"{prefix}when", When())),
        lambda said: _mentioned_days(each, now.day),
        asked=rings,
        reply=lambda typed, value: _if_other(typed, course_words(value)),
        given=given.get("days"),
    )
    yield Question(
        f"{prefix}take",
        f'{each.name}, how much at a time: "1 tablet", "1 drop"'
        f" (Enter: {each.strength or 'not said'})",
        lambda typed, said: _take(typed) or each.strength,
        asked=rings,
        given=given.get("take"),
    )
    yield Question(
        f"{prefix}holds",
        _holds_prompt(each.name, said.get(f"{prefix}take") or ""),
        lambda typed, said: read_holds(typed),
        lambda said: ONE,
        asked=lambda said: rings(said) and _is_open(each.name, said[f"{prefix}take"]),
        given=given.get("holds"),
    )
    yield Question(
        f"{prefix}stock",
        f"{each.name}, how many you have left, as 60 (Enter: not counted)",
        lambda typed, said: read_count(typed),
        asked=rings,
        reply=count_reply,
        given=given.get("stock"),
    )


def planned(prefix: str, each: Mentioned, said: Said) -> Planned:
    """What the answers with this prefix make of one thing."""
    each = named(prefix, each, said)
    label = said.get(f"{prefix}label", "")
    name = f"{each.name} {label}".strip()
    if not said[f"{prefix}rings"]:
        return Planned(f"{name} {each.strength}".strip(), False, said[f"{prefix}at"], DAILY)
    when, course, take, count = (said[f"{prefix}{part}"] for part in PARTS)
    of_one = _says_each(take) or said.get(f"{prefix}holds") == ONE
    pieces = pieces_of(take) if of_one else None if _is_measured(name, take) else 1
    take = _with_strength(_SAID_OF.sub("", take), each.strength)
    return Planned(name, True, when, course, take, count, pieces)


def _is_measured(name: str, take: str) -> bool:
    """Whether no pieces are taken, as `10 ml`, so that the amount of a label may be of another."""
    found = _MEASURED.search(take)
    return bool(found) and _BLANKS.sub("", take) not in _BLANKS.sub("", name)


def _take(typed: str) -> str:
    take = text(plain(typed).strip())
    if _A_TIME.fullmatch(take):
        raise Wrong(f"{show(take)} is a time", "write how many tablets or drops at once")
    return take


def _is_open(name: str, take: str) -> bool:
    """Whether several are taken of what has an amount, and nobody said of how many it is."""
    several = pieces_of(take) > 1 and not _MEASURED.search(take)
    return bool(several and _amounts_in(name) and not _SAID_OF.search(take))


def _says_each(take: str) -> bool:
    found = _SAID_OF.search(take)
    return bool(found and found[1])


def _amounts_in(name: str) -> list[str]:
    """The amounts in the label of a supplement: `500 mg`."""
    named = named_in(name) if is_supplement(name) else ()
    return [f"{number(each.amount)} {each.unit}" for each in named if each.amount]


def _holds_prompt(name: str, take: str) -> str:
    words = [word for word in re.split(r"[^\w]+", take) if word.isalpha()]
    piece = words[0].lower() if words else ""
    one = "one" if not piece or piece in _OF_ALL else f"one {piece.removesuffix('s')}"
    amounts = ", ".join(_amounts_in(name))
    return f'{amounts}: is that in {one}, or in "{take}" together (one, or together)'


def read_holds(typed: str) -> str:
    """Whether an amount is that of `one` of several, or of all `together`."""
    words = set(re.findall(r"\w+", typed.lower()))
    if words & _OF_ALL:
        return TOGETHER
    if words & _OF_ONE:
        return ONE
    raise Wrong(f"{show(typed)} is neither", "write one or together")


def _when_doubt(when: When, said: Said) -> Doubt | None:
    return None if when.sure else times_doubt(f"do you mean {when_words(when)}?")


def times_doubt(asks: str) -> Doubt:
    """Times that are a guess want a yes."""
    how = 'Write them with am or pm, as "8am, 2pm and 10pm".'
    return Doubt(f"  {asks}", AGREED, how)


def _times_or_none(typed: str, part: str) -> When:
    from dosebell_host.reference.recognised import is_none

    return read_when(typed, (), part) if typed.strip() and not is_none(typed) else When()


def _in_that_part(refused: str, typed: str) -> str:
    """`at 10` after `at night`, which alone is no time, means 22:00."""
    part = part_alone(refused)
    try:
        return with_part(typed, part) if part else typed
    except Wrong:
        return typed


def _with_strength(take: str, strength: str) -> str:
    """`1 tablet (50 mcg)`: how strong it is stays to be seen, whatever is taken of it."""
    if not strength or _BLANKS.sub("", strength) in _BLANKS.sub("", take):
        return take
    return f"{take} ({strength})"


def read_yes(typed: str) -> bool:
    answer = yes_or_no(typed)
    if answer is not None:
        return answer
    raise Wrong(f"{show(typed)} is neither yes nor no", "write yes or no")


def read_count(typed: str) -> int | None:
    """How many are left, as `60` or `60 tablets`; None where nobody wants to count."""
    from dosebell_host.reference.recognised import is_none

    if not typed.strip() or is_none(typed):
        return None
    low, high = limits.STOCK_COUNT
    match = _COUNT.fullmatch(typed.strip())
    return whole_number(int(match[1]) if match else typed.strip(), low=low, high=high)


def count_reply(typed: str, count: int | None) -> str:
    """The number that was read, where more than that was typed in front of it."""
    return "" if count is None or typed.strip()[:1].isdigit() else str(count)


def lacks_amount(name: str) -> bool:
    """Whether a name is the label of a supplement whose amount the checks would ask for."""
    return is_supplement(name) and any(each.short and not each.amount for each in named_in(name))


def _label(typed: str) -> str:
    from dosebell_host.reference.recognised import is_none

    if typed.strip() and is_none(typed):
        return ""
    if not _AMOUNT.fullmatch(typed.strip()):
        fix = 'write the number and the unit on the label, as "500 mg"; or none'
        raise Wrong(f"{show(typed)} is not an amount", fix)
    return _IN_UNITS.sub(" IU", " ".join(typed.split()))


def _mentioned_when(each: Mentioned, meals: Sequence[str]) -> str | None:
    """What was said with the name already."""
    named = tuple(meal for meal in meals if meal in each.meals)
    if not (each.at or named):
        return None
    return when_words(When(at=each.at) if each.at else When(meals=named))


def _mentioned_days(each: Mentioned, today: date) -> str:
    """What was said with the name already, where it can be read; else every day."""
    try:
        read_course(each.course, today)
    except Wrong:
        return "daily"
    return each.course or "daily"


def _if_other(typed: str, words: str) -> str:
    """What was understood, where that is not just what was typed."""
    return "" if typed.strip().lower() == words else words


def meals_in_order(meals: Mapping[str, int]) -> list[str]:
    """The meals as they come in the day."""
    return sorted(meals, key=lambda name: meals[name])
