"""Published limits moved on purpose, to see that the checks and their sentences move with them."""

import pytest

from dosebell_host.reference import published_limits


def move(monkeypatch: pytest.MonkeyPatch, **limits: object) -> None:
    """Let these limits be others until the test ends."""
    for name, value in limits.items():
        monkeypatch.setattr(published_limits, name, value)
