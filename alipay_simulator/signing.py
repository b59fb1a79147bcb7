"""RSA2 (SHA256withRSA): the three texts to sign, signing and verifying.

Pure functions over strings and bytes; they need no Django. A PEM is parsed
once and kept, because parsing costs about sixty times as much as signing.
"""

import base64
import binascii
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

REQUEST_LEAVES_OUT = frozenset({"sign"})
"""A request's own ``sign_type`` is part of what was signed."""

NEWS_LEAVES_OUT = frozenset({"sign", "sign_type"})
"""Notifications and return URLs are signed without their ``sign_type``."""


def text_to_sign(params: Mapping[str, str], leave_out: Collection[str]) -> str:
    """Join the parameters as ``name=value`` pairs in byte order of their names.

    Empty values are dropped; values are raw, never URL-encoded.
    """
    kept = sorted(
        ((name, value) for name, value in params.items() if value),
        key=lambda pair: pair[0].encode(),
    )
    return "&".join(f"{name}={value}" for name, value in kept if name not in leave_out)


def sign(data: bytes, private_key_pem: str) -> str:
    """Return the base64 RSA2 signature of ``data``."""
    raw = _private_key(private_key_pem).sign(data, padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(raw).decode("ascii")


def verify(data: bytes, signature: str, public_key_pem: str) -> bool:
    """Tell whether ``signature`` (base64) is the key holder's over ``data``.

    Text that is not base64 at all is a wrong signature, not an error.
    """
    try:
        raw = base64.b64decode(signature, validate=True)
        _public_key(public_key_pem).verify(
            raw, data, padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def sign_params(
    params: Mapping[str, str], private_key_pem: str, charset: str
) -> dict[str, str]:
    """Return the parameters of a notification or return URL with their signature."""
    text = text_to_sign(params, NEWS_LEAVES_OUT)
    signature = sign(text.encode(charset, "replace"), private_key_pem)
    return {**params, "sign_type": "RSA2", "sign": signature}


def new_key_pair() -> tuple[str, str]:
    """Make an RSA 2048 pair: (PKCS#8 private PEM, SPKI public PEM)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private.decode("ascii"), _public_pem(key.public_key())


@cache
def strange_key() -> str:
    """Return a private key that is nobody's, for what is signed wrongly on purpose."""
    return new_key_pair()[0]


def public_half(private_key_pem: str) -> str:
    """Return the SPKI PEM that belongs to a private key."""
    return _public_pem(_private_key(private_key_pem).public_key())


def normal_public_key(pem: str) -> str:
    """Return a public key in the one form in which keys are kept: SPKI PEM.

    :raises ValueError, TypeError, UnsupportedAlgorithm: it is no RSA key.
    """
    return _public_pem(_public_key(pem))


def _public_pem(key: rsa.RSAPublicKey) -> str:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode("ascii")


@lru_cache(maxsize=64)
def _private_key(pem: str) -> rsa.RSAPrivateKey:
    # All of them were made here; testing their primes anew would take a start longer.
    key = serialization.load_pem_private_key(
        pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the gateway signs with RSA keys only")
    return key


@lru_cache(maxsize=64)
def _public_key(pem: str) -> rsa.RSAPublicKey:
    key = serialization.load_pem_public_key(pem.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("the gateway verifies with RSA keys only")
    return key
