"""Sending money back: asked for in the caller's transaction, sent outside of any."""

import logging
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel import events, references
from kernel.db import command, outside_transaction
from kernel.errors import Refusal
from kernel.money import to_minor
from payments import queries
from payments.events import RefundsRejected, RefundsSettled
from payments.gateways import registry
from payments.gateways.port import (
    Gateway,
    GatewayRejected,
    GatewayUnknown,
    RefundStatus,
)
from payments.lifecycle import REFUNDS
from payments.models import Attempt, Refund
from payments.schedule import pause_after

log = logging.getLogger(__name__)


class CannotRefund(Refusal):
    """Not paid, more than is left, or the key was used for something else."""

    code = "cannot_refund"


@command
def request_refund(
    *, attempt: Attempt, amount: Money, key: str, reason: str, at: datetime
) -> Refund:
    """Let ``amount`` of a paid ``attempt`` go back the way it came, from now on.

    Once per ``key``: asking again returns the same refund.

    :raises CannotRefund: unpaid, above what is left of it, or a key with other data.
    """
    paid = Attempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        if (known.attempt_id, known.amount) != (paid.pk, amount):
            raise CannotRefund(_("This refund was asked for with another amount."))
        return known
    if paid.status != Attempt.Status.PAID:
        raise CannotRefund(_("Nothing was paid, so nothing can be refunded."))
    if amount.currency != paid.amount.currency or amount > queries.refundable(paid):
        raise CannotRefund(_("That is more than is left of the payment."))
    return Refund.objects.create(
        number=references.new("RFD"),
        key=key,
        attempt=paid,
        amount=amount,
        reason=reason[: Refund._meta.get_field("reason").max_length],
        requested_at=at,
        send_at=at,
    )


@outside_transaction
def send_refund(*, refund: Refund, at: datetime) -> Refund:
    """Ask the gateway for a requested refund, under its one number, and record.

    No answer, a wrong setting of ours, or too little money in our account: asked
    again later. A final no is announced: the money is still here.
    """
    try:
        status = _sent(registry.gateway(refund.attempt.gateway), refund)
    except GatewayRejected as refusal:
        if refusal.code == "config":
            return _postpone(refund, str(refusal), at=at)
        return _reject(refund.pk, str(refusal), at=at)
    except GatewayUnknown as unanswered:
        return _postpone(refund, str(unanswered), at=at)
    if status is RefundStatus.SETTLED:
        return _settle(refund.pk, at=at)
    return _postpone(refund, str(status), at=at)


def _sent(gateway: Gateway, refund: Refund) -> RefundStatus:
    number = refund.attempt.number
    try:
        return gateway.refund(
            number=number,
            refund_number=refund.number,
            amount_minor=to_minor(refund.amount),
            currency=str(refund.amount.currency),
            reason=refund.reason,
        )
    except GatewayRejected as refusal:
        if refusal.code == "config":
            raise
        # An earlier try may have succeeded unheard: only then the no is not final.
        known = gateway.query_refund(number=number, refund_number=refund.number)
        if known is RefundStatus.ABSENT:
            raise
        return known


@command
def _settle(refund_id: int, *, at: datetime) -> Refund:
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
    if refund.status == Refund.Status.REQUESTED:
        REFUNDS.move(
            [refund_id],
            "settle",
            at=at,
            settled_at=at,
            send_at=None,
            tries=F("tries") + 1,
            last_answer=str(RefundStatus.SETTLED),
        )
        events.announce(RefundsSettled(frozenset({refund_id}), at))
    return Refund.objects.get(pk=refund_id)


@command
def _reject(refund_id: int, answer: str, *, at: datetime) -> Refund:
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
    if refund.status == Refund.Status.REQUESTED:
        log.error("refund %s refused for good: %s", refund.number, answer)
        REFUNDS.move(
            [refund_id],
            "reject",
            at=at,
            note=answer,
            send_at=None,
            tries=F("tries") + 1,
            last_answer=answer[:200],
        )
        events.announce(RefundsRejected(frozenset({refund_id}), at))
    return Refund.objects.get(pk=refund_id)


def _postpone(refund: Refund, answer: str, *, at: datetime) -> Refund:
    log.warning("refund %s not settled yet: %s", refund.number, answer)
    Refund.objects.filter(pk=refund.pk, status=Refund.Status.REQUESTED).update(
        tries=F("tries") + 1,
        send_at=at + pause_after(refund.tries + 1),
        last_answer=answer[:200],
    )
    return Refund.objects.get(pk=refund.pk)
