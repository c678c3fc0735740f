"""How a page is made of a template: escaped always, and told whatever is kept for its reader."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dosebell_host.web.guard.keys import Visitor
from dosebell_host.web.ward.words import shown_words

SEE_OTHER = 303
# Longer than any sentence that repeats only a little of what was sent.
_LONGEST_SENTENCE = 1000
# What live.js sends along.
LIVE = "dosebell-live"

# The pages that every page leads to: address, words, and whether they are for a phone, too.
LINKS = (
    ("/", "Today", True),
    ("/ward", "Ward", True),
    ("/boxes", "Boxes", True),
    ("/setup", "Set up", False),
    ("/try", "Try it", True),
    ("/phones", "Phones", False),
)


@cache
def templates() -> Environment:
    """The templates of all pages."""
    return Environment(
        loader=PackageLoader("dosebell_host.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def shown(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """The page that a template makes of the values, for whoever asks."""
    visitor = getattr(request.state, "visitor", None)
    # What live.js asks for is not read by anybody yet.
    is_read = visitor is not None and LIVE not in request.headers
    told = request.app.state.told.take(visitor.key) if visitor and is_read else []
    text = (
        templates()
        .get_template(template)
        .render(
            **values,
            visitor=visitor,
            told=told,
            links=_links(request, visitor),
            path=request.url.path,
        )
    )
    return HTMLResponse(text, status)


def tell(request: Request, sentence: str) -> None:
    """Say it on the next page that this visitor opens."""
    request.app.state.told.tell(request.state.visitor.key, sentence_shown(sentence))


def sentence_shown(sentence: str) -> str:
    """One that may repeat what was sent, so that it turns nothing beside it and fills no page."""
    return shown_words(sentence, _LONGEST_SENTENCE)


def then(request: Request, path: str, *sentences: str) -> Response:
    """After something was done: go to that page, which tells these."""
    for sentence in sentences:
        tell(request, sentence)
    return RedirectResponse(path, SEE_OTHER)


def _links(request: Request, visitor: Visitor | None) -> list[tuple[str, str]]:
    """Those of the links that lead somewhere, and are for this visitor."""
    there = {getattr(route, "path", "") for route in request.app.routes}
    may_act = visitor is not None and visitor.may_act
    return [
        (path, words)
        for path, words, for_phones in LINKS
        if path in there and (may_act or for_phones)
    ]
