"""Opens a port for a link, and says in plain words why it can't be opened."""

import errno
import os
import re
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dosebell_host.box.link import PORT_ERRORS, busy
from dosebell_host.box.port_rights import Rights, rights_of
from dosebell_host.box.running_loop import is_watched
from dosebell_host.box.socket_port import SocketPort
from dosebell_host.errors import NoDevice, on_one_line

if TYPE_CHECKING:
    from dosebell_host.box.link import Port

BAUD = 115_200
# A board that takes nothing for so long is gone or hangs.
WRITE_TIMEOUT_S = 5.0

# A watcher has a port for a moment, or for as long as a journal takes that nobody read before.
_WATCHED_S = 10.0
_WATCHED_PAUSE_S = 0.02

_BUSY = (errno.EAGAIN, errno.EBUSY)


def open_port(port: str) -> "Port":
    """The port for this process alone, what had come in before forgotten.

    pyserial raises DTR when it opens, and a Pico sends nothing without it.
    """
    import serial

    _refuse_what_is_none(port)
    try:
        opened = serial.serial_for_url(
            port, BAUD, exclusive=True, write_timeout=WRITE_TIMEOUT_S, do_not_open=False
        )
        opened.reset_input_buffer()
    except (*PORT_ERRORS, ValueError, re.error) as error:
        raise refusal(port, error) from None
    return SocketPort(opened) if port.startswith("socket://") else opened


def waiting_for_watcher(
    open_port: "Callable[[str], Port]",
    port: str,
    is_watched: Callable[[], bool] = is_watched,
    elapsed_s: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> "Port":
    """The port, as soon as a watcher that runs on this laptop has let it go."""
    until_s = elapsed_s() + _WATCHED_S
    while True:
        try:
            return open_port(port)
        except NoDevice as error:
            if error.code != "busy" or elapsed_s() > until_s or not is_watched():
                raise
        pause(_WATCHED_PAUSE_S)


def _refuse_what_is_none(port: str) -> None:
    """What pyserial would trip over, and answer in words for programmers."""
    lists = "`dosebell ports` lists what there is"
    if port.startswith(("socket://", "rfc2217://")):
        if not _has_number(port):
            fix = f"write it as {urlsplit(port).scheme}://127.0.0.1:4000"
            raise NoDevice(f"{port} names no port number", fix=fix)
    elif os.path.isdir(port):
        raise NoDevice(f"{port} is a folder and no port", fix=lists)
    elif os.path.isfile(port):
        raise NoDevice(f"{port} is a file and no port", fix=lists)


def _has_number(url: str) -> bool:
    try:
        return bool(urlsplit(url).port)
    except ValueError:
        return False


def refusal(
    port: str, error: Exception, look_at: Callable[[str], Rights | None] = rights_of
) -> NoDevice:
    """Why a port can't be opened, from what pyserial raised; `look_at` tells whose it is."""
    number, name = getattr(error, "errno", None), on_one_line(port)
    if number in _BUSY or (sys.platform == "win32" and "PermissionError" in str(error)):
        return busy(port)
    if number in (errno.EACCES, errno.EPERM):
        return _no_rights(port, look_at(port) or Rights("", may_open=False))
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO) or "FileNotFoundError" in str(error):
        return NoDevice(f"there is no port {name}", fix="`dosebell ports` lists what there is")
    if isinstance(error, ValueError):
        return NoDevice(f"{name} is no port that pyserial knows", fix="see `dosebell ports`")
    reason = _reason(error)
    return NoDevice(
        f"{name} cannot be opened{f' ({reason})' if reason else ''}",
        fix="is it the board's port? `dosebell ports` lists what there is",
    )


def _reason(error: Exception) -> str:
    """The system's own words; pyserial wraps them in its own, for programmers."""
    for each in (error.__context__, error):
        if isinstance(each, OSError) and each.strerror and "[Errno" not in each.strerror:
            return each.strerror
    return ""


def _no_rights(port: str, rights: Rights) -> NoDevice:
    return NoDevice(f"you have no right to open {port}", fix=rights.fix, code="no-rights")
