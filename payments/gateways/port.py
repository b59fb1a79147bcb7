"""The port: what payments asks of any gateway. Minor units; unknown is not failed."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import BinaryIO, Protocol


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


class GatewayNotAsked(GatewayUnknown):
    """No call was made: it says nothing of the gateway."""


class StatementNotReady(GatewayUnknown):
    """The provider has not made that day's statement yet, or knows of none."""


class StatementUnreadable(GatewayUnknown):
    """What came is no whole statement: not a line of it may be believed."""


class NotificationRefused(Exception):
    """A notification that must not be believed; ``reason`` is the inbox verdict."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason  # "forged" or "foreign"
        self.detail = detail


class Way(StrEnum):
    """How a payer gets to a payment."""

    PAGE = "page"  # the provider's page, in the browser of a large screen
    PHONE = "phone"  # … in a phone's browser, from where its app opens
    CODE = "code"  # a code to scan
    TRANSFER = "transfer"  # the payer sends the money themselves, as instructed


class Capability(StrEnum):
    """What a provider can do besides taking money, so that callers can do without."""

    QUERY = "query"  # it knows what became of a payment; else only our desk does
    NOTIFY = "notify"  # it posts news to us
    REFUND = "refund"  # it sends money back; else our desk does, by hand
    PAYOUT = "payout"
    STATEMENT = "statement"  # it says each day what moved, line by line


@dataclass(frozen=True, slots=True)
class Question:
    """Whom and what ways to pay are asked about, before anything is started."""

    country: str
    currency: str | None = None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What to start. ``number`` is ours and never reused with other data."""

    number: str
    way: Way
    amount_minor: int
    currency: str
    subject: str
    expires_at: datetime
    notify_url: str
    return_url: str
    # Where a payer goes who gives up at the provider.
    leave_url: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """How the payer gets to a payment that was announced; what the way needs.

    ``redirect_url`` opens it in a browser, ``qr_payload`` is what a code must hold,
    ``remittance`` what the payer writes with a transfer. ``expires_at`` is set where
    the provider ends it at another moment than it was asked to.
    """

    redirect_url: str = ""
    qr_payload: str = ""
    remittance: str = ""
    provider_number: str = ""
    expires_at: datetime | None = None


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
    BY_HAND = "by hand"  # it sends nothing back: our desk does


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


class LineKind(StrEnum):
    """What a line of a statement is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    FEE = "fee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement by the provider's word. ``amount_minor`` is what was paid, or went
    back; ``fee_minor`` what the provider kept for it, negative when it gave that back.
    """

    kind: LineKind
    number: str
    refund_number: str
    provider_number: str
    amount_minor: int
    fee_minor: int
    currency: str
    at: datetime


class Statement(Protocol):
    """A whole day's statement, checked to be whole before it is handed over."""

    # As it was sent; empty where the provider says "nothing" without a file.
    raw: BinaryIO

    def lines(self) -> Iterator[StatementLine]:
        """Every line, in its order; may be read several times."""


class Gateway(Protocol):
    """One provider. Every method that talks to the network may raise
    :class:`GatewayUnknown` (ask again) or :class:`GatewayRejected` (final)."""

    code: str
    capabilities: frozenset[Capability]

    @staticmethod
    def currencies() -> frozenset[str]:
        """What it can charge by our settings, as ISO 4217 codes."""

    @staticmethod
    def longest(way: Way) -> timedelta | None:
        """How long one number can be paid at most; None is for ever."""

    def consult(self, question: Question) -> Mapping[Way, str]:
        """Its ways to pay for ``question``: "" is open, else why not.

        A reason is a class of :mod:`payments.advice`; a way that is missing does not
        exist here. Pages ask this while they are drawn: whoever needs the network for
        it remembers the answer for some minutes, and without one says "".
        """

    def start(self, request: PaymentRequest) -> Started:
        """Announce a payment. Repeating it with the same data starts nothing new."""

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

    def statement(self, day: date) -> AbstractContextManager[Statement]:
        """Fetch what moved on ``day`` (Beijing's), for as long as the context lasts.

        :raises StatementNotReady: not there yet.
        :raises StatementUnreadable: no whole statement.
        """
