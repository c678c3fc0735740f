"""Against a real broker: stopped, killed, cut off, closed to strangers, and heard by somebody."""

import contextlib
import json
import os
import random
import signal
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certificates import certificate
from desk import Desk
from domain import DROPS, Box
from dosebell_host.errors import UserError
from dosebell_host.history.store import open_history
from dosebell_host.resources import ANNOUNCED, history_file
from dosebell_host.talk import no_note
from dosebell_host.watch.config import parse
from dosebell_host.watch.kind import Around
from dosebell_host.watch.loop import forget_all, try_all
from dosebell_host.watch.mqtt.access import Access
from dosebell_host.watch.mqtt.broker import Broker
from dosebell_host.watch.mqtt.exchange import deliver, forgotten
from dosebell_host.watch.mqtt.line import Connected, Disconnected, Line
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE, Message
from dosebell_host.watch.retry import Retry
from model_broker import names_of
from mosquitto import BadLine, Hearer, mosquitto
from mqtt_boxes import Moment, moments
from mqtt_loop import TOPICS, WILL, Loop, Place, wrong_in, wrong_kept
from page.servers import Mosquitto, free_port
from virtual_box import Virtual, at_breakfast, virtual
from waiting import wait_until
from watch_process import Watch, watching

QUICK = Retry(0.05, 0.2)
TIMES = ("07:00", "08:01", "press", "12:00", "20:01", "press", "22:00")
Days = tuple[list[Moment], ...]


@pytest.fixture(name="days", scope="module")
def lived_days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    folder = tmp_path_factory.mktemp("days")
    return (moments(Box.with_schedule(DROPS, at="2026-11-23 06:00"), folder, *TIMES),)


def line_to(port: int) -> Callable[[], Line]:
    access = Access("127.0.0.1", port, "dosebell-test")
    return lambda: Broker(access, will=WILL, retry=QUICK)


@contextlib.contextmanager
def telling(days: Days, port: int) -> Iterator[Loop]:
    loop = Loop(days, line_to(port))
    try:
        yield loop
    finally:
        loop.sink.close()


def live_on(loop: Loop, holds: Callable[[], bool]) -> None:
    """Looks until that holds, at the end of the day."""
    live_on_at(loop, len(TIMES) - 1, holds)


def live_on_at(loop: Loop, at: int, holds: Callable[[], bool]) -> None:
    """The same at that moment of the day."""
    loop.places = [Place(at) for _ in loop.days]

    def look() -> bool:
        loop.look()
        return holds()

    wait_until(look)


@contextlib.contextmanager
def hearing(broker: Mosquitto) -> Iterator[Hearer]:
    hearer = Hearer(broker.port)
    try:
        yield hearer
    finally:
        hearer.close()


