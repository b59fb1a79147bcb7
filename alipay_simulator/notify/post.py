"""One POST to a merchant: signed freshly, timed, and what came back."""

import datetime as dt
import time
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

import httpx
from django.conf import settings

from alipay_simulator import clock, signing
from alipay_simulator.models import Attempt, Notification
from alipay_simulator.rules.faults import Kind
from alipay_simulator.wire import CODECS

from . import SUCCESS, falsehoods

LONGEST_ANSWER = 2000


def post(item: Notification, at: dt.datetime, *, false: Kind | None = None) -> Attempt:
    """Send a notification, or what the fault ``false`` makes of it.

    Returns the attempt, not yet saved. No transaction may be open: the merchant
    is being waited for.
    """
    charset = item.trade.entry.charset
    body = signed_body(item, at, false=false)
    attempt = Attempt(notification=item, sent_at=at, body=body, fault=false or "")
    headers = {
        "content-type": f"application/x-www-form-urlencoded; charset={charset}",
        "user-agent": "Mozilla/4.0",
    }
    started = time.monotonic()
    try:
        with _client().stream(
            "POST", item.url, content=body, headers=headers
        ) as response:
            attempt.status_code = response.status_code
            answer = b"".join(_start_of(response, started))
        attempt.answer = answer.decode(CODECS[charset], "replace")[:500]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        attempt.status_code = None
        attempt.error = f"{type(error).__name__}: {error}"[:200]
    attempt.milliseconds = int((time.monotonic() - started) * 1000)
    return attempt


def _start_of(response: httpx.Response, started: float) -> Iterator[bytes]:
    """Read no more of an answer than is kept, and not for ever."""
    length = 0
    for piece in response.iter_bytes():
        yield piece[: LONGEST_ANSWER - length]
        length += len(piece)
        if length >= LONGEST_ANSWER:
            return
        if time.monotonic() - started > settings.NOTIFY_TIMEOUT_SECONDS:
            raise httpx.ReadTimeout("the answer came too slowly")


@cache
def _client() -> httpx.Client:
    """Make the one client; not at import, which happens before the fork."""
    return httpx.Client(
        timeout=settings.NOTIFY_TIMEOUT_SECONDS,
        follow_redirects=False,
        trust_env=False,
        # A kept connection that died meanwhile would look like a refusal.
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def signed_body(
    item: Notification, at: dt.datetime, *, false: Kind | None = None
) -> str:
    """Return the form body of an attempt made now."""
    entry = item.trade.entry
    codec = CODECS[entry.charset]
    params = falsehoods.falsified(item, false, at) if false else item.params
    signed = signing.sign_params(
        params | {"notify_time": clock.on_wire(at)},
        falsehoods.key_for(entry.app, false),
        codec,
    )
    return urlencode(signed, encoding=codec, errors="replace")


def is_understood(attempt: Attempt) -> bool:
    """Tell whether the merchant has said that he got it."""
    return attempt.status_code == 200 and attempt.answer.strip() == SUCCESS
