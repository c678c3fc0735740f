"""Which box it is, where two boards say one id because the flash of one was copied to the other.

Each would mix its person's records into the other's. The serial numbers on USB are the boards'
own, so the one that this laptop met later is called by both.
"""

import re
from dataclasses import replace

from dosebell_host.box.hello import Hello
from dosebell_host.history.store import History

_NO_WORD = re.compile(r"[^0-9A-Za-z]")


def told_apart(history: History, hello: Hello, usb_serial: str) -> Hello:
    """The greeting with the id by which this laptop knows that board; `usb_serial` is "" where it
    is not known.
    """
    met = {box.device_id: box.usb_serial for box in history.boxes()}
    before = met.get(hello.device_id, "")
    if not usb_serial or before in ("", usb_serial):
        return hello
    return replace(hello, device_id=copy_id(hello.device_id, usb_serial))


def copy_id(device_id: str, usb_serial: str) -> str:
    """What a board with a copied flash is called."""
    return f"{device_id}~{_NO_WORD.sub('', usb_serial)}"
