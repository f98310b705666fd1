"""Looking at packs: what is wrong with one, and how its procedures go."""

from zhouqiao.app.compose import installed_packs
from zhouqiao.cli.line import Argument, Call, Command, PackNotInstalled
from zhouqiao.sdk import Pack, check, diagram


def _check(call: Call) -> int:
    found = {pack.name: check(pack) for pack in _packs(call.given.pack)}
    lines: list[str] = []
    for name, findings in found.items():
        key = "cli.check.faulty" if findings else "cli.check.sound"
        lines.append(call.words(key, pack=name, count=len(findings)))
        lines += [f"  - {finding}" for finding in findings]
    call.answer(found, lines)
    return int(any(found.values()))


def _diagram(call: Call) -> int:
    for pack in _packs(call.given.pack):
        drawn = {one.name: diagram(one, pack.of(one.name)) for one in pack.procedures}
        call.answer(drawn, (one.rstrip() for one in drawn.values()))
    return 0


def _packs(name: str | None) -> list[Pack]:
    found = installed_packs(name)
    if not found:
        raise PackNotInstalled(str(name), ", ".join(one.name for one in installed_packs()))
    return found


COMMANDS = (
    Command(
        "check", _check, "zhouqiao check marine_waste", (Argument("pack", how={"nargs": "?"}),)
    ),
    Command("diagram", _diagram, "zhouqiao diagram marine_waste", (Argument("pack"),)),
)
