"""The round of payments: answers are kept, what was accepted is batched, signed batches leave.

Each step is a transaction of its own, so that whatever dies in between, the next round goes on
from what was committed: a batch already made is handed over under the same key, an answer already
kept changes nothing. Answers come first, lest one left over from before meet a payment made anew.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from zhouqiao.base import Clock
from zhouqiao.flow import outcome
from zhouqiao.flow.outcome.payments import Answer, BatchChanged, PaymentFolder, Payments
from zhouqiao.store import Store, system

REFUSED = "示例银行：户名不符 (sample bank: the name does not match)"


@dataclass(frozen=True)
class Payer:
    """Pays what was granted, accepted and signed for in a cell; nobody has to ask."""

    store: Store
    payments: Payments
    cell: str
    seam: Callable[[str], None] = lambda _name: None

    def round(self) -> None:
        """Do one round. Raises `Hindrance` where the payer or the database is out of reach."""
        self._keep_answers()
        with self.store.desk(system(self.cell)) as desk:
            while outcome.request_payments(desk) is not None:
                pass
        self.seam("payments: batched")
        with self.store.desk(system(self.cell)) as desk:
            made = outcome.unsent(desk)
        for batch in made:
            self._hand_over(batch)

    def _keep_answers(self) -> None:
        answers = self.payments.answers()
        if not answers:
            return
        with self.store.desk(system(self.cell)) as desk:
            strays = outcome.settle(desk, answers)
        self.seam("payments: answers kept")
        for one in strays:
            _log(f"an answer fits no payment in flight: {one.key}")
        self.payments.taken()

    def _hand_over(self, batch: outcome.BatchId) -> None:
        try:
            with self.store.desk(system(self.cell)) as desk:
                outcome.send(desk, self.payments, batch)
                self.seam("payments: handed over")
        except BatchChanged:
            _log(f"batch {batch} was handed over before with other contents; it stays here")


@dataclass
class MadeUpBank:
    """The other side of a payment folder, for the demonstration: answers each batch after a while.

    About one payment in ten is sent back, the same ones however often they are asked for.
    """

    folder: PaymentFolder
    clock: Clock
    after: timedelta = timedelta(seconds=20)
    _seen: dict[Path, datetime] = field(default_factory=dict)

    def answer(self) -> None:
        """Answer the batches that have lain long enough and have no answer yet."""
        for path in self.folder.unanswered():
            since = self._seen.setdefault(path, self.clock.now())
            if self.clock.now() - since >= self.after:
                keys = self.folder.keys_in(path)
                self.folder.put_answers(path.name, [_answer(key) for key in keys])


def _answer(key: str) -> Answer:
    good = crc32(key.encode()) % 10 != 0
    return Answer(key=key, paid=good, reason="" if good else REFUSED)


def _log(line: str) -> None:
    print("payments:", line, file=sys.stderr, flush=True)  # noqa: T201 - the log of the node
