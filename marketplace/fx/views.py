"""The page of exchange rates, and one press: show prices in another currency."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from djmoney.money import Money

from kernel import clock
from kernel.money import exchange
from marketplace.fx import commands, queries
from marketplace.fx.forms import ConverterForm, currency_name
from marketplace.fx.presentation import percent, rate_text
from marketplace.fx.rates import Rates


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """Today's rates, where they come from, what we add, and a converter."""
    at = clock.now()
    standing = queries.standing(at)
    currency = queries.display_currency_of(request)
    form = _converter(request, standing.rates, currency)
    context = {
        "standing": standing,
        "fetch": queries.last_fetch(),
        "fetches": bool(settings.RATES_URL),
        "rows": _rows(standing.rates, currency),
        "currency": currency,
        "form": form,
        "answer": _answer(form, standing.rates),
        "spread": percent(settings.FX_SPREAD),
        "quote_minutes": int(settings.FX_QUOTE_TTL.total_seconds() // 60),
        "card_fee": percent(settings.CARD_FOREIGN_FEE),
        "card_source": settings.CARD_FOREIGN_FEE_SOURCE,
        "card_url": settings.CARD_FOREIGN_FEE_SOURCE_URL,
        "max_days": settings.FX_MAX_AGE.days,
    }
    return render(request, "fx/rates.html", context)


def _converter(request: HttpRequest, known: Rates, currency: str) -> ConverterForm:
    """The form as it was sent, or with an amount to start from."""
    codes = _in_order(known)
    if "amount" in request.GET:
        return ConverterForm(request.GET, codes=codes)
    source = next(one for one in settings.DISPLAY_CURRENCIES if one != currency)
    start = {"amount": 100, "source": source, "target": currency}
    return ConverterForm(initial=start, codes=codes)


def _answer(form: ConverterForm, known: Rates) -> dict[str, Any] | None:
    """The amount by the reference rate, and what checkout would quote with spread."""
    if not form.is_bound or not form.is_valid():
        return None
    source, target = form.cleaned_data["source"], form.cleaned_data["target"]
    mid = known.cross(source, target)
    about: Money = exchange(form.given, mid, target)
    quoted = exchange(form.given, commands.with_spread(mid, settings.FX_SPREAD), target)
    return {
        "given": form.given,
        "about": about,
        "same": source == target,
        "quoted": quoted,
        "costs": quoted - about,
        "source": source,
        "target": target,
        "rate": rate_text(mid),
    }


def _rows(known: Rates, currency: str) -> list[dict[str, str]]:
    """Each other currency against ``currency``, both ways."""
    return [
        {
            "code": code,
            "name": currency_name(code),
            "buys": rate_text(known.cross(code, currency)),
            "costs": rate_text(known.cross(currency, code)),
        }
        for code in _in_order(known)
        if code != currency
    ]


def _in_order(known: Rates) -> list[str]:
    """Our own currencies first, then the rest of the ECB's by code."""
    ours: list[str] = [c for c in settings.DISPLAY_CURRENCIES if c in known.per_euro]
    return ours + sorted(set(known.per_euro) - set(ours))


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
