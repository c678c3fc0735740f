"""Set up, page by page, up to the file and to the box that gets it."""

import pytest
from test_steps import STORIES

from desk import Desk
from domain import Box
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.web.setup.steps import walk
from dosebell_host.wizard.written_file import text_of
from visit import Visit

HOME = {"timezone": "Europe/Berlin"}


@pytest.fixture
def laptop() -> Desk:
    """A laptop with a box beside it that has no schedule yet."""
    desk = Desk(Box.bare("2026-11-23 06:00"))
    desk.gets("status")
    return desk


@pytest.fixture
def visit(laptop: Desk) -> Visit:
    return Visit(laptop)


def answers(visit: Visit, said: dict[str, str]) -> str:
    """Go through the pages, typing these answers and leaving all else as it stands there."""
    words = visit.opens("/setup")
    for _ in range(12):
        if "This is your schedule" in words:
            return words
        form = visit.form("/setup")
        typed = {f"a.{key}": [each] for key, each in (HOME | said).items()}
        shown = {name: value for name, value in typed.items() if name in form}
        words = visit.sends("/setup", form | shown | {"go": "next"})
    raise AssertionError(words)


@pytest.mark.parametrize("name", STORIES)
def test_the_file_is_the_one_that_the_answers_make(visit: Visit, name: str) -> None:
    answers(visit, STORIES[name])
    form = visit.form("/setup/file")
    sent = visit.fetches("/setup/file", form)
    typed = {key.removeprefix("a."): value[0] for key, value in form.items()}
    at_s = from_unix(visit.laptop.reach.clock())
    made = walk(typed, at_s).answers
    assert made is not None
    assert sent.text == text_of(made, visit.laptop_day)
    assert sent.headers["content-disposition"] == 'attachment; filename="my.toml"'


def test_the_end_shows_the_week_and_how_the_answers_were_read(visit: Visit) -> None:
    words = answers(visit, STORIES["loosely typed"])
    assert "08:15" in words
    assert "Breakfast at, or none 08:15" in words
    assert "This page never flashes." in words


def test_what_is_not_understood_is_told_and_stays(visit: Visit) -> None:
    visit.opens("/setup")
    form = visit.form("/setup")
    words = visit.sends("/setup", form | {"a.timezone": ["Atlantis"], "a.breakfast": ["8.15"]})
    assert 'Not understood "Atlantis" is no time zone' in words
    assert "Read as: 08:15" in words
    assert visit.form("/setup")["a.timezone"] == ["Atlantis"]


def test_what_is_odd_is_asked_about_once(visit: Visit) -> None:
    visit.opens("/setup")
    odd = {"a.timezone": ["Europe/Berlin"], "a.breakfast": ["8.15"], "a.lunch": ["7:00"]}
    words = visit.sends("/setup", visit.form("/setup") | odd)
    assert "Is that right? 07:00 is before breakfast (08:15). It stays so if you go on." in words
    # Another one is asked about anew, and the same is an answer.
    words = visit.sends("/setup", visit.form("/setup") | {"a.lunch": ["7:30"]})
    assert "Is that right? 07:30 is before breakfast" in words
    assert "Vitamin D3 and K2" in visit.sends("/setup", visit.form("/setup"))


def test_going_back_shows_what_was_typed(visit: Visit) -> None:
    visit.opens("/setup")
    form = visit.form("/setup") | {"a.timezone": ["Europe/Berlin"], "a.breakfast": ["8.15"]}
    visit.sends("/setup", form | {"go": ["next"]})
    assert "a.d3" in visit.form("/setup")
    visit.sends("/setup", visit.form("/setup") | {"a.d3": ["1000 IU"], "go": ["back"]})
    form = visit.form("/setup")
    assert (form["a.breakfast"], form["a.d3"]) == (["8.15"], ["1000 IU"])


def test_the_box_gets_it_by_its_page(visit: Visit, laptop: Desk) -> None:
    answers(visit, STORIES["the usual"])
    words = visit.sends("/setup/put", visit.form("/setup/put"))
    assert "Not on the box yet" in words
    path = f"/box/{laptop.gets('status')['device_id']}/schedule"
    assert "Pushed to the box" in visit.sends(f"{path}/push", {})
    assert "D3 1000 IU" in laptop.gets("pull")["file"]


def test_an_unfinished_form_makes_no_file(visit: Visit) -> None:
    assert "not all of it is answered" in visit.sends("/setup/file", {"a.name": "Anna"})
    assert "not all of it is answered" in visit.sends("/setup/put", {"a.name": "Anna"})


def test_no_answer_becomes_markup(visit: Visit) -> None:
    hostile = "<script>alert(1)</script>\"'&"
    visit.opens("/setup")
    form = visit.form("/setup")
    visit.sends("/setup", {name: [hostile] for name in form} | {"a.x": [hostile]})
    assert "<script>alert" not in visit.source
    answers(visit, STORIES["the usual"] | {"name": hostile, "take": hostile})
    assert "<script>alert" not in visit.source
