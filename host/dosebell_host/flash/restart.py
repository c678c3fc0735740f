"""A board that restarts: the same one is found again, at its REPL or as a box that answers.

Its port may have another name then. Its USB serial number stays, where it has one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from dosebell_host.box.hello import greet
from dosebell_host.box.link import Link
from dosebell_host.box.open_port import open_port
from dosebell_host.box.ports import Target, targets
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import raw_repl
from dosebell_host.flash.raw_repl import RawBoard

# Until the REPL answers, also after a restart.
REPL_S = 60.0
# Whoever stops us waits for no more than this.
LAST_WORDS_S = 5.0
# Three failed starts end in the watchdog, 8 s each, and then the version before starts.
HELLO_S = 90.0
# It may be starting all the while, so it is asked again only now and then; after so many times the
# port is opened anew.
HELLO_TIMEOUT_S = 4.0
HELLO_TRIES = 5
# A board without a port for so long is not starting again and again: somebody unplugged it.
GONE_S = 20.0
_AGAIN_S = 0.2

NOBODY = "no-device"

T = TypeVar("T")


def port_of(target: Target) -> str | None:
    """The port that a board has now, None while it has none."""
    if not target.serial:
        return target.port
    return next((each.port for each in targets() if each.serial == target.serial), None)


@contextmanager
def at_repl(target: Target) -> Iterator[RawBoard]:
    """The board at its REPL; it is started normally in the end, whatever happens.

    A board that starts again and again has a port for a few seconds at a time, so this is tried
    for a while.
    """
    board = _at_repl(target, REPL_S)
    try:
        yield board
    except KeyboardInterrupt:
        # It is in the middle of something; only a new Ctrl-C gets it out of there.
        board.close()
        with suppress(UserError):
            _at_repl(target, LAST_WORDS_S).restart()
        raise
    finally:
        board.restart()


def answering(target: Target) -> Link:
    """The box, as soon as it answers. Raises `NoDevice` with what it said instead."""
    return _keep_trying(target, HELLO_S, lambda port, _: _greeted(port, target.name))


def _at_repl(target: Target, patience_s: float) -> RawBoard:
    def enter(port: str, attempt: int) -> RawBoard:
        return raw_repl.enter(port, target.name, attempt)

    return _keep_trying(target, patience_s, enter)


def _greeted(port: str, name: str) -> Link:
    link = Link(open_port(port), name, HELLO_TRIES, HELLO_TIMEOUT_S)
    try:
        greet(link)
    except BaseException:
        link.close()
        raise
    return link


def _keep_trying(target: Target, patience_s: float, act: Callable[[str, int], T]) -> T:
    """What `act` makes of the board's port, tried until it does; it is told how often it was."""
    began_s = seen_s = time.monotonic()
    attempt = 0
    while True:
        try:
            return act(_port(target), attempt)
        except NoDevice as error:
            now_s = time.monotonic()
            if error.code != NOBODY:
                seen_s = now_s
            if now_s - began_s > patience_s or now_s - seen_s > GONE_S:
                raise
        attempt += 1
        time.sleep(_AGAIN_S)


def _port(target: Target) -> str:
    port = port_of(target)
    if port is None:
        raise NoDevice(f"{target.name} is not there any more", fix="plug it in again")
    return port
