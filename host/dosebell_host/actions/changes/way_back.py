"""How a dose that was taken out comes back: the `dosebell add` that makes just the same one, tried
on the text without it; else the lines that it had in the file.
"""

from collections.abc import Iterator

from dosebell_host.actions.changes.add import with_dose
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import when_text
from dosebell_host.editing.blocks import block_lines
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.schedule.days import LAST_OF_MONTH, WEEKDAYS, Days
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.read_file import parse
from dosebell_host.talk import Talk, no_note
from dosebell_host.wording import and_list, command_text

_NTH = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
# Another one of that name may be there: whoever types the command is asked.
_AGREES = Talk(no_note, agree=lambda losses, question: None)
_EDIT = "To put it back, write this again with"


def way_back(source: Original, place: int, without: str, wishes: ChangeWishes) -> list[str]:
    """The lines that tell it of the dose at that place (from 0); `without` is the text that has it
    no more.
    """
    dose = source.schedule.doses[place]
    options = dict(_options(dose))
    after = Original(without, source.name, source.at_s, source.undone)
    meant = [*(["--file", str(wishes.file)] if wishes.file else [])]
    if _is_made_by(dose, options, after):
        said = [word for option, value in options.items() for word in (f"--{option}", value)]
        command = command_text(wishes.port, "add", dose.name, *said, *meant)
        return ["To put it back:", f"  {command}"]
    edit = command_text(wishes.port, "edit", *([str(wishes.file)] if wishes.file else []))
    block = block_lines(source.text, "dose", place)
    return [f"{_EDIT} {edit}:", *(f"  {line}" for line in block)]


def _is_made_by(dose: DoseEntry, options: dict[str, str], after: Original) -> bool:
    """Whether `add` with these options makes the very same dose."""
    try:
        made = parse(with_dose(dose.name, options, _AGREES, after), after.name)
    except (ManyErrors, UserError):
        return False
    return made.doses[-1] == dose


def _options(dose: DoseEntry) -> Iterator[tuple[str, str]]:
    yield "when", when_text(dose)
    days = f"{_days(dose.days)}{_ends(dose)}"
    if days != _days(Days("daily")):
        yield "days", days
    if dose.take:
        yield "take", dose.take
    if dose.stock:
        yield "stock", str(dose.stock.count)


def _ends(dose: DoseEntry) -> str:
    first = f" from {dose.start}" if dose.start else ""
    return first + (f" until {dose.end}" if dose.end else "")


def _days(days: Days) -> str:
    """As the question for the days takes it."""
    if days.kind == "week":
        return and_list(WEEKDAYS[day] for day in days.numbers)
    if days.kind == "every":
        return f"every {days.numbers[0]} days"
    if days.kind == "cycle":
        return "{} on, {} off".format(*days.numbers)
    if days.kind == "month":
        return f"the {and_list(map(_nth, days.numbers))}"
    return "daily"


def _nth(day: int) -> str:
    return "last" if day == LAST_OF_MONTH else f"{day}{_NTH.get(day, 'th')}"
