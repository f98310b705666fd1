"""Signing in by an account elsewhere: the relying party of OpenID Connect.

is          what a provider is asked and how its answer is judged: code flow with PKCE, nonce, state
hears       nothing
is asked    `Party(provider, …)`: `begin` an errand, `finish` it with what came back, `way_out`;
            `carried` and `read_errand` for the cookie between the two
says        whom the provider vouches for: issuer, subject, perhaps a name
always true a provider is asked at the origins it was configured with only, by https (loopback
            apart), with an end to waiting and to size; an answer counts for the one errand, browser
            and provider it was asked for; no token is kept
"""

from zhouqiao.edge.openid.declare import Provider, Serves
from zhouqiao.edge.openid.errand import carried, read_errand
from zhouqiao.edge.openid.errors import StateWrong
from zhouqiao.edge.openid.model import Errand, Purpose, Vouched
from zhouqiao.edge.openid.party import Party

__all__ = [
    "Errand",
    "Party",
    "Provider",
    "Purpose",
    "Serves",
    "StateWrong",
    "Vouched",
    "carried",
    "read_errand",
]
