"""The page of a ward, and those of a box that is elsewhere: they show, and nothing is done."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from domain import D3K2_DOSE, Box, plan
from dosebell_host.actions.read_log import log_of_known
from dosebell_host.history.box_log import always
from dosebell_host.history.store import History
from dosebell_host.schedule.local_time import day_number, read_date
from dosebell_host.ward.gateways import take_off
from pages import Page
from visits import Read, Visit
from ward_people import NOW, Person, device_of, gateway_seen, ward_of_people
from ward_twin import TwinTables
from ward_visit import WardVisit, box_of_two

BOX = "f67213b122a5d442"
HOME = [
    Person("box-1", "Anna Berg", since=200, missed=["Drops"]),
    Person("box-2", "Berta", since=200, heard_ago_s=7200, gateway="trolley-2"),
    Person("box-3", "Carl", since=200),
]
EVIL = "<script>alert(1)</script>\"' onfocus=x {{7*7}} \N{RIGHT-TO-LEFT OVERRIDE}gnp"
SHOWN = " ".join(EVIL.replace("\N{RIGHT-TO-LEFT OVERRIDE}", " ").split())

_PRINTS = """#!/bin/sh
for word; do case $word in --print-to-pdf=*)
echo printed > "${word#--print-to-pdf=}";; esac; done
"""


def two_people() -> WardVisit:
    """A box of the ward that was Anna's, and is Berta's now."""
    tables = TwinTables()
    assert box_of_two(tables) == BOX
    return WardVisit(tables)


def rows_of(page: Read) -> list[str]:
    return re.findall(r'<tr role="row" id="resident-(\w+)"', page.html)


def test_the_table_has_a_row_for_each_resident() -> None:
    page = WardVisit(ward_of_people(HOME)).reads("/ward")
    assert rows_of(page) == [device_of(each) for each in HOME]
    for words in (
        "× 1 missed now",
        "? 1 silent",
        "3 of 3 shown; 1 fine.",
        "Anna Bergbox-1, at trolley-1",
        "× missed: Drops, due 04:00",
        "? unknown since 04:00",
        "✓ fine",
    ):
        assert words in page.words
    assert page.links["Anna Berg"] == f"/box/{device_of(HOME[0])}/history"


def test_the_filters_stay_in_the_address() -> None:
    visit = WardVisit(ward_of_people(HOME))
    page = visit.reads("/ward?need=&gateway=trolley-1&text=box")
    assert rows_of(page) == [device_of(HOME[0]), device_of(HOME[2])]
    [field] = [said for tag, said in page.elements if tag == "input"]
    chosen = [said for tag, said in page.elements if tag == "option" and "selected" in said]
    assert (field["value"], chosen) == ("box", [{"selected": ""}])
    missed = visit.reads(page.links["× 1 missed now"])
    assert rows_of(missed) == [device_of(HOME[0])]
    assert missed.links["Look again"] == "/ward?need=missed&gateway=trolley-1&text=box"
    assert "Nobody is so." in visit.reads("/ward?need=rings").words


def test_the_first_answer_of_a_home_of_300_is_small_and_leads_to_all_others() -> None:
    many = [Person(f"room-{n}", f"Person {n}", since=200, taken_days=28) for n in range(300)]
    visit = WardVisit(ward_of_people(many))
    page = visit.reads("/ward")
    assert len(page.html) < 100_000
    links = [f"/ward?page={n}" for n in range(1, 13)]
    assert [link for link in page.links.values() if "page=" in link] == links
    found = [row for link in links for row in rows_of(visit.reads(link))]
    assert sorted(found) == sorted(map(device_of, many))
    assert visit.reads(links[4]).links["Look again"] == links[4]


def test_each_row_has_one_picture_with_one_text() -> None:
    page = WardVisit(ward_of_people(HOME)).reads("/ward")
    labels = [said["aria-label"] for tag, said in page.elements if tag == "svg"]
    bars = [label for label in labels if " 2026" in label]
    assert len(bars) == 3
    assert bars[0].startswith("27 Oct 2026 to 23 Nov 2026: all taken on 2 of 3 days; missed on 23")


def test_a_gateway_that_is_silent_is_told_until_somebody_says_that_it_is_gone() -> None:
    tables = ward_of_people([replace(each, zone="Europe/Berlin") for each in HOME])
    gateway_seen(tables, "trolley-1", 30)
    gateway_seen(tables, "trolley-2", 7200)
    gateway_seen(tables, "old one", 86_400)
    visit = WardVisit(tables)
    told = visit.reads("/ward?need=rings").words
    for words in (
        "2 gateways are silent",
        "old one: not heard since Sun 22 Nov 06:00. If it is gone for good:"
        " dosebell ward gateways --gone 'old one'",
        "trolley-2, with its box: not heard since 04:00. If it is gone for good:"
        " dosebell ward gateways --gone trolley-2",
    ):
        assert words in told
    assert "trolley-1: not heard" not in told
    for name in ("old one", "trolley-2"):
        take_off(tables, name)
    found = visit.reads("/ward").words
    # Who was heard there last is still not known.
    assert ("--gone" in found, "unknown since" in found) == (False, True)


def test_a_laptop_that_has_met_no_box_leads_there() -> None:
    assert "/ward" in WardVisit(ward_of_people(HOME)).reads("/").links.values()
    assert "/ward" not in Read(Page().visitor().get("/").text).links.values()


def test_a_laptop_without_a_database_has_no_such_page() -> None:
    client = Page().visitor()
    assert client.get("/ward").status_code == 404
    assert "/ward" not in client.get("/boxes").text


def test_an_empty_database_says_what_to_do() -> None:
    assert "dosebell ward who BOX PERSON" in WardVisit(TwinTables()).reads("/ward").words


def test_a_phone_may_look_and_a_stranger_may_not() -> None:
    tables = ward_of_people(HOME)
    assert len(rows_of(WardVisit(tables, is_phone=True).reads("/ward"))) == 3
    page = WardVisit(tables).page
    for stranger in (page.stranger(), page.stranger("192.168.1.20")):
        answer = stranger.get("/ward")
        assert (answer.status_code, "Anna" in answer.text) == (403, False)
    assert page.stranger("evil.example").get("/ward").status_code >= 400


def test_a_database_that_is_away_is_told_in_a_sentence_and_the_pages_of_home_go_on() -> None:
    visit = WardVisit(ward_of_people(HOME))
    visit.reads("/ward")
    visit.database.goes()
    page = visit.reads("/ward?need=missed")
    assert "Nothing is known of the ward since" in page.words
    assert "db.local: no database answers; start it there." in page.words
    assert rows_of(page) == []
    for path in ("/", "/boxes", "/phones"):
        visit.reads(path)
    assert "db.local" in visit.reads(f"/box/{device_of(HOME[0])}/history", 503).words
    visit.database.comes_back()
    assert rows_of(visit.reads("/ward?need=missed")) == [device_of(HOME[0])]


def test_an_open_page_looks_again_by_itself_whether_the_database_answers_or_not() -> None:
    visit = WardVisit(ward_of_people(HOME))
    for _ in range(2):
        [main] = [said for tag, said in visit.reads("/ward").elements if tag == "main"]
        assert main["data-live"] == ""
        assert int(main["data-every"]) >= 10
        visit.database.goes()


@pytest.mark.parametrize("where", ["person", "box", "gateway", "need"])
def test_whatever_is_written_there_stays_words(where: str) -> None:
    said = [("fault", EVIL, "")] if where == "need" else []
    person = Person(
        EVIL if where == "box" else "box-1",
        EVIL if where == "person" else "Anna",
        since=200,
        gateway=EVIL if where == "gateway" else "trolley-1",
        needs=said,
    )
    visit = WardVisit(ward_of_people([person]))
    page = visit.reads("/ward")
    assert SHOWN in page.words
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.html
    assert [said for tag, said in page.elements if tag == "script"] == [
        {"src": "/static/live.js", "defer": ""}
    ]
    assert [said for _, said in page.elements if "style" in said or "onfocus" in said] == []


def test_a_name_stays_words_on_the_pages_of_that_person() -> None:
    visit = two_people()
    visit.database.tables.write("UPDATE persons SET person = ?", [(EVIL,)])
    for path in ("history", "day/2026-11-20"):
        page = visit.reads(f"/box/{BOX}/{path}")
        assert SHOWN in page.words
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.html
    report = visit.gets(f"/box/{BOX}/report").text
    assert "<script>alert" not in report
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in report


@pytest.mark.parametrize("person", ["علی\u200cپور", "Anna \N{WOMAN}\u200d\N{EAR OF RICE}"])
def test_what_joins_the_letters_of_a_name_stays_between_them(person: str) -> None:
    visit = two_people()
    visit.database.tables.write(ROWS["person"], [(person,)])
    for path in ("/ward", *(f"/box/{BOX}/{each}" for each in ("history", "day/2026-11-20"))):
        assert person in visit.reads(path).html
    assert person in visit.gets(f"/box/{BOX}/report").text


ROWS = {
    # Of two who have one name, the days would be those of one person.
    "person": "UPDATE persons SET person = ? WHERE from_day = (SELECT MAX(from_day) FROM persons)",
    "box": "INSERT INTO names (device_id, name) SELECT device_id, ? FROM boxes",
}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(
    "name", [EVIL, "long " * 10_000, ")" * 50_000], ids=["evil", "long", "))"]
)
def test_a_page_is_no_longer_and_turns_no_other_way_for_what_stands_in_a_row(
    row: str, name: str
) -> None:
    visit = two_people()
    paths = ["/ward", *(f"/box/{BOX}/{each}" for each in ("history", "day/2026-11-20", "report"))]
    before = [len(visit.gets(path).text) for path in paths]
    visit.database.tables.write(ROWS[row], [(name,)])
    for path, length in zip(paths, before, strict=True):
        answer = visit.gets(path)
        assert answer.status_code == 200
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in answer.text
        assert len(answer.text) < length + 3000, path


def test_whatever_is_asked_for_stays_words() -> None:
    visit = WardVisit(ward_of_people(HOME))
    for key in ("need", "gateway", "text"):
        answer = visit.client.get("/ward", params={key: EVIL})
        assert answer.status_code == 200
        scripts = [said for tag, said in Read(answer.text).elements if tag == "script"]
        assert scripts == [{"src": "/static/live.js", "defer": ""}]


# A box that is elsewhere.


def test_the_history_is_that_of_whoever_has_the_box_and_of_their_days_only() -> None:
    page = two_people().reads(f"/box/{BOX}/history")
    assert page.headings[0] == (1, "History of Berta")
    assert "16 Nov 2026 to 23 Nov 2026" in page.words
    days = [words for words in page.links if re.fullmatch(r"\w{3} \d+ Nov 2026", words)]
    assert days[-1] == "Mon 16 Nov 2026"
    assert "missed" not in page.words.rpartition("Day by day")[2]


def test_who_had_it_before_has_pages_of_their_own_days() -> None:
    visit = two_people()
    page = visit.reads(f"/box/{BOX}/history")
    before = visit.reads(page.links["Anna, from 2026-11-02 to 2026-11-15"])
    assert before.headings[0] == (1, "History of Anna")
    assert "2 Nov 2026 to 15 Nov 2026" in before.words
    assert "× missed" in before.words.rpartition("Day by day")[2]
    for asked in (
        "month=2026-11",
        "days=90d",
        "from=2026-11-01",
        "from=2026-11-01&until=2027-01-01",
    ):
        own = visit.reads(f"/box/{BOX}/history?{asked}")
        assert "16 Nov 2026 to 23 Nov 2026" in own.words
        assert "Sun 15 Nov" not in own.words


@pytest.mark.parametrize(("day", "who"), [("15", "Anna"), ("16", "Berta")])
def test_a_day_is_that_of_whoever_had_the_box_then(day: str, who: str) -> None:
    page = two_people().reads(f"/box/{BOX}/day/2026-11-{day}")
    assert f"{who} Day before" in page.words


def test_the_report_is_of_that_person() -> None:
    answer = two_people().gets(f"/box/{BOX}/report")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="report-2026-11-16-to-2026-11-23.html"'
    )
    assert "Berta" in answer.text
    assert "Anna" not in answer.text


def test_the_report_is_printed_where_this_laptop_has_kept_nothing_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text(_PRINTS, encoding="utf-8")
    chromium.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    visit = two_people()
    assert not visit.page.desk.data.exists()
    answer = visit.gets(f"/box/{BOX}/report?as=pdf")
    assert (answer.status_code, answer.text) == (200, "printed\n")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="report-2026-11-16-to-2026-11-23.pdf"'
    )
    assert list(visit.page.desk.data.iterdir()) == []


def test_the_pages_say_what_the_log_of_the_ward_says() -> None:
    visit = two_people()
    history = History(visit.database.tables)
    [box] = history.boxes()
    log = log_of_known(history, box, NOW, always)
    missed = sorted(each.day for each in log.outcomes if each.status == "missed")
    assert missed == [day_number(read_date("2026-11-15", "day"))] * 3


def test_nothing_can_be_done_at_a_box_that_is_elsewhere() -> None:
    visit = two_people()
    for path in (f"/box/{BOX}/history", f"/box/{BOX}/day/2026-11-20", "/ward"):
        page = visit.reads(path)
        assert "/schedule" not in page.html
        assert [said for tag, said in page.elements if said.get("method") == "post"] == []
    visit.reads(f"/box/{BOX}/schedule", 400)
    # And none of it has come into the history of this laptop.
    assert "This laptop has met no box yet." in visit.reads("/boxes").words


def test_a_box_that_this_laptop_has_met_is_its_own() -> None:
    home = Visit(Box.with_schedule(plan(D3K2_DOSE), at="2026-11-23 06:00"))
    home.reads("/")
    own = home.reads(f"/box/{BOX}/history")
    visit = two_people()
    assert visit.reads(f"/box/{BOX}/history").headings == own.headings


def test_a_box_that_nobody_knows() -> None:
    visit = two_people()
    assert "never met a box 123" in visit.reads("/box/123/history", 400).words


def test_somebody_who_has_a_box_since_it_was_last_heard() -> None:
    visit = two_people()
    visit.database.tables.write(
        "INSERT INTO persons VALUES (?, ?, ?)",
        [(BOX, "Carl", day_number(read_date("2026-11-25", "day")))],
    )
    visit.laptop.ahead_s = 3 * 86400
    page = visit.reads(f"/box/{BOX}/history", 400)
    assert "nothing was heard of this box since Carl has it" in page.words
