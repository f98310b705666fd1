"""Made-up pages of a citizen."""

from collections.abc import Iterator
from datetime import date

import msgspec
from common import DIGEST, Common, at, kg

from zhouqiao.edge.portal import qr_path
from zhouqiao.edge.portal.pages import View, citizen, person
from zhouqiao.edge.portal.pages.parts import (
    MapRoute,
    MapUnit,
    Mark,
    Moment,
    Scene,
    Step,
)
from zhouqiao.sdk import pack_words
from zhouqiao_systems.government import marine_waste


class Citizens(Common):
    """Made-up pages of a citizen."""

    def of_citizens(self) -> Iterator[tuple[str, str, View]]:
        """Citizen pages."""
        yield "home", "/", self.home()
        yield "home-empty", "/", self.home_empty()
        yield "elder-home", "/", self.home()
        yield "cases", "/cases", self.cases()
        yield "ask", "/ask/marine_waste.pickup", self.ask()
        yield "ask-errors", "/ask/marine_waste.pickup", self.ask(wrong=True)
        for name, step in (("what", "kinds"), ("where", "place"), ("sure", "")):
            yield f"elder-ask-{name}", "/ask/marine_waste.pickup", self.ask(step=step)
        yield "ask-every", "/ask/street_lamp.repair", self.every()
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
        yield from self.of_signing_in()
        yield "find", "/matters", self.find()
        yield "inbox", "/messages", self.inbox()
        yield "why", "/cases/JJ-DEMO-0042/why", self.why()
        yield "sure", "/cases/JJ-DEMO-0042/cancel", self.sure()
        yield "elder-sure", "/cases/JJ-DEMO-0042/cancel", self.sure()
        yield "tell", "/cases/JJ-DEMO-0042/object", self.tell()
        yield "help", "/help", self.help()
        yield "elder-help", "/help", self.help()

    def of_signing_in(self) -> Iterator[tuple[str, str, View]]:
        """By what a citizen signs in."""
        yield "password", "/me/password", self.password()
        yield "password-first", "/me/password", self.password(first=True)
        yield "password-refused", "/me/password", self.password(wrong=True)
        yield "password-done", "/me/password", self.password(done=True)
        yield "password-none", "/me/password", self.password(held=False)
        yield "sessions", "/me/sessions", self.sessions()
        yield "sessions-alone", "/me/sessions", self.sessions(alone=True)
        yield "devices", "/me/devices", self.devices()
        yield "devices-none", "/me/devices", person.Devices(devices=())
        yield "notices", "/me/notices", self.notices()
        yield "notices-none", "/me/notices", self.notices(alone=True)
        yield "accounts", "/me/accounts", self.accounts(proved=True)
        yield "accounts-prove", "/me/accounts", self.accounts(proved=False)

    @property
    def often(self) -> tuple[citizen.Opening, ...]:
        return tuple(
            citizen.Opening(title=self.t(zh, en), said="", icon=f"i-{icon}", href=href)
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

    @property
    def phrases(self) -> dict[str, str]:
        """What the pack of the mockups says in its own words."""
        cut = "page.pickup."
        said = pack_words(marine_waste.__name__, "zh" if self.zh else "en")
        return {k.removeprefix(cut): v for k, v in said.items() if k.startswith(cut)}

    @property
    def first(self) -> citizen.First:
        said = self.phrases
        return citizen.First(
            href="/ask/marine_waste.pickup",
            act=said["home.ask"],
            said=said["home.nothing_said"],
            elder=said["elder.nothing_said"],
        )

    def under_way(self) -> citizen.UnderWay:
        return citizen.UnderWay(
            id="JJ-DEMO-0042",
            title=self.t("回收污染物", "Waste pickup"),
            status="ok",
            steps=self.steps,
            minutes=11,
            unit="蓝样03",
            km=kg("3.9"),
            promised=at("08:41"),
            phrases=self.phrases,
        )

    def home(self) -> citizen.Home:
        return citizen.Home(
            called=self.t("江师傅", "Mr Jiang"),
            under_way=(self.under_way(),),
            waiting=(
                citizen.Waiting(
                    id="grant_1",
                    title=self.t("污染物回收补贴", "Waste recovery subsidy"),
                    yuan=kg("86.40"),
                    receipt="JJ-DEMO-0036",
                    signed_on=date(2026, 10, 12),
                    paid_within=3,
                ),
            ),
            often=self.often,
            matters=757,
            looked=3,
            first=self.first,
        )

    def home_empty(self) -> citizen.Home:
        return citizen.Home(
            called=self.jiang, often=self.few(), matters=len(self.few()), first=self.first
        )

    def few(self) -> tuple[citizen.Opening, ...]:
        """A short list: each with a line about it."""
        lines = (
            ("最近的船来收，当场称重出联单", "The nearest boat comes and weighs it"),
            ("哪盏路灯坏了，3 个工作日修好", "Say which lamp is broken"),
        )
        return tuple(
            msgspec.structs.replace(one, said=self.t(*line))
            for one, line in zip(self.often, lines, strict=False)
        )

    def cases(self) -> citizen.UnderWayList:
        return citizen.UnderWayList(
            first=self.first,
            open=(self.under_way(),),
            closed=(
                citizen.Closed(
                    id="JJ-DEMO-0036",
                    title=self.t("回收污染物", "Waste pickup"),
                    closed_at=at("10:02", 12),
                    outcome=self.t(
                        "收了 3 类 186.00 kg，联单已出", "3 kinds, 186.00 kg, receipt issued"
                    ),
                ),
            ),
        )

    def kinds(self) -> tuple[citizen.Option, ...]:
        return (
            citizen.Option(
                name="oily_water",
                word=self.t("含油污水", "Oily water"),
                icon="i-drop",
                note=self.t("机舱舱底水", "Bilge water"),
                amount="150",
                step="50",
                chosen=True,
            ),
            citizen.Option(
                name="gear",
                word=self.t("废渔网", "Old nets"),
                icon="i-net",
                amount="30",
                step="5",
                chosen=True,
            ),
            citizen.Option(
                name="plastic",
                word=self.t("废塑料", "Plastic"),
                icon="i-bottle",
                note=self.t("瓶、绳、泡沫", "Bottles, rope, foam"),
                amount="10",
                step="5",
            ),
            citizen.Option(
                name="waste_oil",
                word=self.t("废机油", "Waste oil"),
                icon="i-drop",
                note=self.t("会派有资质的船", "A licensed boat is sent"),
                mark=self.t("危废", "Hazardous"),
                amount="5",
                step="5",
            ),
        )

    def inputs(self) -> tuple[citizen.Input, ...]:
        return (
            citizen.Input(
                name="kinds",
                shape="tiles",
                label=self.t("要收什么", "What to take"),
                hint=self.t("大约多少就行，到船再称", "A guess will do; it is weighed on board"),
                unit="kg",
                options=self.kinds(),
            ),
            self.place(),
            citizen.Input(
                name="photo",
                shape="file",
                label=self.t("照片", "Photo"),
                required=False,
                media="image/jpeg",
            ),
            citizen.Input(
                name="vessel",
                shape="known",
                label=self.t("船名号", "Vessel"),
                value="浙椒渔00000",
                source=self.t("农业农村 渔船登记", "Agriculture, vessel register"),
            ),
        )

    def place(self) -> citizen.Input:
        return citizen.Input(
            name="place",
            shape="place",
            label=self.t("船来哪里", "Where the boat comes"),
            value="berth_1",
            options=(
                citizen.Option(
                    name="berth_1",
                    word=self.t("大陈码头 3 号泊位", "Dachen quay, berth 3"),
                    note=self.t("你的船登记的泊位", "Your vessel's berth"),
                    icon="i-anchor",
                ),
                citizen.Option(
                    name="berth_2",
                    word=self.t("栅浦渔港", "Zhapu harbour"),
                    note=self.t("上次在这里", "Used last time"),
                    icon="i-anchor",
                ),
            ),
        )

    def ask(self, *, wrong: bool = False, step: str = "kinds") -> citizen.Ask:
        said = self.t("选至少一样要收的", "Choose at least one kind")
        answers = (("kinds", "oily_water"), ("kinds", "gear"))
        steps = ["-", "kinds", "place", "", "-"]
        at = steps.index(step)
        return citizen.Ask(
            matter="marine_waste.pickup",
            title=self.t("叫船收污染物", "Ask for a boat"),
            said="",
            box=(121.2, 28.45, 121.8, 28.8),
            inputs=self.inputs(),
            once="once_1",
            promise=self.phrases["ask.promise"].replace("{p}", "20"),
            phrases=self.phrases,
            errors=(citizen.FieldError(field="kinds", said=said),) if wrong else (),
            step=step,
            before=steps[at - 1],
            after=steps[at + 1],
            kept=answers if step != "kinds" else (),
            sure=(
                (
                    self.t("要收什么", "What to take"),
                    self.t("含油污水和废渔网", "Oily water, nets"),
                ),
            ),
        )

    def every(self) -> citizen.Ask:
        """A form of every kind of input, in the words that fit all packs."""
        choices = tuple(
            citizen.Option(name=name, word=self.t(zh, en), chosen=name == "dark")
            for name, zh, en in (
                ("dark", "不亮", "Dark"),
                ("flickers", "一闪一闪", "Flickers"),
                ("hangs_loose", "快掉下来了", "Hangs loose"),
            )
        )
        inner = (
            citizen.Input(name="who.name", shape="text", label=self.t("称呼", "Name"), longest=20),
            citizen.Input(
                name="who.rings",
                shape="flag",
                label=self.t("修好了打电话告诉我", "Call me when it is mended"),
                required=False,
            ),
        )
        return citizen.Ask(
            matter="street_lamp.repair",
            title=self.t("路灯报修", "Lamp repair"),
            said="",
            box=(121.2, 28.45, 121.8, 28.8),
            once="once_5",
            promise=self.t("承诺：4 个工作小时接单", "Promised: taken within 4 working hours"),
            errors=(
                citizen.FieldError(
                    field="lamp",
                    said=self.t("灯杆编号：还没填", "Number: not filled in"),
                ),
            ),
            inputs=(
                citizen.Input(
                    name="lamp",
                    shape="text",
                    label=self.t("灯杆编号", "Number on the pole"),
                    hint=self.t("在灯杆上，齐胸高", "On the pole, at the height of the chest"),
                    longest=20,
                ),
                citizen.Input(name="place", shape="place", label=self.t("位置", "Place")),
                citizen.Input(
                    name="fault",
                    shape="choice",
                    label=self.t("什么毛病", "What is wrong"),
                    options=choices,
                ),
                citizen.Input(
                    name="height",
                    shape="number",
                    label=self.t("大约多高", "About how high"),
                    unit="m",
                    required=False,
                ),
                citizen.Input(name="seen", shape="date", label=self.t("哪天起", "Since which day")),
                citizen.Input(name="at", shape="time", label=self.t("几点看到的", "Seen at")),
                citizen.Input(
                    name="more",
                    shape="long",
                    label=self.t("还想说的", "Anything else"),
                    required=False,
                    longest=200,
                ),
                citizen.Input(
                    name="who",
                    shape="group",
                    label=self.t("怎么找你", "To reach you"),
                    inputs=inner,
                ),
            ),
        )

    def scene(self) -> Scene:
        return Scene(
            now=at("08:28:06"),
            box=(121.50, 28.555, 121.70, 28.70),
            you=(121.655, 28.612),
            units=(
                MapUnit(
                    id="unit_3",
                    name="蓝样03",
                    at=(121.600, 28.641),
                    heading=124.0,
                    seen_at=at("08:28:04"),
                    knots=11.6,
                    mine=True,
                ),
            ),
            routes=(
                MapRoute(
                    id="JJ-DEMO-0042",
                    sailed=((121.572, 28.656), (121.600, 28.641)),
                    ahead=((121.600, 28.641), (121.628, 28.627), (121.655, 28.612)),
                    chosen=True,
                ),
            ),
        )

    def moments(self) -> tuple[Moment, ...]:
        return (
            Moment(
                said=self.t(
                    "你提出请求：塑料、渔网、废机油", "You asked: plastic, nets, waste oil"
                ),
                stage="done",
                at=at("08:21:10"),
            ),
            Moment(
                said=self.t("派出蓝样03，最近的能收的船", "Sent 蓝样03, nearest able"),
                stage="done",
                at=at("08:21:48"),
                why="/cases/JJ-DEMO-0042/why",
                why_word=self.t("为什么是它", "Why this one"),
            ),
            Moment(
                said=self.t("航行中，还有 3.9 公里海路", "Sailing, 3.9 km by sea to go"),
                stage="now",
                at=at("08:28:04"),
            ),
            Moment(
                said=self.t(
                    "分类称重，双方签字，当场出联单", "Weigh by kind, both sign, receipt at once"
                ),
                stage="next",
                at=at("08:39"),
                about=True,
            ),
        )

    def track(self, *, late: bool = False) -> citizen.Track:
        return citizen.Track(
            id="JJ-DEMO-0042",
            title=self.t("回收污染物", "Waste pickup"),
            phase="coming",
            status="late" if late else "ok",
            steps=self.steps,
            moments=self.moments(),
            scene=self.scene(),
            said=self.phrases["track.phase.coming"],
            awaits=self.phrases["elder.phase.coming"],
            phrases=self.phrases,
            icon="i-boat",
            minutes=17 if late else 11,
            eta=at("08:47" if late else "08:39"),
            promised=at("08:41"),
            unit="蓝样03",
            takes=self.t("能收塑料、渔网、废机油", "Takes plastic, nets, waste oil"),
            phone="00000000000",
            knots=11.6,
            km=kg("3.9"),
            position_age=6,
            cancel=self.phrases["track.cancel"],
        )

    def track_done(self) -> citizen.Track:
        done = tuple(Step(word=s.word, stage="done") for s in self.steps)
        return citizen.Track(
            id="JJ-DEMO-0042",
            title=self.t("回收污染物", "Waste pickup"),
            phase="done",
            status="ok",
            steps=done,
            moments=(
                Moment(
                    said=self.t(
                        "没有遇到船，位置偏了 1.2 公里", "Missed: the position was 1.2 km off"
                    ),
                    stage="warn",
                    at=at("08:34"),
                ),
                Moment(
                    said=self.t("称了 4 类，双方签字", "4 kinds weighed, both signed"),
                    stage="done",
                    at=at("08:46"),
                ),
                Moment(
                    said=self.t("补贴 86.40 元到账", "Subsidy CNY 86.40 paid"),
                    stage="done",
                    at=at("15:02"),
                ),
            ),
            scene=self.scene(),
            said=self.phrases["track.phase.done"],
            phrases=self.phrases,
            icon="i-boat",
            again="/ask/marine_waste.pickup",
            unit="蓝样03",
            takes="",
            km=None,
            to_rate=True,
            receipt="JJ-DEMO-0042",
        )

    def sign(self) -> citizen.Sign:
        giver, taker = self.marks()
        return citizen.Sign(
            id="JJ-DEMO-0042",
            vessel="浙椒渔00000",
            met_at=at("08:38"),
            place=self.t("台州湾", "Taizhou Bay"),
            lines=self.lines(),
            total=kg("198.20"),
            against_forecast=self.t(
                "比预报多 4.3%，在 10% 内", "4.3% over the forecast, within 10%"
            ),
            theirs=taker,
            mine=Mark(who=giver.who, role=giver.role),
            digest=DIGEST,
            once="once_2",
        )

    def papers(self) -> citizen.Papers:
        line = citizen.ReceiptLine
        return citizen.Papers(
            papers=(
                line(
                    id="JJ-DEMO-0042",
                    title=self.t("船舶污染物接收联单", "Reception receipt"),
                    on=date(2026, 10, 14),
                    said="198.20 kg",
                    status="good",
                ),
                line(
                    id="JJ-DEMO-0036",
                    title=self.t("船舶污染物接收联单", "Reception receipt"),
                    on=date(2026, 10, 12),
                    said="186.00 kg",
                    status="open",
                ),
                line(
                    id="JJ-DEMO-0012",
                    title=self.t("船舶污染物接收联单", "Reception receipt"),
                    on=date(2026, 9, 3),
                    said="91.20 kg",
                    status="revoked",
                ),
            )
        )

    def receipt(self) -> citizen.Receipt:
        giver, taker = self.marks()
        path, size = qr_path("https://verify.zhouqiao.example/r/JJ-DEMO-0042")
        return citizen.Receipt(
            id="JJ-DEMO-0042",
            copy=self.t("第一联 · 交船方", "Copy 1 · vessel"),
            on=date(2026, 10, 14),
            vessel="浙椒渔00000",
            owner=self.jiang,
            receiver=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"),
            boat=f"蓝样03，{self.lin}",
            begun=at("08:38"),
            ended=at("08:46"),
            place=self.t("台州湾", "Taizhou Bay"),
            at=(121.655, 28.612),
            accuracy=8,
            lines=self.lines(),
            total=kg("198.20"),
            total_words=self.t("壹佰玖拾捌点贰零", "198.20"),
            giver_mark=giver,
            taker_mark=taker,
            address="verify.zhouqiao.example/r/JJ-DEMO-0042",
            qr=path,
            qr_size=size,
            digest=DIGEST,
            rule=self.t("规则 接收联单 第 4 版", "Rule reception receipt, version 4"),
            made_at=at("08:46:03"),
        )

    def subsidy(self) -> citizen.Subsidy:
        worked = citizen.Worked
        return citizen.Subsidy(
            id="grant_1",
            title=self.t("污染物回收补贴", "Waste recovery subsidy"),
            yuan=kg("86.40"),
            receipt="JJ-DEMO-0036",
            signed_on=date(2026, 10, 12),
            lines=(
                worked(
                    kind=self.t("废渔网", "Old nets"),
                    kg=kg("36.00"),
                    rate=kg("1.20"),
                    yuan=kg("43.20"),
                    factor=self.t("补贴标准 渔网 第 2 版", "Rate nets, version 2"),
                ),
                worked(
                    kind=self.t("废塑料", "Plastic"),
                    kg=kg("18.00"),
                    rate=kg("2.40"),
                    yuan=kg("43.20"),
                    factor=self.t("补贴标准 塑料 第 2 版", "Rate plastic, version 2"),
                ),
            ),
            rule=self.t("规则 补贴 第 3 版", "Rule subsidy, version 3"),
            account=self.t("示例银行 尾号 0000", "Demo Bank, ends 0000"),
            account_source=self.t("社会保障卡", "Social security card"),
            paid_within=3,
            steps=tuple(
                Step(word=self.t(z, e), stage=s)
                for z, e, s in (
                    ("称重签字", "Weighed", "done"),
                    ("算出", "Worked out", "done"),
                    ("你确认", "Your word", "now"),
                    ("到账", "Paid", "next"),
                )
            ),  # type: ignore[arg-type]
            assumed=self.t(
                "补贴标准是演示用的，本县的还没核实。",
                "These rates are for the demonstration; the county's are not verified.",
            ),
            left_out=self.t(
                "含油污水 132.00 kg 没有补贴，不算进来。",
                "Oily water, 132.00 kg, carries no subsidy and is left out.",
            ),
            once="once_3",
            may_accept=True,
        )

    def rate(self) -> citizen.Rate:
        return citizen.Rate(
            id="JJ-DEMO-0042",
            title=self.t("回收污染物", "Waste pickup"),
            unit="蓝样03",
            came_minutes=18,
            promise_minutes=20,
            once="once_4",
            phrases=self.phrases,
        )

    def reads(self) -> citizen.Reads:
        return citizen.Reads(
            total=3,
            month=date(2026, 10, 1),
            reads=(
                citizen.Looked(
                    at=at("08:22"),
                    body=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"),
                    post=self.t("船员", "Crew"),
                    fields=self.t("姓名、电话", "Name, phone"),
                    purpose=self.t("会合时联系你", "To reach you at the meeting"),
                    case="JJ-DEMO-0042",
                    since=at("08:21"),
                    times=2,
                ),
                citizen.Looked(
                    at=at("11:05", 12),
                    body=self.t("示例区财政局", "Demo finance bureau"),
                    post=self.t("补贴经办", "Grants clerk"),
                    fields=self.t("姓名、账号", "Name, account"),
                    purpose=self.t("付补贴", "To pay the subsidy"),
                    case="JJ-DEMO-0036",
                ),
            ),
        )

    def me(self) -> citizen.Me:
        known = citizen.Known
        return citizen.Me(
            name=self.jiang,
            looked=3,
            facts=(
                known(
                    label=self.t("手机", "Phone"),
                    value="000****0000",
                    source=self.t("你自己填的", "From you"),
                    on=date(2026, 3, 2),
                ),
                known(
                    label=self.t("船名号", "Vessel"),
                    value="浙椒渔00000",
                    source=self.t("农业农村 渔船登记", "Agriculture, vessel register"),
                    on=date(2026, 10, 14),
                ),
            ),
        )

    def password(
        self, *, first: bool = False, wrong: bool = False, done: bool = False, held: bool = True
    ) -> person.Password:
        said = self.t("两次写的新密码不一样。再写一遍。", "The two new passwords differ.")
        return person.Password(
            shortest=10,
            kinds=3,
            phrase=16,
            first=first,
            refused=said if wrong else "",
            done=done,
            held=held,
        )

    def sessions(self, *, alone: bool = False) -> person.Sessions:
        here = person.SignedIn(kind="web", since=at("08:02"), seen=at("09:12"), here=True)
        if alone:
            return person.Sessions(sessions=(here,))
        tablet = self.t("示例平板", "Demo tablet")
        return person.Sessions(
            sessions=(
                here,
                person.SignedIn(kind="web", since=at("20:15", 13), seen=at("20:40", 13)),
                person.SignedIn(
                    kind="handset", label=tablet, since=at("07:30", 12), seen=at("07:55")
                ),
            ),
        )

    def devices(self) -> person.Devices:
        held = person.Handset
        return person.Devices(
            code="40718263",
            devices=(
                held(
                    id="handset_1",
                    label=self.t("示例手机", "Demo phone"),
                    since=at("10:00", 2),
                    seen=at("09:12"),
                    key="a",
                ),
                held(id="handset_2", label="", since=at("07:30", 12), key="b"),
            ),
        )

    def notices(self, *, alone: bool = False) -> person.Notices:
        way = person.TellingWay
        if alone:
            return person.Notices(ways=(), served=at("09:12"))
        return person.Notices(
            ways=(
                way(way="sms", address="10000000000", since=at("08:02"), new="10000000001"),
                way(way="mail"),
            ),
            refused=self.t(
                "验证码不对，还可以试 4 次。", "That is not the code; 4 tries are left."
            ),
        )

    def accounts(self, *, proved: bool) -> person.Accounts:
        outside = person.Outside
        return person.Accounts(
            accounts=(
                outside(
                    label=self.t("省账号（示例）", "the provincial account (demo)"),
                    issuer="https://province.example",
                    provider="province",
                    on=at("09:12"),
                ),
                outside(
                    label=self.t("政务账号（示例）", "the office account (demo)"),
                    issuer="https://office.example",
                    provider="office",
                ),
            ),
            password=True,
            proved=proved,
        )

    def find(self) -> citizen.Find:
        found = citizen.Opening
        return citizen.Find(
            q=self.t("渔船", "vessel"),
            total=757,
            found=(
                found(
                    title=self.t("海洋污染物回收", "Marine waste pickup"),
                    body=self.t("椒江区（示例）", "Jiaojiang (demo)"),
                    said=self.t("20 分钟到船", "A boat in 20 min"),
                    icon="i-doc",
                    href="/ask/marine_waste.pickup",
                ),
                found(
                    title=self.t("渔业船舶检验", "Fishing vessel survey"),
                    body=self.t("农业农村", "Agriculture"),
                    said=self.t("法定 20 个工作日", "Statute: 20 working days"),
                    icon="i-doc",
                    href="/matters/1",
                ),
            ),
        )

    def inbox(self) -> citizen.Inbox:
        message = citizen.Message
        return citizen.Inbox(
            messages=(
                message(
                    id="n1",
                    said=self.t("蓝样03 已出发，约 08:39 到", "蓝样03 has left, about 08:39"),
                    at=at("08:22"),
                    href="/cases/JJ-DEMO-0042",
                ),
                message(
                    id="n2",
                    said=self.t(
                        "补贴 86.40 元等你确认", "Subsidy of CNY 86.40 waits for your word"
                    ),
                    at=at("16:00", 12),
                    href="/grants/grant_1",
                    seen=True,
                ),
            )
        )

    def why(self) -> citizen.WhyUnit:
        tried = citizen.Tried
        return citizen.WhyUnit(
            id="JJ-DEMO-0042",
            unit="蓝样03",
            said=self.t(
                "它是能收这几样的船里最近的。",
                "It is the nearest of the boats that may take these.",
            ),
            rule=self.t("规则 派船 第 7 版", "Rule dispatch, version 7"),
            phrases=self.phrases,
            tried=(
                tried(
                    unit="蓝样02",
                    km=kg("3.1"),
                    minutes=9,
                    why_not=self.t(
                        "没有危险废物资质，不能收废机油",
                        "No licence for hazardous waste: may not take waste oil",
                    ),
                ),
                tried(unit="蓝样03", km=kg("5.6"), minutes=16),
                tried(
                    unit="蓝样06",
                    km=None,
                    minutes=None,
                    why_not=self.t("9 分钟没有位置", "No position for 9 minutes"),
                ),
            ),
        )

    def sure(self) -> citizen.Sure:
        return citizen.Sure(
            question=self.t("不用来了", "Cancel pickup"),
            said=self.t("真的不用来了吗？船会掉头。", "Cancel this pickup? The boat turns back."),
            action="/cases/JJ-DEMO-0042/cancel",
            do=self.t("取消这次回收", "Cancel the pickup"),
            keep=self.t("还是要来", "Keep it"),
            back="/cases/JJ-DEMO-0042",
            once="once_5",
        )

    def tell(self) -> citizen.Tell:
        return citizen.Tell(
            title=self.t("不对，我来说明", "Not right, let me explain"),
            said=self.t(
                "数先留着，写明哪里不对。核清前不影响已收的处置。",
                "The weights stay for now; say what is wrong.",
            ),
            action="/cases/JJ-DEMO-0042/object",
            back="/cases/JJ-DEMO-0042/sign",
            answer_within=3,
            about=((self.t("联单", "Receipt"), "JJ-DEMO-0042"),),
            once="once_6",
        )

    def help(self) -> citizen.Help:
        return citizen.Help(
            phone="000-0000",
            hours=self.t("每天 6:00 到 22:00", "Every day 6:00 to 22:00"),
            places=(
                (
                    self.t("示例镇便民中心", "Demo town hall"),
                    self.t("示例路 00 号", "00 Demo Road"),
                ),
            ),
        )
