"""What a request carries: its parameters, checked, and the words for refusing it."""

from dosebell import TYPE_CHECKING, civil
from dosebell.plan import NEVER

if TYPE_CHECKING:
    from dosebell.typed import Params

BAD_PARAMS = -32602
REFUSED = -32000


class Refusal(Exception):
    """The device says no. `reason` is one of a few words that the host has a sentence for; `text`
    is what that sentence leaves to the box.
    """

    def __init__(self, reason: str, text: str = "", code: int = REFUSED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text or reason
        self.code = code


def integer(params: "Params", key: str, default: int | None = None, below: int = NEVER) -> int:
    value = params.get(key, default)
    # No time, count or place is so large; it would overflow where the board indexes with it.
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= below:
        raise Refusal("params", key, BAD_PARAMS)
    return value


def text(params: "Params", key: str) -> str:
    value = params.get(key)
    if not isinstance(value, str):
        raise Refusal("params", key, BAD_PARAMS)
    return value


def unix(utc_s: int | None) -> int | None:
    return None if utc_s is None or utc_s >= NEVER else utc_s + civil.UNIX_2000
