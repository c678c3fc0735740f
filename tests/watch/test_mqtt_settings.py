"""How a broker is named: in the settings, or by an address that holds no secret."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from desk import Desk
from dosebell_host.errors import ManyErrors, UsageError, UserError
from dosebell_host.history.store import open_history
from dosebell_host.talk import no_note
from dosebell_host.watch.config import parse
from dosebell_host.watch.kind import Around
from dosebell_host.watch.loop import about_nobody
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


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            'host = "x:1884"',
            'config.toml:2: mqtt[1].host: "x:1884" has a port in it; write the port as'
            " port = 1884.",
        ),
        (
            'user = "a"\nuser = "b"',
            "config.toml:3:11: `user` stands there twice; leave one of them out.",
        ),
        (
            'password = ""',
            "config.toml:2: mqtt[1].password: this password is empty; write it between the quotes,"
            " or leave the line out.",
        ),
        (
            "commands = True",
            "config.toml:2:12: no valid TOML: invalid value; write true.",
        ),
        (
            "tls = no   # at home",
            "config.toml:2:7: no valid TOML: invalid value; write false.",
        ),
        (
            'password = "geh\\qim"',
            "config.toml:2:18: no valid TOML: unescaped '\\' in a string; write \\ as \\\\ and"
            " \" as \\\" in it, or put it in 'single quotes'.",
        ),
        (
            'password = "geh"eim"',
            "config.toml:2:17: no valid TOML: expected newline or end of document after a"
            " statement; write \\ as \\\\ and \" as \\\" in it, or put it in 'single quotes'.",
        ),
    ],
)
def test_what_people_write_by_mistake_is_told_with_what_to_write(lines: str, told: str) -> None:
    with pytest.raises(UserError) as error:
        parse(f"[[mqtt]]\n{lines}\n".encode(), "config.toml")
    assert {str(each) for each in error.value.problems} - {NO_HOST} == {told}


NO_HOST = 'config.toml:1: mqtt[1].host: is missing; add host = "homeassistant.local".'


@pytest.fixture(name="settings")
def some_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("DOSEBELL_CONFIG", str(path))
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path / "data"))
    return path


def test_each_test_that_fails_is_told_once_and_where_its_entry_stands(settings: Path) -> None:
    entry = '[[mqtt]]\nhost = "127.0.0.1"\nport = 9\n'
    settings.write_text(entry + 'user = "me"\n\n' + entry.replace("9", "19"))
    settings.chmod(0o600)
    told = Desk().types("watch", "--try")
    sentences = [
        f"{settings}:{line}: mqtt 127.0.0.1:{port}/dosebell: no broker answers at 127.0.0.1:{port}"
        " (Connection refused)."
        for line, port in ((1, 9), (6, 19))
    ]
    assert (told.exit_code, told.output.splitlines()) == (1, sentences)


def test_a_try_says_too_that_no_box_is_called_so(settings: Path) -> None:
    with contextlib.closing(open_history(no_note)) as history:
        history.name_box("0123", "mother")
    settings.write_text('[[mqtt]]\nhost = "127.0.0.1"\nport = 9\nbox = "mothr"\n')
    settings.chmod(0o600)
    told = Desk().types("watch", "--try")
    assert 'no box is called "mothr" yet; did you mean "mother"?' in told.output


def test_a_box_that_is_called_otherwise_is_asked_about(settings: Path) -> None:
    with contextlib.closing(open_history(no_note)) as history:
        history.name_box("0123", "mother")
    said = [f'[[mqtt]]\nhost = "h"\nbox = "{box}"\n' for box in ("mothr", "mother", "xyz")]
    entries = parse("".join(said).encode(), "config.toml")
    assert list(about_nobody(entries, no_note)) == [
        'config.toml:1: mqtt h:1883/dosebell: no box is called "mothr" yet; did you mean'
        ' "mother"?',
        'config.toml:7: mqtt h:1883/dosebell 3: no box is called "xyz" yet.',
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
