"""What every test gets: a data folder of its own, and no port from the environment."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tally", "described", "engines"]

# Whether a property holds is no question of how fast this machine is just now.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

# What a script starts behind an `&` hears no Ctrl-C, nor would what the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the history of this test's laptop is; nobody's own is ever touched."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DOSEBELL_DATA", str(folder))
    monkeypatch.setenv("DOSEBELL_CONFIG", str(tmp_path / "settings" / "config.toml"))
    monkeypatch.delenv("DOSEBELL_PORT", raising=False)
    yield folder
    # Only the tests that have a laptop have loaded it.
    if "laptop" in sys.modules:
        sys.modules["laptop"].close_histories()


def pytest_unconfigure() -> None:
    """A server that some tests started ends with them."""
    if "postgres" in sys.modules:
        sys.modules["postgres"].stop_server()
