"""`export fhir`: a server that takes it again and again has one resource an occurrence, and the
right one; and what it is given is what the standard asks for.
"""

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, dose, plan
from dosebell import civil
from fhir_server import FhirServer, Resource, wrong_codes
from kept_lives import keep, lived, with_history
from life_books import Account, Key

SEEDS = range(60)
CONTENTS = """contents = [
  { nutrient = "vitamin-d3", amount = 1000, unit = "IU" },
  { nutrient = "vitamin-k2", form = "MK-7", amount = 100, unit = "mcg" },
]"""
# What a resource says of an occurrence that ended so.
SAYS = {
    "taken": "completed",
    "missed": "not-done",
    "skipped": "not-done",
    "unknown": "unknown",
}


def bundle_of(desk: Desk, *words: object) -> Resource:
    result = desk.types("export", "fhir", *words)
    assert result.exit_code == 0, result.output
    bundle: Resource = json.loads(result.stdout)
    return bundle


def by_occurrence(server: FhirServer) -> dict[str, str]:
    """The status of each occurrence, as `d3k2.20261123T063000Z`; each is there once."""
    found = server.of_kind("MedicationAdministration")
    names = [each["identifier"][0]["value"].partition(".")[2] for each in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, (each["status"] for each in found), strict=True))


@pytest.fixture
def desk() -> Desk:
    """A box whose two doses were both taken this Monday, at 08:10."""
    box = Box.with_schedule(plan(D3K2_DOSE, DROPS_DOSE), at="2026-11-23 06:00")
    box.until("08:10")
    box.press()
    return Desk(box)


