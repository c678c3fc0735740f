"""The stream that keeps a page live."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from dosebell_host.watch.view import BoxView
from dosebell_host.web import events
from dosebell_host.web.guard.bounds import Bounds
from dosebell_host.web.guard.keys import Visitor
from pages import HOME, Page


class Changes:
    """A watcher of which only the number of its last change is known."""

    def __init__(self) -> None:
        self.number = 7

    def becomes(self, number: int) -> None:
        self.number = number

    def views(self) -> tuple[BoxView, ...]:
        return ()

    def wait(self, after: int, timeout_s: float) -> int:
        assert timeout_s == 0, "nobody may be kept waiting in the server's one loop"
        return self.number


SOON = Bounds(look_every_s=0.001)


def said(page: Page, visitor: Visitor, after: dict[int, Callable[[], Any]]) -> list[str]:
    """What the stream says until it ends; `after` so many pieces something happens."""
    request = SimpleNamespace(app=page.app, state=SimpleNamespace(visitor=visitor))

    async def read() -> list[str]:
        found: list[str] = []
        stream: AsyncIterator[str] = events._stream(request)  # type: ignore[arg-type]
        async for piece in stream:
            found.append(piece)
            after.get(len(found), lambda: None)()
        return found

    return asyncio.run(asyncio.wait_for(read(), 30))


def a_browser(page: Page) -> Visitor:
    visitor = page.keys.visitor(page.visitor().cookies[page.keys.cookie_name])
    assert visitor
    return visitor


def test_it_says_the_number_of_each_change_and_ends_with_the_page() -> None:
    watcher = Changes()
    page = Page(watcher=watcher, bounds=SOON)
    ending = [False]
    page.app.state.ending = lambda: ending[0]
    happens = {
        2: lambda: watcher.becomes(9),
        3: lambda: ending.append(ending.pop() or True),
    }
    assert said(page, a_browser(page), happens) == [
        "retry: 3000\n\n",
        "id: 7\ndata: 7\n\n",
        "id: 9\ndata: 9\n\n",
    ]


def test_it_ends_for_a_phone_that_is_revoked_and_for_no_other() -> None:
    page = Page(lan=(HOME,), bounds=SOON)
    phones = [page.keys.visitor(page.phone().cookies[page.keys.cookie_name]) for _ in range(2)]
    assert phones[0] and phones[1]
    lost = phones[0]
    assert len(said(page, lost, {2: lambda: page.keys.phones.forget(lost.key)})) == 2
    assert [page.keys.is_still_in(each) for each in phones if each] == [False, True]


def test_where_nothing_changes_it_says_now_and_then_that_it_is_there() -> None:
    page = Page(bounds=replace(SOON, say_something_every_s=0.002))
    ending: list[bool] = []
    page.app.state.ending = lambda: bool(ending)
    assert (
        said(page, a_browser(page), {4: lambda: ending.append(True)})[2:]
        == [": still here\n\n"] * 2
    )


def test_whoever_asks_for_its_head_gets_an_answer_that_ends() -> None:
    answer = Page().visitor().head("/events")
    assert (answer.status_code, answer.headers["content-type"]) == (
        200,
        "text/event-stream; charset=utf-8",
    )
