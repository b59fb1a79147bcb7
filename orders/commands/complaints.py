"""Disputes about an order: opened and withdrawn by its buyer, decided by the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from djmoney.money import Money

from escrow import commands as escrow
from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from kernel.db import command, outside_transaction
from marketplace.accounts.models import User
from orders import notices
from orders.models import Order


@outside_transaction
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

    The pictures are drawn anew first: meanwhile nothing is locked.

    :raises escrow.disputes.evidence.BadEvidence: when a picture cannot be taken.
    :raises kernel.errors.Refusal: as :func:`escrow.disputes.commands.open_dispute`.
    """
    clean = disputes.read_pictures(pictures)
    facts = {"reason": reason, "claim": claim, "story": story, "pictures": clean}
    return _dispute(order, by=by, at=at, **facts)


@command
def _dispute(order: Order, *, by: User, at: datetime, **facts: Any) -> Dispute:
    dispute = disputes.open_dispute(hold=order.hold, opened_by=by, at=at, **facts)
    notices.dispute_opened(order, dispute, at=at)
    return dispute


@command
def withdraw_dispute(*, order: Order, dispute: Dispute, by: User, at: datetime) -> None:
    """The buyer takes it back: the clock runs on, for at least three days.

    Pressing twice withdraws once.

    :raises kernel.errors.Refusal: when it is no longer open.
    """
    escrow.lock_hold(hold_id=order.hold_id)
    if Dispute.objects.filter(pk=dispute.pk, status=Dispute.Status.WITHDRAWN).exists():
        return
    disputes.withdraw_dispute(dispute=dispute, by=by, at=at)
    notices.dispute_withdrawn(order, dispute, at=at)
