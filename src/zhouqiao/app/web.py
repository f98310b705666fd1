"""The web server of a node."""

import uvicorn

from zhouqiao.app.node import READY, open_node
from zhouqiao.app.settings import Settings
from zhouqiao.edge.portal import site


def serve_web(settings: Settings, *, demo: bool) -> None:
    """Serve the portal until told to stop."""
    node = open_node(settings)
    config = uvicorn.Config(
        site(node.portal(demo=demo)),
        host=settings.host,
        port=int(settings.port),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    print(READY, settings.address, flush=True)  # noqa: T201 - what the supervisor waits for
    uvicorn.Server(config).run()
    node.platform.close()
