"""Whatever a test is about, each JSON document in it is held against `dosebell schema`."""

import json
from collections.abc import Iterator
from typing import Any

import click
import pytest

from documents import faults
from dosebell_host import SCHEMA
from dosebell_host.json_text import document_text
from dosebell_host.terminal import output


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
        # Of `export csv` it is what `export` prints.
        shape = failed() if context is None else described(context.command_path.split()[1])
        # Of a long one a part is text before it is printed.
        told = json.loads(document_text({"schema": SCHEMA, **document}))
        wrong.extend(faults(told, shape))
        printed(document)

    monkeypatch.setattr(output, "print_document", checked)
    yield
    assert wrong == []
