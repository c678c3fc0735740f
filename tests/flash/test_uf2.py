"""A UF2 file is read and judged before anything is copied to a board."""

from pathlib import Path

import pytest

import uf2_files
from dosebell_host.errors import UserError
from dosebell_host.flash import uf2
from dosebell_host.flash.board_kinds import KINDS, RP2040, RP2350, of_chip
from uf2_files import ABSOLUTE, PICO, PICO_2, PICO_W, block, blocks


def complaint(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        uf2.read(path)
    return str(caught.value).removeprefix(f"{path}: ")


def wrong(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return complaint(path)


@pytest.mark.parametrize(
    ("machine", "chip", "family"),
    [
        (PICO, RP2040, uf2_files.RP2040),
        (PICO_W, RP2040, uf2_files.RP2040),
        (PICO_2, RP2350, uf2_files.RP2350),
    ],
)
def test_it_tells_board_chip_and_version(
    tmp_path: Path, machine: bytes, chip: str, family: int
) -> None:
    path = uf2_files.write(tmp_path, machine, family=family)
    found = uf2.read(path)
    assert found == uf2.Uf2(path, chip, (1, 29, 0), machine.decode())


def test_the_extra_block_of_an_rp2350_file_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "pico2.uf2"
    extra = block(0, 2, b"\xef" * 256, ABSOLUTE)
    path.write_bytes(extra + b"".join(blocks(PICO_2, family=uf2_files.RP2350)))
    assert uf2.read(path).machine == PICO_2.decode()


def test_blocks_may_come_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "shuffled.uf2"
    path.write_bytes(b"".join(reversed(blocks(PICO))))
    assert uf2.read(path).version == (1, 29, 0)


def test_a_download_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.uf2"
    whole = blocks(PICO)
    again = "; download it again."
    assert wrong(path, b"") == f"is no UF2 file, or is cut off{again}"
    assert wrong(path, whole[0][:300]) == f"is no UF2 file, or is cut off{again}"
    assert wrong(path, b"".join(whole[:-2])) == (
        f"is cut off: 2 of {len(whole)} blocks are missing{again}"
    )
    assert wrong(path, b"<html>" + bytes(506)) == f"is no UF2 file, or is damaged{again}"


def test_what_is_no_micropython_for_a_pico_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.uf2"
    assert wrong(path, block(0, 1, b"CircuitPython", uf2_files.RP2040)).startswith(
        "holds no MicroPython; get RPI_PICO-20260824-v1.29.0.uf2 for a Pico from"
        " https://micropython.org/download/RPI_PICO/, or RPI_PICO_W-20260824-v1.29.0.uf2 for a"
        " Pico W from"
    )
    samd = 0x68ED2B88
    assert wrong(path, block(0, 1, b"MicroPython v1.29.0", samd)).startswith(
        "is not for a Raspberry Pi Pico; get "
    )


def test_one_that_is_too_old_is_refused_and_the_right_one_named(tmp_path: Path) -> None:
    assert complaint(uf2_files.write(tmp_path, PICO_W, version=b"v1.26.1")) == (
        "is MicroPython 1.26.1, and dosebell needs 1.27.0 or newer; get"
        " RPI_PICO_W-20260824-v1.29.0.uf2 from https://micropython.org/download/RPI_PICO_W/."
    )


def test_one_for_another_board_is_refused(tmp_path: Path) -> None:
    found = uf2.read(uf2_files.write(tmp_path, PICO_W))
    uf2.check_fits(found, PICO_W.decode())
    with pytest.raises(UserError) as caught:
        uf2.check_fits(found, PICO.decode())
    assert str(caught.value) == (
        f"{found.path}: is for another board (Raspberry Pi Pico W with RP2040) than this one"
        " (Raspberry Pi Pico with RP2040), and would erase it; get RPI_PICO-20260824-v1.29.0.uf2"
        " from https://micropython.org/download/RPI_PICO/."
    )


def test_one_for_another_chip_is_refused(tmp_path: Path) -> None:
    found = uf2.read(uf2_files.write(tmp_path, PICO))
    uf2.check_fits_chip(found, RP2040, of_chip(RP2040))
    with pytest.raises(UserError) as caught:
        uf2.check_fits_chip(found, RP2350, of_chip(RP2350))
    assert "is for a board with the chip RP2040" in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none.uf2") == (
        "cannot be read (No such file or directory); name the file that you downloaded."
    )


def test_every_kind_of_board_has_a_page_of_its_own() -> None:
    assert [kind.page for kind in KINDS] == [
        "https://micropython.org/download/RPI_PICO/",
        "https://micropython.org/download/RPI_PICO_W/",
        "https://micropython.org/download/RPI_PICO2/",
        "https://micropython.org/download/RPI_PICO2_W/",
    ]
