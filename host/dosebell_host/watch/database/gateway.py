"""One gateway of a ward: what it does for its database, a round at a time.

A round says that this gateway is there, how its boxes are, sends one batch of what was noted, and
looks now and then who else is not heard. It knows no threads: `database_sink.py` lets it take
place again and again in one of its own. Where the database fails, the connection is thrown away
and made anew after a while; nothing is lost meanwhile, for the outbox is the history of this
laptop.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.store import History
from dosebell_host.talk import Note
from dosebell_host.ward.silences import Silences, WardNow
from dosebell_host.ward.ward import Ward
from dosebell_host.ward.zones import ward_time
from dosebell_host.watch.database.heard import HeardBoxes
from dosebell_host.watch.database.outbox import Outbox, is_left_out
from dosebell_host.watch.database.silence import NOT_LOOKED, SILENT_S, decide, shown
from dosebell_host.watch.elsewhere import Elsewhere, WardSilence
from dosebell_host.watch.retry import Retry
from dosebell_host.watch.view import BoxView

# Another gateway of the same name is told apart by having said so not much longer ago.
CLAIM_EVERY_S = 20.0
HEAR_EVERY_S = 60.0
LOOK_EVERY_S = 60.0
# Whether all that was sent is still there is asked at each connection, and so often.
CHECK_EVERY_S = 3600.0
# While somebody is about to be told.
LOOK_SOON_S = 5.0
# When a database that fails is asked again.
_RETRY = Retry(first_s=2.0, longest_s=64.0)

KEPT_HERE = "What the boxes note is kept here until then."

# Connects with the database.
OpenWard = Callable[[], Ward]


class Identity(NamedTuple):
    """The sink's name, what this gateway is called, and what tells it from another one that is
    called so.
    """

    sink: str
    gateway: str
    instance: str


class Gateway:
    """What is done for one database, by the clocks of `reach`. `note` is told each trouble once,
    and when it is over.
    """

    def __init__(
        self,
        identity: Identity,
        history: History,
        open_ward: OpenWard,
        reach: Reach,
        note: Note,
        elsewhere: Elsewhere,
    ) -> None:
        self._identity = identity
        self._history = history
        self._open_ward = open_ward
        self._reach = reach
        self._note = note
        self._elsewhere = elsewhere
        self._outbox = Outbox(history, identity.sink, identity.gateway)
        self._heard = HeardBoxes()
        self._looked = NOT_LOOKED
        self._ward: Ward | None = None
        self._views: Sequence[BoxView] = ()
        self._seen: Sequence[BoxView] = ()
        # Boxes of which there may be something to send, the next one first; of some also under
        # numbers that were sent before.
        self._due: dict[str, bool] = {}
        # Boxes of which is still to be asked whether all is there, and those of which it is not.
        self._unchecked: list[str] = []
        self._lost: set[str] = set()
        self._left_out: set[str] = set()
        self._next: dict[str, float] = {}
        self._retry_s = 0.0
        self._failed = 0
        self._told: set[str] = set()
        for box in history.boxes():
            self.look_back(box.device_id)

    def show(self, views: Sequence[BoxView]) -> None:
        """How all boxes are now."""
        self._views = views

    def look_back(self, device_id: str) -> None:
        """There is something new of that box, maybe also under numbers that were sent before."""
        self._due[device_id] = True

    def round(self) -> float:
        """Do what is to be done now; how many seconds that leaves until there may be more."""
        if (wait_s := self._retry_s - self._reach.elapsed_s()) > 0:
            return wait_s
        try:
            has_more = self._work()
        except UserError as error:
            # The name of the sink says where.
            self._fail(str(UserError(error.message, fix=error.fix)))
        except Exception as error:
            # What such an error says may hold the address.
            self._fail(f"it failed ({type(error).__name__}).")
        else:
            self._succeed()
            return 0.0 if has_more else 1.0
        return self._retry_s - self._reach.elapsed_s()

    def close(self) -> None:
        """Nothing is open any more."""
        self._leave()
        self._history.close()

    def _work(self) -> bool:
        if self._ward is None:
            self._ward = self._open_ward()
        ward = self._ward
        if self._is_time("claim"):
            ward.gateways.claim(self._identity.gateway, self._identity.instance)
            self._go_on("claim", CLAIM_EVERY_S)
        self._hear(ward)
        if self._is_time("check"):
            self._unchecked = [box.device_id for box in self._history.boxes()]
            self._go_on("check", CHECK_EVERY_S)
        self._check(ward)
        has_more = self._send(ward) or bool(self._unchecked)
        if self._is_time("look"):
            is_going_on = self._look(ward)
            self._go_on("look", LOOK_SOON_S if is_going_on else LOOK_EVERY_S)
        return has_more

    # How the boxes are.

    def _hear(self, ward: Ward) -> None:
        views = self._views
        is_time = self._is_time("hear")
        if views is self._seen and not is_time:
            return
        self._seen = views
        serials = {box.device_id: box.usb_serial for box in self._history.boxes()}
        heard, is_new = self._heard.of(views, serials, self._reach.clock())
        if heard and (is_new or is_time):
            ward.gateways.hear(self._identity.gateway, heard)
            self._go_on("hear", HEAR_EVERY_S)

    # What they have noted.

    def _check(self, ward: Ward) -> None:
        """Look at one box, so that no round is long; what is lost is told after the last one."""
        if not self._unchecked:
            return
        device_id = self._unchecked[0]
        if self._outbox.has_lost(ward, device_id):
            self._lost.add(device_id)
            self.look_back(device_id)
        del self._unchecked[0]
        if self._lost and not self._unchecked:
            of = "a box" if len(self._lost) == 1 else f"{len(self._lost)} boxes"
            self._lost.clear()
            self._say(f"the database has less of {of} than it took, so all of that is sent again.")

    def _send(self, ward: Ward) -> bool:
        """Send a batch of the box whose turn it is; whether there may be more."""
        device_id = next(iter(self._due), None)
        if device_id is None:
            return False
        # Another box has the next turn, also where this one fails.
        looks_back = self._due[device_id] = self._due.pop(device_id)
        if looks_back:
            self._outbox.look_back(device_id)
            self._tell_left_out(device_id)
            self._due[device_id] = False
        if self._send_one(ward, device_id):
            del self._due[device_id]
        return bool(self._due)

    def _send_one(self, ward: Ward, device_id: str) -> bool:
        """Send a batch of that box; whether there was none."""
        added = self._outbox.send_next(ward, device_id)
        if added is not None and added.other:
            count = f"{len(added.other)} of its records" if len(added.other) > 1 else "a record"
            self._say(
                f"{self._called(device_id)}: {count} stood in the database under a number that"
                " another one has; both are kept."
            )
        return added is None

    def _tell_left_out(self, device_id: str) -> None:
        if device_id not in self._left_out and is_left_out(self._history, device_id):
            self._left_out.add(device_id)
            self._say(
                f"{self._called(device_id)}: what it noted with an older release of dosebell is"
                " not sent, for only this machine can tell it apart: `dosebell flash` upgrades it."
            )

    def _called(self, device_id: str) -> str:
        return self._history.names().get(device_id, device_id)

    # Who is not heard.

    def _look(self, ward: Ward) -> bool:
        """Whether there is more to be done soon."""
        silences, me = Silences(ward.tables), self._identity.gateway
        now_s, times = int(self._reach.clock()), ward_time(ward.tables, self._reach.clock())
        is_going_on = False
        if self._elsewhere.has_tellers:
            with silences.alone() as before:
                seen = shown(me, before, now_s, times)
                is_going_on = self._decide(silences, before, seen, now_s)
        self._elsewhere.put(shown(me, silences.now(), now_s, times), now_s + SILENT_S)
        return is_going_on

    def _decide(
        self, silences: Silences, before: WardNow, seen: Mapping[str, WardSilence], now_s: int
    ) -> bool:
        me = self._identity.gateway
        found = decide(me, before, self._looked, now_s, self._elsewhere.has_told)
        for about in found.take_over:
            if before.silences[about].told_s and about in seen:
                self._elsewhere.assume_told(about, seen[about])
        silences.begin(found.begin, me)
        silences.take_over(found.take_over, me)
        silences.note_told(found.told, now_s)
        silences.end(found.end)
        self._looked = found.looked
        return found.is_going_on

    # How it goes.

    def _is_time(self, what: str) -> bool:
        return self._reach.elapsed_s() >= self._next.get(what, 0.0)

    def _go_on(self, what: str, every_s: float) -> None:
        self._next[what] = self._reach.elapsed_s() + every_s

    def _fail(self, sentence: str) -> None:
        self._leave()
        if sentence not in self._told:
            self._say(f"{sentence} {KEPT_HERE}")
        self._told.add(sentence)
        self._retry_s = self._reach.elapsed_s() + _RETRY.wait_s(self._failed)
        self._failed += 1

    def _succeed(self) -> None:
        if self._told:
            self._say("it works again.")
        self._told.clear()
        self._failed = 0

    def _leave(self) -> None:
        """The next round begins with another connection, and says all anew."""
        ward, self._ward = self._ward, None
        self._next.clear()
        if ward is not None:
            ward.close()

    def _say(self, sentence: str) -> None:
        self._note(f"{self._identity.sink}: {sentence}")
