"""What stopped the machine, in the words of whoever runs it; never a trace."""

from collections.abc import Iterator
from typing import Protocol

from zhouqiao.app.settings import Fault, SettingsWrong
from zhouqiao.app.supervise import ChildKeepsDying
from zhouqiao.store.engines import EngineFailed


class Words(Protocol):
    """The words of one language (`zhouqiao.edge.portal.words`)."""

    def __call__(self, key: str, /, **slots: object) -> str:
        """Return the sentence of `key` with its slots filled."""
        ...


def plainly(trouble: Exception, words: Words) -> str:
    """Return the sentences for `SettingsWrong`, `EngineFailed`, `ChildKeepsDying` or `OSError`."""
    match trouble:
        case SettingsWrong():
            lines = [_fault(fault, words) for fault in trouble.faults]
            return "\n  ".join([words("refusal.settings.wrong"), *lines])
        case EngineFailed():
            return "\n".join(_engine(trouble, words))
        case ChildKeepsDying():
            return "\n".join(_child(trouble, words))
        case OSError():
            return words("machine.would_not", said=trouble)
    raise TypeError(f"no words for {type(trouble).__name__}") from trouble


def _engine(trouble: EngineFailed, words: Words) -> Iterator[str]:
    sentence = words(f"engine.{trouble.engine}.{trouble.why}", said=trouble.said)
    yield sentence
    if trouble.said and trouble.said not in sentence:
        yield words("engine.more.said", said=trouble.said)
    if trouble.log:
        yield words("engine.more.log", log=trouble.log)


def _child(trouble: ChildKeepsDying, words: Words) -> Iterator[str]:
    told = {"name": trouble.name, "times": trouble.times, "status": trouble.status}
    yield words("supervise.child_keeps_dying", **told)
    if trouble.said:
        yield words("engine.more.said", said=trouble.said)


def _fault(fault: Fault, words: Words) -> str:
    kind = words(f"settings.kind.{fault.wants}") if fault.why == "shape" else ""
    named = {"environment": words("settings.source.environment")}
    source = named.get(fault.source, fault.source)
    why = "unknown_near" if fault.why == "unknown" and fault.wants else fault.why
    return words(
        f"settings.fault.{why}",
        setting=fault.setting,
        source=source,
        wants=fault.wants,
        kind=kind,
    )
