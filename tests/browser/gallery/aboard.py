"""A platform for the desk to talk to: made-up tasks, and a memory of what it was sent."""

from typing import Any

POINT = {"name": "place", "kind": "point", "label": "Handover.place"}
HANDOVER = {
    "name": "Handover",
    "doc": "What went from one boat to the other; both sign for it.",
    "fields": [
        POINT,
        {"name": "begun", "kind": "time", "label": "Handover.begun"},
        {"name": "ended", "kind": "time", "label": "Handover.ended"},
        {
            "name": "lines",
            "kind": "record",
            "many": True,
            "fewest": 1,
            "often": 6,
            "label": "Handover.lines",
            "fields": [
                {
                    "name": "kind",
                    "kind": "choice",
                    "label": "Weighed.kind",
                    "options": ["plastic", "gear", "waste_oil", "oily_water"],
                },
                {
                    "name": "mass",
                    "kind": "mass",
                    "label": "Weighed.mass",
                    "unit": "kg",
                    "least": "0.01",
                    "most": "5000",
                },
                {
                    "name": "scale",
                    "kind": "choice",
                    "label": "Weighed.scale",
                    "options": ["device", "by_hand"],
                },
                {"name": "weighed_at", "kind": "time", "label": "Weighed.weighed_at"},
                {
                    "name": "note",
                    "kind": "text",
                    "label": "Weighed.note",
                    "required": False,
                    "longest": 60,
                },
            ],
        },
    ],
}
NOT_MET = {
    "name": "NotMet",
    "doc": "The fisher's boat was not there.",
    "fields": [
        POINT,
        {"name": "note", "kind": "text", "label": "NotMet.note", "required": False, "longest": 200},
    ],
}
DECLINED = {
    "name": "Declined",
    "doc": "Why something could not be taken.",
    "fields": [
        {
            "name": "reason",
            "kind": "text",
            "label": "Declined.reason",
            "longest": 200,
            "shortest": 2,
        }
    ],
}
BOTH = [
    {"role": "crew", "person": "person_lin", "name": "林样本", "word": "接收方"},
    {"role": "fisher", "person": "person_jiang", "name": "江示例", "word": "交出方"},
]


def step(name: str, start: str, end: str, title: str, **more: Any) -> dict[str, Any]:
    """Return one step as the desk knows it."""
    return {
        "name": name,
        "start": start,
        "end": end,
        "title": title,
        "finish": title,
        "done": "记下了",
        "main": True,
        "form": None,
        "signers": [],
        "covers": ["lines"],
        **more,
    }


def tasks(state: str = "sent") -> dict[str, Any]:
    """Return what `GET /api/desk/tasks` answers."""
    return {
        "now": "2026-10-14T00:28:06Z",
        "csrf": "csrf_2",
        "person": "person_lin",
        "tolerance": 0.1,
        "unit": {"id": "unit_3", "name": "蓝样03", "at": [121.600, 28.641], "heading": 119},
        "words": {
            "Weighed.kind.plastic": "废塑料",
            "Weighed.kind.plastic.note": "瓶、绳、泡沫",
            "Weighed.kind.gear": "废渔网",
            "Weighed.kind.gear.note": "尼龙",
            "Weighed.kind.waste_oil": "废机油",
            "Weighed.kind.waste_oil.note": "危废，另附转移联单",
            "Weighed.kind.oily_water": "含油污水",
            "Weighed.kind.oily_water.note": "机舱舱底水",
            "NotMet.note": "看到什么",
            "Declined.reason": "为什么不能收",
        },
        "tasks": [
            {
                "id": "task_1",
                "case": "JJ-DEMO-0042",
                "version": 3,
                "state": state,
                "title": "浙椒渔00000 塑料、网、油",
                "who": "江示例",
                "about": "预报约 190 kg · 含危废",
                "phone": "00000000000",
                "status": "ok",
                "due_at": "2026-10-14T00:41:10Z",
                "forecast_kg": "190",
                "place": {"lon": 121.655, "lat": 28.612, "name": "台州湾"},
                "km": 3.9,
                "eta": "2026-10-14T00:39:00Z",
                "route": [[121.600, 28.641], [121.628, 28.627], [121.655, 28.612]],
                "steps": [
                    step("set_out", "sent", "under_way", "接单，开航"),
                    step(
                        "meet",
                        "under_way",
                        "met",
                        "遇到了，靠上了",
                        form={
                            "name": "Meeting",
                            "doc": "The boat lies alongside.",
                            "fields": [POINT],
                        },
                    ),
                    step("miss", "under_way", "requested", "没有遇到船", main=False, form=NOT_MET),
                    step(
                        "hand_over",
                        "met",
                        "handed_over",
                        "出联单，完成交接",
                        form=HANDOVER,
                        signers=BOTH,
                    ),
                    step("decline", "met", "cancelled", "不能收", main=False, form=DECLINED),
                ],
            },
            {
                "id": "task_2",
                "case": "JJ-DEMO-0044",
                "version": 1,
                "state": "sent",
                "title": "浙椒渔00009 含油污水",
                "who": "李假定",
                "about": "预报约 400 kg",
                "phone": "",
                "status": "due",
                "due_at": "2026-10-14T00:32:00Z",
                "forecast_kg": "400",
                "place": None,
                "km": None,
                "eta": None,
                "route": [],
                "steps": [step("set_out", "sent", "under_way", "接单，开航")],
            },
        ],
    }


class Platform:
    """Remembers intents; answers each as told. `ended`: the device's key was revoked."""

    def __init__(self) -> None:
        self.intents: list[dict[str, Any]] = []
        self.keys: list[dict[str, Any]] = []
        self.verdicts: dict[str, dict[str, Any]] = {}
        self.state = "sent"
        self.person = "person_lin"
        self.left = "ok"
        self.status = 200
        self.ended = False

    def answers(self) -> dict[tuple[str, str], Any]:
        """Return what the stage is to answer on each path."""
        return {
            ("GET", "/api/desk/tasks"): lambda _: (self.status, self._tasks()),
            ("POST", "/api/desk/keys"): self._meet,
            ("POST", "/api/intents"): self._hear,
        }

    def _tasks(self) -> dict[str, Any]:
        told = tasks(self.state) | {"person": self.person}
        told["tasks"][0]["status"] = self.left
        return told

    def _meet(self, body: Any) -> tuple[int, Any]:
        self.keys.append(body)
        return 410 if self.ended else self.status, {}

    def _hear(self, body: Any) -> tuple[int, Any]:
        self.intents += body["intents"]
        for one in body["intents"]:
            self.state = {"set_out": "under_way", "meet": "met", "hand_over": "handed_over"}.get(
                one["step"], self.state
            )
        return self.status, {
            "results": [
                {
                    "client_id": i["client_id"],
                    "status": "done",
                    "words": "",
                    **self.verdicts.get(i["step"], {}),
                }
                for i in body["intents"]
            ]
        }
