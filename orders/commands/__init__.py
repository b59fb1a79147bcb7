"""All writes of orders."""

from orders.commands.cancelling import cancel_checkout, refund_unshipped
from orders.commands.checkout import place_order
from orders.commands.complaints import dispute_order, withdraw_dispute
from orders.commands.receipt import confirm_receipt
from orders.commands.refunding import (
    SHIPPING,
    CannotRefund,
    Give,
    record_refund,
    refund_lines,
    refund_of,
    terms_of,
)
from orders.commands.refusals import (
    CartEmpty,
    CurrencyNotPayable,
    ItemsSoldOut,
    NotYourAddress,
    PriceChanged,
    QuoteExpired,
    RiskDeclined,
    TooManyUnpaid,
)
from orders.commands.shipping import (
    BadTracking,
    TooLateToShip,
    TrackingTaken,
    confirm_window,
    record_delivery,
    ship_order,
)

__all__ = [
    "SHIPPING",
    "BadTracking",
    "CannotRefund",
    "CartEmpty",
    "CurrencyNotPayable",
    "Give",
    "ItemsSoldOut",
    "NotYourAddress",
    "PriceChanged",
    "QuoteExpired",
    "RiskDeclined",
    "TooLateToShip",
    "TooManyUnpaid",
    "TrackingTaken",
    "cancel_checkout",
    "confirm_receipt",
    "confirm_window",
    "dispute_order",
    "place_order",
    "record_delivery",
    "record_refund",
    "refund_lines",
    "refund_of",
    "refund_unshipped",
    "ship_order",
    "terms_of",
    "withdraw_dispute",
]
