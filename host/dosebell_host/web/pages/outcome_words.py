"""What became of an occurrence, as every page says it: a mark, and its words."""

from dosebell import record
from dosebell_host.history.log_text import MARKS
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.marks import MARKS as MEANINGS
from dosebell_host.schedule.local_time import LocalTime


def outcome_mark(each: Outcome) -> str:
    """As in a terminal, where what is off by plan was skipped."""
    return MARKS[record.SKIPPED if each.off else each.status]


def outcome_words(each: Outcome, local: LocalTime) -> str:
    """Such as `taken late, 09:12`."""
    words = MEANINGS[each.status].words if each.status in MEANINGS else each.status
    return words if each.taken_s is None else f"{words}, {local.clock_on(each.day, each.taken_s)}"
