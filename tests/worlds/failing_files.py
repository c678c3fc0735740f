"""A flash whose Nth operation fails, in the way that the test chooses."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from dosebell_host.sim.flash import MemoryFiles

ENOSPC = 28
EIO = 5
ENOENT = 2


def never(number: int) -> bool:
    return False


class FailingFiles(MemoryFiles):
    """Files in memory. Each open, read, write, flush, close, rename, remove and listing counts.

    An operation that fails has no effect; where it fails `late`, it was done and only says that
    it was not. A file with a failed write stores nothing more, as in littlefs, or where it is
    `torn` what was written so far and half of that, as other file systems do.
    """

    def __init__(self, contents: dict[str, bytes], error: int = EIO) -> None:
        super().__init__()
        self.contents = dict(contents)
        # What was done since `begin`, by number from 1 on, such as "rename /state/seen".
        self.done: list[str] = []
        # What has been opened for writing and is not closed yet.
        self.writing: list[str] = []
        self.error = error
        self.late = False
        self.torn = False
        # A file that can't be opened, however often it is tried.
        self.unreadable = ""
        self._fails: Callable[[int], bool] | None = None

    def begin(self, fails: Callable[[int], bool]) -> None:
        """Count from here on, and fail where told to."""
        self.done.clear()
        self._fails = fails

    def heal(self) -> None:
        """Nothing fails any more, and nothing is counted."""
        self._fails = None

    def does(self, what: str, path: str, act: Callable[[], Any]) -> Any:
        if self._fails is None:
            return act()
        self.done.append(f"{what} {path}")
        number = len(self.done)
        failing = self._fails(number)
        result = None if failing and not self.late else act()
        if failing:
            raise OSError(self.error, f"operation {number}, {what} {path}")
        return result

    def open(self, path: str, mode: str) -> "FailingFile":
        if mode == "rb" and path not in self.contents:
            raise FileNotFoundError(ENOENT, path)
        if mode == "rb" and path == self.unreadable:
            raise OSError(self.error, f"open {path}")

        def opened() -> FailingFile:
            before = self.contents.setdefault(path, b"")
            return FailingFile(self, path, mode, b"" if mode == "wb" else before)

        file: FailingFile = self.does("open", path, opened)
        if mode != "rb":
            self.writing.append(path)
        return file

    def rename(self, old: str, new: str) -> None:
        def renamed() -> None:
            if old not in self.contents:
                raise FileNotFoundError(ENOENT, old)
            self.contents[new] = self.contents.pop(old)

        self.does("rename", old, renamed)

    def remove(self, path: str) -> None:
        def removed() -> None:
            if path not in self.contents:
                raise FileNotFoundError(ENOENT, path)
            del self.contents[path]

        self.does("remove", path, removed)

    def names(self, folder: str) -> list[str]:
        listed = super().names
        return list(self.does("list", folder, lambda: listed(folder)))


class FailingFile:
    """An open file, as far as the device uses one."""

    def __init__(self, files: FailingFiles, path: str, mode: str, content: bytes) -> None:
        self._files = files
        self._path = path
        self._mode = mode
        self._content = content
        self._failed = False
        self._closed = False
        self._at = 0

    def __enter__(self) -> "FailingFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        content = self._content[self._at :]
        lines = iter(content.splitlines(keepends=True))
        for _ in range(content.count(b"\n")):
            yield self._files.does("read", self._path, lambda: next(lines))
        yield from lines

    def seek(self, offset: int, whence: int = 0) -> int:
        """To a line from where it is read on, or to the end, for its length."""
        assert whence in (0, 2)
        self._at = offset if whence == 0 else len(self._content)
        return self._at

    def read(self) -> bytes:
        data: bytes = self._files.does("read", self._path, lambda: self._content)
        return data

    def write(self, data: bytes) -> int:
        try:
            self._files.does("write", self._path, lambda: self._append(data))
        except OSError:
            self._failed = not self._files.torn
            if self._files.torn and not self._files.late:
                self._append(data[: len(data) // 2])
            raise
        return len(data)

    def flush(self) -> None:
        self._files.does("flush", self._path, self._store)

    def close(self) -> None:
        """A file is closed even where closing it fails."""
        if self._closed:
            return
        self._closed = True
        if self._mode == "rb":
            return
        self._files.writing.remove(self._path)
        self._files.does("close", self._path, self._store)

    def _append(self, data: bytes) -> None:
        self._content += data

    def _store(self) -> None:
        if not self._failed:
            self._files.contents[self._path] = self._content
