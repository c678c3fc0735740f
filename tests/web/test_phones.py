"""Phones: paired by a link that is good for once, and they may look."""

import html
import stat

import pytest

from desk import MONDAY_S
from dosebell_host.web.guard.keys import PAIRED_TWICE_S, PAIRING_VALID_S
from dosebell_host.web.guard.phones import Phone
from dosebell_host.web.pages.phones import shown_phone
from pages import HOME, PORT, Page

OFFER = "/pair?key="


def a_page() -> Page:
    return Page(lan=(HOME,))


def link_on(page: Page) -> str:
    """The address that the code on the laptop's page leads to, without its host."""
    text = page.visitor().get("/phones/new").text
    assert "<svg" in text and "viewBox=" in text and "style=" not in text
    return text.partition(f"http://{HOME}:{PORT}")[2].partition("<")[0]


def test_a_phone_is_paired_in_two_steps_by_a_name_of_its_own() -> None:
    page = a_page()
    phone = page.stranger(HOME)
    link = link_on(page)
    assert "Pair this phone" in phone.get(link).text
    key = link.removeprefix(OFFER)
    landed = phone.get("/pair/phone", params={"key": key, "name": "Anna"})
    assert (landed.status_code, landed.url.path, "may look" in landed.text) == (200, "/", True)
    assert "Let Anna look no more" in page.visitor().get("/phones").text


def test_a_link_pairs_one_phone_and_is_not_used_up_by_looking_at_it() -> None:
    page = a_page()
    key = link_on(page).removeprefix(OFFER)
    for _ in range(3):
        page.stranger(HOME).get("/pair", params={"key": key})
        page.stranger(HOME).head("/pair/phone", params={"key": key})
    statuses = [
        page.stranger(HOME).get("/pair/phone", params={"key": key}).status_code for _ in range(3)
    ]
    assert (statuses, len(page.keys.phones.all())) == ([200, 403, 403], 1)


def test_a_button_that_is_tapped_twice_pairs_one_phone_and_lets_it_in() -> None:
    page = a_page()
    link = link_on(page)
    form = page.stranger(HOME).get(link).text.partition('name="form" value="')[2].partition('"')[0]
    query = {"key": link.removeprefix(OFFER), "name": "Anna", "form": form}
    # A browser keeps only what it is answered to its second press.
    page.stranger(HOME).get("/pair/phone", params=query, follow_redirects=False)
    phone = page.stranger(HOME)
    second = phone.get("/pair/phone", params=query).status_code
    other = page.stranger(HOME).get("/pair/phone", params=query | {"form": "x"}).status_code
    page.clock.now_s += PAIRED_TWICE_S
    late = page.stranger(HOME).get("/pair/phone", params=query).status_code
    assert (second, other, late, len(page.keys.phones.all())) == (200, 403, 403, 1)
    assert phone.get("/").status_code == 200


def test_over_the_network_neither_a_launch_link_nor_its_cookie_lets_anybody_in() -> None:
    page = a_page()
    token, owner = page.keys.launch_token(), page.visitor()
    abroad = page.stranger(HOME)
    entered = abroad.get("/enter", params={"token": token}, follow_redirects=False).status_code
    abroad.cookies.set(page.keys.cookie_name, owner.cookies[page.keys.cookie_name])
    used = [abroad.get("/").status_code, abroad.post("/phones/revoke").status_code]
    here = page.stranger().get("/enter", params={"token": token}).status_code
    assert (entered, used, here, owner.get("/").status_code) == (403, [403, 403], 200, 200)


def test_a_link_ends_after_some_minutes() -> None:
    page = a_page()
    key = link_on(page).removeprefix(OFFER)
    page.clock.now_s += PAIRING_VALID_S
    assert page.stranger(HOME).get("/pair/phone", params={"key": key}).status_code == 403


