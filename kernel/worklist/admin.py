"""The desk's door to tasks: what is to be done, by when, and how it ended."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.desk import ReadOnlyAdmin, act, column, link_to
from kernel.worklist import commands, kinds
from kernel.worklist.models import Task


class ClosingForm(forms.Form):
    """What was done about it."""

    note = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenFilter(admin.SimpleListFilter):
    """Open ones first: closed ones are history."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("closed", _("closed")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value()
        for value, label in ((None, _("open")), *self.lookup_choices):
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.filter(closed_at__isnull=self.value() != "closed")


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    """Work that waits for a person, the most urgent first."""

    list_display = ("kind_label", "subject", "queue_label", "due_at", "opened_at")
    list_filter = (OpenFilter, "queue")
    search_fields = ("subject", "key")
    ordering = ("due_at", "pk")
    actions_detail = ("close", "try_again")
    fields = (
        "kind_label",
        "meaning",
        "about_link",
        "detail",
        "queue",
        "opened_at",
        "due_at",
        "tries",
        "retry_at",
        "closed_at",
        "closed_by",
        "closing_note",
    )
    readonly_fields = ("kind_label", "meaning", "about_link")

    @column(_("Task"), ordering="kind")
    def kind_label(self, row: Task) -> str:
        return str(kinds.kind_of(row.kind).label)

    @column(
        _("Queue"),
        ordering="queue",
        label={
            Task.Queue.FINANCE: "success",
            Task.Queue.SUPPORT: "info",
            Task.Queue.RISK: "danger",
            Task.Queue.OPERATIONS: "warning",
        },
    )
    def queue_label(self, row: Task) -> tuple[str, str]:
        return row.queue, str(row.get_queue_display())

    @column(_("What that means"))
    def meaning(self, row: Task) -> str:
        return str(kinds.kind_of(row.kind).help)

    @column(_("About"))
    def about_link(self, row: Task) -> str:
        if not row.subject_model:
            return "–"
        model = apps.get_model(row.subject_model)
        if not self.admin_site.is_registered(model):
            return row.subject
        return link_to(model._default_manager.filter(pk=row.subject_pk).first())

    def possible_acts(self, request: HttpRequest, row: Task) -> set[str]:
        """Closed tasks are history; only what was set aside can be tried again."""
        if not row.is_open:
            return set()
        return {"close"} if row.retry_at is None else {"close", "try_again"}

    @act(_("Close"), path="close", is_primary=True)
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what was done; it is off the list then."""
        task: Task = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            task,
            title=_("Close this task"),
            form=ClosingForm,
            act=lambda answers: commands.close_task(
                task=task, by=request.user, note=answers["note"], at=clock.now()
            ),
            done=_("Closed."),
        )

    @act(_("Try again now"), path="try-again")
    def try_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let the next bell try the row that was set aside."""
        task: Task = self.row_or_404(request, object_id)
        return self.act_page(
            request,
            task,
            title=_("Try again now"),
            act=lambda _answers: commands.retry_now(task=task, at=clock.now()),
            done=_("It is tried again within the minute."),
        )
