"""The flash of a board as littlefs keeps it: in memory, with an end, and with power cuts.

A file that is written has its old content until it is closed. Every operation that changes
something is counted, and the power may go right after any of them: the first thing that is asked
of the flash then raises `PowerCut`, and so does everything later.
"""

import io
from collections.abc import Iterator
from typing import Any

from dosebell.store import Files

BLOCK_BYTES = 4096
# The file system of a Pico.
BLOCKS = 352
INLINE_BYTES = 512
IS_FOLDER, IS_FILE = 0x4000, 0x8000
ENOENT, EIO, EEXIST, ENOTDIR, EISDIR, ENOSPC, ENOTEMPTY = 2, 5, 17, 20, 21, 28, 39
NAMES = {
    ENOENT: "ENOENT",
    EIO: "EIO",
    EEXIST: "EEXIST",
    ENOTDIR: "ENOTDIR",
    EISDIR: "EISDIR",
    ENOSPC: "ENOSPC",
    ENOTEMPTY: "ENOTEMPTY",
}


class PowerCut(BaseException):
    """The board is off. No program on it goes on, so none can catch it."""


def failed(number: int) -> OSError:
    """The error as MicroPython has it, which no subclass of OSError is."""
    error = OSError(NAMES[number])
    error.errno = number
    return error


