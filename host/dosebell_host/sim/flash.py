"""The file system of a simulated board: in memory, or in a folder that outlives the process."""

import io
import os
from pathlib import Path
from typing import Any, ClassVar

from dosebell.store import Files

# The file system of a Pico: the last 1408 KiB of its flash.
PICO_BYTES = 1408 * 1024


class MemoryFiles(Files):
    """Files in a dict. What was written is there once the file is flushed or closed."""

    def __init__(self) -> None:
        super().__init__()
        self.contents: dict[str, bytes] = {}

    def open(self, path: str, mode: str) -> Any:
        if "r" in mode:
            if path not in self.contents:
                raise FileNotFoundError(path)
            return io.BytesIO(self.contents[path])
        return _Written(self, path, self.contents.get(path, b"") if "a" in mode else b"")

    def rename(self, old: str, new: str) -> None:
        self.contents[new] = self.contents.pop(old)

    def remove(self, path: str) -> None:
        del self.contents[path]

    def names(self, folder: str) -> list[str]:
        prefix = folder + "/"
        return sorted(path[len(prefix) :] for path in self.contents if path.startswith(prefix))

    def room(self) -> tuple[int, int]:
        used = sum(len(content) for content in self.contents.values())
        return max(0, PICO_BYTES - used), PICO_BYTES


class _Written(io.BytesIO):
    """A file being written; its content is taken over as a whole, as littlefs does."""

    def __init__(self, files: MemoryFiles, path: str, content: bytes) -> None:
        super().__init__()
        self._files = files
        self._path = path
        self.write(content)

    def flush(self) -> None:
        self._files.contents[self._path] = self.getvalue()

    def close(self) -> None:
        if not self.closed:
            self.flush()
        super().close()


class FolderFiles(Files):
    """Files in a folder, laid out as on the board."""

    FOLDERS: ClassVar[tuple[str, ...]] = ("state", "log")

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        for folder in self.FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)

    # Windows refuses to rename over a file that exists; os.replace does not.
    def rename(self, old: str, new: str) -> None:
        os.replace(self._root + old, self._root + new)
