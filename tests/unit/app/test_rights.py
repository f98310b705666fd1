"""What the roles of packs may do, as it is put together from what packs say."""

from packs import penalty
from zhouqiao.app.compose import loaded, rights_of
from zhouqiao.platform.access.declare import Right


def test_only_whom_a_pack_names_may_extend_a_time() -> None:
    rights = [one for one in rights_of(loaded([penalty.pack])) if one.action == "case.extend"]

    assert rights == [
        Right(role="penalty.chief", action="case.extend"),
        Right(role="penalty.tribunal", action="case.extend"),
    ]
