"""`dosebell ward`: the tables of a database are made, and people say who has which box."""

import time
from contextlib import closing
from pathlib import Path

import pytest

import postgres
from desk import Desk
from documents import fields, filled
from dosebell_host import __version__
from dosebell_host.errors import JOINERS, UserError
from dosebell_host.history.postgres import NAMESPACE, PostgresTables
from dosebell_host.terminal.contract.schema import document
from dosebell_host.ward import schema
from dosebell_host.ward.missed_now import missed_at
from dosebell_host.ward.ward import Ward
from dosebell_host.watch.database.ward_commands import database_meant
from page.servers import free_port
from settings_file import write_settings
from ward_life import BOX, NOON, SEEN_S, batch_of
from ward_people import Person, gateway_seen, ward_of_people
from ward_visit import WardVisit, box_of_two

LINE = f"1 1 {NOON} host stock drops - - left=1"


def with_boxes() -> str:
    """The address of a ward that knows two boxes."""
    url = postgres.new_ward()
    with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as made:
        made.add(batch_of(LINE, name="mother"))
        made.add(batch_of(LINE, box="0a0a0a0a0a0a0a0a"))
    return url


def typed(url: str, *words: object) -> tuple[int, str]:
    """How `dosebell ward` with these words ended, and what it said."""
    done = Desk().types("ward", *words, "--database", url)
    return done.exit_code, done.output


def test_the_tables_are_made_once_and_stay(tmp_path: Path) -> None:
    url = postgres.new_database()
    assert typed(url, "init") == (0, f"The ward in {url} is made.\n")
    give(url)
    assert typed(url, "init") == (0, f"The ward in {url} is up to date.\n")
    assert "Anna" in typed(url, "who")[1]
    made = {"database": url, "version": 2, "before": 2}
    assert Desk().gets("ward", "init", "--database", url) == made


def give(url: str) -> None:
    with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as made:
        made.add(batch_of(LINE, name="mother"))
    assert typed(url, "who", "mother", "Anna", "--from", "2026-11-01")[0] == 0


