"""Chance that is the same on every interpreter."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Chance:
    """The same numbers from the same seed, in integers that are small on every board."""

    def __init__(self, seed: int) -> None:
        self._one = seed % 30268 + 1
        self._two = seed % 30306 + 1

    def below(self, limit: int) -> int:
        """From 0 to `limit` - 1; at most 30,000 of them."""
        self._one = self._one * 171 % 30269
        self._two = self._two * 172 % 30307
        return (self._one + self._two) % 30269 % limit

    def pick(self, choices: "Any") -> "Any":
        return choices[self.below(len(choices))]
