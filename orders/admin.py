"""The desk's window on orders: read, and two named acts."""

from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from escrow.disputes.models import Dispute
from kernel import clock
from kernel.desk import (
    HistoryInline,
    ReadOnlyAdmin,
    ReadOnlyInline,
    act,
    column,
    link_to,
    report,
)
from kernel.templatetags.ui import money_text
from orders import commands, exchange_report
from orders.desk_forms import RefundForm
from orders.models import Checkout, LineRefund, Order, OrderLine, OrderMove, Parcel
from orders.views.common import person
from payments import commands as payments

Status = Order.Status
# The days that a report may end on: dates near the ends of time overflow.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
# Which act an order in this state allows.
POSSIBLE = {
    Status.AWAITING_SHIPMENT: {"refund_lines"},
    Status.SHIPPED: {"record_delivery", "refund_lines"},
    Status.DELIVERED: {"refund_lines"},
    Status.PENDING_PAYMENT: {"close_unpaid"},
}


class LineInline(ReadOnlyInline):
    model = OrderLine
    fields = (
        "title_en",
        "choice_en",
        "quantity",
        "unit_price",
        "total",
        "seller_discount",
        "platform_discount",
        "paid",
        "commission",
    )


class LineRefundInline(ReadOnlyInline):
    model = LineRefund
    fields = ("line", "units", "amount", "coupon", "commission", "at")


class ParcelInline(ReadOnlyInline):
    model = Parcel
    fields = ("carrier", "tracking_number", "shipped_at")


class MoveInline(HistoryInline):
    model = OrderMove


