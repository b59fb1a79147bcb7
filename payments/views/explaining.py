"""Pages that explain: why payments fail, and who can pay by what."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_countries import countries

from kernel.money import money
from payments import shoppers
from payments.advice import TABLE
from payments.availability import Facts, Offer, country_name, offers
from payments.forms import ShopperForm
from payments.methods import AccountKind, Verification, currencies_of

# Where a visitor without an account is looked at from, until they pick a country.
HOME = "CN"


@require_GET
def failures(request: HttpRequest) -> HttpResponse:
    """When a payment fails: every class of failure, and the way on."""
    context = {"rows": [row.shown() for row in TABLE]}
    return render(request, "payments/help.html", context)


@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    """Payment methods in your region: for the own account, or any that one picks."""
    own = _own(request)
    form = ShopperForm(request.GET, own=own)
    facts = form.facts
    asked = replace(facts, consulted=shoppers.consulted(facts))
    seen_from = shoppers.network_country(request.headers)
    is_own = request.user.is_authenticated and facts == own
    context = {
        "facts": facts,
        "is_own": is_own,
        "country": country_name(facts.country),
        "countries": countries,
        "accounts": list(AccountKind),
        "levels": list(Verification),
        "rows": [_row(offer, facts) for offer in offers(asked)],
        "seen_from": country_name(seen_from)
        if is_own and seen_from and seen_from != facts.country
        else "",
    }
    return render(request, "payments/methods.html", context)


def _own(request: HttpRequest) -> Facts:
    down = shoppers.down_now()
    if request.user.is_authenticated:
        return shoppers.facts_of(request.user, down=down)
    return Facts(country=HOME, down=down)


def _row(offer: Offer, facts: Facts) -> dict[str, Any]:
    """A method with its bounds: what it takes, and what this account may pay by it."""
    terms = offer.method.terms
    level = terms.by_verification.get(facts.verification, {})
    return {
        "offer": offer,
        "currencies": sorted(currencies_of(offer.method.code)),
        "devices": terms.devices,
        "least": [money(amount, code) for code, amount in terms.least.items()],
        "most": [money(amount, code) for code, amount in terms.most.items()],
        "level": [money(amount, code) for code, amount in level.items()],
    }
