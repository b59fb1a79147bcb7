"""Which coupons somebody can choose from, and why one of them cannot be used."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import Seller, User
from marketplace.coupons.models import Coupon


def coupons_for(
    user: User, *, seller_ids: Collection[int], codes: Collection[str], at: datetime
) -> list[Coupon]:
    """What ``user`` may look at for a cart of these shops, the platform's first.

    Public ones that run now, those given back to this buyer, and those whose ``codes``
    the buyer has typed. In one query; each knows ``mine``, how often this buyer has
    it, and ``good_until``.
    """
    mine = Q(redemptions__buyer=user)
    public = Q(is_public=True, starts_at__lte=at, ends_at__gt=at)
    given_back = Q(good_until__gt=at)
    typed = Q(code__in=[code.strip().upper() for code in codes])
    rows = (
        Coupon.objects.filter(Q(seller__isnull=True) | Q(seller__in=seller_ids))
        .annotate(
            mine=Count(
                "redemptions", filter=mine & Q(redemptions__returned_at__isnull=True)
            ),
            good_until=Max("redemptions__good_until", filter=mine),
        )
        .filter(typed | (Q(stopped_at__isnull=True) & (public | given_back)))
        .select_related("seller", "category")
        .order_by("seller_id", "ends_at", "pk")
    )
    return sorted(rows, key=lambda one: one.seller_id is not None)


def why_not(coupon: Any, *, at: datetime) -> str:
    """Why a coupon of :func:`coupons_for` cannot be had; empty when it can."""
    if coupon.stopped_at is not None:
        return _("It was withdrawn.")
    if coupon.starts_at > at:
        return _("It has not begun yet.")
    if coupon.ends_at <= at and not (coupon.good_until and coupon.good_until > at):
        return _("It has ended.")
    if coupon.mine >= coupon.per_buyer_limit:
        return _("You have used it already.")
    if coupon.total_limit is not None and coupon.taken >= coupon.total_limit:
        return _("All of them are taken.")
    return ""


def by_code(codes: Collection[str]) -> list[Coupon]:
    """The coupons of these codes; whether they can be had is decided when taken."""
    return list(Coupon.objects.filter(code__in=codes).select_related("seller"))


def coupons_of_seller(seller: Seller) -> QuerySet[Coupon]:
    """A shop's coupons, newest first."""
    return Coupon.objects.filter(seller=seller).select_related("category")
