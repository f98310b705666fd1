"""Forms: a record class made plain, and a plain body checked against it.

is          the reading of what people fill in, by plain specifications that outlive the code
hears       nothing
is asked    `form_of`, `check_form`, `as_record`, `split_personal`, `files_in`, `json_schema`
says        `FormFaults`, which names every fault of a body at once
always true a specification needs no class: bodies of an old pack version stay checkable
"""

from zhouqiao.platform.document.errors import FormFaults
from zhouqiao.platform.document.form.check import check_form, is_drawing, printable
from zhouqiao.platform.document.form.derive import form_of
from zhouqiao.platform.document.form.personal import as_record, files_in, split_personal
from zhouqiao.platform.document.form.schema import json_schema
from zhouqiao.platform.document.form.spec import Field, FormSpec, Kind

__all__ = [
    "Field",
    "FormFaults",
    "FormSpec",
    "Kind",
    "as_record",
    "check_form",
    "files_in",
    "form_of",
    "is_drawing",
    "json_schema",
    "printable",
    "split_personal",
]
