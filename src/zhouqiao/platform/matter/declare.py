"""What may be said about a matter (事项): code tables of GB/T 39046-2020, a pack's own words.

Each enum's values are the codes of the standard's appendix A, so that they travel as they are.
"""

from enum import StrEnum

import msgspec

from zhouqiao.base import Invalid


class MatterKind(StrEnum):
    """A.1 事项类型. 11-19 and 21 on are free for further kinds of the house."""

    POWER = "00"
    LICENCE = "01"
    PENALTY = "02"
    COERCION = "03"
    LEVY = "04"
    BENEFIT = "05"
    INSPECTION = "06"
    CONFIRMATION = "07"
    REWARD = "08"
    ADJUDICATION = "09"
    OTHER = "10"
    PUBLIC_SERVICE = "20"


class Exercise(StrEnum):
    """A.2 行使层级: at which level the power is exercised."""

    NATION = "1"
    PROVINCE = "2"
    CITY = "3"
    COUNTY = "4"
    TOWN = "5"
    VILLAGE = "6"
    GRADED = "7"


class Standing(StrEnum):
    """A.3 实施主体性质: by what right the body acts."""

    STATUTORY = "1"
    AUTHORISED = "2"
    ENTRUSTED = "3"
    OTHER = "9"


class Audience(StrEnum):
    """A.4 服务对象: whom it is for."""

    PERSON = "1"
    ENTERPRISE = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    AUTHORITY = "5"
    OTHER = "6"


class Channel(StrEnum):
    """A.5 办理形式: how it may be asked for."""

    COUNTER = "1"
    COMPUTER = "2"
    PHONE = "3"
    POST = "4"
    OTHER = "9"


class CaseKind(StrEnum):
    """A.6 办件类型: done at once, or promised by a time."""

    AT_ONCE = "1"
    PROMISED = "2"
    OTHER = "9"


class SpecialProcedure(StrEnum):
    """A.7 特别程序种类: the time is lengthened, or (any other) is not counted."""

    EXTENSION = "1"
    OTHER = "2"


class Satisfaction(StrEnum):
    """A.8 满意度. 4 and 5 are a bad rating (差评) that must be put right."""

    VERY_SATISFIED = "1"
    SATISFIED = "2"
    ACCEPTABLE = "3"
    DISSATISFIED = "4"
    VERY_DISSATISFIED = "5"

    @property
    def is_bad(self) -> bool:
        """Say whether it must be answered and put right."""
        return self in (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


class Span(StrEnum):
    """通办范围: how far from home it may be asked for (field 33; the standard gives no codes)."""

    COUNTY = "county"
    ACROSS_COUNTIES = "across_counties"
    ACROSS_CITIES = "across_cities"
    ACROSS_PROVINCES = "across_provinces"
    NATION = "nation"


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A matter a pack sees through: what may be done, under which law, by what sort of body.

    `name` plain lower case, in the register `<pack>.<name>`; `basis` the provisions, never none;
    `code` its 基本编码 (12 or 10 characters) where one was allotted; `title` the key of its name in
    the pack's words; `clocks` the names of the legal clocks it runs by. Raises `Invalid`.
    """

    name: str
    basis: tuple[str, ...]
    kind: MatterKind = MatterKind.PUBLIC_SERVICE
    body_kind: str = "department"
    level: Exercise = Exercise.COUNTY
    standing: Standing = Standing.STATUTORY
    code: str = ""
    title: str = ""
    clocks: tuple[str, ...] = ()
    audience: tuple[Audience, ...] = (Audience.PERSON,)
    case_kind: CaseKind = CaseKind.PROMISED

    def __post_init__(self) -> None:
        """Refuse a code that cannot be one; `check` tells what else is missing."""
        if self.code and not (self.code.isalnum() and len(self.code) in (10, 12)):
            raise Invalid("code", "length", allowed="10, 12")

    @property
    def title_key(self) -> str:
        """Return the key of its name in the pack's words."""
        return self.title or f"matter.{self.name}"
