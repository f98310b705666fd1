"""Made-up view models, one or more a page: what the gallery shows. Nothing here is real."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from zhouqiao.edge.portal import Lang, qr_path
from zhouqiao.edge.portal.format import SHANGHAI
from zhouqiao.edge.portal.pages import View, citizen, command, console, desk, public
from zhouqiao.edge.portal.pages.parts import (
    Drill,
    Figure,
    Line,
    MapCase,
    MapPlace,
    MapRoute,
    MapUnit,
    Mark,
    Moment,
    Scene,
    Step,
    TimeLeft,
)

HERE = Path(__file__).parent
DIGEST = "7f3a0000e1c400009b2000005d170000" * 2
JIANG = (
    "M10 12c3 1 5 3 7 5M7 23c3 1 5 3 7 5M9 42c5-6 8-11 11-17M25 15c8-2 15-3 23-3M37 13c1 9 0 18"
    "-1 25M20 40c11-3 22-4 33-3 6 0 9-8 12-14 4-4 9-6 14-6M68 12c7-2 13-3 19-3M62 23c11-3 22-4 "
    "32-4M79 21c1 7 0 15-2 21-2 3-4 1-6-1M71 27c-2 5-5 9-9 12M85 26c3 4 6 7 9 9 6-1 9-9 11-16 1"
    "-3 2-6 4-10-3 7-6 12-10 16M103 22c1 7 0 14-1 21M113 13c6-2 12-3 18-4M119 12c-2 8-5 14-10 1"
    "9M116 18c4-1 7-1 10-2-2 9-7 17-15 24M134 12c1 6 1 11 0 17M143 6c1 12 1 24 0 35-2 2-5 0-7-2"
)
LIN = (
    "M10 24c9-3 18-5 27-4M25 7c1 12 1 25-2 37-1 3-4 0-6-2M24 20C20 29 15 36 8 41M25 21c4 8 9 12"
    " 15 13 5 0 7-6 9-12 6-2 13-4 20-3M59 8c1 12 0 24-2 35M58 20c-3 8-7 14-13 18M59 20c4 7 8 11"
    " 14 12 8 0 12-8 18-13 10-4 22-6 34-6M110 5c1 13 0 27-2 40M109 18c-4 9-9 15-15 20M110 18c6 "
    "9 13 14 24 16M101 35c6-1 11-2 17-1 6 2 13 1 19-3"
)


def at(clock: str, day: int = 14) -> datetime:
    """Return a moment of October 2026 in Shanghai: `at("08:21:10")`."""
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return datetime(2026, 10, day, hour, minute, second, tzinfo=SHANGHAI)


def kg(text: str) -> Decimal:
    """Return an amount."""
    return Decimal(text)


class Specimens:
    """Every page in one language."""

    def __init__(self, lang: Lang) -> None:
        self.zh = lang == "zh"

    def t(self, zh: str, en: str) -> str:
        """Choose the words a pack would give."""
        return zh if self.zh else en

    def all(self) -> Iterator[tuple[str, str, View]]:
        """Return name, path and view of every page; `elder-` names are for the elder layout."""
        yield from self.of_citizens()
        yield from self.of_everybody()
        yield from self.of_the_desk()
        yield from self.of_command()
        yield from self.of_the_console()

    def of_citizens(self) -> Iterator[tuple[str, str, View]]:
        """Citizen pages."""
        yield "home", "/", self.home()
        yield "home-empty", "/", citizen.Home(called=self.jiang, often=self.often, matters=757)
        yield "elder-home", "/", self.home()
        yield "cases", "/cases", self.cases()
        yield "ask", "/ask/marine_waste.pickup", self.ask()
        yield "ask-errors", "/ask/marine_waste.pickup", self.ask(wrong=True)
        for step in ("what", "where", "sure"):
            yield f"elder-ask-{step}", "/ask/marine_waste.pickup", self.ask(step=step)
        yield "track", "/cases/JJ-DEMO-0042", self.track()
        yield "track-late", "/cases/JJ-DEMO-0042", self.track(late=True)
        yield "track-done", "/cases/JJ-DEMO-0042", self.track_done()
        yield "elder-track", "/cases/JJ-DEMO-0042", self.track()
        yield "sign", "/cases/JJ-DEMO-0042/sign", self.sign()
        yield "papers", "/papers", self.papers()
        yield "papers-empty", "/papers", citizen.Papers()
        yield "receipt", "/papers/JJ-DEMO-0042", self.receipt()
        yield "subsidy", "/grants/grant_1", self.subsidy()
        yield "rate", "/cases/JJ-DEMO-0042/rate", self.rate()
        yield "reads", "/me/reads", self.reads()
        yield "me", "/me", self.me()
        yield "find", "/matters", self.find()
        yield "inbox", "/messages", self.inbox()
        yield "why", "/cases/JJ-DEMO-0042/why", self.why()

    def of_everybody(self) -> Iterator[tuple[str, str, View]]:
        """Public pages."""
        yield "sign-in", "/sign-in", self.sign_in()
        yield "sign-in-plain", "/sign-in", public.SignIn(refused=self.t("账号或密码不对", "Account or password is wrong"))
        for verdict in ("good", "not_current", "forged", "unknown", "ask"):
            yield f"verify-{verdict}", "/verify/JJ-DEMO-0042", self.verify(verdict)
        yield "refusal", "/refused", self.refusal()
        yield "fault", "/fault", public.Trouble(kind="fault", said=self.t("是我们出了错，你填的都在", "Our fault; what you filled is safe"), code="E-0000", phone="000-0000")
        yield "not-found", "/nowhere", public.Trouble(kind="not_found", said=self.t("没有这一页", "There is no such page"))

    def of_the_desk(self) -> Iterator[tuple[str, str, View]]:
        """The desk."""
        yield "desk", "/desk/", desk.Desk()

    def of_command(self) -> Iterator[tuple[str, str, View]]:
        """The duty screen, and its quiet twin."""
        yield "command", "/command", self.duty()
        yield "command-quiet", "/command", self.duty_quiet()
        yield "command-rows", "/command/figures/arrival/rows", self.rows()

    def of_the_console(self) -> Iterator[tuple[str, str, View]]:
        """Console pages."""
        yield "packs", "/console/packs", self.packs()
        yield "pack", "/console/packs/marine_waste", self.pack()
        yield "matters", "/console/matters", self.matters()
        yield "rules", "/console/rules", self.rules()
        yield "journal", "/console/journal", console.Journal(facts=self.facts(), names=("case.Opened", "case.StepTaken"), older="/console/journal?before=1842", total=1851)
        yield "fact", "/console/journal/1851", self.fact()
        yield "parked", "/console/parked", self.parked()
        yield "parked-empty", "/console/parked", console.Parked()
        yield "seal", "/console/seal", self.seal()
        yield "seal-broken", "/console/seal", self.seal(broken=True)
        yield "health", "/console/health", self.health()

    @property
    def jiang(self) -> str:
        return self.t("江示例", "Jiang Shili")

    @property
    def lin(self) -> str:
        return self.t("林样本", "Lin Yangben")

    @property
    def steps(self) -> tuple[Step, ...]:
        words = ("已提交", "已派船", "航行中", "称重签字", "补贴到账") if self.zh else ("Asked", "Sent", "Sailing", "Weigh, sign", "Subsidy")
        stages = ("done", "done", "now", "next", "next")
        return tuple(Step(word=w, stage=s) for w, s in zip(words, stages, strict=True))

    @property
    def often(self) -> tuple[citizen.Often, ...]:
        return tuple(
            citizen.Often(word=self.t(zh, en), icon=f"i-{icon}", href=href)
            for zh, en, icon, href in (
                ("回收污染物", "Waste pickup", "bag", "/ask/marine_waste.pickup"),
                ("渔船检验", "Vessel survey", "anchor", "/matters?q=1"),
                ("挂号看病", "See a doctor", "cross", "/matters?q=2"),
                ("医保报销", "Health claims", "coin", "/matters?q=3"),
                ("我的证照", "My papers", "card", "/papers"),
                ("出生一件事", "New baby", "baby", "/matters?q=4"),
                ("反映问题", "Report a problem", "talk", "/matters?q=5"),
                ("找人帮办", "Ask a person", "help", "/help"),
            )
        )

    def under_way(self) -> citizen.UnderWay:
        return citizen.UnderWay(
            id="JJ-DEMO-0042", title=self.t("回收污染物", "Waste pickup"), status="ok", steps=self.steps,
            minutes=11, unit="蓝样03", km=kg("3.9"), promised=at("08:41"),
        )

    def home(self) -> citizen.Home:
        return citizen.Home(
            called=self.t("江师傅", "Mr Jiang"), under_way=(self.under_way(),),
            waiting=(citizen.Waiting(id="grant_1", title=self.t("污染物回收补贴", "Waste recovery subsidy"), yuan=kg("86.40"), receipt="JJ-DEMO-0036", signed_on=date(2026, 10, 12), paid_within=3),),
            often=self.often, matters=757, looked=3, unread=2,
        )

    def cases(self) -> citizen.UnderWayList:
        return citizen.UnderWayList(
            open=(self.under_way(),),
            closed=(citizen.Closed(id="JJ-DEMO-0036", title=self.t("回收污染物", "Waste pickup"), closed_at=at("10:02", 12), outcome=self.t("收了 3 类 186.00 kg，联单已出", "3 kinds, 186.00 kg, receipt issued")),),
        )

    def kinds(self) -> tuple[citizen.Kind, ...]:
        return (
            citizen.Kind(name="oily_water", word=self.t("含油污水", "Oily water"), icon="i-drop", note=self.t("机舱舱底水", "Bilge water"), estimate=kg("150"), step=kg("50"), chosen=True),
            citizen.Kind(name="nets", word=self.t("废渔网", "Old nets"), icon="i-net", estimate=kg("30"), chosen=True),
            citizen.Kind(name="plastic", word=self.t("废塑料", "Plastic"), icon="i-bottle", note=self.t("瓶、绳、泡沫", "Bottles, rope, foam"), estimate=kg("10")),
            citizen.Kind(name="oil", word=self.t("废机油", "Waste oil"), icon="i-drop", note=self.t("会派有资质的船", "A licensed boat is sent"), estimate=kg("5"), hazardous=True),
        )

    def ask(self, *, wrong: bool = False, step: str = "what") -> citizen.Ask:
        faults = (citizen.FieldError(field="kind", said=self.t("选至少一样要收的", "Choose at least one kind")),) if wrong else ()
        return citizen.Ask(
            matter="marine_waste.pickup", title=self.t("叫船收污染物", "Ask for a boat"), vessel="浙椒渔00000",
            vessel_source=self.t("农业农村 渔船登记", "Agriculture, vessel register"), vessel_source_on=date(2026, 10, 14),
            kinds=self.kinds(), promise_minutes=20, nearest_minutes=12, once="once_1", errors=faults,
            berths=(
                citizen.Berth(id="berth_1", name=self.t("大陈码头 3 号泊位", "Dachen quay, berth 3"), at=(121.9, 28.45), source=self.t("你的船登记的泊位", "Your vessel's berth")),
                citizen.Berth(id="berth_2", name=self.t("栅浦渔港", "Zhapu harbour"), at=(121.45, 28.68), source=self.t("上次在这里", "Used last time")),
            ),
            elder_step=step, answers=(("kind", "oily_water"),) if step != "what" else (),  # type: ignore[arg-type]
        )

    def scene(self) -> Scene:
        return Scene(
            now=at("08:28:06"), box=(121.50, 28.555, 121.70, 28.70), you=(121.655, 28.612),
            units=(MapUnit(id="unit_3", name="蓝样03", at=(121.600, 28.641), heading=124.0, seen_at=at("08:28:04"), knots=11.6, mine=True),),
            routes=(MapRoute(id="JJ-DEMO-0042", sailed=((121.572, 28.656), (121.600, 28.641)), ahead=((121.600, 28.641), (121.628, 28.627), (121.655, 28.612)), chosen=True),),
        )

    def moments(self) -> tuple[Moment, ...]:
        return (
            Moment(said=self.t("你提出请求：塑料、渔网、废机油", "You asked: plastic, nets, waste oil"), stage="done", at=at("08:21:10")),
            Moment(said=self.t("派出蓝样03，最近的能收的船", "Sent 蓝样03, nearest able"), stage="done", at=at("08:21:48"), why="/cases/JJ-DEMO-0042/why", why_word=self.t("为什么是它", "Why this one")),
            Moment(said=self.t("航行中，还有 3.9 公里海路", "Sailing, 3.9 km by sea to go"), stage="now", at=at("08:28:04")),
            Moment(said=self.t("分类称重，双方签字，当场出联单", "Weigh by kind, both sign, receipt at once"), stage="next", at=at("08:39"), about=True),
        )

    def track(self, *, late: bool = False) -> citizen.Track:
        return citizen.Track(
            id="JJ-DEMO-0042", title=self.t("回收污染物", "Waste pickup"), phase="coming", status="late" if late else "ok",
            steps=self.steps, moments=self.moments(), scene=self.scene(), minutes=17 if late else 11, eta=at("08:47" if late else "08:39"),
            promised=at("08:41"), late_reason=self.t("船晚了 6 分钟：大陈水道潮低。新的时间 08:47", "6 minutes late: low tide at Dachen. New time 08:47") if late else "",
            unit="蓝样03", crew=self.lin, takes=self.t("能收塑料、渔网、废机油", "Takes plastic, nets, waste oil"), phone="00000000000",
            knots=11.6, km=kg("3.9"), position_age=6, may_cancel=True, may_move=True,
        )

    def track_done(self) -> citizen.Track:
        done = tuple(Step(word=s.word, stage="done") for s in self.steps)
        return citizen.Track(
            id="JJ-DEMO-0042", title=self.t("回收污染物", "Waste pickup"), phase="done", status="ok", steps=done,
            moments=(
                Moment(said=self.t("没有遇到船，位置偏了 1.2 公里", "Missed: the position was 1.2 km off"), stage="warn", at=at("08:34")),
                Moment(said=self.t("称了 4 类，双方签字", "4 kinds weighed, both signed"), stage="done", at=at("08:46")),
                Moment(said=self.t("补贴 86.40 元到账", "Subsidy CNY 86.40 paid"), stage="done", at=at("15:02")),
            ),
            scene=self.scene(), unit="蓝样03", crew=self.lin, takes="", km=None, to_rate=True, receipt="JJ-DEMO-0042",
        )

    def lines(self) -> tuple[Line, ...]:
        return (
            Line(kind=self.t("废塑料", "Plastic"), icon="i-bottle", kg=kg("12.40"), note=self.t("瓶、绳、泡沫", "Bottles, rope, foam"), basis=self.t("秤 S-00，08:40", "Scale S-00, 08:40")),
            Line(kind=self.t("废渔网", "Old nets"), icon="i-net", kg=kg("31.60"), note=self.t("尼龙", "Nylon"), basis=self.t("秤 S-00，08:41", "Scale S-00, 08:41")),
            Line(kind=self.t("废机油", "Waste oil"), icon="i-drop", kg=kg("6.20"), note=self.t("危险废物，另附转移联单 WF-DEMO-0042", "Hazardous; transfer manifest WF-DEMO-0042"), basis=self.t("秤 S-00，08:42", "Scale S-00, 08:42"), hazardous=True),
            Line(kind=self.t("含油污水", "Oily water"), icon="i-drop", kg=kg("148.00"), note=self.t("机舱舱底水", "Bilge water"), basis=self.t("秤 S-00，08:43", "Scale S-00, 08:43")),
        )

    def marks(self) -> tuple[Mark, Mark]:
        return (
            Mark(who=self.jiang, role=self.t("交出方", "Giver"), at=at("08:45:52"), key="K-DEMO-01", path=JIANG),
            Mark(who=self.lin, role=self.t("接收方", "Receiver"), at=at("08:44:10"), key="K-DEMO-02", path=LIN),
        )

    def sign(self) -> citizen.Sign:
        giver, taker = self.marks()
        return citizen.Sign(
            id="JJ-DEMO-0042", vessel="浙椒渔00000", met_at=at("08:38"), place=self.t("台州湾", "Taizhou Bay"), lines=self.lines(), total=kg("198.20"),
            against_forecast=self.t("比预报多 4.3%，在 10% 内", "4.3% over the forecast, within 10%"), theirs=taker, mine=Mark(who=giver.who, role=giver.role), digest=DIGEST, once="once_2",
        )

    def papers(self) -> citizen.Papers:
        line = citizen.ReceiptLine
        return citizen.Papers(papers=(
            line(id="JJ-DEMO-0042", title=self.t("船舶污染物接收联单", "Reception receipt"), on=date(2026, 10, 14), said="198.20 kg", status="good"),
            line(id="JJ-DEMO-0036", title=self.t("船舶污染物接收联单", "Reception receipt"), on=date(2026, 10, 12), said="186.00 kg", status="open"),
            line(id="JJ-DEMO-0012", title=self.t("船舶污染物接收联单", "Reception receipt"), on=date(2026, 9, 3), said="91.20 kg", status="revoked"),
        ))

    def receipt(self) -> citizen.Receipt:
        giver, taker = self.marks()
        path, size = qr_path("https://verify.zhouqiao.example/r/JJ-DEMO-0042")
        return citizen.Receipt(
            id="JJ-DEMO-0042", copy=self.t("第一联 · 交船方", "Copy 1 · vessel"), on=date(2026, 10, 14), vessel="浙椒渔00000", owner=self.jiang,
            receiver=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"), boat=f"蓝样03，{self.lin}", begun=at("08:38"), ended=at("08:46"),
            place=self.t("台州湾", "Taizhou Bay"), at=(121.655, 28.612), accuracy=8, lines=self.lines(), total=kg("198.20"), total_words=self.t("壹佰玖拾捌点贰零", "198.20"),
            giver_mark=giver, taker_mark=taker, address="verify.zhouqiao.example/r/JJ-DEMO-0042", qr=path, qr_size=size, digest=DIGEST,
            rule=self.t("规则 接收联单 第 4 版", "Rule reception receipt, version 4"), made_at=at("08:46:03"),
        )

    def subsidy(self) -> citizen.Subsidy:
        worked = citizen.Worked
        return citizen.Subsidy(
            id="grant_1", title=self.t("污染物回收补贴", "Waste recovery subsidy"), yuan=kg("86.40"), receipt="JJ-DEMO-0036", signed_on=date(2026, 10, 12),
            lines=(
                worked(kind=self.t("废渔网", "Old nets"), kg=kg("36.00"), rate=kg("1.20"), yuan=kg("43.20"), factor=self.t("补贴标准 渔网 第 2 版", "Rate nets, version 2")),
                worked(kind=self.t("废塑料", "Plastic"), kg=kg("18.00"), rate=kg("2.40"), yuan=kg("43.20"), factor=self.t("补贴标准 塑料 第 2 版", "Rate plastic, version 2")),
            ),
            rule=self.t("规则 补贴 第 3 版", "Rule subsidy, version 3"), account=self.t("示例银行 尾号 0000", "Demo Bank, ends 0000"), account_source=self.t("社会保障卡", "Social security card"), paid_within=3,
            steps=tuple(Step(word=self.t(z, e), stage=s) for z, e, s in (("称重签字", "Weighed", "done"), ("算出", "Worked out", "done"), ("你确认", "Your word", "now"), ("到账", "Paid", "next"))),  # type: ignore[arg-type]
            assumed=self.t("补贴标准是演示用的，本县的还没核实。", "These rates are for the demonstration; the county's are not verified."),
            left_out=self.t("含油污水 132.00 kg 没有补贴，不算进来。", "Oily water, 132.00 kg, carries no subsidy and is left out."), once="once_3", may_accept=True,
        )

    def rate(self) -> citizen.Rate:
        return citizen.Rate(id="JJ-DEMO-0042", title=self.t("回收污染物", "Waste pickup"), unit="蓝样03", came_minutes=18, promise_minutes=20, once="once_4")

    def reads(self) -> citizen.Reads:
        return citizen.Reads(month=date(2026, 10, 1), reads=(
            citizen.Looked(at=at("08:22"), body=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"), post=self.t("船员", "Crew"), fields=self.t("姓名、电话", "Name, phone"), purpose=self.t("会合时联系你", "To reach you at the meeting"), case="JJ-DEMO-0042"),
            citizen.Looked(at=at("11:05", 12), body=self.t("示例区财政局", "Demo finance bureau"), post=self.t("补贴经办", "Grants clerk"), fields=self.t("姓名、账号", "Name, account"), purpose=self.t("付补贴", "To pay the subsidy"), case="JJ-DEMO-0036"),
        ))

    def me(self) -> citizen.Me:
        known = citizen.Known
        return citizen.Me(name=self.jiang, looked=3, facts=(
            known(label=self.t("手机", "Phone"), value="000****0000", source=self.t("你自己填的", "From you"), on=date(2026, 3, 2)),
            known(label=self.t("船名号", "Vessel"), value="浙椒渔00000", source=self.t("农业农村 渔船登记", "Agriculture, vessel register"), on=date(2026, 10, 14)),
        ))

    def find(self) -> citizen.Find:
        found = citizen.Found
        return citizen.Find(q=self.t("渔船", "vessel"), total=757, found=(
            found(name=self.t("海洋污染物回收", "Marine waste pickup"), body=self.t("椒江区（示例）", "Jiaojiang (demo)"), said=self.t("20 分钟到船", "A boat in 20 min"), href="/ask/marine_waste.pickup"),
            found(name=self.t("渔业船舶检验", "Fishing vessel survey"), body=self.t("农业农村", "Agriculture"), said=self.t("法定 20 个工作日", "Statute: 20 working days"), href="/matters/1"),
        ))

    def inbox(self) -> citizen.Inbox:
        message = citizen.Message
        return citizen.Inbox(messages=(
            message(id="n1", said=self.t("蓝样03 已出发，约 08:39 到", "蓝样03 has left, about 08:39"), at=at("08:22"), href="/cases/JJ-DEMO-0042"),
            message(id="n2", said=self.t("补贴 86.40 元等你确认", "Subsidy of CNY 86.40 waits for your word"), at=at("16:00", 12), href="/grants/grant_1", seen=True),
        ))

    def why(self) -> citizen.WhyUnit:
        tried = citizen.Tried
        return citizen.WhyUnit(id="JJ-DEMO-0042", unit="蓝样03", said=self.t("它是能收这几样的船里最近的。", "It is the nearest of the boats that may take these."), rule=self.t("规则 派船 第 7 版", "Rule dispatch, version 7"), tried=(
            tried(unit="蓝样02", km=kg("3.1"), minutes=9, why_not=self.t("没有危险废物资质，不能收废机油", "No licence for hazardous waste: may not take waste oil")),
            tried(unit="蓝样03", km=kg("5.6"), minutes=16),
            tried(unit="蓝样06", km=None, minutes=None, why_not=self.t("9 分钟没有位置", "No position for 9 minutes")),
        ))

    def sign_in(self) -> public.SignIn:
        someone = public.DemoAccount
        return public.SignIn(demo_accounts=(
            someone(handle="jiang", name=self.jiang, role=self.t("渔民，浙椒渔00000", "Fisher, 浙椒渔00000"), surface="citizen"),
            someone(handle="lin", name=self.lin, role=self.t("蓝样03 船员", "Crew of 蓝样03"), surface="desk"),
            someone(handle="duty", name=self.t("王虚构", "Wang Xugou"), role=self.t("值班员，椒江区", "Duty officer, Jiaojiang"), surface="command"),
            someone(handle="steward", name=self.t("陈假设", "Chen Jiashe"), role=self.t("数据管家", "Data steward"), surface="console"),
        ), providers=((self.t("省统一身份", "the provincial identity"), "/sign-in/oidc/province"),))

    def verify(self, verdict: str) -> public.Verify:
        good = verdict in ("good", "not_current")
        check = public.Check
        return public.Verify(
            id="JJ-DEMO-0042", verdict=verdict, title=self.t("船舶污染物接收联单", "Ship Pollutant Reception Receipt") if good else "",  # type: ignore[arg-type]
            issuer=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"), made_at=at("08:46:03"), lines=self.lines() if verdict == "good" else (), total=kg("198.20"), digest=DIGEST, checked_at=at("09:00"),
            said=self.t("2026-10-20 由 JJ-DEMO-0051 替换。", "Replaced by JJ-DEMO-0051 on 2026-10-20.") if verdict == "not_current" else "",
            checks=() if verdict in ("unknown", "ask") else (
                check(said=self.t("内容和存的一样", "The content is as we keep it"), good=verdict != "forged"),
                check(said=self.t("交出方、接收方的签名都对", "Both signatures hold"), good=True),
                check(said=self.t("日志的封存", "The seal of the journal"), good=None if verdict == "forged" else True),
            ),
        )

    def refusal(self) -> public.Trouble:
        return public.Trouble(
            kind="refusal", said=self.t("蓝样02 不能收废机油", "蓝样02 may not take waste oil"), why=self.t("这艘船没有危险废物资质（2026-03-01 起必须有）。已改派蓝样05，约 08:52 到。", "This boat has no licence for hazardous waste (needed since 2026-03-01). 蓝样05 was sent instead, about 08:52."),
            code="dispatch.licence_missing", ways=(public.Way(word=self.t("知道了", "I see"), href="/cases/JJ-DEMO-0042"),), phone="000-0000",
        )

    def figures(self) -> command.Figures:
        def one(name: str, label: str, value: str, unit: str, beside: str, word: str, **more: object) -> Figure:
            return Figure(name=name, label=label, value=value, unit=unit, beside=beside, drill=Drill(href=f"/command/figures/{name}", word=word), **more)  # type: ignore[arg-type]

        t = self.t
        return command.Figures(figures=(
            one("requests", t("今天的请求", "Requests today"), "46", t("件", ""), t("昨天此时 41", "41 by now yesterday"), t("来源", "Where from")),
            one("arrival", t("平均到船", "Mean arrival"), "14:36", t("分秒", "min:s"), t("承诺 20:00", "Promised 20:00"), t("怎么算的", "How"), on=True),
            one("in_time", t("20 分钟内到船", "Within 20 min"), "95.0", "%", t("40 次里 38 次", "38 of 40"), t("看那 2 次", "See the 2")),
            one("mass", t("收到污染物", "Waste taken"), "1.864", t("吨", "t"), t("含油污水占 93.4%", "93.4% oily water"), t("分类", "By kind")),
            one("differences", t("称重对不上", "Weights off"), "3", t("单", ""), t("不发证，不付补贴", "No paper, no subsidy"), t("看 3 单", "See 3"), status="due", status_word=t("待核 12.4 kg", "12.4 kg open")),
            one("online", t("在线的船", "Boats online"), "5", t("/ 6 艘", "/ 6"), t("蓝样06，9 分钟前", "蓝样06, 9 min ago"), t("最后位置", "Last seen"), status="unknown", status_word=t("1 艘失联", "1 silent")),
        ))

    def queue(self) -> command.Queue:
        t = self.t

        def one(id: str, what: str, who: str, status: str, minutes: int | None, **more: object) -> command.Queued:
            return command.Queued(id=f"JJ-DEMO-{id}", what=what, who=who, status=status, left=TimeLeft(minutes=minutes), **more)  # type: ignore[arg-type]

        return command.Queue(queued=(
            one("0019", t("危废转移联单没有回执", "No return of a hazardous manifest"), t("生态环境", "Ecology"), "breach", -1680),
            one("0037", t("浙椒渔00013 等船", "浙椒渔00013 waits"), t("蓝样02 在途", "蓝样02 under way"), "late", -6),
            one("0040", t("浙椒渔00007 含油污水", "浙椒渔00007 oily water"), t("蓝样05 在途", "蓝样05 under way"), "due", 4),
            one("0042", t("浙椒渔00000 塑料、网、油", "浙椒渔00000 plastic, nets, oil"), t("蓝样03 在途", "蓝样03 under way"), "ok", 13, chosen=True),
            one("0043", t("示例街占道经营，群众来电", "Street stall, called in"), t("综合执法三队", "Squad three"), "ok", 22),
            one("0044", t("大陈码头垃圾满溢", "Dachen quay bins full"), t("大陈镇网格 00", "Dachen grid 00"), "ok", 112),
            one("0031", t("称重差 7.2 kg，待复核", "Weights 7.2 kg off, to check"), t("云仓", "Store"), "ok", 190),
            one("0045", t("蓝样06 没有位置", "蓝样06 no position"), t("最后在一江山附近", "last near Yijiangshan"), "unknown", None, seen_ago=540),
            command.Queued(id="JJ-DEMO-0028", what=t("示例村道路灯不亮", "Village lamps out"), who=t("城管", "City works"), status="ok", left=TimeLeft(working_days=1)),
        ))

    def events(self) -> command.Events:
        t, one = self.t, command.Happened
        return command.Events(events=(
            one(at=at("08:28:04"), who="蓝样03", said=t("航行中，11.6 节，还有 3.9 公里", "Sailing, 11.6 kn, 3.9 km to go"), case="JJ-DEMO-0042"),
            one(at=at("08:27:51"), who="12345", said=t("来电：示例街摊贩占道，与 08:19 的线索并为一件", "Call: street stall, merged with the clue of 08:19"), case="JJ-DEMO-0043"),
            one(at=at("08:27:20"), who=t("预警", "Warning"), said=t("危废转移联单 0019 超过法定回执时限，已告生态环境带班", "Manifest 0019 is past its statutory return; Ecology's lead told"), case="JJ-DEMO-0019"),
        ))

    def case(self) -> command.Case:
        t = self.t
        words = ("请求", "派船", "航行", "称重", "入仓", "补贴") if self.zh else ("Asked", "Sent", "Sailing", "Weighed", "Stored", "Paid")
        stages = ("done", "done", "now", "next", "next", "next")
        return command.Case(
            id="JJ-DEMO-0042", title=t("浙椒渔00000 请求回收污染物", "浙椒渔00000 asks for a pickup"), about=t("江示例 · 预报约 190 kg · 含危废", "Jiang Shili · about 190 kg · hazardous"), status="ok",
            steps=tuple(Step(word=w, stage=s) for w, s in zip(words, stages, strict=True)), minutes=11, eta=at("08:39"), promised=at("08:41"), spare=TimeLeft(minutes=2),
            moments=(
                Moment(said=t("渔民在渔省心提出", "Asked by the fisher"), stage="done", at=at("08:21:10"), note=t("定位 ±8 m，WGS 84 · 来源：本人", "Place ±8 m, WGS 84 · from the person")),
                Moment(said=t("立案，归到 海洋污染物回收", "Opened as marine waste pickup"), stage="done", at=at("08:21:12"), note=t("规则 分类 第 5 版 · 与 0 件重复", "Rule classes, version 5 · 0 duplicates")),
                Moment(said=t("派出蓝样03", "Sent 蓝样03"), stage="done", at=at("08:21:48"), note=t("最近 2 艘里，蓝样02 无危废资质", "Of the nearest 2, 蓝样02 has no hazardous licence"), why="/cases/JJ-DEMO-0042/why", why_word=t("为什么是它", "Why this one")),
                Moment(said=t("林样本接单，开航", "Taken by Lin Yangben, under way"), stage="done", at=at("08:22:30")),
                Moment(said=t("航行中，还有 3.9 公里", "Sailing, 3.9 km to go"), stage="now", at=at("08:28:04"), note=t("海路，最浅处 2.4 m，吃水 1.1 m", "By sea, shallowest 2.4 m, draught 1.1 m")),
                Moment(said=t("会合，分 4 类称重，双方签字", "Meet, weigh 4 kinds, both sign"), stage="next", at=at("08:39"), about=True),
                Moment(said=t("入云仓，出联单，算补贴", "Store, receipt, subsidy"), stage="next", at=at("10:21"), by_then=True, note=t("全程承诺 2 小时", "2 hours promised in all")),
            ),
            matter=t("海洋污染物回收", "Marine waste pickup"), version="v12", promise=t("到船 20 分钟，全程 2 小时（非法定）", "Boat 20 min, all 2 h (not statutory)"), sources=t("渔船登记，船位，秤", "Vessel register, positions, scale"),
            reads=Drill(href="/console/journal?q=JJ-DEMO-0042", word=t("3 次查阅", "Read 3 times")), phone="00000000000", may_reassign=True,
        )

    def drill(self) -> command.DrillDown:
        t, bar = self.t, command.Bar
        return command.DrillDown(
            name="arrival", title=t("平均到船 14:36 怎么算的", "How mean arrival 14:36 is worked out"), formula=t("∑（到船时刻 − 派出时刻） ÷ 到船次数", "∑ (met − sent) ÷ meetings"), worked=t("584 分 00 秒 ÷ 40 次 = 14 分 36 秒", "584 min 00 s ÷ 40 = 14 min 36 s"),
            bars=(bar(label="0–5", count=3), bar(label="5–10", count=8), bar(label="10–15", count=13), bar(label="15–20", count=14), bar(label=t("20 以上", "over 20"), count=2, past=True)),
            bars_title=t("到船用时（分）", "Minutes to meet"), limit_word=t("承诺 20 分", "20 promised"), left_out=t("没算进来 6 件：5 件在途，1 件取消。", "6 left out: 5 under way, 1 cancelled."),
            rule=t("规则第 3 版", "Rule version 3"), at=at("08:28:00"), rows=Drill(href="/command/figures/arrival/rows", word=t("看这 40 次", "See these 40")),
        )

    def wide_scene(self) -> Scene:
        t = self.t
        unit = lambda n, spot, head, **more: MapUnit(id=f"unit_{n}", name=f"蓝样0{n}", at=spot, heading=head, seen_at=at("08:28:04"), **more)  # noqa: E731
        return Scene(
            now=at("08:28:06"), box=(121.28, 28.30, 122.02, 28.80),
            units=(unit(1, (121.700, 28.702), 252.0), unit(2, (121.945, 28.475), 120.0), unit(3, (121.600, 28.641), 119.0, mine=True, knots=11.6), unit(4, (121.520, 28.682), 282.0), unit(5, (121.690, 28.530), 353.0), unit(6, (121.780, 28.645), 0.0, lost=True)),
            cases=(
                MapCase(id="JJ-DEMO-0042", name="浙椒渔00000", at=(121.655, 28.612), status="ok", left=t("剩 13 分", "13 min left"), chosen=True),
                MapCase(id="JJ-DEMO-0040", name="00007", at=(121.685, 28.573), status="due", left=t("剩 4 分", "4 min left")),
                MapCase(id="JJ-DEMO-0037", name="00013", at=(121.985, 28.452), status="late", left=t("超 6 分", "6 min over")),
                MapCase(id="JJ-DEMO-0044", name=t("大陈码头", "Dachen quay"), at=(121.888, 28.437), status="ok"),
            ),
            places=(MapPlace(name=t("云仓 62%", "Store 62%"), at=(121.452, 28.688), kind="store"),),
            routes=(
                MapRoute(id="JJ-DEMO-0042", sailed=((121.572, 28.656), (121.600, 28.641)), ahead=((121.600, 28.641), (121.655, 28.612)), chosen=True),
                MapRoute(id="r1", sailed=(), ahead=((121.700, 28.702), (121.600, 28.690), (121.520, 28.682), (121.460, 28.687), (121.452, 28.688))),
                MapRoute(id="r2", sailed=(), ahead=((121.945, 28.475), (121.985, 28.452))),
                MapRoute(id="r5", sailed=(), ahead=((121.690, 28.530), (121.685, 28.573))),
            ),
        )

    def duty(self) -> command.Command:
        return command.Command(
            area=self.t("椒江区", "Jiaojiang"), on_duty=self.lin, lead=self.jiang, now=at("08:28:06"), figures=self.figures(), queue=self.queue(),
            events=self.events(), scene=self.wide_scene(), case=self.case(), drill=self.drill(),
        )

    def duty_quiet(self) -> command.Command:
        return command.Command(area=self.t("椒江区", "Jiaojiang"), on_duty=self.lin, lead=self.jiang, now=at("05:02:11"), figures=self.figures(), queue=command.Queue(), events=command.Events(), scene=Scene(now=at("05:02:11"), box=(121.28, 28.30, 122.02, 28.80)))

    def rows(self) -> command.Rows:
        return command.Rows(name="arrival", title=self.t("平均到船：这 40 次", "Mean arrival: these 40"), value_word=self.t("用时", "Took"), rows=(
            command.Row(id="JJ-DEMO-0041", what="浙椒渔00004", value="12:08", at=at("08:20:10")),
            command.Row(id="JJ-DEMO-0042", what="浙椒渔00000", value="—", at=at("08:21:48"), counted=False, why_not=self.t("在途", "under way")),
        ))

    def packs(self) -> console.Packs:
        return console.Packs(packs=(
            console.PackLine(name="marine_waste", title=self.t("海洋污染物回收", "Marine waste pickup"), system=self.t("数字政府", "Digital government"), version=12, level="silver", findings=0, open=35),
            console.PackLine(name="penalty", title=self.t("行政处罚", "Penalty"), system=self.t("综合执法", "Enforcement"), version=2, level="bronze", findings=3, open=0),
        ))

    def clocks(self) -> tuple[console.Clock, ...]:
        t, clock, since = self.t, console.Clock, date(2026, 3, 1)
        return (
            clock(from_=t("已请求", "Requested"), to=t("已派船", "Sent"), by=t("平台", "Platform"), limit=t("2 分钟", "2 min"), statutory=False, basis=t("服务承诺第 1 条", "Service promise 1"), since=since, kept="99.8%"),
            clock(from_=t("已派船", "Sent"), to=t("已会合", "Met"), by=t("船员", "Crew"), limit=t("20 分钟", "20 min"), statutory=False, basis=t("服务承诺第 2 条", "Service promise 2"), since=since, kept="95.0%"),
            clock(from_=t("已请求", "Requested"), to=t("已入仓", "Stored"), by=t("船员、云仓", "Crew, store"), limit=t("2 小时", "2 h"), statutory=False, basis=t("服务承诺第 3 条", "Service promise 3"), since=since, kept="93.1%"),
            clock(from_=t("接收联单 双方签字", "Receipt signed by both"), to="", by=t("船员、渔民", "Crew, fisher"), limit=t("当场", "On the spot"), statutory=True, basis=t("接收单证规定", "Rules on reception papers"), assumed=t("待核，参照邻市条例", "Unverified, after a neighbour's rule"), kept="100%"),
            clock(from_=t("联单保存", "Receipt kept"), to="", by=t("接收单位", "Receiver"), limit=t("不少于 2 年", "2 years or more"), statutory=True, basis=t("接收单证规定", "Rules on reception papers"), assumed=t("待核条号", "Article unverified")),
        )

    def pack(self) -> console.Pack:
        t, quality = self.t, console.Quality
        tabs = (("流程与时钟", "Flow and clocks", ""), ("表单", "Forms", "6"), ("角色", "Roles", "5"), ("文书", "Papers", "3"), ("指标", "Indicators", "9"), ("预警", "Warnings", "4"), ("用语 zh/en", "Words zh/en", ""), ("故事测试", "Story tests", "14"))
        return console.Pack(
            name="marine_waste", title=t("海洋污染物回收", "Marine waste pickup"), system=t("数字政府", "Digital government"), procedure="marine_waste.pickup", version=12, shape="7f3a" + "0" * 56 + "00e1",
            level="silver", findings=(), pinned=((12, 31), (11, 4)), body=t("椒江区（示例）", "Jiaojiang (demo)"), diagram=(HERE / "pack.svg").read_text("utf-8"), clocks=self.clocks(),
            quality=(
                quality(said=t("每个状态有出路，每张表有一步来填", "Every state has a way out, every form a step"), state="done"), quality(said=t("每个时限写明依据", "Every clock names its basis"), state="done"),
                quality(said=t("断网可办，冲突两边都留", "Works offline; conflicts keep both"), state="done"), quality(said=t("中英文用语齐全", "Words complete in both languages"), state="done"),
                quality(said=t("条号核实", "Articles verified"), state="todo", note=t("还差 2 条", "2 to go")), quality(said=t("语音填写", "Voice entry"), state="exempt", note=t("“因为甲板噪声，先用大按键”", "“because of deck noise: big keys first”")),
            ),
            now=(console.Count(label=t("在办", "Open"), n=35, unit=t("件", "")), console.Count(label=t("今天办结", "Closed today"), n=41, unit=t("件", "")), console.Count(label=t("超承诺", "Late"), n=1, unit=t("件", ""), drill=Drill(href="/command", word=t("看", "See"))), console.Count(label=t("对不上账", "Differences"), n=3, unit=t("单", ""), drill=Drill(href="/command", word=t("看", "See")))),
            uses=((t("取用", "Uses"), t("渔船登记，船位", "Vessel register, positions")), (t("产生", "Makes"), t("称重，签名，联单", "Weights, signatures, receipts")), (t("个人信息", "Personal"), t("姓名、电话、账号", "Name, phone, account")), (t("保存", "Kept"), t("联单 2 年，轨迹 90 天", "Receipts 2 years, tracks 90 days"))),
            tabs=tuple(console.Tab(word=t(zh, en), href="/console/packs/marine_waste", count=n, on=not i) for i, (zh, en, n) in enumerate(tabs)),
            may_enable=True, compare=Drill(href="/console/packs/marine_waste/compare/11", word=t("与第 11 版比较", "Compare with version 11")),
        )

    def matters(self) -> console.Matters:
        t = self.t
        return console.Matters(total=757, more="/console/matters?after=1", matters=(
            console.MatterLine(code="331002000000000000000001", name=t("海洋污染物回收", "Marine waste pickup"), kind=t("公共服务", "Public service"), body=t("椒江区（示例）", "Jiaojiang (demo)"), level=t("县级", "County"), basis=t("海洋环境保护法 第 57 条", "Marine Environment Protection Law, art. 57"), promise=t("2 小时", "2 h"), statutory="", version=3, since=date(2026, 3, 1), assumed=t("待核", "Unverified")),
            console.MatterLine(code="331002000000000000000002", name=t("渔业船舶检验", "Fishing vessel survey"), kind=t("行政许可", "Licence"), body=t("农业农村局（示例）", "Agriculture (demo)"), level=t("县级", "County"), basis=t("渔业船舶检验条例", "Regulation on fishing vessel survey"), promise=t("5 个工作日", "5 working days"), statutory=t("20 个工作日", "20 working days"), version=1, since=date(2026, 1, 1)),
        ))

    def rules(self) -> console.Rules:
        t = self.t
        return console.Rules(on=date(2026, 10, 14), clocks=self.clocks(), calendar=t("工作日历到 2026 年底。", "Working calendar to the end of 2026."), tables=(
            console.Table(name="marine_waste.rates", title=t("回收补贴标准", "Recovery subsidy rates"), version=2, since=date(2026, 7, 1), until=None, source=t("演示数据", "Demonstration"), heads=(t("种类", "Kind"), t("元/kg", "CNY/kg"), t("每单上限", "Ceiling")), rows=((t("废渔网", "Old nets"), "1.20", "200.00"), (t("废塑料", "Plastic"), "2.40", "200.00")), assumed=t("待核", "Unverified")),
        ))

    def facts(self) -> tuple[console.Fact, ...]:
        t, fact = self.t, console.Fact
        return (
            fact(position=1851, at=at("08:28:04"), name="unit.PositionTold", about="unit_0193f2a1", by="unit_0193f2a1", said=t("蓝样03，11.6 节", "蓝样03, 11.6 kn"), scope="marine/331002001"),
            fact(position=1850, at=at("08:22:30"), name="task.Taken", about="task_0193f2a0", by=t("林样本", "Lin Yangben"), said=t("接单", "Taken"), scope="marine/331002001", sealed=37),
            fact(position=1849, at=at("08:21:48"), name="dispatch.PlanMade", about="case_0193f29f", by=t("平台", "Platform"), said=t("派出蓝样03", "Sent 蓝样03"), scope="marine/331002001", sealed=37),
            fact(position=1848, at=at("08:21:10"), name="case.Opened", about="case_0193f29f", by=t("‹个人›", "‹personal›"), said=t("立案", "Opened"), scope="marine/331002001", sealed=37),
        )

    def fact(self) -> console.FactPage:
        facts = self.facts()
        return console.FactPage(fact=facts[2], body='{\n  "case": "case_0193f29f",\n  "unit": "unit_0193f2a1",\n  "rule": "dispatch@7"\n}', causes=facts[3:], effects=facts[1:2])

    def parked(self) -> console.Parked:
        return console.Parked(parked=(console.ParkedItem(id="parked_1", reaction="indicator.on_step_taken", fact="case.StepTaken", position=1722, about="case_0193f201", said=self.t("指标“平均到船”没有单位“分”", "Indicator “arrival” has no unit “minute”"), tries=8, first_at=at("07:01:12"), last_at=at("07:44:30")),))

    def seal(self, *, broken: bool = False) -> console.Seal:
        sealed = console.Sealed
        return console.Seal(
            ranges=(sealed(number=37, first=1801, last=1850, root=DIGEST, at=at("08:25:00"), key="K-DEMO-S1", elsewhere=self.t("示例市档案节点", "Demo city archive node")), sealed(number=36, first=1751, last=1800, root=DIGEST[::-1], at=at("07:55:00"), key="K-DEMO-S1")),
            unsealed=1, verdict="broken" if broken else "good", verified_at=at("08:27:00"),
            said=self.t("第 36 段第 1777 条 evidence.Shown 和封存时不一样。", "Range 36: fact 1777, evidence.Shown, differs from what was sealed.") if broken else self.t("1850 条都对得上，用了 0.4 秒。", "1,850 facts hold, checked in 0.4 s."),
        )

    def health(self) -> console.Health:
        t, part = self.t, console.Part
        done = tuple(None if 20 <= i < 24 else float(40 + (i * 7) % 13) for i in range(60))
        waiting = tuple(None if 20 <= i < 24 else float((i * 5) % 11) for i in range(60))
        return console.Health(
            parts=(part(name=t("页面", "Web"), state="ok", said="pid 4021", seen_ago=1), part(name=t("反应", "Worker"), state="ok", said="pid 4022", seen_ago=1), part(name=t("派船", "Solver"), state="late", said=t("上一次用了 1.8 秒", "last took 1.8 s"), seen_ago=9), part(name="NATS", state="unknown", said=t("没有回应", "no answer"), seen_ago=75)),
            counts=(console.Count(label=t("排队", "Waiting"), n=3, unit=t("件", "")), console.Count(label=t("搁置", "Parked"), n=1, unit=t("件", ""), drill=Drill(href="/console/parked", word=t("看", "See"))), console.Count(label=t("今天的事实", "Facts today"), n=1851, unit=t("条", ""))),
            series={t("办了", "Done"): done, t("排着", "Waiting"): waiting}, series_until=at("08:28:00"), version="0.1.0",
        )
