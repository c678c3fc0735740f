"""What a handler of the schedule's page works on: what the box has, and the draft over it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from dosebell_host.errors import UserError
from dosebell_host.history.box_names import owner_of
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.web.desk import Desk
from dosebell_host.web.draft.begun import Begun, begun
from dosebell_host.web.draft.dose_form import Typed, typed_over
from dosebell_host.web.draft.drafts import Drafts, ScheduleDraft
from dosebell_host.web.draft.shown import ReadText, read_text, text_changes

_GONE = "the text that it was made from is not known any more, so look at all of it"


@dataclass(frozen=True)
class Work:
    """One box's schedule in hand; `at_s` is now, in seconds since 2000."""

    begun: Begun
    draft: ScheduleDraft | None
    owner: str
    at_s: int
    drafts: Drafts

    @property
    def path(self) -> str:
        return schedule_path(self.begun.device_id)

    @property
    def text(self) -> str:
        return self.draft.text if self.draft else self.begun.text

    @property
    def name(self) -> str:
        return self.draft.name if self.draft else self.begun.name

    def read(self, text: str | None = None) -> ReadText:
        """Raises `UserError` with all that is wrong with it."""
        return read_text(self.text if text is None else text, self.name, self.at_s)

    def keep(self, text: str) -> None:
        """Make it the draft; what is as it was needs none. Raises as `read`, and nothing is kept
        then.
        """
        self.read(text)
        begun_from = self.draft or self.begun.draft(text)
        if text == begun_from.begun_text == self.begun.text:
            self.drafts.forget(self.begun.device_id)
            return
        self.drafts.keep(
            ScheduleDraft(
                self.begun.device_id, self.name, text, begun_from.begun_at, begun_from.begun_text
            )
        )

    def came_between(self, seen: str) -> list[str]:
        """What changed since a form showed the text with that digest; nothing where it did not."""
        if seen == self.drafts.show(self.text):
            return []
        before = self.drafts.shown(seen)
        return text_changes(before, self.text) if before is not None else [_GONE]

    def typed_over(
        self, seen: str, typed: dict[str, list[str]], fields: Callable[[str], Typed]
    ) -> dict[str, list[str]]:
        """A form that showed the text with that digest, as it would be now with just what was
        typed over it; all of it where that text is not known any more. `fields` tells what the
        form shows of a text.
        """
        before = self.drafts.shown(seen)
        if before is None:
            return typed
        return typed_over(fields(before), typed, fields(self.text))


def schedule_path(device_id: str) -> str:
    return f"/box/{quote(device_id, safe='')}/schedule"


def work_of(request: Request) -> Work:
    """The schedule of the box in the address. Raises `UserError` where there is no such box."""
    desk: Desk = request.app.state.desk
    device_id = request.path_params["box"]
    drafts = drafts_of(request)
    with closing(desk.open_history()) as history:
        found = begun(history, device_id)
        owner = next(
            owner_of(history, box).text for box in history.boxes() if box.device_id == device_id
        )
    return Work(found, drafts.of(device_id), owner, from_unix(desk.now()), drafts)


def work_with_schedule(request: Request) -> Work:
    """As `work_of`; raises `UserError` where there is neither a schedule nor a draft."""
    work = work_of(request)
    if not work.text:
        raise UserError(
            "this laptop knows no schedule of this box",
            fix="start from a ready-made one, or set one up",
            code="no-schedule",
        )
    return work


def drafts_of(request: Request) -> Drafts:
    """The drafts of this page."""
    state = request.app.state
    if not hasattr(state, "drafts"):
        state.drafts = Drafts(state.desk.data)
    drafts: Drafts = state.drafts
    return drafts
