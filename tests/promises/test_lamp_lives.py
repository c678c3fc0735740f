"""Random lives of a box with lamps, on a strip that fails and comes back at any moment.

They are the lives of test_lives.py, judged by the same oracle: the lamps change nothing of them.
"""

from random import Random

import pytest

import domain
import lives
from domain import Flash
from dosebell import wiring
from dosebell.lamps import FAULT, RHYTHMS, Lamps
from dosebell.record import SNOOZED
from life_driver import Life
from tally import trying

LIVES = 60
BATCH = 15
COUNT = 5
# Longer than half a period of what rings.
LOOKED_MS = 1200
# Within this a strip that failed is tried again.
AGAIN_MS = 500


class LampLife(Life):
    """The life of a number, with each dose in a compartment, of which the last has no lamp."""

    @classmethod
    def of(cls, seed: int) -> "LampLife":
        plain, chance = lives.life(seed), Random(seed)
        document = {**plain.document}
        document["dose"] = [
            {**each, "place": chance.randrange(1, COUNT + 2)} for each in document["dose"]
        ]
        made = cls(seed, plain.events, document, plain.start, plain.battery_clock)
        made.chance = chance
        made.has_failed = False
        assert isinstance(made.box.files, Flash)
        made.box.files.contents[wiring.PARTS] = (
            b'{"lamps":{"pin":16,"count":%d,"brightness":32}}' % COUNT
        )
        made.happens(("reset",))
        return made

    chance: Random
    has_failed: bool

    def happens(self, event: tuple[object, ...]) -> None:
        strip = self.box.world.board.lamp_strip
        if self.chance.random() < 0.3:
            strip.fails = not strip.fails
            self.note(f"the strip {'fails' if strip.fails else 'is back'}")
        super().happens(event)
        self._look_at_lamps()

    def _look_at_lamps(self) -> None:
        board = self.box.world.board
        lamps = board.lamps
        assert isinstance(lamps, Lamps)
        shows = {place: RHYTHMS[what] for place, what in enumerate(lamps.shows, 1) if what}
        wanted = self._wanted()
        if shows != wanted:
            self.judge.blame("lamps", f"{shows} is shown, and {wanted} is open")
        lit: set[int] = set()
        # A strip that is back goes dark at the next change, where nothing is open any more.
        lamps.play(AGAIN_MS)
        for _ in range(LOOKED_MS // 10):
            lamps.play(10)
            lit |= board.lamp_strip.shining
        blinking = {place for place, rhythm in wanted.items() if rhythm == "due"}
        if not board.lamp_strip.fails and not blinking <= lit <= set(wanted):
            self.judge.blame("lamps", f"{lit} were on within a second, and {wanted} is open")
        if set(self.box.request("status")["faults"]) & {"parts-file"}:
            self.judge.blame("lamps", "the file of parts is good")

    def _wanted(self) -> dict[int, str]:
        """What each lamp is to show, from what the view says is open, the slow and plain way."""
        opened = self.box.app.view.open
        asked = [each for each in opened if each.asked]
        snoozed = [each for each in opened if each.state == SNOOZED]
        shown = asked or snoozed
        wanted: dict[int, str] = {}
        for each in sorted(shown, key=lambda each: each.state != SNOOZED):
            if 1 <= each.place <= COUNT:
                wanted[each.place] = "snoozed" if each.state == SNOOZED else "due"
        return wanted


@pytest.mark.parametrize("first", range(0, LIVES, BATCH))
def test_lamps_and_a_strip_that_fails_break_no_promise(first: int) -> None:
    failed = 0
    for seed in range(first, first + BATCH):
        with trying("lives with lamps", f"seed {seed}"):
            lived = LampLife.of(seed)
            problems = lived.live()
            assert problems == [], lived.story()
        failed += FAULT in lived.box.request("status")["faults"]
        domain.compiled.cache_clear()
    assert failed, "a strip has failed"
