"""The table of what ran and what was skipped, and why."""

from types import SimpleNamespace

import tally

BROWSER = "tests/web/browser/test_tasks.py::test_task"


def report(nodeid: str, longrepr: object = None) -> SimpleNamespace:
    return SimpleNamespace(nodeid=nodeid, longrepr=longrepr)


def test_each_folder_is_counted_and_each_reason_told() -> None:
    skipped = report(BROWSER, ("browser.py", 30, "Skipped: no Chromium\nis here"))
    stats = {
        "passed": [report("tests/box/test_a.py::test"), report("tests/box/test_a.py::other")],
        "failed": [report("tests/web/test_b.py::test")],
        "skipped": [skipped, skipped],
        # What setting up and tearing down say is no test.
        "": [report(BROWSER)],
    }
    assert [" ".join(line.split()) for line in tally.ran(stats)] == [
        "tests ran skipped",
        "box 2 0",
        "web 1 0",
        "web/browser 0 2",
        "all together 3 2",
        "skipped 2 of web/browser: no Chromium is here",
    ]
