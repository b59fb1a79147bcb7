"""The ways to pay that exist, which gateway carries each, and on which terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.gateways import registry
from payments.gateways.port import Way
from payments.models import Attempt


class Device(StrEnum):
    """What the payer holds in their hands, as far as the browser says."""

    DESKTOP = "desktop"
    PHONE = "phone"


class AccountKind(StrEnum):
    """Who the account buys for; the values are those of the people's own rows."""

    PERSONAL = "personal"
    COMPANY = "company"


class Verification(StrEnum):
    """How far it is known who the account belongs to; values as on its row."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    MAINLAND = "verified_cn"


EVERYBODY = frozenset(AccountKind)
ANYTHING = frozenset(Device)
# Where the shop offers Alipay to the accounts that live there: our own list, by ISO
# 3166. What a wallet serves changes; so does this.
# The European Union with its neighbours.
_EUROPE = """
    AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL
    PT RO SE SI SK
"""
EUROPE = frozenset(_EUROPE.split())
NEARBY = frozenset({"CN", "HK", "MO", "TW", "SG", "MY", "TH", "JP", "KR"})
FARTHER = EUROPE | {"AU", "NZ", "US", "CA"}


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may use a method, from where and for how much; amounts in major units.

    ``countries`` of the account, None for all. ``least`` and ``most`` are what the
    method takes at once, by currency; ``by_verification`` what one account may pay
    at once, in the same currencies. A currency that is not named has no bound.
    """

    countries: frozenset[str] | None = None
    accounts: frozenset[AccountKind] = EVERYBODY
    devices: frozenset[Device] = ANYTHING
    least: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    by_verification: Mapping[Verification, Mapping[str, int]] = field(
        default_factory=dict
    )
    # Outside mainland China it opens only to accounts whose owner is known: the
    # provider lets no unverified account pay across a border (antom-api §11).
    verified_abroad: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One choice for the payer: its code, name, one line of help, icon and terms."""

    code: str
    name: str | Promise
    help: str | Promise
    icon: str
    gateway: str
    way: Way
    terms: Terms


# Alipay by browser, on whichever screen.
_ONLINE = Terms(
    countries=NEARBY | FARTHER,
    most={"CNY": 100_000_000},
    by_verification={
        Verification.UNVERIFIED: {"CNY": 5_000},
        Verification.VERIFIED: {"CNY": 50_000},
        Verification.MAINLAND: {"CNY": 200_000},
    },
    verified_abroad=True,
)
METHODS = (
    Method(
        Attempt.Method.REDIRECT,
        _("Alipay"),
        _("Sign in at Alipay and pay there. You come back here afterwards."),
        "arrow-top-right-on-square",
        "alipay",
        Way.PAGE,
        replace(_ONLINE, devices=frozenset({Device.DESKTOP})),
    ),
    Method(
        Attempt.Method.WAP,
        _("Alipay on this phone"),
        _("Pay in the Alipay app or on its page. You come back here afterwards."),
        "device-phone-mobile",
        "alipay",
        Way.PHONE,
        replace(
            _ONLINE,
            devices=frozenset({Device.PHONE}),
            accounts=frozenset({AccountKind.PERSONAL}),
        ),
    ),
    Method(
        Attempt.Method.QR,
        _("Alipay QR code"),
        _("Scan a code on this screen with the Alipay app on your phone."),
        "qr-code",
        "alipay",
        Way.CODE,
        Terms(
            countries=NEARBY,
            accounts=frozenset({AccountKind.PERSONAL}),
            most={"CNY": 100_000_000},
            by_verification={
                Verification.UNVERIFIED: {"CNY": 5_000},
                Verification.VERIFIED: {"CNY": 20_000},
                Verification.MAINLAND: {"CNY": 50_000},
            },
            verified_abroad=True,
        ),
    ),
    Method(
        Attempt.Method.TRANSFER,
        _("Bank transfer"),
        _("Send the amount from your bank with a reference. It takes a day or two."),
        "building-library",
        "bank_transfer",
        Way.TRANSFER,
        Terms(least={"CNY": 10, "USD": 2, "EUR": 2, "GBP": 2, "JPY": 200}),
    ),
)
BY_CODE: Mapping[str, Method] = {method.code: method for method in METHODS}


def gateway_code(method: str) -> str:
    """The gateway that carries ``method``.

    :raises KeyError: when there is no such method.
    """
    return BY_CODE[method].gateway


def currencies_of(method: str) -> frozenset[str]:
    """What ``method`` can charge, as ISO 4217 codes."""
    return registry.KINDS[gateway_code(method)].currencies()
