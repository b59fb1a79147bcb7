"""The desk: pages of the admin that are read, and changed by named acts only.

Every act is a command with an author and, where money moves, a reason and a note; no
row is edited or deleted by hand, not even by a superuser.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from kernel.errors import Refusal

F = TypeVar("F", bound=Callable[..., Any])


def column(
    description: str | Promise,
    *,
    ordering: str | None = None,
    label: dict[str, str] | None = None,
) -> Callable[[F], F]:
    """A method of a :class:`ReadOnlyAdmin` that is shown as a column or a field.

    With ``label`` it returns (code, words), and the code's colour is looked up there
    (danger, warning, info, success).
    """
    shown = display(description=description, ordering=ordering, label=label)
    return cast("Callable[[F], F]", shown)


def act(
    description: str | Promise, *, path: str, is_primary: bool = False
) -> Callable[[F], F]:
    """A method of a :class:`ReadOnlyAdmin` that is an act: name it in
    ``actions_detail``. It is a button on the row's page, for those who may act."""
    variant = ActionVariant.PRIMARY if is_primary else ActionVariant.DEFAULT
    button = action(
        description=description, url_path=path, permissions=("act",), variant=variant
    )
    return cast("Callable[[F], F]", button)


def report(description: str | Promise, *, path: str) -> Callable[[F], F]:
    """A method of a :class:`ReadOnlyAdmin` that is a page of its own to be read: name
    it in ``actions_list``. It is a link above the list, for those who may see it."""
    link = action(description=description, url_path=path, permissions=("view",))
    return cast("Callable[[F], F]", link)


def link_to(row: models.Model | None, text: str = "") -> str:
    """A link to the desk's page of ``row``, by its own name or ``text``."""
    if row is None:
        return "–"
    return format_html('<a href="{}">{}</a>', page_of(row), text or str(row))


def page_of(row: models.Model) -> str:
    """The address of the desk's page of ``row``."""
    options = row._meta
    name = f"admin:{options.app_label}_{options.model_name}_change"
    return reverse(name, args=[row.pk])


# Plain widgets have no border on the desk's pages.
DRESS: Mapping[type[forms.Widget], type[forms.Widget]] = {
    forms.CheckboxInput: UnfoldBooleanWidget,
    forms.NumberInput: UnfoldAdminIntegerFieldWidget,
    forms.Select: UnfoldAdminSelectWidget,
    forms.Textarea: UnfoldAdminTextareaWidget,
    forms.TextInput: UnfoldAdminTextInputWidget,
}


def _dressed(form: forms.Form) -> forms.Form:
    """``form`` in the desk's look, where its widgets are Django's own."""
    for field in form.fields.values():
        look = DRESS.get(type(field.widget))
        if look is not None:
            field.widget = look(attrs=dict(field.widget.attrs))
            if isinstance(field, forms.ChoiceField):
                field.widget.choices = field.choices
    return form


class ReadOnlyInline(TabularInline):
    """Rows that belong to the one shown."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HistoryInline(ReadOnlyInline):
    """What happened, when, by whom and why: ``model`` is a noun's history."""

    fields = ("at", "action", "from_status", "to_status", "by", "note")
    verbose_name_plural = _("History")


class ReadOnlyAdmin(ModelAdmin):
    """Rows to be read; ``actions_detail`` names what may be done with one.

    An act is a method decorated with :func:`act`; it fetches its row with
    :meth:`row_or_404` and returns :meth:`act_page`, which asks, shows what would
    happen, and then does it.
    """

    actions = None
    list_per_page = 50
    list_disable_select_all = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may use the acts: the model's change permission, or a superuser."""
        options = self.opts
        allowed: bool = request.user.has_perm(
            f"{options.app_label}.change_{options.model_name}"
        )
        return allowed

    def possible_acts(self, request: HttpRequest, row: Any) -> Collection[str] | None:
        """Names of the acts that fit the state of ``row`` now; None is all of them."""
        return None

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only what fits: an act that would be refused is not offered."""
        acts: list[Any] = super().get_actions_detail(request, object_id)
        row = self.get_object(request, object_id) if acts else None
        if row is None:
            return []
        possible = self.possible_acts(request, row)
        if possible is None:
            return acts
        return [one for one in acts if one.method.__name__ in possible]

    def about(self, request: HttpRequest, row: Any) -> Mapping[str, Any]:
        """What the page of ``row`` shows besides its fields; for the templates."""
        return {}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        shown = dict(extra_context or {})
        if row is not None and self.has_view_permission(request, row):
            shown |= self.about(request, row)
        answer: HttpResponse = super().change_view(request, object_id, form_url, shown)
        return answer

    def row_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """The row an act is about, for somebody who may act on it."""
        if not self.has_act_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row

    def attempt(
        self, request: HttpRequest, act: Callable[[], object], done: str | Promise
    ) -> bool:
        """Do ``act``; say ``done``, or why it was refused. Whether it was done."""
        try:
            act()
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return False
        messages.success(request, str(done))
        return True

    def back(self, row: models.Model) -> HttpResponse:
        """To the page of ``row``."""
        return HttpResponseRedirect(page_of(row))

    def _list(self) -> str:
        options = self.opts
        return reverse(f"admin:{options.app_label}_{options.model_name}_changelist")

    def act_page(
        self,
        request: HttpRequest,
        row: models.Model | None,
        *,
        title: str | Promise,
        form: Callable[[Any], forms.Form] = forms.Form,
        act: Callable[[Mapping[str, Any]], object],
        done: str | Promise,
        preview: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
        template: str = "admin/desk/act.html",
    ) -> HttpResponse:
        """Ask for ``form``, show ``preview`` of its answers, and on the word, ``act``.

        ``act`` and ``preview`` get the cleaned answers; ``preview`` returns what the
        template shows besides. A refusal by either is shown as a message. Without a
        form there is nothing to ask, but the word is needed all the same: following a
        link does nothing. Without a ``row`` the act makes one, and ends at the list.
        """
        back = self._list() if row is None else page_of(row)
        asked = _dressed(form(request.POST or None))
        shown: Mapping[str, Any] = {}
        answered = asked.is_bound and asked.is_valid()
        ready = (answered or not asked.fields) and "change" not in request.POST
        if answered and ready and "confirm" in request.POST:
            self.attempt(request, lambda: act(asked.cleaned_data), done)
            return HttpResponseRedirect(back)
        if ready and preview is not None:
            try:
                shown = preview(asked.cleaned_data)
            except Refusal as refusal:
                messages.error(request, str(refusal.message))
                ready = False
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "title": str(title),
                "opts": self.opts,
                "row": row,
                "form": asked,
                "ready": ready,
                "shown": shown,
                "back": back,
            },
        )
