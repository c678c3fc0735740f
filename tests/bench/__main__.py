"""`make bench`: measures everything, prints one table, and fails where a budget is lost.

make bench
make bench ARGS='--quick --only occurrences'
make bench ARGS=--json > record.json
PICO_UF2=RPI_PICO.uf2 make bench
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import (
    boot,
    check,
    command_line,
    device,
    export,
    flash,
    occurrences,
    report,
    simulation,
    ward,
    watch,
    web,
    wire,
)
from bench.effort import Effort
from bench.occurrences import DifferentDatesError
from bench.table import Results, Row, page_lines, text_lines
from bench.timing import machine

GROUPS: dict[str, Callable[[Effort], Iterator[Row | str]]] = {
    "occurrences": occurrences.rows,
    "simulation": simulation.rows,
    "wire": wire.rows,
    "device": device.rows,
    "flash": flash.rows,
    "check": check.rows,
    "command line": command_line.rows,
    "report": report.rows,
    "export": export.rows,
    "web": web.rows,
    "ward": ward.rows,
    "watch": watch.rows,
    "boot": boot.rows,
}
SCHEMA = 1


def main(words: list[str]) -> int:
    """0 where all is held, 1 where a budget is lost or dates differ."""
    wishes = parsed(words)
    uf2 = os.environ.get("PICO_UF2")
    effort = Effort(wishes.quick, Path(uf2) if uf2 else None)
    try:
        results = measured(wishes.only or list(GROUPS), effort)
    except DifferentDatesError as error:
        print(f"The benchmark means nothing: {error}.", file=sys.stderr)
        return 1
    for line in shown(results, wishes):
        print(line)
    for row in results.lost:
        print(f"Lost: {row.what}, {row.alternative or row.ours}", file=sys.stderr)
    return 1 if results.lost else 0


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("make bench")
    parser.add_argument("--quick", action="store_true", help="two minutes instead of ten")
    parser.add_argument(
        "--only",
        action="append",
        choices=GROUPS,
        metavar="GROUP",
        help=f"one of {', '.join(GROUPS)}; may be given again",
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="one JSON document, to be kept")
    forms.add_argument("--page", action="store_true", help="a short page in Markdown")
    return parser.parse_args(words)


def measured(groups: list[str], effort: Effort) -> Results:
    results = Results()
    for group in groups:
        print(f"{time.strftime('%H:%M:%S')} {group} ...", file=sys.stderr)
        for found in GROUPS[group](effort):
            results.add(group, found)
    return results


def shown(results: Results, wishes: argparse.Namespace) -> Iterator[str]:
    if wishes.json:
        yield json.dumps(document(results), ensure_ascii=False, indent=1)
        return
    yield from page_lines(results) if wishes.page else text_lines(results)
    yield ""
    yield ", ".join(f"{name} {value}" for name, value in machine().items())


def document(results: Results) -> dict[str, Any]:
    rows = {group: [row.to_json() for row in rows] for group, rows in results.rows.items()}
    return {"schema": SCHEMA, "machine": machine(), "groups": rows, "remarks": results.remarks}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
