"""What several specimens share: words, names, weights, hands. Nothing here is real."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from zhouqiao.edge.portal import Lang
from zhouqiao.edge.portal.format import SHANGHAI
from zhouqiao.edge.portal.pages.parts import (
    Line,
    Mark,
    Step,
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


class Common:
    """One language of the gallery."""

    def __init__(self, lang: Lang) -> None:
        self.zh = lang == "zh"

    def t(self, zh: str, en: str) -> str:
        """Choose the words a pack would give."""
        return zh if self.zh else en

    @property
    def jiang(self) -> str:
        return self.t("江示例", "Jiang Shili")

    @property
    def lin(self) -> str:
        return self.t("林样本", "Lin Yangben")

    @property
    def steps(self) -> tuple[Step, ...]:
        words = (
            ("已提交", "已派船", "航行中", "称重签字", "补贴到账")
            if self.zh
            else ("Asked", "Sent", "Sailing", "Weigh, sign", "Subsidy")
        )
        stages = ("done", "done", "now", "next", "next")
        return tuple(Step(word=w, stage=s) for w, s in zip(words, stages, strict=True))

    def lines(self) -> tuple[Line, ...]:
        return (
            Line(
                kind=self.t("废塑料", "Plastic"),
                icon="i-bottle",
                kg=kg("12.40"),
                note=self.t("瓶、绳、泡沫", "Bottles, rope, foam"),
                basis=self.t("秤 S-00，08:40", "Scale S-00, 08:40"),
            ),
            Line(
                kind=self.t("废渔网", "Old nets"),
                icon="i-net",
                kg=kg("31.60"),
                note=self.t("尼龙", "Nylon"),
                basis=self.t("秤 S-00，08:41", "Scale S-00, 08:41"),
            ),
            Line(
                kind=self.t("废机油", "Waste oil"),
                icon="i-drop",
                kg=kg("6.20"),
                note=self.t(
                    "危险废物，另附转移联单 WF-DEMO-0042",
                    "Hazardous; transfer manifest WF-DEMO-0042",
                ),
                basis=self.t("秤 S-00，08:42", "Scale S-00, 08:42"),
                hazardous=True,
            ),
            Line(
                kind=self.t("含油污水", "Oily water"),
                icon="i-drop",
                kg=kg("148.00"),
                note=self.t("机舱舱底水", "Bilge water"),
                basis=self.t("秤 S-00，08:43", "Scale S-00, 08:43"),
            ),
        )

    def marks(self) -> tuple[Mark, Mark]:
        return (
            Mark(
                who=self.jiang,
                role=self.t("交出方", "Giver"),
                at=at("08:45:52"),
                key="K-DEMO-01",
                path=JIANG,
            ),
            Mark(
                who=self.lin,
                role=self.t("接收方", "Receiver"),
                at=at("08:44:10"),
                key="K-DEMO-02",
                path=LIN,
            ),
        )
