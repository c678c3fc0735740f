"""Plan: commands that look at a schedule file and need no board."""

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.terminal.box import of_known_box, syncing
from dosebell_host.terminal.options import (
    Settings,
    completing,
    pass_settings,
    shared,
    without_port,
)

if TYPE_CHECKING:
    from dosebell_host.actions.changes.original import ChangeWishes

FILE = click.Path(path_type=Path)


@click.command()
@without_port()
@pass_settings
@click.argument("files", metavar="FILE...", nargs=-1, type=FILE)
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@click.option("--fix", is_flag=True, help="Write what can be put right to a new file.")
@click.option("--verbose", "-v", is_flag=True, help="Show notes in full, and what is no alarm.")
@click.option(
    "--explain",
    metavar="RULE",
    shell_complete=completing("rule"),
    help="Why a rule says what it says, and its sources.",
)
def check(
    settings: Settings,
    files: tuple[Path, ...],
    strict: bool,
    fix: bool,
    verbose: bool,
    explain: str | None,
) -> int:
    """Say whether schedule files are right, and what is known about their doses.

    First all that is wrong with a file; then errors, warnings and notes about vitamins D3 and K2
    and what is taken with them, each with its source. An error holds a push back until it is put
    right, or accepted in the file:

    \b
      [[accept]]
      rule = "D3-UL"
      reason = "agreed with my doctor"
      until = 2027-06-30

    Where a supplement only stands in the wrong place of the day, as a mineral too near to
    levothyroxine, a better place is proposed. --fix writes that to a new file, my.fixed.toml for
    my.toml, with your comments; the old file stays as it is. It never moves a medicine.

    dosebell is a reminder, not a medical device. These checks compare what the file says with
    published limits and labels, as a careful reader would. They don't know you, your blood or
    what else you take unless the file says it; silence does not mean that something is safe.
    They never tell you to start, stop or change a medicine: ask your pharmacist, doctor or
    anticoagulant clinic. A press on the box is never blocked by any of them.

    \b
    Examples:
      dosebell check breakfast.toml
      dosebell check breakfast.toml --fix
      dosebell check --explain D3-FAT
    """
    if explain is not None:
        return _explain(settings, explain)
    if not files:
        raise click.UsageError("Missing argument 'FILE...'.")
    from dosebell_host.advice.check_files import CheckWishes, check_files
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.terminal.asking import talk_with

    wishes = CheckWishes(files, strict, fix, verbose)
    found = check_files(wishes, now_s(settings.reach().clock), talk_with(settings))
    settings.emit(found.to_json(), found.lines())
    if found.too_strict:
        settings.note(found.too_strict)
    return 0 if found.is_good else 1


def _explain(settings: Settings, name: str) -> int:
    from dosebell_host.advice.explain import explained, explanation_lines

    found = explained(name)
    settings.emit(found.to_json(), explanation_lines(found))
    return 0


@click.command()
@without_port(asks=True)
@pass_settings
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@click.option(
    "--timezone",
    metavar="ZONE",
    shell_complete=completing("zone"),
    help="Where you live; the laptop's zone if left out.",
)
@click.option("--name", metavar="NAME", help="Whose box it is; stays on this laptop.")
@click.option("--breakfast", metavar="HH:MM", help="When, or none; 07:30 if left out.")
@click.option("--eat", metavar="WORDS", help='What for breakfast: "two eggs", or "12 g of fat".')
@click.option("--lunch", metavar="HH:MM", help="When, or none; 12:30 if left out.")
@click.option("--dinner", metavar="HH:MM", help="When, or none; 18:30 if left out.")
@click.option("--d3", metavar="AMOUNT", help='As on the label: "1000 IU", "25 mcg", or none.')
@click.option("--k2", metavar="AMOUNT", help='As on the label: "MK-7 100 mcg", or none.')
@click.option("--with", metavar="MEAL", help="With which meal; the first with fat if left out.")
@click.option("--days", metavar="DAYS", help='Of D3 and K2: "daily", "sunday", "every 3 days".')
@click.option("--take", metavar="AMOUNT", help='Of D3 and K2 at a time, as "1 capsule".')
@click.option("--stock", metavar="N", help="How many capsules of D3 and K2 are left.")
@click.option(
    "--dose",
    "doses",
    metavar="SENTENCE",
    multiple=True,
    help='What rings besides: "NAME; WHEN; DAYS; AMOUNT; LEFT", the last three if you like.',
)
@click.option(
    "--medicines", metavar="NAMES", help='Taken without a ring, as "apixaban 08:00"; or none.'
)
def new(
    settings: Settings, /, file: Path | None, doses: tuple[str, ...], **options: str | None
) -> None:
    """Write a schedule of your own, by questions or by options.

    It is written to my.toml unless you name a FILE, and never over a file that is there. dosebell
    proposes no amounts: copy them from the label. What the checks find is shown as by `dosebell
    check`, and the file is written all the same.

    \b
    Examples:
      dosebell new
      dosebell new mine.toml --d3 "1000 IU" --k2 "MK-7 100 mcg" --medicines none
      dosebell new mine.toml --d3 none --k2 none --medicines "apixaban 08:00"
          --dose "metformin 500 mg; breakfast and dinner; daily; 1 tablet; 60"
    """
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.wizard.new import new_schedule

    clock = settings.reach().clock
    made = new_schedule(file, options, now_s(clock), talk_with(settings), doses)
    # Somebody may have thought about an answer while a time went by.
    made = made._replace(at_s=now_s(clock))
    settings.emit_with_notes(made.to_json(), made.lines())


