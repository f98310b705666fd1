"""What a citizen is shown first: what is under way, what may be asked, what was told."""

from zhouqiao.edge.portal.pages import citizen as pages
from zhouqiao.edge.portal.pages.asking import Opening
from zhouqiao.edge.portal.show.affair import track
from zhouqiao.edge.portal.show.eye import Eye
from zhouqiao.edge.portal.show.holdings import looks, waiting
from zhouqiao.edge.portal.show.openings import openings
from zhouqiao.edge.portal.show.parts import word
from zhouqiao.flow import case as cases
from zhouqiao.flow import outcome
from zhouqiao.flow.case import Case
from zhouqiao.platform import notice

CLOSED = 5


def home(eye: Eye) -> pages.Home:
    """Return the first page."""
    open_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=True)]
    grants = outcome.grants_of(eye.desk, person=eye.me)
    asks = openings(eye)
    return pages.Home(
        called=eye.known.get("name", ""),
        under_way=tuple(under_way(eye, case) for case in open_),
        waiting=tuple(
            waiting(eye, grant) for grant in grants if grant.state is outcome.State.GRANTED
        ),
        often=asks, matters=len(asks), looked=len(looks(eye)), first=first_of(eye, asks),
    )  # fmt: skip


def first_of(eye: Eye, asks: tuple[Opening, ...]) -> pages.First:
    """Return what an empty page leads to: the one thing to ask for, else all there are."""
    if not asks:
        said = eye.say("home.nobody")
        return pages.First(href="/help", act=eye.say("find.person"), said=said, elder=said)
    if len(asks) > 1:
        return pages.First(
            href="/matters", act=eye.say("home.ask"), said=eye.say("home.nothing_said"),
            elder=eye.say("elder.nothing_said"),
        )  # fmt: skip
    pack, _, procedure = asks[0].href.removeprefix("/ask/").partition(".")
    page = eye.page(pack, procedure)
    act = page("home.ask") if "home.ask" in eye.phrases(pack, procedure) else asks[0].title
    return pages.First(
        href=asks[0].href, act=act, said=page("home.nothing_said"),
        elder=page("elder.nothing_said"),
    )  # fmt: skip


def under_way(eye: Eye, case: Case) -> pages.UnderWay:
    """Return one affair on its way."""
    seen = track(eye, case)
    return pages.UnderWay(
        id=case.id, title=seen.title, status=seen.status, steps=seen.steps, minutes=seen.minutes,
        unit=seen.unit, km=seen.km, promised=seen.promised, far=seen.far, late_by=seen.late_by,
        said=seen.said, to_sign=seen.to_sign, phrases=seen.phrases,
    )  # fmt: skip


def cases_list(eye: Eye) -> pages.UnderWayList:
    """Return all that is under way, and what was lately finished."""
    all_ = [cases.get(eye.desk, one.id) for one in eye.mine(open_only=False)]
    closed = [case for case in all_ if case.is_closed]
    return pages.UnderWayList(
        open=tuple(under_way(eye, case) for case in all_ if not case.is_closed),
        first=first_of(eye, openings(eye)),
        closed=tuple(
            pages.Closed(
                id=case.id, title=eye.title(case), closed_at=case.entered, outcome=_state(eye, case)
            )
            for case in closed[:CLOSED]
        ),
    )


def _state(eye: Eye, case: Case) -> str:
    return word(eye.words, f"{case.pack}.state.{case.procedure}.{case.state}")


def find(eye: Eye, asked: str) -> pages.Find:
    """Return what may be asked for whose words hold what was asked."""
    all_ = openings(eye)
    found = (one for one in all_ if asked.lower() in f"{one.title} {one.said} {one.body}".lower())
    return pages.Find(q=asked, total=len(all_), found=tuple(found))


def inbox(eye: Eye) -> pages.Inbox:
    """Return what was told to the person, newest first."""
    return pages.Inbox(
        messages=tuple(
            pages.Message(
                id=one.id, said=one.words.get(eye.visitor.lang) or next(iter(one.words.values())),
                at=one.sent_at, href=f"/messages/{one.id}", seen=one.read_at is not None,
            )
            for one in notice.inbox(eye.desk, eye.me)
        )
    )  # fmt: skip


def opened(eye: Eye, message: str) -> str:
    """Open a message, which is remembered; return where its reader sees what it is about."""
    about = notice.open_(eye.desk, message).about
    who = eye.desk.subject
    if not about.startswith("case_") or cases.get(eye.desk, about).person == eye.me:
        return f"/cases/{about}" if about.startswith("case_") else "/messages"
    return f"/desk/#/task/{about}" if who.unit else f"/command?case={about}"


def help_(eye: Eye) -> pages.Help:
    """Return whom to ask."""
    return pages.Help(phone="000-0000", hours=eye.say("help.hours"), places=())
