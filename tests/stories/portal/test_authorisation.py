"""Every route of the site for every kind of person: one table, and a route without a row fails."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar

from stories.portal.handover import HANDOVER, HERE, pen
from zhouqiao.base import Personal
from zhouqiao.edge.portal.show.files import store_of
from zhouqiao.flow import outcome
from zhouqiao.platform import identity
from zhouqiao.platform import unit as units
from zhouqiao.platform.document import SeenBy
from zhouqiao.platform.document.content import Accept, keep_file
from zhouqiao.platform.identity import Breadth
from zhouqiao.platform.unit import Shift, UnitId
from zhouqiao.testing.issuer import issuer_on_loopback
from zhouqiao.testing.pictures import jpeg
from zhouqiao.testing.web import PASSWORD, Member, Web

TABLE = Path(__file__).with_name("authorisation.txt")
REQUEST: dict[str, Any] = {
    "procedure": "marine_waste.pickup", "record": {
        "vessel": "浙椒渔00000", "place": HERE,
        "kinds": [{"kind": "plastic", "mass": {"kg": "12"}}],
    },
}  # fmt: skip

UPLOADS = {
    "tus-resumable": "1.0.0", "upload-length": "9", "upload-offset": "0",
    "content-type": "application/offset+octet-stream", "x-http-method-override": "PATCH",
}  # fmt: skip
RAW = jpeg(50)
PHOTO = f"file_{hashlib.sha256(RAW).hexdigest()}"

# In this order, so that whoever may do a thing does it after all who may not have tried.
ROLES = (
    "nobody", "another citizen", "another crew", "officer elsewhere", "steward", "engineer",
    "admin", "supervisor", "duty", "owner", "crew",
)  # fmt: skip
LEAVES_NOTHING_TO_TRY = {
    "/live": "a stream without end: test_live.py",
    "/static/{file_path:path}": "files anybody may have",
    "/api/schema": "our description of ourselves",
}


@dataclass
class County:
    """Who is there, and what they are there about: a case under way, and one handed over."""

    web: Web
    people: dict[str, Member | None]
    under_way: str
    handed_over: str
    paper: str
    grant: str
    upload: str
    account: str

    def address(self, path: str) -> str:
        """Return a route's address with what it is about filled in."""
        about = self.handed_over if path.endswith("/rate") else self.under_way
        for hole, value in (
            ("{case:str}", about), ("{step:str}", "sent_to_under_way"), ("{paper:str}", self.paper),
            ("{grant:str}", self.grant), ("{batch:str}", "batch_00"),
            ("{matter:str}", "marine_waste.pickup"),
            ("{message:str}", "notice_00"), ("{position:int}", "1"), ("{item:str}", "task.x-1"),
            ("{act:str}", "suspend"), ("{name:str}", self.named(path)),
            ("{upload:str}", self.upload), ("{file:str}", PHOTO), ("{provider:str}", "province"),
            ("/api/search", "/api/search?q=浙椒渔"),
        ):  # fmt: skip
            path = path.replace(hole, value)
        return path

    @property
    def crew(self) -> str:
        """Who crews the boat."""
        crew = self.people["crew"]
        assert crew is not None
        return crew.person

    def named(self, path: str) -> str:
        """Return a figure or a pack that is there."""
        return "marine_waste" if "packs" in path else "typical"


def test_every_route_answers_every_kind_of_person_as_the_table_says(county: "County") -> None:
    written, seen = table(), dict(observed(county))

    missing = sorted(set(seen) - set(written))
    assert not missing, f"say in {TABLE.name} who may: " + "\n".join(
        f"{name:<58} {seen[name]}" for name in missing
    )
    assert not set(written) - set(seen), "rows of routes that are gone"
    wrong = [
        f"{name:<58} {found}, not {written[name]}"
        for name, found in seen.items()
        if found != written[name]
    ]
    assert not wrong, "\n".join(wrong)


def table() -> dict[str, str]:
    """Read the table: a route, then a letter for each kind of person."""
    lines = (one.partition("#")[0].rstrip() for one in TABLE.read_text("utf-8").splitlines())
    return {line[:58].rstrip(): line[58:].strip() for line in lines if line}


