"""Alipay behind the port: trades in yuan, by redirect and by QR code."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from payments.gateways.alipay import bills, codec
from payments.gateways.alipay.client import AlipayClient
from payments.gateways.port import (
    Capability,
    CloseOutcome,
    GatewayRejected,
    GatewayUnknown,
    NotificationReading,
    PaymentRequest,
    PaymentState,
    PaymentStatus,
    Question,
    RefundStatus,
    Started,
    Statement,
    StatementNotReady,
    Way,
)

STATUSES = {
    "WAIT_BUYER_PAY": PaymentStatus.WAITING,
    "TRADE_SUCCESS": PaymentStatus.PAID,
    # Paid, and its refund window is over.
    "TRADE_FINISHED": PaymentStatus.PAID,
}
# The trade is not waiting any more: paid, or closed already.
TOO_LATE_TO_CLOSE = {
    "TRADE_STATUS_ERROR",
    "REASON_TRADE_STATUS_INVALID",
    "REASON_ILLEGAL_STATUS",
}
# A browser's page is good for 15 days, a phone's for no less; a code for two hours.
LONGEST = {
    Way.PAGE: timedelta(days=15),
    Way.PHONE: timedelta(days=15),
    Way.CODE: timedelta(hours=2),
}
REFUND_NEWS = ("refund_fee", "gmt_refund", "out_biz_no")


class AlipayGateway:
    """Speaks :class:`payments.gateways.port.Gateway` for one Alipay app."""

    code = "alipay"
    capabilities = frozenset(
        {
            Capability.QUERY,
            Capability.NOTIFY,
            Capability.REFUND,
            Capability.STATEMENT,
        }
    )

    def __init__(self, client: AlipayClient) -> None:
        self._client = client

    @staticmethod
    def currencies() -> frozenset[str]:
        return frozenset({codec.CURRENCY})

    @staticmethod
    def longest(way: Way) -> timedelta | None:
        return LONGEST[way]

    def consult(self, question: Question) -> Mapping[Way, str]:
        """Alipay tells nobody beforehand: all of its ways are open."""
        return dict.fromkeys(LONGEST, "")

    def start(self, request: PaymentRequest) -> Started:
        if request.way is Way.CODE:
            return Started(qr_payload=self._code(request))
        return Started(redirect_url=self._address(request))

    def _address(self, request: PaymentRequest) -> str:
        """A signed address for the payer's browser. Asks nothing of the network."""
        if request.way is Way.PHONE:
            method, product = "alipay.trade.wap.pay", {"product_code": "QUICK_WAP_WAY"}
            product |= {"quit_url": request.leave_url} if request.leave_url else {}
        else:
            method = "alipay.trade.page.pay"
            product = {"product_code": "FAST_INSTANT_TRADE_PAY"}
        return self._client.page_url(
            method,
            _order(request) | product,
            notify_url=request.notify_url,
            return_url=request.return_url,
        )

    def _code(self, request: PaymentRequest) -> str:
        node = self._client.call(
            "alipay.trade.precreate",
            _order(request),
            notify_url=request.notify_url,
        )
        return _text(_about(node, request.number), "qr_code")

    def query(self, number: str) -> PaymentState:
        try:
            node = self._client.call("alipay.trade.query", {"out_trade_no": number})
        except GatewayRejected as refusal:
            if refusal.code == "TRADE_NOT_EXIST":
                return PaymentState(number, PaymentStatus.ABSENT)
            raise
        return _state(_about(node, number), paid_field="send_pay_date")

    def close(self, number: str) -> CloseOutcome:
        try:
            node = self._client.call("alipay.trade.close", {"out_trade_no": number})
        except GatewayRejected as refusal:
            if refusal.code == "TRADE_NOT_EXIST":
                return CloseOutcome.ABSENT
            if refusal.code in TOO_LATE_TO_CLOSE:
                return self._why_not_closed(number)
            raise
        _about(node, number)
        return CloseOutcome.CLOSED

    def _why_not_closed(self, number: str) -> CloseOutcome:
        status = self.query(number).status
        if status is PaymentStatus.CLOSED:
            return CloseOutcome.CLOSED
        if status in {PaymentStatus.PAID, PaymentStatus.REFUNDED}:
            return CloseOutcome.PAID
        raise GatewayUnknown("undecided", f"cannot be closed, yet is {status}")

    def refund(
        self,
        *,
        number: str,
        refund_number: str,
        amount_minor: int,
        currency: str,
        reason: str,
    ) -> RefundStatus:
        assert currency == codec.CURRENCY
        content = {
            "out_trade_no": number,
            "out_request_no": refund_number,
            "refund_amount": codec.yuan_text(amount_minor),
            "refund_reason": codec.plain_subject(reason),
        }
        try:
            node = self._client.call("alipay.trade.refund", content)
        except GatewayRejected as refusal:
            if refusal.code == "SELLER_BALANCE_NOT_ENOUGH":
                # Nothing has moved; topped up, the same number succeeds.
                return RefundStatus.NO_FUNDS
            raise
        if _about(node, number).get("fund_change") == "Y":
            return RefundStatus.SETTLED
        # A repeat, or still to be settled: the refund query knows which.
        known = self.query_refund(number=number, refund_number=refund_number)
        return known if known is RefundStatus.SETTLED else RefundStatus.PROCESSING

    def query_refund(self, *, number: str, refund_number: str) -> RefundStatus:
        content = {"out_trade_no": number, "out_request_no": refund_number}
        node = self._client.call("alipay.trade.fastpay.refund.query", content)
        if node.get("out_request_no") != refund_number:
            # An unknown number is answered by success and no other field.
            return RefundStatus.ABSENT
        _about(node, number)
        if node.get("error_code"):
            return RefundStatus.ABSENT
        # Only this word proves that the money has arrived: while a refund is in
        # transit there is none.
        arrived = node.get("refund_status") == "REFUND_SUCCESS"
        return RefundStatus.SETTLED if arrived else RefundStatus.PROCESSING

    def read_notification(self, body: bytes, content_type: str) -> NotificationReading:
        fields = self._client.read_notification(body)
        notify_id, number = fields.get("notify_id", ""), fields.get("out_trade_no", "")
        if any(name in fields for name in REFUND_NEWS):
            refund_number = fields.get("out_biz_no", "")
            return NotificationReading(notify_id, number, None, refund_number)
        if fields.get("notify_type") != "trade_status_sync":
            return NotificationReading(notify_id, number, None)
        state = _state(fields, paid_field="gmt_payment")
        return NotificationReading(notify_id, number, state)

    def verify_return(self, query: Mapping[str, str]) -> str:
        return self._client.read_return(query).get("out_trade_no", "")

    @contextmanager
    def statement(self, day: date) -> Iterator[Statement]:
        """The bill of trades: payments and refunds, with the fee of each."""
        with TemporaryFile() as file:
            if address := self._bill_address(day):
                self._client.download(address, file, most=bills.LARGEST_ZIP)
            yield bills.Bill.checked(file)

    def _bill_address(self, day: date) -> str:
        """Where the bill of ``day`` can be had for half a minute; "" for "nothing"."""
        content = {"bill_type": "trade", "bill_date": day.isoformat()}
        try:
            node = self._client.call(bills.METHOD, content)
        except GatewayRejected as refusal:
            if refusal.code.upper() in bills.NOT_THERE:
                raise StatementNotReady(refusal.code, refusal.detail) from refusal
            raise
        if bills.is_empty(node) and not node.get("bill_download_url"):
            return ""
        return _text(node, "bill_download_url")


