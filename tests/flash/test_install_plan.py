"""What a plan makes of what lies on a board: which version falls back to which, and what goes."""

import hashlib

import pytest

from dosebell_host.errors import UserError
from dosebell_host.flash.bundle import Bundle
from dosebell_host.flash.install_plan import Installed, InstallPlan, is_foreign, plan_install
from dosebell_host.flash.raw_repl import BoardFacts, Found

BLOCK = 4096
NEW = Bundle({"dosebell/app.mpy": b"M\x06" + b"a" * 5000, "dosebell/pico.mpy": b"M\x06pico"})
A, B, C = "aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"


def facts(free_blocks: int = 300) -> BoardFacts:
    return BoardFacts(
        (1, 29, 0), "Raspberry Pi Pico with RP2040", 6, BLOCK, 0, free_blocks * BLOCK
    )


def found(content: bytes) -> Found:
    return Found(len(content), hashlib.sha256(content).hexdigest())


def version(name: str, app: bytes = b"", whole: bool = True) -> dict[str, Found]:
    """A version's folder: the app, and the file that starts it."""
    folder = f"/app/{name}/dosebell"
    files = {f"{folder}/app.mpy": found(app or name.encode())}
    return files | ({f"{folder}/pico.mpy": found(b"pico" + name.encode())} if whole else {})


def planned(lying: Installed, free_blocks: int = 300) -> InstallPlan:
    return plan_install(NEW, {}, lying, facts(free_blocks))


def pointers(lying: Installed) -> dict[str, str]:
    return {path: name.decode() for path, name in planned(lying).names.items()}


def test_on_a_fresh_board_there_is_nothing_to_fall_back_to() -> None:
    made = planned(Installed({}))
    assert (made.before, made.fallback, list(made.names)) == ("", "", ["/app/current"])


def test_the_version_that_ran_is_what_to_fall_back_to() -> None:
    lying = Installed({**version(A), **version(B)}, current=A, previous=B)
    assert pointers(lying) == {"/app/previous": A, "/app/current": NEW.version}
    assert planned(lying).afterwards == [f"/app/{B}"]


def test_a_version_that_crashes_is_nothing_to_fall_back_to() -> None:
    lying = Installed({**version(A), **version(B)}, current=A, previous=B, fell_back=True)
    assert pointers(lying) == {"/app/current": NEW.version}
    assert (planned(lying).fallback, planned(lying).afterwards) == (B, [f"/app/{A}"])


def test_a_version_of_which_half_is_gone_is_nothing_to_fall_back_to() -> None:
    lying = Installed({**version(A, whole=False), **version(B)}, current=A, previous=B)
    assert (planned(lying).before, planned(lying).fallback) == ("", B)


def test_a_file_that_is_there_in_the_current_version_is_copied() -> None:
    app = NEW.files["dosebell/app.mpy"]
    made = planned(Installed(version(A, app), current=A))
    source = f"/app/{A}/dosebell/app.mpy"
    assert made.copy == {
        f"/app/{NEW.version}/dosebell/app.mpy": (source, hashlib.sha256(app).hexdigest())
    }
    assert list(made.upload) == [f"/app/{NEW.version}/dosebell/pico.mpy"]


def test_nothing_is_copied_from_what_is_removed() -> None:
    app = NEW.files["dosebell/app.mpy"]
    lying = Installed({**version(A), **version(C, app)}, current=A)
    assert (planned(lying).copy, planned(lying).remove) == ({}, [f"/app/{C}"])


def test_what_a_cut_left_behind_is_removed_first() -> None:
    half = f"/app/{NEW.version}/dosebell/app.mpy.new"
    made = planned(Installed({half: found(NEW.files["dosebell/app.mpy"])}))
    assert (made.remove, made.copy) == ([half], {})


def test_where_nothing_names_the_current_version_none_is_removed() -> None:
    made = planned(Installed({**version(A), **version(B)}))
    assert (made.remove, made.afterwards) == ([], [])


def test_a_folder_that_holds_something_else_stays() -> None:
    lying = Installed({**version(A), "/app/lib/": Found(0, ""), "/app/lib/x.py": found(b"x")})
    assert "/app/lib" not in planned(lying).remove


@pytest.mark.parametrize("free_blocks", [13, 14])
def test_room_is_counted_in_blocks(free_blocks: int) -> None:
    # Two blocks for one file, four for two folders, eight to spare; the small file takes none.
    if free_blocks == 14:
        assert planned(Installed({}), free_blocks).upload
        return
    with pytest.raises(UserError) as caught:
        planned(Installed({}), free_blocks)
    assert str(caught.value).startswith(
        "the board's flash is full: dosebell needs 57 kB of it, and 53 kB are free. Nothing was"
    )


def test_in_too_little_room_the_version_before_the_last_makes_way() -> None:
    big = {f"/app/{B}/dosebell/big.mpy": Found(10 * BLOCK, "b")}
    lying = Installed({**version(A), **version(B), **big}, current=A, previous=B)
    assert (planned(lying, 5).give_up, planned(lying, 300).give_up) == (B, "")


def test_the_version_that_runs_in_place_of_a_crashing_one_never_makes_way() -> None:
    big = {f"/app/{B}/dosebell/big.mpy": Found(10 * BLOCK, "b")}
    lying = Installed({**version(A), **version(B), **big}, A, B, fell_back=True)
    with pytest.raises(UserError, match="is full"):
        planned(lying, 5)


@pytest.mark.parametrize(
    ("path", "content", "foreign"),
    [
        ("/main.py", b"print('hello')", True),
        ("/main.py", b"# like: from dosebell import pico", True),
        ("/main.py", b'"""Any release."""\nif 1:\n    from dosebell import pico\n', False),
        ("/main.py", b" \n", False),
        ("/boot.py", b"import network", True),
        ("/boot.py", b'"""dosebell\'s service mode, as /boot.py: while it lasts."""', False),
    ],
)
def test_other_peoples_start_files_are_known_from_ours(
    path: str, content: bytes, foreign: bool
) -> None:
    assert is_foreign(path, content) == foreign
