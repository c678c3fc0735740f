"""`dosebell parts`, as it is typed: what it tells, writes, starts and tests."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from desk import Desk
from domain import Box, Flash, dose, plan
from dosebell import wiring
from dosebell_host.actions.parts.set_parts import LOOK_AT, PartsWishes, read_parts, set_parts
from dosebell_host.box.replies import PartsFile
from dosebell_host.errors import DeviceRefused
from dosebell_host.talk import Talk
from laptop import Laptop
from older_box import meet_older

SEVEN = b'{"lamps":{"pin":16,"count":7,"brightness":32}}'


def box_with(content: bytes | None = None, text: str = "") -> Box:
    files = Flash()
    if content is not None:
        files.contents[wiring.PARTS] = content
    return Box.with_schedule(text, files=files) if text else Box.with_schedule(files=files)


class Bench(Desk):
    """A desk at which time passes as the box's does; `seen` are the lamps that shone meanwhile."""

    def __init__(self, box: Box) -> None:
        super().__init__(box)
        self.beside = box
        self.seen: list[set[int]] = []
        self.reach = replace(self.reach, pause=self._pause)

    def _pause(self, seconds: float) -> None:
        self.seen.append(set(self.beside.world.board.lamp_strip.shining))
        self.beside.wait(ms=round(seconds * 1000))

    @property
    def file(self) -> bytes | None:
        assert isinstance(self.beside.files, Flash)
        return self.beside.files.contents.get(wiring.PARTS)


def test_whoever_only_asks_is_told_and_changes_nothing() -> None:
    bench = Bench(box_with(SEVEN))
    result = bench.types("parts")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "The box has 7 lamps at GP16, brightness 32 of 255: 53 mA at the most."
    )
    assert "pin 21  GP16      ---[ 330 ohm ]----------  DIN" in result.stdout
    assert bench.file == SEVEN
    assert Bench(box_with()).types("parts").stdout == "The box has no lamps.\n"


def test_a_script_writes_starts_and_tests_in_one_go() -> None:
    bench = Bench(box_with())
    assert bench.gets("parts", "--lamps", 7, "--yes", "--test") == {
        "lamps": {"pin": 16, "count": 7, "brightness": 32},
        "written": True,
        "restarted": True,
        "tested": 7,
        "seen": None,
    }
    assert (bench.file, bench.seen) == (SEVEN, [{place} for place in range(1, 8)])


def test_without_a_yes_the_box_goes_on_and_says_when_it_is_in_use() -> None:
    bench = Bench(box_with())
    told = bench.types("parts", "--lamps", 14)
    assert "Written: 14 lamps at GP16" in told.stdout
    assert "with --yes" in told.stderr
    assert bench.beside.world.board.lamps is None
    # The same again, with the yes that was missing.
    assert bench.gets("parts", "--lamps", 14, "--yes")["restarted"]
    assert bench.beside.world.board.lamps is not None


def test_one_number_changes_and_the_others_stay() -> None:
    bench = Bench(box_with(SEVEN))
    assert bench.gets("parts", "--brightness", 64, "--pin", 22)["lamps"] == {
        "pin": 22,
        "count": 7,
        "brightness": 64,
    }


