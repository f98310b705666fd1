"""Where engines live: folders their account can reach, short sockets, kept secrets."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from zhouqiao.store.engines.errors import EngineFailed
from zhouqiao.store.engines.process import Account

SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")  # sun_path of unix(7), less what PostgreSQL appends
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of random name is made in it, 0700 at first
ROOM = 4_000_000_000  # bytes


def home(folder: Path, account: Account) -> Path:
    """Return `folder`, made if need be; or the twin of it that `account` can reach.

    As root below a closed folder (`/root`), the engine's account cannot walk to `folder`: its
    rows then lie in `/var/lib/zhouqiao/`, and `folder` becomes a link to them.
    """
    folder = folder.absolute()  # not resolve(): a link we made must stay a link
    if folder.is_symlink():
        return folder.resolve(strict=True)
    if not _reaches(folder.parent, account):
        twin = (
            Path("/var/lib/zhouqiao") / f"{folder.name}-{secrets.token_hex(5)}"
        )  # never another's
        _make(twin)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.is_dir():
            folder.rmdir()
        folder.symlink_to(twin)
        return twin
    _make(folder)
    return folder


def short_name(folder: Path) -> str:
    """Return ten hex digits that stand for `folder` on this machine."""
    return hashlib.sha256(bytes(folder)).hexdigest()[:10]


def socket_folder(beside: Path, account: Account) -> Path:
    """Return a folder only `account` may enter, with a path short enough for a unix socket."""
    folder = beside / "socket"
    if len(bytes(folder)) > SOCKET_LIMIT:
        folder = Path(tempfile.gettempdir()) / f"zhouqiao-{account.uid}-{short_name(beside)}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.owns(folder)
    found = folder.lstat()
    if found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise EngineFailed("postgres", "socket_folder_not_ours", str(folder))
    return folder


def cache_folder(beside: Path) -> Path:
    """Return the 0755 folder where engine programs are copied to, once a version."""
    folder = Path("/var/cache/zhouqiao")
    if os.geteuid() != 0:
        try:
            folder = Path.home() / ".cache" / "zhouqiao"
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError):  # an account without a home
            folder = beside / "cache"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def programs(distribution: str, trees: tuple[str, ...], beside: Path) -> Path:
    """Copy `trees` of an installed wheel side by side into the cache; return their folder.

    Programs of a virtual environment below a closed folder could not be run by `nobody`, and one
    that is upgraded while they run would pull the ground from under them.
    """
    found = metadata.distribution(distribution)
    cache = cache_folder(beside)
    kept = cache / f"{distribution}-{found.version}"
    if not kept.is_dir():
        fresh = Path(tempfile.mkdtemp(dir=cache, prefix=".copying-"))
        for tree in trees:
            source = Path(str(found.locate_file(tree)))
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, fresh / source.name)
        fresh.chmod(0o755)
        try:
            fresh.rename(kept)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return kept


def kept_secret(folder: Path, name: str) -> str:
    """Return the secret of that name, made up once and kept in `folder/secrets.json` (0600)."""
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder / ".secrets.lock"):
        path = folder / "secrets.json"
        known: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(24)
            write_closed(path, json.dumps(known, indent=1, sort_keys=True))
        return known[name]


def write_closed(path: Path, text: str, account: Account | None = None) -> None:
    """Replace `path` at once by `text`, readable by `account` (else us) and root alone."""
    fresh = path.with_name(f".{path.name}.fresh")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if account:
        account.owns(fresh)
    fresh.replace(path)


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold `lock` against every other process of ours; nobody else may even open it."""
    with os.fdopen(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        os.fchmod(file.fileno(), 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def temporary_folder(*, fleeting: bool = False) -> Iterator[Path]:
    """Lend a folder that an engine's account can reach (pytest's `tmp_path` it cannot).

    A `fleeting` one lies in memory where the machine has room: for an engine that need outlast
    nothing, and copies of whose databases cost a third there (22 ms against 51, ext4, 2 cores).
    """
    folder = Path(tempfile.mkdtemp(prefix="zq-", dir=_memory() if fleeting else None))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if roomy and os.access(MEMORY, os.W_OK | os.X_OK) else None


def last_words(log: Path, lines: int = 12) -> str:
    """Return the end of an engine's log."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def open_log(path: Path, limit: int = 10_000_000) -> int:
    """Open a log for appending (0600), the old one set aside once it is over `limit` bytes."""
    if path.exists() and path.stat().st_size > limit:
        path.replace(path.with_suffix(".old.log"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _make(folder: Path) -> None:
    """Make `folder` and what leads to it so that any account may walk there, whatever our umask."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        step.chmod(0o711)


def _reaches(folder: Path, account: Account) -> bool:
    """Say whether `account` may walk to `folder` (the part of it that exists)."""
    return all(_may_enter(p, account) for p in (folder, *folder.parents) if p.exists())


def _may_enter(folder: Path, account: Account) -> bool:
    found = folder.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
