"""Opening cases day by day while an arrangement stands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from zhouqiao.flow.case import repository
from zhouqiao.flow.case.declare import DailySpec
from zhouqiao.flow.case.facts import DaysMissed, OpenedDaily
from zhouqiao.flow.case.model import Case
from zhouqiao.flow.case.service import steps
from zhouqiao.flow.case.service.shapes import shape_of
from zhouqiao.platform.rule import SHANGHAI, local_day
from zhouqiao.store import Desk, forget, remind

DAILY = "case.daily"
DAY = timedelta(days=1)


def arrange(desk: Desk, case_id: str, since: datetime) -> None:
    """Wake for the first day after `since` while the case stands there, and else no more."""
    case = repository.get(desk, case_id)
    for spec in _specs(desk, case):
        if case.state == spec.state:
            first = local_day(since)
            _wake(desk, case, spec, first if since <= _moment(first, spec) else first + DAY)
        else:
            forget(desk, DAILY, _key(case, spec))


def open_today(desk: Desk, key: str, day: date) -> None:
    """Open what is due on `day`, say which days went by unopened, and wake for the next one."""
    name, _, opens = key.partition("/")
    case = repository.get(desk, name, lock=True)
    spec = next((one for one in _specs(desk, case) if one.opens == opens), None)
    if spec is None or case.state != spec.state:
        return
    today, due = local_day(desk.now()), _moment(local_day(desk.now()), spec)
    last = today if desk.now() >= due else today - DAY
    missed = tuple(_days(day, min(last, today - DAY)))
    if missed:
        told = [one.isoformat() for one in missed]
        _tell(desk, case, DaysMissed(case=case.id, opens=spec.opens, days=tuple(told)))
    if last == today and case.phase == "open":
        _open(desk, case, spec, today)
    _wake(desk, case, spec, max(last + DAY, day))


def _open(desk: Desk, case: Case, spec: DailySpec, day: date) -> None:
    subject = "" if case.person else f"{case.id}/"
    key = f"{subject}{case.pack}.{spec.opens}/{day.isoformat()}"
    opened = steps.open_like(desk, case, spec.opens, key=key, source=DAILY)
    if opened is not None:
        fact = OpenedDaily(case=case.id, opened=opened.id, day=day.isoformat())
        _tell(desk, case, fact)


def _specs(desk: Desk, case: Case) -> tuple[DailySpec, ...]:
    return shape_of(desk, case.shape).section("daily", DailySpec)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * n for n in range((last - first).days + 1))


def _wake(desk: Desk, case: Case, spec: DailySpec, day: date) -> None:
    body = {"day": day.isoformat()}
    remind(desk, DAILY, _key(case, spec), at=_moment(day, spec), scope=case.scope, body=body)


def _key(case: Case, spec: DailySpec) -> str:
    return f"{case.id}/{spec.opens}"


def _moment(day: date, spec: DailySpec) -> datetime:
    return datetime.combine(day, spec.time, SHANGHAI).astimezone(UTC)


def _tell(desk: Desk, case: Case, fact: DaysMissed | OpenedDaily) -> None:
    desk.tell(fact, about=case.id, scope=case.scope, person=case.person)
