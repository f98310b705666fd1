"""The desk of a crew: a shell that works with the network cut. Its data comes by `/api/desk`."""

from typing import ClassVar

from zhouqiao.edge.portal.pages.parts import View


class Desk(View, frozen=True, kw_only=True):
    """`/desk/`: the shell. It holds no task, so that it may be kept on the device.

    `hours` is how long the device keeps what it holds without hearing from us.
    """

    template: ClassVar[str] = "desk/shell.html"

    hours: int = 72
