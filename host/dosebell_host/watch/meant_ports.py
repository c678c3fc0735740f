"""Which ports a watcher looks at: all of them, or that of the one box that it was given."""

from collections.abc import Callable
from dataclasses import replace

from dosebell_host.box.ports import ID_PREFIX, resolve, targets
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import UserError
from dosebell_host.history.box_names import is_box_name

# A box that is named, and not there, is looked for at every port so often.
_LOOK_FOR_EVERY_S = 5.0


class MeantPorts:
    """The ports of this laptop, or what `port` means of them."""

    def __init__(self, port: str | None, reach: Reach) -> None:
        self._port = port
        self._reach = reach
        self._found: Target | None = None
        self._missing: UserError | None = None
        self._look_s = 0.0

    def targets(self, is_silent: Callable[[Target], bool]) -> list[Target]:
        """The ports as they are now; `is_silent` tells where nobody answered the last time.

        Raises `UserError` where the one box is not there.
        """
        if self._port is None:
            return targets(self._reach)
        names_box = self._port.startswith(ID_PREFIX) or is_box_name(self._port)
        if not names_box or "://" in self._port:
            return [replace(resolve(self._port, self._reach), is_board=True)]
        return self._of_named(self._port, is_silent)

    def _of_named(self, port: str, is_silent: Callable[[Target], bool]) -> list[Target]:
        """A box is found by its name by asking every board, so only while it does not answer."""
        found = self._found
        if found and not is_silent(found) and found in targets(self._reach):
            return [found]
        now_s = self._reach.elapsed_s()
        if now_s >= self._look_s:
            self._look_s = now_s + _LOOK_FOR_EVERY_S
            self._look_for(port)
        if self._missing is not None:
            raise self._missing
        return [self._found] if self._found else []

    def _look_for(self, port: str) -> None:
        try:
            self._found, self._missing = resolve(port, self._reach), None
        except UserError as error:
            self._found, self._missing = None, error
