"""A command that is run for each record, with the record as JSON on its stdin.

It runs in a thread, one record after the other, so that a slow one keeps no box waiting. A record
is taken once its command has ended well; until then it is tried again, ever more rarely, and told
of once.
"""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

from dosebell import record
from dosebell_host.errors import UserError
from dosebell_host.history.records import Entry
from dosebell_host.schedule.fields import Table, key, list_of, within, word
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.schedule.values import Wrong, show, text, whole_number
from dosebell_host.watch.kind import NOW, START, Around, EntryKind
from dosebell_host.watch.own_thread import OwnThread
from dosebell_host.watch.retry import Retry
from dosebell_host.watch.view import BoxView
from dosebell_host.wording import printable

EVENTS = (
    record.RINGING,
    record.TAKEN,
    record.MISSED,
    record.SKIPPED,
    record.SNOOZED,
    record.UNKNOWN,
    record.UNDONE,
    record.CANCELLED,
    record.RESTING,
    record.PRESSED,
    record.STOCK,
    record.SCHEDULE,
    record.CLOCK,
    record.BOOT,
    record.GAP,
    record.FAULT,
)
_MOST_WORDS = 64
_LONGEST_WORD = 4096
_LIMIT_S = (1, 3600)
_USUAL_LIMIT_S = 30
_RETRY = Retry(first_s=2.0, longest_s=300.0)
_LAST_WORDS_BYTES = 500

_Key = tuple[str, tuple[str, int, int]]


