"""Import contracts of our own, for import-linter; each looks at single direct imports.

front_door    a module is entered by its front door, never by a window
anatomy       inside a module: react > service > repository > model > facts, errors > declare
only_through  guests know the house by one door
strangers     packs know nothing of each other
only_in       a library is known to a few places alone
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def _name() -> Any:
    return fields.StringField()  # import-linter puts a string in its place


def _names(**how: Any) -> Any:
    return fields.SetField(subfield=fields.StringField(), **how)  # and here a set of them


class _Direct(Contract):
    """A contract over single imports: `why_wrong` says what is wrong with one, or nothing."""

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001  import-linter's
        """Look at every import there is."""
        del verbose
        broken = sorted(
            (importer, imported, why)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if (why := self.why_wrong(graph, importer, imported))
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import, and what to do instead."""
        for importer, imported, why in check.metadata["broken"]:
            output.print_error(f"{importer} -> {imported}: {why}")
            output.new_line()


class FrontDoor(_Direct):
    """Whoever is outside `<container>.<module>` imports what its `__all__` names, or an open door.

    `modules` are further modules that are entered so, though no container holds them.
    """

    containers: set[str] = _names()
    modules: set[str] = _names(required=False, default=set())
    open_doors: set[str] = _names(required=False, default=set())

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        """Find the innermost home the importer stands outside of, and how it went in."""
        del graph
        homes = [home for home in self._homes(imported) if not _is_in(importer, home)]
        if not homes:
            return ""
        home = max(homes, key=len)
        inside = imported.removeprefix(home).lstrip(".")
        if not inside or inside in self.open_doors or inside in _told_names(home):
            return ""
        return f"enter by the front door, {home}"

    def _homes(self, module: str) -> Iterator[str]:
        yield from (home for home in self.modules if _is_in(module, home))
        for container in self.containers:
            if module.startswith(container + "."):
                yield f"{container}.{_first(module, container)}"


class Anatomy(_Direct):
    """Every module of `containers` has the same inside; a file is ranked by what it is called.

    A folder of another name is the heart of its stage and stands beside the model; if its files
    have names of the anatomy themselves, it stands as high as the highest of them.
    """

    containers: set[str] = _names()
    kinds_by_adr: set[str] = _names(required=False, default=set())

    RANK = {  # noqa: RUF012  import-linter reads class attributes as fields
        "declare": 0,
        "facts": 1,
        "errors": 1,
        "model": 2,
        "repository": 3,
        "service": 4,
        "react": 5,
    }
    HEART = 2

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001  import-linter's
        """Look at the imports, and at the names of the files."""
        found = super().check(graph, verbose)
        strange = [
            (module, "", "a ninth kind of file needs an ADR")
            for module in sorted(graph.modules)
            if self._is_strange(graph, module)
        ]
        broken = [*found.metadata["broken"], *strange]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        """Compare the ranks of two files of one module."""
        home = self._home(importer)
        if not home or importer == home or not _is_in(imported, home):
            return ""
        if imported == home:
            return "inside a module, import the file itself"
        mine, its = self._rank(graph, importer, home), self._rank(graph, imported, home)
        if its > mine:
            return "the inside of a module is looked down, never up"
        if its == mine and graph.chain_exists(importer=imported, imported=importer):
            return "the inside of a module does not go in a circle"
        return ""

    def _home(self, module: str) -> str:
        for container in self.containers:
            if module.startswith(container + "."):
                return f"{container}.{_first(module, container)}"
        return ""

    def _rank(self, graph: ImportGraph, module: str, home: str) -> int:
        """Return the rank of a file by its name, of a folder by its highest file."""
        named = [part for part in module.removeprefix(home).split(".") if part in self.RANK]
        if named:
            return self.RANK[named[-1]]
        inside = graph.find_children(module)
        return max((self._rank(graph, child, home) for child in inside), default=self.HEART)

    def _is_strange(self, graph: ImportGraph, module: str) -> bool:
        home = self._home(module)
        if not home or module == home or "." in module.removeprefix(home + "."):
            return False
        known = module.rpartition(".")[2] in self.RANK or module in self.kinds_by_adr
        return not known and not graph.find_children(module)


class OnlyThrough(_Direct):
    """Modules of `guests` import from `house` only what is a `doors`."""

    guests: str = _name()
    house: str = _name()
    doors: set[str] = _names()

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        """Tell the door to knock at."""
        del graph
        if not _is_in(importer, self.guests) or not _is_in(imported, self.house):
            return ""
        if imported in self.doors:
            return ""
        return f"a pack knows {self.house} only as {', '.join(sorted(self.doors))}"


class Strangers(_Direct):
    """What lies in different `<root>.<group>.<name>` meets as facts, never by import."""

    root: str = _name()

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        """Compare the two packs."""
        del graph
        mine, its = self._pack(importer), self._pack(imported)
        return "packs are strangers: hear its facts instead" if mine and its and mine != its else ""

    def _pack(self, module: str) -> str:
        parts = module.split(".")
        return ".".join(parts[:3]) if parts[0] == self.root and len(parts) > 2 else ""


class OnlyIn(_Direct):
    """Libraries known only to the modules of `places`."""

    libraries: set[str] = _names()
    places: set[str] = _names()

    def why_wrong(self, graph: ImportGraph, importer: str, imported: str) -> str:
        """Tell who may."""
        del graph
        if imported.partition(".")[0] not in self.libraries:
            return ""
        if any(_is_in(importer, place) for place in self.places):
            return ""
        return f"only {', '.join(sorted(self.places))} may know this library"


@cache
def _told_names(package: str) -> frozenset[str]:
    """Return the `__all__` of a package, read and not run."""
    inside = Path(*package.split("."), "__init__.py")
    for folder in sys.path:
        if (Path(folder) / inside).is_file():
            tree = ast.parse((Path(folder) / inside).read_bytes())
            return frozenset(chain.from_iterable(map(_listed, tree.body)))
    return frozenset()


def _listed(node: ast.stmt) -> list[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple() as names):
            return [str(ast.literal_eval(name)) for name in names.elts]
    return []


def _is_in(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def _first(module: str, home: str) -> str:
    """Return the name of the child of `home` that `module` lies in."""
    return module.removeprefix(home + ".").partition(".")[0]