def test_a_launch_token_pairs_no_phone_and_a_pairing_link_lets_no_browser_in() -> None:
    page = a_page()
    token, key = page.keys.launch_token(), page.keys.pairing.make()
    wrong = [
        page.stranger(HOME).get("/pair/phone", params={"key": token}).status_code,
        page.stranger(HOME).get("/enter", params={"token": key}).status_code,
    ]
    assert wrong == [403, 403]


@pytest.mark.parametrize("path", ["/phones", "/phones/new"])
def test_a_phone_is_not_told_how_another_gets_in(path: str) -> None:
    answer = a_page().phone().get(path)
    assert (answer.status_code, "may look, not act" in answer.text, "/pair" in answer.text) == (
        403,
        True,
        False,
    )


def test_a_revoked_phone_is_out_at_once_and_a_kept_one_stays_after_a_new_start() -> None:
    page = a_page()
    lost, kept = page.phone("lost"), page.phone("kept")
    key = next(each.key for each in page.keys.phones.all() if each.name == "lost")
    told = page.visitor().post("/phones/revoke", data={"phone": key})
    assert "lost may look no more." in told.text
    assert (lost.get("/").status_code, kept.get("/").status_code) == (403, 200)
    again = a_page().stranger(HOME)
    again.cookies = kept.cookies
    assert again.get("/").status_code == 200


def test_what_is_kept_of_phones_is_this_users_alone_and_lets_nobody_in() -> None:
    page = a_page()
    cookie = page.phone().cookies[page.keys.cookie_name]
    [file] = page.desk.data.glob("phones*")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file, page.desk.data)]
    assert (modes, cookie in file.read_text()) == ([0o600, 0o700], False)


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"phones": 3}', '{"phones": [{"key": "a"}]}', "[" * 99_999]
)
def test_a_damaged_file_pairs_nobody(damage: str) -> None:
    page = a_page()
    phone = page.phone()
    (page.desk.data / "phones.json").write_text(damage)
    again = a_page()
    client = again.stranger(HOME)
    client.cookies = phone.cookies
    assert (client.get("/").status_code, again.keys.phones.all()) == (403, [])
    # It is told, and what is left of it stays until somebody looks at it.
    said, text = again.keys.phones.trouble, html.unescape(again.visitor().get("/phones").text)
    [aside] = page.desk.data.glob("phones-damaged-*.json")
    assert (aside.read_text(), str(aside) in said, said in text) == (damage, True, True)
    again.phone()
    later = a_page()
    assert (later.keys.phones.trouble, aside.exists()) == ("", True)
    assert "cannot be read" not in later.visitor().get("/phones").text


def test_a_name_is_text_whatever_it_is() -> None:
    page = a_page()
    page.phone("<script>alert(1)</script>\x1b[31m\u202e")
    page.phone(" \n ")
    text = page.visitor().get("/phones").text
    assert ("<script>alert" in text, "\x1b" in text, "\u202e" in text) == (False, False, False)
    assert "a phone" in [each.name for each in page.keys.phones.all()]


@pytest.mark.parametrize(
    ("ago_s", "seen"),
    [(-5, "just now"), (599, "just now"), (600, "10 min ago"), (9 * 86_400, "9 days ago")],
)
def test_the_list_says_since_when_and_when_it_last_looked(ago_s: float, seen: str) -> None:
    phone = Phone("a", "Anna", MONDAY_S, MONDAY_S)
    said = shown_phone(phone, MONDAY_S + ago_s).since
    assert said == f"Paired on Mon 23 Nov 2026, last seen {seen}."


def test_where_only_this_laptop_is_served_no_link_is_made() -> None:
    visitor = Page().visitor()
    assert "dosebell web --lan" in visitor.get("/phones").text
    assert visitor.get("/phones/new").status_code == 400


def test_it_says_plainly_that_nothing_is_encrypted() -> None:
    page = a_page()
    texts = [page.visitor().get(path).text for path in ("/phones", "/phones/new")]
    texts.append(page.stranger(HOME).get(link_on(page)).text)
    assert ["unencrypted" in text for text in texts] == [True] * 3
