"""Celery doors: this app's sweeps."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from kernel.sweeps import sweep
from marketplace.cart import commands
from marketplace.cart.models import Cart


def _next_forgotten() -> datetime | None:
    visitors = Cart.objects.filter(user__isnull=True)
    oldest: datetime | None = visitors.aggregate(old=Min("updated_at"))["old"]
    return oldest and oldest + settings.VISITOR_CART_RETENTION


@sweep(
    label=_("Forget visitors' old carts"),
    next_due=_next_forgotten,
    is_promise=False,
    every=timedelta(hours=1),
)
def forget_old_carts(*, at: datetime, limit: int) -> int:
    """A browser that never came back: its cart is in nobody's way any more."""
    before = at - settings.VISITOR_CART_RETENTION
    return commands.forget_old(before=before, limit=limit)
