"""The life of one box as gateways bring it to a ward, in pieces, and as one laptop reads it.

story = WardStory.of(lived(7), Random(7))
for batch in story.batches(): ward.add(batch)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from domain import compiled
from dosebell import civil
from dosebell_host.history.box_log import BoxLog, box_log
from dosebell_host.history.records import JournalId, is_record
from dosebell_host.history.store import History
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.ward.ward import Batch, Numbered
from laptop import opened
from life_driver import Life

BOX = "f67213b122a5d442"
JOURNALS = ("7f3a91c4", "0b11d2aa", "e2950f13")
SERIALS = ("E66118C4E3", "E66118C4F4")
SEEN_S = 1795323600.0
NOON = 1795431600  # 2026-11-23 12:00 in Berlin
DAY_S = civil.DAY_S


def batch_of(
    *lines: str, box: str = BOX, schedules: dict[str, list[str]] | None = None, **said: Any
) -> Batch:
    """A batch of these records, whose schedule is the first of those."""
    numbered = tuple((int(line.partition(" ")[0]), line) for line in lines)
    there = schedules or {}
    made = Batch(
        *(box, SERIALS[0], "pico", next(iter(there), ""), "east", JOURNALS[0], numbered),
        *(there, "", SEEN_S),
    )
    return made._replace(**said)


@dataclass
class WardStory:
    """What a box wrote, by journal; and what a copy of its flash wrote in another board."""

    chance: Random
    schedules: dict[str, list[str]]
    revision: str
    journals: dict[JournalId, list[Numbered]] = field(default_factory=dict)
    of_clone: dict[JournalId, list[Numbered]] = field(default_factory=dict)

    @classmethod
    def of(cls, life: Life, chance: Random) -> "WardStory":
        """That life; now and then its journal is wiped, loses some lines, or its flash is copied
        into another board.
        """
        made = [compiled(reign.calendar.text) for reign in life.oracle.reigns]
        story = cls(chance, {each.revision: each.lines for each in made}, made[-1].revision)
        lines = [line.text for line in life.oracle.books.lines]
        wipes = sorted(chance.sample(range(1, len(lines)), chance.choice([0, 0, 1, 2])))
        for journal, first, end in zip(JOURNALS, [0, *wipes], [*wipes, len(lines)], strict=False):
            story.journals[journal] = _numbered_anew(lines[first:end])
        if chance.random() < 0.3:
            story._lose_some()
        if chance.random() < 0.3:
            story._copy_the_flash()
        return story

    def batches(self) -> Iterator[Batch]:
        """Those pieces in some order; of some a half, and some twice."""
        pieces = [each for serial in SERIALS for each in self._pieces(serial)]
        how = self.chance.choice(["in order", "nearly", "any"])
        if how == "any":
            self.chance.shuffle(pieces)
        elif how == "nearly":
            for place in range(1, len(pieces), 3):
                pieces[place - 1 : place + 1] = reversed(pieces[place - 1 : place + 1])
        for piece in list(pieces):
            if self.chance.random() < 0.3:
                half = piece._replace(lines=piece.lines[: len(piece.lines) // 2])
                pieces.insert(self.chance.randrange(len(pieces) + 1), half)
        # What a gateway has not read yet comes later.
        late = set(self.chance.sample(sorted(self.schedules), len(self.schedules) // 3))
        for place, piece in enumerate(pieces):
            if place == len(pieces) - 1:
                late = set()
            there = {key: lines for key, lines in self.schedules.items() if key not in late}
            yield piece._replace(schedules=there)

    def on_a_laptop(self, folder: Path) -> History:
        """All of it in the history of one laptop that read the box itself."""
        kept = opened(folder)
        for of_board in (self.journals, self.of_clone):
            for journal, lines in of_board.items():
                kept.add_records(BOX, journal, [line for _, line in lines])
        for revision, lines_of_it in self.schedules.items():
            kept.save_schedule(revision, lines_of_it)
        return kept

    def _pieces(self, serial: str) -> Iterator[Batch]:
        of_board = self.journals if serial == SERIALS[0] else self.of_clone
        for journal, lines in of_board.items():
            at = 0
            while at < len(lines):
                size = self.chance.choice([1, 3, 10, 40])
                cut = tuple(lines[at : at + size])
                gateway = self.chance.choice(["east", "west"])
                yield Batch(
                    BOX, serial, "pico", self.revision, gateway, journal, cut, {}, "", SEEN_S
                )
                at += size

    def _lose_some(self) -> None:
        for lines in self.journals.values():
            del lines[len(lines) // 3 : len(lines) // 2]

    def _copy_the_flash(self) -> None:
        """From some record on the copy goes on a second later, under the same numbers."""
        journal = list(self.journals)[-1]
        lines = self.journals[journal]
        since = self.chance.randrange(len(lines))
        later = [(seq, _a_second_later(line)) for seq, line in lines[since:]]
        self.of_clone[journal] = lines[:since] + later


def whole_log(history: History, revision: str) -> BoxLog:
    """All that is kept of the box."""
    lines = history.schedule(revision) or []
    return box_log(history, BOX, lines, LocalTime(plan_of(lines).zone), civil.DAY_S)


def _numbered_anew(lines: list[str]) -> list[Numbered]:
    rest = [line.partition(" ")[2] for line in lines]
    return [(seq, f"{seq} {each}") for seq, each in enumerate(rest, 1)]


def _a_second_later(line: str) -> str:
    seq, boot, utc, *rest = line.split(" ")
    later = utc if utc == "-" else str(int(utc) + 1)
    made = " ".join((seq, boot, later, *rest))
    return made if is_record(made) else line