def _command_word(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_WORD or "\0" in value:
        raise Wrong(f"{show(value)} is no word of a command", 'write it in quotes: "..."')
    return value


class HookEntry(Table):
    """One `[[hook]]` of the settings."""

    run: tuple[str, ...] = key(
        list_of(_command_word, 1, _MOST_WORDS), example='run = ["my-command", "its argument"]'
    )
    # The name of a box, or its id; "" for all.
    box: str = key(text, default="")
    on: tuple[str, ...] = key(list_of(word(*EVENTS), 1, len(EVENTS)), default=EVENTS)
    limit_s: int = key(within(whole_number, _LIMIT_S), default=_USUAL_LIMIT_S)
    start: str = key(word(NOW, START), default=NOW, name="from")

    def is_about(self, box: BoxView, kind: str) -> bool:
        """Whether it is run for such a record of that box."""
        return kind in self.on and self.box in ("", box.name, box.device_id)


class _Job(NamedTuple):
    key: _Key
    said: bytes
    about: str


class Hook:
    """The sink of one entry."""

    def __init__(self, entry: HookEntry, name: str, around: Around) -> None:
        self.name = name
        self._entry = entry
        self._note = around.note
        self._jobs: deque[_Job] = deque()
        self._asked: set[_Key] = set()
        self._done: set[_Key] = set()
        self._failed = 0
        self._thread = OwnThread(name, self._work)
        self._thread.start()

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """It is run for what happens only."""

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """Those up to the first whose command has not ended well yet."""
        local = box.local(box.heard_at or 0.0)
        wanted = [entry for entry in entries if self._entry.is_about(box, entry.kind)]
        for entry in wanted:
            job = _Job((box.device_id, entry.key), _said(box, entry, local), _about(entry))
            if job.key not in self._asked:
                self._asked.add(job.key)
                self._jobs.append(job)
        self._thread.wake()
        count = 0
        for entry in entries:
            known = (box.device_id, entry.key)
            if known in self._asked and known not in self._done:
                break
            self._asked.discard(known)
            self._done.discard(known)
            count += 1
        return count

    def close(self) -> None:
        """The command that runs is ended; its record is told again at the next start."""
        self._thread.end()

    def _work(self) -> None:
        while self._thread.wait():
            while self._jobs and not self._thread.over.is_set():
                if self._is_done(self._jobs[0]):
                    self._jobs.popleft()
                else:
                    self._thread.pause(_RETRY.wait_s(self._failed))

    def _is_done(self, job: _Job) -> bool:
        try:
            run(self._entry, job.said, self._thread.over)
        except UserError as error:
            if not (self._failed or isinstance(error, _StoppedError)):
                self._note(f"{self.name}: {job.about}: {error.message}. It is tried again.")
            self._failed += 1
            return False
        if self._failed:
            self._note(f"{self.name}: it works again.")
        self._failed = 0
        self._done.add(job.key)
        return True


class _StoppedError(UserError):
    """The watcher ends, and the command with it: that is nobody's fault."""


def run(entry: HookEntry, said: bytes, stop: threading.Event) -> None:
    """Run the command once. Raises `UserError` where it does not end well, or not in time; then
    nothing of it runs on.
    """
    command = printable(entry.run[0])
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        # In files, so that a command which reads nothing, or tells a lot, keeps nobody waiting.
        stdin.write(said)
        stdin.seek(0)
        try:
            process = subprocess.Popen(
                entry.run,
                stdin=stdin,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UserError(f"{command} cannot be run ({reason})", code="hook") from None
        code = _waited_for(process, entry.limit_s, stop)
        if code is None:
            what = f"{command} did not end within {entry.limit_s} s"
            raise UserError(what, code="hook")
        if code and stop.is_set():
            raise _StoppedError(f"{command} was ended", code="hook")
        if code:
            words = _last_words(stderr)
            more = f": {words}" if words else ""
            raise UserError(f"{command} ended with exit code {code}{more}", code="hook")


def _waited_for(
    process: "subprocess.Popen[bytes]", limit_s: float, stop: threading.Event
) -> int | None:
    """Its exit code; None where it had to be ended."""
    ended = threading.Event()

    def kill() -> None:
        if not ended.is_set():
            _end(process)

    timer = threading.Timer(limit_s, kill)
    timer.daemon = True
    timer.start()
    try:
        while True:
            try:
                code = process.wait(0.1)
                return None if timer.finished.is_set() and code < 0 else code
            except subprocess.TimeoutExpired:
                if stop.is_set():
                    _end(process)
    except BaseException:
        # Ctrl-C is for this process alone, as the command is in a group of its own.
        _end(process)
        raise
    finally:
        ended.set()
        timer.cancel()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With all that it has started, or each try of a script would leave a program behind. Windows
    has no such groups.
    """
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _last_words(stderr: IO[bytes]) -> str:
    stderr.seek(0, 2)
    stderr.seek(max(0, stderr.tell() - _LAST_WORDS_BYTES))
    lines = stderr.read().decode(errors="replace").strip().splitlines()
    return printable(lines[-1]).rstrip(".") if lines else ""


def _said(box: BoxView, entry: Entry, local: LocalTime) -> bytes:
    document: dict[str, Any] = {
        "schema": 1,
        "device_id": box.device_id,
        "name": box.name or None,
        **entry.to_json(local),
    }
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def _about(entry: Entry) -> str:
    return f"{entry.kind} {entry.dose}".strip()


def _names(entry: HookEntry) -> str:
    """It stays as long as the command and the box do."""
    digest = hashlib.sha256(json.dumps([entry.run, entry.box]).encode()).hexdigest()[:8]
    return f"hook {digest}"


def _try_out(entry: HookEntry, name: str) -> str:
    test = {"schema": 1, "device_id": "test", "name": entry.box or None, "kind": "test"}
    run(entry, json.dumps(test).encode() + b"\n", threading.Event())
    return f"{printable(entry.run[0])} was run with a record of the kind test, and ended well."


HOOK = EntryKind(
    "hook",
    HookEntry,
    _names,
    Hook,
    _try_out,
    """\
A command that is run for each record, with the record as JSON on its stdin, as
`dosebell log --json` has it, and the device_id and the name of the box.
[[hook]]
run = ["logger", "--tag", "dosebell"]
box = "mother"                # one box by its name; all if left out
on = ["taken", "missed"]      # which records; all if left out
limit_s = 30                  # so long it may take
from = "now"                  # or "start": everything that is kept
""",
)
