"""Several files checked in one call: what is noted beside the reports, and whether it is good."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advice_texts import D3, MK7, TODAY, Mg, a_dose, a_schedule
from dosebell_host.advice.check_files import CheckWishes, check_files
from dosebell_host.schedule.local_time import day_number
from listener import Listener

AT_S = day_number(TODAY) * 86_400
TEXTS = {
    "fine": a_schedule(a_dose(D3(25), MK7())),
    "warned": a_schedule(a_dose(Mg(360))),
    "held": a_schedule(a_dose(D3(125), MK7())),
    "wrong": "version = 1",
}
TEXTS["odd zone"] = TEXTS["fine"].replace("Europe/Berlin", "EST")

Named = Callable[..., list[Path]]


@pytest.fixture
def files(tmp_path: Path) -> Named:
    def written(*names: str) -> list[Path]:
        for name in names:
            (tmp_path / name).write_text(TEXTS[name], encoding="utf-8")
        return [tmp_path / name for name in names]

    return written


@pytest.mark.parametrize(
    ("names", "good", "too_strict"),
    [
        (["fine"], True, ""),
        (["warned"], True, "1 to be warned of, and --strict lets warnings fail."),
        (["held"], False, ""),
        (["wrong"], False, ""),
        (["fine", "wrong"], False, ""),
        (["warned", "odd zone"], True, "2 to be warned of, and --strict lets warnings fail."),
    ],
)
def test_all_must_be_good_and_warnings_count_where_it_is_strict(
    names: list[str], good: bool, too_strict: str, files: Named
) -> None:
    lenient, strict = (
        check_files(CheckWishes(files(*names), strict), AT_S, Listener().talk)
        for strict in (False, True)
    )
    assert (lenient.is_good, lenient.too_strict) == (good, "")
    assert (strict.is_good, strict.too_strict) == (good and not too_strict, too_strict)


def test_a_doubtful_zone_is_noted_and_files_keep_their_order(files: Named) -> None:
    person, named = Listener(), files("warned", "odd zone", "fine")
    found = check_files(CheckWishes(named), AT_S, person.talk)
    assert person.heard == [
        ("noted", f"{named[1]}: EST has no clock changes; did you mean America/New_York?")
    ]
    assert [each["file"] for each in found.to_json()["items"]] == [str(path) for path in named]