@click.command()
@shared
@pass_settings
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@click.option("--from", "first", metavar="DATE", help="The first date; today if left out.")
@click.option("--days", metavar="N", type=int, default=7, show_default=True, help="How many.")
@of_known_box
@syncing
def preview(
    settings: Settings,
    file: Path | None,
    first: str | None,
    days: int,
    device_id: str | None,
    sync: bool,
) -> None:
    """Show every dose that a schedule asks for, as the box will compute it.

    Left out, FILE is the schedule of the box; where that is away, the one that this laptop knows.

    \b
    Examples:
      dosebell preview breakfast.toml --from monday
      dosebell preview breakfast.toml --from 2026-12-24 --days 14
      dosebell preview --days 2
    """
    if file is None:
        _preview_of_box(settings, device_id, first, days, sync)
        return
    if device_id:
        raise click.UsageError("FILE and --device both say whose schedule: leave out one of them.")
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.trial.preview import preview_file
    from dosebell_host.trial.preview_text import preview_lines

    shown = preview_file(file, first, days, now_s(settings.reach().clock))
    if shown.doubt:
        settings.note(shown.doubt)
    settings.emit(shown.to_json(), preview_lines(shown))


def _preview_of_box(
    settings: Settings, device_id: str | None, first: str | None, days: int, sync: bool
) -> None:
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.trial.preview_of_box import BoxPreviewWishes, preview_of_box

    wishes = BoxPreviewWishes(settings.port, device_id, first, days, sync)
    found = preview_of_box(wishes, talk_with(settings), settings.reach())
    if found.shown.doubt:
        settings.note(found.shown.doubt)
    settings.emit(found.to_json(), found.lines())


@click.command()
@without_port()
@pass_settings
@click.argument("file", type=FILE)
@click.option("--from", "start", metavar="DATETIME", required=True, help="When it begins.")
@click.option("--days", metavar="N", type=int, required=True, help="How many days it lasts.")
@click.option("--press", "presses", metavar="DATETIME", multiple=True, help="A short press.")
@click.option("--long", "longs", metavar="DATETIME", multiple=True, help="A long press: snooze.")
@click.option("--off", "offs", metavar="FROM/TO", multiple=True, help="No power meanwhile.")
@click.option("--forget", metavar="P", type=float, help="A person forgets this share, 0 to 1.")
@click.option("--seed", metavar="S", type=int, help="Repeat the person of an earlier run.")
def simulate(settings: Settings, /, file: Path, **options: Any) -> None:
    """Live through some days of a schedule: the whole firmware, under a simulated clock.

    Times are local in the schedule's zone, unless they carry an offset.

    \b
    Examples:
      dosebell simulate breakfast.toml --from 2026-11-23 --days 2 --press 2026-11-23T07:41
      dosebell simulate breakfast.toml --from monday --days 2 --press "tuesday 07:41"
      dosebell simulate breakfast.toml --from 2026-01-01T06:00 --days 365 --forget 0.1
    """
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.trial.simulate import simulate_file, simulation_lines
    from dosebell_host.trial.story import Told

    told = Told(**options, now_s=lambda: now_s(settings.reach().clock))
    lived = simulate_file(file, told, talk_with(settings))
    settings.emit(lived.to_json(), simulation_lines(lived))


