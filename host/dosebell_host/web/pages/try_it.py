"""Try it: a virtual box on the page, with its light, its sound, its lamps and its button.

It is nobody's box: it stands on no other page, and what it notes is gone with it. There is one at
a time, and none outlives the program.
"""

import atexit
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.schedule.plan_file import load
from dosebell_host.trial.live_box import PRESSES, LiveBox
from dosebell_host.web.desk import Desk
from dosebell_host.web.forms import field, form_of
from dosebell_host.web.pages.schedule_text import ready_path, ready_schedules
from dosebell_host.web.show import shown, then

PATH = "/try"
SPEEDS = {"1": "as fast as real time", "60": "a minute in a second"}
_FIRST = "d3-k2-breakfast.toml"
# A press is answered sooner; the page after it then shows the answer.
_ANSWER_S = 1.0


class Trials:
    """The one virtual box that runs, if any."""

    def __init__(self) -> None:
        self.box: LiveBox | None = None
        self._lock = Lock()
        self._begun = 0
        atexit.register(self.stop)

    def start(self, box: LiveBox) -> None:
        """This one from now on; one that ran ends."""
        self.stop()
        with self._lock:
            self.box = box
            self._begun += 1

    def stop(self) -> None:
        with self._lock:
            ended, self.box = self.box, None
        if ended is not None:
            ended.stop()

    @property
    def number(self) -> str:
        """Another one after each change of what is seen; "" while none ever ran."""
        box = self.box
        return f".{self._begun}.{box.wait(-1, 0) if box else 'off'}" if self._begun else ""


def trials_of(request: Request) -> Trials:
    """The virtual box of this page."""
    state = request.app.state
    if not hasattr(state, "trials"):
        state.trials = Trials()
    trials: Trials = state.trials
    return trials


def try_it(request: Request) -> Response:
    """The box, or which schedule it shall have."""
    box = trials_of(request).box
    if box is None:
        ready = ready_schedules()
        return shown(request, "try/choose.html", ready=ready, first=_FIRST)
    schedule = box.file.schedule
    return shown(
        request,
        "try/box.html",
        seen=box.seen(),
        title=schedule.title,
        doses=schedule.doses,
        presses=PRESSES,
        speeds=SPEEDS,
    )


def begin(request: Request) -> Response:
    """A box with the schedule that was chosen."""
    desk: Desk = request.app.state.desk
    file = load(ready_path(field(form_of(request), "file")))
    trials_of(request).start(LiveBox(file, from_unix(desk.now())))
    return then(request, PATH)


def press(request: Request) -> Response:
    """One press of its button."""
    box, which = _running(request), field(form_of(request), "press")
    if which in PRESSES:
        version = box.wait(-1, 0)
        box.press(which)
        box.wait(version, _ANSWER_S)
    return then(request, PATH)


def set_speed(request: Request) -> Response:
    """How fast its time goes."""
    speed = field(form_of(request), "speed")
    if speed in SPEEDS:
        _running(request).set_speed(float(speed))
    return then(request, PATH)


def leap(request: Request) -> Response:
    """On to shortly before the next dose."""
    if _running(request).leap():
        return then(request, PATH)
    return then(request, PATH, "By this schedule nothing rings any more.")


def stop(request: Request) -> Response:
    """The box is gone."""
    trials_of(request).stop()
    return then(request, PATH)


def _running(request: Request) -> LiveBox:
    box = trials_of(request).box
    if box is None:
        raise UserError("no box runs here", fix="start one")
    return box


ROUTES = [
    Route(PATH, try_it, methods=["GET"]),
    Route(f"{PATH}/start", begin, methods=["POST"]),
    Route(f"{PATH}/press", press, methods=["POST"]),
    Route(f"{PATH}/speed", set_speed, methods=["POST"]),
    Route(f"{PATH}/leap", leap, methods=["POST"]),
    Route(f"{PATH}/stop", stop, methods=["POST"]),
]
