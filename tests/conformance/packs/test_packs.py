"""Every pack we have, held by the suite each pack gets for nothing."""

from pathlib import Path

from packs import lamps, old_tree, penalty, safety_call, underpass
from zhouqiao.app.compose import installed_packs
from zhouqiao.testing.suite import PackSuite
from zhouqiao_systems.government import marine_waste

DRAWINGS = Path(__file__).with_name("diagrams")


class TestPenalty(PackSuite):
    pack = penalty.pack
    drawings = DRAWINGS


class TestSafetyCall(PackSuite):
    pack = safety_call.pack
    drawings = DRAWINGS


class TestLamps(PackSuite):
    pack = lamps.pack
    drawings = DRAWINGS


class TestUnderpass(PackSuite):
    pack = underpass.pack
    drawings = DRAWINGS


class TestOldTree(PackSuite):
    pack = old_tree.pack
    drawings = DRAWINGS


class TestMarineWaste(PackSuite):
    pack = marine_waste.pack
    drawings = DRAWINGS


def test_every_installed_pack_is_held() -> None:
    held = {suite.pack.name for suite in PackSuite.__subclasses__()}

    assert {pack.name for pack in installed_packs()} <= held