class DeliveryForm(forms.Form):
    """Why the desk says that a parcel has arrived."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            ("carrier", _("The carrier's site says so")),
            ("buyer", _("The buyer says so")),
            ("proof", _("A proof of delivery was sent in")),
        ],
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(forms.Form):
    """Why the desk closes an unpaid checkout."""

    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))


def _day(text: str) -> date | None:
    """The day of an address; None when it is none that a report could end on."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Orders by deadline; delivery is recorded here when no carrier tells us."""

    list_display = (
        "number",
        "state",
        "seller",
        "buyer",
        "total_text",
        "ship_by",
        "release_at",
    )
    list_filter = ("status", "delivery")
    search_fields = ("number", "checkout__reference", "buyer__email", "seller__slug")
    ordering = ("-placed_at",)
    list_select_related = ("seller", "buyer", "hold")
    inlines = (LineInline, LineRefundInline, ParcelInline, MoveInline)
    # The order's own page is its buyer's alone.
    view_on_site = False
    actions_detail: ClassVar[list[str]] = [
        "record_delivery",
        "refund_lines",
        "close_unpaid",
    ]
    actions_list: ClassVar[list[str]] = ["exchange_differences"]
    fields = (
        "number",
        "status",
        ("buyer", "seller"),
        ("items_total", "seller_discount", "platform_discount"),
        ("shipping", "total"),
        ("delivery", "promised_days"),
        "address",
        ("placed_at", "paid_at", "ship_by"),
        ("shipped_at", "delivered_at", "ended_at"),
        "charge",
        "held",
        "disputes",
    )
    readonly_fields = ("address", "charge", "held", "disputes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        rows: QuerySet[Order] = super().get_queryset(request)
        return rows.select_related("hold", "checkout__charge", "seller", "buyer")

    def possible_acts(self, request: HttpRequest, row: Order) -> set[str]:
        return POSSIBLE.get(Status(row.status), set())

    @report(_("Exchange differences"), path="exchange")
    def exchange_differences(self, request: HttpRequest) -> HttpResponse:
        """What refunds of converted orders are worth since; ``?until=`` a day."""
        until = _day(request.GET.get("until", "")) or localdate(clock.now())
        found = exchange_report.rows(until)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Exchange differences of refunds"),
            "opts": self.opts,
            "until": until,
            "days": exchange_report.DAYS,
            "earlier": until - timedelta(days=exchange_report.DAYS),
            "rows_table": exchange_report.rows_table(found),
            "totals_table": exchange_report.totals_table(found),
        }
        return TemplateResponse(request, "admin/orders/exchange.html", context)

    @column(
        _("status"),
        ordering="status",
        label={
            Status.PENDING_PAYMENT: "warning",
            Status.AWAITING_SHIPMENT: "warning",
            Status.SHIPPED: "info",
            Status.DELIVERED: "info",
            Status.COMPLETED: "success",
        },
    )
    def state(self, order: Order) -> tuple[str, str]:
        return order.status, str(order.get_status_display())

    @column(_("total"), ordering="total")
    def total_text(self, order: Order) -> str:
        return money_text(order.total)

    @column(_("release"), ordering="hold__release_at")
    def release_at(self, order: Order) -> Any:
        return order.hold.release_at

    @column(_("goes to"))
    def address(self, order: Order) -> str:
        return ", ".join(order.ship_to)

    @column(_("payment"))
    def charge(self, order: Order) -> str:
        charge = order.checkout.charge
        return link_to(charge, f"{charge} ({charge.status})")

    @column(_("hold"))
    def held(self, order: Order) -> str:
        hold = order.hold
        return link_to(hold, f"{hold} ({hold.status})")

    @column(_("disputes"))
    def disputes(self, order: Order) -> str:
        rows = Dispute.objects.filter(hold=order.hold_id).order_by("opened_at")
        links = [link_to(row, f"{row} ({row.status})") for row in rows]
        return format_html("{} " * len(links), *links) if links else "–"

    @act(_("Refund lines"), path="refund-lines")
    def refund_lines(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """So many units of each line back to the buyer; the rest goes on."""
        order = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            order,
            title=_("Refund lines"),
            form=partial(RefundForm, order),
            act=lambda answers: commands.refund_lines(
                order=order,
                gives=answers["gives"],
                by=person(request),
                at=clock.now(),
                note=answers["note"],
            ),
            preview=lambda answers: {
                "part": commands.refund_of(order, answers["gives"])
            },
            done=_("The refund is on its way to the buyer."),
            template="admin/orders/refund_lines.html",
        )

    @act(_("Record delivery"), path="record-delivery", is_primary=True)
    def record_delivery(self, request: HttpRequest, object_id: str) -> HttpResponse:
        order = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            order,
            title=_("Record that the parcel has arrived"),
            form=DeliveryForm,
            act=lambda given: commands.record_delivery(
                order=order,
                by=person(request),
                at=clock.now(),
                note=f"{given['reason']}: {given['note']}",
            ),
            done=_("Delivery is recorded; the release clock is shorter now."),
        )

    @act(_("Close unpaid checkout"), path="close-unpaid")
    @payments.while_somebody_waits()
    def close_unpaid(self, request: HttpRequest, object_id: str) -> HttpResponse:
        order = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            order,
            title=_("Close the unpaid checkout of this order"),
            form=CloseForm,
            act=lambda given: commands.cancel_checkout(
                checkout=order.checkout,
                by=person(request),
                at=clock.now(),
                note=given["note"],
            ),
            done=_("Asked to close; the gateway has the last word."),
        )


@admin.register(Checkout)
class CheckoutAdmin(ReadOnlyAdmin):
    """What one press of the button made: one charge, one order per shop."""

    list_display = ("reference", "buyer", "placed_at", "payment", "orders")
    search_fields = ("reference", "buyer__email", "charge__reference")
    list_select_related = ("buyer", "charge")
    ordering = ("-placed_at",)
    fields = ("reference", "buyer", "placed_at", "payment", "orders", "rates")
    readonly_fields = ("payment", "orders", "rates")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Checkout]:
        rows: QuerySet[Checkout] = super().get_queryset(request)
        return rows.prefetch_related("orders", "quotes")

    @column(_("payment"))
    def payment(self, checkout: Checkout) -> str:
        charge = checkout.charge
        return link_to(charge, f"{charge} ({charge.status})")

    @column(_("orders"))
    def orders(self, checkout: Checkout) -> str:
        links = [
            link_to(one, f"{one.number} ({one.status})")
            for one in checkout.orders.all()
        ]
        return format_html("{} " * len(links), *links)

    @column(_("rates"))
    def rates(self, checkout: Checkout) -> str:
        return "; ".join(str(quote) for quote in checkout.quotes.all()) or "–"
