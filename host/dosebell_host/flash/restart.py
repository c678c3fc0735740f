"""A board that restarts: the same one is found again, at its REPL or as a box that answers.

Its port may have another name then. Its USB serial number stays, where it has one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeVar

from dosebell_host.box.client import Client
from dosebell_host.box.ports import targets
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import raw_repl
from dosebell_host.flash.raw_repl import RawBoard

# Whoever stops us waits for no more than this.
LAST_WORDS_S = 5.0
_AGAIN_S = 0.2

NOBODY = "no-device"
_VANISHED = "vanished"

T = TypeVar("T")


def port_of(target: Target, reach: Reach) -> str | None:
    """The port that a board has now, None while it has none."""
    if not target.serial:
        return target.port
    return next((each.port for each in targets(reach) if each.serial == target.serial), None)


@contextmanager
def at_repl(
    target: Target, reach: Reach, patience_s: float | None = None, quiet_s: float | None = None
) -> Iterator[RawBoard]:
    """The board at its REPL; it is started normally in the end, whatever happens.

    A board that starts again and again has a port for a few seconds at a time, so this is tried
    for a while: `patience_s`, or what a board may take that is to be changed; `quiet_s`, where
    that is shorter, at a port that is there all the while.
    """
    patience_s = reach.restart.repl_s if patience_s is None else patience_s
    board = _at_repl(target, reach, patience_s, quiet_s)
    try:
        yield board
    except KeyboardInterrupt:
        # It is in the middle of something; only a new Ctrl-C gets it out of there.
        board.close()
        with suppress(UserError):
            _at_repl(target, reach, LAST_WORDS_S).restart()
        raise
    finally:
        board.restart()


def answering(target: Target, reach: Reach) -> Client:
    """The box, as soon as it answers. Raises `NoDevice` with what it said instead."""
    return _keep_trying(target, reach, reach.restart.hello_s, _greeted)


def _at_repl(
    target: Target, reach: Reach, patience_s: float, quiet_s: float | None = None
) -> RawBoard:
    return _keep_trying(target, reach, patience_s, raw_repl.enter, quiet_s)


def _greeted(target: Target, reach: Reach, attempt: int) -> Client:
    client = Client(reach.link(target, reach.restart.starting))
    try:
        client.hello()
    except BaseException:
        client.close()
        raise
    return client


def _keep_trying(
    target: Target,
    reach: Reach,
    patience_s: float,
    act: Callable[[Target, Reach, int], T],
    quiet_s: float | None = None,
) -> T:
    """What `act` makes of the board where it is now, tried until it does; it is told how often it
    was.
    """
    began_s = seen_s = reach.elapsed_s()
    attempt = 0
    lasts_s = patience_s if quiet_s is None else quiet_s
    while True:
        try:
            return act(_found(target, reach), reach, attempt)
        except NoDevice as error:
            now_s = reach.elapsed_s()
            if error.code == _VANISHED or port_of(target, reach) is None:
                lasts_s = patience_s
            if error.code != NOBODY:
                seen_s = now_s
            if now_s - began_s > lasts_s or now_s - seen_s > reach.restart.gone_s:
                raise
        attempt += 1
        reach.pause(_AGAIN_S)


def _found(target: Target, reach: Reach) -> Target:
    """The board at the port that it has now, still called by its name of before."""
    port = port_of(target, reach)
    if port is None:
        raise NoDevice(f"{target.name} is not there any more", fix="plug it in again")
    return replace(target, port=port)
