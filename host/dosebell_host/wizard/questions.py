"""The answers to `dosebell new`: from options where they are there, else from a person.

Elsewhere than on a terminal what has a default takes it, and what has none must be said by its
option: no amount is ever proposed, and silence about medicines is not "none".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dosebell_host.errors import UsageError
from dosebell_host.schedule.values import Wrong, show
from dosebell_host.talk import Talk
from dosebell_host.wizard.answers import MEALS, Answers, Eaten
from dosebell_host.wizard.asking import Question, Said, ask_all
from dosebell_host.wizard.dose_questions import (
    DAILY,
    PARTS,
    dose_questions,
    meals_in_order,
    planned,
    read_yes,
)
from dosebell_host.wizard.head_questions import (
    AT_S,
    HEAD,
    SENTENCES,
    Sentence,
    apart_of,
    apart_question,
    has_vitamin,
    meals_of,
    now_of,
)
from dosebell_host.wizard.mentions import read_mentions
from dosebell_host.wizard.when_words import When, when_words

# What nobody is asked about things that an option names.
_UNASKED = {"which": "", "label": "none"}
_DOSE_FIX = 'write NAME; WHEN; DAYS; AMOUNT; LEFT, as "metformin 500 mg; breakfast; daily"'


def answered(
    options: Mapping[str, str | None],
    talk: Talk,
    at_s: int,
    doses: Sequence[str] = (),
    shown: Callable[[Answers], Iterable[str]] = lambda answers: (),
) -> Answers:
    """The answers, from options where they are there, else from the person, if one can be asked.

    `at_s`, in seconds since 2000, is now; `doses` are sentences about what rings besides; `shown`
    tells what the answers come to, before the last question. Raises `UsageError` for an option
    that does not fit, or that is missing.
    """
    are_listed = options.get("medicines") is not None

    def questions(said: Said) -> Iterator[Question]:
        for question in questions_after(said, are_listed):
            yield question
            if question.key in MEALS and options.get(question.key) is None:
                yield apart_question(question.key)
        if "medicines" in said:
            yield _last_question(talk, shown)

    return answers_of(ask_all(questions, options, known_before(at_s, doses), talk))


def known_before(at_s: int, doses: Sequence[str] = ()) -> Said:
    """What is known before the first question: the moment, and sentences about what rings."""
    return {AT_S: at_s, SENTENCES: [read_sentence(each) for each in doses]}


def questions_after(said: Said, are_listed: bool = False) -> Iterator[Question]:
    """All questions about the schedule, as far as the answers so far tell which there are.

    `are_listed` says that what was named as medicines does not ring, as an option has it.
    """
    yield from HEAD
    if "medicines" in said:
        yield from _about_things(said, are_listed)


def read_sentence(typed: str) -> Sentence:
    """One thing that rings, as `metformin 500 mg; breakfast and dinner; daily; 1 tablet; 60`."""
    name, *rest = (part.strip() for part in typed.split(";"))
    try:
        mentions = read_mentions(name)
    except Wrong as wrong:
        raise UsageError(wrong.message, where="--dose", fix=wrong.fix) from None
    if len(mentions) != 1 or len(rest) > len(PARTS):
        raise UsageError(f"{show(typed)} is not one dose", where="--dose", fix=_DOSE_FIX)
    said = dict(zip(PARTS, rest, strict=False))
    return Sentence(
        mentions[0], _UNASKED | {"rings": "yes", **dict.fromkeys(PARTS[1:], "")} | said
    )


def _about_things(said: Said, are_listed: bool) -> Iterator[Question]:
    meals, now = meals_in_order(meals_of(said)), now_of(said)
    before: list[str] = []
    for n, (each, given) in enumerate(_things(said, are_listed)):
        nth = before.count(each.name)
        yield from dose_questions(f"{n}.", each, meals, now, given, said=said, nth=nth)
        before.append(each.name)


def _things(said: Said, are_listed: bool) -> Iterator[Sentence]:
    """All that is taken besides D3 and K2. What an option lists as medicines does not ring."""
    yield from said[SENTENCES]
    for each in said["medicines"]:
        when = when_words(When(each.at)) if each.at else ""
        yield Sentence(each, _UNASKED | {"rings": "no", "at": when} if are_listed else {})


def _last_question(talk: Talk, shown: Callable[[Answers], Iterable[str]]) -> Question:
    def agreed(typed: str, said: Said) -> bool:
        if not rings(said):
            raise Wrong("nothing would ring", "write back, and let one of them ring")
        if not read_yes(typed):
            raise Wrong("nothing is written yet", "write yes, or back; Ctrl-C gives up")
        return True

    return Question(
        "write",
        "Write it (yes, or back)",
        agreed,
        lambda said: "yes",
        before=lambda said: shown(answers_of(said)) if rings(said) else (),
        given=None if talk.can_ask else "yes",
    )


def rings(said: Said) -> bool:
    """Whether anything rings after these answers."""
    return has_vitamin(said) or any(value for key, value in said.items() if key.endswith(".rings"))


def answers_of(said: Said) -> Answers:
    """What was said to all the questions."""
    things = [*(each.mentioned for each in said[SENTENCES]), *said["medicines"]]
    return Answers(
        zone=said["timezone"],
        name=said["name"],
        meals=meals_of(said),
        eaten=said.get("eat", Eaten()),
        d3=said["d3"],
        k2=said["k2"],
        meal=said.get("with", ""),
        course=said.get("days", DAILY),
        take=said.get("take", ""),
        count=said.get("stock"),
        others=tuple(planned(f"{n}.", each, said) for n, each in enumerate(things)),
        apart=apart_of(said),
    )
