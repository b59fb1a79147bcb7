"""The desk's windows on payments: read only, every story with its reasons."""

from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
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
from payments.desk_filters import OddityFilter
from payments.desk_forms import GiveUpForm, HandPaymentForm, ReceiptForm
from payments.models import (
    Attempt,
    AttemptMove,
    Charge,
    ChargeMove,
    Notification,
    Receipt,
    Refund,
    RefundMove,
)
from payments.story import story_of

# Unfold's colours for the states; all are named, the quiet ones grey.
COLOURS: dict[str, str] = {
    Charge.Status.CLOSED: "default",
    Attempt.Status.EXPIRED: "default",
    Notification.Verdict.REPEATED: "default",
    Notification.Verdict.IGNORED: "default",
    Charge.Status.OPEN: "warning",
    Charge.Status.PAID: "success",
    Attempt.Status.STARTING: "info",
    Attempt.Status.LIVE: "info",
    Attempt.Status.FAILED: "danger",
    Refund.Status.REQUESTED: "warning",
    Refund.Status.SETTLED: "success",
    Refund.Status.REJECTED: "danger",
    Refund.Status.BY_HAND: "success",
    Notification.Verdict.NEW: "warning",
    Notification.Verdict.APPLIED: "success",
    Notification.Verdict.FORGED: "danger",
    Notification.Verdict.FOREIGN: "danger",
    Notification.Verdict.UNKNOWN: "danger",
    Notification.Verdict.MISMATCH: "danger",
}

# Why a notification was (not) applied, and what the desk can do about it.
MEANINGS = {
    Notification.Verdict.NEW: _(
        "Kept, but not applied yet; it is tried again every few minutes. If it stays, "
        "look at the log: the gateway is not set up, or something broke here."
    ),
    Notification.Verdict.APPLIED: _("Believed and acted on."),
    Notification.Verdict.REPEATED: _("Believed; it said what was known already."),
    Notification.Verdict.IGNORED: _("Believed; it asks for nothing to be done."),
    Notification.Verdict.FORGED: _(
        "Not believed: the signature does not hold. Somebody pretends to be the "
        "gateway, or its public key in our settings is wrong. Nothing has moved."
    ),
    Notification.Verdict.FOREIGN: _(
        "Signed by the gateway, but meant for another app or seller. Two environments "
        "may be mixed up. Nothing has moved."
    ),
    Notification.Verdict.UNKNOWN: _(
        "Signed by the gateway, about a number that is not ours. Nothing has moved."
    ),
    Notification.Verdict.MISMATCH: _(
        "Signed by the gateway, but the amount or currency is not what is owed. "
        "Nothing is marked as paid. The gateway is asked what came: if it was another "
        "amount indeed, that goes back by itself, and there is a task."
    ),
}


class ChargeHistory(HistoryInline):
    model = ChargeMove


class AttemptHistory(HistoryInline):
    model = AttemptMove


class RefundHistory(HistoryInline):
    model = RefundMove


class AttemptsInline(ReadOnlyInline):
    model = Attempt
    show_change_link = True
    verbose_name_plural = _("Attempts")
    fields = ("number", "method", "status", "is_stray", "started_at", "last_answer")


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


