"""Today: what rings is answered by exactly the button that showed it, and by no other."""

from contextlib import closing

import pytest

from domain import DROPS_DOSE, Box, dose, plan
from dosebell_host.box.client import Meant
from dosebell_host.web.pages.at_box import boxes_now, last_read
from dosebell_host.web.pages.today_view import BoxToday, OpenDose, TakeBack, ToldDose, today_of
from visits import Visit

STOCKED = dose(
    "d3k2",
    'with = ["breakfast", "lunch"]',
    "stock = { count = 9, low = 8 }",
    "place = 3",
    'take = "1 capsule"',
)
TWO = plan(STOCKED, DROPS_DOSE)
TAKE, SKIP, SNOOZE = (f"{word} D3K2, due 07:30" for word in ("Take", "Skip", "Snooze"))
DROPS_NOW = ["Take DROPS, due 08:00", "Skip DROPS, due 08:00"]
UNDO = "Undo D3K2, due 07:30, taken, 07:41"
TAKEN = "D3K2 of 2026-11-23: taken at 2026-11-23 07:41, 8 left."
NOTED = "D3K2 of 2026-11-23: is noted already, at 07:41."
LOW = "D3K2: only 8 left."
AWAY = "It is not connected to this laptop, so nobody here knows whether it rings."
BOX = "f67213b122a5d442"

MONDAY_0730_S = 848730600
D3K2 = Meant("d3k2", "2026-11-23", 0, MONDAY_0730_S)
DROPS = Meant("drops", "2026-11-23", 0, MONDAY_0730_S + 1800)


def at_breakfast(until: str = "07:41") -> Visit:
    """The first dose rings since half past seven; the drops may be taken already."""
    return Visit(Box.with_schedule(TWO, at="2026-11-23 06:00").until(until))


def after_an_evening() -> Visit:
    """What was due on Monday at ten in the evening was missed at one in the morning."""
    evening = dose("drops", 'at = ["22:00"]', 'late = "3h"', days='["mon"]')
    box = Box.with_schedule(plan(evening), at="2026-11-23 21:00")
    return Visit(box.until("2026-11-24 08:00"))


def box_of(visit: Visit) -> Box:
    assert visit.terminal.box is not None
    return visit.terminal.box


def shown(visit: Visit) -> BoxToday:
    desk = visit.app.state.desk
    with closing(desk.open_history()) as history:
        [box] = boxes_now(desk, history)
        return today_of(box, last_read(desk, history, box), desk.now())


def fields(meant: Meant, **more: str) -> dict[str, str]:
    """What a button sends of an occurrence."""
    named = {"dose": meant.dose, "date": meant.date, "slot": str(meant.slot)}
    return {**named, "due": str(meant.due_s), **more}


def test_what_rings_and_what_can_be_taken_already_is_told_with_its_times() -> None:
    assert shown(at_breakfast()) == BoxToday(
        device_id=BOX,
        called=BOX,
        more="",
        is_current=True,
        heard="answers",
        as_of="",
        attention=(),
        rings=(
            OpenDose(
                D3K2,
                "D3K2",
                "1 capsule",
                "place 3",
                due="07:30",
                state="rings for 11 min",
                until="15:30",
                rings=True,
                can_snooze=True,
            ),
        ),
        open=(
            OpenDose(
                DROPS,
                "DROPS",
                "",
                "",
                due="08:00",
                state="can be taken already, until 11:00",
                until="11:00",
            ),
        ),
        next="DROPS on Mon 23 Nov at 08:00, in 19 min",
        told=(),
    )


def test_what_was_taken_is_told_with_what_takes_it_back_and_a_low_stock_needs_somebody() -> None:
    visit = at_breakfast()
    box_of(visit).press()
    found = shown(visit)
    assert (found.rings, found.told) == (
        (),
        (
            ToldDose(
                "taken",
                "✓",
                "D3K2",
                "07:30",
                "taken, 07:41",
                TakeBack(D3K2, MONDAY_0730_S + 660),
            ),
        ),
    )
    assert found.attention == ("D3K2: 8 left, runs out on Wed 2 Dec 2026; time to buy more.",)


def test_what_was_missed_needs_somebody() -> None:
    found = shown(at_breakfast(until="16:00"))
    assert found.attention == ("D3K2, due 07:30: missed.", "DROPS, due 08:00: missed.")


def test_what_was_missed_after_midnight_needs_somebody_for_a_day_also_once_the_box_is_away() -> (
    None
):
    visit = after_an_evening()
    missed = "DROPS, due Mon 23 Nov 22:00: missed."
    told = [shown(visit).attention]
    box_of(visit).until("2026-11-25 00:30")
    told.append(shown(visit).attention)
    box_of(visit).until("2026-11-25 01:30")
    told.append(shown(visit).attention)
    visit.terminal.box = None
    told.append(shown(visit).attention)
    assert told == [(missed,), (missed,), (), (AWAY, missed)]


def test_what_was_missed_yesterday_and_is_taken_now_needs_nobody() -> None:
    visit = after_an_evening()
    visit.reads("/")
    box_of(visit).request("dose.take", dose="drops", date="2026-11-23")
    assert shown(visit).attention == ()


def test_a_box_that_is_away_is_as_last_read_and_says_so() -> None:
    visit = at_breakfast()
    visit.reads("/")
    box_of(visit).press()
    visit.reads("/")
    visit.terminal.box = None
    found = shown(visit)
    assert (found.is_current, found.as_of, found.rings, found.open) == (
        False,
        "Mon 23 Nov 2026 07:41",
        (),
        (),
    )
    assert found.attention[0] == AWAY
    page = visit.reads("/")
    assert page.buttons == []
    assert "What happened since then is not known." in page.words
    assert "Nothing rings" not in page.words


