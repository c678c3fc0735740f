"""A `[[database]]` of the settings: read key by key, with no secret in any text."""

import subprocess
import sys

import pytest

from desk import Desk
from dosebell_host.errors import ManyErrors, UsageError
from dosebell_host.talk import no_note
from dosebell_host.watch.config import parse
from dosebell_host.watch.database.entry import DatabaseEntry, name_of_machine, of_address
from dosebell_host.watch.database.make import instance
from dosebell_host.watch.loop import entries_meant
from page.servers import free_port
from settings_file import write_settings


def refused(text: str) -> list[str]:
    with pytest.raises(ManyErrors) as error:
        parse(text.encode(), "config.toml")
    return str(error.value).splitlines()


def test_every_mistake_is_told_with_its_line_and_the_nearest_key_and_no_secret() -> None:
    text = """\
[[database]]
ulr = "postgresql://dosebell@db.local/ward"
password = 5
[[database]]
url = "postgresql://dosebell:geheim@db.local/ward"
gateway = "Trolley East"
[[database]]
url = "mysql://me:geheim@db"
password = ""
"""
    found = refused(text)
    assert "geheim" not in "\n".join(found)
    assert [line.partition(";")[0] for line in found] == [
        "config.toml:1: database[1].url: is missing",
        'config.toml:2: database[1].ulr: unknown key "ulr"',
        "config.toml:3: database[1].password: this is no password",
        "config.toml:5: database[2].url: an address with a password in it can be seen by others"
        " on this machine",
        'config.toml:6: database[2].gateway: "Trolley East" cannot be the name of a gateway',
        "config.toml:8: database[3].url: an address with a password in it can be seen by others"
        " on this machine",
        "config.toml:9: database[3].password: this password is empty",
    ]


def test_a_password_is_in_no_text_of_an_entry() -> None:
    text = '[[database]]\nurl = "postgresql://me@db.local:5433/ward"\npassword = "geheim"\n'
    [entry] = parse(text.encode(), "config.toml")
    assert (entry.name, repr(entry.entry)) == (
        "database db.local:5433/ward",
        "DatabaseEntry(db.local:5433/ward)",
    )


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("Trolley-East.local", "trolley-east"),
        ("pi_3 Küche", "pi-3-k-che"),
        ("", "gateway"),
        ("---", "gateway"),
        ("a" * 80, "a" * 32),
    ],
)
def test_a_gateway_is_called_as_its_machine_in_letters_that_may_be_written(
    node: str, name: str
) -> None:
    assert name_of_machine(node) == name
    assert DatabaseEntry.read({"url": "postgresql://h/w", "gateway": name}).gateway_name == name


def test_an_address_on_the_command_line_holds_no_password() -> None:
    assert of_address("postgresql://me@h/ward").address == "h:5432/ward"
    for secret in ("postgresql://me:geheim@h/ward", "postgresql://me@h/ward?password=geheim"):
        with pytest.raises(UsageError) as error:
            of_address(secret)
        assert "geheim" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me@h/ward?Password=geheim",
        "postgresql://me@h/ward?a=b;password=geheim",
        "postgresql://me@h/ward?sslmode=require;password=geheim",
        "postgresql://me@h/ward?x=1&password%20=geheim",
        "postgresql://me@h/ward?pasword=geheim",
        "postgresql://me@h/ward?geheim",
        "postgresql://me@h/ward?geheim=",
        "postgresql://dosebell%3Ageheim@h/ward",
        "postgresql://dosebell@geheim@h/ward",
        "POSTGRESQL://me@h/ward",
        " postgresql://me@h/ward",
        "postgresql://me@h:0/ward",
        "postgresql://me@h:x,h:1/ward",
        "",
    ],
)
def test_an_address_that_no_connection_is_made_with_is_refused_unseen(address: str) -> None:
    with pytest.raises(UsageError) as error:
        of_address(address)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "called"),
    [
        ("postgresql://me@DB.local/ward?sslmode=verify-full", "db.local:5432/ward"),
        ("postgresql://me@[::1]:5433/ward", "[::1]:5433/ward"),
        ("postgresql://127.0.0.1:1,127.0.0.1/ward", "127.0.0.1:1,127.0.0.1:5432/ward"),
        ("postgresql:///ward?host=/var/run/Postgres&port=5433", "/var/run/Postgres:5433/ward"),
        ("postgresql://me@%2Ftmp/ward", "/tmp:5432/ward"),
        ("postgres:///ward", "localhost:5432/ward"),
        ("postgresql://h/ward?require_auth=password&passfile=/p", "h:5432/ward"),
    ],
)
def test_a_database_is_called_by_where_it_is(address: str, called: str) -> None:
    assert of_address(address).address == called


def test_an_instance_is_the_same_at_each_start_and_says_no_name() -> None:
    assert len(instance()) == 16
    # On a machine without a network device Python makes up another number at each start.
    made_up = iter([0x0100_0000_0001, 0x0100_0000_0002])
    assert instance(lambda: next(made_up)) == instance(lambda: next(made_up))


def test_nothing_of_a_database_is_loaded_before_one_is_named() -> None:
    code = "import sys, dosebell_host.watch.loop; assert 'psycopg' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_named_beside_an_entry_of_the_settings_is_that_entry() -> None:
    one, other = "postgresql://me@h/ward", "postgresql://me@h/second"
    path = write_settings(
        f'[[database]]\nurl = "{one}"\npassword = "geheim"\n'
        '[[mqtt]]\nhost = "h"\nuser = "me"\npassword = "geheim"\n'
    )
    found = entries_meant(no_note, ["mqtt://h", "mqtt://h/two"], (), [one, other, other])
    assert [(each.name, each.where) for each in found] == [
        ("database h:5432/ward", f"{path}:1"),
        ("mqtt h:1883/dosebell", f"{path}:4"),
        ("mqtt h:1883/two", ""),
        ("database h:5432/second", ""),
    ]


def test_a_database_of_the_command_line_is_tried_as_those_of_the_settings_are() -> None:
    there = f"127.0.0.1:{free_port()}/ward"
    said = Desk().types("watch", "--try", "--database", f"postgresql://me@{there}")
    assert (said.exit_code, said.stdout) == (1, "")
    away = f"postgresql://me@{there}: no database answers there"
    assert said.stderr.startswith(f"database {there}: {away}")
