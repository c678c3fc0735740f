"""The clock of a box is set from the page where that is needed, and a jump is asked for."""

from dataclasses import replace

from domain import D3K2, Box
from dosebell_host.watch.view import BoxView
from visits import Looking, Read, Visit

BOX = "f67213b122a5d442"
SET = f"Set the clock of {BOX} to this laptop's"


class OfABoard(Looking):
    """What it sees is no virtual box, whose time would be its own."""

    def views(self) -> tuple[BoxView, ...]:
        return tuple(_real(view) for view in super().views())


def _real(view: BoxView) -> BoxView:
    assert view.status is not None
    hello = replace(view.status.hello, board="pico")
    return replace(view, status=replace(view.status, hello=hello))


def laptop_ahead_of(seconds: float) -> Visit:
    visit = Visit(Box.with_schedule(D3K2, at="2026-11-23 06:00"))
    visit.use(OfABoard(visit.terminal))
    visit.terminal.ahead_s = seconds
    return visit


def test_a_clock_that_is_right_cannot_be_set() -> None:
    page = laptop_ahead_of(0).reads("/boxes")
    assert SET not in page.buttons


def test_a_clock_that_is_off_is_told_on_both_pages_and_set() -> None:
    visit = laptop_ahead_of(3600)
    assert "Its clock is 1 h behind this laptop's." in visit.reads("/").words
    assert "1 h behind this laptop's" in visit.reads("/boxes").words
    assert visit.presses("/boxes", SET) == ["Set: 1 h forward."]
    assert visit.terminal.box is not None
    assert visit.terminal.box.now == "2026-11-23 07:00:00"


def test_a_jump_of_more_than_a_day_is_asked_for() -> None:
    visit = laptop_ahead_of(3 * 86_400)
    box = visit.terminal.box
    assert box is not None
    asked = Read(visit.posts(f"/boxes/{BOX}/clock").text)
    assert "the box's clock is 3 days behind, and would jump" in asked.words
    assert box.now == "2026-11-23 06:00:00"
    [button] = [each for each in asked.buttons if each == "Set it"]
    action, fields = asked.forms[button]
    assert visit.sends(action or f"/boxes/{BOX}/clock", **fields) == ["Set: 3 days forward."]
    assert box.now == "2026-11-26 06:00:00"
