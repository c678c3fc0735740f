"""The cases of the gallery, each told once a test run."""

from functools import cache

from dosebell_host.pictures.picture import Picture
from dosebell_host.report.contents import Contents, contents
from page.gallery import CASES


@cache
def told(case: str) -> Contents:
    """What a report says of that case."""
    return contents(CASES[case]())


def pictures(case: str) -> list[Picture]:
    """Every picture of it."""
    return [each for dose in told(case).doses for each in (*dose.pictures, *dose.more)]
