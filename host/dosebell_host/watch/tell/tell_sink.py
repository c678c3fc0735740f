"""The sink of one `[[tell]]`: what the boxes say comes in, messages go out in a thread of its own.

Each look leaves how things are now; the thread tells what differs from what was told, a message at
a time, and notes each once it is sent. So what is over before it could be told is not told, a
service that is slow or away keeps no box waiting, and whoever kills the program has at most the
last message twice. That a dose was missed is kept as soon as its record comes.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from dosebell import record
from dosebell_host.errors import UserError
from dosebell_host.history.records import TERMINAL, Entry
from dosebell_host.schedule.local_time import from_unix, laptop_local_time
from dosebell_host.watch.elsewhere import WardSilence
from dosebell_host.watch.kind import Around
from dosebell_host.watch.own_thread import OwnThread
from dosebell_host.watch.retry import Retry
from dosebell_host.watch.tell.entry import TellEntry
from dosebell_host.watch.tell.matters import BoxNow, MissedDose, matters_of, ward_matters
from dosebell_host.watch.tell.memory import TellMemory, load, memory_file, save
from dosebell_host.watch.tell.rules import MISSED, SILENT
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.told import Matter, MatterKey, Notice, notices, told_after
from dosebell_host.watch.tell.whose import Persons
from dosebell_host.watch.view import BoxView

_USUAL_RETRY = Retry(first_s=2.0, longest_s=300.0)
# So long after it was noted a dose that was missed may still be put right.
_PUT_RIGHT_S = 7 * 86_400


class TellSink:
    """Tells one person, once it is started; `persons` knows whose a box is, and `path` is the file
    of what it remembers. One that fails is tried again as `retry` says.
    """

    def __init__(
        self,
        entry: TellEntry,
        name: str,
        around: Around,
        service: MessageService,
        persons: Persons,
        path: Path | None = None,
        retry: Retry = _USUAL_RETRY,
    ) -> None:
        self.name = name
        self._retry = retry
        self._entry = entry
        self._note = around.note
        self._service = service
        self._persons = persons
        self._path = path or memory_file(name)
        self._memory = load(self._path)
        self._elsewhere = around.elsewhere
        # Whose silence was told while nothing was known of a ward.
        self._alone: set[str] = set()
        self._knows_ward = False
        if SILENT in entry.after_s:
            self._elsewhere.join(self)
        self._since: float | None = None
        self._now_s = 0
        self._matters: dict[MatterKey, Matter] = {}
        self._minute = 0
        self._is_in_trouble = False
        self._is_kept = True
        self._lock = threading.Lock()
        self._thread = OwnThread(name, self._work)

    def start(self) -> None:
        """Tell by itself from now on, in a thread."""
        self._thread.start()

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """How all is now; the thread tells what is new of it."""
        self._since = now if self._since is None else self._since
        self._now_s = from_unix(now)
        about = [view for view in views if self._entry.is_about(view)]
        self._remember_heard(about)
        matters = {
            key: matter
            for view in about
            for key, matter in matters_of(self._box_now(view, now), self._entry.after_s).items()
        }
        local = laptop_local_time(now).datetime(self._now_s)
        matters = self._with_ward(matters, now)
        with self._lock:
            self._matters, self._minute = matters, local.hour * 60 + local.minute
        self._thread.wake()

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """Keep which doses were missed, and which of those are not any more."""
        if MISSED in self._entry.after_s and self._entry.is_about(box):
            self._keep(box, [entry for entry in entries if entry.kind in TERMINAL])
        return len(entries)

    def close(self) -> None:
        """Nothing is told any more; what was not is told at the next start."""
        self._thread.end()

    # What other gateways of a ward are told of, too.

    def has_told(self, about: str) -> bool:
        """As of `Teller`."""
        return MatterKey(SILENT, about) in self._memory.told

    def assume_told(self, about: str, silence: WardSilence) -> None:
        """As of `Teller`."""
        if self._is_about(silence):
            with self._lock:
                told = self._memory.told | {MatterKey(SILENT, about)}
                self._remember(replace(self._memory, told=told))

    def _is_about(self, silence: WardSilence) -> bool:
        return self._entry.box in ("", *silence.names)

    def _with_ward(self, matters: dict[MatterKey, Matter], now: float) -> dict[MatterKey, Matter]:
        """Of what a ward knows, its word on who is not heard counts, and not ours, but where we
        began to tell it.
        """
        wait_s = self._entry.after_s.get(SILENT)
        known = self._elsewhere.known(now)
        self._knows_ward = bool(known)
        self._alone = {about for about in self._alone if self.has_told(about)}
        if wait_s is None or not known:
            return matters
        about = {
            key: each
            for key, each in known.items()
            if self._is_about(each) and key not in self._alone
        }
        own = {
            key: matter
            for key, matter in matters.items()
            if key.kind != SILENT or key.device_id not in about
        }
        return own | ward_matters(about, wait_s, now)

    # What is known.

    def _box_now(self, view: BoxView, now: float) -> BoxNow:
        is_meant = bool(self._entry.box) or view.device_id in self._memory.heard
        return BoxNow(
            view,
            self._persons.of(view),
            self._memory.missed,
            self._memory.told,
            # A box that this one has never heard of may lie in a drawer.
            self._since if is_meant else None,
            now,
        )

    def _remember_heard(self, views: Sequence[BoxView]) -> None:
        heard = {view.device_id for view in views if view.heard_at is not None}
        with self._lock:
            if heard - self._memory.heard:
                self._remember(replace(self._memory, heard=self._memory.heard | heard))

    def _keep(self, box: BoxView, entries: Sequence[Entry]) -> None:
        with self._lock:
            missed = dict(self._memory.missed)
            for entry in entries:
                key = _key_of(box, entry)
                if entry.kind in (record.MISSED, record.UNKNOWN):
                    missed[key] = _missed(box, entry, self._now_s)
                elif key in missed:
                    taken_s = entry.at_s if entry.kind == record.TAKEN else None
                    missed[key] = missed[key]._replace(ended=entry.kind, taken_s=taken_s)
            if missed != self._memory.missed:
                kept = {
                    key: each
                    for key, each in missed.items()
                    if self._now_s - each.noted_s < _PUT_RIGHT_S
                }
                self._remember(replace(self._memory, missed=kept))

    def _remember(self, memory: TellMemory) -> None:
        """Where it cannot be kept beyond the end of the program, it holds until then."""
        self._memory = memory
        try:
            save(self._path, memory)
        except UserError as error:
            if self._is_kept:
                self._note(f"{self.name}: {error}")
            self._is_kept = False
        else:
            self._is_kept = True

    # What is told.

    def _work(self) -> None:
        # Whoever is never told should hear of it at once, not when the first dose is missed.
        self._try(self._service.check)
        failed = 0
        while self._thread.wait():
            if self._try(self.tell):
                failed = 0
            else:
                self._thread.pause(self._retry.wait_s(failed))
                failed += 1

    def _try(self, does: Callable[[], None]) -> bool:
        """Whether that went well; what did not is said once, until a message is taken."""
        try:
            does()
        except UserError as error:
            sentence = " ".join(str(error).split())
        except Exception as error:
            # A mistake of ours with one message must not keep the next from being told.
            sentence = f"it failed ({error!r})."
        else:
            return True
        if not self._is_in_trouble:
            self._note(f"{self.name}: {sentence} It is tried again.")
        self._is_in_trouble = True
        return False

    def tell(self) -> None:
        """Tell what is to be told now. Raises `UserError` where the service does not take it."""
        while not self._thread.over.is_set():
            with self._lock:
                told, matters = self._memory.told, self._matters
                found = notices(self._entry.hours, matters, told, self._minute)
            if not found:
                return
            if found[0].text:
                self._send(found[0])
            self._note_told(found[0])

    def _send(self, notice: Notice) -> None:
        self._service.send(notice.text, (notice.key, notice.holds))
        if self._is_in_trouble:
            self._note(f"{self.name}: it works again.")
        self._is_in_trouble = False

    def _note_told(self, notice: Notice) -> None:
        with self._lock:
            if notice.key.kind == SILENT and not self._knows_ward:
                self._alone.add(notice.key.device_id)
            missed = dict(self._memory.missed)
            if not notice.holds:
                missed.pop(notice.key, None)
            told = told_after(self._memory.told, [notice])
            self._remember(replace(self._memory, told=told, missed=missed))


def _key_of(box: BoxView, entry: Entry) -> MatterKey:
    occurrence = "/".join(map(str, entry.occurrence[1:]))
    return MatterKey(MISSED, box.device_id, entry.dose, occurrence)


def _missed(box: BoxView, entry: Entry, now_s: int) -> MissedDose:
    dose = box.status.plan.dose(entry.dose) if box.status else None
    name, is_known = dose.name if dose else entry.dose, entry.kind == record.MISSED
    return MissedDose(name, entry.due_s, now_s, is_known=is_known)
