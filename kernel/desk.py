"""The desk: pages of the admin that are read, and changed by named acts only.

Every act is a command with an author and, where money moves, a reason and a note; no
row is edited or deleted by hand, not even by a superuser.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from unfold.admin import ModelAdmin

from kernel.errors import Refusal


class ReadOnlyAdmin(ModelAdmin):
    """Rows to be read; ``actions_detail`` names what may be done with one.

    An act is a method decorated with ``unfold.decorators.action``; it fetches its row
    with :meth:`row_or_404` and either calls :meth:`attempt` and :meth:`back`, or
    returns :meth:`act_page`, which asks, shows what would happen, and then does it.
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
        options = self.opts
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[row.pk]))

    def act_page(
        self,
        request: HttpRequest,
        row: models.Model,
        *,
        title: str | Promise,
        form: type[forms.Form],
        act: Callable[[Mapping[str, Any]], object],
        done: str | Promise,
        preview: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
        template: str = "admin/desk/act.html",
    ) -> HttpResponse:
        """Ask for ``form``, show ``preview`` of its answers, and on the word, ``act``.

        ``act`` and ``preview`` get the cleaned answers; ``preview`` returns what the
        template shows besides. A refusal by either is shown as a message.
        """
        asked = form(request.POST or None)
        shown: Mapping[str, Any] = {}
        ready = asked.is_bound and asked.is_valid() and "change" not in request.POST
        if ready and "confirm" in request.POST:
            self.attempt(request, lambda: act(asked.cleaned_data), done)
            return self.back(row)
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
                "subtitle": str(row),
                "opts": self.opts,
                "row": row,
                "form": asked,
                "ready": ready,
                "shown": shown,
            },
        )
