"""Asks questions one after the other: an option answers one, else a person, who may go back."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dosebell_host.errors import ManyErrors, UsageError
from dosebell_host.schedule.values import Wrong, show
from dosebell_host.talk import Talk

# The answers so far, by the keys of the questions.
Said = dict[str, Any]

BACK = "back"
# Says nothing, where an answer that was given before is offered again.
NOTHING = "none"
_NOTHING = frozenset({NOTHING, "-"})
# The default of a question whether an answer was read as it was meant.
AGREED = "yes"
# Begins a reply that says again all that was typed.
UNDERSTOOD = "understood: "

_YES = frozenset({*"y yes yeah yep ok okay sure certainly ja oui si sí".split(), "of course"})
_NO = frozenset("n no nope non nein".split())
_POLITE = re.compile(r"[,.! ]+(?:please|thanks|thank you|bitte|of course)$")
_ENTER = re.compile(r"\(Enter( for|:) ([^)]*)\)")


_UNSURE = re.compile(
    r"(?:i )?(?:don['’]?t|do not|dunno)(?: know)?|not sure|no idea|unsure|\?+", re.IGNORECASE
)
_TAKE_IT = "Take what stands in [ ] with Enter, or ask somebody who knows and begin again."


def is_unsure(typed: str) -> bool:
    return bool(_UNSURE.fullmatch(typed.strip().rstrip(".!")))


def yes_or_no(typed: str) -> bool | None:
    """What `yes please` means; None for what is neither."""
    word = _POLITE.sub("", typed.strip().lower().rstrip(".!"))
    return (word in _YES) if word in _YES or word in _NO else None


def sentence(wrong: Wrong) -> str:
    """What is wrong and what would be right, as a person is told it."""
    return f"{wrong.message}{' ' if wrong.message.endswith(('?', '.')) else '; '}{wrong.fix}"


def _no() -> bool:
    return False


@dataclass(frozen=True)
class Doubt:
    """What is odd about an answer, as a question; the answer stands where it is given again.

    Where `instead` is yes, that is taken for the answer, too; `otherwise` is told to a no.
    """

    prompt: str
    instead: str
    otherwise: str = ""


@dataclass
class _Typed:
    """What a person typed: the keys in order, and every answer by its question, for it is offered
    again to whoever comes back. Of several things each has prompts with its name.
    """

    keys: list[str]
    earlier: dict[tuple[str, str], str] = field(default_factory=dict)


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
    # What a person may have meant by an answer that was wrong, to be asked about; "" for none.
    guess: Callable[[str], str] = lambda typed: ""
    # An answer together with the one before it that was refused, where it goes on with that.
    going_on: Callable[[str, str], str] = lambda refused, typed: typed
    # What somebody does who does not know the answer.
    unsure: str = ""
    # Why an option for it does not fit where it is not asked.
    lacking: str = "there is nothing that it belongs to"


# The questions, as far as the answers so far tell which there are.
Questions = Callable[[Said], Iterable[Question]]


def ask_all(
    questions: Questions,
    options: Mapping[str, str | None],
    said: Said,
    talk: Talk,
    open_to_change: Iterable[str] = (),
) -> Said:
    """All answers: from options where they are there, else from the person, if one can be asked.

    `said` holds what is known before; of that `open_to_change` names the answers to which a person
    may go back. Raises `UsageError` for an option that does not fit, or
    that is missing.
    """
    if not talk.can_ask:
        _refuse_silence(questions(said), options)
    typed = _Typed(list(open_to_change))
    while question := _next(questions, said, options):
        given = question.given if question.given is not None else options.get(question.key)
        if given is not None or not talk.can_ask:
            said[question.key] = _from_option(question, given, said)
            _say_guess(question, given, said, talk)
        elif _answered_by_person(question, said, talk, typed.earlier):
            typed.keys.append(question.key)
        else:
            _go_back(typed.keys, said, talk)
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
                _say_guess(question, given, said, talk)
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


def _say_guess(question: Question, given: str | None, said: Said, talk: Talk) -> None:
    """An answer of an option that is a guess is said back, for nobody was asked about it."""
    value = said[question.key]
    doubt = question.doubt(value, said) if given else None
    if given and doubt and doubt.instead == AGREED:
        taken = question.reply(given, value).removeprefix(UNDERSTOOD)
        talk.note(f"{show(given)} is taken as {taken}.")


def _answered_by_person(
    question: Question, said: Said, talk: Talk, earlier: dict[tuple[str, str], str]
) -> bool:
    """Ask until there is an answer; False where the person wants the question before."""
    for line in question.before(said):
        talk.note(line)
    first = _first_prompt(question, said, earlier)
    (prompt, default), doubted, answer, doubt, refused = first, object(), "", None, ""
    while True:
        typed = talk.ask(prompt, default)
        if typed is None:
            # Whoever was there has gone.
            raise unsaid([question])
        if typed.strip().lower() == BACK:
            return False
        agreed = yes_or_no(typed) if doubt and doubt.instead == AGREED else None
        if doubt and agreed is False:
            talk.note(f"  {doubt.otherwise}")
            (prompt, default), doubted, doubt = first, object(), None
            continue
        typed = "" if _is_nothing(typed, question, said) else answer if agreed else typed
        if is_unsure(typed):
            if question.default(said) != "":
                talk.note(f"  {question.unsure or _TAKE_IT}")
                continue
            typed = ""
        typed = question.going_on(refused, typed)
        try:
            value = question.read(typed, said)
        except Wrong as wrong:
            refused = typed
            # Enter where there is nothing to take says nothing that could be wrong.
            if guess := question.guess(typed):
                doubt = Doubt(f"  {guess}?", AGREED, f"Then {wrong.fix}.")
                prompt, default, answer = doubt.prompt, doubt.instead, guess
                continue
            told = sentence(wrong) if typed.strip() else f"Nothing was typed; {wrong.fix}"
            talk.note(f"  {told}.")
            continue
        if value != doubted and (doubt := question.doubt(value, said)):
            prompt, default, doubted, answer = doubt.prompt, doubt.instead, value, typed
            continue
        if not agreed and (reply := question.reply(typed, value)):
            talk.note(f"  {reply}")
        said[question.key] = value
        earlier[question.key, question.prompt] = typed
        return True


def _is_nothing(typed: str, question: Question, said: Said) -> bool:
    """Whether somebody wants to say nothing, where Enter may have another meaning by now."""
    return typed.strip().lower() in _NOTHING and question.default(said) == ""


def _first_prompt(
    question: Question, said: Said, earlier: Mapping[tuple[str, str], str]
) -> tuple[str, str | None]:
    """What is asked, and what Enter takes: what was answered before, if anything was."""
    before = earlier.get((question.key, question.prompt), "").strip()
    if not before:
        return question.prompt, question.default(said)
    # Enter keeps it now; what it meant before has a word of its own.
    return _ENTER.sub(rf"({NOTHING}\1 \2)", question.prompt), before


def _go_back(typed: list[str], said: Said, talk: Talk) -> None:
    """Forget the last answer that was typed, and what was taken from options after it."""
    if not typed:
        talk.note("  This is the first question.")
        return
    last = typed.pop()
    keys = list(said)
    for key in keys[keys.index(last) :]:
        del said[key]
