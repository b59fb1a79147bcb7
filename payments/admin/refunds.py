"""The desk's window on refunds, and what it can do with one."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.desk import HistoryInline, ReadOnlyAdmin, act, column, link_to
from payments import commands
from payments.admin.states import state
from payments.desk_forms import GiveUpForm, HandPaymentForm
from payments.models import Refund, RefundMove


class RefundHistory(HistoryInline):
    model = RefundMove


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

    def possible_acts(self, request: HttpRequest, row: Refund) -> set[str]:
        if row.status == Refund.Status.REJECTED:
            return {"pay_by_hand"}
        if row.status == Refund.Status.REQUESTED and row.given_up_at is None:
            return {"send_again", "give_up"}
        return set()

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
        return self.act_page(
            request,
            refund,
            title=_("Send this refund again"),
            act=lambda _answers: commands.send_again(refund=refund, at=clock.now()),
            done=_("It is sent again within the minute."),
        )

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
