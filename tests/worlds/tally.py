"""What the tests tried and measured: one table at the end of the run, however it was spread."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_tried: Counter[str] = Counter()
_broken: Counter[str] = Counter()
_measured: dict[str, str] = {}


@contextmanager
def trying(kind: str, what: object) -> Iterator[None]:
    """Count one fault of that kind; what goes wrong is said of `what`, and counted as broken."""
    _tried[kind] += 1
    try:
        yield
    except Exception as error:
        _broken[kind] += 1
        raise AssertionError(f"{what}: {error!r}") from error


def measured(what: str, value: object) -> None:
    _measured[what] = str(value)


def lines() -> list[str]:
    found = [f"{'faults tried':48} {'tried':>8} {'lost or doubled':>16}"]
    found += [f"{kind:48} {_tried[kind]:8} {_broken[kind]:16}" for kind in sorted(_tried)]
    found.append(f"{'all together':48} {_tried.total():8} {_broken.total():16}")
    return found + [f"{what}: {_measured[what]}" for what in sorted(_measured)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its counts to the process that shows them."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["tally"] = (dict(_tried), dict(_broken), _measured)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    tried, broken, values = getattr(node, "workeroutput", {}).get("tally", ({}, {}, {}))
    _tried.update(tried)
    _broken.update(broken)
    _measured.update(values)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _tried or _measured:
        terminalreporter.write_line("\n".join(lines()))
