"""Every route of the portal, by surface."""

from zhouqiao.edge.portal.routes import api, public

HANDLERS = (*public.HANDLERS, *api.HANDLERS)
