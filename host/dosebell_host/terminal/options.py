"""The options every command takes, and the one way a command prints.

`--port`, `--json` and `--yes` may stand before the command or after it; what stands last counts.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dosebell_host.terminal import output

if TYPE_CHECKING:
    from dosebell_host.box.reach import Reach

Command = TypeVar("Command", bound=Callable[..., Any])


def this_laptop() -> "Reach":
    from dosebell_host.box.reach import Reach

    return Reach()


def at_a_terminal() -> bool:
    """Whether a question would be seen, and could be answered."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def on_a_terminal() -> bool:
    """Whether the result is shown to a person, and not kept by a file or another program."""
    return sys.stdout.isatty()


@dataclass
class Settings:
    """What the shared options say, and where the command runs.

    `port` is None where the one board found is meant. `reach` is asked where a command needs the
    time or a board, `attended` where it has a question, `on_terminal` where it shows a file;
    `obj=Settings(...)` hands in others. `notes` are those that were told so far.
    """

    port: str | None = None
    json: bool = False
    yes: bool = False
    reach: Callable[[], "Reach"] = this_laptop
    attended: Callable[[], bool] = at_a_terminal
    on_terminal: Callable[[], bool] = on_a_terminal
    notes: list[str] = field(default_factory=list)

    def emit(
        self,
        document: dict[str, Any],
        lines: Iterable[str] = (),
        *,
        file: bytes = b"",
        whole: bool = False,
    ) -> None:
        """Print `document` as JSON where that was asked for, else `lines`, then the file.

        `whole` lines are for a program, and are never folded.
        """
        if self.json:
            output.print_document(document)
            return
        if text := "\n".join([*lines, ""]):
            output.print_text(text.removesuffix("\n"), whole)
        if file:
            output.print_file(file, self.on_terminal())

    def emit_with_notes(self, document: dict[str, Any], lines: Iterable[str] = ()) -> None:
        """As `emit`; a program is told in the document what a person reads beside it."""
        self.emit({**document, "notes": self.notes}, lines)

    def note(self, message: str) -> None:
        """A message beside the result: on stderr, so that what is piped stays clean."""
        self.notes.append(message)
        output.print_note(message)


def completing(what: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """For `shell_complete`: words of that kind, looked for at a press of Tab only."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[Any]:
        from dosebell_host.terminal.completion import proposed

        return list(proposed(what, context, typed))

    return complete


pass_settings = click.make_pass_decorator(Settings, ensure=True)


def shared(command: Command) -> Command:
    """Give a command or group the shared options; its body reads them by `pass_settings`."""
    return _sharing(command, frozenset())


def without_port(asks: bool = False) -> Callable[[Command], Command]:
    """As `shared`, for a command that meets no box, and unless it `asks` has no question: it
    accepts the options for that as any other, and its help leaves them out.
    """
    return partial(_sharing, hidden=frozenset({"--port"} if asks else {"--port", "--yes"}))


def _sharing(command: Command, hidden: frozenset[str]) -> Command:
    own = list(getattr(command, "__click_params__", []))
    for option in (
        click.option(
            "--port",
            metavar="PORT",
            shell_complete=completing("port"),
            envvar="DOSEBELL_PORT",
            expose_value=False,
            callback=_keep,
            hidden="--port" in hidden,
            help="The board: a device, a name, id:DEVICE_ID, virtual, or a pyserial URL.",
        ),
        click.option(
            "--json",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            # Before all others, so that a mistake in those is told as JSON too.
            is_eager=True,
            help="Print one JSON document instead of text.",
        ),
        click.option(
            "--yes",
            "-y",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            hidden="--yes" in hidden,
            help="Ask nothing.",
        ),
    ):
        command = option(command)
    # click shows them the other way round; the command's own come first in its help.
    params: list[click.Parameter] = command.__click_params__  # type: ignore[attr-defined]
    params[:] = [*reversed(params[len(own) :]), *own]
    return command


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    settings = context.ensure_object(Settings)
    if value and option.name:
        setattr(settings, option.name, value)
