"""Whether a flash has room for a version, counted in blocks as its file system gives them out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dosebell_host.errors import UserError

# A file of up to so many bytes lies beside its name and takes no block of its own.
INLINE_BYTES = 512
FOLDER_BLOCKS = 2
# Left free, so that the journal can go on.
SPARE_BLOCKS = 8


@dataclass(frozen=True)
class Room:
    """In blocks: what an install needs, what is free for it, and what could be spared besides."""

    need: int
    free: int
    spare: int
    block_bytes: int

    def is_short(self) -> bool:
        """Whether what can be spared must go. Raises `UserError` where that is not enough."""
        if self.need > self.free + self.spare:
            raise UserError(
                f"the board's flash is full: dosebell needs {self._kb(self.need)} of it, and"
                f" {self._kb(self.free)} are free. Nothing was changed.",
                fix="To see what fills it, and to remove that: `mpremote ls`, `mpremote rm`",
                code="full",
            )
        return self.need > self.free

    def _kb(self, blocks: int) -> str:
        return f"{blocks * self.block_bytes // 1000} kB"


def needed_blocks(sizes_bytes: Collection[int], block_bytes: int) -> int:
    """What these new files take in a folder of their own below another new one."""
    if not sizes_bytes:
        return 0
    return blocks(sizes_bytes, block_bytes) + 2 * FOLDER_BLOCKS + SPARE_BLOCKS


def blocks(sizes_bytes: Iterable[int], block_bytes: int) -> int:
    return sum(-(-size // block_bytes) for size in sizes_bytes if size > INLINE_BYTES)
