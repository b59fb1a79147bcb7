"""The desk makes the platform's coupons here, and stops any."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from kernel import clock
from kernel.desk import ReadOnlyAdmin, ReadOnlyInline, act, column
from marketplace.coupons import commands
from marketplace.coupons.forms import CouponForm, offer_of
from marketplace.coupons.models import Coupon, Redemption


class RedemptionInline(ReadOnlyInline):
    model = Redemption
    fields = (
        "buyer",
        "checkout_reference",
        "reserved_at",
        "used_at",
        "returned_at",
        "good_until",
    )


@admin.register(Coupon)
class CouponAdmin(ReadOnlyAdmin):
    """Who made a coupon and who stopped it stands on its row."""

    list_display = ("code", "seller", "off_text", "taken", "ends_at", "stopped_at")
    list_select_related = ("seller", "category")
    search_fields = ("code", "seller__slug")
    inlines = (RedemptionInline,)
    actions_list = ("make",)
    actions_detail = ("stop",)
    fields = (
        "code",
        "seller",
        "off_text",
        "category",
        ("first_order_only", "is_public"),
        ("starts_at", "ends_at"),
        ("taken", "total_limit", "per_buyer_limit"),
        ("made_by", "made_at"),
        ("stopped_by", "stopped_at"),
    )
    readonly_fields = ("off_text",)

    @column(_("offer"))
    def off_text(self, coupon: Coupon) -> str:
        return f"{coupon.off} {coupon.terms}"

    @action(description=_("New coupon"), url_path="new", permissions=("act",))
    def make(self, request: HttpRequest) -> HttpResponse:
        """A coupon of the platform's, in the currency of its accounts."""
        if not self.has_act_permission(request):
            raise PermissionDenied
        currency = request.GET.get("currency", "CNY")
        if currency not in settings.DISPLAY_CURRENCIES:
            currency = "CNY"
        by: Any = request.user
        return self.act_page(
            request,
            None,
            title=_("New coupon"),
            form=partial(CouponForm, currency),
            act=lambda answers: commands.make_coupon(
                offer=offer_of(answers, at=clock.now()),
                seller=None,
                by=by,
                at=clock.now(),
            ),
            done=_("The coupon is there."),
        )

    def possible_acts(self, request: HttpRequest, row: Coupon) -> set[str]:
        return {"stop"} if row.stopped_at is None else set()

    @act(_("Stop"), path="stop")
    def stop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        coupon: Coupon = self.row_or_404(request, object_id)
        by: Any = request.user
        return self.act_page(
            request,
            coupon,
            title=_("Stop this coupon"),
            act=lambda _answers: commands.stop_coupon(
                coupon=coupon, by=by, at=clock.now()
            ),
            done=_("Nobody gets this coupon any more."),
        )
