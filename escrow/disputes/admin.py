"""The dispute desk: everything to judge by on one page, and three decisions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from escrow import desk
from escrow import queries as escrow
from escrow.disputes import commands, queries
from escrow.disputes.forms import DecisionForm, SplitForm
from escrow.disputes.models import Dispute
from kernel import clock
from kernel.desk import ReadOnlyAdmin, act, column
from kernel.templatetags.ui import money_text


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Open disputes first, the next deadline on top."""

    list_display = (
        "reference",
        "order_number",
        "reason",
        "claim_text",
        "state",
        "opened_at",
        "decide_by",
    )
    list_filter = ("status", "reason")
    list_select_related = ("hold",)
    search_fields = ("reference", "hold__order_number", "opened_by__email")
    ordering = ("status", "decide_by")
    change_form_outer_after_template = "admin/disputes/dispute.html"
    asked = ("order_number", "reason", "claim_text", "status", "opened_at")
    decided = ("decided_at", "decided_by", "ground", "note")
    readonly_fields = ("order_number", "claim_text")
    actions_detail = ("refund_in_full", "split", "release")

    @column(gettext_lazy("order"), ordering="hold__order_number")
    def order_number(self, dispute: Dispute) -> str:
        return dispute.hold.order_number

    @column(gettext_lazy("claim"), ordering="claim")
    def claim_text(self, dispute: Dispute) -> str:
        return money_text(dispute.claim)

    @column(
        gettext_lazy("status"),
        ordering="status",
        label={
            Dispute.Status.IN_MEDIATION: "danger",
            Dispute.Status.RESOLVED_REFUND: "info",
            Dispute.Status.RESOLVED_SPLIT: "info",
            Dispute.Status.RESOLVED_RELEASE: "success",
            Dispute.Status.WITHDRAWN: "info",
        },
    )
    def state(self, dispute: Dispute) -> tuple[str, str]:
        return dispute.status, str(dispute.get_status_display())

    def get_fields(
        self, request: HttpRequest, obj: Dispute | None = None
    ) -> tuple[str, ...]:
        """The deadline while it is open, the decision afterwards."""
        is_open = obj is None or obj.status == Dispute.Status.IN_MEDIATION
        return (*self.asked, *(("decide_by",) if is_open else self.decided))

    def about(self, request: HttpRequest, row: Dispute) -> Mapping[str, Any]:
        hold = row.hold
        return {
            **desk.money_tables(hold),
            "dispute": row,
            "hold": hold,
            "shop": hold.seller,
            "exhibits": queries.exhibits(row, viewer=request.user),
            "own_case": queries.is_party(row, request.user),
            "history_table": desk.history_table(row.history.select_related("by")),
        }

    def possible_acts(self, request: HttpRequest, row: Dispute) -> set[str] | None:
        """The decisions, while there is something to decide, for the impartial."""
        is_over = row.status != Dispute.Status.IN_MEDIATION
        return set() if is_over or queries.is_party(row, request.user) else None

    @act(gettext_lazy("Refund in full"), path="refund", is_primary=True)
    def refund_in_full(self, request: HttpRequest, object_id: str) -> HttpResponse:
        dispute = self.row_or_404(request, object_id)
        everything = dispute.hold.left
        title = gettext_lazy("Refund in full")
        return self._decision(request, dispute, title=title, refund=everything)

    @act(gettext_lazy("Split the money"), path="split")
    def split(self, request: HttpRequest, object_id: str) -> HttpResponse:
        dispute = self.row_or_404(request, object_id)
        title = gettext_lazy("Split the money")
        return self._decision(request, dispute, title=title, refund=None)

    @act(gettext_lazy("Release to the seller"), path="release")
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        dispute = self.row_or_404(request, object_id)
        nothing = Money(0, dispute.hold.amount.currency)
        title = gettext_lazy("Release to the seller")
        return self._decision(request, dispute, title=title, refund=nothing)

    def _decision(
        self,
        request: HttpRequest,
        dispute: Dispute,
        *,
        title: str | Promise,
        refund: Money | None,
    ) -> HttpResponse:
        """Ask, preview, confirm; without ``refund`` the amount is asked for."""
        if dispute.status != Dispute.Status.IN_MEDIATION:
            messages.error(request, _("This dispute is decided already."))
            return self.back(dispute)
        if queries.is_party(dispute, request.user):
            # Its page says why.
            return self.back(dispute)
        form = DecisionForm if refund is not None else partial(SplitForm, dispute)

        def amount(answers: Mapping[str, Any]) -> Money:
            return refund if refund is not None else answers["refund"]

        def decide(answers: Mapping[str, Any]) -> Dispute:
            return commands.decide_dispute(
                dispute=dispute,
                refund=amount(answers),
                ground=answers["ground"],
                note=answers["note"],
                by=request.user,
                at=clock.now(),
            )

        def preview(answers: Mapping[str, Any]) -> Mapping[str, Any]:
            settlement = escrow.settlement_of(dispute.hold, amount(answers))
            return {
                "settlement": settlement,
                "postings_table": desk.postings_table(settlement.postings),
            }

        return self.act_page(
            request,
            dispute,
            title=title,
            form=form,
            act=decide,
            preview=preview,
            done=_("The decision is made. Both sides are told."),
            template="admin/disputes/decide.html",
        )
