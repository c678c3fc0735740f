"""The settings of a watcher, where this test's laptop looks for them."""

import os
from pathlib import Path


def write_settings(text: str) -> Path:
    """Nobody else may read them."""
    path = Path(os.environ["DOSEBELL_CONFIG"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path
