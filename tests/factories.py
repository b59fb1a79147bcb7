"""Factories that live a life: a paid order has been paid, a shipped one sent.

Each goes through the doors of the application, so that impossible states cannot be
built. Mei buys, Bo sells, Dana is the desk.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from djmoney.money import Money
from PIL import Image

from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from kernel import clock
from kernel.money import money
from marketplace import commands as shop
from marketplace.accounts.models import Address, Seller, User
from marketplace.cart import commands as carts
from marketplace.cart import queries as cart_queries
from marketplace.cart.models import Cart
from marketplace.coupons import commands as coupons
from marketplace.coupons.models import Coupon
from marketplace.fx import commands as fx
from marketplace.models import Category, Product, Variant
from orders import commands, pricing
from orders.models import Checkout, Order
from payments import commands as payments
from payments.gateways import registry
from payments.models import Attempt
from tests.doubles.gateway import GatewayDouble

_numbers = count(1)


def cny(amount: str) -> Money:
    return money(amount, "CNY")


def a_person(name: str = "Mei", **fields) -> User:
    email = f"{name.lower()}-{next(_numbers)}@factory.example"
    return User.objects.create_user(
        fields.pop("email", email), "a quiet password", name=name, **fields
    )


def a_buyer(name: str = "Mei", **fields) -> User:
    """Somebody who shops, with one address."""
    user = a_person(name, **fields)
    an_address(user)
    return user


def an_address(user: User, **fields) -> Address:
    return Address.objects.create(
        user=user,
        **{
            "recipient": user.name,
            "phone": "+86 10 5550 0100",
            "line1": "8 Nowhere Lane",
            "city": "Hangzhou",
            "postcode": "310000",
            "country": "CN",
            **fields,
        },
    )


def a_seller(name: str = "Bo", *, currency: str = "CNY", **fields) -> Seller:
    """Somebody with a shop."""
    number = next(_numbers)
    return Seller.objects.create(
        user=fields.pop("user", None) or a_person(name),
        slug=f"factory-shop-{number}",
        country="CN",
        currency=currency,
        opened_at=clock.now(),
        **{
            "name_en": f"Shop {number}",
            "name_zh": f"小店{number}",
            "shipping_minor": 1000,
            **fields,
        },
    )


def a_product(
    *,
    price: str = "100.00",
    seller: Seller | None = None,
    stock: int = 10,
    title: str | None = None,
    **fields,
) -> Product:
    """A listing with one variant."""
    number = next(_numbers)
    seller = seller or a_seller()
    category, _ = Category.objects.get_or_create(
        slug="factory-tea", defaults={"name_en": "Tea", "name_zh": "茶", "tint": "sage"}
    )
    title = title or f"Teapot {number}"
    return shop.list_product(
        seller=seller,
        category=category,
        slug=f"factory-{number}",
        wording=shop.Wording(title, title, "It pours.", "能倒茶。"),
        choices=[
            shop.Choice(
                key="one",
                name_en="Celadon",
                name_zh="青瓷",
                colour="jade",
                picture=f"goods/factory-{number}/0",
                price=money(price, seller.currency),
                stock=stock,
            )
        ],
        delivery=fields.pop("delivery", Product.Delivery.EXPRESS),
        promised_days=fields.pop("promised_days", 5),
        at=clock.now(),
    )


def the_variant(product: Product) -> Variant:
    return Variant.objects.select_related("product__seller").get(product=product)


def a_cart(user: User, *goods: Product | Variant, quantity: int = 1) -> Cart:
    """The cart of ``user`` with ``quantity`` pieces of each of ``goods``."""
    at = clock.now()
    cart = carts.cart_for(user=user, token=None, at=at)
    for one in goods or (a_product(),):
        variant = the_variant(one) if isinstance(one, Product) else one
        carts.add(cart=cart, variant=variant, quantity=quantity, at=at)
    return cart


def a_coupon(
    off: str | int, *, seller: Seller | None = None, currency: str = "CNY", **fields
) -> Coupon:
    """A coupon of ``seller`` or the platform: an amount off (a text) or per cent."""
    at = clock.now()
    currency = seller.currency if seller else currency
    fixed = isinstance(off, str)
    terms = {
        "amount": money(off, currency) if fixed else None,
        "percent": 0 if fixed else off,
        "minimum": money(
            fields.pop("minimum", str(Decimal(off) + 1) if fixed else "0"), currency
        ),
        "starts_at": at - timedelta(days=1),
        "ends_at": at + timedelta(days=30),
    }
    return coupons.make_coupon(
        offer=coupons.Offer(**{**terms, **fields}), seller=seller, by=None, at=at
    )


def placing(
    cart: Cart,
    *,
    currency: str = "CNY",
    at: datetime | None = None,
    coupons: Sequence[Coupon] = (),
) -> dict:
    """The arguments with which ``place_order`` accepts ``cart``."""
    at = at or clock.now()
    buyer = cart.user
    lines = cart_queries.lines_of(cart)
    quotes = {
        source: fx.quote(user=buyer, source=source, target=currency, at=at)
        for source in pricing.currencies_of(lines, charged=currency, coupons=coupons)
    }
    review = pricing.review(lines, quotes=quotes, charged=currency, coupons=coupons)
    return {
        "buyer": buyer,
        "cart": cart,
        "address": buyer.addresses.first() or an_address(buyer),
        "quotes": list(quotes.values()),
        "coupons": coupons,
        "expected_total": review.total,
        "token": uuid4(),
        "at": at,
    }


def a_placed_checkout(
    *goods: Product,
    buyer: User | None = None,
    quantity: int = 1,
    coupons: Sequence[Coupon] = (),
):
    """Ordered, not paid."""
    cart = a_cart(buyer or a_buyer(), *goods, quantity=quantity)
    return commands.place_order(**placing(cart, coupons=coupons))


def a_placed_order(*goods: Product, **life) -> Order:
    return a_placed_checkout(*goods, **life).orders.order_by("pk").first()


def start(checkout: Checkout, *, at: datetime | None = None) -> Attempt:
    """An attempt by QR code: the buyer looks at the code."""
    return payments.start_attempt(
        charge=checkout.charge, method=Attempt.Method.QR, at=at or clock.now()
    )


def pay(checkout: Checkout, *, at: datetime | None = None) -> Attempt:
    """Pay as a buyer would: start, the gateway takes the money, we ask it."""
    at = at or clock.now()
    attempt = start(checkout, at=at)
    the_gateway().pay(attempt.number, at=at)
    return payments.check_attempt(attempt=attempt, at=at)


def the_gateway() -> GatewayDouble:
    """The double that stands in for Alipay; the test has the fixture ``gateway``."""
    double = registry.gateway("alipay")
    assert isinstance(double, GatewayDouble), "this test pays at no real gateway"
    return double


def a_paid_checkout(*goods: Product, **life) -> Checkout:
    checkout = a_placed_checkout(*goods, **life)
    pay(checkout)
    return checkout


def a_paid_order(*goods: Product, **life) -> Order:
    return fresh(a_paid_checkout(*goods, **life).orders.order_by("pk").first())


def ship(order: Order, *, at: datetime | None = None) -> Order:
    commands.ship_order(
        order=order,
        carrier="sf",
        tracking_number=f"SF{next(_numbers):013}",
        by=order.seller.user,
        at=at or clock.now(),
    )
    return fresh(order)


def a_shipped_order(*goods: Product, **life) -> Order:
    return ship(a_paid_order(*goods, **life))


def a_delivered_order(*goods: Product, **life) -> Order:
    order = a_shipped_order(*goods, **life)
    commands.record_delivery(order=order, by=None, at=clock.now())
    return fresh(order)


def a_disputed_order(*goods: Product, claim: Money | None = None, **life) -> Order:
    order = a_shipped_order(*goods, **life)
    commands.dispute_order(
        order=order,
        by=order.buyer,
        reason=Dispute.Reason.DAMAGED,
        claim=claim or order.total,
        story="The lid is in two pieces.",
        pictures=[a_picture()],
        at=clock.now(),
    )
    return fresh(order)


def the_dispute(order: Order) -> Dispute:
    return Dispute.objects.filter(hold=order.hold_id).latest("opened_at")


def decided(order: Order, *, refund: Money, by: User | None = None) -> Order:
    """The desk has decided the order's dispute: ``refund`` back, the rest not."""
    disputes.decide_dispute(
        dispute=the_dispute(order),
        refund=refund,
        ground=Dispute.Ground.SHARED_FAULT,
        note="Both sides could have done better.",
        by=by or a_person("Dana", is_staff=True),
        at=clock.now(),
    )
    return fresh(order)


def a_picture(name: str = "lid.jpg", size: tuple[int, int] = (64, 48)):
    """An upload that is a picture indeed."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (120, 160, 140)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def fresh(row):
    """``row`` as the database has it now."""
    return type(row)._default_manager.get(pk=row.pk)


def stock_of(product: Product) -> tuple[int, int]:
    """(on hand, reserved) of the product's one variant."""
    variant = the_variant(product)
    return variant.on_hand, variant.reserved


def numbers(orders: Iterable[Order]) -> list[str]:
    return [order.number for order in orders]
