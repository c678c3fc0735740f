"""Asks which medicine a word for a kind means: `eye drops`, `inhaler`, `blood pressure pill`.

Whoever has two eye drops can tell them apart only by their names. Nobody has to know one: with
Enter the word itself stays.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dosebell_host.reference.nearest import key_of
from dosebell_host.schedule.values import Wrong, full_text, show
from dosebell_host.wizard.asking import Question, Said, yes_or_no
from dosebell_host.wizard.mentions import Mentioned, read_mentions

# How it is given, and where: of these words alone nobody can tell which one it is.
_FORMS = frozenset(
    """drop drops eyedrops eardrops spray sprays inhaler inhalers puffer
    puffers cream creams ointment gel lotion patch patches syrup injection""".split()
)
_BESIDE_FORMS = frozenset("eye ear nose nasal skin left right both my for in the".split())
# They say how it gets where it acts, so that a name without them means another thing.
_KEPT = frozenset("eye ear nose nasal skin".split()) | _FORMS
_SEVERAL = re.compile(
    r"(two|three|four|[2-4])\s+(?:(?:different|kinds? of|sorts? of)\s+)*(.+)", re.IGNORECASE
)
# "The blue one" is a blue inhaler.
_THE_ONE = re.compile(r"(?:the|my)\s+(.+?)(?:\s+ones?)?", re.IGNORECASE)
_NOT_KNOWN = frozenset({"", "don t know", "i don t know", "dont know", "not sure", "no idea"})
_PLURAL = re.compile(r"(inhaler|puffer|cream|spray|pill|tablet)s$")
_NUMBERS = {"two": 2, "three": 3, "four": 4}


def is_a_kind(name: str) -> bool:
    """Whether a name is a word for many things, of which one is meant."""
    from dosebell_host.reference.medicines_everyday import WHICH
    from dosebell_host.reference.recognised import reading_of

    words = set(key_of(name).split())
    is_form = bool(words & _FORMS) and words <= _FORMS | _BESIDE_FORMS
    return is_form or reading_of(name).question == WHICH


def each_of_several(found: Iterable[Mentioned]) -> tuple[Mentioned, ...]:
    """`two different eye drops` as two things."""
    return tuple(each for one in found for each in _each(one))


def _each(one: Mentioned) -> Sequence[Mentioned]:
    match = _SEVERAL.fullmatch(one.name)
    if not match or not is_a_kind(match[2]):
        return [one]
    count = _NUMBERS.get(match[1].lower()) or int(match[1])
    return [replace(one, name=_PLURAL.sub(r"\1", match[2]))] * count


def which_question(prefix: str, each: Mentioned, nth: int, given: str | None) -> Question:
    """Which one of its kind it is; `nth` says that as many of that kind came before it."""
    other = " (the other one)" if nth == 1 else f" (number {nth + 1})" if nth else ""
    return Question(
        which_key(prefix),
        f"{each.name}{other}: which one is it, by its label (Enter: {each.name})",
        lambda typed, said: _named(typed, each, said),
        asked=lambda said: is_a_kind(each.name),
        reply=_if_other,
        given=given,
    )


def named(prefix: str, each: Mentioned, said: Said) -> Mentioned:
    """What was mentioned, by the name that it has after the answers so far."""
    found = said.get(which_key(prefix), each)
    assert isinstance(found, Mentioned)
    return found


def which_key(prefix: str) -> str:
    return f"{prefix}which"


def _named(typed: str, each: Mentioned, said: Said) -> Mentioned:
    from dosebell_host.reference.recognised import is_none

    name, more = each.name, Mentioned("")
    if key_of(typed) not in _NOT_KNOWN and not is_none(typed):
        [more] = _one(refuse_yes(typed))
        name = _with_its_form(more.name, each.name)
    others = {value.name.lower() for key, value in said.items() if key.endswith(".which")}
    if name.lower() in others:
        raise Wrong(f'"{name}" stands there already', "write what else its label says")
    return replace(
        each,
        name=full_text(name),
        at=more.at or each.at,
        strength=more.strength or each.strength,
        meals=more.meals or each.meals,
        course=more.course or each.course,
    )


def refuse_yes(typed: str) -> str:
    """What was typed; `Wrong` for a yes or a no, which names nothing."""
    if yes_or_no(typed) is not None:
        raise Wrong(f"{show(typed)} is no name", 'write what stands on the packet, as "metformin"')
    return typed


def _one(typed: str) -> tuple[Mentioned, ...]:
    found = read_mentions(typed)
    if len(found) != 1:
        raise Wrong("these are several", "write one of them")
    return found


def _with_its_form(name: str, kind: str) -> str:
    """The name, and how it is given where only the kind has said so."""
    if the_one := _THE_ONE.fullmatch(name):
        name = the_one[1]
    said = set(key_of(name).split())
    kept = [word for word in kind.split() if set(key_of(word).split()) & _KEPT]
    form = [word for word in kept if not set(key_of(word).split()) <= said]
    return f"{name} {' '.join(kept)}" if kept and form == kept else " ".join([name, *form])


def _if_other(typed: str, value: Mentioned) -> str:
    return "" if typed.strip().lower() in ("", value.name.lower()) else value.name
