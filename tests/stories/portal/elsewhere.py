"""How people in these stories go to a provider of accounts and come back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from zhouqiao.platform import identity
from zhouqiao.testing.issuer import Issuer
from zhouqiao.testing.web import PASSWORD, Client, Member, Web

HOME = "http://testserver.local"
FRONTS = [
    ("", "/"),
    ("marine_waste.duty", "/command"),
    ("marine_waste.supervisor", "/command"),
    ("marine_waste.crew", "/desk/"),
    ("kernel.engineer", "/console"),
    ("kernel.steward", "/console"),
    ("kernel.auditor", "/console"),
]
"""Where each kind of person begins."""


@dataclass
class Browser:
    """A browser: what it keeps of us, and where it is sent."""

    client: Client

    def leave(self, path: str = "/sign-in/with/province", **form: str) -> str:
        """Set out for a provider; return the address one is sent to."""
        answer = self.post(path, **form) if form else self.client.get(path, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def agree(self, address: str, sub: str = "") -> str:
        """Agree at the provider (`sub` where it asks who one is); return where it sends back to."""
        with httpx.Client(trust_env=False) as there:
            answer = there.post(address, data={"sub": sub}) if sub else there.get(address)
        assert answer.is_redirect, answer.text
        return str(answer.headers["location"])

    def come_back(self, address: str) -> Any:
        """Follow the way back; return the page it ends at, not followed."""
        assert address.startswith(HOME)
        told = urlsplit(address)
        return self.client.get(f"{told.path}?{told.query}", follow_redirects=False)

    def sign_in(self, sub: str = "") -> Any:
        """Go there and back, to sign in."""
        return self.come_back(self.agree(self.leave(), sub))

    def enter(self, login: str) -> None:
        """Sign in by name and password."""
        form = {"handle": login, "password": PASSWORD, "next": "/me/accounts"}
        assert self.client.post("/sign-in", data=form, follow_redirects=False).status_code == 303

    def post(self, path: str, **form: str) -> Any:
        """Post a form of ours."""
        data = form | {"csrf": identity.csrf_for(self.client.cookies["zhouqiao"])}
        return self.client.post(path, data=data, follow_redirects=False)

    @property
    def signed_in(self) -> bool:
        """Say whether a session lives here."""
        asked = self.client.get("/api/tasks", headers={"accept": "application/json"})
        return bool(asked.status_code == 200)


def member_at(web: Web, role: str) -> Member:
    """Make up a person at a post; a crew has its boat."""
    return web.member(role, unit=str(web.boat("蓝样03")) if role.endswith("crew") else None)


def linked(web: Web, issuer: str, sub: str = "sub-1", role: str = "") -> identity.PersonId:
    """Make up a person for whom an account at an issuer stands."""
    member = member_at(web, role)
    with web.world.desk() as desk:
        identity.link_external(desk, member.person, issuer, sub)
    return member.person


def browser(web: Web) -> Browser:
    """Return a browser nobody has used."""
    return Browser(web.stranger())


def person_of(web: Web, at: Browser) -> str:
    """Return who is signed in at a browser."""
    with web.world.desk() as desk:
        return str(identity.resolve(desk, at.client.cookies["zhouqiao"]).person)


def set_up(web: Web, issuer: Issuer, **more: Any) -> None:
    """Let people sign in by a provider."""
    web.portal.providers = (issuer.provider(**more),)
