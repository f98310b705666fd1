"""PostgreSQL, and nothing but PostgreSQL: desks, journal, reactions, seals, secrets, search.

is          the one place that knows how rows and facts are kept
hears       nothing
is asked    for a desk (one transaction under row-level security), the journal, a turn of the
            engine; `personal` to keep and shred, `search` to find, `seal` and `verify`
says        nothing of its own
always true one command = one transaction = rows + facts + due times; the journal only grows;
            reactions see settled facts only, in order per thing; killing anything doubles nothing
"""

from zhouqiao.store import personal, reading, seal, search
from zhouqiao.store.desk import Desk, Pinned, Row, Rows, Tell
from zhouqiao.store.due import Alarm, forget, remind
from zhouqiao.store.engine import Engine, Reaction
from zhouqiao.store.fact import Envelope, Fact, FactId
from zhouqiao.store.journal import FactBook, Told, answering, latest, story
from zhouqiao.store.migrate import Migration, migrate
from zhouqiao.store.personal import Commitment, Erased
from zhouqiao.store.store import Store
from zhouqiao.store.subject import May, Seat, Subject, system
from zhouqiao.store.vault import Vault
from zhouqiao.store.verify import Finding, verify

__all__ = [
    "Alarm",
    "Commitment",
    "Desk",
    "Engine",
    "Envelope",
    "Erased",
    "Fact",
    "FactBook",
    "FactId",
    "Finding",
    "May",
    "Migration",
    "Pinned",
    "Reaction",
    "Row",
    "Rows",
    "Seat",
    "Store",
    "Subject",
    "Tell",
    "Told",
    "Vault",
    "answering",
    "forget",
    "latest",
    "migrate",
    "personal",
    "reading",
    "remind",
    "seal",
    "search",
    "story",
    "system",
    "verify",
]
