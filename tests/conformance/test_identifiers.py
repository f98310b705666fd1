"""Vectors of GB 32100, GB 11643 and GB/T 36904, from public tables and printed examples."""

from datetime import date

import pytest

from zhouqiao.base import Invalid, check_elicence, check_id_card, check_uscc

ROOT = "1.2.156.3005.2"
ELICENCES = [
    "11100000000013338W032.11220000013544541J.2430599.001.F",
    "11100000000013338W011.11430000006122244L.20230000403.001.U",
    "11100000000013338W011.11430000006122244L.20230000403.002.S",
    "11100000000013338W009.11330105002500287C.2025052201.002.0",
    "11100000MB03271699022.340100.000000016.001.9",
]


@pytest.mark.parametrize("short", ELICENCES)
def test_a_genuine_licence_identifier_is_accepted_with_or_without_its_root(short: str):
    assert check_elicence(short) == f"{ROOT}.{short}"
    assert check_elicence(f"{ROOT}.{short}") == f"{ROOT}.{short}"


@pytest.mark.parametrize("short", ELICENCES)
def test_one_changed_digit_of_a_licence_identifier_is_seen(short: str):
    forged = short.replace("00", "01", 1)

    with pytest.raises(Invalid) as refusal:
        check_elicence(forged)

    assert refusal.value.why == "check_character"


@pytest.mark.parametrize("text", ["", "1.2.156", ELICENCES[0][:-2], ELICENCES[0] + "F", "a b"])
def test_what_is_no_licence_identifier_is_refused_by_its_shape(text: str):
    with pytest.raises(Invalid) as refusal:
        check_elicence(text)

    assert refusal.value.why == "shape"


@pytest.mark.parametrize(
    "code",
    [
        "11370800MB28559184",  # the body of a published item code
        "11220000013544541J",
        "11430000006122244L",
        "11330105002500287C",
        "91110000600037341L",  # python-stdnum's own example
    ],
)
def test_a_genuine_credit_code_is_accepted_and_one_changed_character_is_seen(code: str):
    assert check_uscc(f" {code.lower()} ") == code

    with pytest.raises(Invalid) as refusal:
        check_uscc(code[:-2] + ("1" if code[-2] != "1" else "2") + code[-1])

    assert refusal.value.why == "check_character"


def test_a_village_collective_has_a_letter_for_its_authority():
    assert check_uscc("N2331002MF0000001D") == "N2331002MF0000001D"


@pytest.mark.parametrize(
    "code", ["", "1137", "11370800MB2855918I", "1137-0800-MB28559184", "甲乙丙"]
)
def test_what_is_no_credit_code_is_refused_by_its_shape(code: str):
    with pytest.raises(Invalid) as refusal:
        check_uscc(code)

    assert refusal.value.why == "shape"


def test_an_identity_number_with_a_right_check_character_is_accepted():
    assert check_id_card("11010519491231002x") == "11010519491231002X"  # GB 11643's own example


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("110105194912310021", "check_character"),
        ("331002190013450003", "birth_date"),
        ("3310021900010100", "shape"),
        ("331002-19000101-0000", "shape"),
    ],
)
def test_a_wrong_identity_number_is_refused_without_repeating_it(number: str, why: str):
    with pytest.raises(Invalid) as refusal:
        check_id_card(number)

    assert refusal.value.why == why
    assert number not in str(refusal.value)


def test_nobody_is_born_tomorrow():
    with pytest.raises(Invalid) as refusal:
        check_id_card("11010519491231002X", today=date(1949, 12, 30))

    assert refusal.value.why == "birth_date"
