"""The ways to pay that exist, and which gateway carries each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.gateways import registry
from payments.models import Attempt

_GATEWAYS = {Attempt.Method.REDIRECT: "alipay", Attempt.Method.QR: "alipay"}


@dataclass(frozen=True, slots=True)
class Method:
    """One choice for the payer: its code, name, one line of help and an icon."""

    code: str
    name: str | Promise
    help: str | Promise
    icon: str


METHODS = (
    Method(
        Attempt.Method.REDIRECT,
        _("Alipay"),
        _("Sign in at Alipay and pay there. You come back here afterwards."),
        "arrow-top-right-on-square",
    ),
    Method(
        Attempt.Method.QR,
        _("Alipay QR code"),
        _("Scan a code on this screen with the Alipay app on your phone."),
        "qr-code",
    ),
)


def gateway_code(method: str) -> str:
    """The gateway that carries ``method``.

    :raises KeyError: when there is no such method.
    """
    return _GATEWAYS[Attempt.Method(method)]


def currencies_of(method: str) -> frozenset[str]:
    """What ``method`` can charge, as ISO 4217 codes."""
    return registry.KINDS[gateway_code(method)].currencies
