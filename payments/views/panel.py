"""What the payer's pages are drawn from: one payment's state, and when to ask again."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from payments import queries, troubles
from payments.gateways.bank_transfer.remittance import spaced
from payments.methods import Device
from payments.models import Attempt
from payments.shoppers import device_of
from payments.standing import Stage, Standing

# The page asks us, never the gateway. While the payer may be paying it knows within
# two seconds of the signed news; later, and for a transfer, with growing gaps.
PROMPT_MS = 1_200
POLL_MS = (3_000, 3_000, 3_000, 3_000, 3_000, 5_000, 5_000, 5_000, 8_000, 8_000, 10_000)
# Time to read that it is paid, before the page goes on by itself.
READING_MS = 10_000
# … and until it asks again after an answer that did not come.
AGAIN_MS = 5_000
DIGITS = re.compile(r"[0-9]{1,4}")
SETTLED_STAGES = {Stage.CHOOSE, Stage.CLOSED, Stage.RETURNED}


def told_by(request: HttpRequest) -> str:
    """What the payer's way to this page says: they left Alipay's, came back from it
    when they had paid there, or read something on it (a link of ours names it)."""
    if "left" in request.GET:
        return troubles.LEFT
    if "back" in request.GET:
        return troubles.CAME_BACK
    return request.GET.get("said", "")


def context_of(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    """Everything ``_panel.html`` shows of a payment."""
    attempt, told = standing.attempt, told_by(request)
    payload = attempt.qr_payload if attempt else ""
    return {
        "standing": standing,
        # Drawn by us from the gateway's signed answer: safe as markup.
        "svg": mark_safe(attempt.qr_svg) if attempt else "",  # noqa: S308
        "code_link": payload if payload.startswith(("https://", "http://")) else "",
        "is_phone": device_of(request.headers) is Device.PHONE,
        "charge": standing.charge,
        "attempt": attempt,
        "stage": standing.stage.value,
        "trouble": troubles.trouble_of(standing, told=told),
        "way_on": troubles.way_on(standing, told=told),
        "unheard": troubles.unheard_of(standing),
        **_instructions(attempt),
        "polls": standing.stage not in SETTLED_STAGES,
        **poll_of(standing),
    }


def _instructions(attempt: Attempt | None) -> dict[str, Any]:
    """Where to send a bank transfer, and what to write with it."""
    if attempt is None or not attempt.remittance:
        return {}
    return {
        "account": settings.BANK_ACCOUNTS.get(str(attempt.amount.currency), {}),
        "reference": spaced(attempt.remittance),
        "strays": queries.stray_attempts(attempt.charge),
    }


def poll_of(standing: Standing, request: HttpRequest | None = None) -> dict[str, Any]:
    """When the page asks next, and what it knows already."""
    given = request.GET.get("asked", "") if request is not None else ""
    asked = min(int(given), len(POLL_MS)) if DIGITS.fullmatch(given) else 0
    pause = POLL_MS[min(asked, len(POLL_MS) - 1)]
    attempt = standing.attempt
    if standing.stage is Stage.WAITING and attempt and not attempt.remittance:
        pause = PROMPT_MS
    elif standing.stage is Stage.PAID:
        pause = READING_MS
    return {
        "charge": standing.charge,
        "mark": standing.mark,
        "asked": asked + 1,
        "pause": pause,
        "again": pause + AGAIN_MS,
    }
