"""A virtual Pico's serial port as a pseudo-terminal: what a USB cable is to a real one."""

import contextlib
import os
import termios
import tty
from selectors import EVENT_READ, BaseSelector

from dosebell_host.sim.endpoints import READ_BYTES, Endpoint

_LOCAL_FLAGS = 3


class PtyEndpoint(Endpoint):
    """Clients come and go on the slave side; it stays open here too, so none of them ends it."""

    def __init__(self) -> None:
        super().__init__()
        self._master, self._slave = os.openpty()
        os.set_blocking(self._master, False)
        tty.setraw(self._slave)
        self.url = os.ttyname(self._slave)

    def attach(self, selector: BaseSelector) -> None:
        selector.register(self._master, EVENT_READ, self._receive)

    def close(self) -> None:
        os.close(self._slave)
        os.close(self._master)

    def _receive(self) -> bytes:
        self._stay_raw()
        with contextlib.suppress(OSError):
            return os.read(self._master, READ_BYTES)
        return b""

    def _write(self, data: bytes) -> int:
        self._stay_raw()
        return os.write(self._master, data)

    def _stay_raw(self) -> None:
        """Undo what a client may have left: with echo on, the box would hear itself."""
        flags = termios.tcgetattr(self._slave)[_LOCAL_FLAGS]
        if flags & (termios.ECHO | termios.ICANON | termios.ISIG):
            tty.setraw(self._slave, termios.TCSANOW)
