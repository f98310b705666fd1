"""A matter's entry in the register, its codes, and what can be wrong with either.

Fields: GB/T 39046-2020 table 4 (numbers in brackets), with what the exchange tables of the
national platform add (visits, version, planned dates). Codes: 31 = the body's credit code (18) +
level (1) + basic code (12), as observed; 24 and 10 as the standard has them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from zhouqiao.base import Id, Invalid, check_uscc, digest
from zhouqiao.platform.matter.declare import (
    Audience,
    CaseKind,
    Channel,
    Exercise,
    MatterKind,
    Span,
    SpecialProcedure,
    Standing,
)
from zhouqiao.platform.rule import Unit, clocks

_BASIC = re.compile(r"[0-9A-Z]{10}|[0-9A-Z]{12}")
_SHORT = re.compile(r"[0-9A-Z]{24}")
_LONG = re.compile(r"([0-9A-Z]{18})([1-7])([0-9A-Z]{12})")
_CASE = re.compile(r"([0-9A-Z]{31})([0-9]{8})([0-9]{4})")
_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


class MatterId(Id):
    """Names a matter through all its versions."""

    prefix = "matter"
    __slots__ = ()


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A body named in an entry: name and unified social credit code."""

    name: str
    uscc: str


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A time to finish in, by law [15-17] or by promise [18-20]."""

    length: int
    unit: Unit = Unit.WORKING
    note: str = ""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What must be handed in [56-64]; what `from_register` names has it and it is not asked for."""

    name: str
    issuer: str = ""
    issue_time: str = ""
    how: str = ""
    where: str = ""
    use: str = ""
    originals: int = 0
    copies: int = 0
    required: bool = True
    from_register: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says about a matter in one version."""

    title: str  # [1]
    basis: tuple[str, ...]  # [6]
    body: Office  # [11, 12]
    valid_from: date
    valid_to: date | None = None
    basic_code: str = ""  # [2]
    code: str = ""  # [3]
    kind: MatterKind = MatterKind.PUBLIC_SERVICE  # [4, 5]
    level: Exercise = Exercise.COUNTY  # [7, 8]
    division_of_power: str = ""  # [9]
    content: str = ""  # [10]
    standing: Standing = Standing.STATUTORY  # [13, 14]
    statutory: Limit | None = None  # [15-17]
    promised: Limit | None = None  # [18-20]
    conditions: str = ""  # [21]
    flow: str = ""  # [22]
    joint_bodies: tuple[Office, ...] = ()  # [23, 24]
    undertaking: tuple[Office, ...] = ()  # [25, 26]
    intermediaries: str = ""  # [27]
    quantity_limit: str = ""  # [28]
    result: str = ""  # [29]
    result_sample: str = ""  # [30] hash of a file
    fee_basis: str | None = None  # [31, 32] None: free of charge
    span: Span = Span.COUNTY  # [33]
    audience: tuple[Audience, ...] = (Audience.PERSON,)  # [34, 35]
    theme: str = ""  # [36]
    corporate_themes: tuple[str, ...] = ()  # [37]
    personal_themes: tuple[str, ...] = ()  # [38]
    channels: tuple[Channel, ...] = (Channel.COUNTER, Channel.PHONE)  # [39, 40]
    special_procedures: tuple[SpecialProcedure, ...] = ()  # [41]
    jurisdiction: str = ""  # [42]
    jurisdiction_code: str = ""  # [43]
    bookable: bool = False  # [44]
    paid_online: bool = False  # [45]
    shipped: bool = False  # [46]
    online: bool = True  # [47]
    online_address: str = ""  # [48]
    system_level: str = ""  # [49]
    place: str = ""  # [50]
    hours: str = ""  # [51]
    consultation: str = ""  # [52]
    consultation_phone: str = ""  # [53]
    supervision_phone: str = ""  # [54]
    questions: str = ""  # [55]
    materials: tuple[Material, ...] = ()  # [56-64]
    case_kind: CaseKind = CaseKind.PROMISED
    clocks: tuple[str, ...] = ()
    visits: int = 0

    @property
    def mark(self) -> str:
        """Return the content hash."""
        return digest(self)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it stands in the register for ever; cases pin `name` and `version`."""

    id: MatterId
    name: str
    version: int
    scope: str
    entry: Entry
    because: str
    recorded_at: datetime

    def in_force(self, day: date) -> bool:
        """Say whether it may be done on that day, by this version."""
        until = self.entry.valid_to
        return self.entry.valid_from <= day and (until is None or day <= until)


class ItemCode(NamedTuple):
    """An 实施编码 taken apart; of 24 characters nothing is known but themselves."""

    text: str
    uscc: str = ""
    level: Exercise | None = None
    basic: str = ""


class CaseNumber(NamedTuple):
    """A 办件编号 taken apart."""

    code: ItemCode
    day: date
    serial: int


def check_basic_code(code: str, field: str = "basic_code") -> str:
    """Return a 基本编码 of 12 or 10 characters, upper case. Raises `Invalid`."""
    text = code.strip().upper()
    if not _BASIC.fullmatch(text):
        raise Invalid(field, "shape")
    return text


