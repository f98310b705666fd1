"""Processor time of other processes, read from `/proc`."""

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

from zhouqiao.store.engines import Server


def family(server: Server) -> list[int]:
    """Return the postmaster and its children of now; the time of ended ones is added to it."""
    with psycopg.connect(server.owner_dsn) as line:
        row = line.execute("SELECT pid FROM pg_stat_activity").fetchall()
        backend = line.info.backend_pid
    parent = int(_told(backend)[1])
    return [parent, *(pid for (pid,) in row if pid != backend)]


def seconds(pids: Iterable[int]) -> float:
    """Return what they have used, user and system, children that ended included."""
    return sum(map(_seconds, pids))


def _seconds(pid: int) -> float:
    try:
        return sum(map(int, _told(pid)[11:15])) / os.sysconf("SC_CLK_TCK")
    except FileNotFoundError:
        return 0.0


def _told(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
