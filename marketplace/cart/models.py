"""The cart: of a person, or of a browser that nobody has signed in to yet."""

import uuid

from django.conf import settings
from django.db import models
from djmoney.money import Money

from kernel.fields import amount_field
from marketplace.models import Variant

MAX_QUANTITY = 99


class Cart(models.Model):
    """``token`` finds an anonymous cart again (it lives in the session)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="cart",
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"cart of {self.user or 'a visitor'}"


class CartLine(models.Model):
    """``seen_price`` is the unit price last seen: a change is pointed out."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    seen_price = amount_field()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["cart", "variant"], name="cart_line_once_per_variant"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MAX_QUANTITY),
                name="cart_line_quantity_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"

    @property
    def total(self) -> Money:
        """What this line costs now, in the shop's currency."""
        total: Money = self.variant.price * self.quantity
        return total

    @property
    def is_sold_out(self) -> bool:
        return self.variant.available < 1

    @property
    def is_short(self) -> bool:
        """Fewer pieces are left than wanted (or none)."""
        return self.variant.available < self.quantity

    @property
    def price_changed(self) -> bool:
        """The price is not what the shopper last saw."""
        return bool(self.seen_price != self.variant.price)
