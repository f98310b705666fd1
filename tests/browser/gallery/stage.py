"""Serve the gallery: every specimen as a page, with the headers the real portal sends."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from specimens import Specimens

from zhouqiao.edge.portal import ALSO, STATIC, Chrome, Lang, render
from zhouqiao.edge.portal.pages import View, command
from zhouqiao.edge.portal.show.front import CONSOLE

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


def page(name: str, path: str, view: View, lang: Lang) -> str:
    """Render one specimen as the portal would."""
    theme = "elder" if name.startswith("elder-") else "standard"
    who = "江示例" if lang == "zh" else "Jiang Shili"
    post = "数据管家" if lang == "zh" else "Steward"
    live = "" if name.startswith("verify") else "/live"
    chrome = Chrome(
        lang=lang,
        theme=theme,
        path=path,
        who=who,
        post=post,
        csrf="csrf_1",
        demo=True,
        live=live,
        unread=2,
        doors=tuple(CONSOLE),
    )  # type: ignore[arg-type]
    return render(view, chrome)


def pages(lang: Lang) -> Iterator[tuple[str, str]]:
    """Return the name and HTML of every specimen."""
    for name, path, view in Specimens(lang).all():
        yield name, page(name, path, view, lang)


def known(lang: str) -> dict[str, tuple[str, View]]:
    """Return every specimen of a language by its name; of none when there is no such language."""
    specimens = Specimens(cast(Lang, lang)).all() if lang in ("zh", "en") else ()
    return {name: (path, view) for name, path, view in specimens}


class Stage(BaseHTTPRequestHandler):
    """`/<lang>/<name>` is a specimen; `/static/…` the real files; `/api/…` what a test put in."""

    answers: ClassVar[dict[tuple[str, str], Callable[[Any], tuple[int, Any]]]] = {}
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/live":
            return self._live()
        if ("GET", path) in self.answers:
            return self._json(*self.answers["GET", path](None))
        if path.startswith("/static/") or path in ALSO:
            return self._file(ALSO.get(path, STATIC / path.removeprefix("/static/")))
        if "HX-Request" in self.headers:
            return self._again()
        return self._specimen("/zh/desk" if path.startswith("/desk") else path)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self.answers.get(("POST", self.path.partition("?")[0]))
        if answer is None:
            return self._send(204, "text/plain", b"")
        return self._json(*answer(json.loads(body)))

    def _specimen(self, path: str) -> None:
        lang, _, name = path.strip("/").partition("/")
        found = known(lang)
        if name not in found:
            return self._send(404, "text/plain", b"")
        return self._html(page(name, *found[name], cast(Lang, lang)))

    def _again(self) -> None:
        """Serve the pane a live page fetches again: the duty screen's case, or the whole page."""
        lang, _, name = urlsplit(self.headers["Referer"]).path.strip("/").partition("/")
        path, view = known(lang)[name]
        pane = view.case if isinstance(view, command.Command) and view.case else view
        return self._html(page(name, path, pane, cast(Lang, lang)))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _live(self) -> None:
        """Say a first word, then nothing for a while."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"retry: 3600000\n\nevent: hello\ndata: {}\n\n")
        self.wfile.flush()
        self.close_connection = True
        threading.Event().wait(20)

    def _file(self, file: Path) -> None:
        if not file.is_file():
            return self._send(404, "text/plain", b"")
        return self._send(200, KINDS.get(file.suffix, "text/plain"), file.read_bytes())

    def _html(self, html: str) -> None:
        self._send(200, "text/html; charset=utf-8", html.encode())

    def _json(self, status: int, value: Any) -> None:
        self._send(status, "application/json", json.dumps(value, ensure_ascii=False).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def stage() -> Iterator[str]:
    """Open the stage on a free port; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stage)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