def test_what_was_undone_is_entered_in_error_and_taken_again_the_same_resource(desk: Desk) -> None:
    server = FhirServer()

    def told() -> dict[str, str]:
        server.takes(bundle_of(desk))
        return by_occurrence(server)

    d3k2, drops = "d3k2.20261123T063000Z", "drops.20261123T070000Z"
    assert told() == {d3k2: "completed", drops: "completed"}
    assert desk.types("undo", "drops").exit_code == 0
    assert told() == {d3k2: "completed", drops: "entered-in-error"}
    assert desk.box is not None
    desk.box.until("20:30")
    assert told() == {d3k2: "completed", drops: "not-done"}
    assert desk.types("take", "drops", "--date", "2026-11-23", "--time", "08:00").exit_code == 0
    assert told() == {d3k2: "completed", drops: "completed"}


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_life_each_occurrence_is_one_resource_and_the_right_one(
    seed: int, data_folder: Path
) -> None:
    data_folder.mkdir()
    life, server = lived(seed), FhirServer()
    accounts = life.oracle.books.accounts
    if not accounts:
        pytest.skip("nothing was due in that life")
    bundles = []
    count = len(life.oracle.books.lines)
    for part in (count // 3, count * 2 // 3, count):
        keep(data_folder, life, part)
        bundles.append(bundle_of(Desk()))
        server.takes(bundles[-1])
    # What one of them told is told by all that follow, or what was put right would stay wrong.
    names = [{entry["request"]["url"] for entry in each["entry"]} for each in bundles]
    assert names[0] <= names[1] <= names[2]
    found = by_occurrence(server)
    wrong = {
        key: (found.get(name_of(key)), account.last)
        for key, account in accounts.items()
        if not is_right(found.get(name_of(key)), account, life.oracle.by_gap)
    }
    assert wrong == {}
    known = {name_of(key) for key in accounts}
    # Of what nothing was noted at all only a gap tells, and it knows nothing.
    assert {status for name, status in found.items() if name not in known} <= {"unknown"}


def name_of(key: tuple[str, int]) -> str:
    """By its dose and due, in Unix seconds."""
    day, second = divmod(key[1] - civil.UNIX_2000, civil.DAY_S)
    clock = f"{second // 3600:02}{second // 60 % 60:02}{second % 60:02}"
    return f"{key[0]}.{civil.iso(day).replace('-', '')}T{clock}Z"


def is_right(status: str | None, account: Account, by_gap: Collection[Key]) -> bool:
    """Whether a server may have that of it, None for nothing."""
    if account.withdrawn and status == "unknown":
        return True
    if account.last in SAYS:
        return status == SAYS[account.last]
    # A gap may have made it unknown for a while, before a clock was set back into its window.
    was_over = account.key in by_gap or any(line.kind in SAYS for line in account.lines)
    return status == ("entered-in-error" if was_over else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_bundle_is_one_of_r4b(seed: int, data_folder: Path) -> None:
    data_folder.mkdir()
    with_history(data_folder, seed)
    bundle = bundle_of(Desk())
    Bundle.model_validate(bundle)
    assert wrong_codes(bundle) == []
    assert all(each["subject"]["display"] for each in administrations(bundle))


def administrations(bundle: Resource) -> list[Resource]:
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [each for each in resources if each["resourceType"] == "MedicationAdministration"]


def test_the_table_of_codes_sees_what_the_library_lets_pass(desk: Desk) -> None:
    bundle = bundle_of(desk)
    Bundle.model_validate(bundle)
    administrations(bundle)[0]["status"] = "eaten"
    Bundle.model_validate(bundle)
    assert wrong_codes(bundle) == ["MedicationAdministration.status = eaten"]
    del administrations(bundle)[1]["subject"]
    assert wrong_codes(bundle)[1:] == ["MedicationAdministration has [] of subject"]


def test_the_server_sees_one_identifier_twice(desk: Desk) -> None:
    bundle = bundle_of(desk)
    bundle["entry"].append(bundle["entry"][-1])
    with pytest.raises(AssertionError):
        FhirServer().takes(bundle)


def test_equal_exports_are_equal_bytes(desk: Desk) -> None:
    first, second = (desk.types("export", "fhir").stdout_bytes for _ in range(2))
    assert first == second


def medication_of(bundle: Resource) -> Any:
    (found,) = [
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "MedicationStatement"
    ]
    return found.get("contained") or found["medicationCodeableConcept"]


D3 = {"system": "http://fdasis.nlm.nih.gov", "code": "1C6V77QF41", "display": "Cholecalciferol"}
ATC = {"system": "http://www.whocc.no/atc", "code": "A11CC05", "display": "colecalciferol"}
MK7 = {"system": "http://fdasis.nlm.nih.gov", "code": "8427BML8NY", "display": "Menaquinone 7"}


@pytest.mark.parametrize(
    ("nutrient", "codes"),
    [
        ('nutrient = "vitamin-d3"', [D3, ATC]),
        ('nutrient = "mk-7"', [MK7]),
        ('nutrient = "vitamin-k2", form = "MK-7 all-trans"', [MK7]),
        # It may be D2, or one of several K2.
        ('nutrient = "vitamin-d"', None),
        ('nutrient = "vitamin-d3", form = "calcifediol"', None),
        ('nutrient = "vitamin-k2"', None),
        ('nutrient = "zinc"', None),
    ],
)
def test_only_what_was_looked_up_has_a_code(nutrient: str, codes: Any) -> None:
    text = f'contents = [{{ {nutrient}, amount = 10, unit = "mcg" }}]'
    box = Box.with_schedule(plan(dose("one", 'at = ["08:00"]', text)), at="2026-11-23 06:00")
    concept = {"text": "ONE"} | ({} if codes is None else {"coding": codes})
    assert medication_of(bundle_of(Desk(box))) == concept


def test_a_dose_of_two_nutrients_has_two_ingredients_with_their_amounts() -> None:
    text = plan(dose("d3k2", 'at = ["08:00"]', CONTENTS))
    bundle = bundle_of(Desk(Box.with_schedule(text, at="2026-11-23 06:00")))
    (medication,) = medication_of(bundle)
    assert medication["code"] == {"text": "D3K2"}
    assert [
        (each["itemCodeableConcept"]["text"], each["strength"]["numerator"])
        for each in medication["ingredient"]
    ] == [
        ("vitamin-d3", {"value": 1000, "unit": "IU"}),
        ("vitamin-k2 (MK-7)", {"value": 100, "unit": "mcg"}),
    ]


def test_what_was_taken_under_an_older_label_keeps_it(desk: Desk, tmp_path: Path) -> None:
    new = tmp_path / "new.toml"
    new.write_text(plan(D3K2_DOSE, DROPS_DOSE).replace('"DROPS"', '"Drops, twice as strong"'))
    assert desk.types("push", new, "--yes").exit_code == 0
    assert desk.box is not None
    desk.box.until("20:05")
    desk.box.press()
    names = Counter(
        each["medicationCodeableConcept"]["text"] for each in administrations(bundle_of(desk))
    )
    assert names == {"D3K2": 1, "DROPS": 1, "Drops, twice as strong": 1}
    rows = desk.types("export", "csv", "--dose", "drops").stdout.splitlines()[1:]
    assert [row.split(",")[2] for row in rows] == ["DROPS", '"Drops']


def test_who_it_is_about_is_called_as_the_file_or_the_box_or_its_id_says(tmp_path: Path) -> None:
    desk = Desk(Box.with_schedule(plan(DROPS_DOSE), at="2026-11-23 06:00"))

    def subject(*words: str) -> Resource:
        bundle = bundle_of(desk, *words)
        found: Resource = bundle["entry"][1]["resource"]["subject"]
        return found

    desk.types("status")
    ident = str(desk.gets("boxes")["items"][0]["device_id"])
    identifier = {"system": "urn:uuid:a9aa8caf-92af-4a9d-80f2-2e64eac97eff", "value": ident}
    assert subject() == {"type": "Patient", "identifier": identifier, "display": ident}
    desk.types("name", ident, "mother")
    assert subject()["display"] == "mother"
    file = tmp_path / "anna.toml"
    file.write_text(plan(DROPS_DOSE, '[person]\nname = "Anna, Bo"\n'))
    desk.types("push", file, "--yes")
    assert subject()["display"] == "Anna, Bo"
    assert subject("--subject", "Patient/123") == {
        "reference": "Patient/123",
        "display": "Anna, Bo",
    }


def test_a_box_that_is_away_is_told_of_as_it_was_read(desk: Desk) -> None:
    with_box = desk.types("export", "fhir").stdout
    desk.box = None
    assert desk.types("export", "fhir").stdout == with_box
