"""Today, as a browser of this laptop sees it."""

from desk import Desk
from domain import Box
from pages import visited


def test_every_box_that_was_met_stands_there() -> None:
    laptop = Desk(Box.with_schedule())
    laptop.types("status")
    assert laptop.box is not None
    assert laptop.gets("boxes")["items"][0]["device_id"] in visited(laptop).get("/").text
