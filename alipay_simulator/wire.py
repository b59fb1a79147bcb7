"""How bytes on the wire become parameters, and nodes become signed bytes.

Pure functions; the framework's own decoding is not used, because a GBK
request must be percent-decoded as GBK.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from . import signing

CODECS = {"utf-8": "utf-8", "gbk": "gbk", "gb2312": "gbk"}
"""Charset names that are understood, in lower case, and Python's codec for each."""

FIRST_FIELDS = ("code", "msg", "sub_code", "sub_msg")

_CHARSET = re.compile(rb"(?:^|&)charset=([A-Za-z0-9_.%-]*)")
_METHOD_NAME = re.compile(r"[a-z0-9._]+")


def read_params(query: bytes, body: bytes) -> tuple[dict[str, str], str]:
    """Decode and merge the query string and the form body.

    Returns the parameters and the codec they were decoded with. Where a name
    occurs twice the query's first occurrence counts. An unknown charset is
    read as UTF-8; the gateway refuses it later, in a signed answer.
    """
    found = _CHARSET.search(query) or _CHARSET.search(body)
    name = found.group(1).decode("ascii").lower() if found else "utf-8"
    codec = CODECS.get(name, "utf-8")
    params: dict[str, str] = {}
    for raw in (query, body):
        for key, value in _pairs(raw, codec):
            params.setdefault(key, value)
    return params, codec


def _pairs(raw: bytes, codec: str) -> list[tuple[str, str]]:
    pairs = []
    for piece in raw.split(b"&"):
        if piece:
            key, _, value = piece.partition(b"=")
            pairs.append((_decode(key, codec), _decode(value, codec)))
    return pairs


def _decode(raw: bytes, codec: str) -> str:
    return unquote_to_bytes(raw.replace(b"+", b" ")).decode(codec, "replace")


def response_key(method: str) -> str:
    """Name the node of an answer: the method's own, or ``error_response``."""
    if not _METHOD_NAME.fullmatch(method):
        return "error_response"
    return method.replace(".", "_") + "_response"


def node_text(fields: Mapping[str, Any]) -> str:
    """Write a response node the way the real gateway does.

    Code and message first, the rest by name; no blanks, Unicode as it is,
    ``/`` as ``\\/``. Exactly this text is what gets signed.
    """
    first = {name: fields[name] for name in FIRST_FIELDS if name in fields}
    rest = {name: fields[name] for name in sorted(fields) if name not in first}
    text = json.dumps({**first, **rest}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("/", "\\/")


def answer(key: str, node: str, codec: str, private_key_pem: str | None) -> bytes:
    """Build the body: the node, then its signature where there is a key to sign.

    Characters the codec lacks become ``?``, in the signed bytes too.
    """
    signed = node.encode(codec, "replace")
    body = b'{"%s":%s' % (key.encode("ascii"), signed)
    if private_key_pem is not None:
        signature = signing.sign(signed, private_key_pem)
        body += b',"sign":"%s"' % signature.encode("ascii")
    return body + b"}"


def content_type(codec: str) -> str:
    """Return the header value that goes with answers in this codec."""
    return "text/html;charset=" + ("GBK" if codec == "gbk" else "utf-8")