@pytest.mark.parametrize(
    ("button", "story"),
    [
        (TAKE, "07:41 taken d3k2/0 host"),
        (SKIP, "07:41 skipped d3k2/0"),
        (SNOOZE, "07:41 snoozed d3k2/0"),
    ],
)
def test_each_button_is_done_at_the_box(button: str, story: str) -> None:
    visit = at_breakfast()
    visit.presses("/", button)
    assert box_of(visit).story()[-1].startswith(story.split(" by=")[0])


def test_an_answer_is_told_once_by_the_name_of_the_dose_and_can_be_taken_back() -> None:
    visit = at_breakfast()
    assert visit.presses("/", TAKE) == [LOW, TAKEN]
    page = visit.reads("/")
    assert (page.told, page.buttons) == ([], [*DROPS_NOW, UNDO])
    assert visit.presses("/", UNDO) == ["D3K2 of 2026-11-23: no longer taken, and asks again."]
    assert visit.reads("/").buttons[0] == TAKE


def test_between_two_looks_of_the_watcher_an_answer_is_shown_all_the_same() -> None:
    visit = at_breakfast()
    visit.reads("/")
    visit.watcher.is_looking = False
    visit.presses("/", SNOOZE)
    assert "is snoozed, and will ring again" in visit.reads("/").words
    visit.presses("/", TAKE)
    assert visit.reads("/").buttons == [*DROPS_NOW, UNDO]
    visit.watcher.is_looking = True
    visit.reads("/")
    visit.watcher.is_looking = False
    visit.presses("/", UNDO)
    assert visit.reads("/").buttons == [TAKE, SKIP, SNOOZE, *DROPS_NOW]


def test_of_two_who_answer_at_once_the_second_is_told_when_the_first_did() -> None:
    visit = at_breakfast()
    assert visit.presses("/", TAKE) == [LOW, TAKEN]
    box_of(visit).wait(60)
    for what in ("take", "skip", "snooze"):
        assert visit.sends(f"/box/{BOX}/answer", **fields(D3K2, what=what)) == [NOTED]
    assert box_of(visit).story("taken", "skipped", "snoozed") == ["07:41 taken d3k2/0 host"]


def test_a_stale_page_answers_nothing_else() -> None:
    visit = at_breakfast()
    box_of(visit).until("2026-11-24 07:31")
    before = box_of(visit).story()
    [told] = visit.sends(f"/box/{BOX}/answer", **fields(D3K2, what="take"))
    assert told == (
        "d3k2 of 2026-11-23 is not open any more: it is noted as missed; if it was taken:"
        " dosebell take d3k2 --date 2026-11-23 --at HH:MM."
    )
    assert box_of(visit).story() == before


def test_a_stale_undo_does_not_take_back_a_newer_answer() -> None:
    visit = at_breakfast()
    visit.presses("/", TAKE)
    old = fields(D3K2, answered=str(MONDAY_0730_S + 660))
    visit.presses("/", UNDO)
    box_of(visit).wait(120).press()
    [told] = visit.sends(f"/box/{BOX}/undo", **old)
    assert told == (
        "since that was shown, it was answered anew. d3k2 of 2026-11-23: is noted already, at"
        " 07:43. Look again, and take that back if you mean it."
    )
    assert box_of(visit).story()[-1] == "07:43 taken d3k2/0"


def test_what_was_taken_back_already_is_told() -> None:
    visit = at_breakfast()
    visit.presses("/", TAKE)
    old = fields(D3K2, answered=str(MONDAY_0730_S + 660))
    visit.presses("/", UNDO)
    assert visit.sends(f"/box/{BOX}/undo", **old) == [
        "D3K2 of 2026-11-23: is taken back already, and asks again."
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"what": "eat"},
        {"what": ""},
        {"dose": ""},
        {"date": "tomorrow"},
        {"slot": "first"},
        {"due": ""},
        {"due": "9" * 40},
        {"due": "٣"},
    ],
)
def test_a_form_that_no_button_sends_is_told_and_does_nothing(changed: dict[str, str]) -> None:
    visit = at_breakfast()
    before = box_of(visit).story()
    sent = {**fields(D3K2, what="take"), **changed}
    assert visit.sends(f"/box/{BOX}/answer", **sent) == [
        "what was sent is no answer of this page; load it again, and use its buttons."
    ]
    assert box_of(visit).story() == before


def test_a_box_that_is_gone_in_the_middle_is_told_and_nothing_is_lost() -> None:
    visit = at_breakfast()
    visit.reads("/")
    box, visit.terminal.box = visit.terminal.box, None
    [told] = visit.sends(f"/box/{BOX}/answer", **fields(D3K2, what="take"))
    assert told == (
        f"the box {BOX} is not there, or not the only one (boxes here: none);"
        " see `dosebell ports`."
    )
    visit.terminal.box = box
    assert visit.presses("/", TAKE) == [LOW, TAKEN]


def test_a_paired_phone_sees_no_buttons_and_why() -> None:
    visit = at_breakfast()
    visit.reads("/")
    phone = Visit(visit.terminal.box, is_phone=True)
    answer = phone.client.get("/")
    assert "<button" not in answer.text
    assert "This phone may look." in answer.text
    assert phone.client.post(f"/box/{BOX}/answer").status_code == 403
