"""Everything that changes a cart."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import User
from marketplace.cart.models import MAX_QUANTITY, Cart, CartLine
from marketplace.models import Variant


class BadQuantity(Refusal):
    """Not a whole number from 1 to MAX_QUANTITY."""

    code = "bad_quantity"

    def __init__(self) -> None:
        super().__init__(
            _("Choose a whole number from 1 to %(most)d.") % {"most": MAX_QUANTITY}
        )


class NotEnoughStock(Refusal):
    """The shop has fewer pieces left than that."""

    code = "not_enough_stock"

    def __init__(self, left: int, in_cart: int = 0) -> None:
        self.left = max(left, 0)
        super().__init__(_shortage(self.left, in_cart))


class NotInCart(Refusal):
    """The line is no longer in the cart."""

    code = "not_in_cart"

    def __init__(self) -> None:
        super().__init__(_("This item is no longer in your cart."))


def quantity_from(text: str) -> int:
    """A number of pieces as a person typed it.

    :raises BadQuantity: for anything but a whole number from 1 to MAX_QUANTITY.
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise BadQuantity
    return _checked(int(digits))


@command
def cart_for(*, user: User | None, token: UUID | None, at: datetime) -> Cart:
    """The cart of ``user``, or the anonymous one of ``token``; made when missing."""
    if user is not None:
        own, _made = Cart.objects.get_or_create(user=user, defaults={"updated_at": at})
        return own
    known = Cart.objects.filter(token=token, user__isnull=True) if token else None
    cart = known.first() if known is not None else None
    return cart or Cart.objects.create(updated_at=at)


@command
def add(*, cart: Cart, variant: Variant, quantity: int, at: datetime) -> CartLine:
    """Put ``quantity`` more pieces of ``variant`` into the cart.

    :raises BadQuantity: outside 1 to MAX_QUANTITY, in sum with those already there.
    :raises NotEnoughStock: when fewer are left than the cart would then hold.
    """
    _checked(quantity)
    _touch(cart, at)
    line = cart.lines.filter(variant=variant).first()
    already = line.quantity if line else 0
    left = _left(variant)
    if already + quantity > left:
        raise NotEnoughStock(left, in_cart=already)
    total = _checked(already + quantity)
    line, _made = CartLine.objects.update_or_create(
        cart=cart,
        variant=variant,
        defaults={"quantity": total, "seen_price": variant.price},
        create_defaults={
            "quantity": total,
            "seen_price": variant.price,
            "added_at": at,
        },
    )
    return line


@command
def set_quantity(
    *, cart: Cart, variant: Variant, quantity: int, at: datetime
) -> CartLine:
    """Make it exactly ``quantity`` pieces.

    :raises BadQuantity: outside 1 to MAX_QUANTITY (taking out is :func:`remove`).
    :raises NotEnoughStock: when fewer are left. :raises NotInCart: without a line.
    """
    _checked(quantity)
    _touch(cart, at)
    line = cart.lines.filter(variant=variant).first()
    if line is None:
        raise NotInCart
    left = _left(variant)
    if quantity > left:
        raise NotEnoughStock(left)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
    return line


@command
def remove(*, cart: Cart, variant: Variant, at: datetime) -> None:
    """Take ``variant`` out; nothing happens when it is not there."""
    _touch(cart, at)
    cart.lines.filter(variant=variant).delete()


@command
def clear(*, cart: Cart, variant_ids: Collection[int]) -> None:
    """Take out what was ordered; what came in meanwhile stays."""
    cart.lines.filter(variant_id__in=variant_ids).delete()


@command
def accept_prices(*, cart: Cart, at: datetime) -> None:
    """The shopper has seen today's prices: no change is pointed out any more."""
    _touch(cart, at)
    lines = list(cart.lines.select_related("variant"))
    for line in lines:
        line.seen_price = line.variant.price
    CartLine.objects.bulk_update(lines, ["seen_price", "currency"])


@command
def merge(*, token: UUID, user: User, at: datetime) -> Cart | None:
    """Move an anonymous cart into the cart of ``user``, who has just signed in.

    Quantities of the same variant are added, capped by what is left and by
    MAX_QUANTITY; a sold-out item stays, so that the cart page can say so.
    Returns the person's cart, or None when there was nothing to merge.
    """
    visitor = (
        Cart.objects.select_for_update(no_key=True)
        .filter(token=token, user__isnull=True)
        .first()
    )
    if visitor is None:
        return None
    cart = cart_for(user=user, token=None, at=at)
    _touch(cart, at)
    own = {line.variant_id: line for line in cart.lines.all()}
    for line in visitor.lines.select_related("variant"):
        there = own.get(line.variant_id)
        kept = there.quantity if there else 0
        most = max(min(MAX_QUANTITY, line.variant.available), kept, 1)
        quantity = min(kept + line.quantity, most)
        if there is None:
            CartLine.objects.filter(pk=line.pk).update(cart=cart, quantity=quantity)
        else:
            CartLine.objects.filter(pk=there.pk).update(quantity=quantity)
    visitor.delete()
    return cart


@command
def forget_old(*, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` visitors' carts untouched since ``before``; how many."""
    old = Cart.objects.filter(user__isnull=True, updated_at__lt=before)
    rows = old.order_by("updated_at").select_for_update(skip_locked=True)
    ids = list(rows.values_list("pk", flat=True)[:limit])
    Cart.objects.filter(pk__in=ids).delete()
    return len(ids)


def _checked(quantity: int) -> int:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity
    return quantity


def _touch(cart: Cart, at: datetime) -> None:
    """Lock the cart: two tabs of one person change it one after the other."""
    Cart.objects.filter(pk=cart.pk).update(updated_at=at)


def _left(variant: Variant) -> int:
    """Pieces left at this moment; ``variant`` may have been read a while ago."""
    fresh = Variant.objects.filter(pk=variant.pk)
    left: int | None = fresh.values_list(
        F("on_hand") - F("reserved"), flat=True
    ).first()
    return left or 0


def _shortage(left: int, in_cart: int) -> str:
    if left == 0:
        return _("This item is sold out.")
    if in_cart:
        return _(
            "Only %(left)d left, and %(in_cart)d of them in your cart already."
        ) % {"left": left, "in_cart": in_cart}
    return _("Only %(left)d left.") % {"left": left}
