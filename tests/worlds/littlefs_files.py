"""The device's files on the real littlefs, in which MicroPython keeps them on the board."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from littlefs import LFSFile, LFSFileFlag, LFSFilesystem, LittleFSError, lfs

from dosebell.store import Files
from nor_flash import BLOCK_BYTES, NorFlash

_READ, _WRITE, _CREATE, _TRUNCATE, _APPEND = 0x1, 0x2, 0x100, 0x400, 0x800
_FLAGS = {
    "rb": LFSFileFlag(_READ),
    "wb": LFSFileFlag(_WRITE | _CREATE | _TRUNCATE),
    "ab": LFSFileFlag(_WRITE | _CREATE | _APPEND),
}
_CHUNK_BYTES = 512
_REGULAR = 1


class LittleFiles(Files):
    """A mounted littlefs. Errors are OSErrors with the numbers that the board would give."""

    def __init__(self, flash: NorFlash) -> None:
        super().__init__()
        self.flash = flash
        self.opened = 0
        self.bytes_read = 0
        # Handles are kept, because littlefs knows an open file by its address.
        self._handles: list[LFSFile] = []
        self._config = flash.config()
        self._system = LFSFilesystem()
        checked(lfs.mount, self._system, self._config)

    @classmethod
    def formatted(cls, block_count: int) -> "LittleFiles":
        flash = NorFlash.blank(block_count)
        checked(lfs.format, LFSFilesystem(), flash.config())
        return cls(flash)

    def unmount(self) -> None:
        """Give the memory back; nothing is written. No file may be used afterwards."""
        checked(lfs.unmount, self._system)

    def open(self, path: str, mode: str) -> "LittleFile":
        handle = checked(lfs.file_open, self._system, path, _FLAGS[mode])
        self.opened += 1
        self._handles.append(handle)
        return LittleFile(self, self._system, handle)

    def rename(self, old: str, new: str) -> None:
        checked(lfs.rename, self._system, old, new)

    def remove(self, path: str) -> None:
        checked(lfs.remove, self._system, path)

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(self._entries(folder))
        except FileNotFoundError:
            checked(lfs.mkdir, self._system, folder)
            return []

    def content(self, folder: str) -> dict[str, bytes]:
        """Every file in a folder, as a test looks at it: nothing is made, nothing is counted."""
        found = {}
        opened, bytes_read = self.opened, self.bytes_read
        try:
            for name in sorted(self._entries(folder)):
                with self.open(folder + "/" + name, "rb") as file:
                    found[name] = file.read()
        except FileNotFoundError:
            pass
        self.opened, self.bytes_read = opened, bytes_read
        return found

    def used_blocks(self) -> int:
        return int(checked(lfs.fs_size, self._system))

    def room(self) -> tuple[int, int]:
        blocks = len(self.flash.blocks)
        return (blocks - self.used_blocks()) * BLOCK_BYTES, blocks * BLOCK_BYTES

    def forget(self, handle: LFSFile) -> None:
        """The file is closed: littlefs no longer knows its handle."""
        self._handles.remove(handle)

    def _entries(self, folder: str) -> Iterator[str]:
        handle = checked(lfs.dir_open, self._system, folder)
        try:
            while (entry := checked(lfs.dir_read, self._system, handle)) is not None:
                if entry.type == _REGULAR:
                    yield entry.name
        finally:
            checked(lfs.dir_close, self._system, handle)


class LittleFile:
    """An open file, as far as the device uses one. What is written counts once it is flushed."""

    def __init__(self, files: LittleFiles, system: LFSFilesystem, handle: LFSFile) -> None:
        self._files = files
        self._system = system
        self._handle: LFSFile | None = handle

    def __enter__(self) -> "LittleFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        rest = b""
        while chunk := self.read(_CHUNK_BYTES):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in lines)
        if rest:
            yield rest

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            size = checked(lfs.file_size, self._system, self._open())
        data = bytes(checked(lfs.file_read, self._system, self._open(), size))
        self._files.bytes_read += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(checked(lfs.file_seek, self._system, self._open(), offset, whence))

    def write(self, data: bytes) -> int:
        return int(checked(lfs.file_write, self._system, self._open(), data))

    def flush(self) -> None:
        checked(lfs.file_sync, self._system, self._open())

    def close(self) -> None:
        """Closing twice is nothing here, as on the board; littlefs itself would abort."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        self._files.forget(handle)
        checked(lfs.file_close, self._system, handle)

    def _open(self) -> LFSFile:
        assert self._handle is not None, "the file is closed"
        return self._handle


def checked(call: Callable[..., Any], *arguments: object) -> Any:
    """Call littlefs; its errors come out as the board's do."""
    try:
        return call(*arguments)
    except LittleFSError as error:
        raise OSError(-error.code, error.name) from None
