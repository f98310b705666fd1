"""What this stage tells the world; nothing personal, no contents."""

from zhouqiao.store import Fact


class PaperIssued(Fact, frozen=True, kw_only=True):
    """A paper has its number and its first seal. `paper` is `<pack>.<name>`."""

    id: str
    number: str
    paper: str
    shape: str
    digest: str
    quotes: tuple[str, ...] = ()


class PaperRevoked(Fact, frozen=True, kw_only=True):
    """A paper no longer counts; `why` is a word key of the pack or the officer's words."""

    id: str
    number: str
    paper: str
    why: str


class KeyMade(Fact, frozen=True, kw_only=True):
    """A key is in force for `holder`, at `level` (`demo` says: proves integrity only)."""

    id: str
    holder: str
    profile: str
    level: str


class FileKept(Fact, frozen=True, kw_only=True):
    """Bytes were kept; `media` told from the bytes themselves."""

    id: str
    sha256: str
    size: int
    media: str
