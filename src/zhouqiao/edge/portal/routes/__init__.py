"""Every route of the portal, by surface."""

from zhouqiao.edge.portal.routes import api, citizen, desk, devices, public

HANDLERS = (*public.HANDLERS, *api.HANDLERS, *devices.HANDLERS, *citizen.HANDLERS, *desk.HANDLERS)
