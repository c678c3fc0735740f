"""What every page is handed: the history, how boxes are reached, and who watches them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dosebell_host.box.reach import Reach
from dosebell_host.history.store import History, open_history
from dosebell_host.resources import WEB, history_file
from dosebell_host.talk import no_note
from dosebell_host.watch.view import BoxView
from dosebell_host.web.ward.line import WardLine


class Watching(Protocol):
    """Whoever watches the boxes of this laptop."""

    def views(self) -> tuple[BoxView, ...]:
        """All boxes as they are now."""

    def wait(self, after: int, timeout_s: float) -> int:
        """The number of the last change, as soon as it is above `after`, at the latest after
        `timeout_s`; it grows with every change.
        """


def this_history() -> History:
    """The history of this laptop; what is wrong with it is told where a box is spoken with."""
    return open_history(no_note)


def own_folder() -> Path:
    """Where the page keeps what is its own, beside the history."""
    return history_file().parent / WEB


@dataclass(frozen=True)
class Desk:
    """Where a page works. `watcher` is None where nobody watches, and `ward` where this laptop is
    given no database of one.
    """

    reach: Reach
    data: Path
    watcher: Watching | None = None
    open_history: Callable[[], History] = this_history
    ward: WardLine | None = None

    def now(self) -> float:
        """Unix seconds by this laptop's clock."""
        return self.reach.clock()
