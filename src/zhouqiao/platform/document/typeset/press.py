"""The press: typst with one reused compiler, our fonts only, PDF/A-2b."""

import hashlib
import io
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst


class Press:
    """Sets sheets in type. `folder` is a cache of templates, emptied at will."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = Lock()
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent],
        )
        self._compiler = typst.Compiler(root=folder, font_paths=fonts)

    @property
    def name(self) -> str:
        """Which press this is; another version may set the same sheet in other bytes."""
        return f"typst {version('typst')}"

    def print(
        self, sources: Mapping[str, str], main: str, sheet: Mapping[str, Any], made: datetime
    ) -> bytes:
        """Return the sheet as PDF/A-2b: the same bytes for the same sheet.

        `sources` are the templates by file name, `main` the one to begin with, `sheet` the plain
        body they read, `made` the moment the document says it was made.
        """
        path = self._laid_out(sources) / main
        told = json.dumps(sheet, ensure_ascii=False, sort_keys=True)
        with self._lock:
            pdf = self._compiler.compile(
                input=path,
                format="pdf",
                sys_inputs={"paper": told},
                pdf_standards="a-2b",
                timestamp=int(made.timestamp()),
            )
        if not isinstance(pdf, bytes):
            raise TypeError("typst gave no PDF")
        return pdf

    def _laid_out(self, sources: Mapping[str, str]) -> Path:
        name = hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()
        folder = self._folder / name[:32]
        if not folder.is_dir():
            rough = Path(mkdtemp(dir=self._folder))
            for file, text in sources.items():
                (rough / Path(file).name).write_text(text, encoding="utf-8")
            with suppress(OSError):  # another process was quicker; its folder says the same
                rough.rename(folder)
        return folder


def square_code(address: str) -> str:
    """Return a QR code of `address` as SVG without quiet zone; it is printed 30 mm wide."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()
