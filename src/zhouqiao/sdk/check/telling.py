"""Faults of what a pack tells people: to whom, of what, and in words that have room for it."""

import re
from collections.abc import Iterator
from typing import Any

from zhouqiao.flow.case.declare import PLATFORM, Entering
from zhouqiao.flow.outcome.declare import Grant, Granting
from zhouqiao.flow.report.declare import Tell
from zhouqiao.flow.warning.declare import WarnLate
from zhouqiao.platform.notice.declare import Delivered
from zhouqiao.sdk.check.signature import makes, reads
from zhouqiao.sdk.pack import Held, Pack
from zhouqiao.sdk.words import LANGS, pack_words

SLOT = re.compile(r"\{(\w+)")


def findings(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with the notices of a pack."""
    for part in pack.all(Tell):
        yield from _notice(pack, part)


def _notice(pack: Pack, part: Tell[Any]) -> Iterator[str]:
    where, on = f"Tell {part.words!r}", part.on
    if part.whom.value == PLATFORM:
        yield f"{where}: the platform reads nothing; name a role of people"
    if isinstance(on, Granting) and on.fund not in {one.fund for one in pack.all(Grant)}:
        yield f"{where} waits for a grant from {on.fund!r}, which the pack does not make; add it"
    if isinstance(on, WarnLate) and on not in pack.parts:
        yield f"{where} waits for a warning about {on.clock!r} that the pack never gives; add it"
    yield from _words(pack, part, where)
    if part.serves is not None or part.proof is not None:
        yield from _service(pack, part, where)


def _service(pack: Pack, part: Tell[Any], where: str) -> Iterator[str]:
    if part.serves is None or part.proof is None:
        yield f"{where}: say both which step it `serves` by, and what makes the `proof` of that"
        return
    steps = {one.name: one for own in pack.procedures for one in own.steps}
    step, shows = steps.get(part.serves.step), part.serves.shows
    if step is not None and (not isinstance(part.on, Entering) or part.on.state != step.start):
        yield f"{where} serves by {step.name!r}; tell it on entering {step.start.value!r}"
    if pack.roles.get(part.whom) is not Held.PERSON:
        yield f"{where}: a paper is served on whom the case is about; name a role held by a PERSON"
    if shows is None:
        yield f"{where} serves by {part.serves.step!r}, which shows nothing; let it show the proof"
    elif reads(part.proof) is not Delivered or makes(part.proof) is not shows:
        yield f"{where}: its proof must read Delivered and make {shows.__name__}; annotate it so"


def _words(pack: Pack, part: Tell[Any], where: str) -> Iterator[str]:
    said = [pack_words(pack.home, lang).get(f"message.{part.words}", "") for lang in LANGS]
    if not all(one.strip() for one in said):
        yield f"{where} has no words; write message.{part.words} in words.zh.toml and words.en.toml"
    for name in sorted({slot for one in said for slot in SLOT.findall(one)} - set(part.slots)):
        yield f"{where}: nothing fills {{{name}}}; a notice has {', '.join(part.slots)} to tell"
