"""SQL in one transaction: reads at once, writes that nobody waits for in one go."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import errors
from psycopg.rows import dict_row

from zhouqiao.base import Hindrance, Invalid
from zhouqiao.store.desk import Params, Row

PASSING = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.TooManyConnections,
    psycopg.OperationalError,
)


class PgRows:
    """`Rows` on a psycopg connection.

    Passing troubles of the server become `Hindrance`, values it cannot hold `Invalid`.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._cursor = connection.cursor(row_factory=dict_row)
        self._writer = connection.cursor()
        self._waiting: list[tuple[str, Params]] = []

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """Return the first row, or None."""
        return self._read(sql, params).fetchone()

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """Return every row."""
        return self._read(sql, params).fetchall()

    def run(self, sql: str, params: Params = ()) -> int:
        """Execute now; return the number of rows touched."""
        return self._read(sql, params).rowcount

    def add(self, table: str, **values: object) -> bool:
        """Insert a row of the cell acted in; say whether nothing stood in its way."""
        sql = (
            f"INSERT INTO {table} (cell, {', '.join(values)}) "
            f"VALUES (current_setting('zhouqiao.cell'){', %s' * len(values)}) "
            "ON CONFLICT DO NOTHING"
        )
        return self.run(sql, tuple(values.values())) == 1

    def later(self, sql: str, params: Params = ()) -> None:
        """Keep a write until the next read or the commit."""
        self._waiting.append((sql, params))

    def flush(self, *, then: Sequence[str] = ()) -> None:
        """Send what waits, and `then`, in one round trip."""
        waiting, self._waiting = self._waiting, []
        if not waiting and not then:
            return
        try:
            if len(waiting) + len(then) == 1:
                self._writer.execute(*(waiting or [(then[0], ())])[0])
                return
            with self._connection.pipeline():
                for sql, params in waiting:
                    self._writer.execute(sql, params)
                for sql in then:
                    self._writer.execute(sql)
        except PASSING as trouble:
            raise Hindrance(str(trouble)) from trouble
        except psycopg.DataError as wrong:  # a NUL in a text, a time before all calendars
            raise Invalid("body", "not_storable") from wrong

    def forget(self) -> None:
        """Drop what waits (the transaction is being rolled back)."""
        self._waiting.clear()

    def _read(self, sql: str, params: Params) -> psycopg.Cursor[Row]:
        """Send what waits and the question in one round trip."""
        waiting, self._waiting = self._waiting, []
        try:
            if not waiting:
                return self._cursor.execute(sql, params)
            with self._connection.pipeline():
                for earlier, given in waiting:
                    self._writer.execute(earlier, given)
                self._cursor.execute(sql, params)
        except PASSING as trouble:
            raise Hindrance(str(trouble)) from trouble
        except psycopg.DataError as wrong:  # a NUL in a text, a time before all calendars
            raise Invalid("body", "not_storable") from wrong
        return self._cursor
