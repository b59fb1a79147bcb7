"""Everything that happens here because something happened below."""

from collections.abc import Callable, Mapping
from typing import Any

from escrow import commands
from payments.events import (
    ChargesClosed,
    ChargesPaid,
    LateMoneyCame,
    RefundsPaidByHand,
    RefundsRejected,
    RefundsSettled,
    StatementMatched,
    StrayPaid,
)


def on_charges_paid(fact: ChargesPaid) -> None:
    commands.fund_holds(charge_ids=fact.charge_ids, at=fact.at)


def on_charges_closed(fact: ChargesClosed) -> None:
    commands.void_holds(charge_ids=fact.charge_ids, at=fact.at, note=fact.note)


def on_late_money(fact: LateMoneyCame) -> None:
    commands.take_late_money(attempt_ids=fact.attempt_ids, at=fact.at)


def on_stray_paid(fact: StrayPaid) -> None:
    commands.refund_stray_payments(attempt_ids=fact.attempt_ids, at=fact.at)


def on_refunds_settled(fact: RefundsSettled) -> None:
    commands.book_settled_refunds(refund_ids=fact.refund_ids, at=fact.at)


def on_refunds_rejected(fact: RefundsRejected) -> None:
    commands.book_rejected_refunds(refund_ids=fact.refund_ids, at=fact.at)


def on_refunds_paid_by_hand(fact: RefundsPaidByHand) -> None:
    commands.book_hand_payments(refund_ids=fact.refund_ids, at=fact.at)


def on_statement_matched(fact: StatementMatched) -> None:
    commands.book_fees(day_id=fact.day_id, at=fact.at)


REACTIONS: Mapping[type, Callable[[Any], None]] = {
    ChargesPaid: on_charges_paid,
    ChargesClosed: on_charges_closed,
    LateMoneyCame: on_late_money,
    StrayPaid: on_stray_paid,
    RefundsSettled: on_refunds_settled,
    RefundsRejected: on_refunds_rejected,
    RefundsPaidByHand: on_refunds_paid_by_hand,
    StatementMatched: on_statement_matched,
}
