"""A payer that only remembers; for tests."""

from collections.abc import Sequence

from zhouqiao.base import Hindrance
from zhouqiao.flow.outcome.payments.port import Answer, Batch, BatchChanged


class PaymentsInMemory:
    """`batches` by key; `answer` is what it will say; while `is_down` it neither takes nor says."""

    def __init__(self) -> None:
        self.batches: dict[str, Batch] = {}
        self.is_down = False
        self._said: list[Answer] = []
        self._read = 0

    def answer(self, *answers: Answer) -> None:
        """Say these from now on, until they are taken."""
        self._said += answers

    def send(self, batch: Batch) -> None:
        """Remember the batch. Raises `BatchChanged`, `Hindrance`."""
        if self.is_down:
            raise Hindrance("the bank is closed")
        if self.batches.setdefault(batch.key, batch) != batch:
            raise BatchChanged(batch.key)

    def answers(self) -> Sequence[Answer]:
        """Return what was said. Raises `Hindrance`."""
        if self.is_down:
            raise Hindrance("the bank is closed")
        self._read = len(self._said)
        return tuple(self._said)

    def taken(self) -> None:
        """Forget what was read."""
        self._said = self._said[self._read :]
        self._read = 0
