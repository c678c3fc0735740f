"""The USB port of an emulated Pico, as a TCP port that pyserial opens as `socket://host:port`.

Whoever is connected has the port open, so DTR is up; nothing that the Pico sends while nobody is
connected is kept. A reset drops the connection, as pulling the plug does.
"""

import contextlib
import socket

from rp2040py.peripherals.usb import RPUSBController
from rp2040py.usb.cdc import CDC_DTR, CDC_RTS, USBCDC

_PIECE_BYTES = 4096


class Console(USBCDC):
    """The host's side of the USB: a host with nothing to send sends nothing.

    rp2040py's own answers every read of the Pico at once with an empty packet, which keeps the
    Pico from ever going to sleep, and a sleeping Pico costs no time to emulate.
    """

    def __init__(self, usb: RPUSBController) -> None:
        super().__init__(usb)
        self.opened = False
        self.sent = bytearray()
        self._to_send = bytearray()
        # The most bytes that the Pico takes now; 0 while it takes none.
        self._room = 0
        self._answer_control = usb.on_endpoint_read
        usb.on_endpoint_read = self._wanted
        self.on_serial_data = self.sent.extend

    @property
    def connected(self) -> bool:
        """Whether the host has found the Pico on the bus."""
        return self._initialized

    def send(self, data: bytes) -> None:
        self._to_send += data
        self._hand_over()

    def open(self, opened: bool) -> None:
        """The host opens or closes the port; what it sent before still arrives."""
        self.opened = opened
        if self._initialized:
            self.set_control_lines(dtr=opened, rts=opened)

    def _wanted(self, endpoint: int, size: int) -> None:
        if endpoint == self._out_endpoint:
            self._room = size
            self._hand_over()
        elif self._answer_control is not None:
            self._answer_control(endpoint, size)

    def _hand_over(self) -> None:
        if not self._room or not self._to_send:
            return
        piece = bytes(self._to_send[: self._room])
        del self._to_send[: len(piece)]
        self._room = 0
        self.usb.endpoint_read_done(self._out_endpoint, piece)

    def _cdc_set_control_line_state(
        self, value: int | None = None, interface_number: int | None = None
    ) -> None:
        if value is None:
            value = CDC_DTR | CDC_RTS if self.opened else 0
        super()._cdc_set_control_line_state(value, interface_number)

    def _on_controller_reset(self) -> None:
        super()._on_controller_reset()
        self.opened = False
        self._room = 0
        self._to_send.clear()


class Port:
    """A listening socket for the whole life of a board, and the one host connected to it."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._host: socket.socket | None = None
        self.url = "socket://{}:{}".format(*self._listener.getsockname())

    def exchange(self, console: Console) -> None:
        """Carry what came in on either side to the other."""
        if self._host is None:
            self._accept(console)
        if self._host is not None:
            self._receive(self._host, console)
        if self._host is not None and console.sent:
            with contextlib.suppress(OSError):
                del console.sent[: self._host.send(console.sent)]

    def drop(self) -> None:
        """The Pico has gone from the bus."""
        if self._host is not None:
            self._host.close()
            self._host = None

    def close(self) -> None:
        self.drop()
        self._listener.close()

    def _accept(self, console: Console) -> None:
        if not console.connected:
            return
        with contextlib.suppress(BlockingIOError):
            self._host, _ = self._listener.accept()
            self._host.setblocking(False)
            console.sent.clear()
            console.open(True)

    def _receive(self, host: socket.socket, console: Console) -> None:
        try:
            data = host.recv(_PIECE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            console.send(data)
        else:
            self.drop()
            console.open(False)
