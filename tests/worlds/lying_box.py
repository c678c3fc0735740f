"""Boxes that reply whatever a test wants, in whole frames with right sums and right numbers.

client = client_of(lambda method, params: {"utc": "soon"})
client = client_of(lies(box, "status", lambda reply: {**reply, "uptime_s": -1}))
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from click.testing import Result

from desk import Desk
from domain import Box, framed
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.errors import JOINERS
from dosebell_host.wording import printable
from laptop import Scripted

Json = Any
Params = dict[str, Any]
# The result of a request; `Refused` makes it a refusal.
Says = Callable[[str, Params], Json]

NAME = "/dev/ttyACM0"

# What could drive a terminal, break a line or a file, or pass for what it is not.
NASTY_TEXTS = (
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m",
    "a\r\nb\x00",
    "\u202e gnp.exe \u2066",
    "\u2028\u2029\x85",
    "\ud800 and \udfff",
    "\ufeff\u200b\u061c",
    "x" * 3000,
)
# Of each kind of JSON at least one, and for each kind those that pass for another.
NASTY_VALUES: tuple[Json, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    10**400,
    7.0,
    -1.5e300,
    float("nan"),
    "",
    "7",
    *NASTY_TEXTS,
    [],
    [None],
    [[["deep"]]],
    ["x"] * 500,
    {},
    {"utc": 1},
)


class Telling(Scripted):
    """A port at which the result of every request is what `says` makes of it."""

    def __init__(self, says: Says) -> None:
        super().__init__()
        self._tells = says
        self._asked = b""

    def write(self, data: bytes, /) -> int:
        self._asked += data
        if data.endswith(b"\n"):
            request = json.loads(self._asked.strip().rpartition(b"*")[0])
            self._asked = b""
            self._coming += framed(self._reply(request))
        return len(data)

    def _reply(self, request: Params) -> Json:
        envelope = {"jsonrpc": "2.0", "id": request["id"]}
        try:
            return {**envelope, "result": self._tells(request["method"], request["params"])}
        except RefusalError as refusal:
            return {**envelope, "error": refusal.args[0]}


class RefusalError(Exception):
    """The box says no, in the words of its argument."""


class LyingDesk(Desk):
    """A desk with a box on it that replies what `says` tells."""

    says: Says

    def _open(self, port: str) -> Any:
        return Telling(self.says)

    def ends(self, command: str, says: Says, *more: str) -> Result:
        """How a command ends, on a laptop that knows no box."""
        self.says = says
        for kept in Path("data").glob("*"):
            kept.unlink()
        return self.types(*command.split(), *more)

    def hears(self, command: str, says: Says) -> tuple[int, Json]:
        """The exit code of a command and its one JSON document, on a laptop that knows no box."""
        result = self.ends(command, says, "--json")
        assert isinstance(result.exception, SystemExit | None), result.exc_info
        said = result.stderr.replace("\n", "")
        assert said == printable(said)
        return result.exit_code, json.loads(result.stdout)

    def shows(self, command: str) -> bool:
        """Whether what a person sees of a command is text, on a laptop that knows no box."""
        result = self.ends(command, self.says)
        assert isinstance(result.exception, SystemExit | None), result.exc_info
        return all(c.isprintable() or c in f"\n\t\xa0{JOINERS}" for c in result.output)


def client_of(says: Says) -> Client:
    return Client(Link(Telling(says), NAME))


def honest(box: Box) -> Says:
    """A box that replies as it does."""

    def says(method: str, params: Params) -> Json:
        reply = box.reply(method, params)
        if "error" in reply:
            raise RefusalError(reply["error"])
        return reply["result"]

    return says


def lies(box: Box, about: str, turned: Callable[[Json], Json], only: Params | None = None) -> Says:
    """A box that replies as it does, but to the request `about`, with `only` these parameters
    where some are given: that reply is `turned`.
    """

    def says(method: str, params: Params) -> Json:
        reply = honest(box)(method, params)
        return turned(reply) if method == about and only in (None, params) else reply

    return says


def always(reply: Json) -> Callable[[Json], Json]:
    """Turns every reply into this one."""
    return lambda _: reply


def paths(value: Json) -> Iterator[tuple[Any, ...]]:
    """Where every value in a reply stands: () is the whole of it."""
    yield ()
    inner = dict(enumerate(value)) if isinstance(value, list) else value
    for key, each in inner.items() if isinstance(inner, dict) else ():
        yield from ((key, *rest) for rest in paths(each))


def put(value: Json, path: tuple[Any, ...], new: Json) -> Json:
    """The reply with another value at that place."""
    if not path:
        return new
    key, *rest = path
    changed = put(value[key], tuple(rest), new)
    if isinstance(value, dict):
        return {**value, key: changed}
    return [*value[:key], changed, *value[key + 1 :]]


def without(value: Json, path: tuple[Any, ...]) -> Json:
    """The reply without what stands at that place."""
    *outer, key = path
    found = value
    for each in outer:
        found = found[each]
    left = (
        {k: v for k, v in found.items() if k != key}
        if isinstance(found, dict)
        else [*found[:key], *found[key + 1 :]]
    )
    return put(value, tuple(outer), left)
