"""Who comes through the door of the portal."""

from zhouqiao.testing.web import Web


def test_a_member_asks_as_themselves(web: Web) -> None:
    fisher = web.member()
    crew = web.member("marine_waste.crew", unit=web.boat("蓝样03"))
    duty = web.member("marine_waste.duty")

    assert web.subject(fisher).reach is None
    assert web.subject(crew).unit is not None
    assert web.subject(duty).reach == ""
    assert fisher.client.get("/api/cases").json() == []


def test_a_stranger_is_shown_the_way_in(web: Web) -> None:
    answer = web.stranger().get("/api/cases", headers={"accept": "application/json"})

    assert answer.status_code == 401
