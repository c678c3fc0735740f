"""Whatever is the matter with the database is told in one sentence, once, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from certificates import certificate
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.history.store import History
from dosebell_host.ward.schema import init
from dosebell_host.watch.database.database_sink import DatabaseSink
from dosebell_host.watch.database.entry import DatabaseEntry
from dosebell_host.watch.database.gateway import Gateway, Identity
from dosebell_host.watch.database.make import instance, open_ward, try_out
from dosebell_host.watch.elsewhere import Elsewhere
from page.servers import free_port
from postgres import new_database, server
from settings_file import write_settings
from waiting import HANG_S, wait_until
from ward_boxes import boxes_of
from watch_process import watching

SECRET = "geheim"
KEPT = " What the boxes note is kept here until then."


@dataclass
class Trolley:
    """A gateway with one box that has noted something; `notes` is what its person hears."""

    folder: Path
    url: str
    password: str = SECRET
    name: str = "east"
    notes: list[str] = field(default_factory=list)
    now_s: float = 1_900_000_000.0

    def __post_init__(self) -> None:
        history = History(SqliteFile(self.folder / f"history of {self.name}", print))
        boxes_of(1)[0].read_into(history, 0, 1, self.now_s)
        entry = DatabaseEntry(url=self.url, password=self.password)
        self.gateway = Gateway(
            Identity("database", self.name, str(self.folder)),
            history,
            lambda: open_ward(entry, lambda: self.now_s),
            Reach(clock=lambda: self.now_s, elapsed_s=lambda: self.now_s),
            self.notes.append,
            Elsewhere(),
        )

    def rounds(self, count: int = 20) -> list[str]:
        """What is told in so many rounds, minutes apart."""
        self.notes.clear()
        for _ in range(count):
            self.now_s += 70
            self.gateway.round()
        assert SECRET not in "".join(self.notes)
        return list(self.notes)


def made() -> str:
    """The address of a ward."""
    url = new_database()
    with closing(PostgresTables(url)) as tables:
        init(tables, "test")
    return url


def does(url: str, *statements: str) -> None:
    server().does(*statements, name=url.rpartition("/")[2])


def records(url: str) -> int:
    with closing(PostgresTables(url)) as tables:
        return int(tables.rows("SELECT COUNT(*) FROM dosebell.records")[0][0])


NEWER = "UPDATE dosebell.version SET version = version + 1"
OLDER = "UPDATE dosebell.version SET version = version - 1"
FULL = (
    "CREATE FUNCTION dosebell.full() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$",
    "CREATE TRIGGER is_full BEFORE INSERT ON dosebell.records EXECUTE FUNCTION dosebell.full()",
)
READ_ONLY = "ALTER ROLE dosebell SET default_transaction_read_only = {}"


@pytest.mark.parametrize(
    ("breaks", "mends", "sentence"),
    [
        ([NEWER], [OLDER], "the ward there is of a newer dosebell; upgrade it here, too."),
        (FULL, ["DROP TRIGGER is_full ON dosebell.records"], "its disk is full; make room there"),
        (
            [
                "ALTER SCHEMA dosebell RENAME TO ours",
                "CREATE SCHEMA dosebell",
                "CREATE TABLE dosebell.a ()",
            ],
            ["DROP SCHEMA dosebell CASCADE", "ALTER SCHEMA ours RENAME TO dosebell"],
            "another program's",
        ),
        (
            ["ALTER SCHEMA dosebell RENAME TO ours"],
            ["ALTER SCHEMA ours RENAME TO dosebell"],
            "there are no tables of a ward; `dosebell ward init` makes them.",
        ),
        (
            [READ_ONLY.format("on")],
            [READ_ONLY.format("off")],
            "it can only be read",
        ),
    ],
)
def test_what_is_the_matter_is_told_once_and_when_it_is_over_all_is_sent(
    tmp_path: Path, breaks: list[str], mends: list[str], sentence: str
) -> None:
    url = made()
    does(url, *breaks)
    trolley = Trolley(tmp_path, url)
    [told] = trolley.rounds()
    assert sentence in told and told.endswith(KEPT)
    does(url, *(["SET default_transaction_read_only = off"] * ("ROLE" in mends[0])), *mends)
    assert trolley.rounds() == ["database: it works again."]
    assert records(url) == len(boxes_of(1)[0].journals[0].lines)
    trolley.gateway.close()


def test_a_database_that_is_not_there_or_lets_nobody_in_is_told(tmp_path: Path) -> None:
    url = made()
    does(url, "DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN")
    plain = url.replace("dosebell@", "stranger@")
    wrong = {
        url.replace(url.rpartition("/")[2], "none"): "there is no such database",
        f"postgresql://dosebell@127.0.0.1:{free_port()}/ward": "no database answers",
        "postgresql://dosebell@no.such.host.invalid/ward": "no database answers",
        plain: "stranger may not do that there",
        f"{url}?sslmode=require": "it does not encrypt",
    }
    for number, (address, sentence) in enumerate(wrong.items()):
        trolley = Trolley(tmp_path, address, name=f"g{number}")
        [told] = trolley.rounds(3)
        assert sentence in told, (address, told)
        trolley.gateway.close()


def test_a_wrong_password_is_told_and_none_is_in_any_text(tmp_path: Path) -> None:
    url = made()
    rules = server().data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{before}")
    does(url, "DROP ROLE IF EXISTS guarded", "CREATE ROLE guarded LOGIN PASSWORD 'other'")
    does(url, "SELECT pg_reload_conf()")
    try:
        trolley = Trolley(tmp_path, url.replace("dosebell@", "guarded@"))
        wait_until(lambda: "that password is wrong" in "".join(trolley.rounds(1)))
        assert SECRET not in (server().folder / "log").read_text()
        trolley.gateway.close()
    finally:
        rules.write_text(before)
        does(url, "SELECT pg_reload_conf()")


def test_only_a_certificate_that_is_believed_is_spoken_to(tmp_path: Path) -> None:
    url = made()
    cert, key = certificate(tmp_path, "own")
    other, _ = certificate(tmp_path, "other")
    owner = server().data.stat()
    for each, name in ((cert, "server.crt"), (key, "server.key")):
        copied = Path(shutil.copy(each, server().data / name))
        os.chown(copied, owner.st_uid, owner.st_gid)
        copied.chmod(0o600)
    does(url, "ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
    try:
        for believed, sentence in ((cert, ""), (other, "its certificate is not believed")):
            address = f"{url}?sslmode=verify-full&sslrootcert={believed}"
            trolley = Trolley(tmp_path, address, name=believed.stem)
            assert sentence in "".join(trolley.rounds(3))
            assert bool(trolley.notes) == bool(sentence)
            trolley.gateway.close()
    finally:
        does(url, "ALTER SYSTEM RESET ssl", "SELECT pg_reload_conf()")


def test_two_gateways_of_one_name_are_told_and_the_second_keeps_its_records(
    tmp_path: Path,
) -> None:
    url = made()
    one, two = Trolley(tmp_path, url), Trolley(tmp_path / "b", url)
    [told] = [one.rounds(1), two.rounds(1)][1]
    assert told == (
        'database: another machine tells the ward\'s database that it is "east"; give one of them'
        f' another name: gateway = "..." in its [[database]].{KEPT}'
    )
    one.gateway.close()
    assert two.rounds(2)[-1:] == ["database: it works again."]
    two.gateway.close()


def test_without_its_package_one_sentence_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    trolley = Trolley(tmp_path, "postgresql://dosebell@127.0.0.1/ward")
    [told] = trolley.rounds()
    assert "psycopg" in told and "pip install 'dosebell[ward]'" in told
    trolley.gateway.close()


class Stuck:
    """A gateway whose database says nothing until `goes_on`."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.is_asked = threading.Event()

    def show(self, views: object) -> None:
        pass

    def look_back(self, device_id: str) -> None:
        pass

    def round(self) -> float:
        self.is_asked.set()
        self.goes_on.wait(HANG_S)
        return 1.0

    def close(self) -> None:
        pass


