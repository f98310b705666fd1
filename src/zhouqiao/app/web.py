"""The web server of a node."""

import socket
from typing import ClassVar

import uvicorn

from zhouqiao.app.node import READY, open_node
from zhouqiao.app.settings import Settings
from zhouqiao.base import Refusal
from zhouqiao.edge.portal import site


class AddressTaken(Refusal):
    """Nobody can listen at `address`; `said` is why, in the words of the system."""

    code: ClassVar[str] = "web.address_taken"

    def __init__(self, address: str, said: str) -> None:
        super().__init__()
        self.address = address
        self.said = said


def listening(settings: Settings) -> socket.socket:
    """Return the web server's ear, already open. Raises `AddressTaken`."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, int(settings.port)), family=family)
    except OSError as wrong:
        said = (wrong.strerror or str(wrong)).partition(" (")[0]
        raise AddressTaken(f"{settings.host}:{settings.port}", said) from wrong


def serve_web(settings: Settings, *, demo: bool) -> None:
    """Serve the portal until told to stop."""
    ear = listening(settings)
    node = open_node(settings)
    config = uvicorn.Config(
        site(node.portal(demo=demo)),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    print(READY, settings.address, flush=True)  # noqa: T201 - what the supervisor waits for
    uvicorn.Server(config).run(sockets=[ear])
    node.platform.close()
