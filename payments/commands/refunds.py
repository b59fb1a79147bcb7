"""Sending money back: asked for in the caller's transaction, sent outside of any."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel import events, references
from kernel.db import command, outside_transaction
from kernel.errors import Refusal
from kernel.money import to_minor
from kernel.worklist import commands as desk
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
from payments.models import Attempt, Refund, RefundMove
from payments.schedule import AFTER_UNKNOWN, pause_after
from payments.worklist import REFUSED, STUCK, refused_key, stuck_key

log = logging.getLogger(__name__)

# Longer than any call to a gateway takes: one that was under way has ended by then.
CALLS_END_WITHIN = timedelta(minutes=15)


class CannotRefund(Refusal):
    """Not paid, more than is left, or the key was used for something else."""

    code = "cannot_refund"


@command
def request_refund(
    *,
    attempt: Attempt,
    amount: Money,
    key: str,
    reason: str,
    at: datetime,
    by: Any = None,
    note: str = "",
) -> Refund:
    """Let ``amount`` of a paid ``attempt`` go back the way it came, from now on.

    Once per ``key``: asking again returns the same refund.

    :param reason: what the payer reads at the gateway; :param by: the user who
        decided it, None for the clock; :param note: why, for our own history.

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
    if amount.currency != paid.came.currency or amount > queries.refundable(paid):
        raise CannotRefund(_("That is more than is left of the payment."))
    refund = Refund.objects.create(
        number=references.new("RFD"),
        key=key,
        attempt=paid,
        amount=amount,
        reason=reason[: Refund._meta.get_field("reason").max_length],
        requested_at=at,
        send_at=at,
    )
    RefundMove.objects.create(
        subject=refund,
        action="request",
        to_status=refund.status,
        at=at,
        by=by,
        note=note or reason,
    )
    return refund


@outside_transaction
def send_refund(*, refund: Refund, at: datetime) -> Refund:
    """Ask the gateway for a requested refund, under its one number, and record.

    No answer, a wrong setting of ours, or too little money in our account: asked
    again later, and the desk is told. A final no is announced: the money is still
    here. One that was given up is not sent, only asked about.
    """
    try:
        gateway = registry.gateway(refund.attempt.gateway)
        if refund.given_up_at is None:
            status = _sent(gateway, refund)
        else:
            status = _known(gateway, refund)
    except GatewayRejected as refusal:
        if refusal.code == "config" or refund.given_up_at is not None:
            return _postpone(refund, str(refusal), at=at)
        return _reject(refund.pk, str(refusal), at=at)
    except GatewayUnknown as unanswered:
        return _postpone(refund, str(unanswered), at=at)
    if status is RefundStatus.SETTLED:
        return _settle(refund.pk, at=at)
    if status is RefundStatus.BY_HAND:
        return _reject(refund.pk, "this provider sends nothing back itself", at=at)
    if status is RefundStatus.ABSENT and refund.given_up_at is not None:
        return _reject(refund.pk, refund.given_up_note, at=at, by=refund.given_up_by)
    return _postpone(refund, str(status), at=at)


def _sent(gateway: Gateway, refund: Refund) -> RefundStatus:
    try:
        return gateway.refund(
            number=refund.attempt.number,
            refund_number=refund.number,
            amount_minor=to_minor(refund.amount),
            currency=str(refund.amount.currency),
            reason=refund.reason,
        )
    except GatewayRejected as refusal:
        if refusal.code == "config":
            raise
        # An earlier try may have succeeded unheard: only then the no is not final.
        known = _known(gateway, refund)
        if known is RefundStatus.ABSENT:
            raise
        return known


def _known(gateway: Gateway, refund: Refund) -> RefundStatus:
    number = refund.attempt.number
    return gateway.query_refund(number=number, refund_number=refund.number)


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
        desk.close_tasks(keys=[stuck_key(refund)], note="settled", at=at)
        events.announce(RefundsSettled(frozenset({refund_id}), at))
    return Refund.objects.get(pk=refund_id)


@command
def _reject(refund_id: int, answer: str, *, at: datetime, by: Any = None) -> Refund:
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
    if refund.status == Refund.Status.REQUESTED:
        log.error("refund %s refused for good: %s", refund.number, answer)
        REFUNDS.move(
            [refund_id],
            "reject",
            at=at,
            by=by,
            note=answer,
            send_at=None,
            tries=F("tries") + 1,
            last_answer=answer[:200],
        )
        desk.close_tasks(keys=[stuck_key(refund)], note="not sent any more", at=at)
        key = refused_key(refund)
        desk.open_task(kind=REFUSED, key=key, about=refund, detail=answer, at=at)
        events.announce(RefundsRejected(frozenset({refund_id}), at))
    return Refund.objects.get(pk=refund_id)


@command
def _postpone(refund: Refund, answer: str, *, at: datetime) -> Refund:
    """Later again; the desk hears of what waits for it, or has waited too long."""
    log.warning("refund %s not settled yet: %s", refund.number, answer)
    given_up = refund.given_up_at is not None
    pause = AFTER_UNKNOWN if given_up else pause_after(refund.tries + 1)
    waiting = Refund.objects.filter(pk=refund.pk, status=Refund.Status.REQUESTED)
    if waiting.update(
        tries=F("tries") + 1, send_at=at + pause, last_answer=answer[:200]
    ):
        _alert(refund, answer, at=at)
    return Refund.objects.get(pk=refund.pk)


def _alert(refund: Refund, answer: str, *, at: datetime) -> None:
    age = at - refund.requested_at
    if age >= settings.REFUND_ALERT_AFTER or answer == RefundStatus.NO_FUNDS:
        key = stuck_key(refund)
        desk.open_task(kind=STUCK, key=key, about=refund, detail=answer, at=at)
    if age >= settings.REFUND_GIVE_UP_AFTER and _being_sent(refund).exists():
        days = settings.REFUND_GIVE_UP_AFTER.days
        note = f"not taken within {days} days: {answer}"
        give_up_refund(refund=refund, by=None, note=note, at=at)


@command
def give_up_refund(*, refund: Refund, by: Any, note: str, at: datetime) -> None:
    """Do not send ``refund`` any more: it is to be paid by hand.

    It becomes owed when the gateway has said that it knows nothing of it, asked once
    every call that is under way has ended. Until then the money may still have moved.

    :param by: the desk's officer; None when its time is over.
    :raises CannotRefund: when it was settled, refused or given up meanwhile.
    """
    given_up = _being_sent(refund).update(
        given_up_at=at,
        given_up_by=by,
        given_up_note=note[: Refund._meta.get_field("given_up_note").max_length],
        send_at=at + CALLS_END_WITHIN,
    )
    if not given_up:
        raise CannotRefund(_("This refund has moved on meanwhile."))


@command
def send_again(*, refund: Refund, at: datetime) -> None:
    """Let the next bell send ``refund``, without waiting for its date.

    :raises CannotRefund: when it was settled, refused or given up meanwhile.
    """
    if not _being_sent(refund).update(send_at=at):
        raise CannotRefund(_("This refund has moved on meanwhile."))


def _being_sent(refund: Refund) -> QuerySet[Refund]:
    return Refund.objects.filter(
        pk=refund.pk, status=Refund.Status.REQUESTED, given_up_at__isnull=True
    )
