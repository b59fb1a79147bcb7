"""Content encryption: AES-128-CBC with an IV of zeros, PKCS#7, base64.

Pure functions over bytes. The scheme authenticates nothing; the signature over
the ciphertext does.
"""

import base64
import binascii

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK_BITS = 128
_KEY_BYTES = 16
_ZEROS = bytes(16)


class Undecryptable(ValueError):
    """Not this key's ciphertext."""


def is_key(text: object) -> bool:
    """Tell whether this is an app's content key: base64 of 16 bytes."""
    try:
        return isinstance(text, str) and len(_unbase64(text)) == _KEY_BYTES
    except Undecryptable:
        return False


def encrypt(plain: bytes, key: str) -> str:
    """Return the base64 ciphertext."""
    padder = padding.PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(plain) + padder.finalize()
    encryptor = _cipher(key).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def decrypt(text: str, key: str) -> bytes:
    """Return the plaintext.

    :raises Undecryptable: no base64, no whole blocks, or wrongly padded, as
        nearly everything is that another key has encrypted.
    """
    decryptor = _cipher(key).decryptor()
    unpadder = padding.PKCS7(_BLOCK_BITS).unpadder()
    try:
        padded = decryptor.update(_unbase64(text)) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise Undecryptable from None


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Undecryptable from None


def _cipher(key: str) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(_unbase64(key)), modes.CBC(_ZEROS))
