"""The tables of a ward, and how they are brought up to date.

The first seven are those of a laptop's history, whose questions they answer as well. Of the
others each is explained where it is used. Numbers are whole: instants are Unix seconds and days
are the device's day numbers, so that the same SQL runs in tests without a server; the views tell
the same in dates and times, for dashboards of others.
"""

from collections.abc import Sequence

from dosebell_host.errors import UserError
from dosebell_host.history.postgres import NAMESPACE, PostgresTables
from dosebell_host.ward.missed_now import NOTED_S, missed_at

# When a record was written, as `written_s` of store.py wants it. A box may write nonsense, and no
# record of it is lost because of that.
WRITTEN_S = """
    CASE WHEN strpos(line, ' schedule ') + strpos(line, ' snapshot - ') + strpos(line, ' gap ')
        + strpos(line, ' undone ') + strpos(line, ' cancelled ') + strpos(line, ' step_s=-') > 0
        OR split_part(line, ' ', 3) !~ '^[0-9]{1,12}$'
    THEN NULL ELSE NULLIF(split_part(line, ' ', 3)::BIGINT, 0) END
"""

# Each entry brings the tables from the version before it to its own; none is ever changed, and
# none takes a row away.
MIGRATIONS = (
    f"""
    CREATE TABLE version (version BIGINT NOT NULL, written_by TEXT NOT NULL);
    CREATE TABLE boxes (
        device_id TEXT COLLATE "C" PRIMARY KEY,
        board TEXT NOT NULL,
        usb_serial TEXT NOT NULL,
        revision TEXT NOT NULL,
        seen_at DOUBLE PRECISION NOT NULL
    );
    CREATE TABLE names (
        device_id TEXT COLLATE "C" PRIMARY KEY,
        name TEXT COLLATE "C" NOT NULL UNIQUE
    );
    CREATE TABLE journals (
        device_id TEXT COLLATE "C" NOT NULL,
        era BIGINT NOT NULL,
        journal TEXT COLLATE "C" NOT NULL,
        place BIGINT NOT NULL,
        PRIMARY KEY (device_id, era),
        UNIQUE (device_id, journal)
    );
    CREATE TABLE records (
        device_id TEXT COLLATE "C" NOT NULL,
        era BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        line TEXT COLLATE "C" NOT NULL,
        usb_serial TEXT NOT NULL DEFAULT '',
        gateway TEXT NOT NULL DEFAULT '',
        came_s BIGINT,
        written_s BIGINT GENERATED ALWAYS AS ({WRITTEN_S}) STORED,
        PRIMARY KEY (device_id, era, seq, line)
    );
    CREATE INDEX records_by_time ON records (device_id, era, written_s);
    CREATE TABLE schedules (
        revision TEXT COLLATE "C" PRIMARY KEY,
        lines TEXT COLLATE "C" NOT NULL
    );
    CREATE TABLE pushes (
        device_id TEXT COLLATE "C" NOT NULL,
        revision TEXT COLLATE "C" NOT NULL,
        pushed_at DOUBLE PRECISION NOT NULL,
        file_name TEXT NOT NULL,
        file BYTEA NOT NULL,
        PRIMARY KEY (device_id, revision)
    );
    CREATE TABLE cursors (
        sink TEXT COLLATE "C" NOT NULL,
        device_id TEXT COLLATE "C" NOT NULL,
        era BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        kept BIGINT NOT NULL,
        PRIMARY KEY (sink, device_id, era)
    );
    CREATE TABLE gateways (
        name TEXT COLLATE "C" PRIMARY KEY,
        instance TEXT NOT NULL,
        seen_s BIGINT NOT NULL,
        dosebell TEXT NOT NULL
    );
    CREATE TABLE heard (
        device_id TEXT COLLATE "C" PRIMARY KEY,
        gateway TEXT COLLATE "C" NOT NULL,
        usb_serial TEXT NOT NULL,
        heard_s BIGINT NOT NULL,
        presence TEXT NOT NULL,
        said TEXT NOT NULL
    );
    CREATE TABLE outcomes (
        device_id TEXT COLLATE "C" NOT NULL,
        dose TEXT COLLATE "C" NOT NULL,
        day BIGINT NOT NULL,
        slot BIGINT NOT NULL,
        due_s BIGINT,
        state TEXT NOT NULL,
        status TEXT NOT NULL,
        taken_s BIGINT,
        late_s BIGINT,
        off BIGINT NOT NULL,
        back_dated BIGINT NOT NULL,
        soon BIGINT NOT NULL,
        in_window BIGINT,
        withdrawn BIGINT NOT NULL,
        name TEXT NOT NULL
    );
    CREATE UNIQUE INDEX outcomes_by_day
        ON outcomes (device_id, day, dose, slot, COALESCE(due_s, -1));
    CREATE INDEX outcomes_of_day ON outcomes (day);
    CREATE INDEX outcomes_missed ON outcomes (due_s) WHERE status = 'missed';
    CREATE TABLE computed (
        device_id TEXT COLLATE "C" PRIMARY KEY,
        dosebell TEXT NOT NULL,
        at_s BIGINT NOT NULL,
        entries BIGINT NOT NULL
    );
    CREATE TABLE stale (device_id TEXT COLLATE "C" PRIMARY KEY);
    CREATE TABLE used (
        revision TEXT COLLATE "C" NOT NULL,
        device_id TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (revision, device_id)
    );
    CREATE TABLE persons (
        device_id TEXT COLLATE "C" NOT NULL,
        person TEXT COLLATE "C" NOT NULL,
        from_day BIGINT NOT NULL,
        PRIMARY KEY (device_id, from_day)
    );
    CREATE TABLE silences (
        device_id TEXT COLLATE "C" PRIMARY KEY,
        since_s BIGINT NOT NULL,
        told_by TEXT NOT NULL,
        told_s BIGINT NOT NULL
    );
    """,
    f"""
    ALTER TABLE outcomes ADD COLUMN noted_s BIGINT;
    DROP INDEX outcomes_missed;
    CREATE INDEX outcomes_missed ON outcomes ({NOTED_S}) WHERE status = 'missed';
    INSERT INTO stale SELECT device_id FROM boxes WHERE true ON CONFLICT DO NOTHING;
    """,
)

