"""`dosebell demo`: a virtual board, a push over a serial line, and a few days of a person's life.

The board runs on a thread of this process behind a real serial port; the laptop's side is what
every other command uses. What it keeps goes to a folder that is removed at the end.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from dosebell import clock, pattern, record
from dosebell_host import resources
from dosebell_host.actions import read_log
from dosebell_host.actions.proposal import propose
from dosebell_host.actions.push import carry_out
from dosebell_host.actions.push_file import Document, read_document
from dosebell_host.actions.push_text import proposal_lines, pushed_line
from dosebell_host.box.client import Client
from dosebell_host.box.contact import Contact, meet
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import UserError
from dosebell_host.history import log_text
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.record_text import Happening, seen_words
from dosebell_host.history.store import open_history
from dosebell_host.resources import FILE_NAME
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.schedule.local_time import date_of, day_text, now_s
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.sim.pace import Standing
from dosebell_host.sim.serve import Server
from dosebell_host.sim.threaded import running
from dosebell_host.sim.world import World
from dosebell_host.talk import Note
from dosebell_host.trial import demo_days
from dosebell_host.trial.demo_days import Day, Event
from dosebell_host.trial.demo_stage import Stage
from dosebell_host.trial.fitted_lamps import fit_lamps
from dosebell_host.wording import and_list, marks_for

DEFAULT = "d3-k2-breakfast.toml"
# The box is switched on so long before the first dose is due.
BEFORE_FIRST_S = 300
# More moments than these of one day are counted, not shown.
MAX_MOMENTS = 12

ORDINALS = ("one", "two", "three")


_INVITATION = (
    "dosebell virtual                     a virtual Pico on your screen; Space is its button",
    "dosebell preview FILE                what a schedule will do, before anything rings",
    "dosebell push FILE --port virtual    from another terminal, give it a schedule",
    "dosebell web                         what it noted, live in your browser",
)


def run(path: Path | None, stage: Stage, note: Note, reach: Reach) -> BoxLog:
    """Tell the story of a schedule; what the box noted of it.

    Raises `UserError` where the schedule is wrong or never rings again.
    """
    document = read_document(path or resources.schedules_dir() / DEFAULT, unchecked=True)
    days = _days(document.file, now_s(reach.clock))
    world = World(days[0].first_due_s - BEFORE_FIRST_S)
    lamps = fit_lamps(world, document.file)
    world.power_on()
    with running(world, Standing()) as (server, port), _contact(port, note, reach) as contact:
        stage.act("A virtual Pico is switched on: the real firmware, on a simulated board.")
        stage.lines([f"It answers at {port}, and has no schedule yet."])
        if lamps:
            stage.lines([f"Along the pill organiser lies a strip of {lamps} lamps."])
        _push(contact, document, stage)
        for ordinal, day in zip(ORDINALS, days, strict=False):
            _tell_day(server, document.file, ordinal, day, stage)
        log = read_log.of_contact(meet(contact.client, contact.history, note, laptop=reach.clock))
        _tell_log(log, stage)
    stage.act("Now you:")
    stage.lines(_INVITATION)
    return log


def _days(file: PlanFile, today_s: int) -> list[Day]:
    days = demo_days.story_days(file.plan, max(today_s, clock.EARLIEST_S + DAY_S))
    if not days or not clock.plausible(days[-1].first_due_s + DAY_S):
        fix = "take one whose doses go on"
        raise UserError("nothing rings any more by this schedule", fix=fix, code="ended")
    return days


@contextmanager
def _contact(port: str, note: Note, reach: Reach) -> Iterator[Contact]:
    """The box as any other command meets it, but with a history of its own."""
    with tempfile.TemporaryDirectory(prefix="dosebell-demo-") as folder:
        client = Client(reach.link(Target(port, "the virtual board")))
        with closing(client), closing(open_history(note, Path(folder) / FILE_NAME)) as history:
            yield meet(client, history, note, laptop=reach.clock)


def _push(contact: Contact, document: Document, stage: Stage) -> None:
    proposal = propose(contact, document)
    stage.act(f"The laptop pushes {document.source.file_name} over the serial line.")
    stage.lines(proposal_lines(proposal))
    sent = carry_out(contact, proposal)
    stage.lines([pushed_line(proposal, contact.hello.device_id, sent)])


def _tell_day(server: Server, file: PlanFile, ordinal: str, day: Day, stage: Stage) -> None:
    date = day_text(date_of(day.number), year=True)
    stage.act(f"Day {ordinal}, {date}: {_headline(day, file)}")
    # The events come out of the world one by one, so each is made in the world's own thread.
    events = demo_days.live(server.world, day)
    count = 0
    while event := server.call(partial(next, events, None)):
        count += 1
        if count <= MAX_MOMENTS:
            at = file.local.clock_on(day.number, event.at_s)
            stage.moment(at, _sentence(event, file), event.light, event.sound)
    if count > MAX_MOMENTS:
        stage.lines([f"... and {count - MAX_MOMENTS} moments more"])


def _tell_log(log: BoxLog, stage: Stage) -> None:
    stage.act("The laptop reads what the box noted, as `dosebell log` shows it.")
    marks = marks_for(stage.encoding, log_text.MARKS, log_text.PLAIN_MARKS)
    stage.lines(log_text.report(log.outcomes, log.doses, log.local, marks, stage.width))


def _headline(day: Day, file: PlanFile) -> str:
    if day.person == demo_days.FALL_BACK:
        first, second = _meals(file, day.hero[0])[:2]
        return f"no time at {first}, so it rings again at {second}."
    return _HEADLINES[day.person]


def _meals(file: PlanFile, dose_id: str) -> tuple[str, ...]:
    return next(dose.with_meals for dose in file.schedule.doses if dose.id == dose_id)


def _sentence(event: Event, file: PlanFile) -> str:
    """The event in a sentence; whom it is about is left out where there is only one dose."""
    one = len(file.schedule.doses) == 1 or not event.doses
    who = "" if one else f"{', '.join(event.doses)} "
    return f"{who}{_words(event, file)}"


def _words(event: Event, file: PlanFile) -> str:
    is_silent = event.sound == pattern.SILENT
    seen = Happening(event.detail, len(event.doses), _ring(event), is_silent, file.plan.snooze_s)
    if event.kind == demo_days.RINGS_AGAIN:
        return f"{seen.rings} again: {seen.ring}"
    if event.kind == record.SNOOZED and event.light.startswith(pattern.COUNT):
        return f"put off, and the next is asked for: {_light(event)}"
    return _PRESSES.get(event.kind) or seen_words(event.kind, seen)


def _ring(event: Event) -> str:
    if event.sound == pattern.SILENT:
        return f"{_light(event)}, and there is no sound in quiet hours"
    return f"{_light(event)}, the melody says {_MELODIES.get(event.sound, 'it is time')}"


def _light(event: Event) -> str:
    """What the light does while it rings, and which lamps shine: where one place is asked for, it
    counts which.
    """
    light = "the light blinks"
    if event.light.startswith(pattern.COUNT):
        light = f"the light flashes {event.light.removeprefix(pattern.COUNT)} times"
    if not event.places:
        return light
    lamps, shine = ("lamps", "shine") if len(event.places) > 1 else ("lamp", "shines")
    return f"{light}, {lamps} {and_list(map(str, event.places))} {shine}"


_HEADLINES = {
    demo_days.ANSWER: "someone is there.",
    demo_days.PUT_OFF: "not now, but soon.",
    demo_days.FORGET: "nobody comes.",
}
_MELODIES = {
    "due-eat": "eat first",
    "overdue-eat": "eat first, it is late",
    "last-call-eat": "eat first, last call",
    "overdue": "it is late",
    "last-call": "last call",
}
_PRESSES = {
    demo_days.PRESS: "the button is pressed",
    demo_days.LONG_PRESS: "the button is held: a long press",
}