@pytest.mark.parametrize("content", [SEVEN, b"", b"led = 2", None])
def test_none_takes_the_lamps_out_and_whatever_file_there_was(content: bytes | None) -> None:
    bench = Bench(box_with(content))
    assert bench.gets("parts", "--lamps", 0, "--yes")["lamps"] is None
    assert (bench.file, bench.beside.world.board.lamps) == (None, None)
    assert bench.beside.request("status")["faults"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--lamps", 33), 1, "--lamps: a strip of 33 lamps"),
        (("--lamps", -1), 1, "--lamps: a strip of -1 lamps"),
        (("--lamps", 28, "--brightness", 64), 1, "they would draw 422 mA"),
        (("--lamps", 7, "--brightness", 0), 1, "take 1 to 182"),
        (("--lamps", 7, "--pin", 24), 1, "--pin: a Pico has no free pin GP24"),
        (("--lamps", 7, "--pin", 13), 3, "GP13 is in use for button"),
        (("--pin", 20), 2, "say how many: --lamps N"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: tuple[object, ...], code: int, said: str) -> None:
    bench = Bench(box_with())
    result = bench.types("parts", *words)
    assert (result.exit_code, bench.file) == (code, None)
    assert said in result.stderr and len(result.stderr.splitlines()) == 1


def test_while_something_rings_nothing_is_written() -> None:
    bench = Bench(box_with())
    bench.beside.until("07:31")
    result = bench.types("parts", "--lamps", 7)
    assert (result.exit_code, bench.file) == (3, None)
    assert "a real dose rings now" in result.stderr


@pytest.mark.parametrize("content", [b"led = 2", b"\xff"])
def test_a_broken_file_is_told_and_written_anew(content: bytes) -> None:
    bench = Bench(box_with(content))
    assert "cannot use" in bench.types("parts").output
    assert bench.gets("parts", "--lamps", 7, "--yes")["written"]
    assert (bench.file, bench.beside.request("status")["faults"]) == (SEVEN, [])


def asked(bench: Bench, says: Iterable[object]) -> tuple[list[str], list[str]]:
    """(questions, notes) where a person answers in turn."""
    questions: list[str] = []
    notes: list[str] = []
    answers = iter(says)

    def answer(question: str, default: object = None) -> object:
        questions.append(question)
        return next(answers)

    def confirm(question: str) -> bool:
        return bool(answer(question))

    def ask(prompt: str, default: str | None) -> str:
        return str(answer(prompt) or default)

    talk = Talk(notes.append, can_ask=True, confirm=confirm, ask=ask)
    set_parts(PartsWishes(), talk, bench.reach)
    return questions, notes


def test_a_person_is_asked_and_sees_each_lamp() -> None:
    bench = Bench(box_with())
    questions, notes = asked(bench, ["14", "", "48", True, True, True])
    assert questions == [
        "How many lamps, 0 for none",
        "Data pin, GP",
        "Brightness, 1 to 255",
        "It is in use once the box starts anew. Now?",
        "Test each lamp in turn?",
        "Did each of them blink, one after the other?",
    ]
    assert (bench.file, notes) == (b'{"lamps":{"pin":16,"count":14,"brightness":48}}', [])
    assert bench.seen == [{place} for place in range(1, 15)]


def test_who_did_not_see_them_all_is_told_what_to_look_at() -> None:
    _, notes = asked(Bench(box_with(SEVEN)), ["", "", "", True, False])
    assert notes == [LOOK_AT]


def test_a_lamp_for_each_compartment_of_the_schedule_is_offered() -> None:
    text = plan(dose("pills", 'with = ["breakfast"]', "place = [1, 2, 3, 4, 5, 6, 7]"))
    bench = Bench(box_with(text=text))
    asked(bench, ["", "", "", False])
    assert bench.file == SEVEN


def test_who_wants_none_is_asked_no_more() -> None:
    questions, _ = asked(Bench(box_with()), ["0"])
    assert questions == ["How many lamps, 0 for none"]


def test_a_box_of_an_older_release_is_told_to_be_flashed_first(tmp_path: Path) -> None:
    laptop = Laptop(box_with(), tmp_path)
    assert read_parts(laptop.meet()) == PartsFile(None)
    with pytest.raises(DeviceRefused, match="knows no parts yet; `dosebell flash`"):
        read_parts(meet_older(laptop))


def test_a_push_tells_of_a_place_without_a_lamp(tmp_path: Path) -> None:
    bench = Bench(box_with(SEVEN))
    mine = tmp_path / "mine.toml"
    far = dose("far", 'at = ["08:00", "20:00"]', "place = [3, 12]", "contents = []")
    near = dose("near", 'at = ["08:00"]', "place = 7", "contents = []")
    mine.write_text(plan(far, near))
    told = bench.types("push", mine).stderr
    assert 'compartment 7, so none shines for "far" (place 12)' in told
    mine.write_text(plan(near))
    assert "compartment" not in bench.types("push", mine, "--yes").stderr


def test_a_push_tells_how_often_the_light_flashes_also_for_doses_with_meals(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "mine.toml"
    text = plan(
        dose("d3k2", 'with = ["breakfast", "lunch"]', "place = 4", "contents = []"),
        dose("iron", 'at = ["07:30"]', "contents = []"),
        alerts='answer = "each"',
    )
    mine.write_text(text)
    told = Bench(box_with()).types("push", mine, "--yes").stdout
    assert "flashes for d3k2: 4\n  flashes for iron: 2" in told
