"""What officers, reviewers, leaders and the party show in a penalty case."""

from datetime import date
from typing import Annotated

from zhouqiao.sdk import Grade, Length, Money, Personal, record, rule

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
class Service:
    """How, and on which day: when the decision reached the party, when the hearing will be."""

    way: Text
    day: date


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
def on(service: Service) -> date:  # of the hearing, of the service
    return service.day
