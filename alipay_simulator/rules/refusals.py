"""What a buyer is told when he cannot pay."""

from enum import StrEnum


class Reason(StrEnum):
    """Why not, named like the wire's codes where those exist."""

    PAID = "TRADE_HAS_SUCCESS"
    CLOSED = "TRADE_HAS_CLOSE"
    EXPIRED = "TRADE_EXPIRED"
    CODE_EXPIRED = "QR_CODE_EXPIRED"
    OTHER_BUYER = "TRADE_BUYER_NOT_MATCH"
    SELLER_IS_BUYER = "BUYER_SELLER_EQUAL"
    TOO_LITTLE = "BUYER_BALANCE_NOT_ENOUGH"
    CREDIT_USED_UP = "BUYER_CREDIT_NOT_ENOUGH"
    OVER_LIMIT = "PAYMENT_OVER_LIMIT"
    OVER_DAY_LIMIT = "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR"
    NOT_TAKEN = "CHANNEL_NOT_ACCEPTED"
    WRONG_PASSWORD = "WRONG_PAY_PASSWORD"  # noqa: S105 - a code, not a password
    LOCKED = "PAY_PASSWORD_LOCKED"
    BLOCKED = "BUYER_ENABLE_STATUS_FORBID"
    REGION = "BUYER_REGION_RESTRICTED"
    UNVERIFIED = "BUYER_NOT_VERIFIED"
    RISK = "PAYMENT_REQUEST_HAS_RISK"


class CannotPay(Exception):
    """A buyer's act was refused; nothing changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
