"""Disputes about an order: opened and withdrawn by its buyer, decided by the desk."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from djmoney.money import Money

from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from kernel.db import command
from marketplace.accounts.models import User
from orders import notices
from orders.models import Order


@command
def dispute_order(
    *,
    order: Order,
    by: User,
    reason: str,
    claim: Money,
    story: str,
    pictures: Sequence[UploadedFile],
    at: datetime,
) -> Dispute:
    """The buyer says that something is wrong: the release clock stands still.

    :raises kernel.errors.Refusal: as :func:`escrow.disputes.commands.open_dispute`.
    """
    dispute = disputes.open_dispute(
        hold=order.hold,
        opened_by=by,
        reason=reason,
        claim=claim,
        story=story,
        pictures=pictures,
        at=at,
    )
    notices.dispute_opened(order, dispute, at=at)
    return dispute


@command
def withdraw_dispute(*, order: Order, dispute: Dispute, by: User, at: datetime) -> None:
    """The buyer takes it back: the clock runs on, for at least three days.

    :raises kernel.errors.Refusal: when it is no longer open.
    """
    disputes.withdraw_dispute(dispute=dispute, by=by, at=at)
    notices.dispute_withdrawn(order, dispute, at=at)
