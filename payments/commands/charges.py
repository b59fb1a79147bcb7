"""Owing money: opening a charge."""

from datetime import datetime
from typing import Any

from djmoney.money import Money

from kernel import references
from kernel.db import command
from kernel.errors import Refusal
from payments.models import Charge


class ChargeNotOpen(Refusal):
    """It is paid, closed, being closed, or its time is over."""

    code = "charge_not_open"


@command
def open_charge(
    *,
    payer: Any,
    amount: Money,
    subject: str,
    home_path: str,
    at: datetime,
    expires_at: datetime,
) -> Charge:
    """Ask ``payer`` for ``amount`` until ``expires_at``.

    :param subject: what they read at the gateway; :param home_path: where this
        application shows what is paid for.
    """
    return Charge.objects.create(
        reference=references.new("PAY"),
        payer=payer,
        amount=amount,
        subject=subject[: Charge._meta.get_field("subject").max_length],
        home_path=home_path,
        opened_at=at,
        expires_at=expires_at,
        close_at=expires_at,
    )
