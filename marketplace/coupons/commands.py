"""All writes of coupons: made, stopped; reserved, used, given back by checkouts.

``taken`` is changed by one conditional UPDATE, so that of two checkouts that want the
last one exactly one gets it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from kernel import references
from kernel.db import command
from kernel.errors import Refusal
from marketplace.accounts.models import Seller, User
from marketplace.coupons.models import MOST_PERCENT, Coupon, Redemption
from marketplace.models import Category


class BadCoupon(Refusal):
    """Such a coupon cannot be: it would take everything, or nothing."""

    code = "bad_coupon"


class CouponGone(Refusal):
    """It has ended, was stopped, or has been used as often as it may be."""

    code = "coupon_gone"


@dataclass(frozen=True)
class Offer:
    """What a coupon gives, to whom, and how often.

    Exactly one of ``amount`` and ``percent`` says how much; ``minimum`` has the
    coupon's currency.
    """

    minimum: Money
    starts_at: datetime
    ends_at: datetime
    amount: Money | None = None
    percent: int = 0
    code: str = ""
    category: Category | None = None
    first_order_only: bool = False
    is_public: bool = True
    total_limit: int | None = None
    per_buyer_limit: int = 1


@command
def make_coupon(
    *, offer: Offer, seller: Seller | None, by: User | None, at: datetime
) -> Coupon:
    """A coupon of ``seller``, or of the platform; the terms never change later.

    :raises BadCoupon: naming what is wrong with the offer.
    """
    _require_sound(offer, seller)
    fixed = offer.amount is not None
    return Coupon.objects.create(
        code=offer.code.strip().upper() or references.new("CPN"),
        seller=seller,
        kind=Coupon.Kind.FIXED if fixed else Coupon.Kind.PERCENT,
        amount=offer.amount or Money(0, offer.minimum.currency),
        percent=0 if fixed else offer.percent,
        minimum=offer.minimum,
        category=offer.category,
        first_order_only=offer.first_order_only,
        is_public=offer.is_public,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        total_limit=offer.total_limit,
        per_buyer_limit=offer.per_buyer_limit,
        made_by=by,
        made_at=at,
    )


def _require_sound(offer: Offer, seller: Seller | None) -> None:
    if seller is not None and str(offer.minimum.currency) != seller.currency:
        raise BadCoupon(_("A shop's coupon is in the shop's currency."))
    if offer.amount is None and not 1 <= offer.percent <= MOST_PERCENT:
        raise BadCoupon(
            _("Take between 1 %% and %(most)d %% off.") % {"most": MOST_PERCENT}
        )
    if offer.amount is not None and not 0 < offer.amount.amount < offer.minimum.amount:
        raise BadCoupon(_("The minimum must be more than what the coupon takes off."))
    if offer.ends_at <= offer.starts_at:
        raise BadCoupon(_("It must end after it begins."))
    if offer.first_order_only and seller is not None:
        raise BadCoupon(_("A shop cannot tell which order is a buyer's first."))
    code = offer.code.strip().upper()
    if code and Coupon.objects.filter(code=code).exists():
        raise BadCoupon(_("This code is taken. Choose another."))


@command
def stop_coupon(*, coupon: Coupon, by: User, at: datetime) -> None:
    """No checkout takes it any more; those that have it keep it.

    :raises CouponGone: when it was stopped already.
    """
    stopped = Coupon.objects.filter(pk=coupon.pk, stopped_at__isnull=True).update(
        stopped_at=at, stopped_by=by
    )
    if not stopped:
        raise CouponGone(_("This coupon was stopped already."))


@command
def reserve(
    *, coupons: Iterable[Coupon], buyer: Any, checkout_reference: str, at: datetime
) -> None:
    """Take one of each for a checkout that is being placed.

    The caller holds its locks on stock already: coupons come last, by id.

    :raises CouponGone: when one of them cannot be had any more; then none is taken.
    """
    for coupon in sorted(coupons, key=lambda one: one.pk):
        _take(Coupon.objects.filter(_open_for(buyer.pk, at), pk=coupon.pk), coupon)
        # The row is locked now: another checkout of this buyer is counted, or waits.
        had = Redemption.objects.filter(
            coupon=coupon, buyer=buyer, returned_at__isnull=True
        ).count()
        if had >= coupon.per_buyer_limit:
            raise CouponGone(
                _("You have used %(code)s already.") % {"code": coupon.code}
            )
        Redemption.objects.create(
            coupon=coupon,
            buyer=buyer,
            checkout_reference=checkout_reference,
            reserved_at=at,
        )


def _open_for(buyer_id: int, at: datetime) -> Combinable:
    """Not stopped, and in its window or given back to this buyer for a while."""
    given_back = Redemption.objects.filter(
        coupon=OuterRef("pk"), buyer=buyer_id, good_until__gt=at
    )
    in_time = Q(starts_at__lte=at) & (Q(ends_at__gt=at) | Exists(given_back))
    return Q(stopped_at__isnull=True) & in_time


def _take(rows: Any, coupon: Coupon) -> None:
    left = Q(total_limit__isnull=True) | Q(taken__lt=F("total_limit"))
    if not rows.filter(left).update(taken=F("taken") + 1):
        raise CouponGone(
            _("The coupon %(code)s is no longer available.") % {"code": coupon.code}
        )


@command
def use(*, checkout_references: Collection[str], at: datetime) -> None:
    """These checkouts are paid: what they had reserved is used."""
    Redemption.objects.filter(
        checkout_reference__in=checkout_references,
        used_at__isnull=True,
        returned_at__isnull=True,
    ).update(used_at=at)


@command
def give_back(*, checkout_references: Collection[str], at: datetime) -> None:
    """Nothing was bought by these checkouts: their coupons can be used again.

    One that has ended meanwhile is good for its buyer for three more days. Doing it
    again changes nothing.
    """
    rows = (
        Redemption.objects.filter(
            checkout_reference__in=checkout_references,
            returned_at__isnull=True,
        )
        .select_related("coupon")
        .order_by("coupon_id")
    )
    for row in rows:
        Coupon.objects.filter(pk=row.coupon_id).update(taken=F("taken") - 1)
        ended = row.coupon.ends_at <= at
        moved = Redemption.objects.filter(pk=row.pk, returned_at__isnull=True).update(
            returned_at=at,
            good_until=at + settings.COUPON_GRACE if ended else None,
        )
        assert moved, "a redemption was moved without its coupon's row lock"


@command
def take_again(*, checkout_reference: str, at: datetime) -> None:
    """A closed checkout lives again: it gets back what it had given back, as used.

    Its window does not matter, it was in time when it was ordered; the limits do.

    :raises CouponGone: when one of them has been used by another checkout meanwhile.
    """
    rows = (
        Redemption.objects.filter(
            checkout_reference=checkout_reference, returned_at__isnull=False
        )
        .select_related("coupon")
        .order_by("coupon_id")
    )
    for row in rows:
        _take(Coupon.objects.filter(pk=row.coupon_id), row.coupon)
        others = Redemption.objects.filter(
            coupon=row.coupon_id,
            buyer=row.buyer_id,
            returned_at__isnull=True,
        ).count()
        if others >= row.coupon.per_buyer_limit:
            raise CouponGone(
                _("You have used %(code)s already.") % {"code": row.coupon.code}
            )
        Redemption.objects.filter(pk=row.pk, returned_at__isnull=False).update(
            used_at=at, returned_at=None, good_until=None
        )
