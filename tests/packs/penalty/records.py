"""What officers, reviewers, leaders and the party show in a penalty case."""

from datetime import date
from typing import Annotated

from zhouqiao.sdk import (
    ON_PAPER,
    Delivered,
    Grade,
    Length,
    Money,
    Personal,
    Proof,
    record,
    rule,
    served_on,
)  # fmt: skip

Text = Annotated[str, Length(300, 2)]


@record
class Clue:
    """What was reported or seen, where, and whom it is about."""

    what: Text
    place: Text
    name: Annotated[Personal[str], Grade(2)]


@record
class Note:
    """What was found, kept, asked, heard or agreed, and why."""

    text: Text


@record
class Findings:
    """The facts, the evidence, the rule broken."""

    facts: Text
    evidence: Text
    broken: Text


@record
class Penalty:
    """The penalty, its number (before it is decided: of the notice) and its basis."""

    number: Text
    fine: Money
    basis: Text


@record
class Limits:
    """What is in force: from how much a party may ask for a hearing, and the heads must meet."""

    heavy: Money


@record
class Hearing:
    """Where and on which day the hearing will be."""

    place: Text
    day: date


@record
class Service:
    """送达回证: how and on which day the decision came to the party, and who signed or saw it."""

    way: Proof
    day: date
    who: Text


@record
class Payment:
    """The bank's slip."""

    fine: Money
    slip: Text


@rule("brief", 1)
def brief(clue: Clue) -> str:  # what it is about; never whom
    return clue.what


@rule("heavy", 1)
def heavy(penalty: Penalty, limits: Limits) -> bool:  # 较大数额罚款: 处罚法 §57, §63
    return penalty.fine >= limits.heavy


@rule("on", 1)
def on(hearing: Hearing) -> date:
    return hearing.day


@rule("served", 1)
def served(service: Service) -> date:  # announced: once the announcement ran its term
    return served_on(service.way, service.day)


@rule("by_hand", 1)
def by_hand(service: Service) -> bool:  # in the inbox only by consent: 处罚法 §61
    return service.way in ON_PAPER


@rule("inbox", 1)
def inbox(it: Delivered) -> Service:
    return Service(way=it.proof, day=it.day, who=it.notice)


@rule("as_shown", 1)
def as_shown(service: Service) -> Service:
    return service