# For other programs only. A migration that changes a table under one of them drops that first.
VIEWS = f"""
    CREATE OR REPLACE VIEW outcomes_by_date AS
    SELECT device_id, dose, name, DATE '2000-01-01' + day::INTEGER AS date, slot,
        to_timestamp(due_s) AS due_at, status, to_timestamp(taken_s) AS taken_at, late_s
    FROM outcomes;
    CREATE OR REPLACE VIEW persons_by_date AS
    SELECT device_id, person, DATE '2000-01-01' + from_day::INTEGER AS from_date,
        DATE '2000-01-01' + (LEAD(from_day) OVER (PARTITION BY device_id ORDER BY from_day)
            )::INTEGER AS until_date
    FROM persons;
    CREATE OR REPLACE VIEW missed_now AS
    SELECT outcomes.device_id, (SELECT person FROM persons
            WHERE persons.device_id = outcomes.device_id AND from_day <= outcomes.day
            ORDER BY from_day DESC LIMIT 1) AS person,
        dose, name, to_timestamp(due_s) AS due_at
    FROM outcomes
    WHERE {missed_at("EXTRACT(EPOCH FROM now())::BIGINT")};
    CREATE OR REPLACE VIEW heard_at AS
    SELECT device_id, gateway, presence, to_timestamp(heard_s) AS heard_at FROM heard;
"""

# How many columns of the table of the version are there, and whether anything is.
_COLUMNS = 2
_FOUND = """
    SELECT COUNT(*) FILTER (WHERE relname = 'version' AND attname IN ('version', 'written_by')),
        COUNT(*)
    FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid
        LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
    WHERE nspname = ?
"""


def check_version(tables: PostgresTables, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Raise `UserError` where the tables are not those of this release."""
    version = _version(tables, len(migrations))
    if version == 0:
        fix = "`dosebell ward init` makes them"
        raise _refused(tables, "there are no tables of a ward", fix)
    if version < len(migrations):
        fix = "`dosebell ward init` brings it up to date, and no row is lost"
        raise _refused(tables, "the ward there is of an older dosebell", fix)


def init(tables: PostgresTables, written_by: str, migrations: Sequence[str] = MIGRATIONS) -> int:
    """Make the tables, or bring them up to date; the version that they had, 0 for none."""
    with tables.alone_with("schema"):
        version = _version(tables, len(migrations))
        if not tables.rows("SELECT 1 FROM pg_namespace WHERE nspname = ?", NAMESPACE):
            tables.write(f"CREATE SCHEMA {NAMESPACE}", [()])
        for migration in (*migrations[version:], VIEWS):
            for statement in filter(str.strip, migration.split(";")):
                tables.write(statement, [()])
        tables.write("DELETE FROM version", [()])
        tables.write("INSERT INTO version VALUES (?, ?)", [(len(migrations), written_by)])
    return version


def _version(tables: PostgresTables, newest: int) -> int:
    """That of the tables there, 0 for none. Raises `UserError` where they are another program's,
    or a newer release's.
    """
    [[columns, is_used]] = tables.rows(_FOUND, NAMESPACE)
    if not is_used:
        return 0
    rows = tables.rows(f"SELECT version FROM {NAMESPACE}.version") if columns == _COLUMNS else []
    if not rows:
        what = f'what is called "{NAMESPACE}" there is another program\'s'
        raise _refused(tables, what, "use a database of its own for the ward")
    version = int(rows[0][0])
    if version > newest:
        raise _refused(tables, "the ward there is of a newer dosebell", "upgrade it here, too")
    return version


def _refused(tables: PostgresTables, what: str, fix: str) -> UserError:
    return UserError(what, where=tables.url, fix=fix, code="database")
