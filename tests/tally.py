"""What the tests tried and measured, in one table at the end of the run.

A test module takes part by `the_table = tally.the_table`, a fixture; the table is shown also
where output is captured.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

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
    found += [f"{kind:48} {_tried[kind]:8} {_broken[kind]:16}" for kind in _tried]
    found.append(f"{'all together':48} {_tried.total():8} {_broken.total():16}")
    return found + [f"{what}: {value}" for what, value in _measured.items()]


@pytest.fixture(autouse=True, scope="session")
def the_table(request: pytest.FixtureRequest) -> Iterator[None]:
    """At the end of the session, and once, however many modules take part."""
    yield
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    if reporter is not None and capture is not None and (_tried or _measured):
        with capture.global_and_fixture_disabled():
            reporter.write_line("\n\n" + "\n".join(lines()))
        _tried.clear()
        _measured.clear()
