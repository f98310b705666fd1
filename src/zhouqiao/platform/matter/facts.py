"""What the register of matters tells the world. All of it is public."""

from datetime import date

from zhouqiao.store import Fact


class MatterRegistered(Fact, frozen=True, kw_only=True):
    """A matter may be done from `valid_from` on."""

    matter: str
    name: str
    code: str
    mark: str
    valid_from: date


class MatterRevised(Fact, frozen=True, kw_only=True):
    """A new version follows; cases begun under the old one keep it."""

    matter: str
    name: str
    version: int
    mark: str
    valid_from: date
    because: str


class MatterRetired(Fact, frozen=True, kw_only=True):
    """The matter is done for the last time on `valid_to`."""

    matter: str
    name: str
    version: int
    valid_to: date
    because: str