def check_item_code(code: str, field: str = "code") -> ItemCode:
    """Return an 实施编码 of 31 or 24 characters, taken apart. Raises `Invalid`.

    `why` = `shape`, or what is wrong with the credit code it begins with.
    """
    text = code.strip().upper()
    if _SHORT.fullmatch(text):
        return ItemCode(text)
    found = _LONG.fullmatch(text)
    if found is None:
        raise Invalid(field, "shape")
    uscc, level, basic = found.groups()
    return ItemCode(text, check_uscc(uscc, field), Exercise(level), basic)


def item_code(uscc: str, level: Exercise, basic: str) -> str:
    """Return the 实施编码 of 31 characters. Raises `Invalid`."""
    return check_item_code(check_uscc(uscc) + level + basic.strip().upper()).text


def case_number(code: str, day: date, serial: int) -> str:
    """Return the 办件编号: item code (31) + yyyyMMdd + serial of the day (4). Raises `Invalid`."""
    if not 1 <= serial <= 9999:
        raise Invalid("serial", "range", low=1, high=9999)
    return (
        check_case_number(f"{code}{day:%Y%m%d}{serial:04}").code.text + f"{day:%Y%m%d}{serial:04}"
    )


def check_case_number(number: str, field: str = "case_number") -> CaseNumber:
    """Return a 办件编号 taken apart. Raises `Invalid`."""
    found = _CASE.fullmatch(number.strip().upper())
    if found is None:
        raise Invalid(field, "shape")
    code, day, serial = found.groups()
    try:
        return CaseNumber(check_item_code(code, field), _day(day), int(serial))
    except ValueError as wrong:
        raise Invalid(field, "date") from wrong


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def faults_of(name: str, entry: Entry) -> tuple[str, ...]:
    """Return everything wrong with an entry, as `field: why`."""
    if not _NAME.fullmatch(name):
        return ("name: shape",)
    return (*_wrong_text(entry), *_wrong_law(entry), *_wrong_codes(entry), *_wrong_materials(entry))


# The longest text the standard allows.
_LONGEST = {
    "title": 200, "division_of_power": 1000, "intermediaries": 2000, "quantity_limit": 200,
    "result": 100, "theme": 200, "jurisdiction": 20, "jurisdiction_code": 10, "place": 100,
    "hours": 150, "consultation_phone": 18, "supervision_phone": 18, "questions": 1000,
}  # fmt: skip


def _wrong_text(entry: Entry) -> Iterator[str]:
    if not entry.title.strip():
        yield "title: missing"
    for field, most in _LONGEST.items():
        if len(getattr(entry, field)) > most:
            yield f"{field}: longer_than {most}"


def _wrong_law(entry: Entry) -> Iterator[str]:
    if not any(one.strip() for one in entry.basis):
        yield "basis: missing"
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        yield "valid_to: before_valid_from"
    if entry.fee_basis is not None and not entry.fee_basis.strip():
        yield "fee_basis: missing"
    yield from (f"clocks: unknown {one}" for one in entry.clocks if one not in clocks())
    yield from _wrong_promise(entry)


def _wrong_promise(entry: Entry) -> Iterator[str]:
    """Tell a promise that is longer than the law allows (跑一次规定 §12)."""
    law, ours = entry.statutory, entry.promised
    for field, limit in (("statutory", law), ("promised", ours)):
        if limit is not None and limit.length < 0:
            yield f"{field}: negative"
    if law is not None and ours is not None:
        if law.unit is not ours.unit:
            yield "promised: other_unit_than_the_law"
        elif ours.length > law.length:
            yield "promised: longer_than_the_law"


def _wrong_codes(entry: Entry) -> Iterator[str]:
    for office in (entry.body, *entry.joint_bodies, *entry.undertaking):
        yield from _told(check_uscc, office.uscc)
    if entry.basic_code:
        yield from _told(check_basic_code, entry.basic_code)
    if not entry.code:
        return
    wrong = [*_told(check_item_code, entry.code)]
    yield from wrong or _at_odds(check_item_code(entry.code), entry)


def _told(check: Callable[[str], object], text: str) -> Iterator[str]:
    try:
        check(text)
    except Invalid as wrong:
        yield f"{wrong.field}: {wrong.why}"


def _at_odds(code: ItemCode, entry: Entry) -> Iterator[str]:
    if not code.uscc:
        return
    if code.uscc != entry.body.uscc:
        yield "code: other_body"
    if code.level is not entry.level:
        yield "code: other_level"
    if entry.basic_code and code.basic != entry.basic_code:
        yield "code: other_basic_code"


def _wrong_materials(entry: Entry) -> Iterator[str]:
    for nth, material in enumerate(entry.materials, 1):
        if not material.name.strip() or len(material.name) > 200:
            yield f"materials.{nth}.name: shape"
        if not (0 <= material.originals <= 99 and 0 <= material.copies <= 99):
            yield f"materials.{nth}: count"
        if material.required and material.from_register:
            yield f"materials.{nth}: asked_for_what_{material.from_register}_knows"
