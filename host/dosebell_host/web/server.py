"""The server behind the page: uvicorn in this process, which ends soon and without a fuss."""

import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Iterator

from starlette.applications import Starlette
from uvicorn import Config, Server

from dosebell_host.web.guard.protocol import LONGEST_HEAD, GuardedProtocol

# Whoever is still being answered at the end has so long.
_END_WITHIN_S = 5
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class PageServer(Server):
    """A server that a signal ends as the normal way to end."""

    def __init__(self, app: Starlette) -> None:
        # What others send is no news for a terminal; a bug is.
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        super().__init__(
            Config(
                app,
                http=GuardedProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                h11_max_incomplete_event_size=LONGEST_HEAD,
                timeout_graceful_shutdown=_END_WITHIN_S,
            )
        )

    def is_ending(self) -> bool:
        """Whether it was told to end."""
        return self.should_exit

    def stop(self) -> None:
        """End soon; from any thread."""
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let Ctrl-C, a kill and a closed terminal end it, and leave nothing of that behind."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        before = [signal.signal(number, lambda *_: self.stop()) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)


@contextlib.contextmanager
def served(server: PageServer, sockets: list[socket.socket]) -> Iterator[None]:
    """The server in a thread of its own, for as long as the block runs."""
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join()
