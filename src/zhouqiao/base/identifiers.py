"""Identifiers with check characters: organisations, persons, electronic licences.

Made-up ids in tests and demonstrations carry a right check character too: a wrong one is seen at
once. The arithmetic is python-stdnum's; ours is to say no in our own words.
"""

import re
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_37_36

from zhouqiao.base.refusal import Invalid

ELICENCE_ROOT = "1.2.156.3005.2"
# Registering authority and kind (digits or letters: N is a village's collective economy), then
# the division, then the alphabet without I, O, S, V, Z. python-stdnum's own `validate` refuses
# the letters.
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ELICENCE = re.compile(
    rf"(?:{re.escape(ELICENCE_ROOT)}\.)?"
    r"([0-9A-Z]{21})\.([0-9A-Z]{6,18})\.([0-9A-Z]{1,32})\.([0-9]{3})\.([0-9A-Z])"
)


def check_uscc(code: str, field: str = "uscc") -> str:
    """Return an organisation's unified social credit code (GB 32100), 18 characters, upper case.

    Raises `Invalid` with `why` = `shape` or `check_character`.
    """
    text = code.strip().upper()
    if not _USCC.fullmatch(text):
        raise Invalid(field, "shape")
    if uscc.calc_check_digit(text) != text[-1]:
        raise Invalid(field, "check_character")
    return text


def check_id_card(number: str, field: str = "id_card", today: date | None = None) -> str:
    """Return a resident's identity number (GB 11643), 18 characters, upper case X.

    Its date of birth must exist and, where `today` is given, not lie after it. Raises `Invalid`
    with `why` = `shape`, `birth_date` or `check_character`; never repeats the number.
    """
    text = number.strip().upper()
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", text):
        raise Invalid(field, "shape")
    born = _birth_date(text, field)
    if today is not None and born > today:
        raise Invalid(field, "birth_date")
    if ric.calc_check_digit(text) != text[-1]:
        raise Invalid(field, "check_character")
    return text


def check_elicence(identifier: str, field: str = "elicence") -> str:
    """Return the identifier of an electronic licence (电子证照标识, GB/T 36904), with its root OID.

    Type (21 characters), issuer, serial, version (3 digits) and a check character, ISO 7064 MOD
    37,36 over the first four without dots; the root may be left out. Raises `Invalid` with `why` =
    `shape` or `check_character`.
    """
    found = _ELICENCE.fullmatch(identifier.strip().upper())
    if found is None:
        raise Invalid(field, "shape")
    *parts, check = found.groups()
    if elicence_check_character(*parts) != check:
        raise Invalid(field, "check_character")
    return ".".join((ELICENCE_ROOT, *parts, check))


def elicence_check_character(kind: str, issuer: str, serial: str, version: str) -> str:
    """Return the check character for the four parts of an electronic licence's identifier."""
    return str(mod_37_36.calc_check_digit(kind + issuer + serial + version))


def _birth_date(number: str, field: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as wrong:
        raise Invalid(field, "birth_date") from wrong
