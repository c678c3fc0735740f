"""dosebell on the device: the same files run on MicroPython and on CPython."""

VERSION = "0.1.0"
PROTOCOL = 1
# Under `if TYPE_CHECKING` stands what only a type checker reads.
TYPE_CHECKING = False


def const(number: int) -> int:
    """A number that is a constant: MicroPython's compiler puts it where its name stands, and
    keeps no name that begins with an underscore.
    """
    return number


def pairs(fields: bytes, mark: bytes) -> dict[bytes, bytes]:
    """Fields of key=value with that mark between them. Raises ValueError where one is none."""
    return dict([field.split(b"=", 1) for field in fields.split(mark)])
