"""A person's own pages: profile and addresses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts import queries
from marketplace.accounts.forms import AddressForm, ProfileForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, country, currency, mails; and the address book."""
    person: Any = request.user
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("people:profile")
    addresses = queries.addresses_of(person)
    return render(
        request, "accounts/profile.html", {"form": form, "addresses": addresses}
    )


@login_required
def address_add(request: HttpRequest) -> HttpResponse:
    """A new address; ``next`` leads back to where it was missing."""
    person: Any = request.user
    form = AddressForm(
        request.POST or None,
        initial={"recipient": person.name, "country": person.country},
    )
    form.instance.user = person
    return _save_or_show(request, form, _("New address"))


@login_required
def address_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an address of one's own."""
    person: Any = request.user
    address = queries.address_for(pk, person)
    form = AddressForm(request.POST or None, instance=address)
    return _save_or_show(request, form, _("Change address"))


@login_required
@require_POST
def address_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an address; orders keep their own copy."""
    person: Any = request.user
    queries.address_for(pk, person).delete()
    messages.success(request, _("The address is removed."))
    return redirect("people:profile")


def _save_or_show(request: HttpRequest, form: AddressForm, title: str) -> HttpResponse:
    back = _safe_next(request)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(back or "people:profile")
    context = {"form": form, "title": title, "next": back}
    return render(request, "accounts/address.html", context)


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else ""
