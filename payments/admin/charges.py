"""The desk's window on charges, each with its story."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from kernel.desk import HistoryInline, ReadOnlyAdmin, ReadOnlyInline, column
from payments.admin.states import state
from payments.desk_filters import OddityFilter
from payments.models import Attempt, Charge, ChargeMove
from payments.story import story_of


class ChargeHistory(HistoryInline):
    model = ChargeMove


class AttemptsInline(ReadOnlyInline):
    model = Attempt
    show_change_link = True
    verbose_name_plural = _("Attempts")
    fields = ("number", "method", "status", "is_stray", "started_at", "last_answer")


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
