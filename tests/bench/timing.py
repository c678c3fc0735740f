"""Times of several calls, measured in turns, so that what else runs here slows all of them.

What computes in this process is measured in its own CPU time, which other programs hardly touch.
"""

import gc
import time
from collections.abc import Callable, Mapping
from typing import Any

from bench.table import Figure

Clock = Callable[[], float]
Calls = Mapping[str, Callable[[], object]]


def side_by_side(calls: Calls, rounds: int, clock: Clock = time.process_time) -> dict[str, Figure]:
    """The median of `rounds` times of each call, after one that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(seconds(call, clock))
    return {name: figure(name, values) for name, values in times.items()}


def seconds(call: Callable[[], object], clock: Clock = time.process_time) -> float:
    gc.collect()
    began_s = clock()
    call()
    return clock() - began_s


def figure(name: str, values: list[float]) -> Figure:
    """Median and median absolute deviation, in seconds."""
    import pyperf

    run = pyperf.Run(values, metadata={"name": name}, collect_metadata=False)
    benchmark = pyperf.Benchmark([run])
    spread = benchmark.median_abs_dev() if len(values) > 1 else None
    return Figure(benchmark.median(), "s", spread)


def machine() -> dict[str, Any]:
    """What the figures were measured on, and when."""
    import pyperf

    told = pyperf.Run([1.0], metadata={"name": "machine"}).get_metadata()
    names = ("cpu_model_name", "cpu_count", "platform", "python_version", "date", "load_avg_1min")
    return {name: told[name] for name in names if name in told}
