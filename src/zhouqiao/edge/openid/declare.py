"""What may be said of a provider of accounts."""

import re
from collections.abc import Iterator
from enum import StrEnum

import httpx
import msgspec

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
ADDRESS = re.compile(r"https?://[!-~]+")
HOST = re.compile(r"[a-z0-9.:\[\]-]+")
ELSEWHERE = frozenset('\\@#"<>')  # by which two readers of one address see two hosts


class Serves(StrEnum):
    """Whom a provider knows: people for themselves, or those who hold an office."""

    CITIZENS = "citizens"
    OFFICERS = "officers"


class Provider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An OpenID provider by whose word people sign in.

    `name`           the last part of the addresses people are sent back to
    `issuer`         its `iss`, letter by letter
    `client_secret`  "" where it gave none (PKCE alone then proves who asks)
    `zh`, `en`       what the button calls it
    `serves`         a person whom a provider of officers sends acts from their only post at once
    `opens_accounts` whether an unknown person becomes a citizen here; never where officers sign in
    `also_at`        further origins its addresses lie at, where it has more than the issuer's
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    zh: str
    en: str
    serves: Serves = Serves.CITIZENS
    opens_accounts: bool = False
    also_at: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Provider({self.name}, {self.issuer}, ‹secret›)"

    @property
    def origins(self) -> frozenset[str]:
        """Where it may be asked, and people may be sent: `https://id.example`."""
        found = (origin_of(address) for address in (self.issuer, *self.also_at))
        return frozenset(one for one in found if one is not None)

    def label(self, lang: str) -> str:
        """Return what it is called."""
        return self.zh if lang == "zh" else self.en

    def faults(self) -> Iterator[str]:
        """Yield the name of each field that cannot be."""
        if not NAME.fullmatch(self.name):
            yield "name"
        if origin_of(self.issuer) is None or "?" in self.issuer:
            yield "issuer"
        yield from (one for one in ("client_id", "zh", "en") if not getattr(self, one).strip())
        if self.opens_accounts and self.serves is Serves.OFFICERS:
            yield "opens_accounts"
        if any(origin_of(one) is None for one in self.also_at):
            yield "also_at"


def origin_of(address: str) -> str | None:
    """Return the origin of an address we may ask; None: neither https nor loopback, or odd."""
    if not ADDRESS.fullmatch(address) or ELSEWHERE & set(address):
        return None
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return None
    if not HOST.fullmatch(url.netloc.decode()) or (url.scheme == "http" and not _is_here(url)):
        return None
    return f"{url.scheme}://{url.netloc.decode()}"


def _is_here(url: httpx.URL) -> bool:
    return url.host in LOOPBACK
