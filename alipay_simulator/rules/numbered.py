"""Requests that count once: an equal one is answered as the first was."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from alipay_simulator.errors import Refused
from alipay_simulator.models import Member, NumberedRequest

Answer = dict[str, Any]


@transaction.atomic
def once(
    seller: Member,
    method: str,
    number: str,
    asked: dict[str, Any],
    act: Callable[[], Answer],
    *,
    at: dt.datetime,
) -> Answer:
    """Act, unless this number was used before; return what was answered first.

    What was refused does not count: its number may be used again.

    :raises Refused: ``DISCORDANT_REPEAT_REQUEST``, the number was used for something
        else; or whatever ``act`` raises.
    """
    known = NumberedRequest.objects.filter(
        seller=seller, method=method, number=number
    ).first()
    if known is None:
        answer = act()
        NumberedRequest.objects.create(
            seller=seller,
            method=method,
            number=number,
            asked=asked,
            answer=answer,
            created_at=at,
        )
        return answer
    if known.asked != asked:
        raise Refused("DISCORDANT_REPEAT_REQUEST")
    told: Answer = known.answer
    return told
