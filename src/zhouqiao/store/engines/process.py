"""Child processes that cannot outlive us: clean environment, own session, least rights."""

import ctypes
import os
import pwd
import select
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CLEAN = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": "UTC"}

PR_SET_PDEATHSIG = 1
STEP = 0.01  # seconds between two looks at what cannot call us
_libc = ctypes.CDLL(None, use_errno=True)

Child = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Account:
    """Whom a child runs as. A uid without a passwd entry will not do for `initdb`."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_engines(cls, kept: Path | None = None) -> "Account":
        """Return ourselves; for root, `nobody` or whoever owns what the engine has `kept`.

        (PostgreSQL refuses to run as root.)
        """
        uid = os.geteuid()
        if uid == 0:
            uid = kept.stat().st_uid if kept and kept.exists() else 0
        entry = pwd.getpwuid(uid) if uid else pwd.getpwnam("nobody")
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @property
    def is_us(self) -> bool:
        """Say whether no change of account is needed."""
        return self.uid == os.geteuid()

    def owns(self, path: Path) -> None:
        """Give `path` to this account."""
        if not self.is_us:
            os.chown(path, self.uid, self.gid)


def spawn(
    argv: Sequence[str | Path],
    *,
    account: Account | None = None,
    env: Mapping[str, str] = CLEAN,
    output: IO[bytes] | int = subprocess.DEVNULL,
    dies_by: signal.Signals = signal.SIGTERM,
    cwd: Path = Path("/"),
) -> Child:
    """Start `argv` in its own session; it gets `dies_by` when the calling thread ends.

    The kernel watches the *thread* that spawns (prctl(2), PR_SET_PDEATHSIG): spawn from one that
    lives as long as the child should. A Ctrl-C at our terminal does not reach the child.
    """
    drop = account is not None and not account.is_us
    return subprocess.Popen(  # noqa: S603  argv is ours, and no shell reads it
        [str(a) for a in argv],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not subprocess.DEVNULL else output,
        env=dict(env),
        cwd=cwd,
        start_new_session=True,
        user=account.uid if account and drop else None,
        group=account.gid if account and drop else None,
        extra_groups=[] if drop else None,
        preexec_fn=_mortal(dies_by),  # noqa: PLW1509  two system calls, no lock taken
    )


def end(child: Child, how: signal.Signals, patience: float) -> int:
    """Ask `child` to stop; kill it after `patience` seconds. Return its exit status."""
    if child.poll() is None:
        child.send_signal(how)
    try:
        return child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def until(pid: int, ready: Callable[[], bool], patience: float) -> bool:
    """Wait until `ready()`; return False if `pid` ended or `patience` seconds passed first."""
    for _ in range(max(1, round(patience / STEP))):
        if ready():
            return True
        if has_ended(pid, STEP):
            return False
    return False


def has_ended(pid: int, patience: float = 0.0) -> bool:
    """Wait up to `patience` seconds for any process, not only a child of ours, to end."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], patience)[0])
    finally:
        os.close(watch)


def is_alive(pid: int) -> bool:
    """Say whether a process of that number runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def living_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is `folder` (those we may look at)."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == folder and is_alive(int(entry.name)):
                    found.append(int(entry.name))
            except OSError:  # gone meanwhile, or not ours to see
                continue
    return found


def _mortal(how: signal.Signals) -> Callable[[], None]:
    """Return what the child does before exec.

    It runs after the change of account, which would clear the wish.
    """
    parent = os.getpid()

    def wish() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:  # it died between fork and here
            os._exit(1)

    return wish
