"""Tells every sink what there is: how the boxes are, and the records that it has not taken yet."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from dosebell_host.errors import UserError
from dosebell_host.history.records import Entry
from dosebell_host.history.store import History
from dosebell_host.history.tables.cursors import BEGUN
from dosebell_host.history.untaken import begin, untaken
from dosebell_host.talk import Note
from dosebell_host.watch.retry import Retry
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.view import BoxView

# When one that fails is told again.
_RETRY = Retry(first_s=2.0, longest_s=64.0)

_Key = tuple[str, str, int, int]


@dataclass
class _Told:
    """A sink, and how that goes; `edge` are the records taken last, of which more may have the
    number that the cursor stands at.
    """

    sink: Sink
    from_start: bool
    started_s: int | None = None
    failed: int = 0
    next_s: float = 0.0
    edge: set[_Key] = field(default_factory=set)
    looked_back: set[str] = field(default_factory=set)


class Offers:
    """The sinks of a watcher. One that fails is told of once, and left alone for a while.

    Those named in `from_start` are told all that this laptop has of a box that is new to them.
    """

    def __init__(
        self,
        history: History,
        sinks: Sequence[Sink],
        note: Note,
        elapsed_s: Callable[[], float],
        from_start: Collection[str] = (),
    ) -> None:
        self._history = history
        self._sinks = [_Told(sink, sink.name in from_start) for sink in sinks]
        self._note = note
        self._elapsed_s = elapsed_s

    def make(self, views: Sequence[BoxView], now: float) -> bool:
        """One round; whether there is more to be told at once. `now` is Unix seconds by this
        laptop's clock.
        """
        # All of them are asked.
        return any([self._tell(told, views, now) for told in self._sinks])

    def look_back(self, device_id: str) -> None:
        """Records may have come under numbers that were taken before."""
        for told in self._sinks:
            told.looked_back.discard(device_id)

    def close(self) -> None:
        """Nothing is told any more."""
        for told in self._sinks:
            try:
                told.sink.close()
            except Exception as error:
                self._note(f"{told.sink.name}: {_words(error)}")

    def _tell(self, told: _Told, views: Sequence[BoxView], now: float) -> bool:
        """Whatever is the matter with one sink stops no other."""
        if self._elapsed_s() < told.next_s:
            return False
        try:
            # Where its place begins is kept before it hears of the box: what a box notes after
            # somebody was told that it is there is told, too, whatever ends this program.
            known = [view for view in views if self._knows(told, view, now)]
            told.sink.show(views, now)
            has_more = any([self._offer(told, view) for view in known])
        except Exception as error:
            if not told.failed:
                self._note(f"{told.sink.name}: {_words(error)}")
            told.next_s = self._elapsed_s() + _RETRY.wait_s(told.failed)
            told.failed += 1
            return False
        if told.failed:
            self._note(f"{told.sink.name}: it works again.")
        told.failed = 0
        return has_more

    def _offer(self, told: _Told, box: BoxView) -> bool:
        """Offer the next records of one box; whether it took them all, and so may want more."""
        name, device_id = told.sink.name, box.device_id
        found = untaken(self._history, name, device_id)
        if found is None:
            return False
        fresh = [each for each in found.entries if _key(device_id, each) not in told.edge]
        count = told.sink.take(box, fresh) if fresh else 0
        if count >= len(fresh):
            self._history.cursors.move(name, device_id, found.journal, found.last_seq)
            edge = [each for each in fresh if each.seq == found.last_seq]
            told.edge = {_key(device_id, each) for each in edge}
            return True
        if count > 0:
            self._move_up_to(told, device_id, fresh[:count], fresh[count])
        return False

    def _move_up_to(
        self, told: _Told, device_id: str, taken: list[Entry], following: Entry
    ) -> None:
        """Some of them were taken. Two records may have one number, and only one be taken."""
        last = taken[-1]
        seq = last.seq - (last.seq == following.seq)
        self._history.cursors.move(told.sink.name, device_id, last.journal, seq)
        told.edge |= {_key(device_id, each) for each in taken if each.seq > seq}

    def _knows(self, told: _Told, box: BoxView, now: float) -> bool:
        """Whether it is told of that box, from now on at the latest. One that has not been heard
        yet may have noted more than is known here, long ago.
        """
        history, name, device_id = self._history, told.sink.name, box.device_id
        if told.started_s is None:
            history.cursors.note_begun(name, "", int(now))
            told.started_s = history.cursors.of(name, "").get(BEGUN, int(now))
        if BEGUN not in history.cursors.of(name, device_id):
            if box.heard_at is None:
                return False
            begin(history, name, device_id, None if told.from_start else told.started_s)
        elif device_id not in told.looked_back:
            history.cursors.rewind(name, device_id)
        told.looked_back.add(device_id)
        return True


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else f"it failed ({error!r})."


def _key(device_id: str, entry: Entry) -> _Key:
    return device_id, *entry.key
