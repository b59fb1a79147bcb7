"""Misbehaviour on demand: what can be made to go wrong, and whose turn it is.

A fault is asked for where it would strike; asking counts as striking.
"""

import datetime as dt
import secrets

from django.db import models
from django.db.models import F, Q

from alipay_simulator.models import App, Fault


class Kind(models.TextChoices):
    """Everything that can be made to go wrong."""

    # The gateway's answers
    SLOW = "slow"  # option seconds, default 6
    HTTP_500 = "http_500"  # not executed
    CLOSED_CONNECTION = "closed_connection"  # not executed
    SYSTEM_ERROR = "system_error"  # ACQ.SYSTEM_ERROR, not executed
    UNAVAILABLE = "unavailable"  # 20000, not executed
    GARBAGE = "garbage"  # executed; the answer is no JSON
    WRONG_SIGNATURE = "wrong_signature"  # executed
    UNSIGNED = "unsigned"  # executed; the answer lacks its signature
    ANSWER_LOST = "answer_lost"  # executed; the connection closes
    SYSTEM_ERROR_AFTER = "system_error_after"  # executed; ACQ.SYSTEM_ERROR
    # Notifications
    NEWS_LOST = "news_lost"  # never sent, and never tried again
    NEWS_DELAYED = "news_delayed"  # option seconds, default 60
    NEWS_TWICE = "news_twice"  # option parallel, default true
    NEWS_OUT_OF_ORDER = "news_out_of_order"  # waits until the trade's next news is out
    NEWS_FORGED = "news_forged"  # signed with another key
    NEWS_WRONG_AMOUNT = "news_wrong_amount"  # truly signed, another total_amount
    NEWS_OTHER_APP = "news_other_app"  # truly signed, another app_id
    NEWS_OTHER_SELLER = "news_other_seller"  # truly signed, another seller_id
    # Money
    REFUND_PROCESSING = "refund_processing"  # option seconds, default 600
    REFUND_NO_BALANCE = "refund_no_balance"
    TRANSFER_DEALING = "transfer_dealing"  # option seconds, default 600; succeeds
    TRANSFER_FAILS_LATE = "transfer_fails_late"  # the same; fails, money goes back
    BILL_NOT_READY = "bill_not_ready"
    # Buyers
    PAID_WHILE_CLOSING = "paid_while_closing"  # a close comes a moment too late
    # An unscanned order, closed, is paid; option seconds, default 1.
    PAID_AFTER_CLOSING = "paid_after_closing"
    PAID_TWICE = "paid_twice"  # who pays also pays the shop's order before it


def are_on(*kinds: Kind) -> bool:
    """Tell whether any fault of these kinds is on, for whatever and whomever."""
    return Fault.objects.filter(is_on=True, kind__in=kinds).exists()


def take(
    *kinds: Kind,
    at: dt.datetime,
    app: App | None = None,
    out_trade_no: str = "",
    method: str = "",
) -> Fault | None:
    """Return the first fault of these kinds that is on for this, and count it."""
    fits = Fault.objects.filter(
        Q(app=None) | Q(app=app),
        Q(method="") | Q(method=method),
        Q(out_trade_no="") | Q(out_trade_no=out_trade_no),
        is_on=True,
        kind__in=kinds,
    )
    for fault in fits.order_by("pk"):
        if _chances(fault) and _strike(fault):
            return fault
    return None


def _chances(fault: Fault) -> bool:
    """Let a fault of the option ``one_in`` pass by, but for one time in so many."""
    return secrets.randbelow(fault.options.get("one_in", 1)) == 0


def _strike(fault: Fault) -> bool:
    """Count one hit. False: its last one was somebody else's."""
    still = Fault.objects.filter(pk=fault.pk, is_on=True)
    if fault.times_left is None:
        return bool(still.update(times_hit=F("times_hit") + 1))
    hit = still.filter(times_left__gt=0).update(
        times_left=F("times_left") - 1, times_hit=F("times_hit") + 1
    )
    still.filter(times_left=0).update(is_on=False)
    return bool(hit)


def seconds(fault: Fault, default: float) -> float:
    """How long a slow fault takes, in the simulator's seconds."""
    value = fault.options.get("seconds", default)
    return float(value)