def _order(request: PaymentRequest) -> dict[str, str]:
    assert request.currency == codec.CURRENCY, "Alipay charges yuan only"
    return {
        "out_trade_no": request.number,
        "total_amount": codec.yuan_text(request.amount_minor),
        "subject": codec.plain_subject(request.subject),
        "time_expire": codec.beijing_text(request.expires_at),
    }


def _about(node: Mapping[str, Any], number: str) -> Mapping[str, Any]:
    """``node``, made sure to speak of ``number`` (a signed answer can be replayed)."""
    if node.get("out_trade_no") != number:
        raise GatewayUnknown("garbled", f"an answer about {node.get('out_trade_no')}")
    return node


def _text(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    if not isinstance(value, str) or not value:
        raise GatewayUnknown("garbled", f"{name} is missing")
    return value


def _state(node: Mapping[str, Any], *, paid_field: str) -> PaymentState:
    """A trade as Alipay describes it, by query or notification.

    ``TRADE_CLOSED`` is either never paid or wholly refunded: the payment's date
    tells them apart.
    """
    try:
        paid_at = _moment(node.get(paid_field))
        amount_minor = codec.fen_of(str(node.get("total_amount", "")))
    except ValueError as garbled:
        raise GatewayUnknown("garbled", str(garbled)) from garbled
    trade_status = _text(node, "trade_status")
    if trade_status == "TRADE_CLOSED":
        status = PaymentStatus.REFUNDED if paid_at else PaymentStatus.CLOSED
    elif trade_status in STATUSES:
        status = STATUSES[trade_status]
    else:
        raise GatewayUnknown("garbled", f"trade_status {trade_status}")
    return PaymentState(
        number=_text(node, "out_trade_no"),
        status=status,
        amount_minor=amount_minor,
        currency=codec.CURRENCY,
        provider_number=str(node.get("trade_no", "")),
        paid_at=paid_at,
    )


def _moment(value: Any) -> datetime | None:
    return codec.moment_of(str(value)) if value else None
