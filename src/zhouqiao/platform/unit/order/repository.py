"""Rows of commands to units."""

from dataclasses import dataclass
from datetime import datetime

from zhouqiao.platform.unit.declare import CommandState
from zhouqiao.platform.unit.model import Command, CommandId, UnitId
from zhouqiao.store import Desk, Row

COMMAND = "command AS id, unit, kind, body, scope, state, sent_at, expires_at, acknowledged_at"


@dataclass(frozen=True)
class Commands:
    """Commands and what became of them, in the desk's transaction."""

    desk: Desk

    def add_command(self, command: Command) -> None:
        """Keep a command sent."""
        c = command
        self.desk.rows.add(
            "unit_command", scope=c.scope, command=c.id, unit=c.unit, kind=c.kind, body=c.body,
            state=c.state, sent_by=self.desk.subject.person, sent_at=c.sent_at,
            expires_at=c.expires_at,
        )  # fmt: skip

    def command(self, command: str) -> Command | None:
        """Return a command, held against others."""
        row = self.desk.rows.one(
            f"SELECT {COMMAND} FROM unit_command WHERE command = %s FOR UPDATE", (command,)
        )
        return None if row is None else _command(row)

    def open_commands(self, unit: str) -> list[Command]:
        """Return the commands a unit has not answered yet, oldest first."""
        found = self.desk.rows.all(
            f"SELECT {COMMAND} FROM unit_command WHERE unit = %s AND state = 'sent' "
            "ORDER BY sent_at, command",
            (unit,),
        )
        return [_command(row) for row in found]

    def settle(self, command: CommandId, state: CommandState, at: datetime | None) -> None:
        """Keep what became of a command."""
        self.desk.rows.later(
            "UPDATE unit_command SET state = %s, acknowledged_at = %s WHERE command = %s",
            (state, at, command),
        )


def _command(row: Row) -> Command:
    told = dict(row, id=CommandId(row["id"]), unit=UnitId(row["unit"]))
    told["state"] = CommandState(row["state"])
    return Command(**told)
