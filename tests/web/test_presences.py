"""Boxes that are busy, silent or several; a history that cannot be written; a real line."""

from dataclasses import replace
from itertools import pairwise

import pytest

from domain import D3K2, DROPS, Box
from dosebell_host.watch.view import BoxView, Presence
from visits import Looking, Visit

BOX = "f67213b122a5d442"
BUSY = "Another program speaks with it just now."
SILENT = "It is plugged in and does not answer."


class Told(Looking):
    """A watcher that says of every box that it is so."""

    presence = Presence.BUSY

    def views(self) -> tuple[BoxView, ...]:
        return tuple(replace(view, presence=self.presence) for view in super().views())


def at_breakfast(presence: Presence) -> Visit:
    visit = Visit(Box.with_schedule(D3K2, at="2026-11-23 06:00").until("07:31"))
    visit.reads("/")
    watcher = Told(visit.terminal)
    watcher.presence = presence
    visit.use(watcher)
    return visit


def test_a_busy_box_shows_what_it_said_last_and_its_buttons() -> None:
    page = at_breakfast(Presence.BUSY).reads("/")
    assert BUSY in page.words
    assert page.buttons[0] == "Take D3K2, due 07:30"


@pytest.mark.parametrize("presence", [Presence.SILENT, Presence.AWAY])
def test_a_box_that_says_nothing_is_never_told_to_be_fine(presence: Presence) -> None:
    page = at_breakfast(presence).reads("/")
    assert page.headings[1] == (2, "Needs attention")
    assert "This is what was last read of it" in page.words
    assert page.buttons == []


def test_a_first_visit_is_welcomed() -> None:
    page = Visit().reads("/")
    assert page.headings == [(1, "Welcome")]
    assert "This laptop has met no box yet." in page.words


def test_the_history_of_a_box_that_was_never_here_today_is_shown() -> None:
    visit = Visit(Box.with_schedule(DROPS, at="2026-11-23 06:00").until("09:00"))
    visit.reads("/")
    visit.terminal.box = None
    later = Visit()
    assert "DROPS" in later.reads(f"/box/{BOX}/history").words
    assert later.reads("/").headings[0][0] == 1


def test_headings_never_skip_a_level_and_buttons_have_names_of_their_own() -> None:
    visit = at_breakfast(Presence.HERE)
    for path in ("/", "/boxes", f"/box/{BOX}/history", f"/box/{BOX}/day/2026-11-23"):
        page = visit.reads(path)
        levels = [level for level, _ in page.headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(set(page.buttons)) == len(page.buttons)
        assert all("scope" in said for tag, said in page.elements if tag == "th")
