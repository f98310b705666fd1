"""Payments by files, as many a county treasury still takes them: one CSV a batch.

`out/<batch>.csv` holds `key,payee,amount,currency,purpose` and a last line `TOTAL,<lines>,<sum>`;
the peer puts `in/*.csv` with `key,result,reason` (result `paid` or `returned`) and, if it will, the
`amount` it paid. We move each to `done/` once its answers are kept; one that cannot be read goes to
`bad/`, for a person. A file is written aside, synced and renamed: it is there whole or not at all.
"""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhouqiao.base import Hindrance, Money, Refusal
from zhouqiao.flow.outcome.payments.port import Answer, Batch, BatchChanged

TOTAL = "TOTAL"
HEADER = ("key", "payee", "amount", "currency", "purpose")


@dataclass
class PaymentFolder:
    """A folder shared with whoever pays."""

    root: Path
    _read: list[Path] = field(default_factory=list)

    def send(self, batch: Batch) -> None:
        """Write the batch. Raises `BatchChanged` if it lies there with other contents."""
        text = written(batch)
        try:
            path = self._folder("out") / f"{batch.key}.csv"
            if path.exists():
                if path.read_text("utf-8") != text:
                    raise BatchChanged(batch.key)
                return
            _put_whole(path, text)
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble

    def answers(self) -> Sequence[Answer]:
        """Read every file in `in/`, by name. A line that makes no sense is left for a person."""
        try:
            found = sorted(self._folder("in").glob("*.csv"))
            read = {path: self._answers(path) for path in found}
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble
        self._read = [path for path in found if path.exists()]
        return [answer for path in self._read for answer in read[path]]

    def _answers(self, path: Path) -> list[Answer]:
        try:
            return list(_answers(path))
        except (UnicodeDecodeError, csv.Error):
            path.replace(self._folder("bad") / path.name)
            return []

    def taken(self) -> None:
        """Move what was read to `done/`."""
        try:
            done = self._folder("done")
            for path in self._read:
                path.replace(done / path.name)
        except OSError as trouble:
            raise Hindrance(str(trouble)) from trouble
        self._read = []

    # --- the other side, for whoever plays the bank ---

    def unanswered(self) -> list[Path]:
        """Return the batches that nobody has answered yet, by name."""
        known = {path.name for side in ("in", "done") for path in self._folder(side).glob("*.csv")}
        return sorted(path for path in self._folder("out").glob("*.csv") if path.name not in known)

    def keys_in(self, path: Path) -> list[str]:
        """Return the keys of the payments in a batch's file."""
        with path.open(encoding="utf-8", newline="") as page:
            return [row["key"] for row in csv.DictReader(page) if row["key"] != TOTAL]

    def put_answers(self, name: str, answers: Sequence[Answer]) -> None:
        """Put a file of answers into `in/`."""
        page = io.StringIO(newline="")
        writer = csv.writer(page, lineterminator="\n")
        writer.writerow(("key", "result", "reason", "amount"))
        for one in answers:
            amount = "" if one.amount is None else format(one.amount.yuan, ".2f")
            result = "paid" if one.paid else "returned"
            writer.writerow((one.key, result, one.reason, amount))
        _put_whole(self._folder("in") / name, page.getvalue())

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
    writer.writerow((TOTAL, len(batch.payments), format(batch.total.yuan, ".2f")))
    return page.getvalue()


def _answers(path: Path) -> Iterator[Answer]:
    with path.open(encoding="utf-8-sig", newline="") as page:
        for number, row in enumerate(csv.DictReader(page), start=2):
            if row.get("key") and row.get("result") in ("paid", "returned"):
                line = f"{path.name}:{number}:{row['key']}:{row['result']}"
                yield Answer(
                    key=row["key"], paid=row["result"] == "paid", line=line,
                    reason=(row.get("reason") or "")[:200], amount=_amount(row.get("amount")),
                )  # fmt: skip


def _amount(said: str | None) -> Money | None:
    """Return the sum a line names; one that is no sum is a sum of nothing, and fits no payment."""
    if not said:
        return None
    try:
        return Money.of(said)
    except Refusal:
        return Money.zero()


def _put_whole(path: Path, text: str) -> None:
    aside = path.with_suffix(".part")
    with aside.open("w", encoding="utf-8", newline="") as page:
        page.write(text)
        page.flush()
        os.fsync(page.fileno())
    aside.replace(path)
