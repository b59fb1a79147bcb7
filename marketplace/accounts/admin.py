"""The desk's door to people: read only; an identity check is recorded by an act."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from kernel import clock
from kernel.desk import ReadOnlyAdmin, ReadOnlyInline, act
from marketplace.accounts import commands
from marketplace.accounts.models import IdentityCheck, User


class IdentityForm(forms.Form):
    """What is known now, and what was looked at."""

    level = forms.ChoiceField(
        label=_("Identity"),
        choices=User.Verification,
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=_("Why"),
        help_text=_("Which document was seen, or why it does not count any more."),
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


class ChecksInline(ReadOnlyInline):
    model = IdentityCheck
    fk_name = "user"
    verbose_name_plural = _("Identity checks")
    fields = ("at", "before", "after", "by", "note")


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who shops and sells here, and how far it is known who they are."""

    list_display = ("name", "email", "country", "account_kind", "verification")
    list_filter = ("verification", "account_kind", "is_staff")
    search_fields = ("name", "email")
    ordering = ("name",)
    inlines = (ChecksInline,)
    actions_detail = ("record_identity",)
    fields = (
        "name",
        "email",
        "country",
        "account_kind",
        "verification",
        "language",
        "date_joined",
        "is_active",
        "is_staff",
    )

    @act(_("Record an identity check"), path="identity", is_primary=True)
    def record_identity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user: User = self.row_or_404(request, object_id)
        officer: Any = request.user
        return self.act_page(
            request,
            user,
            title=_("Record an identity check"),
            form=IdentityForm,
            act=lambda answers: commands.record_identity(
                user=user,
                level=answers["level"],
                note=answers["note"],
                by=officer,
                at=clock.now(),
            ),
            done=_("Recorded."),
        )
