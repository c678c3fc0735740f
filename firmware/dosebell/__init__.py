"""dosebell on the device: the same files run on MicroPython and on CPython."""

VERSION = "0.1.0"
PROTOCOL = 1
