"""The database of a ward, as each of its gateways comes to it: in memory, or a real one."""

from collections.abc import Callable
from contextlib import closing

from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward.schema import check_version, init
from dosebell_host.ward.tables import WardTables
from postgres import new_database
from ward_twin import TwinTables

Opens = Callable[[], WardTables]


class _OneTwin(TwinTables):
    """The ward's tables in memory, to which every gateway comes."""

    def close(self) -> None:
        pass


def twin() -> Opens:
    tables = _OneTwin()
    return lambda: tables


def real() -> Opens:
    """Those of a real PostgreSQL."""
    url = new_database()
    with closing(PostgresTables(url)) as tables:
        init(tables, "test")
    return lambda: PostgresTables(url, check=check_version)
