"""What a ward needs of its tables beyond what a laptop's history does."""

from contextlib import AbstractContextManager
from typing import Protocol

from dosebell_host.history.tables.tables import Tables


class WardTables(Tables, Protocol):
    """Tables that several programs write to at once."""

    def alone_with(self, name: str) -> AbstractContextManager[None]:
        """All in the block is done or nothing, and no other program is in one of that name."""
