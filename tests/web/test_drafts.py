"""Drafts are kept for their box, by whoever writes them, and wherever they can be."""

import json
from pathlib import Path

import pytest

from dosebell_host.web.draft.drafts import Drafts, ScheduleDraft, digest

MINE = ScheduleDraft("0001", "mine.toml", "new", "abc", "old")


def test_a_draft_is_there_after_a_new_start_until_it_is_forgotten(tmp_path: Path) -> None:
    Drafts(tmp_path).keep(MINE)
    assert Drafts(tmp_path).of("0001") == MINE
    assert Drafts(tmp_path).of("0002") is None
    Drafts(tmp_path).forget("0001")
    assert Drafts(tmp_path).of("0001") is None


def test_the_last_one_kept_counts_and_nothing_else_is_left(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        Drafts(tmp_path).keep(MINE._replace(text=text))
    [file] = (tmp_path / "drafts").iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == "three"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("device_id", ["../../etc/passwd", "/etc/passwd", "a" * 5000, "\0", "é"])
def test_no_id_of_a_box_leads_out_of_the_folder(tmp_path: Path, device_id: str) -> None:
    drafts = Drafts(tmp_path / "web")
    drafts.keep(MINE._replace(device_id=device_id))
    assert drafts.of(device_id) == MINE._replace(device_id=device_id)
    assert [each.parent.name for each in tmp_path.rglob("*.json")] == ["drafts"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"text": 1}', "\x00"])
def test_a_file_that_is_no_draft_is_none(tmp_path: Path, content: str) -> None:
    Drafts(tmp_path).keep(MINE)
    [file] = (tmp_path / "drafts").iterdir()
    file.write_text(content, encoding="utf-8")
    assert Drafts(tmp_path).of("0001") is None


def test_where_nothing_can_be_written_it_is_kept_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way", encoding="utf-8")
    drafts = Drafts(tmp_path)
    drafts.keep(MINE)
    assert drafts.of("0001") == MINE
    drafts.forget("0001")
    assert drafts.of("0001") is None


def test_a_text_that_was_shown_is_known_for_a_while(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    seen = drafts.show("the first")
    assert drafts.shown(seen) == "the first"
    for number in range(100):
        drafts.show(str(number))
    assert drafts.shown(seen) is None
    assert drafts.shown(digest("99")) == "99"
