"""Everything is killed again and again while people work; what was acknowledged is there, once."""

import threading
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest

from stories.engines.running import Running, running
from zhouqiao.app.compose import loaded
from zhouqiao.base import digest
from zhouqiao.platform.document.form import check_form
from zhouqiao.store.engines import EmbeddedPostgres, Server, kept_secret, temporary_folder
from zhouqiao_systems.government import marine_waste

pytestmark = [pytest.mark.engine, pytest.mark.slow]

KILLED = ("web", "worker", "solver", "postgres", "web", "solver", "worker", "postgres")
ENOUGH = 1  # handover at least, before anybody goes home
PLACE = {"lon": 121.655, "lat": 28.612}
NOW = "2026-10-14T00:40:00Z"
LINE = {"kind": "plastic", "mass": {"kg": "2.00"}, "scale": "device", "weighed_at": NOW}
SHOWN: dict[str, Any] = {
    "sent_to_under_way": {},
    "under_way_to_met": {"place": PLACE},
    "met_to_handed_over": {
        "boat": "蓝样03", "place": PLACE, "begun": NOW, "ended": NOW, "lines": [LINE],
    },
    "handed_over_to_landed": {"depot": "示例码头", "lines": [LINE]},
}  # fmt: skip
FORM = loaded([marine_waste.pack])[0].shapes["marine_waste.pickup"].forms["handover"]
COVERS = digest({"lines": check_form(FORM, SHOWN["met_to_handed_over"])["lines"]})
PEN = {"name": "江示例", "strokes": "M1 1L2 2", "signed_at": NOW, "covers": COVERS}


class Person(threading.Thread):
    """Somebody with a device that repeats what it got no answer to, under the same key."""

    def __init__(self, node: Running, login: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.node, self.login, self.stop = node, login, stop
        self.heard: dict[str, dict[str, Any]] = {}
        self.repeated = 0
        self.refused: list[str] = []
        self.headers: dict[str, str] = {}
        self.person = ""

    def run(self) -> None:
        """Work until told to stop; finish what was begun."""
        secret = kept_secret(self.node.folder / "node", "demo accounts")
        with httpx.Client(base_url=f"http://127.0.0.1:{self.node.port}", timeout=5) as client:
            told = self.insist(
                lambda: client.post("/api/session", json={"login": self.login, "password": secret})
            ).json()
            self.person = told["person"]
            self.headers = {"authorization": f"Bearer {told['token']}"}
            while not self.stop.is_set():
                self.work(client)

    def work(self, client: httpx.Client) -> None:
        """Do one thing."""
        raise NotImplementedError

    def insist(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """Ask until there is an answer that is not the machine's trouble."""
        while True:
            try:
                answer = ask()
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer
            self.repeated += 1
            threading.Event().wait(0.1)

    def post(self, client: httpx.Client, path: str, key: str, body: dict[str, Any]) -> None:
        """Send something under a key; keep what was acknowledged."""
        answer = self.insist(
            lambda: client.post(path, json=body | {"key": key}, headers=self.headers)
        )
        if answer.is_success:
            self.heard[key] = answer.json()
        else:
            self.refused.append(answer.text)


class Fisher(Person):
    """Asks and asks."""

    def work(self, client: httpx.Client) -> None:
        key = f"{self.login}-{len(self.heard)}"
        record = {
            "vessel": "浙椒渔00000", "place": PLACE,
            "kinds": [{"kind": "plastic", "mass": {"kg": "2"}}],
        }  # fmt: skip
        body = {"procedure": "marine_waste.pickup", "record": record, "place": PLACE}
        self.post(client, "/api/cases", key, body)
        self.stop.wait(0.1)


class Crew(Person):
    """Takes whatever step is next, through to the depot."""

    tried = 0

    @property
    def handed(self) -> int:
        """How many handovers were acknowledged."""
        return sum(told["state"] == "handed_over" for told in self.heard.values())

    def work(self, client: httpx.Client) -> None:
        mine = self.insist(lambda: client.get("/api/tasks", headers=self.headers)).json()
        steps = [(one["case"], step) for one in mine for step in one["options"] if step in SHOWN]
        for case, step in steps[:1]:
            self.tried += 1
            body: dict[str, Any] = {"record": SHOWN[step]}
            if step == "met_to_handed_over":
                body["signatures"] = self.hands(client, case)
            key = f"{self.login}-{self.tried}"
            self.post(client, f"/api/cases/{case}/steps/{step}", key, body)
        self.stop.wait(0.05)

    def hands(self, client: httpx.Client, case: str) -> list[dict[str, Any]]:
        """Both hands, on the crew's device."""
        seen = self.insist(lambda: client.get("/api/cases?limit=200", headers=self.headers)).json()
        fisher = next(one["person"] for one in seen if one["id"] == case)
        people = {"crew": self.person, "fisher": fisher}
        return [{"role": role, "person": who} | PEN for role, who in people.items()]


def settled(node: Running) -> Server:
    """Wait until everything killed is back, and every lane has answered every fact."""
    node.wait_for(*KILLED)
    server = EmbeddedPostgres(node.folder / "node" / "postgres").start()
    behind = (
        "SELECT count(*) FROM journal j, reaction_cursor c WHERE (j.xid, j.seq) > (c.xid, c.seq)"
    )
    for _ in range(200):
        if count(server, behind) == 0:
            return server
        threading.Event().wait(0.1)
    raise AssertionError("the queues are not empty")


def count(server: Server, sql: str, *params: object) -> int:
    """Return one number, read as the owner."""
    with psycopg.connect(server.engine_dsn, options="-c search_path=zhouqiao") as db:
        row = db.execute(sql, params).fetchone()
    assert row is not None
    return int(row[0])


def test_killing_everything_under_load_loses_and_doubles_nothing() -> None:
    with temporary_folder() as folder, running(folder) as node:
        stop = threading.Event()
        fishers = [Fisher(node, login, stop) for login in ("fisher", "fisher2")]
        crews = [Crew(node, f"crew{n}", stop) for n in range(1, 7)]
        everybody: list[Person] = [*fishers, *crews]
        for one in everybody:
            one.start()
        for name in KILLED:
            stop.wait(1.6)
            node.kill(name)
        for _ in range(200):
            if sum(one.handed for one in crews) >= ENOUGH:
                break
            stop.wait(0.1)
        stop.set()
        for one in everybody:
            one.join(20)
            assert not one.is_alive(), one.login
        server = settled(node)

        asked = {told["id"] for one in fishers for told in one.heard.values()}
        assert len(asked) == sum(len(one.heard) for one in fishers) > 10
        pickups = "SELECT count(*) FROM cases WHERE procedure = 'pickup'"
        assert count(server, pickups) == len(asked)
        assert count(server, f"{pickups} AND id = ANY(%s)", list(asked)) == len(asked)
        keys = [key for one in crews for key in one.heard]
        assert count(server, "SELECT count(*) FROM evidence WHERE key = ANY(%s)", keys) == len(keys)
        handed = count(
            server, "SELECT count(*) FROM evidence WHERE step = %s AND status = 'done'",
            "met_to_handed_over",
        )  # fmt: skip
        assert handed >= ENOUGH, [one.refused for one in crews]
        for table in ("outcome_paper", "outcome_grant"):
            assert count(server, f"SELECT count(DISTINCT case_id) FROM {table}") == handed
            assert count(server, f"SELECT count(*) FROM {table}") == handed
        assert count(server, "SELECT count(*) FROM parked") == 0
        assert count(server, "SELECT count(*) FROM due WHERE attempts > 0") == 0
        assert sum(one.repeated for one in everybody) > 0
