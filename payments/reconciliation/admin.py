"""The finance desk's windows on statements: days, lines, differences."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kernel import clock
from kernel.desk import ReadOnlyAdmin, act, column, link_to, report
from payments.reconciliation import commands, desk
from payments.reconciliation.models import Day, Difference, Finding, Line, Statement

COLOURS: dict[str, str] = {
    Finding.MATCHED: "success",
    Finding.MISSING_HERE: "danger",
    Finding.MISSING_THERE: "danger",
    Finding.AMOUNT: "danger",
    Finding.STATUS: "warning",
}


class ExplainForm(forms.Form):
    """Why the two sides differ, and stay so."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Difference.Reason.choices)
    note = forms.CharField(
        label=_("Note"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@admin.register(Day)
class DayAdmin(ReadOnlyAdmin):
    """Each finished day: both sides added up, and what was found."""

    list_display = (
        "day",
        "gateway",
        "state",
        "matched_of",
        "theirs",
        "ours",
    )
    list_display_links = ("day", "gateway")
    list_filter = ("gateway",)
    date_hierarchy = "day"
    ordering = ("-day", "gateway")
    change_form_outer_after_template = "admin/reconciliation/day.html"
    actions_detail = ("fetch_again",)
    fields = ("gateway", "day", "matched_at", "fetch_at", "tries", "last_answer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Day]:
        rows: QuerySet[Day] = super().get_queryset(request)
        still = Count("differences", filter=Q(differences__resolution=""))
        return rows.annotate(still=still).prefetch_related("totals")

    @column(
        _("State"),
        label={"waiting": "info", "unread": "danger", "read": "success", "d": "danger"},
    )
    def state(self, row: Any) -> tuple[str, str]:
        if row.statement_id is None:
            late = row.last_answer and row.tries > 1
            return (
                ("unread", str(_("not read")))
                if late
                else ("waiting", str(_("waiting")))
            )
        if row.still:
            words = ngettext("%(n)d difference", "%(n)d differences", row.still)
            return "d", words % {"n": row.still}
        return "read", str(_("read"))

    @column(_("Matched"))
    def matched_of(self, row: Day) -> str:
        return f"{row.matched} / {row.lines}"

    @column(_("Provider's total"))
    def theirs(self, row: Day) -> str:
        return desk.sums(list(row.totals.all()), "theirs")

    @column(_("Our total"))
    def ours(self, row: Day) -> str:
        return desk.sums(list(row.totals.all()), "ours")

    def about(self, request: HttpRequest, row: Day) -> Mapping[str, Any]:
        return desk.of_day(row)

    @act(_("Fetch again"), path="fetch-again")
    def fetch_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the next bell read the statement again."""
        day: Day = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            day,
            title=_("Fetch this statement again"),
            act=lambda _answers: commands.fetch_again(day=day, at=clock.now()),
            done=_("It is fetched within two minutes."),
        )


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    """The file as it was sent."""

    list_display = ("day", "version", "fetched_at", "raw_digest")
    list_select_related = ("day",)
    actions_detail = ("file",)
    fields = ("day", "version", "fetched_at", "raw_digest", "lines_digest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        rows: QuerySet[Statement] = super().get_queryset(request)
        return rows.defer("raw")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """It is found from its day."""
        return False

    @report(_("Download the file"), path="file")
    def file(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        name = f"{row.day.gateway}-{row.day.day:%Y-%m-%d}-{row.version}.zip"
        return HttpResponse(
            bytes(row.raw),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin):
    """The provider's word, line by line, with what comparing it has shown."""

    list_display = ("number", "refund_number", "kind", "paid", "fee", "at", "state")
    list_filter = ("finding", "kind", "currency")
    search_fields = ("number", "refund_number", "provider_number")
    ordering = ("-statement", "position")
    show_full_result_count = False
    fields = (
        "day_link",
        "position",
        "kind",
        "number",
        "refund_number",
        "provider_number",
        "paid",
        "fee",
        "at",
        "finding",
    )
    readonly_fields = ("day_link", "paid", "fee")

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The links from a day's page."""
        allowed: bool = super().lookup_allowed(lookup, value, request)
        return allowed or lookup == "statement__exact"

    @column(_("Day"))
    def day_link(self, row: Line) -> str:
        return link_to(Day.objects.filter(statements=row.statement_id).first())

    @column(_("amount"), ordering="amount_minor")
    def paid(self, row: Line) -> str:
        return desk.amount(row.amount_minor, row.currency)

    @column(_("fee"), ordering="fee_minor")
    def fee(self, row: Line) -> str:
        return desk.amount(row.fee_minor, row.currency)

    @column(_("Class"), label=COLOURS, ordering="finding")
    def state(self, row: Line) -> tuple[str, str]:
        return row.finding, str(row.get_finding_display())


class EndedFilter(admin.SimpleListFilter):
    """Open ones first: the others are history."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("gone", _("gone by itself")), ("explained", _("explained"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Difference]) -> Any:
        return queryset.filter(resolution=self.value()) if self.value() else queryset


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin):
    """Where a statement and our books differ, both sides next to each other."""

    list_display = ("name", "day", "state", "theirs", "ours", "ended", "opened_at")
    list_display_links = ("name",)
    list_filter = (EndedFilter, "finding", "kind")
    list_select_related = ("day",)
    search_fields = ("number", "refund_number", "provider_number")
    ordering = ("resolution", "-opened_at", "-pk")
    change_form_outer_before_template = "admin/reconciliation/difference.html"
    actions_detail = ("explain",)
    fields = (
        "day",
        "finding",
        "kind",
        "opened_at",
        "resolution",
        "closed_at",
        "closed_by",
        "reason",
        "note",
    )

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The links from a day's page."""
        allowed: bool = super().lookup_allowed(lookup, value, request)
        return allowed or lookup == "day__exact"

    @column(_("number"))
    def name(self, row: Difference) -> str:
        return str(row)

    @column(_("Class"), label=COLOURS, ordering="finding")
    def state(self, row: Difference) -> tuple[str, str]:
        return row.finding, str(row.get_finding_display())

    @column(_("Provider"))
    def theirs(self, row: Difference) -> str:
        return desk.amount(row.theirs_minor, row.theirs_currency)

    @column(_("Here"))
    def ours(self, row: Difference) -> str:
        return desk.amount(row.ours_minor, row.ours_currency)

    @column(
        _("State"),
        ordering="resolution",
        label={"": "warning", "gone": "default", "explained": "success"},
    )
    def ended(self, row: Difference) -> tuple[str, str]:
        return row.resolution, str(row.get_resolution_display())

    def about(self, request: HttpRequest, row: Difference) -> Mapping[str, Any]:
        return desk.of_difference(row)

    def possible_acts(self, request: HttpRequest, row: Difference) -> set[str] | None:
        """What has ended is history."""
        return set() if row.resolution else None

    @act(_("Explain and close"), path="explain", is_primary=True)
    def explain(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row: Difference = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            row,
            title=_("Explain this difference"),
            form=ExplainForm,
            act=lambda answers: commands.explain(
                difference=row,
                reason=answers["reason"],
                note=answers["note"],
                by=request.user,
                at=clock.now(),
            ),
            done=_("Explained; its task is closed."),
        )
