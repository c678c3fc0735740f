"""The errors of the checks that hold a push back, told as `check` tells them."""

from typing import TYPE_CHECKING, Any

from dosebell_host.errors import UserError

if TYPE_CHECKING:
    from dosebell_host.advice.judge import Verdict

CODE = "held-back"
_FIX = "put it right, or accept it in the file with [[accept]] (dosebell check --help shows how)"


class HeldBack(UserError):
    """Nothing was done, because the checks found errors that nobody has accepted.

    `undone` says what was not, as `nothing was sent`.
    """

    def __init__(self, file: str, verdict: "Verdict", undone: str = "nothing was sent") -> None:
        count = len(verdict.held)
        errors = "1 error" if count == 1 else f"{count} errors"
        super().__init__(f"held back by {errors}, {undone}", where=file, fix=_FIX, code=CODE)
        self._verdict = verdict

    def __str__(self) -> str:
        from dosebell_host.advice.check_text import advice_lines

        return "\n".join([*advice_lines(self._verdict), super().__str__()])

    def to_json(self) -> dict[str, Any]:
        """As for any error, with every finding apart."""
        return {**super().to_json(), **self._verdict.to_json()}
