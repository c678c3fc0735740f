"""Who gets in: by a link, once; and whoever guesses does not."""

import stat

import pytest
from starlette.testclient import TestClient

from dosebell_host.web.guard.keys import LAUNCH_VALID_S, invite
from dosebell_host.web.guard.secret import new_secret
from pages import PORT, Page

IN, OUT, TOO_MANY = 303, 403, 429


def enters(client: TestClient, token: str) -> int:
    return client.get("/enter", params={"token": token}, follow_redirects=False).status_code


def test_a_link_leads_to_the_clean_address_with_a_cookie_for_this_port() -> None:
    page = Page()
    query = {"token": page.keys.launch_token()}
    answer = page.stranger().get("/enter", params=query, follow_redirects=False)
    cookie, _, flags = answer.headers["set-cookie"].partition("=")
    assert (answer.status_code, answer.headers["location"], cookie) == (
        IN,
        "/",
        f"dosebell-{PORT}",
    )
    assert flags.split("; ", 1)[1] == "HttpOnly; Path=/; SameSite=strict"


def test_a_link_lets_in_once() -> None:
    page = Page()
    token = page.keys.launch_token()
    assert [enters(page.stranger(), token) for _ in range(3)] == [IN, OUT, OUT]


def test_a_link_that_is_only_looked_at_stays_good() -> None:
    page = Page()
    token = page.keys.launch_token()
    looked = page.stranger().head("/enter", params={"token": token})
    assert (looked.status_code, "set-cookie" in looked.headers) == (200, False)
    assert enters(page.stranger(), token) == IN


@pytest.mark.parametrize(("after_s", "status"), [(-1, IN), (0, OUT)])
def test_a_link_ends(after_s: float, status: int) -> None:
    page = Page()
    token = page.keys.launch_token()
    page.clock.now_s += LAUNCH_VALID_S + after_s
    assert enters(page.stranger(), token) == status


def test_whoever_has_no_cookie_reads_how_to_get_in_and_nothing_else() -> None:
    answer = Page().stranger().get("/")
    assert (answer.status_code, "press Enter" in answer.text, "<nav" in answer.text) == (
        OUT,
        True,
        False,
    )


def test_the_cookie_of_another_port_or_another_start_is_none() -> None:
    other = Page(port=PORT + 1).visitor()
    cookie = other.cookies[f"dosebell-{PORT + 1}"]
    page = Page()
    tried = {f"dosebell-{PORT + 1}": cookie}, {f"dosebell-{PORT}": cookie}
    statuses = [page.stranger(cookie=_cookies(each)).get("/").status_code for each in tried]
    assert statuses == [OUT, OUT]


def _cookies(values: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def test_a_thousand_tries_get_nowhere_and_keep_the_person_out_for_seconds() -> None:
    page = Page()
    attacker = page.stranger()
    statuses = [enters(attacker, new_secret()) for _ in range(1000)]
    assert (set(statuses), statuses.count(OUT)) == ({OUT, TOO_MANY}, 20)
    token = page.keys.launch_token()
    assert enters(page.stranger(), token) == TOO_MANY
    page.clock.now_s += 3.0
    assert enters(page.stranger(), token) == IN


def test_tries_at_links_for_phones_are_the_same_tries() -> None:
    page = Page(lan=("192.168.1.20",))
    attacker = page.stranger("192.168.1.20")
    for path in ("/pair", "/pair/phone") * 20:
        attacker.get(path, params={"key": new_secret()})
    assert enters(page.stranger(), page.keys.launch_token()) == TOO_MANY
    assert page.keys.phones.all() == []


@pytest.mark.parametrize("token", ["", "../../history.sqlite3", "\x00", "é" * 300, "\ud800"])
def test_nonsense_is_no_token(token: str) -> None:
    assert Page().keys.let_in(token) is None


def test_another_command_of_the_same_user_may_invite_once() -> None:
    page = Page()
    token = invite(page.desk.data)
    folder = page.desk.data / "invited"
    assert (stat.S_IMODE(folder.stat().st_mode), token in str(list(folder.iterdir()))) == (
        0o700,
        False,
    )
    assert [enters(page.stranger(), token) for _ in range(2)] == [IN, OUT]
