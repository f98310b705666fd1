"""A receipt with made-up people, as the look prescribes it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from zhouqiao.base import Mass, Point
from zhouqiao.platform.document.declare import Length, Paper, record


class Waste(StrEnum):
    PLASTIC = "plastic"
    NET = "net"
    OIL = "oil"
    BILGE = "bilge"


@record
class Line:
    """One kind, weighed once."""

    kind: Waste
    note: str = ""
    scale: str
    weighed_at: datetime
    mass: Mass


@record
class Receipt:
    """What was received, from whom, where and when."""

    ship: str
    giver: str
    receiver: str
    vessel: str
    crew: str
    begun: datetime
    ended: datetime
    place: str
    at: Point
    lines: Annotated[tuple[Line, ...], Length(12, 1)]
    total: Mass


receipt = Paper(
    name="receipt",
    says=Receipt,
    template="receipt.typ",
    version=4,
    signers=("fisher", "crew"),
    covers=("lines", "total"),
    shows=("lines", "total", "begun", "ended"),
    copies=("ship", "receiver"),
    keep_years=2,
)

SAID = {
    "ship": "浙椒渔00000",
    "giver": "江示例",
    "receiver": "椒江海洋云仓（示例）",
    "vessel": "蓝样03",
    "crew": "林样本",
    "begun": "2026-10-14T08:38:00+08:00",
    "ended": "2026-10-14T08:46:00+08:00",
    "place": "台州湾",
    "at": {"lon": 121.655, "lat": 28.612, "accuracy": 8},
    "lines": [
        {
            "kind": kind,
            "note": note,
            "scale": "S-00",
            "weighed_at": f"2026-10-14T08:4{i}:00+08:00",
            "mass": {"kg": kg},
        }
        for i, (kind, note, kg) in enumerate(
            [
                ("plastic", "瓶、绳、泡沫", "12.40"),
                ("net", "尼龙", "31.60"),
                ("oil", "危险废物，另附转移联单 WF-DEMO-0042", "6.20"),
                ("bilge", "机舱舱底水", "148.00"),
            ]
        )
    ],
    "total": {"kg": "198.20"},
}

STROKES = {
    "江示例": "M10 12c3 1 5 3 7 5M7 23c3 1 5 3 7 5M9 42c5-6 8-11 11-17M25 15c8-2 15-3 23-3M37 13"
    "c1 9 0 18-1 25M20 40c11-3 22-4 33-3 6 0 9-8 12-14 4-4 9-6 14-6M68 12c7-2 13-3 19-3M62 23"
    "c11-3 22-4 32-4M79 21c1 7 0 15-2 21-2 3-4 1-6-1M71 27c-2 5-5 9-9 12M85 26c3 4 6 7 9 9 6-1"
    " 9-9 11-16 1-3 2-6 4-10-3 7-6 12-10 16M103 22c1 7 0 14-1 21M113 13c6-2 12-3 18-4M119 12c-2"
    " 8-5 14-10 19M116 18c4-1 7-1 10-2-2 9-7 17-15 24M134 12c1 6 1 11 0 17M143 6c1 12 1 24 0 35"
    "-2 2-5 0-7-2",
    "林样本": "M10 24c9-3 18-5 27-4M25 7c1 12 1 25-2 37-1 3-4 0-6-2M24 20C20 29 15 36 8 41M25 21"
    "c4 8 9 12 15 13 5 0 7-6 9-12 6-2 13-4 20-3M59 8c1 12 0 24-2 35M58 20c-3 8-7 14-13 18M59 20"
    "c4 7 8 11 14 12 8 0 12-8 18-13 10-4 22-6 34-6M110 5c1 13 0 27-2 40M109 18c-4 9-9 15-15 20"
    "M110 18c6 9 13 14 24 16M101 35c6-1 11-2 17-1 6 2 13 1 19-3",
}

WORDS = {
    "zh": {
        "paper.title": "船舶污染物接收联单",
        "paper.number": "联单号",
        "paper.demo": "样张 · 人名编号均为虚构",
        "paper.last_line": "规则 接收联单 第 {version} 版 · {made} 生成",
        "paper.page": "第 {page} 页，共 {pages} 页",
        "paper.signature_of": "{name}的签名",
        "paper.signed_with": "{time} 手写，本机密钥 {key}",
        "paper.signed_bare": "{time} 手写",
        "paper.covers": "签的是上表各行和合计",
        "paper.qr": "核验二维码",
        "paper.verify": "扫码或打开网址核验真伪，不用登录。",
        "paper.digest": "摘要",
        "paper.verify_shows": "核验只显示种类、数量、时间和签名是否有效，不显示电话和账号。",
        "paper.quotes": "所据联单：",
        "paper.comma": "，",
        "copy.ship": "第一联 · 交船方",
        "copy.receiver": "第二联 · 接收单位",
        "role.fisher": "交出方",
        "role.crew": "接收方",
        "receipt.ship": "交出船舶",
        "receipt.giver": "交出人",
        "receipt.receiver": "接收单位",
        "receipt.vessel": "接收船舶",
        "receipt.begun": "开始",
        "receipt.ended": "结束",
        "receipt.place": "地点",
        "receipt.kinds": "种类与数量",
        "receipt.total": "合计（{upper}千克）",
        "receipt.hands": "双方签字",
        "receipt.note_seal": "本联单不盖章，以双方签名和上面的核验结果为准。",
        "receipt.note_keep": "接收单位和船方各存一份，不少于 2 年。转运和处置时须写明本联单号。",
        "receipt.note_objection": "数量有异议，7 日内在渔省心或拨打 000-0000 提出；"
        "核清前不影响已收的污染物处置。",
        "line.kind": "种类",
        "line.note": "说明",
        "line.scale": "称重依据",
        "line.mass": "数量(kg)",
        "line.weighed": "秤 {scale}，{time}",
        "waste.plastic": "废塑料",
        "waste.net": "废渔网",
        "waste.oil": "废机油",
        "waste.bilge": "含油污水",
    },
    "en": {
        "paper.title": "Ship Pollutant Reception Receipt",
        "paper.number": "No.",
        "paper.demo": "Sample · names and numbers are made up",
        "paper.last_line": "Rule: reception receipt, version {version} · made {made}",
        "paper.page": "Page {page} of {pages}",
        "paper.signature_of": "Signature of {name}",
        "paper.signed_with": "Written {time}, device key {key}",
        "paper.signed_bare": "Written {time}",
        "paper.covers": "Covers every row and the total above",
        "paper.qr": "Verification code",
        "paper.verify": "Scan or open the address to verify. No sign-in needed.",
        "paper.digest": "Digest",
        "paper.verify_shows": "Verification shows kinds, quantities, times and whether the "
        "signatures hold; no telephone, no account.",
        "paper.quotes": "Stands on: ",
        "paper.comma": ", ",
        "copy.ship": "Copy 1 · ship",
        "copy.receiver": "Copy 2 · receiver",
        "role.fisher": "Handed over by",
        "role.crew": "Received by",
        "receipt.ship": "Ship",
        "receipt.giver": "Handed over by",
        "receipt.receiver": "Receiver",
        "receipt.vessel": "Vessel, crew",
        "receipt.begun": "Begun",
        "receipt.ended": "Ended",
        "receipt.place": "Place",
        "receipt.kinds": "Kinds and quantities",
        "receipt.total": "Total",
        "receipt.hands": "Signatures",
        "receipt.note_seal": "Not stamped: the signatures and the verification above are what "
        "counts.",
        "receipt.note_keep": "Receiver and ship each keep a copy for at least 2 years. Quote "
        "this number on transfer and disposal.",
        "receipt.note_objection": "Objections to quantities: within 7 days, in the app or by "
        "telephone 000-0000. What was received may be disposed of meanwhile.",
        "line.kind": "Kind",
        "line.note": "Note",
        "line.scale": "Weighed by",
        "line.mass": "Quantity (kg)",
        "line.weighed": "scale {scale}, {time}",
        "waste.plastic": "Plastic",
        "waste.net": "Nets",
        "waste.oil": "Waste oil",
        "waste.bilge": "Oily water",
    },
}
