"""From a machine form to what a template reads."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhouqiao.platform.document.declare import HandSignature
from zhouqiao.platform.document.model import MachineForm, PaperShape
from zhouqiao.platform.document.typeset.dress import drawing, dress, local
from zhouqiao.platform.document.typeset.press import square_code


def house_sources() -> dict[str, str]:
    """Return the templates every paper may import, by file name."""
    folder = Path(__file__).parent.parent / "templates"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.typ"))}


def sheet_of(
    shape: PaperShape, form: MachineForm, *, part: str, tongue: str, address: str
) -> dict[str, Any]:
    """Return one copy of a paper, dressed for print in one language.

    `address` is the public address of its verification; the QR code holds it whole, the line
    beside it without its scheme.
    """
    made = local(form.issued_at)
    return {
        "id": form.id,
        "number": form.number,
        "part": part,
        "lang": tongue,
        "words": shape.words,
        "version": shape.version,
        "demo": form.demo,
        "issued": {**made, "day": made["zh" if tongue == "zh" else "en"]},
        "data": dress(shape.form.fields, form.data),
        "quotes": [{"number": quote.number, "paper": quote.paper} for quote in form.quotes],
        "hands": [_hand(hand) for hand in _in_order(shape, form.hands)],
        "verify": {
            "qr": square_code(address),
            "address": address.partition("://")[2] or address,
            "digest": short(form.mark),
        },
    }


def short(mark: str) -> str:
    """Return the first 128 bits of a digest in groups of four."""
    return " ".join(mark[i : i + 4] for i in range(0, 32, 4))


def _in_order(shape: PaperShape, hands: tuple[HandSignature, ...]) -> list[HandSignature]:
    return sorted(hands, key=lambda hand: shape.signers.index(hand.role))


def _hand(hand: HandSignature) -> Mapping[str, Any]:
    return {
        "role": hand.role,
        "name": hand.name,
        "svg": drawing(hand.strokes, hand.width, hand.height),
        "time": local(hand.signed_at)["time"],
        "key": None if hand.key is None else "K-" + hand.key[-8:].upper(),
    }