def observed(county: "County") -> Iterator[tuple[str, str]]:
    """Try every route as everybody."""
    for method, path in routes(county.web.app):
        letters = [tried(county, role, method, path) for role in ROLES]
        yield f"{method} {path}", " ".join(letters)


def routes(app: Litestar) -> list[tuple[str, str]]:
    """Return every route to try: reading first, leaving last."""
    found = [
        (method, route.path)
        for route in app.routes
        for method in route.methods
        if method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
        and not any(route.path.startswith(one) for one in LEAVES_NOTHING_TO_TRY)
    ]
    last = {"/sign-out", "DELETE"}
    return sorted(
        found,
        key=lambda one: (one[1] in last, one[0] in last, one[0] != "GET", one[1], one[0]),
    )


def tried(county: "County", role: str, method: str, path: str) -> str:
    """Try one route as one person; return a letter for what came back."""
    who = county.people[role]
    fresh = who is None or path in {"/sign-in", "/api/session"}
    client = county.web.stranger() if fresh else who.client
    api = path.startswith("/api/")
    headers = {"accept": "application/json" if api else "text/html"}
    headers |= {} if who is None else {"x-csrf-token": who.csrf}
    headers |= UPLOADS if path.startswith("/api/files") else {}
    body = {} if method == "GET" else sent(county, role, path)
    answer = client.request(
        method, county.address(path), headers=headers, follow_redirects=False, **body
    )
    return letter(path, answer)


def sent(county: "County", role: str, path: str) -> dict[str, Any]:
    """Return a body that would do, so that nobody is refused for how it is written."""
    step = {
        "case": county.under_way, "step": "under_way_to_met", "client_id": f"i {role}",
        "body": {"record": {"place": HERE}},
    }  # fmt: skip
    key = {"crv": "Ed25519", "kty": "OKP", "x": url_safe(role[:1].encode() * 32)}
    thumb = hashlib.sha256(json.dumps(key, separators=(",", ":")).encode()).digest()
    whole: dict[str, dict[str, Any]] = {
        "/api/session": {"login": "elsewhere", "password": PASSWORD},
        "/api/cases": REQUEST | {"key": f"new {role}"},
        "/api/cases/{case:str}/steps/{step:str}": {"key": f"step {role}"},
        "/api/intents": {"intents": [step]},
        "/api/desk/keys": {
            "id": url_safe(thumb),
            "alg": "Ed25519",
            "key": key,
        },
    }
    if path.startswith("/api/files"):
        return {"content": b""}
    if path.startswith("/api/"):
        return {"json": whole.get(path, {})}
    forms = {
        "/cases/{case:str}/rate": {"score": "good", "words": ""},
        "/command/cases/{case:str}/{act:str}": {"reason": "等潮水"},
        "/me/devices/revoke": {"handset": "handset_00"},
        "/command/devices/unit": {"unit": "unit_00"},
        "/command/devices/code": {"person": county.crew},
        "/command/devices/revoke": {"person": county.crew, "handset": "handset_00"},
        "/me/password": {"old": PASSWORD, "new": PASSWORD, "again": "another"},
        "/sign-in": {"handle": "elsewhere", "password": PASSWORD},
        "/console/accounts": {"login": county.account},
        "/console/accounts/end": {"login": county.account},
        "/console/accounts/reset": {"login": county.account},
    }
    return {"data": forms.get(path, {"x": "1"})}


