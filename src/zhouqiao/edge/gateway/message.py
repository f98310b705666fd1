"""What devices say, and how it is read. Pure; every fault of a message is one `Malformed`.

`devices/<cell>/<unit>/position`  {key, lon, lat, happened_at, datum?, accuracy?, speed_kmh?,
                                   course?}
`devices/<cell>/<unit>/ack`       {key, command}
`devices/<cell>/<unit>/evidence`  {key, id, kind, body, lon?, lat?, datum?, happened_at}

`key` is the unit's own (`platform.unit.issue_key`): who has it speaks for that unit, and no other.
"""

import re
from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec

from zhouqiao.base import Datum, Point

TOPIC = re.compile(r"devices\.(\d{6})\.(unit_[0-9a-z]{1,59})\.(position|ack|evidence)")
LARGEST = 64_000  # bytes
KEYS = re.compile(rb'("key"\s*:\s*")[^"]*')

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Word = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Malformed(ValueError):
    """A message that cannot be read. `why` is a stable word."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why, said)
        self.why = why
        self.said = said


class Sender(msgspec.Struct, frozen=True):
    """Whom a topic names: `leaf` is the last part of it."""

    cell: str
    unit: str
    leaf: str


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    key: Short


class Position(_Message, frozen=True, kw_only=True):
    """Where a unit is."""

    LEAF: ClassVar[str] = "position"

    lon: Longitude
    lat: Latitude
    happened_at: Moment
    datum: Datum = Datum.WGS84
    accuracy: Annotated[float, msgspec.Meta(ge=0, lt=100_000)] | None = None
    speed_kmh: Annotated[float, msgspec.Meta(ge=0, lt=2_000)] | None = None
    course: Annotated[float, msgspec.Meta(ge=0, le=360)] | None = None

    @property
    def point(self) -> Point:
        """Where, with datum and accuracy."""
        return Point(lon=self.lon, lat=self.lat, datum=self.datum, accuracy=self.accuracy)


class Ack(_Message, frozen=True, kw_only=True):
    """A command was heard."""

    LEAF: ClassVar[str] = "ack"

    command: Short


class Evidence(_Message, frozen=True, kw_only=True):
    """Something seen or measured; `id` names it at the device, for repeats."""

    LEAF: ClassVar[str] = "evidence"

    id: Short
    kind: Word
    happened_at: Moment
    body: dict[str, Any]
    lon: Longitude | None = None
    lat: Latitude | None = None
    datum: Datum = Datum.WGS84

    @property
    def point(self) -> Point | None:
        """Where, if it was said."""
        if self.lon is None or self.lat is None:
            return None
        return Point(lon=self.lon, lat=self.lat, datum=self.datum)


Said = Position | Ack | Evidence
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    kind.LEAF: msgspec.json.Decoder(kind) for kind in (Position, Ack, Evidence)
}


def sender_of(subject: str) -> Sender:
    """Return whom a NATS subject names. Raises `Malformed`."""
    found = TOPIC.fullmatch(subject)
    if found is None:
        raise Malformed("topic")
    return Sender(*found.groups())


def read(subject: str, data: bytes) -> tuple[Sender, Said]:
    """Return who speaks and what they say. Raises `Malformed`."""
    sender = sender_of(subject)
    if len(data) > LARGEST:
        raise Malformed("too_large")
    try:
        said: Said = _DECODERS[sender.leaf].decode(data)
    except msgspec.ValidationError as wrong:
        raise Malformed("shape", str(wrong)) from wrong
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise Malformed("not_json", str(wrong)) from wrong
    return sender, said


def without_key(data: bytes) -> str:
    """Return a message as it may be kept and shown: its key is never written down."""
    return KEYS.sub(rb"\1***", data[:4_000]).decode(errors="replace")
