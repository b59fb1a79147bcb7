"""What each kind of notice says; filled in the reader's language when it is read.

Every kind has a title and a line. The names in brackets are the facts that
:func:`marketplace.notifications.commands.notify` is given; Money and datetimes are
set by the reader's locale.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Text:
    title: str | Promise
    line: str | Promise
    state: str  # One of the five states of the design system.


TEXTS: dict[str, Text] = {
    # To the buyer.
    "order_paid": Text(
        _("Your payment has arrived"),
        _("Order %(number)s: Danbao holds your money until you confirm receipt."),
        "held",
    ),
    "order_shipped": Text(
        _("Your parcel is on its way"),
        _("Order %(number)s was handed to the carrier."),
        "moving",
    ),
    "order_delivered": Text(
        _("Your parcel was delivered"),
        _("Order %(number)s: check the goods, then confirm receipt."),
        "held",
    ),
    "order_completed": Text(
        _("Order completed"),
        _("Order %(number)s is complete; the money went to the seller."),
        "done",
    ),
    "order_divided": Text(
        _("Your order was settled by a division"),
        _(
            "Order %(number)s: %(refund)s goes back to you, the rest of the money "
            "went to the shop."
        ),
        "done",
    ),
    "order_cancelled": Text(
        _("Order closed"),
        _("Order %(number)s was closed without payment. Nothing was taken."),
        "closed",
    ),
    "order_revived": Text(
        _("Your payment came late, and your order goes on"),
        _(
            "Order %(number)s had just closed. Everything is still there: it is paid "
            "and waits to be sent. Danbao holds your money."
        ),
        "held",
    ),
    "paid_too_late": Text(
        _("Your payment came too late and goes back"),
        _(
            "Order %(number)s was closed when %(amount)s arrived. All of it goes back "
            "to where it came from; you need do nothing."
        ),
        "moving",
    ),
    "paid_twice": Text(
        _("You paid twice: one payment goes back"),
        _(
            "Order %(number)s was paid already when %(amount)s more arrived. That goes "
            "back to where it came from; you need do nothing."
        ),
        "moving",
    ),
    "other_amount_came": Text(
        _("Another amount came, and goes back"),
        _(
            "Order %(number)s: %(amount)s arrived, which is not what was asked for. It "
            "goes back to where it came from, and does not count as payment."
        ),
        "moving",
    ),
    "order_refunded": Text(
        _("Your money is back"),
        _("Order %(number)s: everything you paid has gone back to you."),
        "closed",
    ),
    "refund_owed": Text(
        _("Your refund takes another way"),
        _(
            "Order %(number)s: the money cannot go back by itself. We owe it to you "
            "and pay it another way."
        ),
        "moving",
    ),
    "refund_paid_by_hand": Text(
        _("We have paid your refund"),
        _("Order %(number)s: our desk has sent you the money Alipay did not take."),
        "closed",
    ),
    # To the seller.
    "to_ship": Text(
        _("An order is paid and waits to be sent"),
        _("Order %(number)s: the money is held. Send the goods in time."),
        "held",
    ),
    "money_released": Text(
        _("Money released to you"),
        _("Order %(number)s: the money is yours and is being cleared."),
        "done",
    ),
    "money_divided": Text(
        _("An order was settled by a division"),
        _(
            "Order %(number)s: %(earned)s is yours and is being cleared; %(refund)s "
            "goes back to the buyer."
        ),
        "done",
    ),
    "order_refunded_to_buyer": Text(
        _("An order was refunded"),
        _("Order %(number)s: the money went back to the buyer."),
        "closed",
    ),
    # To both sides.
    "dispute_opened": Text(
        _("A dispute was opened"),
        _("Order %(number)s: the money stays where it is until this is settled."),
        "dispute",
    ),
    "dispute_withdrawn": Text(
        _("A dispute was withdrawn"),
        _("Order %(number)s: the release clock runs again."),
        "closed",
    ),
    "dispute_decided": Text(
        _("A dispute was decided"),
        _("Order %(number)s: read what was decided and why."),
        "done",
    ),
}

UNKNOWN = Text(_("News about your account"), "", "closed")
