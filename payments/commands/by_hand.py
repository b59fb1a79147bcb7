"""A refund that the gateway has refused for good, paid by hand by the desk."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import events
from kernel.db import command
from kernel.worklist import commands as desk
from payments import queries
from payments.commands.refunds import CannotRefund
from payments.events import RefundsPaidByHand
from payments.lifecycle import REFUNDS
from payments.models import Attempt, Refund
from payments.worklist import refused_key


@command
def pay_refund_by_hand(
    *, refund: Refund, reference: str, note: str, by: Any, at: datetime
) -> None:
    """Record that the desk has paid a refused ``refund`` from our gateway account.

    :param reference: what proves it, the number of the transfer for example.
    :raises CannotRefund: without reference or note, or when other refunds have sent
        that money back already.
    :raises kernel.lifecycle.CannotMove: unless it was refused, and is not paid yet.
    """
    if not reference.strip() or not note.strip():
        raise CannotRefund(_("Write down what proves the payment, and why."))
    paid = Attempt.objects.select_for_update(no_key=True).get(pk=refund.attempt_id)
    if refund.amount > queries.refundable(paid):
        raise CannotRefund(_("That is more than is left of the payment."))
    REFUNDS.move(
        [refund.pk],
        "pay_by_hand",
        at=at,
        by=by,
        note=f"{reference.strip()}: {note.strip()}",
        hand_reference=reference.strip()[:64],
        settled_at=at,
    )
    desk.close_tasks(keys=[refused_key(refund)], note=f"paid: {reference}", at=at)
    events.announce(RefundsPaidByHand(frozenset({refund.pk}), at))