@column(_("State"), label=COLOURS, ordering="status")
def state(row: Any) -> tuple[str, str]:
    return row.status, row.get_status_display()


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin):
    """Amounts that are owed, with every try to pay them."""

    list_display = ("reference", "payer", "amount", state, "opened_at", "expires_at")
    list_filter = ("status", OddityFilter)
    list_select_related = ("payer",)
    search_fields = ("reference", "payer__email", "attempts__number")
    date_hierarchy = "opened_at"
    ordering = ("-opened_at",)
    inlines = (AttemptsInline, ChargeHistory)
    fields = (
        "reference",
        "payer",
        "amount",
        "status",
        "subject",
        "home_path",
        "opened_at",
        "expires_at",
        "paid_at",
        "closed_at",
        "closing_since",
        "closing_by",
        "closing_note",
        "close_at",
        "story",
    )
    readonly_fields = ("story",)

    @column(_("What happened"))
    def story(self, row: Charge) -> str:
        return render_to_string("admin/payments/_story.html", {"lines": story_of(row)})


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

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only bank transfers have receipts to be recorded."""
        attempt = self.get_object(request, object_id)
        if attempt is None or attempt.method != Attempt.Method.TRANSFER:
            return []
        acts: list[Any] = super().get_actions_detail(request, object_id)
        return acts

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


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """Money on its way back, and what the gateway says to it."""

    list_display = ("number", "amount", state, "requested_at", "tries", "last_answer")
    list_filter = ("status",)
    search_fields = ("number", "key", "attempt__number")
    ordering = ("-requested_at",)
    inlines = (RefundHistory,)
    actions_detail = ("pay_by_hand", "send_again", "give_up")
    fields = (
        "number",
        "attempt_link",
        "amount",
        "status",
        "reason",
        "key",
        "requested_at",
        "settled_at",
        "tries",
        "last_answer",
        "send_at",
        "given_up_at",
        "given_up_by",
        "given_up_note",
        "hand_reference",
    )
    readonly_fields = ("attempt_link",)

    @column(_("Payment"))
    def attempt_link(self, row: Refund) -> str:
        return link_to(row.attempt)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only what the refund's state allows."""
        refund = self.get_object(request, object_id)
        possible = _possible_acts(refund) if refund else set()
        acts: list[Any] = super().get_actions_detail(request, object_id)
        return [one for one in acts if one.method.__name__ in possible]

    @act(_("Record that it was paid by hand"), path="pay-by-hand", is_primary=True)
    def pay_by_hand(self, request: HttpRequest, object_id: str) -> HttpResponse:
        refund: Refund = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            refund,
            title=_("Record that this refund was paid by hand"),
            form=HandPaymentForm,
            act=lambda answers: commands.pay_refund_by_hand(
                refund=refund,
                reference=answers["reference"],
                note=answers["note"],
                by=request.user,
                at=clock.now(),
            ),
            done=_("Recorded. The buyer is told."),
        )

    @act(_("Send again now"), path="send-again")
    def send_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        refund: Refund = self.row_or_404(request, object_id)
        self.attempt(
            request,
            lambda: commands.send_again(refund=refund, at=clock.now()),
            _("It is sent again within the minute."),
        )
        return self.back(refund)

    @act(_("Give up, to be paid by hand"), path="give-up")
    def give_up(self, request: HttpRequest, object_id: str) -> HttpResponse:
        refund: Refund = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            refund,
            title=_("Give this refund up"),
            form=GiveUpForm,
            act=lambda answers: commands.give_up_refund(
                refund=refund, by=request.user, note=answers["note"], at=clock.now()
            ),
            done=_(
                "It is not sent any more. Once the gateway has said that nothing "
                "moved, in a quarter of an hour, it is yours to pay."
            ),
        )


def _possible_acts(refund: Refund) -> set[str]:
    if refund.status == Refund.Status.REJECTED:
        return {"pay_by_hand"}
    if refund.status == Refund.Status.REQUESTED and refund.given_up_at is None:
        return {"send_again", "give_up"}
    return set()


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """The inbox: what was posted to us, and why it was applied or not."""

    list_display = ("received_at", "verdict_label", "number", "detail", "answered")
    list_display_links = ("received_at", "number")
    list_filter = ("verdict", "gateway")
    search_fields = ("number", "notify_id")
    date_hierarchy = "received_at"
    fields = (
        "verdict",
        "meaning",
        "detail",
        "attempt_link",
        "number",
        "notify_id",
        "answered",
        "received_at",
        "apply_at",
        "gateway",
        "remote_address",
        "content_type",
        "readable",
    )
    readonly_fields = ("meaning", "attempt_link", "readable")

    @column(_("Verdict"), label=COLOURS, ordering="verdict")
    def verdict_label(self, row: Notification) -> tuple[str, str]:
        return row.verdict, row.get_verdict_display()

    @column(_("What that means"))
    def meaning(self, row: Notification) -> str:
        return str(MEANINGS[Notification.Verdict(row.verdict)])

    @column(_("Payment"))
    def attempt_link(self, row: Notification) -> str:
        return link_to(row.attempt)

    @column(_("Content, as it was posted"))
    def readable(self, row: Notification) -> str:
        text = bytes(row.body).decode("utf-8", "replace")
        pairs = parse_qsl(text, keep_blank_values=True)
        if not pairs:
            return text
        return format_html(
            "<dl>{}</dl>",
            format_html_join("", "<dt><b>{}</b></dt><dd>{}</dd>", pairs),
        )
