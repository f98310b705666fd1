"""Stories of signing for a batch of payments, on its page."""

from pathlib import Path

import pytest

from stories.portal.handover import HANDOVER, HERE, pen
from stories.portal.test_authorisation import RAW, act, asked, on_duty
from zhouqiao.app.pay import Payer
from zhouqiao.edge.portal.show.files import store_of
from zhouqiao.flow import outcome
from zhouqiao.flow.outcome.payments import PaymentFolder
from zhouqiao.platform.document import SeenBy
from zhouqiao.platform.document.content import Accept, keep_file
from zhouqiao.testing.web import Member, Web

PAGE = "/payments"


@pytest.fixture
def payer(web: Web, tmp_path: Path) -> Payer:
    """What pays in this house, into a folder."""
    return Payer(web.world.platform.store, PaymentFolder(tmp_path), web.world.cell)


@pytest.fixture
def waiting(web: Web, payer: Payer) -> str:
    """A batch of one payment, accepted by a fisher, that nobody has signed for."""
    boat = str(web.boat("蓝样03"))
    crew, owner = web.member("marine_waste.crew", name="林样本", unit=boat), web.member()
    on_duty(web, boat)
    with web.world.desk(web.subject(owner)) as desk:
        keep_file(desk, store_of(desk), RAW, "", SeenBy(scope=f"own/{web.world.cell}"), Accept())
    case = asked(web, owner, "first")
    act(crew, case, "sent_to_under_way")
    act(crew, case, "under_way_to_met", record={"place": HERE})
    hands = [pen(web, case, "crew", crew), pen(web, case, "fisher", owner)]
    act(crew, case, "met_to_handed_over", record=HANDOVER, signatures=hands)
    web.world.drain()
    with web.world.desk(web.subject(owner)) as desk:
        outcome.accept(desk, outcome.grants_of(desk, case=case)[0].id)
    payer.round()
    with web.world.desk() as desk:
        (batch,) = outcome.to_sign(desk)
    return str(batch.id)


def sent(tmp_path: Path) -> list[str]:
    """Return the batches the bank has."""
    return [path.stem for path in (tmp_path / "out").glob("*.csv")]


def sign(who: Member, batch: str) -> int:
    """Sign for a batch; return what came back."""
    answer = who.client.post(
        f"{PAGE}/{batch}/sign", data={"csrf": who.csrf}, follow_redirects=False
    )
    return answer.status_code


def test_a_leader_sees_the_sum_and_the_count_signs_and_only_then_it_leaves(
    web: Web, payer: Payer, waiting: str, tmp_path: Path
) -> None:
    leader = web.member("kernel.leader", name="钱负样")
    with web.world.desk(web.subject(leader)) as desk:
        (batch,) = outcome.to_sign(desk)
    page = leader.client.get(PAGE).text
    payer.round()
    before = sent(tmp_path)

    signed = sign(leader, waiting)
    payer.round()

    assert "1 笔" in page
    assert f"{batch.total.yuan:.2f}" in page
    assert (signed, before, sent(tmp_path)) == (303, [], [waiting])
    assert "没有等签字的付款" in leader.client.get(PAGE).text


@pytest.mark.parametrize("role", ["", "marine_waste.duty", "kernel.engineer", "kernel.steward"])
def test_nobody_else_sees_or_signs(web: Web, waiting: str, role: str) -> None:
    other = web.member(role)

    assert other.client.get(PAGE).status_code == 403
    assert sign(other, waiting) == 403
    with web.world.desk() as desk:
        assert outcome.unsent(desk) == []


def test_a_form_of_another_page_signs_nothing(web: Web, waiting: str) -> None:
    leader = web.member("kernel.leader")

    answer = leader.client.post(f"{PAGE}/{waiting}/sign", data={"csrf": "of somebody else"})

    assert answer.status_code == 403
    with web.world.desk() as desk:
        assert outcome.unsent(desk) == []
