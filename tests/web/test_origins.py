"""What changes something comes from the page itself, or nothing is done."""

from itertools import product

import pytest
from starlette.routing import Route

from pages import HOME, PORT, Page

OWN = f"http://127.0.0.1:{PORT}"
SITES = [None, "same-origin", "same-site", "cross-site", "none", "", "same-origin, none"]
ORIGINS = [
    None,
    OWN,
    f"http://localhost:{PORT}",
    f"http://[::1]:{PORT}",
    "null",
    "",
    "http://attacker.example",
    f"http://attacker.example:{PORT}",
    f"{OWN}.attacker.example",
    f"https://127.0.0.1:{PORT}",
    f"http://127.0.0.1:{PORT + 1}",
    f"http://user@127.0.0.1:{PORT}",
    f"{OWN}/",
    f"{OWN} http://attacker.example",
]
OURS = {OWN, f"http://localhost:{PORT}", f"http://[::1]:{PORT}"}


def is_own(site: str | None, origin: str | None) -> bool:
    """What must be let on: said by the browser, or where that says nothing, by its Origin."""
    if site == "same-origin":
        return origin in {None, "null", *OURS}
    return site is None and origin in OURS


def posts(page: Page) -> list[str]:
    """The addresses that change something."""
    return [
        route.path_format.format(**dict.fromkeys(route.param_convertors, "2026-11-23"))
        for route in page.app.routes
        if isinstance(route, Route) and not {"GET"} & (route.methods or {"GET"})
    ]


@pytest.mark.parametrize(("site", "origin"), list(product(SITES, ORIGINS)))
def test_only_a_form_of_the_page_itself_is_let_on(site: str | None, origin: str | None) -> None:
    page = Page()
    visitor = page.visitor()
    visitor.headers.pop("sec-fetch-site")
    headers = {"sec-fetch-site": site, "origin": origin}
    said = {name: value for name, value in headers.items() if value is not None}
    statuses = {
        visitor.post(path, headers=said, follow_redirects=False).status_code
        for path in posts(page)
    }
    assert (statuses == {403}, 403 in statuses) == (not is_own(site, origin),) * 2


def test_there_is_something_to_be_refused() -> None:
    assert posts(Page())


@pytest.mark.parametrize("header", ["sec-fetch-site", "origin"])
def test_a_header_that_is_said_twice_is_none(header: str) -> None:
    page = Page()
    visitor = page.visitor()
    visitor.headers.pop("sec-fetch-site")
    value = OWN if header == "origin" else "same-origin"
    doubled = [(header, value), (header, value)]
    assert visitor.post("/phones/revoke", headers=doubled).status_code == 403


def test_a_method_cannot_be_said_in_another_way() -> None:
    page = Page(lan=(HOME,))
    page.phone()
    [phone] = page.keys.phones.all()
    visitor = page.visitor()
    others = {
        "x-http-method-override": "POST",
        "x-method-override": "POST",
        "x-http-method": "POST",
    }
    visitor.get("/phones/revoke", params={"phone": phone.key, "_method": "POST"}, headers=others)
    assert len(page.keys.phones.all()) == 1
