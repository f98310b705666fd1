"""What a record says about a person: put away under their key, a commitment in its place."""

import re
from collections.abc import Mapping
from typing import Any

from zhouqiao.base import Personal, to_plain
from zhouqiao.flow.case.model import ShapeSpec
from zhouqiao.platform.document import SeenBy, content
from zhouqiao.platform.document.form import FormSpec, check_form, files_in, split_personal
from zhouqiao.store import Commitment, Desk, personal

PART = re.compile(r"(\w+)(?:\[(\d+)\])?")


def put_away(
    desk: Desk, shape: ShapeSpec, form: str, record: Mapping[str, Any], *, case: str, seen: SeenBy
) -> dict[str, Any]:
    """Check a record of a case; return what facts and rows may hold of it.

    Personal values are locked under the key of whom the case is about (else the case's own) as
    `<form>.<field>`, and can be read for a purpose by `platform.access` alone. Files belong to the
    case from here on. Raises `FormFaults`, `FileNotAccepted`, and `NoSuchFile` for one that
    nobody or somebody else brought.
    """
    spec = shape.forms[form]
    clean = check_form(spec, record)
    for file, media in files_in(spec, clean):
        content.attach(desk, file, case, seen, media)
    public, private = split_personal(spec, clean)
    if private:
        values = {
            f"{form}.{path}": Personal(str(value), _grade(spec, path))
            for path, value in private.items()
        }
        basis = f"{shape.pack}.{shape.matter}"
        kept = personal.keep(desk, seen.person or case, values, scope=seen.scope, basis=basis)
        for path in private:
            _leave(public, path, kept[f"{form}.{path}"])
    return public


def _grade(spec: FormSpec, path: str) -> int:
    fields = spec.fields
    for name, _ in PART.findall(path):
        field = next(one for one in fields if one.name == name)
        fields = field.fields
    return field.personal or personal.GRADE


def _leave(public: dict[str, Any], path: str, commitment: Commitment) -> None:
    at: Any = public
    *way, (last, _) = PART.findall(path)
    for name, number in way:
        at = at[name][int(number)] if number else at[name]
    at[last] = to_plain(commitment)
