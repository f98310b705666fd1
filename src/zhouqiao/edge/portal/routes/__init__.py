"""Every route of the portal, by surface."""

from zhouqiao.edge.portal.routes import (
    accounts,
    api,
    ask,
    citizen,
    command,
    console,
    desk,
    devices,
    external,
    files,
    handsets,
    live,
    notices,
    password,
    payments,
    public,
    sessions,
)

HANDLERS = (
    *public.HANDLERS, *external.HANDLERS, *password.HANDLERS, *api.HANDLERS, *devices.HANDLERS,
    *ask.HANDLERS, *citizen.HANDLERS, *desk.HANDLERS, *command.HANDLERS, *console.HANDLERS,
    *accounts.HANDLERS, *live.HANDLERS, *files.HANDLERS, *sessions.HANDLERS, *handsets.HANDLERS,
    *notices.HANDLERS, *payments.HANDLERS,
)  # fmt: skip
