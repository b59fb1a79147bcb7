"""Bank transfer behind the port: instructions out, receipts in by our own desk.

No bank talks to us: what became of a payment is what the desk has recorded from the
bank's statement. Money that is under way cannot be stopped, and goes back by hand.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta

from django.conf import settings

from kernel.money import to_minor
from payments.gateways.bank_transfer.remittance import reference_of
from payments.gateways.port import (
    Capability,
    CloseOutcome,
    GatewayRejected,
    NotificationReading,
    NotificationRefused,
    PaymentRequest,
    PaymentState,
    PaymentStatus,
    Question,
    RefundStatus,
    Started,
    Statement,
    Way,
)
from payments.models import Receipt


class BankTransferGateway:
    """Speaks :class:`payments.gateways.port.Gateway` for the accounts we have."""

    code = "bank_transfer"
    capabilities: frozenset[Capability] = frozenset()

    @staticmethod
    def currencies() -> frozenset[str]:
        """Those of the accounts in our settings."""
        return frozenset(settings.BANK_ACCOUNTS)

    @staticmethod
    def longest(way: Way) -> timedelta | None:
        return None

    def consult(self, question: Question) -> Mapping[Way, str]:
        """Open while there is an account to send money to."""
        return {Way.TRANSFER: ""} if self.currencies() else {}

    def start(self, request: PaymentRequest) -> Started:
        return Started(remittance=reference_of(request.number))

    def query(self, number: str) -> PaymentState:
        receipt = (
            Receipt.objects.select_related("attempt")
            .filter(attempt__number=number)
            .first()
        )
        if receipt is None:
            return PaymentState(number, PaymentStatus.ABSENT)
        return PaymentState(
            number,
            PaymentStatus.PAID,
            amount_minor=to_minor(receipt.amount),
            currency=str(receipt.amount.currency),
            provider_number=receipt.bank_number,
            paid_at=receipt.recorded_at,
        )

    def close(self, number: str) -> CloseOutcome:
        """Nobody can stop a transfer: unpaid, it counts as closed and may come late."""
        is_paid = self.query(number).status is PaymentStatus.PAID
        return CloseOutcome.PAID if is_paid else CloseOutcome.ABSENT

    def refund(
        self,
        *,
        number: str,
        refund_number: str,
        amount_minor: int,
        currency: str,
        reason: str,
    ) -> RefundStatus:
        return RefundStatus.BY_HAND

    def query_refund(self, *, number: str, refund_number: str) -> RefundStatus:
        return RefundStatus.ABSENT

    def read_notification(self, body: bytes, content_type: str) -> NotificationReading:
        raise NotificationRefused("forged", "no bank posts anything to us")

    def verify_return(self, query: Mapping[str, str]) -> str:
        raise NotificationRefused("forged", "no bank sends a browser back to us")

    def statement(self, day: date) -> AbstractContextManager[Statement]:
        """Receipts are typed off the bank's statement: to compare it with them would
        compare the desk's words with themselves."""
        raise GatewayRejected("no_statement", "the desk reads the bank's statement")
