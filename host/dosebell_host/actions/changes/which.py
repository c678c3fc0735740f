"""Which dose or meal of a schedule a person's word means."""

import difflib

from dosebell_host.errors import UserError
from dosebell_host.schedule.model import DoseEntry, Meal, Schedule


def dose_meant(schedule: Schedule, word: str) -> tuple[int, DoseEntry] | None:
    """The dose of that id, else the only one with that word in its name; and its place."""
    wanted = word.strip().lower()
    doses = list(enumerate(schedule.doses))
    exactly = [each for each in doses if each[1].id == wanted]
    named = exactly or [each for each in doses if wanted and wanted in each[1].name.lower()]
    return named[0] if len(named) == 1 else None


def meal_meant(schedule: Schedule, word: str) -> Meal | None:
    wanted = word.strip().lower()
    return next((meal for meal in schedule.meals if meal.name == wanted), None)


def unknown_dose(schedule: Schedule, word: str) -> UserError:
    """That nothing is called so, with what is there."""
    ids = [dose.id for dose in schedule.doses]
    near = difflib.get_close_matches(word.lower(), ids, n=1, cutoff=0.5)
    meant = f'did you mean "{near[0]}"? There' if near else "there"
    count = "is" if len(ids) == 1 else "are"
    message = f'no dose, or not just one, is called "{word}"'
    return UserError(message, fix=f"{meant} {count} {', '.join(ids)}", code="no-dose")