def _of_schedule(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--file` and `--no-sync`, as its argument `wishes`."""

    def with_wishes(settings: Settings, file: Path | None, sync: bool, **rest: Any) -> None:
        from dosebell_host.actions.changes.original import ChangeWishes

        command(settings, ChangeWishes(file, settings.port, sync), **rest)

    text = "Change this file; left out: the schedule of the box."
    option = click.option("--file", "-f", metavar="FILE", type=FILE, help=text)
    return syncing(option(update_wrapper(with_wishes, command)))


@click.command()
@shared
@pass_settings
@_of_schedule
@click.argument("name", required=False)
@click.option("--when", metavar="TIMES", help='"08:00 and 20:00", or "breakfast and dinner".')
@click.option("--days", metavar="DAYS", help='"daily", "mon and thu", "for 7 days".')
@click.option(
    "--take",
    metavar="AMOUNT",
    help='How much at a time, as "1 tablet"; "2 tablets together" hold what NAME says.',
)
@click.option("--stock", metavar="N", help="How many are left.")
@click.option("--label", metavar="AMOUNT", help="What is in one intake, where NAME has no amount.")
def add(
    settings: Settings, wishes: "ChangeWishes", name: str | None, **options: str | None
) -> None:
    """Add a dose to a schedule, for which the box shall ring.

    What you leave out is asked for; where nobody can be asked, it is daily.

    \b
    Examples:
      dosebell add "metformin 500 mg" --when "breakfast and dinner"
      dosebell add amoxicillin --when "8am and 8pm" --days "for 7 days"
      dosebell add "Vitamin D3 20000 IU" --when lunch --days sunday -f my.toml
    """
    from dosebell_host.actions.changes.add import add as added
    from dosebell_host.terminal.asking import talk_with

    settings.emit_with_notes(
        added(wishes, name, options, talk_with(settings), settings.reach()).to_json()
    )


@click.command()
@shared
@pass_settings
@_of_schedule
@click.argument("what", metavar="DOSE|MEAL", shell_complete=completing("dose or meal"))
@click.argument("times", metavar="TIME...", nargs=-1, required=True)
@click.option("--on", metavar="DAYS", default="", help='A meal on these days, as "sat and sun".')
@click.option("--alone", is_flag=True, help="Leave the meal that a dose comes with where it is.")
def move(
    settings: Settings,
    wishes: "ChangeWishes",
    what: str,
    times: tuple[str, ...],
    on: str,
    alone: bool,
) -> None:
    """Move a dose, or a meal and what is taken with it, to another time.

    Of several times a day say all of them as they shall be, or move just one of them. A dose that
    comes with a meal moves with that, or alone, and has times of its own then.

    \b
    Examples:
      dosebell move levothyroxine 06:00
      dosebell move metformin 12:00 to 13:00
      dosebell move eye-drops 08:00 14:00 20:00
      dosebell move breakfast 08:00 --file my.toml
      dosebell move breakfast 9 --on sunday
      dosebell move metformin 13:00 --alone
    """
    from dosebell_host.actions.changes.move import move as moved
    from dosebell_host.terminal.asking import talk_with

    done = moved(wishes, what, times, talk_with(settings), settings.reach(), on, alone)
    settings.emit_with_notes(done.to_json())


@click.command()
@shared
@pass_settings
@_of_schedule
@click.argument(
    "words", metavar="DOSE", nargs=-1, required=True, shell_complete=completing("dose")
)
def remove(settings: Settings, wishes: "ChangeWishes", words: tuple[str, ...]) -> None:
    """Take a dose out of a schedule.

    \b
    Examples:
      dosebell remove amoxicillin
      dosebell remove amoxicillin --file my.toml
    """
    from dosebell_host.actions.changes.remove import remove as removed
    from dosebell_host.terminal.asking import talk_with

    settings.emit_with_notes(
        removed(wishes, " ".join(words), talk_with(settings), settings.reach()).to_json()
    )


@click.command()
@shared
@pass_settings
@_of_schedule
@click.argument("words", metavar="[FROM TO]", nargs=-1)
@click.option("--meal", "meals", metavar="MEAL TIME", multiple=True, help="As breakfast 10:00.")
@click.option("--off", is_flag=True, help="Nothing rings on these days.")
@click.option("--reason", metavar="TEXT", default="", help="Why, for the log.")
def away(
    settings: Settings,
    wishes: "ChangeWishes",
    words: tuple[str, ...],
    meals: tuple[str, ...],
    off: bool,
    reason: str,
) -> None:
    """Have other meal times, or no rings, for some days.

    They begin with the one date and end with the other. What you leave out is asked for.

    \b
    Examples:
      dosebell away
      dosebell away 24 to 27 December --off
      dosebell away 2026-12-24 2027-01-02 --meal "breakfast 10:00"
      dosebell away 24.12. 2.1. --meal breakfast 10
      dosebell away 1 Dec 5 Dec --off --reason hospital
    """
    from dosebell_host.actions.changes.away import AwayWishes
    from dosebell_host.actions.changes.away import away as set_away
    from dosebell_host.terminal.asking import talk_with

    days = AwayWishes(words, meals, off, reason)
    settings.emit_with_notes(
        set_away(wishes, days, talk_with(settings), settings.reach()).to_json()
    )


@click.command()
@shared
@pass_settings
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@syncing
def edit(settings: Settings, file: Path | None, sync: bool) -> None:
    """Change a schedule in your editor, and have it checked.

    It is checked each time you save and leave it, and kept once it is right. Left out, FILE is
    the schedule of the box. The editor is the one that $VISUAL or $EDITOR names.

    \b
    Examples:
      dosebell edit my.toml
      dosebell edit
    """
    from dosebell_host.actions.changes.edit import edit as edited
    from dosebell_host.actions.changes.original import ChangeWishes
    from dosebell_host.terminal.asking import talk_with

    def opens(draft: Path) -> None:
        click.edit(filename=str(draft))

    wishes = ChangeWishes(file, settings.port, sync)
    settings.emit_with_notes(
        edited(wishes, opens, talk_with(settings), settings.reach()).to_json()
    )


COMMANDS: list[click.Command] = [new, add, move, remove, away, edit, check, preview, simulate]
