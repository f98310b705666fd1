"""Faults of the dated tables beside a pack."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from zhouqiao.base import Refusal
from zhouqiao.sdk.load import table_of
from zhouqiao.sdk.pack import Pack


def findings(pack: Pack, rates: str, function: Callable[..., Any], where: str) -> Iterator[str]:
    """Yield what is wrong with the table `rates`, whose rows a function takes second."""
    if not files(pack.home).joinpath(f"{rates}.toml").is_file():
        yield f"{where}: no table {rates}.toml beside the pack; write it, with dated rows"
        return
    try:
        table_of(pack, rates, function)
    except Refusal as refusal:
        for fault in str(getattr(refusal, "faults", refusal)).split("; "):
            yield f"{where}: {rates}.toml: {fault}; mend the row"
