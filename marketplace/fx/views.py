"""One press: show prices in another currency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from marketplace.fx import commands, queries


@require_POST
def display_currency(request: HttpRequest) -> HttpResponse:
    """Remember the person's or the browser's ``currency``; go back to ``next``."""
    currency = request.POST.get("currency", "")
    if request.user.is_authenticated:
        commands.show_prices_in(user=request.user, currency=currency)
    else:
        commands.require_offered(currency)
        request.session[queries.SESSION_KEY] = currency
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """Where ``next`` points to if it stays on this site, else the shop's first page."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return str(resolve_url("marketplace:list"))
