"""Processes beside this one that end with it: those of `make ward`, the servers of the tests."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from page.ending import pause
from page.own_folder import NUMBER

# What root may not start is started by one of these.
_NOT_ROOT = ("postgres", "nobody")
# Where this process was killed before the system was asked to tell of it, nothing begins.
_BEGIN = 'echo $$ >"$1" && [ "$PPID" = "$0" ] && shift && exec "$@"'
_BEGINS_WITHIN_S = 30.0
_ENDS_WITHIN_S = 10.0


def at_once() -> bool:
    """Of a process that nobody waits for."""
    return True


class Process:
    """One that can be started, and ended, again and again; `log` is the file of what it says, and
    `more` is as of `Popen`. Ctrl-C here is none there.
    """

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        is_there: Callable[[], bool] = at_once,
        ends_by: int = signal.SIGTERM,
        **more: Any,
    ) -> None:
        self.log = log
        self._command = command
        self._is_there = is_there
        self._ends_by = ends_by
        self._more = more
        self._started: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it is there. Raises `RuntimeError` with what it says where it is not."""
        number = self.log.with_name(self.log.name + NUMBER)
        with self.log.open("ab") as file:
            self._started = subprocess.Popen(
                [*_beginning(self._ends_by, number), *self._command],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                **self._more,
            )
        try:
            self._wait_for(self._started)
        except BaseException:
            self.end()
            raise

    def end(self, number: int | None = None) -> None:
        """By that signal, or the usual one, in good order; what does not end is killed."""
        started, self._started = self._started, None
        if started is None:
            return
        with contextlib.suppress(ProcessLookupError):
            started.send_signal(number or self._ends_by)
        try:
            started.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.end()

    def _wait_for(self, started: "subprocess.Popen[bytes]") -> None:
        until_s = time.monotonic() + _BEGINS_WITHIN_S
        while not self._is_there():
            if started.poll() is not None or time.monotonic() > until_s:
                said = self.log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"it does not start: {said}")
            pause(0.05)


def run(command: Sequence[str], **more: Any) -> None:
    """Have it run to its end. Raises `RuntimeError` with what it says where it fails."""
    # Ctrl-C here is none there, for half of what it makes would be told as a failure.
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
        **more,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} fails: {done.stderr}")


def unprivileged() -> str:
    """Who runs what root may not: "" for whoever starts this, who is not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    import pwd

    known = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in _NOT_ROOT if name in known)


def as_user(who: str, folder: Path) -> dict[str, Any]:
    """What `Process` and `run` are told for that user to do it, in a folder of that user's."""
    own: dict[str, Any] = {"cwd": folder}
    if who:
        import pwd

        shutil.chown(folder, who)
        own |= {"user": who, "group": pwd.getpwnam(who).pw_gid, "extra_groups": []}
    return own


def _beginning(ends_by: int, number: Path) -> list[str]:
    """What comes before a command, for it to leave its number in that file, and to end with us."""
    return [*_told_by_the_system(ends_by), "sh", "-c", _BEGIN, str(os.getpid()), str(number)]


def _told_by_the_system(ends_by: int) -> list[str]:
    """That it is told where this process is killed; that is Linux with util-linux."""
    if not sys.platform.startswith("linux") or not shutil.which("setpriv"):
        return []
    return ["setpriv", f"--pdeathsig={signal.Signals(ends_by).name.removeprefix('SIG')}", "--"]
