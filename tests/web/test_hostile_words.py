"""Whatever a person or a box writes stays words: no page has an element or a link of theirs."""

from dataclasses import replace

import pytest

from domain import Box, dose, plan
from dosebell_host.watch.view import BoxView, Presence
from visits import Looking, Visit

BOX = "f67213b122a5d442"
EVIL = "<img src=x onerror=alert(1)>\\\"'><script>alert(2)</script>{{7*7}}"
SEEN = EVIL.replace('\\"', '"')
NAMED = dose("d3k2", 'with = ["breakfast"]', "stock = { count = 30 }", f'take = "{EVIL[:40]}"')
TEXT = (
    plan(NAMED).replace('"D3K2"', f'"{EVIL}"').replace("[alerts]", f'title = "{EVIL}"\n[alerts]')
)
OURS = {
    *("html head meta title link script body a header nav ul li main div p h1 h2 h3").split(),
    *("section strong span form input button label code dl dt dd footer details summary").split(),
    *("figure figcaption svg desc path text table caption thead tbody tr th td").split(),
}
PATHS = ("/", "/boxes", f"/box/{BOX}/history", f"/box/{BOX}/day/2026-11-23")


class Lying(Looking):
    """What it sees says of itself whatever it likes."""

    presence = Presence.HERE

    def views(self) -> tuple[BoxView, ...]:
        return tuple(self._twisted(view) for view in super().views())

    def _twisted(self, view: BoxView) -> BoxView:
        assert view.status is not None
        said = view.status.said._replace(faults=(SEEN, "flash"), practice=SEEN)
        hello = replace(view.status.hello, firmware=SEEN, board=SEEN, trust=SEEN)
        return replace(
            view,
            presence=self.presence,
            title=SEEN,
            port=SEEN,
            trouble=SEEN,
            status=replace(view.status, said=said, hello=hello),
        )


def deceived(presence: Presence) -> Visit:
    visit = Visit(Box.with_schedule(TEXT, at="2026-11-23 06:00").until("07:31"))
    visit.reads("/")
    watcher = Lying(visit.terminal)
    watcher.presence = presence
    visit.use(watcher)
    return visit


@pytest.mark.parametrize("presence", list(Presence))
@pytest.mark.parametrize("path", PATHS)
def test_no_word_becomes_markup(path: str, presence: Presence) -> None:
    page = deceived(presence).reads(path)
    assert {tag for tag, _ in page.elements} <= OURS
    assert [said for _, said in page.elements if any(key.startswith("on") for key in said)] == []
    scripts = [said for tag, said in page.elements if tag == "script"]
    assert scripts == [{"src": "/static/live.js", "defer": ""}]
    assert all(link.startswith(("/", "#")) for link in page.links.values())
    # It is there, as words.
    assert SEEN in page.words
    assert "49" not in page.words.replace("07:49", "")


def test_a_picture_has_no_style_that_the_page_forbids() -> None:
    page = deceived(Presence.HERE).reads(f"/box/{BOX}/history")
    assert "svg" in {tag for tag, _ in page.elements}
    assert [said for tag, said in page.elements if tag == "style" or "style" in said] == []
