"""The port: what payments asks of any gateway. Minor units; unknown is not failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class GatewayError(Exception):
    """Something between us and the gateway; see the two kinds."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class GatewayRejected(GatewayError):
    """A final no for this request: repeating it unchanged changes nothing."""


class GatewayUnknown(GatewayError):
    """No answer, or one that proves nothing: ask again, never assume."""


class NotificationRefused(Exception):
    """A notification that must not be believed; ``reason`` is the inbox verdict."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason  # "forged" or "foreign"
        self.detail = detail


class Capability(StrEnum):
    REDIRECT = "redirect"
    QR = "qr"
    REFUND = "refund"
    PAYOUT = "payout"
    STATEMENT = "statement"
    CONSULT = "consult"


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What to start. ``number`` is ours and never reused with other data."""

    number: str
    amount_minor: int
    currency: str
    subject: str
    expires_at: datetime
    notify_url: str
    return_url: str


class PaymentStatus(StrEnum):
    ABSENT = "absent"  # the gateway does not know it (yet): not paid, keep waiting
    WAITING = "waiting"
    PAID = "paid"  # also after a partial refund
    CLOSED = "closed"  # never paid, and cannot be any more
    REFUNDED = "refunded"  # was paid, went back in full


@dataclass(frozen=True, slots=True)
class PaymentState:
    """The gateway's signed word about one payment, by query or notification."""

    number: str
    status: PaymentStatus
    amount_minor: int | None = None
    currency: str | None = None
    provider_number: str = ""
    paid_at: datetime | None = None


class CloseOutcome(StrEnum):
    CLOSED = "closed"  # closed now or before
    ABSENT = "absent"  # nobody opened it: counts as closed, may still be paid late
    PAID = "paid"  # too late to close: query, and treat as paid


class RefundStatus(StrEnum):
    SETTLED = "settled"
    PROCESSING = "processing"
    NO_FUNDS = "no funds"  # nothing has moved: our account there holds too little
    ABSENT = "absent"  # the gateway does not know this refund number


@dataclass(frozen=True, slots=True)
class NotificationReading:
    """A verified notification, translated.

    ``state`` is None when it is no news about a payment; for news about a refund
    ``refund_number`` is ours for it.
    """

    notify_id: str
    number: str
    state: PaymentState | None
    refund_number: str = ""


class Gateway(Protocol):
    """One provider. Every method that talks to the network may raise
    :class:`GatewayUnknown` (ask again) or :class:`GatewayRejected` (final)."""

    code: str
    currencies: frozenset[str]
    capabilities: frozenset[Capability]

    def redirect_url(self, request: PaymentRequest) -> str:
        """A signed address for the payer's browser. Asks nothing of the network."""

    def qr_payload(self, request: PaymentRequest) -> str:
        """Announce the payment; what its QR code must contain."""

    def query(self, number: str) -> PaymentState:
        """The present state of a payment."""

    def close(self, number: str) -> CloseOutcome:
        """End an unpaid payment."""

    def refund(
        self,
        *,
        number: str,
        refund_number: str,
        amount_minor: int,
        currency: str,
        reason: str,
    ) -> RefundStatus:
        """Send money back; repeating with the same numbers moves nothing twice."""

    def query_refund(self, *, number: str, refund_number: str) -> RefundStatus:
        """What became of a refund."""

    def read_notification(self, body: bytes, content_type: str) -> NotificationReading:
        """Verify and translate what was posted to us.

        :raises NotificationRefused: signature wrong, or meant for somebody else.
        :raises GatewayUnknown: truly theirs, but not to be understood.
        """

    def verify_return(self, query: Mapping[str, str]) -> str:
        """The payment number of a browser's signed return; proves nothing but origin.

        :raises NotificationRefused: when the signature does not hold.
        """
