"""A box that says again what it said before, so that a lie costs no simulated box.

heard = overheard(box, lambda says: desk.hears("status", says))
for lie in heard.lies(NASTY_VALUES): desk.hears("status", lie.says)
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from domain import Box
from lying_box import Json, Params, RefusalError, Says, honest, paths, put, without

# A command that asks more than this of a box would never end.
MOST_QUESTIONS = 3000


class EndlessError(Exception):
    """A command went on asking."""


class Lie(NamedTuple):
    """One wrong value at one place of one answer; `MISSING` takes it away."""

    method: str
    path: tuple[Any, ...]
    value: Json
    says: Says


MISSING = object()


class Heard:
    """All that a box was asked in one command, in order, and what it replied."""

    def __init__(self) -> None:
        self._said: list[tuple[str, Params, Json]] = []

    def noting(self, says: Says) -> Says:
        def heard(method: str, params: Params) -> Json:
            reply = says(method, params)
            self._said.append((method, params, reply))
            return reply

        return heard

    def lies(self, values: Sequence[Json]) -> Iterator[Lie]:
        """Each value of each answer replaced by each of these, and left out."""
        for method, reply in self._kinds():
            for path in paths(reply):
                for value in (*values, MISSING):
                    if value is MISSING and not path:
                        continue
                    wrong = without(reply, path) if value is MISSING else put(reply, path, value)
                    yield Lie(method, path, value, self._replay(method, reply, wrong))

    def _kinds(self) -> list[tuple[str, Json]]:
        """The answers that differ; the same one again teaches nothing."""
        found = {(method, json.dumps(reply)): reply for method, _, reply in self._said}
        return [(method, reply) for (method, _), reply in found.items()]

    def _replay(self, about: str, instead_of: Json, wrong: Json) -> Says:
        asked = 0

        def says(method: str, params: Params) -> Json:
            nonlocal asked
            asked += 1
            if asked > MOST_QUESTIONS:
                raise EndlessError(method)
            same = [said for said in self._said if said[0] == method]
            fitting = [reply for _, given, reply in same if given == params]
            if not same:
                problem = {"code": -32601, "message": "no", "data": {"reason": "method"}}
                raise RefusalError(problem)
            reply = (fitting or [same[-1][2]])[0]
            return wrong if method == about and reply == instead_of else reply

        return says


def overheard(box: Box, told: Callable[[Says], object]) -> Heard:
    """What a box says while something asks it."""
    heard = Heard()
    told(heard.noting(honest(box)))
    return heard
