"""Random lives as a laptop keeps them: every record, and every schedule that was in force.

with_history(tmp_path, seed=7)
Desk().types("log")
"""

from pathlib import Path

import lives
from domain import compiled
from dosebell_host.history.store import KnownBox
from laptop import opened
from life_driver import Life

BOX = "f67213b122a5d442"
JOURNAL = "7f3a91c4"


def with_history(folder: Path, seed: int) -> None:
    """Put what came of the life of that seed into the history in a folder."""
    keep(folder, lived(seed))


def lived(seed: int) -> Life:
    """The life of that seed, lived to its end."""
    life = lives.life(seed)
    assert life.live() == []
    return life


def keep(folder: Path, life: Life, records: int | None = None) -> None:
    """Put its first so many records into the history in a folder, None for all."""
    made = [compiled(reign.calendar.text) for reign in life.oracle.reigns]
    lines = life.oracle.books.lines[:records]
    last_s = max((line.utc or 0 for line in lines), default=0)
    kept = opened(folder)
    kept.note_box(KnownBox(BOX, "pico", "E66118C4E3", made[-1].revision, float(last_s)))
    kept.add_records(BOX, JOURNAL, [line.text for line in lines])
    for each in made:
        kept.save_schedule(each.revision, each.lines)
    kept.close()
