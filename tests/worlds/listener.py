"""Whoever an action speaks with, as a test looks at it afterwards.

person = Listener(agrees=True)
push(PushWishes(file=file), person.talk)
person.heard        [("told", "+ dose drops: ..."), ("asked", "dose d3k2 goes. Push it?"), ...]
"""

from collections.abc import Iterable, Sequence

from dosebell_host.errors import UserError
from dosebell_host.talk import Talk, nobody_agrees


class Listener:
    """`heard` is all that was said, in order: lines of the result are told, what stands beside it
    is noted, and what wants an answer is asked.

    `agrees` is None where nobody can be asked; `says` answers what wants a yes or a no, and
    `types` what wants words, one after the other; "" takes the default, as Enter does.
    """

    def __init__(
        self, agrees: bool | None = None, says: Sequence[bool] = (), types: Sequence[str] = ()
    ) -> None:
        self.heard: list[tuple[str, str]] = []
        self._agrees = agrees
        self._says = iter(says)
        self._types = iter(types)
        self.talk = Talk(
            note=lambda sentence: self._hear("noted", sentence),
            agree=self._agree,
            tell=self._tell,
            can_ask=agrees is not None or bool(says or types),
            confirm=self._confirm,
            ask=self._ask,
        )

    def _hear(self, how: str, what: str) -> None:
        self.heard.append((how, what))

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._hear("told", line)

    def _agree(self, losses: list[str], question: str) -> None:
        if self._agrees is None:
            nobody_agrees(losses, question)
        self._hear("asked", f"{'; '.join(losses)}. {question}?")
        if not self._agrees:
            raise UserError("nothing was done", code="declined")

    def _confirm(self, question: str) -> bool | None:
        self._hear("asked", question)
        return next(self._says, None)

    def _ask(self, prompt: str, default: str | None) -> str | None:
        self._hear("asked", f"{prompt} [{default}]" if default else prompt)
        typed = next(self._types, None)
        return default if typed == "" else typed
