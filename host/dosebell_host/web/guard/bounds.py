"""How much, how many and how long: what a page takes of one visitor, and of all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Bounds of the page; tests wait less."""

    # The largest schedule that a box takes, written out as a form, is a quarter of this.
    body_bytes: int = 1_000_000
    body_within_s: float = 10.0
    # A browser sends its head at once, and opens six connections.
    head_within_s: float = 10.0
    connections: int = 300
    # Of these, so that whatever a network does, this laptop has room for its own browsers; a phone
    # and all its tabs need a dozen.
    connections_from_elsewhere: int = 200
    connections_from_one_address: int = 60
    # How often a stream looks whether something has changed, and after how long it says anyhow
    # that it is there.
    look_every_s: float = 0.25
    say_something_every_s: float = 15.0


BOUNDS = Bounds()
