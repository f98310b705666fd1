"""Who looked at somebody, as they read it: one telling of a name is one look, and no more."""

from typing import Any

from stories.portal.conftest import Acts
from zhouqiao.platform import access
from zhouqiao.testing.web import Member, Web


def sent(web: Web, acts: Acts) -> tuple[Member, Member, str]:
    """A crew sent to whoever asked, and the case."""
    crew = web.member("marine_waste.crew", name="林样本", unit=str(web.boat("蓝样03")))
    fisher = web.member(name="江示例")
    case = acts.ask(fisher)["id"]
    web.world.drain()
    return crew, fisher, case


def heard(crew: Member, **said: Any) -> dict[str, Any]:
    """Ask for a crew's tasks; return the only one."""
    answer = crew.client.get("/api/desk/tasks", params=said, headers=crew.bearer)
    (task,) = answer.json()["tasks"]
    return dict(task)


def looks(web: Web, person: Member) -> int:
    """Count who looked at somebody, as they would read it."""
    with web.world.desk(web.subject(person)) as desk:
        return len(access.who_looked(desk, person.person))


def test_a_desk_that_keeps_a_name_asks_again_and_again_and_looks_once(web: Web, acts: Acts) -> None:
    crew, fisher, case = sent(web, acts)

    first = heard(crew)
    again = [heard(crew, person=crew.person, known=[case]) for _ in range(5)]

    assert first["who"] == "江示例"
    assert [one["who"] for one in again] == [""] * 5
    assert "江示例" not in str(again)
    assert looks(web, fisher) == 1


def test_every_telling_of_a_name_is_a_look(web: Web, acts: Acts) -> None:
    crew, fisher, case = sent(web, acts)

    told = [heard(crew), heard(crew, person=crew.person), heard(crew, known=[case])]
    told += [heard(crew, person="person_00", known=[case])]

    assert {one["who"] for one in told} == {"江示例"}
    assert looks(web, fisher) == len(told)
