"""A gateway that does what the test tells it, behind the same port.

Payers act through :meth:`GatewayDouble.pay`; faults are queued with
:meth:`GatewayDouble.fail`; :meth:`GatewayDouble.notify_about` makes the body of a
notification, to be posted at the door or given to ``receive_notification``. Nothing
here imports our gateway client: it keeps its own books of trades and refunds.
"""

import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from threading import RLock
from typing import BinaryIO, TypeVar

import pytest

from payments.gateways import registry
from payments.gateways.port import (
    Capability,
    CloseOutcome,
    Gateway,
    GatewayError,
    GatewayRejected,
    GatewayUnknown,
    NotificationReading,
    NotificationRefused,
    PaymentRequest,
    PaymentState,
    PaymentStatus,
    Question,
    RefundStatus,
    Started,
    Statement,
    StatementLine,
    StatementNotReady,
    Way,
)

T = TypeVar("T")


@dataclass
class Trade:
    """What the double knows of one number."""

    number: str
    amount_minor: int
    currency: str
    status: PaymentStatus
    paid_at: datetime | None = None
    refunds: dict[str, int] = field(default_factory=dict)

    @property
    def provider_number(self) -> str:
        return f"22001{self.number}"


@dataclass
class GatewayDouble:
    """Behaves like Alipay: a trade exists only once its payer has opened it."""

    code: str = "alipay"
    capabilities: frozenset[Capability] = frozenset(
        {
            Capability.QUERY,
            Capability.NOTIFY,
            Capability.REFUND,
            Capability.STATEMENT,
        }
    )
    # Ways that the provider says are not open, with its reasons.
    closed: dict[Way, str] = field(default_factory=dict)
    requests: dict[str, PaymentRequest] = field(default_factory=dict)
    trades: dict[str, Trade] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    # What it says of a day, in the test's own words; without any it is not ready.
    statements: dict[date, list[StatementLine]] = field(default_factory=dict)
    _faults: dict[str, deque[GatewayError]] = field(default_factory=dict)
    _broken: dict[str, GatewayError] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    # --- The test's hands ---------------------------------------------------------

    def fail(self, method: str, *faults: GatewayError) -> None:
        """Let the next calls of ``method`` raise, one fault each.

        ``method`` may end in ``!``: then the act is done before the answer is lost.
        """
        self._faults.setdefault(method, deque()).extend(faults)

    def break_down(self, *methods: str) -> None:
        """Answer nothing on ``methods`` (all networked ones by default)."""
        for method in methods or NETWORKED:
            self._broken[method] = GatewayUnknown("network", "down")

    def mend(self) -> None:
        """End what :meth:`break_down` began."""
        self._broken.clear()

    def open(self, number: str) -> Trade:
        """A payer scans the code or signs in: from now on there is a trade."""
        if number not in self.trades:
            request = self.requests[number]
            self.trades[number] = Trade(
                number, request.amount_minor, request.currency, PaymentStatus.WAITING
            )
        return self.trades[number]

    def pay(
        self,
        number: str,
        *,
        at: datetime,
        amount_minor: int | None = None,
        currency: str = "",
    ) -> None:
        """A payer pays ``number`` (perhaps another amount, which no real one can)."""
        with self._lock:
            trade = self.open(number)
            assert trade.status is PaymentStatus.WAITING, trade.status
            trade.status, trade.paid_at = PaymentStatus.PAID, at
            if amount_minor is not None:
                trade.amount_minor = amount_minor
            trade.currency = currency or trade.currency

    def notify_about(self, number: str, /, **changes: object) -> bytes:
        """The body of a notification about ``number`` as it is now.

        ``changes`` lie: ``forged=True``, ``foreign=True``, ``amount_minor=…``,
        ``currency=…``, ``status=…``; ``refund="RFD-…"`` is news of a refund.
        """
        trade = self.trades.get(number)
        facts = {
            "notify_id": f"N-{number}",
            "number": number,
            "status": trade.status if trade else PaymentStatus.PAID,
            "amount_minor": trade.amount_minor if trade else 1,
            "currency": trade.currency if trade else "CNY",
            "provider_number": trade.provider_number if trade else "",
            "paid_at": trade.paid_at.isoformat() if trade and trade.paid_at else "",
        }
        return json.dumps(facts | changes).encode()

    def called(self, method: str) -> int:
        """How often ``method`` was called."""
        return Counter(name for name, _ in self.calls)[method]

    # --- The port -----------------------------------------------------------------

    @staticmethod
    def currencies() -> frozenset[str]:
        return frozenset({"CNY"})

    @staticmethod
    def longest(way: Way) -> timedelta | None:
        return None

    def consult(self, question: Question) -> Mapping[Way, str]:
        return dict.fromkeys((Way.PAGE, Way.PHONE, Way.CODE), "") | self.closed

    def start(self, request: PaymentRequest) -> Started:
        name = "qr_payload" if request.way is Way.CODE else "redirect_url"
        self._call(name, request.number)
        self._remember(request)
        if request.way is Way.CODE:
            code = f"https://qr.gateway.test/{request.number}"
            return self._answer(name, Started(qr_payload=code))
        return Started(redirect_url=f"https://gateway.test/pay?number={request.number}")

    def query(self, number: str) -> PaymentState:
        self._call("query", number)
        with self._lock:
            trade = self.trades.get(number)
            if trade is None:
                return PaymentState(number, PaymentStatus.ABSENT)
            return _state(trade)

    def close(self, number: str) -> CloseOutcome:
        self._call("close", number)
        with self._lock:
            trade = self.trades.get(number)
            if trade is None:
                outcome = CloseOutcome.ABSENT
            elif trade.status in {PaymentStatus.PAID, PaymentStatus.REFUNDED}:
                outcome = CloseOutcome.PAID
            else:
                trade.status = PaymentStatus.CLOSED
                outcome = CloseOutcome.CLOSED
        return self._answer("close", outcome)

    def refund(
        self,
        *,
        number: str,
        refund_number: str,
        amount_minor: int,
        currency: str,
        reason: str,
    ) -> RefundStatus:
        self._call("refund", refund_number)
        with self._lock:
            trade = self.trades[number]
            known = trade.refunds.get(refund_number)
            if known is not None and known != amount_minor:
                raise GatewayRejected("DISCORDANT_REPEAT_REQUEST")
            if known is None:
                if trade.status is not PaymentStatus.PAID:
                    raise GatewayRejected("TRADE_HAS_CLOSE")
                if sum(trade.refunds.values()) + amount_minor > trade.amount_minor:
                    raise GatewayRejected("REASON_TRADE_REFUND_FEE_ERR")
                trade.refunds[refund_number] = amount_minor
                if sum(trade.refunds.values()) == trade.amount_minor:
                    trade.status = PaymentStatus.REFUNDED
        return self._answer("refund", RefundStatus.SETTLED)

    def query_refund(self, *, number: str, refund_number: str) -> RefundStatus:
        self._call("query_refund", refund_number)
        known = refund_number in self.trades[number].refunds
        return RefundStatus.SETTLED if known else RefundStatus.ABSENT

    def read_notification(self, body: bytes, content_type: str) -> NotificationReading:
        try:
            facts = json.loads(body)
        except ValueError as garbled:
            raise NotificationRefused("forged", "unreadable") from garbled
        if facts.get("forged"):
            raise NotificationRefused("forged", "the signature is wrong")
        if facts.get("foreign"):
            raise NotificationRefused("foreign", "app_id is another")
        number, notify_id = facts["number"], facts["notify_id"]
        if facts.get("refund"):
            return NotificationReading(notify_id, number, None, facts["refund"])
        paid_at = facts["paid_at"]
        state = PaymentState(
            number,
            PaymentStatus(facts["status"]),
            facts["amount_minor"],
            facts["currency"],
            facts["provider_number"],
            datetime.fromisoformat(paid_at) if paid_at else None,
        )
        return NotificationReading(notify_id, number, state)

    def verify_return(self, query: Mapping[str, str]) -> str:
        if query.get("sign") != "good":
            raise NotificationRefused("forged", "the signature is wrong")
        return query["out_trade_no"]

    @contextmanager
    def statement(self, day: date) -> Iterator[Statement]:
        self._call("statement", day.isoformat())
        if day not in self.statements:
            raise StatementNotReady("BILL_NOT_EXIST")
        yield Said(self.statements[day])

    # --- Inside -------------------------------------------------------------------

    def _remember(self, request: PaymentRequest) -> None:
        known = self.requests.setdefault(request.number, request)
        if known != request:
            raise GatewayRejected("CONTEXT_INCONSISTENT")

    def _call(self, method: str, number: str) -> None:
        self.calls.append((method, number))
        if method in self._broken:
            raise self._broken[method]
        if self._faults.get(method):
            raise self._faults[method].popleft()

    def _answer(self, method: str, answer: T) -> T:
        """``answer``, unless it is to be lost on the way back."""
        if self._faults.get(f"{method}!"):
            raise self._faults[f"{method}!"].popleft()
        return answer


class Said:
    """A statement of the lines that a test has written."""

    def __init__(self, lines: list[StatementLine]) -> None:
        self.raw: BinaryIO = BytesIO(repr(lines).encode())
        self._lines = lines

    def lines(self) -> Iterator[StatementLine]:
        return iter(self._lines)


class ManyCurrencies(GatewayDouble):
    """Charges currencies with two, no and three digits."""

    @staticmethod
    def currencies() -> frozenset[str]:
        return frozenset({"CNY", "JPY", "KWD"})


NETWORKED = ("qr_payload", "query", "close", "refund", "query_refund")


def _state(trade: Trade) -> PaymentState:
    return PaymentState(
        trade.number,
        trade.status,
        trade.amount_minor,
        trade.currency,
        trade.provider_number,
        trade.paid_at,
    )


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> GatewayDouble:
    """The double in the place of Alipay, for one test."""
    double = GatewayDouble()
    checked: Gateway = double
    real = registry.gateway
    monkeypatch.setattr(
        registry, "gateway", lambda code: checked if code == "alipay" else real(code)
    )
    return double
