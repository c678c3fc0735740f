"""The `dosebell` command: one group, its commands in five sections, errors told once.

The modules in terminal/ hold the commands of a section. They parse, call and print; what they call
is imported when they run, so that `--help` stays as fast as it looks.
"""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

import click

from dosebell_host import INTERRUPTED, __version__
from dosebell_host.errors import UserError
from dosebell_host.terminal import box, doses, output, plan, show, try_out, ward
from dosebell_host.terminal.options import Settings, shared

SECTIONS = {
    "Plan": plan.COMMANDS,
    "Board": box.COMMANDS,
    "Doses": doses.COMMANDS,
    "Show": [*show.COMMANDS, *ward.COMMANDS],
    "Try": try_out.COMMANDS,
}

# The first sentence of a help is shown whole in the list of commands, however it is folded.
_SENTENCE = 120

# What a command writes is about somebody's health, and nobody else's.
PRIVATE = 0o077


class Sections(click.Group):
    """A group that lists its commands by section and turns errors into one sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [str(command.name) for commands in SECTIONS.values() for command in commands]

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl(
                    [(str(each.name), each.get_short_help_str(_SENTENCE)) for each in commands]
                )

    # click types its `main` as two overloads, of which this is neither.
    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, **extra: Any
    ) -> NoReturn:
        """Run, and exit: 0 done, 1 the user can fix it, 2 usage, 3 device said no, 4 no device."""
        output.prepare_streams()
        extra["standalone_mode"] = False
        extra.setdefault("obj", Settings())
        as_json = "--json" in (sys.argv[1:] if args is None else args)
        with _private_files(), _page():
            sys.exit(self._ended(args, _Teller(as_json, extra["obj"].notes), extra))

    def _ended(self, args: Sequence[str] | None, tell: "_Teller", extra: dict[str, Any]) -> int:
        """The exit code of the command, whatever is wrong told."""
        try:
            code = super().main(args, **extra)
        except UserError as error:
            code = tell(error.to_json(), str(error), error.exit_code)
        except click.UsageError as error:
            code = tell.usage(error)
        except click.ClickException as error:
            message = error.format_message()
            code = tell(_problem("user", message), message, error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            code = tell(_problem("stopped", "Stopped."), "Stopped.", INTERRUPTED)
        except BrokenPipeError:
            # Whoever read our output has seen enough, as with `dosebell log | head`.
            output.silence(sys.stdout)
            code = 0
        except output.OutputError as error:
            code = _tell_unwritable(error)
        return code if isinstance(code, int) else 0


@contextlib.contextmanager
def _private_files() -> Iterator[None]:
    before = os.umask(PRIVATE)
    try:
        yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def _page() -> Iterator[None]:
    """Prose as wide as it is anywhere, or as the terminal where that is narrower."""
    if not output.is_screen(sys.stdout):
        yield
        return
    from dosebell_host.terminal.screen import columns
    from dosebell_host.wording import PAGE

    token = PAGE.set(min(PAGE.get(), columns()))
    try:
        yield
    finally:
        PAGE.reset(token)


def _problem(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "where": "", "fix": ""}


class _Teller(NamedTuple):
    """How it is told what was wrong; `notes` are those that the command told before."""

    as_json: bool
    notes: list[str]

    def __call__(self, problem: dict[str, Any], sentence: str, code: int) -> int:
        """The sentence to a person, or the problem as JSON; where that has no place, the sentence.

        It is the exit code that comes back.
        """
        if self.as_json:
            with contextlib.suppress(OSError):
                notes = {"notes": self.notes} if self.notes else {}
                output.print_document({"error": problem, **notes})
                return code
        output.print_note(sentence)
        return code

    def usage(self, error: click.UsageError) -> int:
        message = error.format_message()
        if not self.as_json and error.ctx is not None:
            output.print_note(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help'.")
        return self(_problem("usage", message), message, error.exit_code)


def _tell_unwritable(error: output.OutputError) -> int:
    told = output.unwritable(error)
    output.print_note(str(told))
    return told.exit_code


@click.group(cls=Sections, context_settings={"help_option_names": ["-h", "--help"]})
@shared
@click.version_option(__version__, prog_name="dosebell")
def main() -> None:
    """A reminder that rings at breakfast.

    dosebell checks and previews a schedule of doses, pushes it to a box with a light, a buzzer
    and a button, and reads back what was taken. It is a reminder, not a medical device.
    """


for _commands in SECTIONS.values():
    for _command in _commands:
        main.add_command(_command)
