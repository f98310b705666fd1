"""A made-up duty screen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from common import Common, at

from zhouqiao.edge.portal.pages import View, command, payments
from zhouqiao.edge.portal.pages.parts import (
    Drill,
    Figure,
    MapCase,
    MapPlace,
    MapRoute,
    MapUnit,
    Moment,
    Scene,
    Spot,
    Step,
    TimeLeft,
)
from zhouqiao.edge.portal.pages.person import Handset


class Commanders(Common):
    """A made-up duty screen."""

    def of_command(self) -> Iterator[tuple[str, str, View]]:
        """The duty screen, and its quiet twin."""
        yield "command", "/command", self.duty()
        yield "command-quiet", "/command", self.duty_quiet()
        yield "command-rows", "/command/figures/arrival/rows", self.rows()
        yield "payments", "/payments", self.payments()
        yield "payments-none", "/payments", payments.Payments()
        yield "command-devices", "/command/devices", self.crews_devices()

    def payments(self) -> payments.Payments:
        pickup = self.t("回收污染物", "Waste pickup")
        lines = tuple(
            payments.Line(code=code, what=pickup, yuan=Decimal(yuan), granted_at=at("09:12"))
            for code, yuan in (("331002-DEMO-0042", "86.40"), ("331002-DEMO-0043", "12.00"))
        )
        return payments.Payments(
            batches=(
                payments.Batch(
                    id="batch_demo", made_at=at("10:00"), yuan=Decimal("98.40"), lines=lines
                ),
            ),
            refused=self.t("这一批有你经手的款，请另一位负责人签。", "Another signs for it."),
        )

    def crews_devices(self) -> command.Devices:
        aboard, phone = command.CrewDevices, self.t("示例手机", "Demo phone")
        held = Handset(id="handset_1", label=phone, since=at("10:00", 2), seen=at("09:12"))
        return command.Devices(
            units=(
                command.UnitDevices(
                    unit="unit_1",
                    name="蓝样03",
                    since=at("07:30", 12),
                    crew=(
                        aboard(person="person_1", nth=1, handsets=(held,)),
                        aboard(person="person_2", nth=2, code="40718263"),
                    ),
                ),
                command.UnitDevices(unit="unit_2", name="蓝样04", since=None),
            )
        )

    def figures(self) -> command.Figures:
        def one(
            name: str, label: str, value: str, unit: str, beside: str, word: str, **more: object
        ) -> Figure:
            return Figure(
                name=name,
                label=label,
                value=value,
                unit=unit,
                beside=beside,
                drill=Drill(href=f"/command/figures/{name}", word=word),
                **more,
            )  # type: ignore[arg-type]

        t = self.t
        return command.Figures(
            figures=(
                one(
                    "requests",
                    t("今天的请求", "Requests today"),
                    "46",
                    t("件", ""),
                    t("昨天此时 41", "41 by now yesterday"),
                    t("来源", "Where from"),
                ),
                one(
                    "arrival",
                    t("平均到船", "Mean arrival"),
                    "14:36",
                    t("分秒", "min:s"),
                    t("承诺 20:00", "Promised 20:00"),
                    t("怎么算的", "How"),
                    on=True,
                ),
                one(
                    "in_time",
                    t("20 分钟内到船", "Within 20 min"),
                    "95.0",
                    "%",
                    t("40 次里 38 次", "38 of 40"),
                    t("看那 2 次", "See the 2"),
                ),
                one(
                    "mass",
                    t("收到污染物", "Waste taken"),
                    "1.864",
                    t("吨", "t"),
                    t("含油污水占 93.4%", "93.4% oily water"),
                    t("分类", "By kind"),
                ),
                one(
                    "differences",
                    t("称重对不上", "Weights off"),
                    "3",
                    t("单", ""),
                    t("不发证，不付补贴", "No paper, no subsidy"),
                    t("看 3 单", "See 3"),
                    status="due",
                    status_word=t("待核 12.4 kg", "12.4 kg open"),
                ),
                one(
                    "online",
                    t("在线的船", "Boats online"),
                    "5",
                    t("/ 6 艘", "/ 6"),
                    t("蓝样06，9 分钟前", "蓝样06, 9 min ago"),
                    t("最后位置", "Last seen"),
                    status="unknown",
                    status_word=t("1 艘失联", "1 silent"),
                ),
            )
        )

    def queue(self) -> command.Queue:
        t = self.t

        def one(
            id: str, what: str, who: str, status: str, minutes: int | None, **more: object
        ) -> command.Queued:
            return command.Queued(
                id=f"JJ-DEMO-{id}",
                what=what,
                who=who,
                status=status,
                left=TimeLeft(minutes=minutes),
                **more,
            )  # type: ignore[arg-type]

        return command.Queue(
            queued=(
                one(
                    "0019",
                    t("危废转移联单没有回执", "No return of a hazardous manifest"),
                    t("生态环境", "Ecology"),
                    "breach",
                    -1680,
                ),
                one(
                    "0037",
                    t("浙椒渔00013 等船", "浙椒渔00013 waits"),
                    t("蓝样02 在途", "蓝样02 under way"),
                    "late",
                    -6,
                ),
                one(
                    "0040",
                    t("浙椒渔00007 含油污水", "浙椒渔00007 oily water"),
                    t("蓝样05 在途", "蓝样05 under way"),
                    "due",
                    4,
                ),
                one(
                    "0042",
                    t("浙椒渔00000 塑料、网、油", "浙椒渔00000 plastic, nets, oil"),
                    t("蓝样03 在途", "蓝样03 under way"),
                    "ok",
                    13,
                    chosen=True,
                ),
                one(
                    "0043",
                    t("示例街占道经营，群众来电", "Street stall, called in"),
                    t("综合执法三队", "Squad three"),
                    "ok",
                    22,
                ),
                one(
                    "0044",
                    t("大陈码头垃圾满溢", "Dachen quay bins full"),
                    t("大陈镇网格 00", "Dachen grid 00"),
                    "ok",
                    112,
                ),
                one(
                    "0031",
                    t("称重差 7.2 kg，待复核", "Weights 7.2 kg off, to check"),
                    t("云仓", "Store"),
                    "ok",
                    190,
                ),
                one(
                    "0045",
                    t("蓝样06 没有位置", "蓝样06 no position"),
                    t("最后在一江山附近", "last near Yijiangshan"),
                    "unknown",
                    None,
                ),
                command.Queued(
                    id="JJ-DEMO-0028",
                    what=t("示例村道路灯不亮", "Village lamps out"),
                    who=t("城管", "City works"),
                    status="ok",
                    left=TimeLeft(working_days=1),
                ),
            )
        )

    def events(self) -> command.Events:
        t, one = self.t, command.Happened
        return command.Events(
            events=(
                one(
                    at=at("08:28:04"),
                    who="蓝样03",
                    said=t("航行中，11.6 节，还有 3.9 公里", "Sailing, 11.6 kn, 3.9 km to go"),
                    case="JJ-DEMO-0042",
                ),
                one(
                    at=at("08:27:51"),
                    who="12345",
                    said=t(
                        "来电：示例街摊贩占道，与 08:19 的线索并为一件",
                        "Call: street stall, merged with the clue of 08:19",
                    ),
                    case="JJ-DEMO-0043",
                ),
                one(
                    at=at("08:27:20"),
                    who=t("预警", "Warning"),
                    said=t(
                        "危废转移联单 0019 超过法定回执时限，已告生态环境带班",
                        "Manifest 0019 is past its statutory return; Ecology's lead told",
                    ),
                    case="JJ-DEMO-0019",
                ),
            )
        )

    def case(self) -> command.Case:
        t = self.t
        words = (
            ("请求", "派船", "航行", "称重", "入仓", "补贴")
            if self.zh
            else ("Asked", "Sent", "Sailing", "Weighed", "Stored", "Paid")
        )
        stages = ("done", "done", "now", "next", "next", "next")
        return command.Case(
            id="JJ-DEMO-0042",
            title=t("浙椒渔00000 请求回收污染物", "浙椒渔00000 asks for a pickup"),
            about=t("江示例 · 预报约 190 kg · 含危废", "Jiang Shili · about 190 kg · hazardous"),
            status="ok",
            steps=tuple(Step(word=w, stage=s) for w, s in zip(words, stages, strict=True)),
            minutes=11,
            eta=at("08:39"),
            promised=at("08:41"),
            spare=TimeLeft(minutes=2),
            moments=(
                Moment(
                    said=t("渔民在渔省心提出", "Asked by the fisher"),
                    stage="done",
                    at=at("08:21:10"),
                    note=t(
                        "定位 ±8 m，WGS 84 · 来源：本人", "Place ±8 m, WGS 84 · from the person"
                    ),
                ),
                Moment(
                    said=t("立案，归到 海洋污染物回收", "Opened as marine waste pickup"),
                    stage="done",
                    at=at("08:21:12"),
                    note=t(
                        "规则 分类 第 5 版 · 与 0 件重复", "Rule classes, version 5 · 0 duplicates"
                    ),
                ),
                Moment(
                    said=t("派出蓝样03", "Sent 蓝样03"),
                    stage="done",
                    at=at("08:21:48"),
                    note=t(
                        "最近 2 艘里，蓝样02 无危废资质",
                        "Of the nearest 2, 蓝样02 has no hazardous licence",
                    ),
                    why="/cases/JJ-DEMO-0042/why",
                    why_word=t("为什么是它", "Why this one"),
                ),
                Moment(
                    said=t("林样本接单，开航", "Taken by Lin Yangben, under way"),
                    stage="done",
                    at=at("08:22:30"),
                ),
                Moment(
                    said=t("航行中，还有 3.9 公里", "Sailing, 3.9 km to go"),
                    stage="now",
                    at=at("08:28:04"),
                    note=t(
                        "海路，最浅处 2.4 m，吃水 1.1 m", "By sea, shallowest 2.4 m, draught 1.1 m"
                    ),
                ),
                Moment(
                    said=t("会合，分 4 类称重，双方签字", "Meet, weigh 4 kinds, both sign"),
                    stage="next",
                    at=at("08:39"),
                    about=True,
                ),
                Moment(
                    said=t("入云仓，出联单，算补贴", "Store, receipt, subsidy"),
                    stage="next",
                    at=at("10:21"),
                    by_then=True,
                    note=t("全程承诺 2 小时", "2 hours promised in all"),
                ),
            ),
            matter=t("海洋污染物回收", "Marine waste pickup"),
            version="v12",
            promise=t(
                "到船 20 分钟，全程 2 小时（非法定）", "Boat 20 min, all 2 h (not statutory)"
            ),
            sources=t("渔船登记，船位，秤", "Vessel register, positions, scale"),
            reads=Drill(href="/console/journal?q=JJ-DEMO-0042", word=t("3 次查阅", "Read 3 times")),
            phone="00000000000",
            acts=("reassign",),
        )

    def drill(self) -> command.DrillDown:
        t, bar = self.t, command.Bar
        return command.DrillDown(
            name="arrival",
            title=t("平均到船 14:36 怎么算的", "How mean arrival 14:36 is worked out"),
            formula=t("∑（到船时刻 − 派出时刻） ÷ 到船次数", "∑ (met − sent) ÷ meetings"),
            worked=t("584 分 00 秒 ÷ 40 次 = 14 分 36 秒", "584 min 00 s ÷ 40 = 14 min 36 s"),
            bars=(
                bar(label="0–5", count=3),
                bar(label="5–10", count=8),
                bar(label="10–15", count=13),
                bar(label="15–20", count=14),
                bar(label=t("20 以上", "over 20"), count=2, past=True),
            ),
            bars_title=t("到船用时（分）", "Minutes to meet"),
            limit_word=t("承诺 20 分", "20 promised"),
            left_out=t(
                "没算进来 6 件：5 件在途，1 件取消。", "6 left out: 5 under way, 1 cancelled."
            ),
            rule=t("规则第 3 版", "Rule version 3"),
            at=at("08:28:00"),
            rows=Drill(href="/command/figures/arrival/rows", word=t("看这 40 次", "See these 40")),
        )

    def wide_scene(self) -> Scene:
        t = self.t

        def unit(n: int, spot: Spot, head: float, **more: Any) -> MapUnit:
            name = f"蓝样0{n}"
            return MapUnit(
                id=f"unit_{n}", name=name, at=spot, heading=head, seen_at=at("08:28:04"), **more
            )

        return Scene(
            now=at("08:28:06"),
            box=(121.28, 28.30, 122.02, 28.80),
            units=(
                unit(1, (121.700, 28.702), 252.0),
                unit(2, (121.945, 28.475), 120.0),
                unit(3, (121.600, 28.641), 119.0, mine=True, knots=11.6),
                unit(4, (121.520, 28.682), 282.0),
                unit(5, (121.690, 28.530), 353.0),
                unit(6, (121.780, 28.645), 0.0, lost=True),
            ),
            cases=(
                MapCase(
                    id="JJ-DEMO-0042",
                    name="浙椒渔00000",
                    at=(121.655, 28.612),
                    status="ok",
                    left=t("剩 13 分", "13 min left"),
                    chosen=True,
                ),
                MapCase(
                    id="JJ-DEMO-0040",
                    name="00007",
                    at=(121.685, 28.573),
                    status="due",
                    left=t("剩 4 分", "4 min left"),
                ),
                MapCase(
                    id="JJ-DEMO-0037",
                    name="00013",
                    at=(121.985, 28.452),
                    status="late",
                    left=t("超 6 分", "6 min over"),
                ),
                MapCase(
                    id="JJ-DEMO-0044",
                    name=t("大陈码头", "Dachen quay"),
                    at=(121.888, 28.437),
                    status="ok",
                ),
            ),
            places=(MapPlace(name=t("云仓 62%", "Store 62%"), at=(121.452, 28.688), kind="store"),),
            routes=(
                MapRoute(
                    id="JJ-DEMO-0042",
                    sailed=((121.572, 28.656), (121.600, 28.641)),
                    ahead=((121.600, 28.641), (121.655, 28.612)),
                    chosen=True,
                ),
                MapRoute(
                    id="r1",
                    sailed=(),
                    ahead=(
                        (121.700, 28.702),
                        (121.600, 28.690),
                        (121.520, 28.682),
                        (121.460, 28.687),
                        (121.452, 28.688),
                    ),
                ),
                MapRoute(id="r2", sailed=(), ahead=((121.945, 28.475), (121.985, 28.452))),
                MapRoute(id="r5", sailed=(), ahead=((121.690, 28.530), (121.685, 28.573))),
            ),
        )

    def duty(self) -> command.Command:
        return command.Command(
            area=self.t("椒江区", "Jiaojiang"),
            on_duty=self.lin,
            now=at("08:28:06"),
            figures=self.figures(),
            queue=self.queue(),
            events=self.events(),
            scene=self.wide_scene(),
            case=self.case(),
            drill=self.drill(),
        )

    def duty_quiet(self) -> command.Command:
        return command.Command(
            area=self.t("椒江区", "Jiaojiang"),
            on_duty=self.lin,
            now=at("05:02:11"),
            figures=self.figures(),
            queue=command.Queue(),
            events=command.Events(),
            scene=Scene(now=at("05:02:11"), box=(121.28, 28.30, 122.02, 28.80)),
        )

    def rows(self) -> command.Rows:
        return command.Rows(
            name="arrival",
            title=self.t("平均到船：这 40 次", "Mean arrival: these 40"),
            value_word=self.t("用时", "Took"),
            rows=(
                command.Row(
                    id="JJ-DEMO-0041", what="浙椒渔00004", value="12:08", at=at("08:20:10")
                ),
                command.Row(
                    id="JJ-DEMO-0042",
                    what="浙椒渔00000",
                    value="—",
                    at=at("08:21:48"),
                    counted=False,
                    why_not=self.t("在途", "under way"),
                ),
            ),
        )
