"""Which ways to pay are open to a shopper, and what would open the others.

Pure rules over a frozen set of facts: no clock, no database, no request. A network
address is no fact of these: where somebody seems to be never closes a method.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_countries import countries

from kernel.money import from_minor, money, to_minor
from kernel.templatetags.ui import money_text
from kernel.texts import listed
from payments.advice import BY_CODE, NEXT, Advice, Retry
from payments.gateways.port import Way
from payments.methods import (
    METHODS,
    AccountKind,
    Device,
    Method,
    Verification,
    currencies_of,
)

MAINLAND = "CN"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a shopper and a payment. None: not asked about."""

    country: str
    account: AccountKind = AccountKind.PERSONAL
    verification: Verification = Verification.UNVERIFIED
    currency: str | None = None
    amount_minor: int | None = None
    device: Device | None = None
    # Gateways that do not answer now.
    down: frozenset[str] = frozenset()
    # What gateways say themselves, by their code: ways, "" for open, else why not.
    # A way that is missing does not exist here; a gateway that is was not asked.
    consulted: Mapping[str, Mapping[Way, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a method cannot be used, and what would make it usable.

    ``code`` is a class of :mod:`payments.advice` where one fits.
    """

    code: str
    reason: str
    remedy: str

    @property
    def explained(self) -> str:
        """Where its class is explained; "" without one."""
        return f"{reverse('payments:help')}#{self.code}" if self.code in BY_CODE else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A method as it stands for one shopper; usable without hindrances."""

    method: Method
    hindrances: tuple[Hindrance, ...]

    @property
    def is_usable(self) -> bool:
        return not self.hindrances

    @property
    def code(self) -> str:
        return self.method.code

    @property
    def name(self) -> str | Promise:
        return self.method.name

    @property
    def help(self) -> str | Promise:
        return self.method.help

    @property
    def icon(self) -> str:
        return self.method.icon


@dataclass(frozen=True, slots=True)
class Choice:
    """Offers as a page shows them; ``chosen`` is "" when none can be used."""

    usable: tuple[Offer, ...]
    others: tuple[Offer, ...]
    chosen: str


def choice(of: Iterable[Offer], *, wanted: str = "") -> Choice:
    """Offers ``of`` which a payer chooses; ``wanted`` is preset if it can be used."""
    sorted_out = tuple(of)
    usable = tuple(one for one in sorted_out if one.is_usable)
    codes = [one.code for one in usable]
    return Choice(
        usable,
        tuple(one for one in sorted_out if not one.is_usable),
        wanted if wanted in codes else next(iter(codes), ""),
    )


def offers(facts: Facts, methods: Iterable[Method] = METHODS) -> list[Offer]:
    """Every method as it stands for ``facts``, usable ones first."""
    all_of_them = [offer(method, facts) for method in methods if _exists(method, facts)]
    return sorted(all_of_them, key=lambda one: not one.is_usable)


def offer(method: Method, facts: Facts) -> Offer:
    """``method`` as it stands for ``facts``, all its hindrances together."""
    return Offer(method, tuple(_hindrances(method, facts)))


def _exists(method: Method, facts: Facts) -> bool:
    ways = facts.consulted.get(method.gateway)
    return ways is None or method.way in ways


def _hindrances(method: Method, facts: Facts) -> Iterator[Hindrance]:
    for_good = [rule(method, facts) for rule in (_region, _account)]
    if any(for_good):
        # These stand alone: where nothing opens a method, no remedy may say that it
        # would ("verify who you are").
        yield from filter(None, for_good)
        return
    for rule in (_identity, _currency, _amount, _level, _device):
        found = rule(method, facts)
        if found is not None:
            yield found
    said = facts.consulted.get(method.gateway, {}).get(method.way, "")
    if said:
        yield _as_advised(BY_CODE[said])
    if method.gateway in facts.down:
        yield Hindrance(
            "network",
            _("It does not answer at the moment."),
            _("Try again in a minute; your order waits."),
        )


def _as_advised(reason: Advice) -> Hindrance:
    """What the gateway says itself, in the words of the failure it would lead to."""
    is_hopeless = reason.retry is Retry.NO
    remedy = NEXT[Retry.OTHER_METHOD] if is_hopeless else NEXT[reason.retry]
    return Hindrance(reason.code, reason.text(), str(remedy))


def _region(method: Method, facts: Facts) -> Hindrance | None:
    if method.terms.countries is None or facts.country in method.terms.countries:
        return None
    return Hindrance(
        "region_restricted",
        _("It is not offered to accounts in %(country)s.")
        % {"country": country_name(facts.country)},
        _("Another method on this list may be open to you."),
    )


def _account(method: Method, facts: Facts) -> Hindrance | None:
    if facts.account in method.terms.accounts:
        return None
    return Hindrance(
        "account_kind",
        _("It is for personal accounts; yours buys for a company."),
        _("Company accounts pay by another method on this list."),
    )


def _identity(method: Method, facts: Facts) -> Hindrance | None:
    needs_it = method.terms.verified_abroad and facts.country != MAINLAND
    if not needs_it or facts.verification is not Verification.UNVERIFIED:
        return None
    return Hindrance(
        "account_unverified",
        _("Outside mainland China it opens only to verified accounts."),
        _("Verify who you are; then you can use it."),
    )


def _currency(method: Method, facts: Facts) -> Hindrance | None:
    charged = currencies_of(method.code)
    if facts.currency is None or facts.currency in charged:
        return None
    return Hindrance(
        "currency_mismatch",
        _("It cannot charge %(currency)s.") % {"currency": facts.currency},
        _("It opens to orders paid in %(currencies)s.")
        % {"currencies": listed(sorted(charged))},
    )


def _amount(method: Method, facts: Facts) -> Hindrance | None:
    if facts.amount_minor is None or facts.currency is None:
        return None
    least = _minor(method.terms.least.get(facts.currency), facts.currency)
    most = _minor(method.terms.most.get(facts.currency), facts.currency)
    if least is not None and facts.amount_minor < least:
        return Hindrance(
            "amount_out_of_range",
            _("It takes %(amount)s or more.") % {"amount": _shown(least, facts)},
            _("For less, choose another method."),
        )
    if most is not None and facts.amount_minor > most:
        return Hindrance(
            "amount_out_of_range",
            _("It takes %(amount)s at most.") % {"amount": _shown(most, facts)},
            _("Split the order, or choose another method."),
        )
    return None


def _level(method: Method, facts: Facts) -> Hindrance | None:
    if facts.amount_minor is None or facts.currency is None:
        return None
    limit = level_limit(method, facts)
    if limit is None or facts.amount_minor <= limit:
        return None
    return Hindrance(
        "limit_exceeded",
        _("Your account may pay %(amount)s at once by it.")
        % {"amount": _shown(limit, facts)},
        _what_raises(method, facts),
    )


def _what_raises(method: Method, facts: Facts) -> str:
    """Verifying, when that would be enough; else a smaller amount or another way."""
    for level in (Verification.VERIFIED, Verification.MAINLAND):
        limit = level_limit(method, replace(facts, verification=level))
        assert facts.amount_minor is not None
        if limit is not None and facts.amount_minor <= limit:
            if level is Verification.VERIFIED:
                return _("Verified accounts may pay up to %(amount)s.") % {
                    "amount": _shown(limit, facts)
                }
            return _("Accounts verified in mainland China: up to %(amount)s.") % {
                "amount": _shown(limit, facts)
            }
    return _("Split the order, or choose another method.")


def _device(method: Method, facts: Facts) -> Hindrance | None:
    if facts.device is None or facts.device in method.terms.devices:
        return None
    if facts.device is Device.DESKTOP:
        return Hindrance(
            "device",
            _("It is made for phones."),
            _("Open this page in the browser of your phone."),
        )
    return Hindrance(
        "device",
        _("It is made for large screens."),
        _("On this phone, choose the method that opens Alipay's app."),
    )


def level_limit(method: Method, facts: Facts) -> int | None:
    """What the account may pay at once by ``method``, in minor units, if bounded."""
    assert facts.currency is not None
    by_currency = method.terms.by_verification.get(facts.verification, {})
    return _minor(by_currency.get(facts.currency), facts.currency)


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code where there is none."""
    return str(countries.name(code)) or code


def _minor(major: int | None, currency: str) -> int | None:
    return None if major is None else to_minor(money(major, currency))


def _shown(minor: int, facts: Facts) -> str:
    return money_text(from_minor(minor, str(facts.currency)))
