"""Every route of the page, by every name that is not its own: refused before anything else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.routing import Route

from dosebell_host.history.store import History
from dosebell_host.web.guard.headers import HEADERS
from pages import HOME, PORT, Page

ATTACKER = "attacker.example"
FOREIGN = [
    ATTACKER,
    f"{ATTACKER}:{PORT}",
    f"127.0.0.1.{ATTACKER}:{PORT}",
    f"{ATTACKER}.localhost:{PORT}",
    f"localhost.:{PORT}",
    f"127.0.0.1.:{PORT}",
    f"user@127.0.0.1:{PORT}",
    f"127.0.0.1:{PORT}@{ATTACKER}",
    "127.0.0.1",
    "localhost",
    "[::1]",
    f"127.0.0.1:{PORT + 1}",
    f"127.0.0.1:{PORT}0",
    f"127.0.0.1:0{PORT}",
    f"127.1:{PORT}",
    f"2130706433:{PORT}",
    f"0.0.0.0:{PORT}",
    f"[::ffff:127.0.0.1]:{PORT}",
    f"::1:{PORT}",
    f"{HOME}:{PORT}",
    f"127.0.0.1:{PORT}, {ATTACKER}",
    f"127.0.0.1:{PORT}/",
    "",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]


def addresses(page: Page) -> Iterator[str]:
    """One address for each route of the page, and one where nothing is."""
    for route in page.app.routes:
        assert isinstance(route, Route), "a route of another kind needs a test of its own"
        filled = {name: "2026-11-23" for name in route.param_convertors}
        path, rest = route.path_format.format(**filled), route.param_convertors
        assert "{" not in path, rest
        yield path
    yield "/nowhere"


@pytest.mark.parametrize("host", FOREIGN)
def test_no_route_answers_to_another_name(host: str) -> None:
    page = Page()
    # The rightful browser itself, misled to that name, its cookie sent along.
    client = page.visitor()
    answers = {
        (answer.status_code, "not served under that name" in answer.text or method == "HEAD")
        for path in addresses(page)
        for method in METHODS
        for answer in [client.request(method, path, headers={"host": host})]
    }
    assert answers == {(403, True)}


def test_its_own_names_are_answered() -> None:
    page = Page(lan=(HOME,))
    names = [f"{name}:{PORT}" for name in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST", HOME)]
    client = page.visitor()
    assert [client.get("/", headers={"host": name}).status_code for name in names] == [200] * 5


def test_every_answer_carries_the_headers() -> None:
    page = Page()
    stranger, visitor = page.stranger(), page.visitor()
    answers = [
        client.request(method, path, headers={"host": host}, follow_redirects=False)
        for client in (stranger, visitor)
        for path in addresses(page)
        if path != "/events" or client is stranger
        for method in METHODS
        for host in (f"127.0.0.1:{PORT}", ATTACKER)
    ]
    wrong = [
        (each.request.method, each.request.url.path, each.status_code)
        for each in answers
        if {name: each.headers.get(name) for name in HEADERS} != HEADERS
    ]
    assert wrong == []
    # Every kind of answer was among them.
    assert {each.status_code for each in answers} >= {200, 403, 404, 405}


def test_no_other_site_learns_by_a_file_that_dosebell_runs_here() -> None:
    page = Page()
    answers = [page.stranger().get(path) for path in ("/static/icon.svg", "/static/live.js", "/")]
    told = {each.headers.get("cross-origin-resource-policy") for each in answers}
    assert told == {"same-origin"}


def test_a_bug_tells_the_browser_nothing() -> None:
    page = Page()

    def fails() -> History:
        raise RuntimeError("/home/anna/secret")

    page.app.state.desk = replace(page.desk, open_history=fails)
    answer = page.visitor().get("/")
    told = "secret" in answer.text or "Traceback" in answer.text
    assert (answer.status_code, told) == (500, False)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_only_the_methods_of_a_page_are_known() -> None:
    page = Page()
    visitor = page.visitor()
    answers = {
        visitor.request(method, path).status_code
        for method in METHODS[3:]
        for path in addresses(page)
    }
    assert answers == {405}
