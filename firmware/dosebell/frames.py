"""One line = payload, `*`, CRC-32 in eight lower-case hex digits.

The same frame is used on the wire, in the journal and for stored documents, so a damaged
line is never believed anywhere.
"""

import binascii

# The longest line in bytes, without its LF.
MAX_LINE = 1024
_TAIL = 9


def seal(said: str) -> bytes:
    """The line that holds the text, its check sum and an LF; the text must hold no LF."""
    data = said.encode()
    return b"".join((data, _tail(data), b"\n"))


def payload(line: bytes) -> bytes | None:
    """What a line without its LF seals, or None where the line is no whole frame."""
    found = line[:-_TAIL]
    return found if line[-_TAIL:] == _tail(found) else None


def _tail(data: bytes) -> bytes:
    return b"*" + binascii.hexlify(binascii.crc32(data).to_bytes(4, "big"))


def unseal(line: bytes) -> str | None:
    """The payload as text, or None where it is none."""
    found = payload(line)
    return None if found is None else text(found)


def text(data: bytes) -> str | None:
    """The bytes as text, or None where they are none."""
    try:
        return str(data, "utf-8")
    except UnicodeError:
        return None


def ascii_json(text: str) -> str:
    """JSON text with every character past ASCII escaped.

    MicroPython's json.dumps leaves them raw. They can stand inside strings only, so
    escaping them all keeps the meaning.
    """
    if len(text.encode()) == len(text) and "\x7f" not in text:
        return text
    place = 0
    while place < len(text):
        # A slice: MicroPython keeps a character that is taken by its index for good.
        char = text[place : place + 1]
        if char > "~":
            text = text.replace(char, _escaped(ord(char)))
        place += 1
    return text


def _escaped(code: int) -> str:
    if code < 0x10000:
        return "\\u%04x" % code
    code -= 0x10000
    return "\\u%04x\\u%04x" % (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))


class LineBuffer:
    """Bytes in, whole lines out; allocates nothing per byte.

    A line that grows past `MAX_LINE` is noise: it is dropped up to its LF.
    """

    def __init__(self) -> None:
        self._bytes = bytearray(MAX_LINE)
        self._view = memoryview(self._bytes)
        # Past `MAX_LINE` it only counts.
        self._length = 0

    def feed(self, byte: int) -> bool:
        """Take one byte; True when it ended a line, which `take` then hands out."""
        if byte == 10:
            return True
        length = self._length
        if length < MAX_LINE:
            self._bytes[length] = byte
        self._length = length + 1
        return False

    def take(self) -> bytes:
        """The line just ended, without LF and CR; empty where it was too long."""
        length = self._length if self._length <= MAX_LINE else 0
        if length and self._bytes[length - 1] == 13:
            length -= 1
        self._length = 0
        return bytes(self._view[:length])
