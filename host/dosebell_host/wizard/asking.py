"""Asks questions one after the other: an option answers one, else a person, who may go back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dosebell_host.errors import ManyErrors, UsageError
from dosebell_host.schedule.values import Wrong
from dosebell_host.talk import Talk

# The answers so far, by the keys of the questions.
Said = dict[str, Any]

BACK = "back"


def _no() -> bool:
    return False


@dataclass(frozen=True)
class Doubt:
    """What is odd about an answer, as a question; the answer stands where it is given again."""

    prompt: str
    instead: str


@dataclass(frozen=True)
class Question:
    """One question; `key` names its answer, and is the option that gives it.

    `default` is None where there is none to take. `must` says whether somebody has to answer it,
    `asked` whether it is one after the answers so far. `reply` is said to what was typed and what
    was read in it, `before` is shown ahead of it, `given` answers it whatever the options are.
    """

    key: str
    prompt: str
    read: Callable[[str, Said], Any]
    default: Callable[[Said], str | None] = lambda said: ""
    must: Callable[[], bool] = _no
    asked: Callable[[Said], bool] = lambda said: True
    reply: Callable[[str, Any], str] = lambda typed, value: ""
    before: Callable[[Said], Iterable[str]] = lambda said: ()
    given: str | None = None
    # What is odd about a value that a person typed, and what is proposed in its place; or None.
    doubt: Callable[[Any, Said], "Doubt | None"] = lambda value, said: None
    # Why an option for it does not fit where it is not asked.
    lacking: str = "there is nothing that it belongs to"


# The questions, as far as the answers so far tell which there are.
Questions = Callable[[Said], Iterable[Question]]


def ask_all(
    questions: Questions, options: Mapping[str, str | None], said: Said, talk: Talk
) -> Said:
    """All answers: from options where they are there, else from the person, if one can be asked.

    `said` holds what is known before. Raises `UsageError` for an option that does not fit, or
    that is missing.
    """
    if not talk.can_ask:
        _refuse_silence(questions(said), options)
    typed: list[str] = []
    while question := _next(questions, said, options):
        given = question.given if question.given is not None else options.get(question.key)
        if given is not None or not talk.can_ask:
            said[question.key] = _from_option(question, given, said)
        elif _answered_by_person(question, said, talk):
            typed.append(question.key)
        else:
            _go_back(typed, said, talk)
    return said


def all_from_options(
    questions: Questions, options: Mapping[str, str | None], said: Said, talk: Talk
) -> Said:
    """As `ask_all` where nobody can be asked, as of a form: all that does not fit is told at once.

    Raises `ManyErrors`, with a `UsageError` for each option that does not fit.
    """
    wrong: list[UsageError] = []
    for question in questions(said):
        given = question.given if question.given is not None else options.get(question.key)
        try:
            if question.asked(said):
                said[question.key] = _from_option(question, given, said)
            elif given is not None:
                raise UsageError(question.lacking, where=f"--{question.key}")
        except UsageError as error:
            wrong.append(error)
    if wrong:
        raise ManyErrors(wrong)
    return said


def unsaid(silent: Iterable[Question]) -> UsageError:
    """That these were not answered, and nobody is there to be asked."""
    names = ", ".join(f"--{each.key}" for each in silent)
    fix = "each may be none but the zone; `dosebell new --help` shows how"
    return UsageError(f"there is nobody to ask, so these must be said: {names}", fix=fix)


def _next(questions: Questions, said: Said, options: Mapping[str, str | None]) -> Question | None:
    for question in questions(said):
        if question.key in said:
            continue
        if question.asked(said):
            return question
        if options.get(question.key) is not None:
            raise UsageError(question.lacking, where=f"--{question.key}")
    return None


def _refuse_silence(questions: Iterable[Question], options: Mapping[str, str | None]) -> None:
    silent = [each for each in questions if options.get(each.key) is None and each.must()]
    if silent:
        raise unsaid(silent)


def _from_option(question: Question, given: str | None, said: Said) -> Any:
    text = given if given is not None else question.default(said) or ""
    try:
        return question.read(text, said)
    except Wrong as wrong:
        # The questions about one of several things have a number in front.
        name = "dose" if question.given is not None else question.key.rpartition(".")[2]
        raise UsageError(wrong.message, where=f"--{name}", fix=wrong.fix) from None


def _answered_by_person(question: Question, said: Said, talk: Talk) -> bool:
    """Ask until there is an answer; False where the person wants the question before."""
    for line in question.before(said):
        talk.note(line)
    prompt, default, doubted = question.prompt, question.default(said), object()
    while True:
        typed = talk.ask(prompt, default)
        if typed is None:
            # Whoever was there has gone.
            raise unsaid([question])
        if typed.strip().lower() == BACK:
            return False
        try:
            value = question.read(typed, said)
        except Wrong as wrong:
            talk.note(f"  {wrong.message}; {wrong.fix}.")
            continue
        if value != doubted and (doubt := question.doubt(value, said)):
            prompt, default, doubted = doubt.prompt, doubt.instead, value
            continue
        if reply := question.reply(typed, value):
            talk.note(f"  {reply}")
        said[question.key] = value
        return True


def _go_back(typed: list[str], said: Said, talk: Talk) -> None:
    """Forget the last answer that was typed, and what was taken from options after it."""
    if not typed:
        talk.note("  This is the first question.")
        return
    last = typed.pop()
    keys = list(said)
    for key in keys[keys.index(last) :]:
        del said[key]
