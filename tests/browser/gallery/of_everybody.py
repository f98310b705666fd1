"""Made-up pages anybody may open, and the desk."""

from collections.abc import Iterator

from common import DIGEST, Common, at, kg

from zhouqiao.edge.portal.pages import View, desk, public


class Everybody(Common):
    """Made-up pages anybody may open, and the desk."""

    def of_everybody(self) -> Iterator[tuple[str, str, View]]:
        """Public pages."""
        yield "sign-in", "/sign-in", self.sign_in()
        yield (
            "sign-in-plain",
            "/sign-in",
            public.SignIn(refused=self.t("账号或密码不对", "Account or password is wrong")),
        )
        for verdict in ("good", "not_current", "forged", "unknown", "ask"):
            yield f"verify-{verdict}", "/verify/JJ-DEMO-0042", self.verify(verdict)
        provider = self.t("省账号（示例）", "provincial (demo)")
        yield "not-linked", "/sign-in", public.NotLinked(provider=provider)
        yield "refusal", "/refused", self.refusal()
        yield (
            "fault",
            "/fault",
            public.Trouble(
                kind="fault",
                said=self.t("是我们出了错，你填的都在", "Our fault; what you filled is safe"),
                code="E-0000",
                phone="000-0000",
            ),
        )
        yield (
            "not-found",
            "/nowhere",
            public.Trouble(kind="not_found", said=self.t("没有这一页", "There is no such page")),
        )

    def of_the_desk(self) -> Iterator[tuple[str, str, View]]:
        """The desk."""
        yield "desk", "/desk/", desk.Desk()

    def sign_in(self) -> public.SignIn:
        someone = public.DemoAccount
        return public.SignIn(
            demo_accounts=(
                someone(
                    handle="jiang",
                    name=self.jiang,
                    role=self.t("渔民，浙椒渔00000", "Fisher, 浙椒渔00000"),
                    surface="citizen",
                ),
                someone(
                    handle="lin",
                    name=self.lin,
                    role=self.t("蓝样03 船员", "Crew of 蓝样03"),
                    surface="desk",
                ),
                someone(
                    handle="duty",
                    name=self.t("王虚构", "Wang Xugou"),
                    role=self.t("值班员，椒江区", "Duty officer, Jiaojiang"),
                    surface="command",
                ),
                someone(
                    handle="steward",
                    name=self.t("陈假设", "Chen Jiashe"),
                    role=self.t("数据管家", "Data steward"),
                    surface="console",
                ),
            ),
            providers=(
                (self.t("省统一身份", "the provincial identity"), "/sign-in/oidc/province"),
            ),
        )

    def verify(self, verdict: str) -> public.Verify:
        good = verdict in ("good", "not_current")
        check = public.Check
        return public.Verify(
            id="JJ-DEMO-0042",
            verdict=verdict,
            title=self.t("船舶污染物接收联单", "Ship Pollutant Reception Receipt") if good else "",  # type: ignore[arg-type]
            issuer=self.t("椒江海洋云仓（示例）", "Jiaojiang marine store (demo)"),
            made_at=at("08:46:03"),
            lines=self.lines() if verdict == "good" else (),
            total=kg("198.20"),
            digest=DIGEST,
            checked_at=at("09:00"),
            said=self.t(
                "2026-10-20 由 JJ-DEMO-0051 替换。", "Replaced by JJ-DEMO-0051 on 2026-10-20."
            )
            if verdict == "not_current"
            else "",
            checks=()
            if verdict in ("unknown", "ask")
            else (
                check(
                    said=self.t("内容和存的一样", "The content is as we keep it"),
                    good=verdict != "forged",
                ),
                check(said=self.t("交出方、接收方的签名都对", "Both signatures hold"), good=True),
                check(
                    said=self.t("日志的封存", "The seal of the journal"),
                    good=None if verdict == "forged" else True,
                ),
            ),
        )

    def refusal(self) -> public.Trouble:
        return public.Trouble(
            kind="refusal",
            said=self.t("蓝样02 不能收废机油", "蓝样02 may not take waste oil"),
            why=self.t(
                "这艘船没有危险废物资质（2026-03-01 起必须有）。已改派蓝样05，约 08:52 到。",
                "This boat has no licence for hazardous waste (needed since 2026-03-01). "
                "蓝样05 was sent instead, about 08:52.",
            ),
            code="dispatch.licence_missing",
            ways=(public.Way(word=self.t("知道了", "I see"), href="/cases/JJ-DEMO-0042"),),
            phone="000-0000",
        )
