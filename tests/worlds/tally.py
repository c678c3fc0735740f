"""What the tests tried and measured, which of them ran and which did not, and why: tables at the
end of the run, however it was spread.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

_tried: Counter[str] = Counter()
_broken: Counter[str] = Counter()
_measured: dict[str, str] = {}
# What pytest calls the end of a test that ran.
_RAN = ("passed", "failed", "xfailed", "xpassed")


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


def ran(stats: Mapping[str, Sequence[Any]]) -> list[str]:
    """A line for each folder of tests, and one for each reason why some of them were skipped."""
    done = Counter(_folder(each) for kind in _RAN for each in stats.get(kind, ()))
    left = Counter(_folder(each) for each in stats.get("skipped", ()))
    why = Counter((_folder(each), _reason(each)) for each in stats.get("skipped", ()))
    found = [f"{'tests':48} {'ran':>8} {'skipped':>8}"]
    found += [f"{name:48} {done[name]:8} {left[name]:8}" for name in sorted(done | left)]
    found.append(f"{'all together':48} {done.total():8} {left.total():8}")
    return found + [f"skipped {count} of {name}: {words}" for (name, words), count in why.items()]


def _folder(report: Any) -> str:
    """`web/browser` for a test of tests/web/browser."""
    return str(report.nodeid.partition("::")[0].rpartition("/")[0].removeprefix("tests/"))


def _reason(report: Any) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return " ".join(str(words).removeprefix("Skipped: ").split())


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.write_line("\n".join(ran(terminalreporter.stats)))
    if _tried or _measured:
        terminalreporter.write_line("\n".join(lines()))
