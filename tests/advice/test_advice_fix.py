"""`dosebell check --fix` as a person uses it: what it says, what it writes, and what it leaves."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advice_texts import CLEAN, COMMENTED, D3, LEAN, LEVO, Mg, a_dose, a_schedule, at
from dosebell_host.cli import main
from dosebell_host.schedule.read_file import load
from dosebell_host.schedule.toml_lines import comments


def dosebell(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + COMMENTED.encode())
    return path


def test_check_proposes_and_writes_nothing(mine: Path, tmp_path: Path) -> None:
    done = dosebell("check", mine)
    assert done.exit_code == 1
    assert done.stdout.endswith(f"""\
  CAN BE PUT RIGHT (1)
    MIN-LEVO  mg: breakfast -> lunch, 5 h 30 min after levothyroxine at 07:00
      dosebell check {mine} --fix
      writes mine.fixed.toml; your file stays
""")
    assert list(tmp_path.iterdir()) == [mine]


def test_what_a_name_says_is_written_into_a_dose_without_days(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    name = 'name = "Vitamin D3 1000 IU"\n'
    for line in ('at = ["08:00"]\n', 'with = ["lunch"]\n'):
        head = 'version = 1\ntimezone = "Europe/Berlin"\n[meals]\nlunch = "12:30"\n[[dose]]\n'
        path.write_text(f'{head}id = "d3"\n{name}{line}', encoding="utf-8")
        assert dosebell("check", "--fix", path).exit_code == 0
        new = tmp_path / "mine.fixed.toml"
        assert [each.nutrient for each in load(new).doses[0].contents] == ["vitamin-d3"]
        new.unlink()


def test_where_much_is_wrong_only_fix_tries(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    minerals = [at("08:00", Mg(1), ident=f"mg{n}") for n in range(13)]
    path.write_text(a_schedule(*minerals, person=LEVO), encoding="utf-8")
    hint = f"  Some of it may be put right by: dosebell check {path} --fix\n"
    assert dosebell("check", path).stdout.endswith(hint)
    done = dosebell("check", "--fix", path)
    assert (done.exit_code, done.stderr) == (0, f"{path}: so many findings may take a minute.\n")
    assert len(load(tmp_path / "mine.fixed.toml").doses) == 13


def test_fix_writes_a_new_file_and_leaves_the_old_one(mine: Path, tmp_path: Path) -> None:
    before, new = mine.read_bytes(), tmp_path / "mine.fixed.toml"
    done = dosebell("check", "--fix", mine)
    assert done.exit_code == 0
    assert (
        f"""\
  PUT RIGHT (1) in {new}
    MIN-LEVO  mg: breakfast -> lunch, 5 h 30 min after levothyroxine at 07:00
      mine.toml is as it was. Does the new one suit your days?
{new}: ok: 1 dose"""
        in done.stdout
    )
    assert mine.read_bytes() == before
    assert new.read_bytes().startswith(b"\xef\xbb\xbf# Mine.\n")
    assert sorted(comments(new.read_text("utf-8-sig"))) == sorted(comments(COMMENTED))


def test_a_fixed_file_is_never_written_over(mine: Path, tmp_path: Path) -> None:
    new = tmp_path / "mine.fixed.toml"
    new.write_text("precious", encoding="utf-8")
    done = dosebell("check", "--fix", mine)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"{new}: is there already and was left alone; look at it, then move it away.\n"
    )
    assert new.read_text(encoding="utf-8") == "precious"


def test_a_fixed_file_has_nothing_left_to_put_right(mine: Path, tmp_path: Path) -> None:
    dosebell("check", "--fix", mine)
    done = dosebell("check", "--fix", tmp_path / "mine.fixed.toml")
    assert done.exit_code == 0
    assert done.stdout.endswith(
        "  Nothing here that --fix could put right; no file was written.\n"
    )
    assert len(list(tmp_path.iterdir())) == 2


def test_errors_that_stay_let_fix_fail(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(a_schedule(a_dose(D3(500)), person=CLEAN), encoding="utf-8")
    done = dosebell("check", "--fix", path)
    assert done.exit_code == 1
    assert done.stdout.endswith(
        "  Nothing here that --fix could put right; no file was written.\n"
    )
    path.write_text(a_schedule(a_dose(D3(500)), meals=LEAN), encoding="utf-8")
    assert dosebell("check", "--fix", path).exit_code == 1
    assert (tmp_path / "mine.fixed.toml").exists()


def test_fix_as_json(mine: Path, tmp_path: Path) -> None:
    done = dosebell("check", "--fix", mine, "--json")
    assert done.exit_code == 0
    [item] = json.loads(done.stdout)["items"]
    assert (item["ok"], item["corrections"]) == (
        False,
        [
            {
                "rule": "MIN-LEVO",
                "dose": "mg",
                "before": "breakfast",
                "after": "lunch",
                "why": "5 h 30 min after levothyroxine at 07:00",
            }
        ],
    )
    new = str(tmp_path / "mine.fixed.toml")
    assert (item["fixed"]["file"], item["fixed"]["ok"]) == (new, True)


def test_strict_looks_at_the_file_that_was_put_right(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(a_schedule(a_dose(D3(10)), meals=LEAN), encoding="utf-8")
    assert dosebell("check", "--strict", path).exit_code == 1
    assert dosebell("check", "--strict", "--fix", path).exit_code == 0
