"""What dosebell writes is about somebody's health: no other user of the machine can read it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2, Box
from laptop import opened
from virtual_box import virtual

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the modes of POSIX")


@pytest.fixture(autouse=True)
def whoever_is_careless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A user whose new files anybody may read and write."""
    monkeypatch.chdir(tmp_path)
    Path("d3k2.toml").write_text(D3K2, encoding="utf-8")
    before = os.umask(0)
    yield
    os.umask(before)


def modes(*roots: Path) -> dict[str, str]:
    """The mode of each of these and of all below, but for those that are as they should be."""
    found = [path for root in roots for path in (root, *root.rglob("*"))]
    right = {path: "0o700" if path.is_dir() else "0o600" for path in found}
    is_now = {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in found}
    return {str(path): mode for path, mode in is_now.items() if mode != right[path]}


def loosened(root: Path) -> None:
    """As an earlier release left it."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def saved_before(data: Path) -> Path:
    kept = data / "saved" / "0123" / "2026-11-01-120000" / "log" / "1"
    kept.parent.mkdir(parents=True)
    kept.write_text("what was taken")
    return kept


def test_what_is_kept_of_a_box_is_its_users_alone(data_folder: Path) -> None:
    desk = Desk(Box.with_schedule(D3K2).until("07:31"))
    for command in ("push d3k2.toml", "take", "log"):
        assert desk.types(*command.split()).exit_code == 0
    assert (modes(data_folder), (data_folder / "history.sqlite3").exists()) == ({}, True)


def test_what_an_earlier_release_left_open_is_closed(data_folder: Path) -> None:
    desk = Desk(Box.with_schedule(D3K2))
    desk.types("status")
    saved_before(data_folder)
    loosened(data_folder)
    assert len(modes(data_folder)) == 7
    assert desk.types("status").exit_code == 0
    assert modes(data_folder) == {}


def test_an_open_history_is_closed_to_others_with_all_that_belongs_to_it(
    data_folder: Path,
) -> None:
    history = opened(data_folder)
    history.save_schedule("0123", ["plan"])
    names = {path.name.removeprefix("history.sqlite3") for path in data_folder.iterdir()}
    assert (modes(data_folder), names) == ({}, {"", "-wal", "-shm"})


def test_a_history_that_cannot_be_read_is_closed_to_others_too(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "history.sqlite3").write_bytes(b"no database" * 100)
    Desk(Box.with_schedule(D3K2)).types("status")
    assert modes(data_folder) == {}


def test_what_is_not_ours_in_the_same_folder_stays_as_it_is(data_folder: Path) -> None:
    kept = saved_before(data_folder)
    page = data_folder / "public_html" / "index.html"
    page.parent.mkdir()
    page.write_text("for everybody")
    script = data_folder / "run.sh"
    script.write_text("true")
    script.chmod(0o755)
    os.symlink(page, kept.with_name("link"))
    loose = modes(data_folder)
    Desk(Box.with_schedule(D3K2)).types("status")
    left = {path: mode for path, mode in loose.items() if "saved" not in path or "link" in path}
    assert modes(data_folder) == left


def test_schedules_are_written_for_their_user_alone() -> None:
    desk = Desk(Box.with_schedule(D3K2))
    new = "new new.toml --timezone UTC --d3 1000IU --k2 none --medicines none"
    for command in (new, "pull -o pulled.toml"):
        assert desk.types(*command.split()).exit_code == 0
    assert modes(Path("new.toml"), Path("pulled.toml")) == {}


def test_the_flash_of_a_virtual_box_is_its_users_alone(data_folder: Path) -> None:
    state = Path("box").absolute()
    with virtual("--state", state) as box:
        assert (modes(state), modes(data_folder)) == ({}, {})
        box.end()
    loosened(state)
    with virtual("--state", state) as box:
        assert modes(state) == {}
        box.end()


def test_a_folder_that_holds_more_than_a_virtual_box_is_not_closed() -> None:
    work = Path.cwd()
    Path("d3k2.toml").chmod(0o644)
    before = stat.S_IMODE(work.stat().st_mode)
    with virtual("--state", work) as box:
        assert modes(work / "state", work / "log", work / "running") == {}
        box.end()
    assert stat.S_IMODE(work.stat().st_mode) == before
    assert oct(Path("d3k2.toml").stat().st_mode & 0o777) == "0o644"
