"""Placing an order: one cart, one payment, one order per shop and way of sending."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from djmoney.money import Money

from escrow import commands as escrow
from escrow import risk
from kernel import references
from kernel.db import command
from marketplace import stock
from marketplace.accounts import commands as people
from marketplace.accounts.models import Address, User
from marketplace.cart import commands as carts
from marketplace.cart import queries as cart_queries
from marketplace.cart.models import Cart, CartLine
from marketplace.coupons import commands as coupon_commands
from marketplace.coupons.models import Coupon
from marketplace.fx import queries as fx
from marketplace.fx.models import Quote
from marketplace.models import Variant
from orders import discounts, pricing, queries
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
from orders.models import Checkout, Order, OrderLine
from payments import commands as payments
from payments import queries as payment_queries
from payments.models import Charge

SUBJECT_LENGTH = 120


@command
def place_order(
    *,
    buyer: User,
    cart: Cart,
    address: Address,
    quotes: Iterable[Quote],
    expected_total: Money,
    token: UUID,
    at: datetime,
    coupons: Sequence[Coupon] = (),
) -> Checkout:
    """Turn a cart into a checkout to be paid: stock reserved, terms frozen.

    Repeating with the same ``token`` returns the first checkout and changes nothing.
    ``expected_total`` is what the buyer read beside the button, in the currency that
    is charged; the order stays in that currency for ever.

    :raises CartEmpty, NotYourAddress, RiskDeclined, CurrencyNotPayable, QuoteExpired,
        PriceChanged, ItemsSoldOut, TooManyUnpaid,
        orders.discounts.CouponNotForThis, marketplace.coupons.commands.CouponGone:
        and then nothing has changed.
    """
    assert cart.user_id == buyer.pk, "a cart is ordered by its owner"
    # Two presses of one button wait for each other here.
    Cart.objects.select_for_update().get(pk=cart.pk)
    known = Checkout.objects.filter(buyer=buyer, token=token).first()
    if known is not None:
        return known
    lines = cart_queries.lines_of(cart)
    if not lines:
        raise CartEmpty(_("Your cart is empty."))
    if address.user_id != buyer.pk:
        raise NotYourAddress(_("Choose one of your own addresses."))
    _require_no_own_goods(buyer, lines)
    charged = str(expected_total.currency)
    if charged not in payment_queries.payable_currencies():
        raise CurrencyNotPayable(
            _("Nothing can be paid in %(currency)s.") % {"currency": charged}
        )
    used = _usable(quotes, buyer=buyer, charged=charged, at=at)
    _require_first_order(buyer, coupons)
    review = _priced(lines, quotes=used, charged=charged, coupons=coupons)
    if review.total != expected_total:
        raise PriceChanged(_titles(one for one in review.lines if one.price_changed))
    _reserve(lines)
    _require_few_unpaid(buyer)
    checkout = _open_checkout(review, buyer=buyer, token=token, at=at)
    # After the stock: everybody takes these locks in the same order.
    coupon_commands.reserve(
        coupons=coupons, buyer=buyer, checkout_reference=checkout.reference, at=at
    )
    checkout.quotes.set(used.values())
    _open_orders(checkout, review, address=address)
    people.mark_address_used(address=address, at=at)
    carts.clear(cart=cart, variant_ids=[line.variant_id for line in lines])
    return checkout


def _require_no_own_goods(buyer: User, lines: Iterable[CartLine]) -> None:
    sellers = {line.variant.product.seller.user_id for line in lines}
    for seller_user_id in sellers:
        verdict = risk.assess(
            risk.Facts(buyer_id=buyer.pk, seller_user_id=seller_user_id)
        )
        if not verdict.allowed:
            raise RiskDeclined(_("You cannot buy from your own shop."))


def _usable(
    quotes: Iterable[Quote], *, buyer: User, charged: str, at: datetime
) -> dict[str, Quote]:
    """Those of ``quotes`` that are the buyer's and valid, by their source currency."""
    return {
        quote.source: quote
        for quote in quotes
        if quote.user_id == buyer.pk
        and quote.target == charged
        and fx.is_valid(quote, at)
    }


def _require_first_order(buyer: User, coupons: Iterable[Coupon]) -> None:
    for coupon in coupons:
        if coupon.first_order_only and queries.has_bought(buyer):
            raise discounts.not_the_first(coupon)


