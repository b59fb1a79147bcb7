"""The desk's window on attempts, and where it records receipts."""

from functools import partial

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.desk import (
    HistoryInline,
    ReadOnlyAdmin,
    ReadOnlyInline,
    act,
    column,
    link_to,
)
from kernel.templatetags.ui import money_text
from payments import commands
from payments.admin.states import state
from payments.desk_forms import ReceiptForm
from payments.models import Attempt, AttemptMove, Notification, Receipt, Refund


class AttemptHistory(HistoryInline):
    model = AttemptMove


class RefundsInline(ReadOnlyInline):
    model = Refund
    show_change_link = True
    verbose_name_plural = _("Refunds")
    fields = ("number", "amount", "status", "requested_at", "tries", "last_answer")


class NotificationsInline(ReadOnlyInline):
    model = Notification
    show_change_link = True
    verbose_name_plural = _("What the gateway told us")
    fields = ("received_at", "verdict", "detail", "answered")


class ReceiptInline(ReadOnlyInline):
    model = Receipt
    verbose_name_plural = _("Receipt on our bank account")
    fields = ("amount", "received_on", "bank_number", "reason", "note", "recorded_by")


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Tries to pay: one number at the gateway each."""

    list_display = ("number", "method", "amount", state, "is_stray", "started_at")
    list_filter = ("status", "method", "is_stray")
    search_fields = ("number", "provider_number", "remittance", "charge__payer__email")
    ordering = ("-started_at",)
    inlines = (ReceiptInline, RefundsInline, NotificationsInline, AttemptHistory)
    actions_detail = ("record_receipt",)
    fields = (
        "charge_link",
        "number",
        "provider_number",
        "remittance",
        "gateway",
        "method",
        "amount",
        "status",
        "is_stray",
        "came",
        "started_at",
        "expires_at",
        "paid_at",
        "failure",
        "seen_from",
        "last_answer",
        "queries",
        "query_at",
    )
    readonly_fields = ("charge_link", "came")

    @column(_("What came instead"))
    def came(self, row: Attempt) -> str:
        return money_text(row.came) if row.received_minor is not None else "–"

    @column(_("Charge"))
    def charge_link(self, row: Attempt) -> str:
        return link_to(row.charge)

    def possible_acts(self, request: HttpRequest, row: Attempt) -> set[str] | None:
        """Only bank transfers have receipts to be recorded."""
        return None if row.method == Attempt.Method.TRANSFER else set()

    @act(_("Record a receipt"), path="receipt", is_primary=True)
    def record_receipt(self, request: HttpRequest, object_id: str) -> HttpResponse:
        attempt: Attempt = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            attempt,
            title=_("Record money on our bank account"),
            form=partial(ReceiptForm, attempt),
            act=lambda answers: commands.record_receipt(
                attempt=attempt,
                entry=answers["entry"],
                by=request.user,
                at=clock.now(),
            ),
            preview=lambda answers: {
                "pays": answers["entry"].amount == attempt.amount,
                "owed": attempt.amount,
            },
            done=_("Recorded."),
            template="admin/payments/receipt.html",
        )
