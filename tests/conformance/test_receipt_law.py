"""The receipt of a pickup against 防治船舶污染海洋环境管理条例 §18, which asks for it."""

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from zhouqiao_systems.government import marine_waste
from zhouqiao_systems.government.marine_waste.records import Receipt

PACK = files("zhouqiao_systems.government.marine_waste")
PORTAL = files("zhouqiao.edge.portal").joinpath("words")
# Where a receipt is shown: the page, and the paper.
SHOWN = [
    PORTAL.joinpath("citizen.zh.toml"),
    PORTAL.joinpath("citizen.en.toml"),
    PACK.joinpath("words.zh.toml"),
    PACK.joinpath("words.en.toml"),
]


def note(shown: Traversable, *keys: str) -> str:
    """Return the note of a receipt that stands under one of the keys."""
    receipt = tomllib.loads(shown.read_text("utf-8"))["receipt"]
    return str(next(receipt[key] for key in keys if key in receipt))


def test_it_names_both_parties_begin_and_end_place_kinds_and_quantities() -> None:
    """作业双方名称，作业开始和结束的时间、地点，以及污染物种类、数量."""
    said = set(Receipt.__struct_fields__)

    assert said >= {"ship", "vessel", "begun", "ended", "at", "lines", "total"}


def test_both_sign_it_and_it_is_kept_for_two_years_at_least() -> None:
    """经双方签字确认并留存至少2年."""
    assert set(marine_waste.receipt.signers) == {"fisher", "crew"}
    assert marine_waste.receipt.keep_years >= 2


def test_the_matter_rests_on_the_provision_that_asks_for_a_receipt() -> None:
    assert "防治船舶污染海洋环境管理条例 §18" in marine_waste.pack.matters[0].basis


@pytest.mark.parametrize("shown", SHOWN)
def test_it_sets_no_time_for_objections_that_no_law_sets(shown: Traversable) -> None:
    assert not re.search(r"\d", note(shown, "law_3", "note_objection"))


@pytest.mark.parametrize("shown", SHOWN)
def test_it_does_not_pass_for_the_transfer_form_of_hazardous_waste(shown: Traversable) -> None:
    said = note(shown, "law_2", "note_keep")

    assert "危险废物转移联单" in said or "hazardous waste needs a transfer form of its own" in said
