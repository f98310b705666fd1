"""PostgreSQL, and nothing but PostgreSQL: desks, the journal, reactions, due times.

is          the one place that knows how rows and facts are kept
hears       nothing
is asked    for a desk (one transaction under row-level security), the journal, a turn of the engine
says        nothing of its own
always true one command = one transaction = rows + facts + due times; the journal only grows;
            reactions see settled facts only, in order per thing; killing anything doubles nothing
"""

from zhouqiao.store.desk import Desk, Pinned, Row, Rows, Tell
from zhouqiao.store.due import Alarm, forget, remind
from zhouqiao.store.engine import Engine, Reaction
from zhouqiao.store.fact import Envelope, Fact, FactId
from zhouqiao.store.journal import FactBook, Told, answering, latest, story
from zhouqiao.store.migrate import Migration, MigrationEdited, migrate
from zhouqiao.store.store import Store
from zhouqiao.store.subject import May, Seat, Subject, system

__all__ = [
    "Alarm",
    "Desk",
    "Engine",
    "Envelope",
    "Fact",
    "FactBook",
    "FactId",
    "May",
    "Migration",
    "MigrationEdited",
    "Pinned",
    "Reaction",
    "Row",
    "Rows",
    "Seat",
    "Store",
    "Subject",
    "Tell",
    "Told",
    "answering",
    "forget",
    "latest",
    "migrate",
    "remind",
    "story",
    "system",
]
