"""The real Home Assistant: it takes every schedule without a word, and shows what is so.

`make test-ha` runs it, in a virtual environment of its own with Python 3.13. Home Assistant and
dosebell meet only at the broker.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from domain import Box, dose, plan
from dosebell_host.resources import schedules_dir
from dosebell_host.watch.mqtt.access import Access
from dosebell_host.watch.mqtt.broker import Broker, Listening
from dosebell_host.watch.mqtt.settling import SETTLE_S
from dosebell_host.watch.watcher import LOOK_EVERY_S
from mosquitto import Hearer, mosquitto
from mqtt_boxes import Moment, moments
from mqtt_loop import TOPICS, WILL, Loop, Place
from virtual_box import at_breakfast, virtual
from waiting import HANG_S, wait_until
from watch_process import watching

pytestmark = [pytest.mark.ha, pytest.mark.xdist_group("ha")]

ROOT = Path(__file__).parents[2]
NO_HOME_ASSISTANT = "no Home Assistant is here: `make test-ha` installs it with Python 3.13"
GONE = "unavailable"
COUNTED = 'stock = { count = 3, per_intake = 1, low = 2 }\nat = ["07:30", "19:00"]'
# Its event, when it was taken, what is left, when that runs out, and two buttons.
OF_A_COUNTED_DOSE = 6
HEARD = (Listening(TOPICS.birth, as_sent=False),)

States = dict[str, tuple[str, dict[str, Any]]]


def python() -> str:
    """The Python that has it; without one the test ends here."""
    found = os.environ.get("DOSEBELL_HA_PYTHON") or str(ROOT / ".venv/ha/bin/python")
    has_it = [found, "-c", "import homeassistant"]
    if not Path(found).exists() or subprocess.run(has_it, check=False).returncode:
        pytest.skip(NO_HOME_ASSISTANT)
    return found


# How long silence may last before an automation of the page tells of it, and here; and how far the
# clocks of watcher and Home Assistant may differ.
PATIENCE = ("minutes=10", "seconds=2")
TOLERANCE = ("last_triggered, 0) + 30)", "last_triggered, 0) + 3)")
SINCE = "sensor.mother_attention_since"
SILENT = "Nothing is heard of it."


class HomeAssistant:
    """One that runs; `friendly_name` of each entity is what it is called here."""

    def __init__(self, folder: Path, port: int) -> None:
        (folder / "ha").mkdir(exist_ok=True)
        automations = automations_of_the_page().replace(*PATIENCE).replace(*TOLERANCE)
        (folder / "ha" / "automations.yaml").write_text(automations)
        words = [python(), str(Path(__file__).with_name("hass.py")), str(folder / "ha"), str(port)]
        self._errors = (folder / "ha-errors").open("ab")
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )
        print(f"Home Assistant is up in {self._answer()['ready']} s")

    def states(self) -> States:
        said = self._ask("states").values()
        return {each[1].get("friendly_name", ""): (each[0], each[1]) for each in said}

    def entities(self) -> set[str]:
        """The ids of all that are in its list, also of those that nobody speaks for any more."""
        return set(self._ask("states"))

    def press(self, name: str) -> None:
        said = self._ask("states").items()
        [entity] = [key for key, each in said if each[1].get("friendly_name") == name]
        self._ask(f"press {entity}")

    def set(self, entity: str, state: str, **attributes: object) -> None:
        """In place of whoever else says it."""
        self._ask(f"set {entity} {json.dumps([state, attributes])}")

    def told(self) -> list[str]:
        """What it has sent to a phone since it runs."""
        found: list[str] = self._ask("told")
        return found

    def log(self) -> list[str]:
        found: list[str] = self._ask("log")
        return found

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._ask("quit")
        self._process.kill()
        self._process.communicate(timeout=HANG_S)
        self._errors.close()

    def _ask(self, line: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextlib.contextmanager
def home_assistant(folder: Path, port: int) -> Iterator[HomeAssistant]:
    found = HomeAssistant(folder, port)
    try:
        yield found
    finally:
        found.end()


def yaml_of_the_page() -> list[str]:
    """The cards and the automations that host/README.md tells people to use."""
    return re.findall(r"```yaml\n(.*?)```", page_text(), re.S)


def page_text() -> str:
    return (ROOT / "host/README.md").read_text(encoding="utf-8")


def automations_of_the_page() -> str:
    """Those of it, as a list."""
    texts = [each for each in yaml_of_the_page() if "triggers" in each]
    found = "".join("- " + each.replace("\n", "\n  ").rstrip() + "\n" for each in texts)
    assert len(texts) == 2
    assert PATIENCE[0] in found
    assert TOLERANCE[0] in found
    return found


def every_schedule(folder: Path) -> tuple[list[Moment], ...]:
    """A box with each ready-made schedule, each with an id and a name of its own."""
    found = []
    for path in sorted(schedules_dir().glob("*.toml")):
        box = Box.with_schedule(path.read_text(encoding="utf-8"), at="2026-11-23 06:00")
        lived = moments(box, folder / path.stem, "07:31", "press", "19:05", name=path.stem)
        found.append([e._replace(view=replace(e.view, device_id=f"b-{path.stem}")) for e in lived])
    return tuple(found)


def shown(states: States, days: tuple[list[Moment], ...]) -> list[str]:
    """Where Home Assistant shows something else than a box says."""
    wrong = []
    for day in days:
        view = day[-1].view
        assert view.status is not None
        said = view.status.to_json()
        expected = {f"{view.name} Next dose": (said["next"] or {}).get("due")}
        for each, row in zip(view.status.plan.doses, said["doses"], strict=True):
            expected[f"{view.name} {each.name} last taken"] = row["intake"]
            if row["stock"] is not None:
                expected[f"{view.name} {each.name} left"] = str(row["stock"])
        for name, value in expected.items():
            state = states.get(name, ("missing", {}))[0]
            if not is_same(state, value):
                wrong.append(f"{name}: {state}, not {value}")
    return wrong


def is_same(state: str, value: str | None) -> bool:
    if value is None:
        return state == "unknown"
    if "T" not in value or "T" not in state:
        return state == value
    return datetime.fromisoformat(state) == datetime.fromisoformat(value)


def looks_until_right(loop: Loop, hass: HomeAssistant) -> None:
    def right() -> bool:
        loop.look()
        time.sleep(0.2)
        return shown(hass.states(), loop.days) == []

    until_s = time.monotonic() + 60
    while not right():
        assert time.monotonic() < until_s, (shown(hass.states(), loop.days), hass.log())


def test_it_takes_every_schedule_and_shows_what_is_so_after_a_restart_of_either_side(
    tmp_path: Path,
) -> None:
    days = every_schedule(tmp_path)
    with mosquitto(tmp_path) as broker:
        access = Access("127.0.0.1", broker.port, "dosebell-test")
        loop = Loop(days, lambda: Broker(access, will=WILL))
        loop.places = [Place(len(day) - 1) for day in days]
        with home_assistant(tmp_path, broker.port) as hass:
            looks_until_right(loop, hass)
            assert hass.log() == []
            assert hass.states()["Mother's box needs somebody"][0] == "on"
            # The watcher goes: nothing is believed any more; it comes back: all is.
            loop.sink.close()
            ours = {f"{day[-1].view.name} Next dose" for day in days}
            wait_until(lambda: {hass.states()[each][0] for each in ours} == {GONE})
            loop.start()
            looks_until_right(loop, hass)
            assert hass.log() == []
        with home_assistant(tmp_path, broker.port) as hass:
            # What the broker keeps is enough; nobody has said anything yet.
            wait_until(lambda: shown(hass.states(), days) == [])
            looks_until_right(loop, hass)
            assert hass.log() == []
        loop.sink.close()


TWO = plan(
    dose("drops", 'at = ["08:00"]'), dose("iron", 'at = ["13:00"]'), dose("zinc", 'at = ["18:00"]')
)
DAY = ("07:00", "08:31", "13:31", "18:31")


class Living:
    """A box that lives now by both clocks, as Home Assistant's is the real one; `at` is where it
    is in its day, `silent_s` for how long it has been silent.
    """

    def __init__(self, day: list[Moment], port: int) -> None:
        self.day = day
        self.at = 0
        self.silent_s = 0.0
        access = Access("127.0.0.1", port, "dosebell-test")
        self.loop = Loop((day,), lambda: Broker(access, will=WILL))
        self.needs = f"{day[0].view.name} Needs attention"

    def look_until(self, holds: Callable[[], bool]) -> None:
        def looked() -> bool:
            moment, now = self.day[self.at], time.time()
            view = replace(moment.view, heard_at=now - self.silent_s)
            self.loop.days = ([moment._replace(view=view, now=now)],)
            self.loop.places = [Place(0, is_here=not self.silent_s)]
            self.loop.heard = [True]
            self.loop.elapsed_s = time.monotonic()
            self.loop.look()
            time.sleep(LOOK_EVERY_S)
            return holds()

        wait_until(looked)


@pytest.fixture(name="living")
def a_living_box(tmp_path: Path) -> Iterator[tuple[Living, int]]:
    box = Box.with_schedule(TWO, at="2026-11-23 06:00")
    day = moments(box, tmp_path / "day", *DAY, name="mother")
    with mosquitto(tmp_path) as broker:
        living = Living(day, broker.port)
        yield living, broker.port
        living.loop.sink.close()


def test_the_cards_and_the_automations_of_the_page_name_what_is_there(tmp_path: Path) -> None:
    counted = dose("d3k2", 'at = ["07:30"]', "stock = { count = 30, per_intake = 1, low = 5 }")
    box = Box.with_schedule(plan(counted).replace('"D3K2"', '"D3 + K2"'))
    day = moments(box, tmp_path / "day", "2026-11-23 07:00", name="mother")
    named = set(re.findall(r"\b(?:binary_sensor|sensor|event|button)\.mother_\w+", page_text()))
    assert len(named) == 8
    assert automations_of_the_page().count(SINCE) == 5
    assert "The sensor's id stands five times" in page_text()
    with mosquitto(tmp_path) as broker, home_assistant(tmp_path, broker.port) as hass:
        living = Living(day, broker.port)
        living.look_until(lambda: "mother Needs attention" in hass.states())
        living.look_until(lambda: hass.entities() >= named)
        assert hass.log() == []
        living.loop.sink.close()


def test_the_automation_tells_each_reason_once_also_after_a_restart(
    living: tuple[Living, int], tmp_path: Path
) -> None:
    box, port = living
    with home_assistant(tmp_path, port) as hass:
        box.look_until(lambda: hass.states().get(box.needs, ("", {}))[0] == "off")
        box.at = 1
        box.look_until(lambda: len(hass.told()) == 1)
        assert hass.states()[box.needs][0] == "on"
        box.at = 2
        box.look_until(lambda: len(hass.told()) == 2)
        first, second = hass.told()
        assert first.startswith("DROPS of 08:00 is not answered")
        assert second.startswith("IRON of 13:00 is not answered")
        assert hass.log() == []
    # It starts anew, and what stands was told.
    with home_assistant(tmp_path, port) as hass:
        box.look_until(lambda: hass.states().get(box.needs, ("", {}))[0] == "on")
        assert hass.told() == []
        assert hass.log() == []
    # Another one comes while it is off.
    box.at = 3
    box.look_until(lambda: box.loop.cursors == [len(box.day[3].entries)])
    with home_assistant(tmp_path, port) as hass:
        box.look_until(lambda: len(hass.told()) == 1)
        assert hass.told()[0].startswith("ZINC of 18:00 is not answered")
        # A new name makes nothing unknown, and nothing is told again.
        view = box.day[3].view
        box.day[3] = box.day[3]._replace(view=replace(view, name="grandma"))
        seen: set[str] = set()

        def is_settled() -> bool:
            states = hass.states()
            seen.update(state[0] for name, state in states.items() if "Needs" in name)
            return "grandma Needs attention" in states and time.monotonic() > settled_s

        settled_s = time.monotonic() + 2 * SETTLE_S
        box.look_until(is_settled)
        assert seen == {"on"}
        assert len(hass.told()) == 1
        assert hass.log() == []


def test_a_box_that_is_pulled_needs_somebody_and_silence_is_told_also_after_a_restart(
    living: tuple[Living, int], tmp_path: Path
) -> None:
    box, port = living
    with home_assistant(tmp_path, port) as hass:
        box.look_until(lambda: hass.states().get(box.needs, ("", {}))[0] == "off")
        # The first that it noted came after it was found, and was heard.
        box.at = 1
        box.look_until(lambda: hass.states()["mother DROPS"][1].get("event_type") == "ringing")
        box.at, box.silent_s = 0, 1.0
        next_dose = "mother Next dose"
        box.look_until(lambda: hass.states()[next_dose][0] == GONE)
        assert hass.states()[box.needs][0] != GONE
        before = len(hass.told())
        box.silent_s = 121.0
        box.look_until(lambda: hass.states()[box.needs][0] == "on")
        box.look_until(lambda: len(hass.told()) > before)
        assert hass.told()[-1].startswith("It has not been heard since")
        assert hass.log() == []
    # The watcher goes while Home Assistant is off, and is never heard again.
    box.loop.sink.close()
    with home_assistant(tmp_path, port) as hass:
        wait_until(lambda: hass.told() == [SILENT])
        assert hass.states()[box.needs][0] == GONE
        assert hass.log() == []


def reason(came_s: float, name: str) -> dict[str, object]:
    """What stands beside the state while `name` is open, whose reason came then."""
    since = datetime.fromtimestamp(came_s, UTC).isoformat(timespec="milliseconds")
    return {"since": since, "why": [f"{name} is not answered."]}


def test_a_reason_is_told_once_however_it_comes_and_by_whatever_clock(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker, home_assistant(tmp_path, broker.port) as hass:
        # It came in an outage that was told of later than it came.
        hass.set(SINCE, GONE)
        wait_until(lambda: hass.told() == [SILENT])
        came_s = time.time() - 5
        # The state is written first, what stands beside it later.
        hass.set(SINCE, "a")
        assert hass.told() == [SILENT]
        hass.set(SINCE, "a", **reason(came_s, "A"))
        assert hass.told()[1:] == ["A is not answered."]
        hass.set(SINCE, "a", **{**reason(came_s, "A"), "why": ["A is still not answered."]})
        # The clock of the watcher is a bit ahead, and both are heard again after a silence.
        ahead = reason(time.time() + 2, "B")
        hass.set(SINCE, "b", **ahead)
        assert hass.told()[2:] == ["B is not answered."]
        hass.set(SINCE, GONE)
        hass.set(SINCE, "b")
        hass.set(SINCE, "b", **ahead)
        assert len(hass.told()) == 3
        # Nothing is open; then the clock of the watcher is far behind, while both are heard.
        hass.set(SINCE, "unknown", since=None, why=[])
        hass.set(SINCE, "c", **reason(came_s - 3600, "C"))
        hass.set(SINCE, "d", **reason(came_s - 3599, "D"))
        assert hass.told()[3:] == ["C is not answered.", "D is not answered."]
        # The newest is answered, and an older one stays open.
        hass.set(SINCE, "c", **reason(came_s - 3600, "C"))
        assert len(hass.told()) == 5
        assert hass.log() == []


def two_doses_then_one(folder: Path) -> list[Moment]:
    """A box called mother, before and after a dose B has left its schedule."""
    two, one = (plan(*(dose(d, COUNTED) for d in doses)) for doses in ("ab", "a"))
    box = Box.with_schedule(two, at="2026-11-23 06:00")
    before = moments(box, folder / "before", "07:31", name="mother")
    box.push(one)
    return [*before, *moments(box, folder / "after", "07:40", name="mother")]


def of_dose_b(hass: HomeAssistant) -> set[str]:
    return {each for each in hass.entities() if ".mother_b" in each}


def looks_until(loop: Loop, holds: Callable[[], bool]) -> None:
    def look() -> bool:
        loop.look()
        time.sleep(0.2)
        return holds()

    wait_until(look)


@pytest.mark.parametrize("first", ["watch", "home assistant"])
def test_a_dose_that_has_left_while_both_were_off_is_gone(first: str, tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        access = Access("127.0.0.1", broker.port, "dosebell-test")
        days = (two_doses_then_one(tmp_path),)
        loop = Loop(days, lambda: Broker(access, will=WILL, topics=HEARD), tmp_path / "announced")
        with home_assistant(tmp_path, broker.port) as hass:
            looks_until(loop, lambda: len(of_dose_b(hass)) == OF_A_COUNTED_DOSE)
        loop.sink.close()
        if first == "watch":
            start_with_one(loop, broker.port)
        with home_assistant(tmp_path, broker.port) as hass:
            # By what the broker keeps alone it would stay for ever.
            wait_until(lambda: len(of_dose_b(hass)) == OF_A_COUNTED_DOSE)
            if first != "watch":
                start_with_one(loop, broker.port)
            looks_until(loop, lambda: of_dose_b(hass) == set())
            assert "mother A" in hass.states()
            assert hass.log() == []
        # Nor does it come back.
        with home_assistant(tmp_path, broker.port) as hass:
            looks_until(loop, lambda: hass.states().get("mother A", (GONE, {}))[0] != GONE)
            assert of_dose_b(hass) == set()
        loop.sink.close()


def start_with_one(loop: Loop, port: int) -> None:
    """The watcher starts, and has told the broker of the schedule with one dose."""
    loop.places = [Place(1)]
    loop.start()
    hearer = Hearer(port, f"hearer-{time.monotonic_ns()}")
    topic = TOPICS.discovery(loop.days[0][1].view.device_id)
    looks_until(loop, lambda: '"b_event":{"platform":"event"}' in hearer.kept.get(topic, ""))
    hearer.close()


def test_an_event_comes_with_its_true_time_and_a_press_reaches_the_box_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        mosquitto(tmp_path) as broker,
        home_assistant(tmp_path, broker.port) as hass,
        virtual(*at_breakfast(tmp_path / "state")),
    ):
        settings = tmp_path / "config.toml"
        lines = ["[[mqtt]]", 'host = "127.0.0.1"', f"port = {broker.port}", "commands = true"]
        settings.write_text("\n".join([*lines, 'from = "start"']))
        monkeypatch.setenv("DOSEBELL_CONFIG", str(settings))
        with watching(tmp_path) as watch:
            button = wait_for_button(hass)
            dose = button.removesuffix(" take")
            hass.press(button)
            wait_until(lambda: hass.states()[dose][1].get("event_type") == "taken")
            attributes = hass.states()[dose][1]
            assert attributes["at"].startswith("2026-11-23T07:")
            wait_until(lambda: hass.states()[button][0] == GONE)
            assert watch.kinds.count("taken") == 1
            # An old watcher that dies at once is gone for Home Assistant at once.
            watch.ended(signal.SIGKILL)
            wait_until(lambda: hass.states()[dose][0] == GONE)
        assert hass.log() == []
        # What it does not take it complains of, and that is seen here.
        hearer = Hearer(broker.port)
        hearer.publish("homeassistant/device/dosebell_wrong/config", '{"components": {}}')
        wait_until(lambda: "dosebell_wrong" in "".join(hass.log()))
        hearer.close()


def wait_for_button(hass: HomeAssistant) -> str:
    found: list[str] = []

    def has_one() -> bool:
        states = hass.states()
        found[:] = [n for n, each in states.items() if n.endswith(" take") and each[0] != GONE]
        return bool(found)

    wait_until(has_one)
    return found[0]
