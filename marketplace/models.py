"""The catalogue: what is for sale, by whom, and how many are left."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel.fields import amount_field
from kernel.money import from_minor
from marketplace.accounts.models import Seller, localized

LOW_STOCK = 3


class Category(models.Model):
    slug = models.SlugField(unique=True)
    name_en = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    # The ground colour behind this category's pictures (a token of tokens.css).
    tint = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")


class Product(models.Model):
    """A listing of one shop; what a buyer puts in the cart is one of its variants."""

    class Delivery(models.TextChoices):
        EXPRESS = "express", _("Domestic express")
        CROSS_BORDER = "cross_border", _("Cross-border")

    slug = models.SlugField(unique=True, max_length=80)
    seller = models.ForeignKey(
        Seller, on_delete=models.PROTECT, related_name="products"
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products"
    )
    title_en = models.CharField(max_length=140)
    title_zh = models.CharField(max_length=140)
    description_en = models.TextField()
    description_zh = models.TextField()
    # Folder of this product's pictures under MEDIA_ROOT; see queries.picture_url.
    picture = models.CharField(max_length=120)
    delivery = models.CharField(
        max_length=20, choices=Delivery, default=Delivery.EXPRESS
    )
    promised_days = models.PositiveSmallIntegerField(default=5)
    listed_at = models.DateTimeField()
    # Changes whenever a card made from this row must be drawn again.
    revision = models.PositiveIntegerField(default=1)
    # The cheapest variant, kept by commands.list_product for sorting and cards.
    from_price = amount_field()
    # from_price in CNY fen by the last known rate: only for sorting across currencies.
    sort_price = models.BigIntegerField(default=0)
    search = SearchVectorField(null=True)

    class Meta:
        ordering = ("-listed_at", "-pk")
        indexes = (
            GinIndex(fields=["search"], name="product_search"),
            models.Index(fields=["category", "-listed_at"], name="product_category"),
            models.Index(fields=["sort_price"], name="product_price"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("marketplace:product", args=[self.slug])

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def description(self) -> str:
        return localized(self, "description")


class Variant(models.Model):
    """One choice of a product: its price, its picture, and its stock.

    ``on_hand`` is what the shop has; ``reserved`` is what unpaid orders have set aside
    of it. Reserve on order, deduct on payment, release on close (rules §7.3).
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="variants"
    )
    sku = models.CharField(max_length=80, unique=True)
    name_en = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    colour = models.CharField(max_length=20)
    picture = models.CharField(max_length=120)
    price = amount_field()
    on_hand = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reserved__lte=models.F("on_hand")),
                name="variant_reserved_within_stock",
            ),
            models.CheckConstraint(
                condition=models.Q(price__gt=0), name="variant_price_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} · {self.name}"

    @property
    def name(self) -> str:
        return localized(self, "name")

    @property
    def key(self) -> str:
        """What tells it from its product's other variants, in addresses."""
        return self.sku.rpartition(".")[2]

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

    @property
    def is_low(self) -> bool:
        """So few are left that the shopper is told the number."""
        return 0 < self.available <= LOW_STOCK


def shipping_fee(seller: Seller) -> Money:
    """What one order from ``seller`` costs to send, in the shop's currency."""
    return from_minor(seller.shipping_minor, seller.currency)
