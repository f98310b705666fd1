"""How an errand is carried: locked, in a cookie of the browser that it belongs to."""

import hashlib
import hmac

import msgspec
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from zhouqiao.edge.openid.errors import StateWrong
from zhouqiao.edge.openid.model import Errand

LOCKED = {"alg": "dir", "enc": "A256GCM"}


def carried(errand: Errand, master: bytes) -> str:
    """Return an errand as only this node can read it."""
    return jwe.encrypt_compact(LOCKED, msgspec.json.encode(errand), _key(master))


def read_errand(text: str, master: bytes) -> Errand:
    """Return the errand a browser brought back. Raises `StateWrong` for anything else."""
    try:
        found = jwe.decrypt_compact(text, _key(master), algorithms=list(LOCKED.values()))
        return msgspec.json.decode(found.plaintext or b"", type=Errand)
    except (JoseError, ValueError) as wrong:
        raise StateWrong from wrong


def _key(master: bytes) -> OctKey:
    return OctKey.import_key(hmac.new(master, b"zhouqiao errand 1", hashlib.sha256).digest())
