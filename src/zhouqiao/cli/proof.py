"""Is a paper genuine and in force; is the journal as it was sealed."""

from pathlib import Path

import msgspec

from zhouqiao.app import settings as told
from zhouqiao.app.node import open_node, sealer_of
from zhouqiao.cli.line import Argument, Call, Command
from zhouqiao.platform import document
from zhouqiao.platform.document.proof import Reason, Verification
from zhouqiao.store import Finding, system, verify


def _verify(call: Call) -> int:
    found = _looked_up(call.given.paper)
    verdict = "good" if found.current else "not_current" if found.genuine else "forged"
    call.answer(
        msgspec.to_builtins(found, enc_hook=str),
        [call.words(f"cli.verify.{verdict}"), *(_why(call, one) for one in found.why)],
    )
    return int(not found.current)


def _looked_up(paper: str) -> Verification:
    node = open_node(told.read(), size=2)
    path = Path(paper)
    try:
        with node.platform.store.desk(system(str(node.settings.cell))) as desk:
            if path.is_file():
                return document.proof.verify_file(desk, path.read_bytes())
            return document.proof.verify(desk, paper)
    finally:
        node.platform.close()


def _why(call: Call, reason: Reason) -> str:
    key = f"verdict.{reason.code}"
    return f"  {call.words(key, **reason.slots) if key in call.words else reason.code}"


def _seal(call: Call) -> int:
    settings = told.read()
    node = open_node(settings, size=2)
    signer, place = sealer_of(settings)
    try:
        found = verify(node.platform.engine.store, [signer.public], place)
    finally:
        node.platform.close()
    counted = {"seals": found.seals, "facts": found.facts, "count": len(found.findings)}
    key = "cli.seal.sound" if found.is_sound else "cli.seal.altered"
    lines = [call.words(key, **counted), *(_finding(call, one) for one in found.findings)]
    call.answer(msgspec.to_builtins(found, enc_hook=str), lines)
    return int(not found.is_sound)


def _finding(call: Call, one: Finding) -> str:
    slots = {"seq": one.seq or "-", "number": one.number or "-"}
    line = f"  {call.words(f'seal.wrong.{one.wrong}', **slots)}"
    if one.fact:
        line += call.words("cli.seal.fact", fact=one.fact)
    if one.field:
        line += call.words("cli.seal.field", field=one.field)
    if one.byte is not None:
        line += call.words("cli.seal.byte", byte=one.byte, was=one.was)
    return line


COMMANDS = (
    Command("verify", _verify, "zhouqiao verify BODY-YEAR-NUMBER", (Argument("paper"),)),
    Command(
        "seal",
        _seal,
        "zhouqiao seal verify",
        (Argument("act_on", how={"choices": ["verify"], "metavar": "verify"}),),
    ),
)
