"""A TCP port, read as fast as it comes.

pyserial tells of a socket only that something waits in it, not how much, so that whoever reads
what waits reads byte by byte.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dosebell_host.box.link import Port

# More than a box answers at a time.
_AT_ONCE_BYTES = 4096


class SocketPort:
    """That port of pyserial with a buffer before it."""

    def __init__(self, port: "Port") -> None:
        self._port = port
        self._came = b""
        self.timeout = port.timeout

    @property
    def in_waiting(self) -> int:
        if not self._came and self._port.in_waiting:
            self._port.timeout = 0
            self._came = self._port.read(_AT_ONCE_BYTES)
        return len(self._came)

    def read(self, size: int = 1, /) -> bytes:
        if not self._came:
            self._port.timeout = self.timeout
            return self._port.read(size)
        data, self._came = self._came[:size], self._came[size:]
        return data

    def write(self, data: bytes, /) -> int | None:
        return self._port.write(data)

    def reset_input_buffer(self) -> None:
        self._came = b""
        self._port.reset_input_buffer()

    def close(self) -> None:
        self._port.close()
