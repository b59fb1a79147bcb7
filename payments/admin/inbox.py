"""The desk's window on what gateways have posted to us."""

from urllib.parse import parse_qsl

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kernel.desk import ReadOnlyAdmin, column, link_to
from payments.admin.states import COLOURS
from payments.models import Notification

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
