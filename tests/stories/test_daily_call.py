"""The daily call: opened each morning while the arrangement stands, once, and never doubled."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from packs import safety_call
from stories.test_safety_call import PLAN, SECRETS, TOWN, Village
from zhouqiao.flow import case as cases
from zhouqiao.store.engines import Server
from zhouqiao.testing import World, open_world

SEVEN = datetime(2026, 10, 13, 23, tzinfo=UTC)  # 07:00 on the 14th, in Taizhou


@pytest.fixture
def world(server: Server) -> Iterator[World]:
    with open_world(server, [safety_call.pack], start=SEVEN) as found:
        yield found


@pytest.fixture
def village(world: World) -> Village:
    return Village(world)


def proposed(village: Village) -> cases.Case:
    with village.world.desk(village.worker) as desk:
        return cases.open_(
            desk, "safety_call.plan", PLAN, scope=TOWN, key="plan", person=village.elder.person
        )


def agreed(village: Village) -> cases.Case:
    plan = village.world.take(village.elder, proposed(village), "proposed_to_standing")
    village.world.drain()
    return plan


def calls(village: Village) -> list[str]:
    """Return when calls were opened, here."""
    rows = village.world.fetch(
        "SELECT j.recorded_at AS at FROM journal j WHERE kind = 'case.CaseOpened' "
        "AND body::jsonb->>'procedure' = 'call' ORDER BY seq"
    )
    return [f"{row['at'].astimezone(UTC) + timedelta(hours=8):%m-%d %H:%M}" for row in rows]


def said(village: Village, kind: str) -> list[dict[str, Any]]:
    rows = village.world.fetch(
        "SELECT body::jsonb AS body FROM journal WHERE kind = %s ORDER BY seq", f"case.{kind}"
    )
    return [row["body"] for row in rows]


def test_while_it_stands_a_call_is_opened_every_morning_at_nine(village: Village) -> None:
    agreed(village)
    assert calls(village) == []

    for _ in range(3 * 24):
        village.world.later(hours=1)

    assert calls(village) == ["10-14 09:00", "10-15 09:00", "10-16 09:00"]
    assert [one["day"] for one in said(village, "OpenedDaily")] == [
        "2026-10-14", "2026-10-15", "2026-10-16",
    ]  # fmt: skip
    assert said(village, "DaysMissed") == []


def test_the_call_is_about_the_same_person_with_what_was_arranged_and_still_locked(
    village: Village,
) -> None:
    agreed(village)
    village.world.later(hours=3)

    (row,) = village.world.fetch("SELECT id FROM cases WHERE procedure = 'call'")
    call = village.stands(row["id"])
    assert (call.person, call.scope) == (village.elder.person, TOWN)
    village.show(village.elder, call.id, "calling_to_safe", {"mood": "fine"})
    assert village.stands(call.id).state == "safe"
    journal = str(village.world.fetch("SELECT body FROM journal"))
    assert not [one for one in SECRETS if one in journal]


def test_nothing_is_opened_before_it_is_agreed_or_after_it_ended(village: Village) -> None:
    plan = proposed(village)
    village.world.later(days=2)
    assert calls(village) == []
    village.world.take(village.elder, plan, "proposed_to_standing")
    village.world.later(hours=1)
    before = calls(village)

    village.world.take(village.elder, plan, "standing_to_ended")
    for _ in range(3):
        village.world.later(days=1)

    assert calls(village) == before
    assert village.world.fetch("SELECT key FROM due WHERE kind = 'case.daily'") == []


def test_agreed_after_nine_the_first_call_is_the_next_morning(village: Village) -> None:
    village.world.clock.turn(hours=3)
    agreed(village)

    village.world.later(hours=20)
    assert calls(village) == []
    village.world.later(hours=3)

    assert calls(village)[0].startswith("10-15 09:")


def test_days_the_platform_was_not_there_are_said_and_not_made_up_for(village: Village) -> None:
    agreed(village)
    village.world.clock.turn(days=3, hours=4)

    village.world.drain()
    village.world.drain()

    assert calls(village) == ["10-17 11:00"]
    (missed,) = said(village, "DaysMissed")
    assert missed["days"] == ["2026-10-14", "2026-10-15", "2026-10-16"]


def test_back_before_nine_the_missed_days_are_said_and_todays_call_comes_at_nine(
    village: Village,
) -> None:
    agreed(village)
    village.world.clock.turn(days=2)
    village.world.drain()
    assert calls(village) == []
    assert said(village, "DaysMissed")[0]["days"] == ["2026-10-14", "2026-10-15"]

    village.world.later(hours=2)

    assert calls(village) == ["10-16 09:00"]


def test_however_often_it_wakes_on_one_day_one_person_is_called_once(village: Village) -> None:
    plan = agreed(village)
    village.world.later(hours=2)
    body = '{"day": "2026-10-14"}'

    for _ in range(3):
        with village.world.desk() as desk:
            desk.rows.run(
                "UPDATE due SET at = %s, body = %s WHERE kind = 'case.daily' AND key = %s",
                (desk.now(), body, f"{plan.id}/call"),
            )
        village.world.drain()

    assert calls(village) == ["10-14 09:00"]
    assert village.world.fetch("SELECT at FROM due WHERE kind = 'case.daily'") == [
        {"at": SEVEN + timedelta(days=1, hours=2)}
    ]


def test_killed_while_it_opens_the_day_is_opened_once(village: Village) -> None:
    """The opening, its word and the next waking are one transaction: all of it, or none."""
    plan = agreed(village)
    village.world.clock.turn(hours=2)
    with pytest.raises(RuntimeError), village.world.desk() as desk:  # noqa: PT012 - dies before commit
        cases.open_today(desk, f"{plan.id}/call", datetime(2026, 10, 14, tzinfo=UTC).date())
        raise RuntimeError
    assert calls(village) == []

    village.world.drain()
    village.world.drain()

    assert calls(village) == ["10-14 09:00"]


def test_while_the_arrangement_is_suspended_nobody_is_called_and_then_again(
    village: Village,
) -> None:
    plan = agreed(village)
    with village.world.desk(village.worker) as desk:
        cases.suspend(desk, plan.id, "住院")
    village.world.later(hours=3)
    assert calls(village) == []
    with village.world.desk(village.worker) as desk:
        cases.resume(desk, plan.id)

    village.world.later(days=1)

    assert len(calls(village)) == 1


def test_two_arrangements_with_one_person_make_one_call_a_day(village: Village) -> None:
    agreed(village)
    with village.world.desk(village.worker) as desk:
        other = cases.open_(
            desk, "safety_call.plan", PLAN, scope=TOWN, key="again", person=village.elder.person
        )
    village.world.take(village.elder, other, "proposed_to_standing")
    village.world.drain()

    village.world.later(hours=3)

    assert len(calls(village)) == 1
