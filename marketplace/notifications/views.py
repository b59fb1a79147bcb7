"""The inbox: what a person was told."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from marketplace.notifications import commands, queries

PAGE_SIZE = 30


@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Everything the person was told, newest first."""
    person: Any = request.user
    page = Paginator(queries.notices_of(person), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    unread = queries.unread_for(request)
    return render(request, "notifications/list.html", {"page": page, "unread": unread})


@login_required
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    person: Any = request.user
    notice = get_object_or_404(queries.notices_of(person), pk=pk)
    commands.mark_read(user=person, at=clock.now(), ids=[notice.pk])
    return redirect(notice.path)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    person: Any = request.user
    commands.mark_read(user=person, at=clock.now())
    return redirect("notifications:list")