def test_who_has_a_box_is_said_by_day_and_listed() -> None:
    url = with_boxes()
    assert typed(url, "who") == (0, "Nobody was said to have a box yet.\n")
    typed(url, "who", "mother", "Anna Müller", "--from", "2026-11-01")
    typed(url, "who", "mother", "--nobody", "--from", "2027-01-15")
    typed(url, "who", "0a0a", "Łukasz O’Neill", "--from", "2026-12-01")
    # Today is a Monday.
    assert typed(url, "who", "mother", "李 小龍") == (
        0,
        f"mother ({BOX}): Anna Müller, from 2026-11-01 until 2026-11-22\n"
        f"mother ({BOX}): 李 小龍, from 2026-11-23 until 2027-01-14\n"
        f"mother ({BOX}): nobody, from 2027-01-15\n",
    )
    listed = Desk().gets("ward", "who", "--database", url)["items"]
    assert listed[0] == {
        "device_id": "0a0a0a0a0a0a0a0a",
        "name": None,
        "person": "Łukasz O’Neill",
        "from": "2026-12-01",
        "until": None,
    }
    assert [each["person"] for each in listed[1:]] == ["Anna Müller", "李 小龍", None]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ((), "23"),
        (("--from", "today"), "23"),
        (("--from", "tomorrow"), "24"),
        (("--from", "yesterday"), "22"),
        (("--from", "monday"), "23"),
    ],
)
def test_today_is_that_of_the_home_whatever_the_laptop_is_set_to(
    words: tuple[str, ...], day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_ward()
    with closing(PostgresTables(url)) as tables:
        ward_of_people([Person("mother", zone="Europe/Berlin")], tables)
    # There it is Sunday still.
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        assert f"Anna, from 2026-11-{day}" in typed(url, "who", "mother", "Anna", *words)[1]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_box_given_to_two_persons_on_one_day_is_refused_and_nothing_is_lost() -> None:
    url = with_boxes()
    day = ("--from", "2026-11-23")
    typed(url, "who", "mother", "Anna", *day)
    before = typed(url, "who")
    assert typed(url, "who", "mother", "Maria", *day) == (
        1,
        "Anna has that box from 2026-11-23 on, and a day is one person's;"
        f" `dosebell ward who {BOX} --from 2026-11-23 --forget` takes that back first.\n",
    )
    assert typed(url, "who", "mother", "--nobody", *day)[0] == 1
    assert typed(url, "who") == before
    assert typed(url, "who", "mother", "  Anna ", *day)[0] == 0
    assert typed(url, "who", BOX, *day, "--forget") == (0, "Nobody was said to have a box yet.\n")
    assert typed(url, "who", BOX, *day, "--forget")[0] == 1
    assert typed(url, "who", "mother", "Maria", *day)[1].startswith(f"mother ({BOX}): Maria")


@pytest.mark.parametrize("person", ["مهدی علی\u200cپور", "Anna 👩\u200d🌾", "\u200dAnna\u200c"])
def test_what_joins_letters_is_part_of_a_name(person: str) -> None:
    url = with_boxes()
    said = ("ward", "who", "mother", person, "--database", url)
    assert Desk().gets(*said)["items"][0]["person"] == person.strip(JOINERS)
    assert f": {person.strip(JOINERS)}, from" in typed(url, "who")[1]


def test_who_is_said_twice_in_a_row_has_the_box_in_one_stretch() -> None:
    url = with_boxes()
    for person, day in (("Anna", "01"), ("Maria", "20"), ("Anna", "03"), ("Anna", "10")):
        typed(url, "who", "mother", person, "--from", f"2026-11-{day}")
    assert typed(url, "who", "mother") == (
        0,
        f"mother ({BOX}): Anna, from 2026-11-01 until 2026-11-19\n"
        f"mother ({BOX}): Maria, from 2026-11-20\n",
    )


@pytest.mark.parametrize(
    "person", ["\u200c", "a\u200b\u200cb", "", "  ", "a\x1b[31mb", "a\u202eb", "x" * 65, "a\0b"]
)
def test_what_is_no_name_of_a_person_is_refused(person: str) -> None:
    url = with_boxes()
    code, said = typed(url, "who", "mother", person)
    assert (code, "is no name of a person" in said, "\x1b" in said) == (1, True, False)


@pytest.mark.parametrize(
    "words",
    [["who", "--nobody"], ["who", "mother", "Anna", "--forget"], ["who", "--from", "2026-11-23"]],
)
def test_what_makes_no_sense_together_is_a_wrong_call(words: list[str]) -> None:
    assert typed("postgresql://me@127.0.0.1/ward", *words)[0] == 2


def test_a_box_that_no_gateway_ever_brought_is_told() -> None:
    code, said = typed(with_boxes(), "who", "kitchen", "Anna")
    assert (code, "the ward knows" in said, "mother" in said) == (1, True, True)


def with_gateways() -> str:
    """The address of a ward with a gateway that is there, and one that was heard a day ago."""
    url = postgres.new_ward()
    with closing(PostgresTables(url)) as tables:
        ward_of_people([Person("mother", zone="Europe/Berlin", gateway="cellar")], tables)
        gateway_seen(tables, "cellar", 86_400)
        gateway_seen(tables, "hall", 599)
    return url


def test_a_gateway_that_is_gone_is_taken_off_the_list_and_nothing_else_is() -> None:
    url = with_gateways()
    cellar = "cellar: silent since 2026-11-22 06:00, with its box\n"
    hall = "hall: here, heard at 2026-11-23 05:50\n"
    assert typed(url, "gateways") == (0, cellar + hall)
    before = rest_of(url)
    assert typed(url, "gateways", "--gone", "cellar") == (0, hall)
    assert (typed(url, "gateways"), rest_of(url)) == ((0, hall), before)
    assert Desk().gets("ward", "gateways", "--database", url) == {
        "gateways": [
            {
                "name": "hall",
                "heard_at": "2026-11-23T05:50:01+01:00",
                "is_silent": False,
                "boxes": 0,
                "dosebell": "0.2.0",
            }
        ]
    }


def rest_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All other tables of that ward."""
    with closing(PostgresTables(url)) as tables:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY 1"
        names = [str(row[0]) for row in tables.rows(query, NAMESPACE)]
        return {
            name: sorted(tables.rows(f"SELECT * FROM {name}"), key=repr)
            for name in names
            if name != "gateways"
        }


def test_a_gateway_whose_clock_was_ahead_when_it_went_is_taken_off_as_the_page_says() -> None:
    url = with_gateways()
    with closing(PostgresTables(url)) as tables:
        gateway_seen(tables, "attic", -10 * 365 * 86_400)
        assert "dosebell ward gateways --gone attic" in WardVisit(tables).reads("/ward").words
    listed = {"attic": True, "cellar": True, "hall": False}
    found = Desk().gets("ward", "gateways", "--database", url)["gateways"]
    assert {each["name"]: each["is_silent"] for each in found} == listed
    code, left = typed(url, "gateways", "--gone", "attic")
    assert (code, "attic" in left) == (0, False)


def test_a_gateway_that_is_there_stays_on_the_list_and_one_that_is_none_is_told() -> None:
    url = with_gateways()
    before = typed(url, "gateways")
    assert typed(url, "gateways", "--gone", "hall") == (
        1,
        'the gateway "hall" is there: it was heard in the last ten minutes;'
        " end `dosebell watch` on it first.\n",
    )
    assert typed(url, "gateways", "--gone", "attic") == (
        1,
        'the ward has no gateway "attic"; it has cellar, hall.\n',
    )
    assert typed(url, "gateways") == before
    assert typed(with_boxes(), "gateways") == (0, "No gateway was heard yet.\n")


def test_all_is_judged_anew() -> None:
    assert typed(with_boxes(), "rebuild") == (0, "The outcomes of 2 boxes are judged anew.\n")


def test_the_database_of_the_settings_is_meant_where_there_is_one() -> None:
    urls = [with_boxes(), with_boxes()]
    tables = [f'[[database]]\nurl = "{url}"\n' for url in urls]
    settings = write_settings(tables[0])
    assert Desk().gets("ward", "rebuild") == {"database": urls[0], "boxes": 2}
    write_settings("".join(tables))
    error = Desk().gets("ward", "rebuild", code=1)["error"]
    assert (error["code"], error["message"]) == (
        "config",
        "there are several databases of wards",
    )
    name = error["fix"].rpartition("--database ")[2]
    assert Desk().gets("ward", "rebuild", "--database", name)["database"] == urls[1]
    settings.unlink()
    error = Desk().gets("ward", "rebuild", code=1)["error"]
    assert error["message"] == "no database of a ward is named"


def settings_with(*entries: str) -> None:
    write_settings("".join(f"[[database]]\n{each}\n" for each in entries))


def meant(which: str | None) -> tuple[str, str]:
    """The address and the password that are used."""
    entry = database_meant(which, print)
    return entry.url, entry.password


def test_an_address_that_stands_in_the_settings_is_meant_with_its_password() -> None:
    one, other = "postgresql://me@h/ward", "postgresql://you@h/ward"
    settings_with(f'url = "{one}"\npassword = "geheim"', f'url = "{other}"')
    assert [meant(each) for each in (one, other, "postgresql://h/third")] == [
        (one, "geheim"),
        (other, ""),
        ("postgresql://h/third", ""),
    ]
    with pytest.raises(UserError, match=f"several .*--database {one} or --database {other}"):
        meant("h:5432/ward")


def test_two_entries_that_say_the_same_are_one_here() -> None:
    settings_with(*['url = "postgresql://me@h/ward"\npassword = "geheim"'] * 2)
    assert meant(None) == meant("h:5432/ward") == ("postgresql://me@h/ward", "geheim")
    settings_with(*(f'url = "postgresql://me@h/ward"\npassword = "{n}"' for n in "ab"))
    with pytest.raises(UserError, match="give one password to all entries of one address"):
        meant(None)


def test_no_name_is_none_of_the_settings() -> None:
    settings_with('url = "postgresql://me@h/ward"')
    with pytest.raises(UserError, match='no database is called ""; name one: --database h:5432/'):
        meant("")


def test_what_an_address_says_wrongly_is_told_as_that() -> None:
    for said in ("sslmode=foo", "connect_timeout=x"):
        code, output = typed(f"postgresql://me@127.0.0.1:1/ward?{said}", "who")
        assert (code, "what its address says is not understood" in output) == (1, True), output


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    for url in (
        "postgresql://me:geheim@db.local/ward",
        "postgresql://db.local/ward?user=me&password=geheim",
        "postgres://me:geheim@/ward",
        "me:geheim@db.local/ward",
        "mysql://me:geheim@db.local/ward",
    ):
        code, said = typed(url, "who")
        assert (code in (1, 2), "geheim" in said) == (True, False), said


_NEWER = "UPDATE dosebell.version SET version = version + 1"


@pytest.mark.parametrize("command", ["init", "who", "rebuild"])
def test_a_ward_of_a_newer_release_is_left_alone(command: str) -> None:
    url = with_boxes()
    does(url, _NEWER)
    assert typed(url, command) == (
        1,
        f"{url}: the ward there is of a newer dosebell; upgrade it here, too.\n",
    )


def test_tables_of_another_program_are_left_alone() -> None:
    for foreign in ("CREATE TABLE dosebell.things ()", "CREATE TABLE dosebell.version (n TEXT)"):
        url = postgres.new_database()
        does(url, "CREATE SCHEMA dosebell", foreign)
        for command in ("init", "who"):
            code, said = typed(url, command)
            assert (code, "another program's" in said) == (1, True), said


def test_an_empty_namespace_that_its_owner_made_is_used() -> None:
    url = postgres.new_database()
    stranger = role("maker")
    does(url, f"CREATE SCHEMA dosebell AUTHORIZATION {stranger}")
    own = url.replace("dosebell@", f"{stranger}@")
    assert typed(own, "init") == (0, f"The ward in {own} is made.\n")
    assert typed(own, "init")[0] == 0


def test_who_may_not_is_told() -> None:
    url = postgres.new_database()
    own = url.replace("dosebell@", f"{role('guest')}@")
    assert typed(own, "init") == (
        1,
        f"{own}: guest may not do that there; have its owner GRANT it the right.\n",
    )
    typed(url, "init")
    assert typed(own, "who")[1].endswith(
        "guest may not do that there; have its owner GRANT it the right.\n"
    )
    does(url, "GRANT USAGE ON SCHEMA dosebell TO guest")
    does(url, "GRANT SELECT ON ALL TABLES IN SCHEMA dosebell TO guest")
    assert typed(own, "who") == (0, "Nobody was said to have a box yet.\n")
    assert typed(own, "rebuild")[0] == 0
    give(url)
    assert typed(own, "who", "mother", "Eve")[0] == 1
    assert "Anna" in typed(own, "who")[1]


def test_a_database_that_is_away_or_none_is_told() -> None:
    url = f"postgresql://me@127.0.0.1:{free_port()}/ward"
    code, said = typed(url, "who")
    assert (code, said.startswith(f"{url}: no database answers there (")) == (1, True)
    there = postgres.server().url("none")
    assert typed(there, "init") == (
        1,
        f"{there}: there is no such database; make it with createdb.\n",
    )


NEXT = (*schema.MIGRATIONS, "CREATE TABLE more (n BIGINT)")


def test_an_older_ward_is_brought_up_to_date_and_no_row_is_lost() -> None:
    url = with_boxes()
    typed(url, "who", "mother", "Anna")
    names = ("boxes", "names", "journals", "records", "persons", "computed")
    before = {name: rows(url, name) for name in names}
    with closing(PostgresTables(url)) as tables:
        with pytest.raises(UserError, match="of an older dosebell; `dosebell ward init` brings"):
            schema.check_version(tables, NEXT)
        assert schema.init(tables, "next", NEXT) == 2
        schema.check_version(tables, NEXT)
    assert rows(url, "version") == [(3, "next")]
    assert {name: rows(url, name) for name in names} == before


def test_a_ward_of_the_first_release_knows_when_each_dose_was_noted_and_loses_no_row() -> None:
    url, today = postgres.new_database(), postgres.new_ward()
    with closing(PostgresTables(today)) as tables:
        box_of_two(tables)
    before = {name: rows(today, name) for name in EVER}
    with closing(PostgresTables(url)) as older:
        make_first(older)
        for name, found in before.items():
            width = len(found[0]) - (name == "outcomes") - (name == "records")
            marks = ", ".join("?" * width)
            older.write(f"INSERT INTO {name} VALUES ({marks})", [each[:width] for each in found])
    assert typed(url, "who")[0] == 1
    assert typed(url, "init") == (0, f"The ward in {url} is up to date now.\n")
    assert {name: rows(url, name) for name in before} == before
    assert rows(url, "stale") == []


# The tables of the first release that a box fills.
EVER = ("boxes", "journals", "records", "schedules", "outcomes", "used", "persons")


def make_first(tables: PostgresTables) -> None:
    """What the first release made, with its own view of what is missed."""
    ours = missed_at("EXTRACT(EPOCH FROM now())::BIGINT")
    assert ours in schema.VIEWS
    views = schema.VIEWS.replace(ours, "status = 'missed'")
    tables.write(f"CREATE SCHEMA {NAMESPACE}", [()])
    for statement in filter(str.strip, f"{schema.MIGRATIONS[0]};{views}".split(";")):
        tables.write(statement, [()])
    tables.write("INSERT INTO version VALUES (1, '0.1.0')", [()])


def test_a_migration_that_fails_in_the_middle_leaves_all_as_it_was() -> None:
    url = with_boxes()
    bad = "CREATE TABLE more (n BIGINT); DROP TABLE silences; CREATE TABLE boxes (n BIGINT)"
    with closing(PostgresTables(url)) as tables, pytest.raises(UserError, match="already exists"):
        schema.init(tables, "next", (*schema.MIGRATIONS, bad))
    assert typed(url, "who") == (0, "Nobody was said to have a box yet.\n")
    assert rows(url, "version") == [(2, __version__)]


def test_every_field_of_its_documents_is_described_and_seen() -> None:
    url = with_boxes()
    said = ("ward", "who", "mother", "--database", url)
    documents = [
        Desk().gets("ward", "init", "--database", url),
        Desk().gets("ward", "rebuild", "--database", url),
        Desk().gets(*said, "Anna"),
        Desk().gets(*said, "--nobody", "--from", "2026-11-24"),
        Desk().gets("ward", "gateways", "--database", with_gateways()),
    ]
    seen = {
        field for each in documents for field in filled({"schema": 1, **each}, document("ward"))
    }
    assert set(fields(document("ward"))) - seen == set()


def test_the_views_tell_the_same_in_dates() -> None:
    url = with_boxes()
    typed(url, "who", "mother", "Anna", "--from", "2026-11-01")
    assert [str(row[2]) for row in rows(url, "persons_by_date")] == ["2026-11-01"]
    for view in ("outcomes_by_date", "missed_now", "heard_at"):
        assert rows(url, view) == []


def rows(url: str, table: str) -> list[tuple[object, ...]]:
    with closing(PostgresTables(url)) as tables:
        return sorted(tables.rows(f"SELECT * FROM {table}"), key=repr)


def does(url: str, *statements: str) -> None:
    postgres.server().does(*statements, name=url.rpartition("/")[2])


def role(name: str) -> str:
    """Somebody who may come in, and nothing else."""
    postgres.server().does(
        f"DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return name