class BoardFlash:
    """`contents` are the files by path; after the operation `cut_after` the power goes."""

    def __init__(self, contents: dict[str, bytes] | None = None, blocks: int = BLOCKS) -> None:
        self.contents = dict(contents or {})
        self.folders = {"/"}
        self.blocks = blocks
        # What it says it has free, where that is not so.
        self.promised_blocks: int | None = None
        self.operations = 0
        self.cut_after: int | None = None
        # Files that can't be read any more.
        self.damaged: set[str] = set()
        for path in self.contents:
            self._add_folders_of(path)

    def power_on(self, cut_after: int | None = None) -> None:
        """Count anew, and let the power go after so many operations, if any."""
        self.operations, self.cut_after = 0, cut_after

    def open(self, path: str, mode: str = "r", **_: Any) -> Any:
        path = self._absolute(path)
        if path in self.folders:
            raise failed(EISDIR)
        if "r" in mode:
            self._check_power()
            if path not in self.contents:
                raise failed(ENOENT)
            if path in self.damaged:
                raise failed(EIO)
            data = self.contents[path]
            return io.BytesIO(data) if "b" in mode else io.StringIO(data.decode())
        self._check_folder(path)
        self._count()
        self.contents.setdefault(path, b"")
        return Writing(self, path, self.contents[path] if "a" in mode else b"", "b" in mode)

    def rename(self, old: str, new: str) -> None:
        old, new = self._absolute(old), self._absolute(new)
        if old not in self.contents:
            raise failed(ENOENT)
        self._check_folder(new)
        self.contents[new] = self.contents.pop(old)
        self._count()

    def remove(self, path: str) -> None:
        self._check_power()
        path = self._absolute(path)
        if path not in self.contents:
            raise failed(EISDIR if path in self.folders else ENOENT)
        del self.contents[path]
        self._count()

    def mkdir(self, path: str) -> None:
        path = self._absolute(path)
        if path in self.folders or path in self.contents:
            raise failed(EEXIST)
        self._check_folder(path)
        self._take(2)
        self.folders.add(path)
        self._count()

    def rmdir(self, path: str) -> None:
        path = self._absolute(path)
        if path not in self.folders:
            raise failed(ENOENT)
        if any(True for _ in self.ilistdir(path)):
            raise failed(ENOTEMPTY)
        self.folders.discard(path)
        self._count()

    def ilistdir(self, path: str = "/") -> Iterator[tuple[str, int, int, int]]:
        self._check_power()
        folder = self._absolute(path)
        if folder not in self.folders:
            raise failed(ENOTDIR if folder in self.contents else ENOENT)
        stem = folder.rstrip("/") + "/"
        for each in sorted({*self.folders, *self.contents} - {folder}):
            name = each.removeprefix(stem)
            if each.startswith(stem) and "/" not in name:
                is_folder = each in self.folders
                size = 0 if is_folder else len(self.contents[each])
                yield name, IS_FOLDER if is_folder else IS_FILE, 0, size

    def listdir(self, path: str = "/") -> list[str]:
        return [entry[0] for entry in self.ilistdir(path)]

    def stat(self, path: str) -> tuple[int, ...]:
        self._check_power()
        path = self._absolute(path)
        if path in self.folders:
            return (IS_FOLDER, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        if path not in self.contents:
            raise failed(ENOENT)
        return (IS_FILE, 0, 0, 0, 0, 0, len(self.contents[path]), 0, 0, 0)

    def statvfs(self, path: str) -> tuple[int, ...]:
        free = self.blocks - self.used()
        if self.promised_blocks is not None:
            free = self.promised_blocks
        return (BLOCK_BYTES, BLOCK_BYTES, self.blocks, free, free, 0, 0, 0, 0, 255)

    def used(self) -> int:
        """Blocks that are taken: a folder has two, a small file lies in its folder."""
        files = sum(blocks_of(len(data)) for data in self.contents.values())
        return 2 * len(self.folders) + files

    def close(self, path: str, data: bytes) -> None:
        """What was written is there, all at once."""
        self._check_power()
        self._take(blocks_of(len(data)) - blocks_of(len(self.contents.get(path, b""))))
        self.contents[path] = data
        self._count()

    def written(self, path: str, size: int) -> None:
        """Something was written, and can't be seen yet."""
        if blocks_of(size) > self.blocks - self.used():
            raise failed(ENOSPC)
        self._count()

    def _take(self, blocks: int) -> None:
        if blocks > self.blocks - self.used():
            raise failed(ENOSPC)

    def _check_folder(self, path: str) -> None:
        self._check_power()
        if (path.rpartition("/")[0] or "/") not in self.folders:
            raise failed(ENOENT)

    def _check_power(self) -> None:
        if self.cut_after is not None and self.operations >= self.cut_after:
            raise PowerCut

    def _count(self) -> None:
        self._check_power()
        self.operations += 1

    def _add_folders_of(self, path: str) -> None:
        while path := path.rpartition("/")[0]:
            self.folders.add(path)

    @staticmethod
    def _absolute(path: str) -> str:
        return "/" + path.strip("/")


class Writing(io.BytesIO):
    """A file that is open for writing."""

    def __init__(self, flash: BoardFlash, path: str, content: bytes, is_binary: bool) -> None:
        super().__init__()
        self._flash = flash
        self._path = path
        self._is_binary = is_binary
        super().write(content)

    def write(self, data: Any) -> int:
        raw = bytes(data) if self._is_binary else data.encode()
        self._flash.written(self._path, len(self.getvalue()) + len(raw))
        return super().write(raw)

    def flush(self) -> None:
        if not self.closed:
            self._flash.close(self._path, self.getvalue())

    def close(self) -> None:
        if self.closed:
            return
        data = self.getvalue()
        super().close()
        self._flash.close(self._path, data)

    def __del__(self) -> None:
        """A file that nobody closed keeps its old content."""


class FlashFiles(Files):
    """The same flash as the firmware sees it."""

    def __init__(self, flash: BoardFlash) -> None:
        super().__init__()
        self._flash = flash

    def open(self, path: str, mode: str) -> Any:
        return self._flash.open(path, mode)

    def rename(self, old: str, new: str) -> None:
        self._flash.rename(old, new)

    def remove(self, path: str) -> None:
        self._flash.remove(path)

    def names(self, folder: str) -> list[str]:
        if folder not in self._flash.folders:
            self._flash.mkdir(folder)
        return sorted(self._flash.listdir(folder))

    def room(self) -> tuple[int, int]:
        found = self._flash.statvfs("/")
        return found[0] * found[4], found[0] * found[2]


def blocks_of(size: int) -> int:
    return 0 if size <= INLINE_BYTES else -(-size // BLOCK_BYTES)
