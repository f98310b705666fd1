"""The ladder of divisions, province to village."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zhouqiao.base import NotFound
from zhouqiao.platform.place.model import Division, check_code, line_of


class Divisions:
    """Zhejiang's divisions of 2023-06-30 by code; never changes."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        known = {code: Division(code=code, name=name) for code, name in sorted(rows)}
        below: dict[str, list[Division]] = {}
        for code, division in known.items():
            above = line_of(code)
            below.setdefault(above[0] if above else "", []).append(division)
        self._known: Mapping[str, Division] = MappingProxyType(known)
        self._below = MappingProxyType({code: tuple(found) for code, found in below.items()})

    def __len__(self) -> int:
        return len(self._known)

    def division(self, code: str) -> Division:
        """Return the division of that code. Raises `BadCode`, `NotFound`."""
        short = check_code(code)
        if short not in self._known:
            raise NotFound("division", short)
        return self._known[short]

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions directly below, by code. Raises `BadCode`, `NotFound`."""
        return self._below.get(self.division(code).code, ())

    def parents(self, code: str) -> tuple[Division, ...]:
        """Return the divisions above, nearest first. Raises `BadCode`, `NotFound`."""
        return tuple(self._known[above] for above in line_of(self.division(code).code))

    def full_name(self, code: str) -> str:
        """Return the names from the province down: 浙江省台州市椒江区海门街道."""
        line = (*reversed(self.parents(code)), self.division(code))
        return "".join(division.name for division in line)

    def find(self, name: str, *, within: str = "", limit: int = 20) -> tuple[Division, ...]:
        """Return divisions whose name holds `name`: the very name first, then higher ones."""
        wanted = name.strip()
        if not wanted:
            return ()
        hits = [
            division
            for code, division in self._known.items()
            if wanted in division.name and code.startswith(within)
        ]
        hits.sort(key=lambda hit: (hit.name != wanted, len(hit.code), hit.code))
        return tuple(hits[:limit])
