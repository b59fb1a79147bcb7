"""RSA2 (SHA256withRSA): what is signed, signing it, and checking a signature."""

import base64
import binascii
from collections.abc import Collection, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
)

PEM_BEGINS = "-----BEGIN"


def private_key(text: str) -> RSAPrivateKey:
    """Our key from PEM or Alipay's bare base64, PKCS#8 or PKCS#1.

    Slow (milliseconds): parse once and keep it.

    :raises ValueError: when it is no RSA private key.
    """
    if text.lstrip().startswith(PEM_BEGINS):
        key = serialization.load_pem_private_key(text.strip().encode(), None)
    else:
        key = serialization.load_der_private_key(base64.b64decode(text), None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA private key")
    return key


def public_key(text: str) -> RSAPublicKey:
    """Alipay's key from PEM or bare base64 (SPKI). Parse once and keep it.

    :raises ValueError: when it is no RSA public key.
    """
    if text.lstrip().startswith(PEM_BEGINS):
        key = serialization.load_pem_public_key(text.strip().encode())
    else:
        key = serialization.load_der_public_key(base64.b64decode(text))
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA public key")
    return key


def text_to_sign(
    parameters: Mapping[str, str], *, without: Collection[str] = ("sign",)
) -> str:
    """Sorted ``name=value`` pairs, raw values, empty ones left out."""
    return "&".join(
        f"{name}={value}"
        for name, value in sorted(parameters.items())
        if value and name not in without
    )


def sign(text: str, key: RSAPrivateKey) -> str:
    """The signature of ``text`` (as UTF-8) in base64."""
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def is_signed(text: str, signature: str, key: RSAPublicKey) -> bool:
    """Whether ``signature`` (base64) over ``text`` (as UTF-8) was made by ``key``."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key.verify(raw, text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
