"""The history of three months, as the README shows it: of a simulated box, by the real program."""

from dosebell_host.history.box_log import BoxLog
from dosebell_host.pictures.chronology import chronology
from dosebell_host.pictures.legend import legend
from dosebell_host.pictures.markup import Markup
from dosebell_host.pictures.months import WIDTH as GRID_WIDTH
from dosebell_host.pictures.months import month_grid
from dosebell_host.pictures.occasions import occasions
from dosebell_host.pictures.period import Period
from dosebell_host.pictures.picture import Picture
from dosebell_host.pictures.text_width import width_of
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.local_time import day_number, read_date
from dosebell_host.schedule.plan_file import load
from dosebell_host.trial.simulate import simulate
from dosebell_host.trial.story import Told, read_story
from page import svg
from page.lives import BOX

SCHEDULE = "d3-k2-breakfast.toml"
START, END = "2026-09-01", "2026-11-30"
# A person who forgets at times, and a box without power for some days in October.
FORGETS, SEED, OFF = 0.25, 4, "2026-10-14T20:00/2026-10-18T18:00"
_WIDTH, _HEIGHT, _EDGE, _TOP = 704, 158, 14, 46


def drawing() -> str:
    """The month grid beside the chronology."""
    file = load(schedules_dir() / SCHEDULE)
    period = Period(*(day_number(read_date(each, "a date")) for each in (START, END)))
    days = len(period.days)
    story = read_story(file, Told(f"{START}T00:00", days, offs=[OFF], forget=FORGETS, seed=SEED))
    plans = {file.compiled.revision: file.plan}
    entries = simulate(file, story)
    log = BoxLog(BOX, story.end_s, entries, {}, plans, file.compiled.lines, 0, file.local)
    seen = [each for each in occasions(log, log.outcomes) if each.day in period.days]
    (dose,) = file.schedule.doses
    grid = month_grid(dose.name, period, [each.outcome for each in seen])
    dots = chronology(dose.name, period, seen)
    head = f"{dose.name}, three months"
    return _card(head, grid, dots)


def _card(head: str, grid: Picture, dots: Picture) -> str:
    card = svg.Drawing(_WIDTH, _HEIGHT, head)
    card.text(_EDGE, 25, head, bold=True)
    card.put(_placed(grid.svg, _EDGE, _TOP))
    card.put(_placed(dots.svg, int(_EDGE + GRID_WIDTH + 12), _TOP - 6))
    x = _EDGE
    for drawn, words in legend((grid, dots)):
        card.put(_placed(drawn, x, _HEIGHT - 24))
        card.text(x + 15, _HEIGHT - 14, words, 11)
        x += 24 + int(width_of(words, 11))
    return str(card)


def _placed(picture: Markup, x: int, y: int) -> str:
    """A picture at a place of another one, in the ink of that."""
    return picture.replace("<svg ", f'<svg x="{x}" y="{y}" color="{svg.INK}" ', 1)
