"""Years of four doses as a laptop keeps them, up to one and the same day."""

from pathlib import Path
from random import Random

from dosebell import civil, record
from dosebell.plan import Window
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.history.store import History, KnownBox
from dosebell_host.resources import FILE_NAME
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.read_file import parse
from page.gallery import many
from page.lives import BOX, Note, Reign, journal_lines

TODAY = "2036-11-29"
MONTH = TODAY[:7]
_JOURNAL = "7f3a91c4"
_FOUR = many(4)


def keep_since(folder: Path, first: str) -> None:
    """Put what a box of four doses noted since that date into the history in a folder."""
    made = compile_schedule(parse(_FOUR, "four"))
    last_s = civil.day_from_iso(TODAY) * civil.DAY_S + civil.UNIX_2000
    kept = History(SqliteFile(folder / FILE_NAME, print))
    kept.note_box(KnownBox(BOX, "pico", "E66118C4E3", made.revision, float(last_s)))
    kept.add_records(BOX, _JOURNAL, journal_lines([Reign(first, _FOUR)], TODAY, _punctual))
    kept.save_schedule(made.revision, made.lines)
    kept.close()


def _punctual(chance: Random, window: Window) -> Note:
    """Takes it ten minutes after it was due, every day for years."""
    return Note(record.TAKEN, window.dues[0] + 600)
