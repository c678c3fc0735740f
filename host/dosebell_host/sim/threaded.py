"""A virtual Pico on a thread of this process, for whoever wants both ends of the line."""

import contextlib
import threading
from collections.abc import Iterator

from dosebell_host.sim.endpoints import Endpoint
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.serve import Server, open_endpoint
from dosebell_host.sim.world import World


@contextlib.contextmanager
def running(
    world: World, pace: Pace, endpoint: Endpoint | None = None
) -> Iterator[tuple[Server, str]]:
    """Serve the world while the block runs; the server, and the port to open.

    Without an endpoint it is one that any command on this laptop can open.

    The world belongs to that thread: touch it through `Server.call` only.
    """
    endpoint = endpoint or open_endpoint()
    server = Server(world, endpoint, pace)
    # A daemon, so that an error in the block is told at once whatever the thread is doing.
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server, endpoint.url
    finally:
        server.stop()
        thread.join()