def test_a_database_that_says_nothing_and_does_not_hang_up_is_told_once() -> None:
    now_s, notes, stuck = [0.0], list[str](), Stuck()
    sink = DatabaseSink("database", lambda: stuck, notes.append, lambda: now_s[0])
    sink.start()
    stuck.is_asked.wait(HANG_S)
    for second in range(0, 200, 10):
        now_s[0] = float(second)
        sink.show((), 0.0)
    stuck.goes_on.set()
    wait_until(lambda: len(notes) == 2)
    sink.close()
    assert notes == [f"database: nothing comes back.{KEPT}", "database: it answers again."]


def test_a_test_says_what_the_database_takes(tmp_path: Path) -> None:
    entry = DatabaseEntry(url=made(), password=SECRET, gateway="east")
    assert try_out(entry, "database") == (
        f"The database {entry.address} knows this machine as the gateway east."
    )


def test_a_test_leaves_no_gateway_behind_and_takes_none_away() -> None:
    url = made()
    entry = DatabaseEntry(url=url, gateway="east")
    query = "SELECT * FROM dosebell.gateways"
    with closing(open_ward(entry, lambda: 1_900_000_000.0)) as ward:
        try_out(entry, "database")
        assert ward.tables.rows(query) == []
        ward.gateways.claim("east", instance())
        before = ward.tables.rows(query)
        try_out(entry, "database")
        assert ward.tables.rows(query) == before != []
        ward.gateways.claim("west", "another machine")
        with pytest.raises(UserError, match="another machine tells"):
            try_out(DatabaseEntry(url=url, gateway="west"), "database")


FILLS = """
import sys
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
tables = PostgresTables(sys.argv[1])
query = "INSERT INTO dosebell.records (device_id, era, seq, line) VALUES ('a', 0, ?, ?)"
try:
    with tables.alone_with("all"):
        tables.write(query, [(n, "b" * 1000) for n in range(3000)])
except UserError as error:
    print(error)
"""


def test_many_rows_for_a_full_disk_end_in_one_sentence_and_no_word_of_the_driver() -> None:
    url = made()
    does(url, *FULL)
    words = [sys.executable, "-c", FILLS, url]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (done.stderr, done.stdout) == ("", f"{url}: its disk is full; make room there.\n")


def test_watch_goes_on_where_the_database_does_not_answer(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_port()}/ward"
    entry = f'[[database]]\nurl = "postgresql://me@{address}"\npassword = "{SECRET}"\n'
    write_settings(entry)
    with watching(tmp_path) as watch:
        wait_until(lambda: any("no database answers" in e["text"] for e in watch.printed))
        words = ["ps", "-o", "args=", "-p", str(watch.process.pid)]
        seen = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        code, errors = watch.ended(2)
    texts = [each["text"] for each in watch.printed]
    assert (code, errors, texts[0]) == (0, "", "ready")
    assert SECRET not in "".join(texts) + seen
