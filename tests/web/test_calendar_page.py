"""The calendar of a box: a link to one thing, for whoever has it, until it is ended."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from domain import DROPS_DOSE, Box, dose, plan
from dosebell_host.export.calendar import CalendarPlan, Written, written
from dosebell_host.export.plan import Feeds
from dosebell_host.web.guard.secret import new_secret
from dosebell_host.web.guard.tries import AT_ONCE, ONE_EVERY_S
from ics_reader import planned
from pages import HOME, Page
from visits import Looking, Visit

MEAL = dose("d3k2", 'with = ["breakfast"]', 'take = "1 capsule"')
PERSON = '[person]\nname = "Anna Example"\nage = 52\nmedicines = ["warfarin"]\n'
FOUND, NONE, TOO_MANY, UNREADABLE = 200, 404, 429, 400


def at_noon(schedule: str = plan(DROPS_DOSE, MEAL)) -> Visit:
    return Visit(Box.with_schedule(schedule, at="2026-11-23 12:00"))


def page_of(visit: Visit) -> str:
    return f"/box/{visit.device_id}/calendar"


def linked(visit: Visit) -> dict[str, str]:
    """The links of the box by what they are for, once one was made."""
    path = page_of(visit)
    if "Make a link" in visit.reads(path).buttons:
        assert visit.presses(path, "Make a link") == ["The link is made."]
    return {
        said["id"]: said["value"] for tag, said in visit.reads(path).elements if tag == "input"
    }


def subscribed(visit: Visit) -> str:
    """The address that a calendar in the home network asks."""
    return linked(visit)["at-home"]


def outside(visit: Visit) -> TestClient:
    """A program of the home network without a cookie, nor anything else that a browser sends."""
    return TestClient(visit.app, raise_server_exceptions=False)


def status(visit: Visit, link: str) -> int:
    return outside(visit).get(link).status_code


def test_a_calendar_shows_what_the_preview_of_90_days_says(tmp_path: Path) -> None:
    visit, file = at_noon(), tmp_path / "my.toml"
    file.write_text(plan(DROPS_DOSE, MEAL))
    answer = outside(visit).get(subscribed(visit))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    items = visit.terminal.gets("preview", file, "--days", 90)["items"]
    assert sorted(planned(answer.content)) == sorted(
        (each["dose"].upper(), datetime.fromisoformat(each["due"]).astimezone(UTC))
        for each in items
    )
    assert len(items) > 90


def test_it_follows_a_push_and_the_day_and_goes_on_without_the_box(tmp_path: Path) -> None:
    visit, file = at_noon(), tmp_path / "my.toml"
    link = subscribed(visit)
    file.write_text(plan(dose("iron", 'at = ["23:00"]')))
    assert visit.terminal.types("push", file, "--yes").exit_code == 0
    assert {name for name, _ in planned(outside(visit).get(link).content)} == {"IRON"}
    visit.terminal.box = None
    visit.terminal.ahead_s = 2 * 86_400.0
    told = planned(outside(visit).get(link).content)
    assert told[0] == ("IRON", datetime(2026, 11, 25, 22, tzinfo=UTC))


def test_however_many_ask_at_once_it_is_made_once_and_anew_for_another_day_or_schedule(
    tmp_path: Path,
) -> None:
    visit, file, made = at_noon(), tmp_path / "my.toml", list[CalendarPlan]()
    link = subscribed(visit)

    def make(planned: CalendarPlan) -> Written:
        made.append(planned)
        return written(planned)

    visit.app.state.feeds = Feeds(make)
    # A watcher that looks is for one thread.
    visit.watcher.is_looking = False
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda _: outside(visit).get(link).content, range(40)))
    assert (len(set(told)), len(made)) == (1, 1)
    visit.watcher.is_looking = True
    file.write_text(plan(DROPS_DOSE))
    assert visit.terminal.types("push", file, "--yes").exit_code == 0
    for _ in range(2):
        outside(visit).get(link)
    assert len(made) == 2
    visit.terminal.box = None
    visit.terminal.ahead_s = 86_400.0
    for _ in range(2):
        outside(visit).get(link)
    assert [each.first.day for each in made] == [23, 23, 24]


def test_the_link_shows_as_often_as_it_is_copied_and_after_a_new_start() -> None:
    visit = at_noon()
    links = linked(visit)
    assert linked(visit) == links
    assert links["here"] == links["at-home"].replace(HOME, "127.0.0.1")
    again = Page(visit.terminal, Looking(visit.terminal), (HOME,))
    asked = TestClient(again.app).get(links["at-home"])
    assert (asked.status_code, len(planned(asked.content)) > 90) == (FOUND, True)


def test_where_only_this_laptop_is_served_it_says_how_a_phone_gets_there() -> None:
    visit = at_noon()
    subscribed(visit)
    alone = Page(visit.terminal, Looking(visit.terminal)).visitor().get(page_of(visit)).text
    assert ("dosebell web --lan" in alone, HOME in alone, "<svg" in alone) == (True, False, False)


@pytest.mark.parametrize("button", ["End this link", "Make a new link, and end this one"])
def test_a_link_that_was_ended_opens_nothing_any_more(button: str) -> None:
    visit = at_noon()
    link = subscribed(visit)
    visit.presses(page_of(visit), button)
    again = Page(visit.terminal, Looking(visit.terminal), (HOME,))
    after_a_start = TestClient(again.app).get(link).status_code
    assert (status(visit, link), after_a_start) == (NONE, NONE)
    # And one made then is another one.
    newer = subscribed(visit)
    assert (newer != link, status(visit, newer)) == (True, FOUND)


def test_a_link_is_ended_once_whoever_presses_twice() -> None:
    visit = at_noon()
    subscribed(visit)
    told = [visit.sends(f"{page_of(visit)}/end") for _ in range(2)]
    assert told == [
        ["The link is ended. What a calendar has read stays in it."],
        ["There was no link any more."],
    ]


def test_each_box_has_a_link_of_its_own() -> None:
    page = Page()
    for device_id in ("0001", "0002"):
        page.keys.calendars.make(device_id)
    links = [page.keys.calendars.of(each) for each in ("0001", "0002")]
    assert [each and page.keys.calendars.meant(each.secret) for each in links] == ["0001", "0002"]


def wrong(link: str) -> list[str]:
    """Addresses that are nearly that one."""
    secret = link.rpartition("/")[2].removesuffix(".ics")
    other = "A" if secret[-2] != "A" else "B"
    near = [secret[:-1], f"{secret}A", secret[:-2] + other + secret[-1], secret.swapcase(), ""]
    return [link.replace(secret, each) for each in [*near, "null", new_secret()]]


def test_what_is_nearly_the_link_is_none() -> None:
    visit = at_noon()
    answers = [outside(visit).get(each) for each in wrong(subscribed(visit))]
    assert {(each.status_code, b"VCALENDAR" in each.content) for each in answers} == {
        (NONE, False)
    }


def test_whoever_guesses_is_slowed_down_as_at_every_link_and_others_are_not() -> None:
    page = Page(lan=(HOME,))
    page.keys.calendars.make("f67213b122a5d442")
    guesses = [page.stranger(HOME).get(f"/calendar/{new_secret()}.ics") for _ in range(40)]
    assert [each.status_code for each in guesses] == [NONE] * AT_ONCE + [TOO_MANY] * 20
    other = TestClient(page.app, client=("192.168.1.30", 5000))
    address = f"http://{HOME}:{page.port}/calendar/x.ics"
    assert other.get(address).status_code == NONE
    page.clock.now_s += ONE_EVERY_S
    assert page.stranger(HOME).get("/calendar/x.ics").status_code == NONE


def test_the_link_leads_to_the_calendar_and_to_nothing_else() -> None:
    visit = at_noon()
    link = subscribed(visit)
    calendar, stranger = outside(visit), outside(visit)
    home, secret = link.split("/calendar/")
    answers = {
        "as a cookie": stranger.get(f"{home}/", headers={"cookie": f"dosebell-8722={secret}"}),
        "on to the page": calendar.get(f"{home}/"),
        "sent to": calendar.post(link),
        "under another name": calendar.get(link, headers={"host": "attacker.example"}),
        "below it": calendar.get(f"{link}/history"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "as a cookie": 403,
        "on to the page": 403,
        "sent to": 403,
        "under another name": 403,
        "below it": NONE,
    }
    assert not calendar.cookies


def test_it_tells_what_is_planned_and_nothing_of_the_person_or_of_what_was_taken() -> None:
    schedule = f'title = "Mornings"\n{plan(DROPS_DOSE, MEAL)}{PERSON}'
    visit = Visit(Box.with_schedule(schedule, at="2026-11-23 07:50").until("08:05"))
    assert visit.terminal.types("take", "drops").exit_code == 0
    text = outside(visit).get(subscribed(visit)).text
    told = [word in text for word in ("Mornings", "DROPS", "1 capsule", visit.device_id)]
    hidden = [word in text for word in ("Anna", "52", "warfarin", "taken", "missed")]
    assert (told, hidden) == ([True] * 4, [False] * 5)


def test_a_phone_sees_no_link_and_makes_and_ends_none() -> None:
    visit = at_noon()
    link = subscribed(visit)
    phone = Page(visit.terminal, Looking(visit.terminal), (HOME,)).phone()
    path = page_of(visit)
    answers = [phone.get(path), phone.post(f"{path}/make"), phone.post(f"{path}/end")]
    assert [each.status_code for each in answers] == [403] * 3
    secret = link.rpartition("/")[2]
    assert [secret in each.text for each in (*answers, phone.get("/boxes"))] == [False] * 4
    assert "calendar" not in phone.get("/boxes").text
    assert status(visit, link) == FOUND


def test_what_is_kept_is_this_users_alone() -> None:
    visit = at_noon()
    subscribed(visit)
    file = visit.app.state.desk.data / "calendars.json"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)]
    assert modes == [0o600, 0o700]


@pytest.mark.parametrize(
    "damage",
    [
        *("", "{", "[]", '{"calendars": 3}', '{"calendars": [{"secret": "a"}]}', "[" * 99_999),
        '{"calendars": [{"device_id": "a", "secret": "", "made_at": 0}]}',
    ],
)
def test_a_damaged_file_has_no_links(damage: str) -> None:
    visit = at_noon()
    link = subscribed(visit)
    (visit.app.state.desk.data / "calendars.json").write_text(damage)
    again = Page(visit.terminal, Looking(visit.terminal), (HOME,))
    addresses = [link, f"http://{HOME}:8722/calendar/.ics"]
    assert [TestClient(again.app).get(each).status_code for each in addresses] == [NONE] * 2


def test_a_link_that_cannot_be_kept_is_told_of() -> None:
    visit = at_noon()
    folder = visit.app.state.desk.data
    folder.parent.mkdir(exist_ok=True)
    (folder / "calendars.json").mkdir(parents=True)
    [told] = visit.presses(page_of(visit), "Make a link")
    assert told.startswith("this holds only until the page ends: ")
    assert status(visit, subscribed(visit)) == FOUND


def test_a_box_without_a_schedule_has_an_answer_that_is_no_calendar() -> None:
    visit = Visit(Box.bare())
    answer = outside(visit).get(subscribed(visit))
    assert (answer.status_code, "VCALENDAR" in answer.text) == (UNREADABLE, False)
    assert "no schedule of this box is known" in answer.text


def test_a_box_that_nobody_met_gets_no_link() -> None:
    visit = at_noon()
    assert "never met a box" in visit.reads("/box/0000/calendar", UNREADABLE).words
    visit.posts("/box/0000/calendar/make")
    assert visit.app.state.keys.calendars.of("0000") is None
