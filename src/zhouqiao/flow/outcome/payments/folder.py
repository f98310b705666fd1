"""Payments by files, as many a county treasury still takes them: one CSV a batch.

`out/<batch>.csv` holds `key,payee,amount,currency,purpose` and a last line `TOTAL,<lines>,<sum>`;
the peer puts `in/*.csv` with `key,result,reason` (result `paid` or `returned`) and we move each to
`done/` once its answers are kept. A file is written aside, synced and renamed: it is there whole
or not at all.
"""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhouqiao.base import Hindrance
from zhouqiao.flow.outcome.payments.port import Answer, Batch, BatchChanged

HEADER = ("key", "payee", "amount", "currency", "purpose")


@dataclass
class PaymentFolder:
    """A folder shared with whoever pays."""

    root: Path
    _read: list[Path] = field(default_factory=list)

    def send(self, batch: Batch) -> None:
        """Write the batch. Raises `BatchChanged` if it lies there with other contents."""
        text = written(batch)
        path = self._folder("out") / f"{batch.key}.csv"
        try:
            if path.exists():
                if path.read_text("utf-8") != text:
                    raise BatchChanged(batch.key)
                return
            _put_whole(path, text)
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble

    def answers(self) -> Sequence[Answer]:
        """Read every file in `in/`, by name. A line that makes no sense is left for a person."""
        self._read = sorted(self._folder("in").glob("*.csv"))
        try:
            return [answer for path in self._read for answer in _answers(path)]
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble

    def taken(self) -> None:
        """Move what was read to `done/`."""
        done = self._folder("done")
        for path in self._read:
            path.replace(done / path.name)
        self._read = []

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def written(batch: Batch) -> str:
    """Return a batch as its file says it: the same batch, the same bytes."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADER)
    for one in sorted(batch.payments, key=lambda it: it.key):
        amount = format(one.amount.yuan, ".2f")
        writer.writerow((one.key, one.payee, amount, "CNY", one.purpose))
    writer.writerow(("TOTAL", len(batch.payments), format(batch.total.yuan, ".2f")))
    return page.getvalue()


def _answers(path: Path) -> Iterator[Answer]:
    with path.open(encoding="utf-8-sig", newline="") as page:
        for row in csv.DictReader(page):
            if row.get("key") and row.get("result") in ("paid", "returned"):
                reason = (row.get("reason") or "")[:200]
                yield Answer(key=row["key"], paid=row["result"] == "paid", reason=reason)


def _put_whole(path: Path, text: str) -> None:
    aside = path.with_suffix(".part")
    with aside.open("w", encoding="utf-8", newline="") as page:
        page.write(text)
        page.flush()
        os.fsync(page.fileno())
    aside.replace(path)
