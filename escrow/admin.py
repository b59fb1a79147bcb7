"""The desk's door to holds: to be read. Money is moved by disputes and by orders."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from escrow import desk
from escrow.models import Hold
from kernel.desk import ReadOnlyAdmin, column
from kernel.templatetags.ui import money_text


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    """One order's money: where it is, until when, and every ledger line."""

    list_display = (
        "reference",
        "order_number",
        "seller",
        "amount_text",
        "state",
        "release_at",
        "clear_at",
    )
    list_filter = ("status", "currency")
    list_select_related = ("seller",)
    search_fields = ("reference", "order_number", "charge__reference", "seller__slug")
    ordering = ("-opened_at", "-pk")
    change_form_outer_after_template = "admin/escrow/hold.html"
    fields = (
        "order_number",
        "charge",
        "seller",
        ("amount", "refunded"),
        ("coupon", "coupon_returned"),
        ("commission", "commission_returned"),
        "status",
        "opened_at",
        "funded_at",
        "release_at",
        "paused_left",
        "released_at",
        "clear_at",
        "cleared_at",
    )

    @column(_("amount"), ordering="amount")
    def amount_text(self, hold: Hold) -> str:
        return money_text(hold.amount)

    @column(
        _("status"),
        ordering="status",
        label={
            Hold.Status.AWAITING: "info",
            Hold.Status.HELD: "warning",
            Hold.Status.RELEASED: "success",
            Hold.Status.REFUNDING: "info",
            Hold.Status.REFUNDED: "info",
            Hold.Status.VOID: "info",
        },
    )
    def state(self, hold: Hold) -> tuple[str, str]:
        return hold.status, str(hold.get_status_display())

    def about(self, request: HttpRequest, row: Hold) -> Mapping[str, Any]:
        return {
            **desk.money_tables(row),
            "history_table": desk.history_table(row.history.select_related("by")),
        }
