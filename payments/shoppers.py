"""The facts of a shopper that ways to pay depend on, gathered for the pure rules.

A person's row is the accounts' own; payments reads three plain values of it.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from kernel.money import to_minor
from payments.availability import Facts
from payments.gateways import health, registry
from payments.gateways.port import GatewayRejected, GatewayUnknown, Question, Way
from payments.methods import METHODS, AccountKind, Device, Verification
from payments.models import Charge


def facts_of(user: Any, **known: Any) -> Facts:
    """What ``user``'s account says, and what is ``known`` of the payment besides."""
    return Facts(
        country=str(user.country),
        account=AccountKind(user.account_kind),
        verification=Verification(user.verification),
        **known,
    )


def facts_of_charge(charge: Charge, **known: Any) -> Facts:
    """The payer's account and the amount of ``charge``."""
    amount = charge.amount
    return facts_of(
        charge.payer,
        currency=str(amount.currency),
        amount_minor=to_minor(amount),
        **known,
    )


def down_now() -> frozenset[str]:
    """The gateways that do not answer right now."""
    return health.down({method.gateway for method in METHODS})


def consulted(facts: Facts) -> dict[str, Mapping[Way, str]]:
    """What each gateway says itself about ways to pay for ``facts``."""
    question = Question(facts.country, facts.currency, facts.amount_minor)
    return {code: _consulted(code, question) for code in registry.KINDS}


def _consulted(code: str, question: Question) -> Mapping[Way, str]:
    try:
        return registry.gateway(code).consult(question)
    except GatewayRejected:
        # Not set up: its methods are shown, and said to be unavailable.
        return dict.fromkeys(Way, "config")
    except GatewayUnknown:
        # Whether it is down is found out elsewhere; starting decides.
        return dict.fromkeys(Way, "")


def device_of(headers: Mapping[str, str]) -> Device:
    """A phone when the browser says so; everything else has room for a desktop's page.

    :param headers: of the request, as :attr:`django.http.HttpRequest.headers`.
    """
    hint = headers.get("Sec-CH-UA-Mobile", "")
    is_phone = hint == "?1" or (not hint and "Mobi" in headers.get("User-Agent", ""))
    return Device.PHONE if is_phone else Device.DESKTOP


def network_country(headers: Mapping[str, str]) -> str:
    """Where the network address seems to be, by the proxy in front; "" unknown.

    Never a reason to close a method: people travel. It is kept with the payment for
    whoever judges its risk.
    """
    name = settings.COUNTRY_HEADER
    country = headers.get(name, "").upper() if name else ""
    is_code = len(country) == 2 and country.isascii() and country.isalpha()
    return country if is_code and country not in {"XX", "T1"} else ""
