"""A service that refuses, hangs or breaks: it is told of once, tried again, and blocks nothing."""

import threading
from pathlib import Path

import pytest

from dosebell_host.errors import UserError
from dosebell_host.watch.kind import Around
from dosebell_host.watch.retry import Retry
from dosebell_host.watch.tell.entry import SecretAddress, TellEntry
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.tell_sink import TellSink
from dosebell_host.watch.tell.whose import Persons
from dosebell_host.watch.view import BoxView, Presence
from laptop import opened
from messages import SECRET, URL, FakeService
from waiting import wait_until

ADDRESS = SecretAddress(URL)


def fails(service: MessageService, text: str, what: str) -> str:
    with pytest.raises(UserError) as error:
        service.send(text, what)
    return str(error.value)


def test_one_that_hangs_is_left_hanging_and_what_it_takes_late_is_not_sent_twice() -> None:
    fake = FakeService()
    service = MessageService(fake, ADDRESS, limit_s=0.01)
    fake.answers.clear()
    assert [fails(service, text, "missed") for text in ("10:30", "10:31")] == [
        "tgram://*** did not answer in time."
    ] * 2
    fake.answers.set()
    wait_until(lambda: fake.taken == ["10:30"])
    MessageService.send(service, "10:32", "missed")
    assert (fake.taken, fake.tried) == (["10:30"], 1)
    service.send("11:00", "low")
    assert fake.taken == ["10:30", "11:00"]


def test_what_hung_about_something_else_keeps_nothing_from_being_sent() -> None:
    fake = FakeService()
    service = MessageService(fake, ADDRESS, limit_s=0.01)
    fake.answers.clear()
    fails(service, "10:30", "missed")
    fake.answers.set()
    wait_until(lambda: fake.taken == ["10:30"])
    service.send("11:00", "low")
    assert fake.taken == ["10:30", "11:00"]


def test_one_that_hangs_for_ever_is_given_up_and_tried_anew() -> None:
    fake = FakeService()
    service = MessageService(fake, ADDRESS, limit_s=0.001)
    fake.answers.clear()
    for _ in range(11):
        fails(service, "10:30", "missed")
    assert fake.tried == 2
    fake.answers.set()


def test_one_that_breaks_is_told_of_without_its_words() -> None:
    class Broken(FakeService):
        def send(self, address: SecretAddress, text: str) -> None:
            raise OSError(address.url)

    said = fails(MessageService(Broken(), ADDRESS), "10:30", "missed")
    assert said == "tgram://*** failed (OSError)."
    assert SECRET not in said


def test_the_thread_tells_of_trouble_once_and_again_when_it_is_over(
    tmp_path: Path,
) -> None:
    fake, notes = FakeService(), list[str]()
    fake.works = False
    entry = TellEntry.read({"name": "anna", "url": URL, "when": ["silent 30m"], "box": "mother"})
    service = MessageService(fake, entry.url)
    persons = Persons(lambda: opened(tmp_path))
    around, told = Around(notes.append), tmp_path / "told"
    sink = TellSink(entry, "tell anna", around, service, persons, told, retry=Retry(0.0, 0.0))
    sink.start()
    view = BoxView("box1", "mother", "", Presence.AWAY)

    def looked(now: float, is_so: bool) -> bool:
        sink.show([view], now)
        return is_so

    sink.show([view], 0.0)
    wait_until(lambda: looked(3600.0, fake.tried >= 3))
    fake.works = True
    wait_until(lambda: looked(3600.0, len(notes) == 2))
    assert notes == [
        "tell anna: tgram://*** did not take the message. It is tried again.",
        "tell anna: it works again.",
    ]
    assert [text.partition(": ")[2] for text in fake.taken] == [
        "The box mother has not been heard since this machine watches."
    ]
    sink.close()
    assert not [each for each in threading.enumerate() if each.name == "tell anna"]
