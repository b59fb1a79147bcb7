"""Why an order cannot be placed."""

from collections.abc import Sequence

from django.utils.translation import gettext

from kernel.errors import Refusal
from kernel.texts import listed


class CartEmpty(Refusal):
    """There is nothing in the cart."""

    code = "cart_empty"


class NotYourAddress(Refusal):
    """The address belongs to somebody else, or to nobody any more."""

    code = "not_your_address"


class RiskDeclined(Refusal):
    """The rules of risk do not allow this purchase."""

    code = "risk_declined"


class CurrencyNotPayable(Refusal):
    """No way to pay charges this currency."""

    code = "currency_mismatch"


class QuoteExpired(Refusal):
    """An exchange rate has run out, or was never given to this person."""

    code = "quote_expired"


class PriceChanged(Refusal):
    """The total is not the one that was agreed to. ``titles`` names the items."""

    code = "price_changed"

    def __init__(self, titles: Sequence[str]) -> None:
        if titles:
            message = gettext("The price has changed: %(items)s.") % {
                "items": listed(titles)
            }
        else:
            message = gettext("Your cart has changed since you looked at it.")
        review = gettext("Please look at the new total. Nothing was ordered.")
        super().__init__(f"{message} {review}")
        self.titles = list(titles)


class ItemsSoldOut(Refusal):
    """Some of the goods are not there any more. ``titles`` names them."""

    code = "items_sold_out"

    def __init__(self, titles: Sequence[str]) -> None:
        message = gettext("Not enough left of: %(items)s. Nothing was ordered.")
        super().__init__(message % {"items": listed(titles)})
        self.titles = list(titles)


class TooManyUnpaid(Refusal):
    """This buyer has as many unpaid checkouts as anybody may have."""

    code = "too_many_unpaid"