def url_safe(raw: bytes) -> str:
    """Return bytes as the web writes them."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def letter(path: str, answer: Any) -> str:
    """Say in one letter what came back."""
    if path == "/api/intents" and answer.is_success:
        return "+" if answer.json()["results"][0]["status"] == "done" else "x"
    if answer.is_redirect:
        away = answer.headers["location"].startswith("/sign-in") and path != "/sign-out"
        return "!" if away else "+"
    known = {401: "!", 403: "x", 404: "?", 503: "w"}
    if answer.status_code in known:
        return known[answer.status_code]
    return "+" if answer.is_success else "~" if answer.is_client_error else "FAULT"


@pytest.fixture
def county(web: Web) -> Iterator["County"]:
    """Everybody, one case whose boat was sent, one handed over, and a provider of accounts."""
    with issuer_on_loopback(web.world.clock) as issuer:
        web.portal.providers = (issuer.provider(),)
        yield peopled(web)


def peopled(web: Web) -> "County":
    """Make everybody and everything up."""
    own, other = str(web.boat("蓝样03", 121.64, 28.62)), str(web.boat("蓝样04", 121.5, 28.668))
    people: dict[str, Member | None] = {
        "nobody": None,
        "another citizen": web.member(name="王样例"),
        "another crew": web.member("marine_waste.crew", name="林样本四", unit=other),
        "officer elsewhere": elsewhere(web),
        "steward": web.member("kernel.steward", name="郑数样"),
        "engineer": web.member("kernel.engineer", name="吴工样"),
        "admin": web.member("kernel.admin", name="钱管样"),
        "supervisor": web.member("marine_waste.supervisor", name="周带班"),
        "duty": web.member("marine_waste.duty", name="陈值班"),
        "owner": web.member(),
        "crew": web.member("marine_waste.crew", name="林样本", unit=own),
    }
    owner, crew = people["owner"], people["crew"]
    assert owner is not None
    assert crew is not None
    on_duty(web, own)
    with web.world.desk(web.subject(owner)) as desk:
        seen = SeenBy(scope=f"own/{web.world.cell}")
        keep_file(desk, store_of(desk), RAW, "", seen, Accept())
    first = asked(web, owner, "first")
    act(crew, first, "sent_to_under_way")
    act(crew, first, "under_way_to_met", record={"place": HERE})
    hands = [pen(web, first, "crew", crew), pen(web, first, "fisher", owner)]
    act(crew, first, "met_to_handed_over", record=HANDOVER, signatures=hands)
    web.world.drain()
    second = asked(web, owner, "second")
    begun = owner.client.post("/api/files", headers=UPLOADS | owner.bearer)
    with web.world.desk() as desk:
        (paper,), (grant,) = outcome.papers_of(desk, first), outcome.grants_of(desk, case=first)
    return County(web, people, second, first, paper.paper, grant.id,
        begun.headers["location"].rpartition("/")[2], web.member(name="李样例").login,
    )  # fmt: skip


def elsewhere(web: Web) -> Member:
    """A duty officer whose area is one town, in which none of this happens."""
    with web.world.desk() as desk:
        person = identity.register_person(desk, {"name": Personal("孙样镇")})
        identity.open_account(desk, person, "elsewhere", PASSWORD, must_change=False)
        body = web._body(desk, "marine")
        post = identity.Post(
            body=body.id, role="marine_waste.duty", area=f"{web.world.cell}001",
            breadth=Breadth.AREA,
        )  # fmt: skip
        identity.appoint(desk, person, identity.open_post(desk, post).id)
    return web._enter("elsewhere", "孙样镇", person)


def on_duty(web: Web, unit: str) -> None:
    """Put a boat on duty, the only one that is."""
    now = web.world.clock.now()
    span = Shift(starts=now - timedelta(hours=1), ends=now + timedelta(hours=10))
    with web.world.desk() as desk:
        units.change_shift(desk, UnitId(unit), span, [span])


def asked(web: Web, owner: Member, key: str) -> str:
    """Ask for a boat, and have it sent."""
    record = REQUEST["record"] | {"photo": PHOTO}
    body = REQUEST | {"key": key, "record": record}
    answer = owner.client.post("/api/cases", json=body, headers=owner.bearer)
    case = str(answer.json()["id"])
    web.world.drain()
    return case


def act(who: Member, case: str, step: str, **more: Any) -> None:
    """Take a step."""
    answer = who.client.post(
        f"/api/cases/{case}/steps/{step}", json={"key": f"{case}{step}"} | more, headers=who.bearer
    )
    assert answer.json()["status"] == "done", answer.text
