"""What every test gets: a data folder of its own, and no port from the environment."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, settings

from documents import faults
from dosebell_host.terminal import output

pytest_plugins = ["tally"]

# Whether a property holds is no question of how fast this machine is just now.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the history of this test's laptop is; nobody's own is ever touched."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DOSEBELL_DATA", str(folder))
    monkeypatch.delenv("DOSEBELL_PORT", raising=False)
    yield folder
    # Only the tests that have a laptop have loaded it.
    if "laptop" in sys.modules:
        sys.modules["laptop"].close_histories()


@pytest.fixture(autouse=True)
def described(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test is about, each JSON document is as `dosebell schema` describes it."""
    wrong: list[str] = []
    printed = output.print_document

    def checked(document: dict[str, Any]) -> None:
        # Not loaded before there is a document, for most tests have none.
        from dosebell_host.terminal.contract.schema import document as described
        from dosebell_host.terminal.contract.schema import failed

        context = click.get_current_context(silent=True)
        shape = failed() if context is None else described(str(context.info_name))
        wrong.extend(faults({"schema": output.SCHEMA, **document}, shape))
        printed(document)

    monkeypatch.setattr(output, "print_document", checked)
    yield
    assert wrong == []
