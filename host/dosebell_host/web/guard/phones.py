"""The phones that may look: kept in a file of this user's alone, and only as digests.

A file that is damaged pairs nobody: a phone is paired again in a minute.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from dosebell_host.resources import write_private
from dosebell_host.web.guard.secret import digest, found, new_secret
from dosebell_host.wording import printable

FILE_NAME = "phones.json"
MOST_PHONES = 50
LONGEST_NAME = 40
# What a file may be instead of one of phones.
_DAMAGE = (OSError, ValueError, TypeError, KeyError, RecursionError)
# A page that is open asks often; the file is written so seldom for that.
SEEN_EVERY_S = 600.0


@dataclass(frozen=True)
class Phone:
    """A phone that may look: `key` is the digest of its cookie, the times are Unix seconds."""

    key: str
    name: str
    made_at: float
    seen_at: float


class Phones:
    """All paired phones of this laptop; `now` tells Unix seconds.

    A file that cannot be read is put aside, and `trouble` is what a person should hear of that, ""
    where there is nothing to hear.
    """

    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        self._file = folder / FILE_NAME
        self._now = now
        self._lock = Lock()
        self._phones: dict[str, Phone] = {}
        self.trouble = ""
        try:
            self._phones = {each.key: each for each in _read(self._file)}
        except _DAMAGE:
            self.trouble = _put_aside(self._file, now())

    def all(self) -> list[Phone]:
        """The phones, the one paired last first."""
        with self._lock:
            return sorted(self._phones.values(), key=lambda each: -each.made_at)

    def add(self, name: str) -> str:
        """Pair a phone; returns the cookie that it gets."""
        secret, now = new_secret(), self._now()
        called = printable(name).strip()[:LONGEST_NAME] or "a phone"
        with self._lock:
            while len(self._phones) >= MOST_PHONES:
                del self._phones[min(self._phones.values(), key=lambda each: each.seen_at).key]
            self._phones[digest(secret)] = Phone(digest(secret), called, now, now)
            self._write()
        return secret

    def forget(self, key: str) -> Phone | None:
        """Let that one look no more; returns what it was, None where there is none."""
        with self._lock:
            phone = self._phones.pop(key, None)
            if phone:
                self._write()
            return phone

    def holds(self, key: str) -> bool:
        """Whether a phone of that key is still paired."""
        with self._lock:
            return key in self._phones

    def seen(self, cookie: str) -> Phone | None:
        """The phone that has this cookie, noted as seen now; None where none has."""
        with self._lock:
            key = found(cookie, self._phones)
            if key is None:
                return None
            phone, now = self._phones[key], self._now()
            if abs(now - phone.seen_at) >= SEEN_EVERY_S:
                self._phones[key] = replace(phone, seen_at=now)
                self._write()
            return phone

    def _write(self) -> None:
        text = json.dumps({"phones": [asdict(each) for each in self._phones.values()]})
        # Where nothing may be written it holds until the page ends.
        with suppress(OSError):
            write_private(self._file, text)


def _read(file: Path) -> list[Phone]:
    """The phones in the file, none where it is missing. Raises one of `_DAMAGE` else."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [
        Phone(str(each["key"]), str(each["name"]), *map(float, _times(each)))
        for each in json.loads(text)["phones"][:MOST_PHONES]
    ]


def _put_aside(file: Path, now: float) -> str:
    """Keep a file that cannot be read under another name; the sentences about that."""
    aside = file.with_name(f"{file.stem}-damaged-{now:.0f}.json")
    said = "The list of paired phones cannot be read, so every phone must be paired again."
    try:
        file.rename(aside)
    except OSError:
        return said
    return f"{said} What is left of it is kept as {aside}."


def _times(kept: dict[str, float]) -> tuple[float, float]:
    return kept["made_at"], kept["seen_at"]
