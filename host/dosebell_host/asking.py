"""Asks before something is lost: on a terminal by a question, elsewhere by asking for `--yes`."""

import sys

import click

from dosebell_host.errors import UserError
from dosebell_host.options import Settings


def ask(settings: Settings, losses: list[str], question: str) -> None:
    """Return where that is agreed to. Raises `UserError` where it is not, or nobody can be asked.

    `question` is what is about to be done, as `Push it`.
    """
    if settings.yes:
        return
    if settings.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError(
            f"{'; '.join(losses)}",
            fix="nothing was done; to go on all the same, add --yes",
            code="needs-yes",
        )
    for loss in losses:
        settings.note(f"! {loss}")
    if not click.confirm(f"{question}?", err=True):
        raise UserError("nothing was done", code="declined")
