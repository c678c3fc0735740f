"""How a broker is named: in the settings, or by an address that holds no secret."""

import subprocess
import sys
from pathlib import Path

import pytest

from desk import Desk
from dosebell_host.errors import ManyErrors, UsageError, UserError
from dosebell_host.talk import no_note
from dosebell_host.watch.config import parse
from dosebell_host.watch.kind import Around
from dosebell_host.watch.mqtt.entry import of_address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mqtt://broker.local", ("broker.local:1883", False, "dosebell")),
        ("mqtts://broker.local", ("broker.local:8883", True, "dosebell")),
        ("mqtt://10.0.0.7:2883/home/pills", ("10.0.0.7:2883", False, "home/pills")),
    ],
)
def test_an_address_stands_for_an_entry(address: str, told: tuple[str, bool, str]) -> None:
    entry = of_address(address)
    assert (entry.address, entry.is_safe, entry.prefix) == told
    assert not entry.commands


@pytest.mark.parametrize("address", ["mqtt://me:geheim@host", "mqtts://me@host", "me:geheim@host"])
def test_an_address_with_credentials_is_refused_without_saying_them(address: str) -> None:
    with pytest.raises(UsageError) as error:
        of_address(address)
    assert "geheim" not in str(error.value)
    assert "[[mqtt]]" in error.value.fix


@pytest.mark.parametrize(
    "address", ["", "host", "http://host", "mqtt://", "mqtt://h:x", "mqtt://h/a b", "mqtt://h?a=b"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a broker"):
        of_address(address)


def test_every_mistake_in_an_entry_is_told_and_no_password() -> None:
    text = """\
[[mqtt]]
hots = "x"
password = 1234567
[[mqtt]]
host = "a b"
port = 0
prefix = "Jane's"
"""
    with pytest.raises(ManyErrors) as error:
        parse(text.encode(), "config.toml")
    assert str(error.value).splitlines() == [
        'config.toml:1: mqtt[1].host: is missing; add host = "homeassistant.local".',
        'config.toml:2: mqtt[1].hots: unknown key "hots"; did you mean "host"?',
        "config.toml:3: mqtt[1].password: this is no password; write it in quotes.",
        'config.toml:5: mqtt[2].host: "a b" is no name of a machine; write it as "broker.local".',
        "config.toml:6: mqtt[2].port: 0 does not fit here; write a whole number from 1 to 65535.",
        'config.toml:7: mqtt[2].prefix: "Jane\'s" cannot begin a topic; write letters without'
        " accents, digits, _ and -, with / between levels.",
    ]


def test_a_password_is_in_no_text_of_an_entry_or_its_sink(tmp_path: Path) -> None:
    text = '[[mqtt]]\nhost = "127.0.0.1"\nport = 9\nuser = "me"\npassword = "geheim"\n'
    [entry] = parse(text.encode(), "config.toml")
    assert "geheim" not in repr(entry) + entry.name
    sink = entry.sink(Around(no_note))
    assert "geheim" not in repr(vars(sink)) + repr(vars(sink._line))  # type: ignore[attr-defined]
    sink.close()


def test_a_certificate_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "ca.pem"
    text = f'[[mqtt]]\nhost = "h"\nca = "{missing}"\n'
    [entry] = parse(text.encode(), "config.toml")
    with pytest.raises(Exception, match="the certificate cannot be read"):
        entry.sink(Around(no_note))


def test_without_its_package_one_sentence_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "paho.mqtt.client", None)
    [entry] = parse(b'[[mqtt]]\nhost = "h"\n', "config.toml")
    with pytest.raises(UserError) as error:
        entry.sink(Around(no_note))
    assert str(error.value) == (
        "to speak MQTT a package is missing; type: pip install 'dosebell[watch]'."
    )


def test_nothing_of_it_is_loaded_before_a_broker_is_named() -> None:
    code = "import sys, dosebell_host.watch.loop; assert 'paho' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_command_line_takes_no_secret_and_forgets_nothing_without_a_broker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSEBELL_CONFIG", str(tmp_path / "none"))
    secret = Desk().types("watch", "--mqtt", "mqtt://me:geheim@host")
    assert (secret.exit_code, "geheim" in secret.output) == (2, False)
    forgets = Desk().gets("watch", "--forget", code=1)
    assert forgets["error"]["message"] == "no broker is named"
