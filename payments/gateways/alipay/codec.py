"""Alipay's way of writing: Beijing time, yuan, forms, and the signed node of JSON."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from kernel.money import from_minor, money, to_minor

CURRENCY = "CNY"
BEIJING = timezone(timedelta(hours=8), "Beijing")
TIME = "%Y-%m-%d %H:%M:%S"
YUAN = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
# Documented for a subject; quotes and brackets break other people's page forms.
UNWELCOME = re.compile(r"[/=&<>\"'\\\x00-\x1f]+")
SUBJECT_LENGTH = 256
MAX_FIELDS = 100

_decoder = json.JSONDecoder(parse_float=Decimal)
_blank = re.compile(r"[ \t\r\n]*")


def beijing_text(moment: datetime) -> str:
    """``2026-01-01 08:00:00``, always Beijing time, whole seconds (cut)."""
    return moment.astimezone(BEIJING).strftime(TIME)


def moment_of(text: str) -> datetime:
    """The moment that Alipay's ``text`` (Beijing time) means.

    :raises ValueError: when it is no such text.
    """
    return datetime.strptime(text, TIME).replace(tzinfo=BEIJING)


def yuan_text(minor: int) -> str:
    """Fen as yuan with two decimals: ``8888`` → ``88.88``."""
    return f"{from_minor(minor, CURRENCY).amount:.2f}"


def fen_of(text: str) -> int:
    """Yuan as fen: ``88.8`` and ``88.80`` are the same.

    :raises ValueError: when it is no amount of at most two decimals.
    """
    if not YUAN.fullmatch(text):
        raise ValueError(f"not an amount: {text!r}")
    return to_minor(money(text, CURRENCY))


def plain_subject(text: str) -> str:
    """``text`` without the characters that Alipay forbids in a subject."""
    cleaned = " ".join(UNWELCOME.sub(" ", text).split())
    return cleaned[:SUBJECT_LENGTH]


def form_fields(body: bytes) -> dict[str, str]:
    """An URL-encoded form, decoded once, as single strings.

    :raises ValueError: not ASCII outside, not UTF-8 inside, a repeated name, or a
        NUL, which no column can keep.
    """
    pairs = parse_qsl(
        body.decode("ascii"),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=MAX_FIELDS,
    )
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name appears twice")
    if any("\0" in value for value in fields.values()):
        raise ValueError("a NUL in a value")
    return fields


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts of a response: its node, that node as sent, and the signature."""

    node: dict[str, Any]
    signed_text: str
    signature: str


def read_answer(body: bytes, key: str) -> Answer:
    """Cut the node ``key`` out of a response without losing a character of it.

    A missing signature is an empty text; whoever reads it decides what that means.

    :raises ValueError: when the body is not such a response.
    """
    text = body.decode()
    members = _members(text)
    name = key if key in members else "error_response"
    if name not in members:
        raise ValueError(f"no {key}")
    node, begin, end = members[name]
    if not isinstance(node, dict):
        raise ValueError(f"{name} is no object")
    signature = members.get("sign", ("", 0, 0))[0]
    if not isinstance(signature, str):
        raise ValueError("sign is no text")
    return Answer(node, text[begin:end], signature)


def _members(text: str) -> dict[str, tuple[Any, int, int]]:
    """The members of a top-level JSON object: value, where it begins and ends."""
    members: dict[str, tuple[Any, int, int]] = {}
    i = _after(text, _skip(text, 0), "{")
    while True:
        name, i = _value(text, i)
        if not isinstance(name, str) or name in members:
            raise ValueError("a name is repeated or no text")
        begin = _skip(text, _after(text, i, ":"))
        value, end = _value(text, begin)
        members[name] = (value, begin, end)
        i = _skip(text, end)
        if text[i : i + 1] == "}":
            break
        i = _after(text, i, ",")
    if _skip(text, i + 1) != len(text):
        raise ValueError("something follows the object")
    return members


def _value(text: str, begin: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(text, begin)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


def _skip(text: str, i: int) -> int:
    match = _blank.match(text, i)
    assert match is not None
    return match.end()


def _after(text: str, i: int, sign: str) -> int:
    i = _skip(text, i)
    if text[i : i + 1] != sign:
        raise ValueError(f"{sign} expected at character {i}")
    return _skip(text, i + 1)
