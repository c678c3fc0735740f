"""A port that goes away at any call that the operating system gets: told in words, every time."""

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

from dosebell_host.box.open_port import open_port
from dosebell_host.box.patience import RestartPatience
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice
from dosebell_host.flash import raw_repl, restart
from flashing import NEW, SURE, VERSIONS, with_app
from raw_repl_board import plugged
from waiting import HANG_S

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pty needs POSIX")

# How many calls one meeting takes, roughly.
FEW, MANY = 4, 1000


class Plug:
    """What pyserial asks of the system; from the call `pulled_at` on, the port is gone."""

    def __init__(self, pulled_at: int) -> None:
        self._left = pulled_at

    def of(self, module: Any, names: str, gone: Exception) -> Any:
        """A stand-in for the module, whose functions of these names go through the plug."""

        class StandIn:
            def __getattr__(_, name: str) -> Any:
                found = getattr(module, name)
                return self._counted(found, gone) if name in names.split() else found

        return StandIn()

    def _counted(self, function: Callable[..., Any], gone: Exception) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise gone
            return function(*arguments)

        return call

    @property
    def held(self) -> bool:
        return self._left >= 0


def pull_at(call: int, monkeypatch: pytest.MonkeyPatch) -> Plug:
    import fcntl
    import termios

    from serial import serialposix

    plug = Plug(call)
    gone = OSError(errno.EIO, "Input/output error")
    for name, stand_in in (
        ("termios", plug.of(termios, "tcgetattr tcsetattr tcflush", termios.error(*gone.args))),
        ("fcntl", plug.of(fcntl, "ioctl flock", gone)),
        ("os", plug.of(os, "open read write", gone)),
    ):
        monkeypatch.setattr(serialposix, name, stand_in)
    return plug


# What goes away is told at once, and what is there has all the time that it needs.
REACH = Reach(restart=RestartPatience(hello_s=0.0, entry_s=(HANG_S, HANG_S), starting=SURE))


def opened(target: Target) -> None:
    open_port(target.port).close()


def entered(target: Target) -> None:
    raw_repl.enter(target, REACH).close()


def greeted(target: Target) -> None:
    restart.answering(target, REACH).close()


@pytest.mark.parametrize("meet", [opened, entered, greeted])
def test_a_port_that_vanishes_at_any_call_is_no_device(
    meet: Callable[[Target], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for call in range(MANY):
        with plugged(with_app(NEW), VERSIONS) as board, monkeypatch.context() as patch:
            board.started()
            plug = pull_at(call, patch)
            try:
                meet(Target(board.port, "the board"))
            except NoDevice:
                assert not plug.held
        if plug.held:
            break
    assert FEW < call < MANY - 1