def _priced(
    lines: Sequence[CartLine],
    *,
    quotes: Mapping[str, Quote],
    charged: str,
    coupons: Sequence[Coupon],
) -> pricing.Review:
    """:raises QuoteExpired: unless there is a quote for each currency in the cart."""
    try:
        return pricing.review(lines, quotes=quotes, charged=charged, coupons=coupons)
    except pricing.MissingQuote as missing:
        raise QuoteExpired(
            _("The exchange rate was updated. Check the new total. Nothing was paid.")
        ) from missing


def _reserve(lines: Iterable[CartLine]) -> None:
    wanted = {line.variant_id: line.quantity for line in lines}
    try:
        stock.reserve_stock(wanted=wanted)
    except stock.SoldOut as sold_out:
        short = [line for line in lines if line.variant_id in sold_out.variants]
        raise ItemsSoldOut(_titles(short)) from sold_out


def _require_few_unpaid(buyer: User) -> None:
    unpaid = Checkout.objects.filter(
        buyer=buyer, charge__status=Charge.Status.OPEN
    ).count()
    if unpaid >= settings.MAX_OPEN_UNPAID_CHECKOUTS:
        raise TooManyUnpaid(
            _("You have several unpaid orders. Pay or close one of them first.")
        )


def _open_checkout(
    review: pricing.Review, *, buyer: User, token: UUID, at: datetime
) -> Checkout:
    reference = references.new("ORD")
    charge = payments.open_charge(
        payer=buyer,
        amount=review.total,
        subject=_subject(review),
        home_path=reverse("orders:placed", args=[reference]),
        at=at,
        expires_at=at + settings.ORDER_PAYMENT_WINDOW,
    )
    return Checkout.objects.create(
        reference=reference, token=token, buyer=buyer, charge=charge, placed_at=at
    )


def _subject(review: pricing.Review) -> str:
    """What the buyer reads at the gateway: the first item and how many more."""
    first, *others = review.lines
    title = Truncator(first.variant.product.title).chars(SUBJECT_LENGTH - 30)
    if not others:
        return title
    more = ngettext("and %(n)d more item", "and %(n)d more items", len(others))
    return f"{title} {more % {'n': len(others)}}"[:SUBJECT_LENGTH]


def _open_orders(
    checkout: Checkout, review: pricing.Review, *, address: Address
) -> None:
    lines: list[OrderLine] = []
    for counter, priced in enumerate(review.orders, start=1):
        order = _open_order(
            checkout, priced, number=f"{checkout.reference}-{counter}", address=address
        )
        lines += [_order_line(order, line) for line in priced.lines]
    OrderLine.objects.bulk_create(lines)


def _open_order(
    checkout: Checkout, priced: pricing.PricedOrder, *, number: str, address: Address
) -> Order:
    hold = escrow.open_hold(
        order_number=number,
        charge=checkout.charge,
        seller=priced.seller,
        amount=priced.total,
        coupon=priced.platform_discount,
        commission=priced.commission,
        at=checkout.placed_at,
    )
    return Order.objects.create(
        number=number,
        checkout=checkout,
        buyer=checkout.buyer,
        seller=priced.seller,
        hold=hold,
        items_total=priced.items_total,
        seller_discount=priced.seller_discount,
        platform_discount=priced.platform_discount,
        shipping=priced.shipping,
        total=priced.total,
        delivery=priced.delivery,
        promised_days=priced.promised_days,
        ship_to=address.lines(),
        ship_to_country=address.country.code,
        placed_at=checkout.placed_at,
    )


def _order_line(order: Order, line: pricing.PricedLine) -> OrderLine:
    variant, product = line.variant, line.variant.product
    return OrderLine(
        order=order,
        variant=variant,
        title_en=product.title_en,
        title_zh=product.title_zh,
        choice_en=variant.name_en,
        choice_zh=variant.name_zh,
        picture=variant.picture or product.picture,
        quantity=line.quantity,
        listed_price=line.listed_price,
        unit_price=line.unit_price,
        total=line.total,
        seller_discount=line.seller_discount,
        platform_discount=line.platform_discount,
        paid=line.paid,
        commission=line.commission,
    )


def _titles(lines: Iterable[CartLine | pricing.PricedLine]) -> list[str]:
    """What a person calls these goods."""
    return [_title(line.variant) for line in lines]


def _title(variant: Variant) -> str:
    return f"{variant.product.title} ({variant.name})"