def test_a_day_is_told_once_and_in_order(days: Days, tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        with telling(days, broker.port) as loop:
            live_on(loop, lambda: wrong_in(days, hearer.kept, hearer.log) == [])
            seqs = [json.loads(each.payload)["seq"] for each in hearer.log]
            assert seqs == [entry.seq for entry in days[0][-1].entries]
            assert not any(each.retain for each in hearer.log)
        wait_until(lambda: hearer.kept[TOPICS.alive] == OFFLINE)


def live_through(loop: Loop, broker: Mosquitto, number: int) -> None:
    """The day, with a broker that is ended at each moment of it and comes back."""
    for at in range(len(TIMES)):
        loop.places = [Place(at)]
        for _ in range(3):
            loop.look()
            time.sleep(0.01)
        broker.end(number)
        loop.look()
        broker.start()


def test_a_broker_that_is_stopped_and_comes_back_has_it_all(days: Days, tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        with telling(days, broker.port) as loop:
            live_through(loop, broker, signal.SIGTERM)
            live_on(loop, lambda: wrong_in(days, hearer.kept, hearer.log) == [])
        names = names_of(hearer.log)
        print(f"stopped: {len(names)} records, {sum(names.values()) - len(names)} doubled")


def test_a_broker_that_is_killed_loses_only_what_it_has_acknowledged(
    days: Days, tmp_path: Path
) -> None:
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        with telling(days, broker.port) as loop:
            live_through(loop, broker, signal.SIGKILL)
            all_of = len(days[0][-1].entries)
            live_on(loop, lambda: loop.cursors == [all_of])
            # It keeps what is so, and goes on.
            live_on(loop, lambda: wrong_kept(days, hearer.kept) == [])
        names = names_of(hearer.log)
        doubled, lost = sum(names.values()) - len(names), all_of - len(names)
        print(f"killed: {all_of} records, {doubled} doubled, {lost} acknowledged and lost")


def test_a_line_that_is_cut_hung_up_and_halved_loses_nothing(days: Days, tmp_path: Path) -> None:
    chance = random.Random(1)
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        bad = BadLine(broker.port)
        with telling(days, bad.port) as loop:
            for at in range(len(TIMES)):
                loop.places = [Place(at)]
                for _ in range(12):
                    what = chance.choice(("", "", "hang up", "half", "cut"))
                    if what == "half":
                        bad.left = chance.randrange(2000)
                    bad.is_cut = what == "cut"
                    loop.look()
                    time.sleep(chance.random() / 20)
                    if what in ("hang up", "cut"):
                        bad.hang_up()
            bad.is_cut, bad.left = False, None
            bad.hang_up()
            live_on(loop, lambda: wrong_in(days, hearer.kept, hearer.log) == [])
        bad.close()


@pytest.mark.parametrize("hangs_up", [False, True], ids=["only late", "late and hung up"])
def test_a_line_on_which_all_comes_late_loses_nothing(
    hangs_up: bool, days: Days, tmp_path: Path
) -> None:
    chance = random.Random(2)
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        bad = BadLine(broker.port)
        bad.delay_s = lambda: chance.uniform(0.5, 1.5)
        with telling(days, bad.port) as loop:
            # Nothing is told before it is connected.
            live_on_at(loop, 0, lambda: len(hearer.log) > 0)
            for at in range(1, len(TIMES)):
                loop.places = [Place(at)]
                for _ in range(4):
                    loop.look()
                    time.sleep(chance.random() / 5)
                if hangs_up and at % 3 == 0:
                    bad.hang_up()
            live_on(loop, lambda: wrong_in(days, hearer.kept, hearer.log) == [])
            live_on(loop, lambda: loop.cursors == [len(days[0][-1].entries)])
        bad.close()
        names = names_of(hearer.log)
        doubled = sum(names.values()) - len(names)
        # Who only waits sends nothing a second time.
        assert hangs_up or doubled == 0
        print(f"late, hung up {hangs_up}: {len(names)} records, 0 lost, {doubled} doubled")


def test_what_a_broker_keeps_can_be_cleared(days: Days, tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        with telling(days, broker.port) as loop:
            live_on(loop, lambda: wrong_in(days, hearer.kept, hearer.log) == [])
        once = Broker(Access("127.0.0.1", broker.port, "once"))
        deliver(once, forgotten(TOPICS, [days[0][0].view.device_id]))
        once.close()
        late = Hearer(broker.port, "late")
        late.publish("end", "")
        wait_until(lambda: "end" in late.kept)
        assert late.kept == {"end": ""}
        late.close()


def first_trouble(access: Access) -> str:
    """What a line says first that cannot connect; "" where it can."""
    broker = Broker(access, retry=QUICK)
    event = broker.next_event(60)
    broker.close()
    assert isinstance(event, Connected | Disconnected)
    return event.why if isinstance(event, Disconnected) else ""


def test_a_wrong_password_is_told_in_one_sentence(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    words = ["mosquitto_passwd", "-b", "-c", str(passwords), "me", "right"]
    subprocess.run(words, check=True, capture_output=True)
    more = ("allow_anonymous false", f"password_file {passwords}")
    with mosquitto(tmp_path, *more) as broker:
        access = Access("127.0.0.1", broker.port, "one", "me", "right")
        assert first_trouble(access) == ""
        said = f"the broker at {access.address} does not take this user and password"
        assert first_trouble(access._replace(password="wrong")) == said
        none = f"the broker at {access.address} does not take this user: no password is given"
        assert first_trouble(access._replace(password="")) == none
        asks = f"the broker at {access.address} asks for a user and a password; give both in"
        assert first_trouble(access._replace(user="", password="")) == f"{asks} [[mqtt]]"
        # A watcher that runs also says where it stands in the settings.
        access = access._replace(where="config.toml:3")
        wrong = first_trouble(access._replace(password="wrong"))
        assert wrong == f"{said}; put it right in config.toml:3"
        assert first_trouble(access._replace(password="")) == f"{none}; write it in config.toml:3"
        assert first_trouble(access._replace(user="", password="")) == f"{asks} config.toml:3"


def test_a_running_watch_says_where_a_wrong_password_is_put_right(tmp_path: Path) -> None:
    more = ("allow_anonymous false", f"password_file {tmp_path / 'none'}")
    (tmp_path / "none").touch()
    with mosquitto(tmp_path, *more) as broker:
        settings(tmp_path, broker, 'user = "me"', 'password = "wrong"')
        at = f"127.0.0.1:{broker.port}"
        told = f"mqtt {at}/dosebell: the broker at {at} does not take this user and password;"
        with watching(tmp_path) as watch:
            wait_until(lambda: any("does not take" in note for note in notes(watch)))
            assert notes(watch) == [f"{told} put it right in {tmp_path}/config.toml:1."]


def test_a_test_says_where_home_assistant_looks_unless_it_is_told_there(tmp_path: Path) -> None:
    said = []
    with mosquitto(tmp_path) as broker:
        for more in ("", 'discovery = "ha"\n'):
            text = f'[[mqtt]]\nhost = "127.0.0.1"\nport = {broker.port}\n{more}'
            [entry] = parse(text.encode(), "config.toml")
            said.append(entry.try_out().partition("/test.")[2])
    assert said == ["", " Home Assistant looks under homeassistant/ unless you changed that."]


def test_what_is_no_broker_is_told_in_one_sentence() -> None:
    port = free_port()
    nobody = Access("127.0.0.1", port, "one")
    assert first_trouble(nobody) == (f"no broker answers at 127.0.0.1:{port} (Connection refused)")
    said = first_trouble(nobody._replace(host="nobody.invalid"))
    assert said == (
        "no machine is known by the name nobody.invalid; where `.local` names do not work, write"
        " the IP address"
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_without_tls_is_told_where_tls_is_wanted(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        access = Access("127.0.0.1", broker.port, "one", tls=ssl.create_default_context())
        said = "answers, but not with TLS; write the port that does, or leave tls out"
        assert first_trouble(access) == f"{access.address} {said}"


# paho leaves the socket of a certificate that it did not believe to the garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_only_a_certificate_that_is_believed_is_spoken_to(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path, "own")
    other, _ = certificate(tmp_path, "other")
    more = ("allow_anonymous true", f"certfile {cert}", f"keyfile {key}")
    with mosquitto(tmp_path, *more) as broker:
        access = Access("127.0.0.1", broker.port, "one")
        believing = {
            each: access._replace(tls=ssl.create_default_context(cafile=each))
            for each in (cert, other)
        }
        assert first_trouble(believing[cert]) == ""
        assert first_trouble(believing[other]) == (
            f"the certificate of {access.address} is not believed (self-signed certificate):"
            " name its CA with ca"
        )
        assert first_trouble(access._replace(tls=None)) != ""
    with mosquitto(tmp_path) as plain:
        said = first_trouble(believing[cert]._replace(port=plain.port))
        assert said != "" and "\n" not in said


def settings(folder: Path, broker: Mosquitto, *more: str) -> None:
    """The settings of a watcher that tells this broker everything."""
    lines = ["[[mqtt]]", 'host = "127.0.0.1"', f"port = {broker.port}", 'from = "start"', *more]
    path = folder / "config.toml"
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o600)
    os.environ["DOSEBELL_CONFIG"] = str(path)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a test go with it."""
    monkeypatch.setenv("DOSEBELL_CONFIG", "/nowhere")


def kept_with(hearer: Hearer, end: str) -> str:
    """What the broker keeps under the one topic that ends so."""
    return next((text for topic, text in hearer.kept.items() if topic.endswith(end)), "")


def alive(hearer: Hearer) -> list[str]:
    ours = [topic for topic in hearer.kept if topic.startswith("dosebell/watch/")]
    found = [topic for topic in ours if not topic.endswith("/attention")]
    return [hearer.kept[topic] for topic in sorted(found, key=len)]


def kinds(hearer: Hearer) -> list[str]:
    return [json.loads(each.payload)["event_type"] for each in hearer.log]


def is_calling(hearer: Hearer) -> bool:
    return '"calling":true' in kept_with(hearer, "/state")


def is_ringing(box: Virtual) -> bool:
    return bool(box.call("status")["ringing"]["count"])


def test_a_watcher_that_is_killed_is_gone_and_its_next_one_goes_on(tmp_path: Path) -> None:
    with (
        mosquitto(tmp_path) as broker,
        hearing(broker) as hearer,
        virtual(*at_breakfast(tmp_path / "state")) as box,
    ):
        settings(tmp_path, broker)
        with watching(tmp_path) as watch:
            wait_until(lambda: "ringing" in kinds(hearer))
            assert alive(hearer) == [ONLINE, ONLINE]
            watch.ended(signal.SIGKILL)
        wait_until(lambda: alive(hearer)[0] == OFFLINE)
        wait_until(lambda: is_ringing(box))
        box.type("press 200\n")
        with watching(tmp_path) as watch:
            wait_until(lambda: "taken" in kinds(hearer) and alive(hearer) == [ONLINE, ONLINE])
            state = json.loads(kept_with(hearer, "/state"))
            wait_until(lambda: json.loads(kept_with(hearer, "/state")) != state or state["doses"])
            assert watch.ended(signal.SIGTERM) == (0, "")
        wait_until(lambda: alive(hearer)[0] == OFFLINE)
        assert {json.loads(each.payload)["seq"] for each in hearer.log} == seqs_kept_here()
        told: list[str] = []
        try_all(no_note, told.append)
        remembered = history_file().parent / ANNOUNCED
        assert len(list(remembered.iterdir())) == 1
        forget_all(no_note, (), told.append)
        assert (len(told), list(remembered.iterdir())) == (2, [])
        assert not any(text for topic, text in hearer.kept.items() if "/test" not in topic)


def test_a_broker_of_the_command_line_is_tried_as_those_of_the_settings_are(
    tmp_path: Path,
) -> None:
    with mosquitto(tmp_path) as broker, hearing(broker) as hearer:
        there, nobody = f"127.0.0.1:{broker.port}", f"127.0.0.1:{free_port()}"
        told = Desk().gets("watch", "--try", "--mqtt", f"mqtt://{there}")["items"]
        wait_until(lambda: kept_with(hearer, "/test") == "test")
        [topic] = [each for each in hearer.kept if each.endswith("/test")]
        test = f"The broker at {there} has taken a test under {topic}."
        assert told == [f"mqtt {there}/dosebell: {test}"]
        # One that is away is told, and the others are tried.
        settings(tmp_path, broker)
        result = Desk().types("watch", "--try", "--mqtt", f"mqtt://{nobody}")
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"mqtt {nobody}/dosebell: no broker answers at {nobody}" in result.stderr


def seqs_kept_here() -> set[int]:
    """The numbers of all records that this laptop has."""
    with contextlib.closing(open_history(no_note)) as history:
        [box] = history.boxes()
        return {entry.seq for entry in history.entries(box.device_id)}


def command_of(hearer: Hearer, at: datetime) -> tuple[str, str]:
    """The topic and the payload of the take button, pressed at that time."""
    components = json.loads(kept_with(hearer, "/config"))["components"].values()
    [button] = [e for e in components if e.get("payload_press", "").startswith('{"do":"take"')]
    return button["command_topic"], json.dumps(
        {**json.loads(button["payload_press"]), "at": at.isoformat()}
    )


def notes(watch: Watch) -> list[str]:
    return [each["text"] for each in watch.printed if each["event"] == "note"]


def refusals(watch: Watch) -> list[str]:
    return [note.rpartition("not obeyed: ")[2] for note in notes(watch) if "not obeyed" in note]


def test_a_button_reaches_the_box_once_and_a_kept_or_old_press_never(tmp_path: Path) -> None:
    with (
        mosquitto(tmp_path) as broker,
        hearing(broker) as hearer,
        virtual(*at_breakfast(tmp_path / "state")),
    ):
        settings(tmp_path, broker, "commands = true")
        with watching(tmp_path) as watch:
            wait_until(lambda: is_calling(hearer))
            now = datetime.now(UTC)
            topic, payload = command_of(hearer, now)
            hearer.publish(topic, payload, retain=True)
            hearer.publish(*command_of(hearer, now.replace(year=now.year - 1)))
            wait_until(lambda: len(refusals(watch)) == 2)
            assert refusals(watch)[0] == "a command that the broker kept is never obeyed."
            assert is_calling(hearer)
            for _ in range(3):
                hearer.publish(topic, payload)
            wait_until(lambda: "taken" in kinds(hearer))
            wait_until(lambda: not is_calling(hearer))
            assert kinds(hearer).count("taken") == 1


def test_a_broker_that_is_away_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as broker:
        settings(tmp_path, broker)
        broker.end()
        with (
            virtual(*at_breakfast(tmp_path / "state")) as box,
            watching(tmp_path) as watch,
        ):
            # What it noted before it was met is not told.
            wait_until(lambda: any(each["event"] == "box" for each in watch.printed))
            wait_until(lambda: is_ringing(box))
            box.type("press 200\n")
            wait_until(lambda: "taken" in watch.kinds)
            notes = [each["text"] for each in watch.printed if each["event"] == "note"]
            assert notes == [
                f"mqtt 127.0.0.1:{broker.port}/dosebell: no broker answers at"
                f" 127.0.0.1:{broker.port} (Connection refused)."
            ]


def test_a_sink_of_the_settings_ends_whatever_the_broker_does() -> None:
    from dosebell_host.watch.config import parse

    text = f'[[mqtt]]\nhost = "127.0.0.1"\nport = {free_port()}\ncommands = true\n'
    [entry] = parse(text.encode(), "config.toml")
    sink = entry.sink(Around(no_note))
    sink.show([], 0.0)
    sink.close()


def test_messages_that_nobody_takes_are_told() -> None:
    nobody = BadLine(free_port())
    broker = Broker(Access("127.0.0.1", nobody.port, "one"), retry=QUICK)
    with pytest.raises(UserError, match=f"the connection to 127.0.0.1:{nobody.port} is lost"):
        deliver(broker, [Message("a", "b")], 60.0)
    broker.close()
    nobody.close()
