"""Reading a table from its file: rows as written, inputs and outcome by the pack's own types."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from zhouqiao.base import to_plain
from zhouqiao.platform.rule.errors import TableFaulty
from zhouqiao.platform.rule.table.asked import NoInput, Reader, readers
from zhouqiao.platform.rule.table.check import faults_of
from zhouqiao.platform.rule.table.decide import I, R, Table
from zhouqiao.platform.rule.table.shape import Hit, Row, Spec, Test


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    valid_from: date
    basis: str
    then: dict[str, Any]
    when: dict[str, Any] = {}
    valid_to: date | None = None
    follows: str | None = None
    assumed: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    hit: Hit
    row: tuple[_Line, ...]
    covers: bool = True


def load(text: str, inputs: type[I], outcome: type[R]) -> Table[I, R]:
    """Read and check a table. Raises `TableFaulty` with every fault found.

    ```toml
    name = "marine_waste.subsidy"
    hit = "unique"
    [[row]]
    id = "oil_2025"
    valid_from = 2025-01-01
    basis = "试行办法 §3"
    when = { kind = ["oil"], mass = { from = { kg = "0" }, below = { kg = "100" } } }
    then = { per_kg = { yuan = "1.20" } }
    ```

    A test is a value, a list of them, or a range with `from` or `above`, `below` or `up_to`; an
    input that is not named is not asked. A row is never edited: a later one `follows` it.
    """
    file = _read(text)
    try:
        known = readers(inputs)
    except NoInput as wrong:
        raise TableFaulty(file.name, (f"inputs: {wrong}",)) from wrong
    faults: list[str] = []
    rows = tuple(_row(line, known, outcome, faults) for line in file.row)
    kinds = {name: reader.given for name, reader in known.items()}
    spec = Spec(name=file.name, hit=file.hit, inputs=kinds, rows=rows, covers=file.covers)
    faults += () if faults else faults_of(spec)
    if faults:
        raise TableFaulty(file.name, tuple(faults))
    return Table(spec, inputs, outcome)


def _read(text: str) -> _File:
    try:
        return msgspec.convert(tomllib.loads(text, parse_float=Decimal), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as wrong:
        raise TableFaulty("?", (f"file: {wrong}",)) from wrong


def _row(
    line: _Line, known: Mapping[str, Reader], outcome: type[msgspec.Struct], faults: list[str]
) -> Row:
    return Row(
        id=line.id,
        valid_from=line.valid_from,
        basis=line.basis,
        then=_then(line, outcome, faults),
        when=_when(line, known, faults),
        valid_to=line.valid_to,
        follows=line.follows,
        assumed=line.assumed,
    )


def _then(line: _Line, outcome: type[msgspec.Struct], faults: list[str]) -> dict[str, Any]:
    try:
        plain: dict[str, Any] = to_plain(msgspec.convert(line.then, outcome))
    except msgspec.ValidationError as wrong:
        faults.append(f"{line.id}: then: {wrong}")
        return {}
    faults += [f"{line.id}: then: no_such_field {name}" for name in line.then if name not in plain]
    return plain


def _when(line: _Line, known: Mapping[str, Reader], faults: list[str]) -> dict[str, Test]:
    tests = {}
    for name, asked in line.when.items():
        if name not in known:
            faults.append(f"{line.id}: when: no_such_input {name}")
            continue
        try:
            tests[name] = known[name].test(asked)
        except (msgspec.ValidationError, ValueError) as wrong:
            faults.append(f"{line.id}: when.{name}: {wrong}")
    return tests
