"""What is in the cart, and what it comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from djmoney.money import Money

from marketplace.accounts.models import Seller
from marketplace.cart.models import Cart, CartLine
from marketplace.fx import queries as fx
from marketplace.models import Product, shipping_fee

SESSION_KEY = "cart"


@dataclass(frozen=True)
class Parcel:
    """Lines that will become one order: one shop, one way of delivery."""

    seller: Seller
    delivery: str
    lines: Sequence[CartLine]

    @property
    def shipping(self) -> Money:
        return shipping_fee(self.seller)

    @property
    def buyable(self) -> list[CartLine]:
        return [line for line in self.lines if not line.is_sold_out]

    @property
    def items_total(self) -> Money:
        """Goods that can be bought now, in the shop's currency."""
        total = Money(0, self.seller.currency)
        for line in self.buyable:
            total += line.total
        return total

    @property
    def total(self) -> Money:
        return self.items_total + self.shipping if self.buyable else self.items_total

    @property
    def delivery_label(self) -> str:
        return str(Product.Delivery(self.delivery).label)

    @property
    def promised_days(self) -> int:
        return max(line.variant.product.promised_days for line in self.lines)


@dataclass(frozen=True)
class Shop:
    """Everything in the cart from one seller."""

    seller: Seller
    parcels: Sequence[Parcel]


def token_of(request: HttpRequest) -> UUID | None:
    """The token of the cart that this browser filled before anybody signed in."""
    text = request.session.get(SESSION_KEY)
    return UUID(text) if text else None


def count_for(request: HttpRequest) -> int:
    """How many pieces are in the cart of this browser or person."""
    known: int | None = getattr(request.user, "cart_pieces", None)
    if known is not None:
        return known
    pieces = _lines_for(request).aggregate(pieces=Sum("quantity"))["pieces"]
    return pieces or 0


def cart_of(request: HttpRequest) -> Cart | None:
    """The cart of the signed-in person, or of this browser; None when there is none."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user=request.user).first()
    token = token_of(request)
    if token is None:
        return None
    return Cart.objects.filter(token=token, user__isnull=True).first()


def lines_of(cart: Cart | None) -> list[CartLine]:
    """The lines with variant, product, category and shop, in the order they came."""
    if cart is None:
        return []
    return list(_joined(CartLine.objects.filter(cart=cart)))


def lines_for(request: HttpRequest) -> list[CartLine]:
    """Like :func:`lines_of` for the cart of ``request``, in one query."""
    return list(_joined(_lines_for(request)))


def grouped(lines: Iterable[CartLine]) -> list[Shop]:
    """Lines as the cart shows them: by shop, within a shop by way of delivery."""
    shops: dict[int, dict[str, list[CartLine]]] = {}
    for line in lines:
        product = line.variant.product
        ways = shops.setdefault(product.seller_id, {})
        ways.setdefault(product.delivery, []).append(line)
    return [_shop(ways) for ways in shops.values()]


def totals(shops: Iterable[Shop]) -> list[Money]:
    """What is to pay by listing currency, shipping included; no conversion."""
    sums: dict[str, Money] = {}
    for parcel in _parcels(shops):
        if parcel.buyable:
            currency = parcel.seller.currency
            sums[currency] = sums.get(currency, Money(0, currency)) + parcel.total
    return list(sums.values())


def about_total(shops: Iterable[Shop], currency: str, *, at: datetime) -> Money | None:
    """The whole cart in ``currency`` by the reference rate; None when it adds nothing.

    Like checkout, it converts unit prices and shipping first and multiplies then.
    """
    amounts: list[Money] = []
    foreign = False
    for parcel in _parcels(shops):
        if not parcel.buyable:
            continue
        foreign = foreign or parcel.seller.currency != currency
        amounts.append(fx.about(parcel.shipping, currency, at=at) or parcel.shipping)
        for line in parcel.buyable:
            price = line.variant.price
            unit = fx.about(price, currency, at=at) or price
            amounts.append(unit * line.quantity)
    return fx.sum_about(amounts, currency, at=at) if foreign else None


def _lines_for(request: HttpRequest) -> QuerySet[CartLine]:
    if request.user.is_authenticated:
        return CartLine.objects.filter(cart__user=request.user)
    token = token_of(request)
    if token is None:
        return CartLine.objects.none()
    return CartLine.objects.filter(cart__token=token, cart__user__isnull=True)


def _joined(lines: QuerySet[CartLine]) -> QuerySet[CartLine]:
    return lines.select_related(
        "variant__product__seller", "variant__product__category"
    )


def _shop(ways: dict[str, list[CartLine]]) -> Shop:
    parcels = []
    for delivery, lines in ways.items():
        seller = lines[0].variant.product.seller
        parcels.append(Parcel(seller, delivery, lines))
    return Shop(parcels[0].seller, parcels)


def _parcels(shops: Iterable[Shop]) -> Iterable[Parcel]:
    return (parcel for shop in shops for parcel in shop.parcels)
