"""`dosebell add`: one more dose in a schedule, said by options or asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from dosebell_host.actions.changes.change import Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import doses_of_the_same, when_text
from dosebell_host.editing.blocks import with_blocks
from dosebell_host.errors import ManyErrors, UsageError, UserError
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.values import Wrong
from dosebell_host.talk import Talk
from dosebell_host.wizard.asking import Question, Questions, Said, all_from_options, ask_all
from dosebell_host.wizard.dose_questions import dose_questions, meals_in_order, planned
from dosebell_host.wizard.dose_text import dose_blocks
from dosebell_host.wizard.first_day import Now, minute_of
from dosebell_host.wizard.mentions import Mentioned, mentioned_words, read_mentions
from dosebell_host.wizard.when_words import when_words

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach

_Answers = Callable[[Questions, Mapping[str, str | None], Said, Talk], Said]

# What stands for a name that cannot be read.
_SOMETHING = Mentioned("something")
_NAME = "name"
_ONE = 'name one at a time, as "metformin 500 mg"'


def add(
    wishes: ChangeWishes,
    name: str | None,
    options: Mapping[str, str | None],
    talk: Talk,
    reach: "Reach",
) -> "Changed | PushReport":
    """Add what is called so; what the options do not say is asked, or takes its default.

    Raises `UsageError` where its name or an option does not fit, and as `change` does.
    """
    # A person is asked for it once it is known what to change.
    asks = name is None and talk.can_ask
    mentioned = None if asks else _one(name or "")
    return change(wishes, partial(_added, mentioned, options, talk), talk, reach)


def with_dose(name: str, options: Mapping[str, str | None], talk: Talk, source: Original) -> str:
    """The text with what is called so as one more dose, as `add` makes it.

    Raises `ManyErrors`, with a `UsageError` for its name and each option that does not fit.
    """
    wrong: list[UserError] = []
    try:
        mentioned = _one(name)
    except UsageError as error:
        wrong.append(error)
        # The rest can be read all the same, but for what is asked of some names only.
        mentioned, options = _SOMETHING, {**options, "label": None}
    try:
        text = _added(mentioned, options, talk, source, all_from_options)
    except ManyErrors as error:
        wrong += error.problems
    if wrong:
        raise ManyErrors(wrong)
    return text


def _asked_of_all(
    questions: Questions, options: Mapping[str, str | None], said: Said, talk: Talk
) -> Said:
    """As `ask_all`; whoever has typed a wrong name with the command may go back to it."""
    return ask_all(questions, options, said, talk, open_to_change=said)


def _name_question(mentioned: Mentioned | None) -> Question:
    def read(typed: str, said: Said) -> Mentioned:
        try:
            return _one(typed)
        except UsageError as error:
            raise Wrong(error.message, error.fix) from None

    return Question(
        _NAME,
        'What to add, as on the label: "metformin 500 mg"',
        read,
        lambda said: mentioned_words(mentioned) if mentioned else None,
    )


def _one(name: str) -> Mentioned:
    try:
        found = read_mentions(name) if name.strip() else ()
    except Wrong as wrong:
        raise UsageError(wrong.message, where="NAME", fix=wrong.fix) from None
    if len(found) != 1:
        several = f"these are {len(found)}" if found else "there is no name"
        raise UsageError(several, where="NAME", fix=_ONE)
    return found[0]


def _added(
    mentioned: Mentioned | None,
    options: Mapping[str, str | None],
    talk: Talk,
    source: Original,
    answers: _Answers = _asked_of_all,
) -> str:
    schedule = source.schedule
    meals = meals_in_order({meal.name: meal.minutes[0] for meal in schedule.meals})
    of_today = {meal.name: meal.minutes[source.today.weekday()] for meal in schedule.meals}
    now = Now(source.today, minute_of(source.local), of_today)
    first = _name_question(mentioned)

    def questions(said: Said) -> Iterator[Question]:
        yield first
        if _NAME in said:
            given = {"rings": "yes"}
            yield from dose_questions("", said[_NAME], meals, now, given, said=said)

    said = answers(questions, options, {} if mentioned is None else {_NAME: mentioned}, talk)
    new = planned("", said[_NAME], said)
    if not (talk.can_ask or said[_NAME].sure or options.get("when")):
        talk.note(f"The times of {new.name} are taken as {when_words(new.when)}.")
    if listed := _listed(schedule, new.name):
        talk.note(
            f"{listed} stands among the medicines of [person], too, and counts twice for the"
            " checks: `dosebell edit` takes it out there."
        )
    _ask_where_there(schedule, new.name, talk)
    blocks = dose_blocks(new, (dose.id for dose in schedule.doses))
    return source.titled(with_blocks(source.text, "dose", blocks))


def _ask_where_there(schedule: Schedule, name: str, talk: Talk) -> None:
    """A second one of the same is rarely meant: the box would ring for both."""
    same = [f"{dose.id} at {when_text(dose)}" for dose in doses_of_the_same(schedule, name)]
    if not same:
        return
    there = f"{name} is there already: {', '.join(same)}"
    talk.agree([there], "Add it all the same")
    # Whoever said --yes has seen no question.
    if not talk.can_ask:
        talk.note(f"{there}.")


def _listed(schedule: Schedule, name: str) -> str:
    """The medicine of the person that is called so, or ""."""
    medicines = (schedule.person.medicines if schedule.person else None) or ()
    return next((each.name for each in medicines if each.name.lower() == name.lower()), "")
