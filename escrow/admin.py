"""The desk's door to holds: to be read. Money is moved by disputes and by orders."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from escrow import books, desk
from escrow.ledger import queries as ledger
from escrow.models import Hold
from kernel.desk import ReadOnlyAdmin, column, report
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
    actions_list = ("prove",)
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

    @report(_("Prove the books"), path="books")
    def prove(self, request: HttpRequest) -> HttpResponse:
        """Every check of ``check_books``, and what each kind of account adds up to."""
        with transaction.atomic():
            results = books.run()
            balances = ledger.trial_balance()
        context = {
            **self.admin_site.each_context(request),
            "title": _("The books, proved now"),
            "opts": self.opts,
            "is_true": not any(result.differences for result in results),
            "accounts_table": desk.accounts_table(balances),
            "checks_table": desk.checks_table(results),
        }
        return TemplateResponse(request, "admin/escrow/books.html", context)
