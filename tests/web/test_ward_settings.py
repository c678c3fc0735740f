"""`dosebell web` asks the database that the settings name, and goes on where they are wrong."""

from pathlib import Path

import psycopg
import pytest

from desk import Desk
from dosebell_host.resources import config_file
from dosebell_host.web.serve import ward_of_settings
from dosebell_host.web.ward.line import WardAwayError, WardLine
from page.servers import free_port
from postgres import new_ward
from waiting import wait_until

SECRET = "s3cr3t-Wort"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"


def asked(text: str | None) -> tuple[WardLine | None, list[str]]:
    """The line that settings with that text make, and what a person is told; None for no file."""
    if text is not None:
        path: Path = config_file()
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    told: list[str] = []
    return ward_of_settings(Desk().reach, told.append), told


@pytest.mark.parametrize("text", [None, "", '[[hook]]\nrun = ["true"]\n'])
def test_without_a_database_there_is_no_ward(text: str | None) -> None:
    assert asked(text) == (None, [])


def test_the_database_of_the_settings_is_asked_and_no_password_is_told() -> None:
    url = f"postgresql://dosebell@127.0.0.1:{free_port()}/ward"
    line, told = asked(f'[[database]]\nurl = "{url}"\npassword = "{SECRET}"\n')
    assert line is not None
    with pytest.raises(WardAwayError) as caught:
        line.rows("SELECT 1")
    assert url in str(caught.value)
    assert SECRET not in str(caught.value)
    assert told == []


def test_wrong_settings_are_told_and_the_page_goes_on() -> None:
    line, told = asked(f'[[database]]\nurl = 7\npassword = "{SECRET}"\n')
    assert line is None
    assert len(told) == 1
    assert "config.toml" in told[0]
    assert SECRET not in told[0]


def test_a_question_that_nobody_waits_for_any_more_ends_at_the_server_too() -> None:
    """While a backup is put back all tables are locked, and the page goes on looking."""
    url = new_ward()
    line, _ = asked(f'[[database]]\nurl = "{url}"\n')
    assert line is not None
    with psycopg.connect(url) as backup, psycopg.connect(url, autocommit=True) as other:
        backup.execute("LOCK TABLE dosebell.persons")
        with pytest.raises(WardAwayError, match=r"its database does not answer\."):
            line.rows("SELECT person FROM persons")
        wait_until(lambda: other.execute(WAITING, [other.info.dbname]).fetchone() == (0,))
