"""The questions of the wizard, some of them on a page; nothing of it is kept between two pages.

A page carries every answer that was typed so far. They are read again from the first question on,
by the wizard's own readers, so that an earlier answer may be changed at any time: what hangs on it
is asked again where it no longer fits. The first page on which an answer is missing, or not
understood, is the one to show; and so is one with an answer that is a guess of what was meant, or
odd, until it is sent once more as it was when its page asked about it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.answers import Answers
from dosebell_host.wizard.asking import Question, Said, sentence
from dosebell_host.wizard.questions import answers_of, known_before, questions_after, rings

__all__ = ["Field", "Page", "Walk", "walk"]

# The questions that stand on one page, by their keys; those about one thing that is taken stand on
# a page of their own.
_PAGES = (
    ("Where, who and when you eat", "timezone name breakfast eat lunch dinner"),
    ("Vitamin D3 and K2", "d3 k2"),
    ("When you take it", "with days take stock"),
    ("All else", "medicines"),
)
_PAGE_OF = {key: n for n, (_, keys) in enumerate(_PAGES) for key in keys.split()}
# What Enter means on a terminal, as `(Enter: not said)`.
_ENTER = re.compile(r"\s*\(Enter: ([^)]*)\)")
# What stands behind the name of a thing in the first question about it.
_ITS_NAME = re.compile(r": (?:shall the box|which one)")
_YES_NO = "rings"
# Behind the key of a question: its answer as it was when it was asked about.
ASKED = ".asked"


@dataclass(frozen=True)
class Field:
    """One question: what stands in its field, what is wrong with that, what was understood, and
    what is asked back about it.
    """

    key: str
    label: str
    hint: str
    value: str
    wrong: str = ""
    reply: str = ""
    doubt: str = ""

    @property
    def is_yes_or_no(self) -> bool:
        return self.key.rpartition(".")[2] == _YES_NO


@dataclass(frozen=True)
class Page:
    """Some questions at once, and their number among the pages, from 0 on."""

    number: int
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Walk:
    """All pages up to the first that is not answered; `answers` once all of them are."""

    pages: tuple[Page, ...]
    answers: Answers | None
    nothing_rings: bool = False

    @property
    def replies(self) -> list[tuple[str, str]]:
        """What was understood otherwise than typed, or more than that: the question, the words."""
        return [
            (field.label, field.reply)
            for page in self.pages
            for field in page.fields
            if field.reply
        ]


def walk(typed: Mapping[str, str], at_s: int) -> Walk:
    """The pages after these answers, typed by the keys of the questions; `at_s` is now, in seconds
    since 2000.
    """
    said = known_before(at_s)
    pages: list[Page] = []
    while (first := _unanswered(said)) is not None:
        page, read = _page(first, typed, said)
        pages.append(page)
        if read is None:
            return Walk(tuple(pages), None)
        said |= read
    if not rings(said):
        return Walk(tuple(pages), None, nothing_rings=True)
    return Walk(tuple(pages), answers_of(said))


def _unanswered(said: Said) -> Question | None:
    return next(
        (each for each in questions_after(said) if each.key not in said and each.asked(said)), None
    )


def _page(first: Question, typed: Mapping[str, str], said: Said) -> tuple[Page, Said | None]:
    """The page of that question, and what was said on it; None unless all of it can be read."""
    number = _number(first.key)
    # As far as an answer is missing, the page is drawn as if its default had been taken.
    trial, read = dict(said), True
    fields: list[Field] = []
    for question in _of_page(number, trial):
        field, is_read = _field(question, typed, trial)
        fields.append(field)
        read = read and is_read
    page = Page(number, _title(number, first), tuple(fields))
    return page, trial if read else None


def _of_page(number: int, said: Said) -> Iterator[Question]:
    """The questions of a page that are asked, each after the answers to those before it."""
    for question in questions_after(said):
        if _number(question.key) == number and _is_asked(question, said):
            yield question


def _is_asked(question: Question, said: Said) -> bool:
    try:
        return question.asked(said)
    except KeyError:
        # It hangs on an answer that is wrong; with that put right it may well be asked.
        return True


def _field(question: Question, typed: Mapping[str, str], said: Said) -> tuple[Field, bool]:
    """The field of a question, and whether it was answered; what was read of it goes to `said`."""
    given = question.given if question.given is not None else typed.get(question.key)
    text = given if given is not None else _default(question, said)
    wrong = reply = doubt = ""
    try:
        value = question.read(text, said)
    except (Wrong, KeyError) as error:
        if isinstance(error, Wrong) and given is not None:
            wrong = sentence(error)
        is_read = False
    else:
        said[question.key], is_read = value, given is not None
        if given is not None:
            reply, doubt = question.reply(text, value), _doubt(question, value, said)
            is_read = not doubt or typed.get(f"{question.key}{ASKED}") == text
    label, hint = _words(question.prompt)
    return Field(question.key, label, hint, text, wrong, reply, doubt), is_read


def _doubt(question: Question, value: object, said: Said) -> str:
    """What a terminal would ask back, for a page, where going on is a yes."""
    with suppress(KeyError):
        if doubt := question.doubt(value, said):
            asks = doubt.prompt.strip().removesuffix(f"; {question.key} at")
            asks = f"{asks[:1].upper()}{asks[1:]}{'' if asks.endswith('?') else '.'}"
            if doubt.otherwise:
                return f"{asks} If so, go on. If not: {doubt.otherwise}"
            return f"{asks} It stays so if you go on."
    return ""


def _default(question: Question, said: Said) -> str:
    with suppress(KeyError, IndexError):
        return question.default(said) or ""
    return ""


def _words(prompt: str) -> tuple[str, str]:
    """The question without what a key does on a terminal, and what an empty field means."""
    empty = _ENTER.search(prompt)
    return _ENTER.sub("", prompt), f"Left empty: {empty[1]}" if empty else ""


def _number(key: str) -> int:
    """The number of the page on which a question stands."""
    if key in _PAGE_OF:
        return _PAGE_OF[key]
    return len(_PAGES) + int(key.partition(".")[0])


def _title(number: int, first: Question) -> str:
    if number < len(_PAGES):
        return _PAGES[number][0]
    return _ITS_NAME.split(first.prompt)[0]
