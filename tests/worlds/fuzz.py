"""Garbage for the wire, from a seed.

Noise, frames cut short, with wrong sums, of wrong types, unknown methods, replays, huge lines, and
among them requests that are quite right.
"""

import random
from collections.abc import Callable, Iterator

from domain import D3K2, compiled, framed
from dosebell import commands, commands_device
from dosebell_host.box.transfer import packed

Json = object
METHODS = [*commands.METHODS, *commands_device.METHODS]

KEYS = ["dose", "date", "slot", "utc", "n", "line", "count", "hash", "since", "limit", "which"]
KEYS += ["from", "force", "ms", "more"]


class Fuzz:
    """Pieces of traffic, each from the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sent: list[bytes] = [framed({"method": "hello"})]

    def traffic(self) -> Iterator[bytes]:
        kinds: list[Callable[[], bytes]] = [
            self.noise,
            self.noise,
            self.cut,
            self.wrong_sum,
            self.wrong_types,
            self.unknown,
            self.replay,
            self.huge,
            self.right,
        ]
        while True:
            yield self.random.choice(kinds)()

    def noise(self) -> bytes:
        return self.random.randbytes(self.random.randrange(1, 400))

    def cut(self) -> bytes:
        whole = self.right()
        return whole[: self.random.randrange(len(whole))] + b"\n"

    def wrong_sum(self) -> bytes:
        whole = bytearray(self.right())
        place = self.random.randrange(len(whole) - 1)
        whole[place] = whole[place] ^ (1 << self.random.randrange(7)) or 65
        return bytes(whole)

    def wrong_types(self) -> bytes:
        method = self.random.choice([*METHODS, *METHODS, 7, None])
        params = {key: self.value() for key in self.random.sample(KEYS, 4)}
        return framed({"id": self.value(), "method": method, "params": params})

    def unknown(self) -> bytes:
        return framed(self.value())

    def replay(self) -> bytes:
        return self.random.choice(self.sent)

    def huge(self) -> bytes:
        return b"x" * self.random.randrange(900, 5000) + b"\n"

    def right(self) -> bytes:
        made = compiled(D3K2)
        n = self.random.randrange(len(made.lines))
        more = packed(made.lines[n + 1 :])
        requests: list[dict[str, object]] = [
            {"method": "hello"},
            {"method": "status"},
            {"method": "journal.read", "params": {"since": self.random.randrange(50)}},
            {"method": "schedule.begin", "params": {"count": 9, "hash": made.hash}},
            {"method": "schedule.line", "params": {"n": n, "line": made.lines[n]}},
            {"method": "schedule.line", "params": {"n": n, "line": made.lines[n], "more": more}},
            {"method": "schedule.read", "params": {"n": n}},
            {"method": "dose.list"},
        ]
        request = self.random.choice(requests)
        self.sent = [*self.sent[-20:], framed({"id": n, **request})]
        return self.sent[-1]

    def value(self) -> Json:
        pick = self.random.choice
        return pick([None, True, -1, 0, 3, 2**40, 1.5, "", "d3k2", "2026-02-30", "ä" * 9, [], {}])
