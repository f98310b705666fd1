"""The engines beneath us: PostgreSQL and the NATS broker, embedded or given.

is          the supervisor of the two engines that come as wheels, and one shape for both kinds
hears       nothing
is asked    to start, find, clone and stop an engine; to join one that runs elsewhere
says        nothing; an engine that will not run is an `EngineFailed`, with its own last words
always true an engine dies with whoever started it; as root it runs as `nobody`; no engine listens
            beyond this machine; killed, it starts again with every acknowledged row
"""

from zhouqiao.store.engines.broker import Broker, EmbeddedBroker, broker_from_url, rights
from zhouqiao.store.engines.errors import EngineFailed
from zhouqiao.store.engines.folders import kept_secret, temporary_folder, write_closed
from zhouqiao.store.engines.nkey import Issuer, claims_of
from zhouqiao.store.engines.postgres import EmbeddedPostgres
from zhouqiao.store.engines.process import Account, Child, end, spawn
from zhouqiao.store.engines.server import Server, clone, drop, make_template, server_from_dsn

__all__ = [
    "Account",
    "Broker",
    "Child",
    "EmbeddedBroker",
    "EmbeddedPostgres",
    "EngineFailed",
    "Issuer",
    "Server",
    "broker_from_url",
    "claims_of",
    "clone",
    "drop",
    "end",
    "kept_secret",
    "make_template",
    "rights",
    "server_from_dsn",
    "spawn",
    "temporary_folder",
    "write_closed",
]
