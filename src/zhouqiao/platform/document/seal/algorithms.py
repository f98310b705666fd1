"""The three algorithms, behind one question."""

from collections.abc import Callable

import gmssl_pyx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from zhouqiao.platform.document.seal.keys import Profile


def holds(profile: Profile, public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether `signature` is that key's over `message`; malformed input is a plain no.

    Public keys: 32 bytes (Ed25519); 64 bytes x‖y (SM2); 65 bytes uncompressed (P-256).
    Signatures: 64 bytes (Ed25519); DER (SM2, signer id 1234567812345678); r‖s (P-256).
    """
    try:
        return _CHECK[profile](public, message, signature)
    except (InvalidSignature, ValueError, gmssl_pyx.GmsslInnerError):
        return False


def _ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    return True


def _sm2(public: bytes, message: bytes, signature: bytes) -> bool:
    return bool(gmssl_pyx.sm2_verify(public, message, signature))


def _p256(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    return True


_CHECK: dict[Profile, Callable[[bytes, bytes, bytes], bool]] = {
    Profile.ED25519: _ed25519,
    Profile.SM2: _sm2,
    Profile.P256: _p256,
}
