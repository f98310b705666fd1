"""Every route of the portal, by surface."""

from zhouqiao.edge.portal.routes import api, citizen, desk, public

HANDLERS = (*public.HANDLERS, *api.HANDLERS, *citizen.HANDLERS, *desk.HANDLERS)
