"""A NOR flash like the one on a Pico, for the real littlefs. It remembers what was done to it.

A scenario runs once, without any cut. From what the flash recorded, `after` and `torn` then build
the flash that a power cut at any later moment would have left behind.
"""

import random
from collections.abc import Callable, Iterable
from typing import NamedTuple

from littlefs import LFSConfig, UserContext

BLOCK_BYTES = 4096
ERASED = b"\xff" * BLOCK_BYTES
# What is left of 2 MiB beside the firmware of MicroPython, on the Pico and on the Pico W.
PICO = 352
PICO_W = 212

# An image is the content of each block; blocks are shared between images and never changed.
Image = tuple[bytes, ...]


class Op(NamedTuple):
    """An erase of a whole block, where `data` is empty, or a program of `data` at `offset`."""

    block: int
    offset: int
    data: bytes

    @property
    def erases(self) -> bool:
        return not self.data


class NorFlash(UserContext):
    """The block device under littlefs, with the geometry of MicroPython's port to the RP2040."""

    def __init__(self, image: Iterable[bytes]) -> None:
        super().__init__(buffer=bytearray())
        self.blocks = list(image)
        self.ops: list[Op] = []
        # Told of each operation before it is done.
        self.before_op: Callable[[], None] | None = None
        self.erases = 0
        self.bytes_read = 0

    @classmethod
    def blank(cls, block_count: int) -> "NorFlash":
        return cls([ERASED] * block_count)

    @property
    def image(self) -> Image:
        return tuple(self.blocks)

    def config(self) -> LFSConfig:
        return LFSConfig(
            context=self,
            block_size=BLOCK_BYTES,
            block_count=len(self.blocks),
            read_size=32,
            prog_size=256,
            cache_size=1024,
            lookahead_size=32,
            block_cycles=100,
        )

    def read(self, cfg: LFSConfig, block: int, off: int, size: int) -> bytearray:
        self.bytes_read += size
        return bytearray(self.blocks[block][off : off + size])

    def prog(self, cfg: LFSConfig, block: int, off: int, data: bytes) -> int:
        old = self.blocks[block][off : off + len(data)]
        assert old == ERASED[: len(data)], f"block {block} at {off} is programmed without an erase"
        self._do(Op(block, off, data))
        return 0

    def erase(self, cfg: LFSConfig, block: int) -> int:
        self.erases += 1
        self._do(Op(block, 0, b""))
        return 0

    def sync(self, cfg: LFSConfig) -> int:
        return 0

    def _do(self, op: Op) -> None:
        if self.before_op is not None:
            self.before_op()
        self.ops.append(op)
        self.blocks[op.block] = _done(self.blocks[op.block], op)


def after(image: Image, op: Op) -> Image:
    """The flash once the operation is complete."""
    return _replaced(image, op.block, _done(image[op.block], op))


def torn(image: Image, op: Op, how: str, chance: random.Random) -> Image:
    """The flash where power fails in the middle of the operation.

    "half" has done the first half of its bytes; "bits" has turned over each bit that was to
    change with a chance of one in two.
    """
    old, new = image[op.block], _done(image[op.block], op)
    if how == "half":
        end = (len(op.data) or BLOCK_BYTES) // 2 + op.offset
        return _replaced(image, op.block, new[:end] + old[end:])
    mask = chance.getrandbits(8 * BLOCK_BYTES)
    mixed = int.from_bytes(old, "big") & ~mask | int.from_bytes(new, "big") & mask
    return _replaced(image, op.block, mixed.to_bytes(BLOCK_BYTES, "big"))


def _done(old: bytes, op: Op) -> bytes:
    if op.erases:
        return ERASED
    return old[: op.offset] + op.data + old[op.offset + len(op.data) :]


def _replaced(image: Image, block: int, content: bytes) -> Image:
    return (*image[:block], content, *image[block + 1 :])
