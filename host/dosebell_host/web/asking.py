"""How an action asks the person at the page: it stops, a page asks, and the form comes again.

What was agreed to is sent along as a digest of exactly these losses and this question; where
they have changed meanwhile, it is another digest, and the person is asked again.
"""

from collections.abc import Sequence
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from dosebell_host.talk import Note, Talk
from dosebell_host.web.errors import page_above
from dosebell_host.web.forms import Form, field, form_of
from dosebell_host.web.show import shown

AGREED = "agreed"


class MustAsk(Exception):
    """A person must agree first that this is lost. No error: it is shown as a question."""

    def __init__(self, losses: Sequence[str], question: str) -> None:
        super().__init__(question)
        self.losses = list(losses)
        self.question = question

    @property
    def digest(self) -> str:
        """What stands for exactly these losses and this question."""
        return sha256("\0".join([self.question, *self.losses]).encode()).hexdigest()


def talk_with(form: Form, note: Note) -> Talk:
    """A talk for an action: `note` is told what should be heard beside the result, and a loss is
    agreed to where the form says so.
    """

    def agree(losses: list[str], question: str) -> None:
        asked = MustAsk(losses, question)
        if field(form, AGREED) != asked.digest:
            raise asked

    return Talk(note, agree)


def ask(request: Request, asked: Exception) -> Response:
    """The page that asks: it sends the same form again, with what was agreed to."""
    assert isinstance(asked, MustAsk)
    form = form_of(request)
    fields = [(name, each) for name, values in form.items() for each in values if name != AGREED]
    back = page_above(request)
    return shown(request, "ask.html", asked=asked, fields=fields, agreed=AGREED, back=back)
