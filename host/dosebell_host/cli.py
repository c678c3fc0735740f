"""The `dosebell` command: one group, its commands in four sections, errors told once.

The modules in terminal/ hold the commands of a section. They parse, call and print; what they call
is imported when they run, so that `--help` stays as fast as it looks.
"""

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from dosebell_host import __version__
from dosebell_host.errors import UserError
from dosebell_host.terminal import box, doses, plan, try_out
from dosebell_host.terminal.options import SCHEMA, shared

SECTIONS = {
    "Plan": plan.COMMANDS,
    "Board": box.COMMANDS,
    "Doses": doses.COMMANDS,
    "Try": try_out.COMMANDS,
}

INTERRUPTED = 130


class Sections(click.Group):
    """A group that lists its commands by section and turns errors into one sentence."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [str(command.name) for commands in SECTIONS.values() for command in commands]

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl(
                    [(str(each.name), each.get_short_help_str(70)) for each in commands]
                )

    # click types its `main` as two overloads, of which this is neither.
    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, **extra: Any
    ) -> NoReturn:
        """Run, and exit: 0 done, 1 the user can fix it, 2 usage, 3 device said no, 4 no device."""
        extra["standalone_mode"] = False
        as_json = "--json" in (sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, **extra)
        except UserError as error:
            code = _tell(error.to_json(), str(error), as_json, error.exit_code)
        except click.UsageError as error:
            code = _tell_usage(error, as_json)
        except click.ClickException as error:
            problem = {"code": "user", "message": error.format_message(), "where": "", "fix": ""}
            code = _tell(problem, error.format_message(), as_json, error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            code = INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has seen enough, as with `dosebell log | head`.
            with contextlib.suppress(OSError):
                sys.stdout.close()
            code = 0
        sys.exit(code if isinstance(code, int) else 0)


def _tell(problem: dict[str, Any], sentence: str, as_json: bool, code: int) -> int:
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, "error": problem}, ensure_ascii=False))
    else:
        click.echo(sentence, err=True)
    return code


def _tell_usage(error: click.UsageError, as_json: bool) -> int:
    message = error.format_message()
    if not as_json and error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help'.", err=True)
    problem = {"code": "usage", "message": message, "where": "", "fix": ""}
    return _tell(problem, message, as_json, error.exit_code)


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
