"""Made-up pages of the console."""

from collections.abc import Iterator
from datetime import date

from common import DIGEST, HERE, Common, at

from zhouqiao.edge.portal.pages import View, console
from zhouqiao.edge.portal.pages.parts import (
    Drill,
)
from zhouqiao.edge.portal.pages.person import SignedIn


class Stewards(Common):
    """Made-up pages of the console."""

    def of_the_console(self) -> Iterator[tuple[str, str, View]]:
        """Console pages."""
        yield "packs", "/console/packs", self.packs()
        yield "pack", "/console/packs/marine_waste", self.pack()
        yield "matters", "/console/matters", self.matters()
        yield "rules", "/console/rules", self.rules()
        yield (
            "journal",
            "/console/journal",
            console.Journal(
                facts=self.facts(),
                names=("case.Opened", "case.StepTaken"),
                older="/console/journal?before=1842",
                total=1851,
            ),
        )
        yield "fact", "/console/journal/1851", self.fact()
        yield "parked", "/console/parked", self.parked()
        yield "parked-empty", "/console/parked", console.Parked()
        yield "seal", "/console/seal", self.seal()
        yield "seal-broken", "/console/seal", self.seal(broken=True)
        yield "kept-accounts", "/console/accounts", self.kept_accounts()
        yield (
            "kept-accounts-reset",
            "/console/accounts",
            self.kept_accounts(first="bcd4f-gh7jk-mn2pq-rst5v"),
        )
        yield "kept-accounts-none", "/console/accounts", console.Accounts(login="nobody")
        yield "health", "/console/health", self.health()

    def kept_accounts(self, first: str = "") -> console.Accounts:
        seen = SignedIn(kind="web", since=at("06:58:12"), seen=at("07:31:40"))
        return console.Accounts(
            login="chen.zhiban",
            first=first,
            found=console.Account(
                posts=(self.t("值班员", "Duty officer"),), sessions=() if first else (seen,)
            ),
        )

    def packs(self) -> console.Packs:
        return console.Packs(
            packs=(
                console.PackLine(
                    name="marine_waste",
                    title=self.t("海洋污染物回收", "Marine waste pickup"),
                    system=self.t("数字政府", "Digital government"),
                    version=12,
                    level="silver",
                    findings=0,
                    open=35,
                ),
                console.PackLine(
                    name="penalty",
                    title=self.t("行政处罚", "Penalty"),
                    system=self.t("综合执法", "Enforcement"),
                    version=2,
                    level="bronze",
                    findings=3,
                    open=0,
                ),
            )
        )

    def clocks(self) -> tuple[console.Clock, ...]:
        t, clock, since = self.t, console.Clock, date(2026, 3, 1)
        return (
            clock(
                from_=t("已请求", "Requested"),
                to=t("已派船", "Sent"),
                by=t("平台", "Platform"),
                limit=t("2 分钟", "2 min"),
                statutory=False,
                basis=t("服务承诺第 1 条", "Service promise 1"),
                since=since,
            ),
            clock(
                from_=t("已派船", "Sent"),
                to=t("已会合", "Met"),
                by=t("船员", "Crew"),
                limit=t("20 分钟", "20 min"),
                statutory=False,
                basis=t("服务承诺第 2 条", "Service promise 2"),
                since=since,
            ),
            clock(
                from_=t("已请求", "Requested"),
                to=t("已入仓", "Stored"),
                by=t("船员、云仓", "Crew, store"),
                limit=t("2 小时", "2 h"),
                statutory=False,
                basis=t("服务承诺第 3 条", "Service promise 3"),
                since=since,
            ),
            clock(
                from_=t("接收联单 双方签字", "Receipt signed by both"),
                to="",
                by=t("船员、渔民", "Crew, fisher"),
                limit=t("当场", "On the spot"),
                statutory=True,
                basis=t("接收单证规定", "Rules on reception papers"),
                assumed=t("待核，参照邻市条例", "Unverified, after a neighbour's rule"),
            ),
            clock(
                from_=t("联单保存", "Receipt kept"),
                to="",
                by=t("接收单位", "Receiver"),
                limit=t("不少于 2 年", "2 years or more"),
                statutory=True,
                basis=t("接收单证规定", "Rules on reception papers"),
                assumed=t("待核条号", "Article unverified"),
            ),
        )

    def pack(self) -> console.Pack:
        t, quality = self.t, console.Quality
        tabs = (
            ("流程与时钟", "Flow and clocks", ""),
            ("表单", "Forms", "6"),
            ("角色", "Roles", "5"),
            ("文书", "Papers", "3"),
            ("指标", "Indicators", "9"),
            ("预警", "Warnings", "4"),
            ("用语 zh/en", "Words zh/en", ""),
            ("故事测试", "Story tests", "14"),
        )
        return console.Pack(
            name="marine_waste",
            title=t("海洋污染物回收", "Marine waste pickup"),
            system=t("数字政府", "Digital government"),
            procedure="marine_waste.pickup",
            version=12,
            shape="7f3a" + "0" * 56 + "00e1",
            level="silver",
            findings=(),
            pinned=((12, 31), (11, 4)),
            body=t("椒江区（示例）", "Jiaojiang (demo)"),
            diagram=(HERE / "pack.svg").read_text("utf-8"),
            clocks=self.clocks(),
            quality=(
                quality(
                    said=t(
                        "每个状态有出路，每张表有一步来填",
                        "Every state has a way out, every form a step",
                    ),
                    state="done",
                ),
                quality(said=t("每个时限写明依据", "Every clock names its basis"), state="done"),
                quality(
                    said=t("断网可办，冲突两边都留", "Works offline; conflicts keep both"),
                    state="done",
                ),
                quality(said=t("中英文用语齐全", "Words complete in both languages"), state="done"),
                quality(
                    said=t("条号核实", "Articles verified"),
                    state="todo",
                    note=t("还差 2 条", "2 to go"),
                ),
                quality(
                    said=t("语音填写", "Voice entry"),
                    state="exempt",
                    note=t("“因为甲板噪声，先用大按键”", "“because of deck noise: big keys first”"),
                ),
            ),
            now=(
                console.Count(label=t("在办", "Open"), n=35, unit=t("件", "")),
                console.Count(label=t("今天办结", "Closed today"), n=41, unit=t("件", "")),
                console.Count(
                    label=t("超承诺", "Late"),
                    n=1,
                    unit=t("件", ""),
                    drill=Drill(href="/command", word=t("看", "See")),
                ),
                console.Count(
                    label=t("对不上账", "Differences"),
                    n=3,
                    unit=t("单", ""),
                    drill=Drill(href="/command", word=t("看", "See")),
                ),
            ),
            uses=(
                (t("取用", "Uses"), t("渔船登记，船位", "Vessel register, positions")),
                (t("产生", "Makes"), t("称重，签名，联单", "Weights, signatures, receipts")),
                (t("个人信息", "Personal"), t("姓名、电话、账号", "Name, phone, account")),
                (t("保存", "Kept"), t("联单 2 年，轨迹 90 天", "Receipts 2 years, tracks 90 days")),
            ),
            tabs=tuple(
                console.Tab(word=t(zh, en), href="/console/packs/marine_waste", count=n, on=not i)
                for i, (zh, en, n) in enumerate(tabs)
            ),
        )

    def matters(self) -> console.Matters:
        t = self.t
        return console.Matters(
            total=757,
            more="/console/matters?after=1",
            matters=(
                console.MatterLine(
                    code="331002000000000000000001",
                    name=t("海洋污染物回收", "Marine waste pickup"),
                    kind=t("公共服务", "Public service"),
                    body=t("椒江区（示例）", "Jiaojiang (demo)"),
                    level=t("县级", "County"),
                    basis=t(
                        "海洋环境保护法 第 57 条", "Marine Environment Protection Law, art. 57"
                    ),
                    promise=t("2 小时", "2 h"),
                    statutory="",
                    version=3,
                    since=date(2026, 3, 1),
                    assumed=t("待核", "Unverified"),
                ),
                console.MatterLine(
                    code="331002000000000000000002",
                    name=t("渔业船舶检验", "Fishing vessel survey"),
                    kind=t("行政许可", "Licence"),
                    body=t("农业农村局（示例）", "Agriculture (demo)"),
                    level=t("县级", "County"),
                    basis=t("渔业船舶检验条例", "Regulation on fishing vessel survey"),
                    promise=t("5 个工作日", "5 working days"),
                    statutory=t("20 个工作日", "20 working days"),
                    version=1,
                    since=date(2026, 1, 1),
                ),
            ),
        )

    def rules(self) -> console.Rules:
        t = self.t
        return console.Rules(
            on=date(2026, 10, 14),
            clocks=self.clocks(),
            calendar=t("工作日历到 2026 年底。", "Working calendar to the end of 2026."),
            tables=(
                console.Table(
                    name="marine_waste.rates",
                    title=t("回收补贴标准", "Recovery subsidy rates"),
                    version=2,
                    since=date(2026, 7, 1),
                    until=None,
                    source=t("演示数据", "Demonstration"),
                    heads=(t("种类", "Kind"), t("元/kg", "CNY/kg"), t("每单上限", "Ceiling")),
                    rows=(
                        (t("废渔网", "Old nets"), "1.20", "200.00"),
                        (t("废塑料", "Plastic"), "2.40", "200.00"),
                    ),
                    assumed=t("待核", "Unverified"),
                ),
            ),
        )

    def facts(self) -> tuple[console.Fact, ...]:
        t, fact = self.t, console.Fact
        return (
            fact(
                position=1851,
                at=at("08:28:04"),
                name="unit.PositionTold",
                about="unit_0193f2a1",
                by="unit_0193f2a1",
                said=t("蓝样03，11.6 节", "蓝样03, 11.6 kn"),
                scope="marine/331002001",
            ),
            fact(
                position=1850,
                at=at("08:22:30"),
                name="task.Taken",
                about="task_0193f2a0",
                by=t("林样本", "Lin Yangben"),
                said=t("接单", "Taken"),
                scope="marine/331002001",
                sealed=37,
            ),
            fact(
                position=1849,
                at=at("08:21:48"),
                name="dispatch.PlanMade",
                about="case_0193f29f",
                by=t("平台", "Platform"),
                said=t("派出蓝样03", "Sent 蓝样03"),
                scope="marine/331002001",
                sealed=37,
            ),
            fact(
                position=1848,
                at=at("08:21:10"),
                name="case.Opened",
                about="case_0193f29f",
                by=t("‹个人›", "‹personal›"),
                said=t("立案", "Opened"),
                scope="marine/331002001",
                sealed=37,
            ),
        )

    def fact(self) -> console.FactPage:
        facts = self.facts()
        return console.FactPage(
            fact=facts[2],
            body='{\n  "case": "case_0193f29f",\n  "rule": "dispatch@7"\n}',
            causes=facts[3:],
            effects=facts[1:2],
        )

    def parked(self) -> console.Parked:
        return console.Parked(
            parked=(
                console.ParkedItem(
                    id="parked_1",
                    reaction="indicator.on_step_taken",
                    fact="case.StepTaken",
                    position=1722,
                    about="case_0193f201",
                    said=self.t(
                        "指标“平均到船”没有单位“分”", "Indicator “arrival” has no unit “minute”"
                    ),
                    tries=8,
                    first_at=at("07:01:12"),
                    last_at=at("07:44:30"),
                ),
            )
        )

    def seal(self, *, broken: bool = False) -> console.Seal:
        sealed = console.Sealed
        return console.Seal(
            ranges=(
                sealed(
                    number=37,
                    first=1801,
                    last=1850,
                    root=DIGEST,
                    at=at("08:25:00"),
                    key="K-DEMO-S1",
                    elsewhere=self.t("示例市档案节点", "Demo city archive node"),
                ),
                sealed(
                    number=36,
                    first=1751,
                    last=1800,
                    root=DIGEST[::-1],
                    at=at("07:55:00"),
                    key="K-DEMO-S1",
                ),
            ),
            unsealed=1,
            verdict="broken" if broken else "good",
            verified_at=at("08:27:00"),
            said=self.t(
                "第 36 段第 1777 条 evidence.Shown 和封存时不一样。",
                "Range 36: fact 1777, evidence.Shown, differs from what was sealed.",
            )
            if broken
            else self.t("1850 条都对得上，用了 0.4 秒。", "1,850 facts hold, checked in 0.4 s."),
        )

    def health(self) -> console.Health:
        t, part = self.t, console.Part
        done = tuple(None if 20 <= i < 24 else float(40 + (i * 7) % 13) for i in range(60))
        waiting = tuple(None if 20 <= i < 24 else float((i * 5) % 11) for i in range(60))
        return console.Health(
            parts=(
                part(name=t("页面", "Web"), state="ok", said="pid 4021"),
                part(name=t("反应", "Worker"), state="ok", said="pid 4022"),
                part(
                    name=t("派船", "Solver"),
                    state="late",
                    said=t("上一次用了 1.8 秒", "last took 1.8 s"),
                ),
                part(name="NATS", state="unknown", said=t("没有回应", "no answer")),
            ),
            counts=(
                console.Count(label=t("排队", "Waiting"), n=3, unit=t("件", "")),
                console.Count(
                    label=t("搁置", "Parked"),
                    n=1,
                    unit=t("件", ""),
                    drill=Drill(href="/console/parked", word=t("看", "See")),
                ),
                console.Count(label=t("今天的事实", "Facts today"), n=1851, unit=t("条", "")),
            ),
            series={t("办了", "Done"): done, t("排着", "Waiting"): waiting},
            series_until=at("08:28:00"),
            version="0.1.0",
        )
