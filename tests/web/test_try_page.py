"""A virtual box on the page: switched on, answered, hurried along, and gone without a trace."""

from collections.abc import Iterator

import pytest

from desk import Desk
from visit import Visit


@pytest.fixture
def visit() -> Iterator[Visit]:
    """A browser at the page of a laptop without any box."""
    visit = Visit(Desk())
    yield visit
    visit.sends("/try/stop", {})


def on(visit: Visit, file: str = "d3-k2-breakfast.toml") -> str:
    visit.opens("/try")
    return visit.sends("/try/start", {"file": file})


def ringing(visit: Visit) -> str:
    """As soon as its time has come to the dose, ten seconds of its own ahead."""
    box = visit.app.state.trials.box
    visit.sends("/try/speed", {"speed": "60"})
    version = 0
    while not box.seen().rings:
        version = box.wait(version, 60)
    return visit.opens("/try")


def test_it_is_switched_on_with_the_schedule_of_choice(visit: Visit) -> None:
    words = on(visit, "organiser-7.toml")
    assert "It is nobody's box, and nothing of it is kept." in words
    assert "Light: nothing to do" in words
    assert visit.source.count('class="off light-off"') == 7


def test_it_rings_and_a_press_answers(visit: Visit) -> None:
    on(visit)
    words = ringing(visit)
    assert "Light: time to take it" in words
    assert "Rings: Vitamin D3 1000 IU" in words
    visit.sends("/try/press", {"press": "short"})
    box = visit.app.state.trials.box
    version = 0
    while box.seen().rings:
        version = box.wait(version, 60)
    assert "d3k2 taken" in visit.opens("/try")


def test_time_leaps_to_the_next_dose(visit: Visit) -> None:
    on(visit)
    before = visit.app.state.trials.box.seen()
    visit.sends("/try/leap", {})
    after = visit.app.state.trials.box.seen()
    assert (before.day, after.day) != (after.day, before.day)


def test_there_is_one_at_a_time_and_none_after_it_is_switched_off(visit: Visit) -> None:
    on(visit)
    first = visit.app.state.trials.box
    on(visit, "organiser-7.toml")
    assert visit.app.state.trials.box is not first
    assert "Try it without a box" in visit.sends("/try/stop", {})
    assert visit.app.state.trials.box is None
    assert "no box runs here" in visit.sends("/try/press", {"press": "short"})


def test_it_stands_among_no_boxes(visit: Visit) -> None:
    on(visit)
    assert visit.laptop.gets("boxes")["items"] == []
    assert "virtual" not in visit.opens("/").lower()


def test_what_cannot_be_started_is_said(visit: Visit) -> None:
    assert "there is no such ready-made schedule" in on(visit, "../mine.toml")
    on(visit)
    visit.sends("/try/press", {"press": "for ever"})
    visit.sends("/try/speed", {"speed": "1000000"})
    assert visit.app.state.trials.box.seen().speed == 1


def test_each_change_of_it_is_another_number_for_the_stream(visit: Visit) -> None:
    visit.opens("/try")
    numbers = [visit.app.state.trials.number]
    on(visit)
    numbers.append(visit.app.state.trials.number)
    ringing(visit)
    numbers.append(visit.app.state.trials.number)
    visit.sends("/try/stop", {})
    numbers.append(visit.app.state.trials.number)
    assert numbers[0] == ""
    assert len(set(numbers)) == len(numbers)
