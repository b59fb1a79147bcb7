"""Tries to pay: starting, reusing and replacing attempts. At most one is live."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.db import command, outside_transaction
from kernel.errors import Refusal
from kernel.lifecycle import CannotMove
from kernel.money import to_minor
from kernel.templatetags.ui import moment_text, zone_text
from payments import advice, availability, qr, queries, shoppers, troubles
from payments.commands import alarms
from payments.commands.asking import end_attempt
from payments.commands.capture import next_date
from payments.commands.charges import ChargeNotOpen
from payments.gateways import health, registry
from payments.gateways.port import (
    GatewayError,
    GatewayRejected,
    PaymentRequest,
    Way,
)
from payments.lifecycle import ATTEMPTS
from payments.methods import BY_CODE, Method
from payments.models import Attempt, Charge

log = logging.getLogger(__name__)

# Less is no time to pay in, and gateways refuse it.
SHORTEST_ATTEMPT = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# The one that is there, the one that replaces it, and one for bad luck.
ROUNDS = 3


class TooManyAttempts(Refusal):
    """The caps of rules §5.2 are reached."""

    code = "too_many_attempts"


class GatewayDown(Refusal):
    """The gateway does not answer, or refuses us: no money has moved.

    ``failure`` names the class of advice (:mod:`payments.advice`), where one fits.
    """

    code = "gateway_down"

    def __init__(self, message: str | Promise, failure: str = "") -> None:
        super().__init__(message)
        self.failure = failure


class MethodUnavailable(Refusal):
    """The payer's account, or the amount, is not one that the method takes."""

    code = "method_unavailable"


class AttemptReplaced(Refusal):
    """Somebody started another payment of the same charge at the same moment."""

    code = "attempt_replaced"


@outside_transaction
def start_attempt(
    *, charge: Charge, method: str, at: datetime, seen_from: str = ""
) -> Attempt:
    """A live attempt to pay ``charge`` by ``method``: the present one, or a new one.

    A live attempt by another method, or one whose time is over, is closed at the
    gateway first; where no new one may start, it is left alone. Killed half-way, the
    next call goes on with the same number.

    :param seen_from: the country of the payer's network address, kept for risk alone.
    :raises ChargeNotOpen: paid (perhaps just now), closed, or its time is over.
    :raises MethodUnavailable: not open to this account, or for this amount.
    :raises TooManyAttempts: by count, or in this hour.
    :raises GatewayDown: nothing certain came back; trying again is safe.
    :raises AttemptReplaced: another start won.
    """
    for _round in range(ROUNDS):
        attempt = _live_or_new(charge.pk, method=method, at=at, seen_from=seen_from)
        if attempt.method == method and attempt.expires_at >= at + SHORTEST_ATTEMPT:
            return (
                attempt
                if attempt.status == Attempt.Status.LIVE
                else _go_live(attempt, at=at)
            )
        _require_room(attempt.charge, at)
        _end_or_refuse(attempt, at=at)
    raise AttemptReplaced(_("Another payment was started meanwhile."))


@outside_transaction
def renew_attempt(*, attempt: Attempt, at: datetime) -> Attempt:
    """A fresh attempt in place of ``attempt``, by the same method ("New code").

    Safe to repeat: when ``attempt`` is replaced already, its successor is returned.
    Refusals as :func:`start_attempt`.
    """
    current = Attempt.objects.select_related("charge").get(pk=attempt.pk)
    if current.is_live and current.charge.status == Charge.Status.OPEN:
        _require_offered(current.charge, current.method)
        _require_room(current.charge, at)
        _end_or_refuse(current, at=at)
    return start_attempt(charge=current.charge, method=current.method, at=at)


def _end_or_refuse(attempt: Attempt, *, at: datetime) -> None:
    if not end_attempt(attempt=attempt, at=at):
        raise GatewayDown(
            _(
                "Alipay does not answer, so the payment you started cannot be "
                "replaced safely. Nothing was charged. Try again in a moment."
            ),
            failure="network",
        )


@command
def _live_or_new(
    charge_id: int, *, method: str, at: datetime, seen_from: str
) -> Attempt:
    """The live attempt of an open charge, or a fresh one with the next number."""
    charge = (
        Charge.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payer")
        .get(pk=charge_id)
    )
    _require_open(charge, at)
    _require_offered(charge, method)
    live = queries.live_attempt(charge)
    if live is not None:
        live.charge = charge
        return live
    _require_room(charge, at)
    chosen = BY_CODE[method]
    if chosen.way is Way.TRANSFER:
        _make_time(charge, at=at)
    last = charge.attempts.order_by("-counter").values_list("counter", flat=True)
    counter = (last.first() or 0) + 1
    expires_at = _end_of(charge, chosen, at=at)
    return Attempt.objects.create(
        charge=charge,
        number=f"{charge.reference}-{counter}",
        counter=counter,
        gateway=chosen.gateway,
        method=method,
        amount=charge.amount,
        seen_from=seen_from,
        started_at=at,
        expires_at=expires_at,
        query_at=next_date(
            chosen.gateway, started_at=at, expires_at=expires_at, at=at, live=True
        ),
    )


def _make_time(charge: Charge, *, at: datetime) -> None:
    """A transfer takes days: the first one gives its charge that time, once."""
    ends = at + settings.BANK_TRANSFER_WINDOW
    was_tried = charge.attempts.filter(method=Attempt.Method.TRANSFER).exists()
    if ends > charge.expires_at and not was_tried:
        charge.expires_at = charge.close_at = ends
        charge.save(update_fields=["expires_at", "close_at"])


def _end_of(charge: Charge, chosen: Method, *, at: datetime) -> datetime:
    """T2: a code or a page is good for minutes, a transfer as long as its charge."""
    ends = [charge.expires_at]
    if chosen.way is not Way.TRANSFER:
        ends.append(at + settings.PAYMENT_ATTEMPT_TTL)
    longest = registry.KINDS[chosen.gateway].longest(chosen.way)
    if longest is not None:
        ends.append(at + longest)
    # Gateways know whole seconds only: both sides mean the same moment.
    return min(ends).replace(microsecond=0)


def _require_open(charge: Charge, at: datetime) -> None:
    if charge.status == Charge.Status.PAID:
        raise ChargeNotOpen(_("This is paid already. You are not charged again."))
    if charge.status == Charge.Status.CLOSED:
        raise ChargeNotOpen(_("This payment is closed. Nothing was charged."))
    if charge.is_closing:
        raise ChargeNotOpen(_("This payment is being closed."))
    if charge.expires_at < at + SHORTEST_ATTEMPT:
        raise ChargeNotOpen(_("The time to pay is over. Nothing was charged."))


def _require_offered(charge: Charge, method: str) -> None:
    offer = availability.offer(BY_CODE[method], shoppers.facts_of_charge(charge))
    if not offer.is_usable:
        why = offer.hindrances[0]
        raise MethodUnavailable(f"{why.reason} {why.remedy}")


def _require_room(charge: Charge, at: datetime) -> None:
    """Failed attempts never reached a payer, and money for nothing is no try."""
    tried = charge.attempts.exclude(status=Attempt.Status.FAILED)
    starts = list(
        tried.filter(is_stray=False)
        .order_by("-started_at")
        .values_list("started_at", flat=True)
    )
    if len(starts) >= settings.MAX_ATTEMPTS_PER_CHARGE:
        raise TooManyAttempts(
            _("This payment was started too often. Order again to pay.")
        )
    full = len(starts) >= settings.MAX_ATTEMPTS_PER_HOUR
    if full and (free_at := starts[settings.MAX_ATTEMPTS_PER_HOUR - 1] + HOUR) > at:
        raise TooManyAttempts(
            gettext(
                "Started too often within an hour. You can start again at %(time)s."
            )
            % {"time": f"{moment_text(free_at)} {zone_text(free_at)}"}
        )


def _go_live(attempt: Attempt, *, at: datetime) -> Attempt:
    """Announce a prepared attempt to its gateway and open it to the payer."""
    try:
        values = _opened(attempt)
    except GatewayRejected as refusal:
        raise _refused(attempt, refusal, at=at) from refusal
    except GatewayError as failure:
        log.error("payment %s could not be started: %s", attempt.number, failure)
        raise GatewayDown(
            _("Alipay cannot be reached now. Nothing was charged. Try again later.")
        ) from failure
    _move_if_starting(attempt, "go_live", at=at, **values)
    alarms.calm(gateway=attempt.gateway, at=at)
    current = Attempt.objects.select_related("charge").get(pk=attempt.pk)
    if current.status != Attempt.Status.LIVE:
        raise AttemptReplaced(_("Another payment was started meanwhile."))
    return current


def _refused(
    attempt: Attempt, refusal: GatewayRejected, *, at: datetime
) -> GatewayDown:
    """The gateway's final no is kept with its class, and told to payer and desk."""
    log.error("payment %s was refused at its start: %s", attempt.number, refusal)
    reason = advice.advice_on(refusal.code)
    kept = {"last_answer": str(refusal)[:200], "failure": reason.code}
    _move_if_starting(attempt, "fail", at=at, **kept)
    alarms.raise_alarm(attempt=attempt, refusal=refusal, at=at)
    facts = troubles.facts_of(attempt.charge, attempt.method)
    return GatewayDown(reason.text(**facts), reason.code)


def _opened(attempt: Attempt) -> dict[str, Any]:
    """What the gateway has made of a prepared attempt, as columns of its row."""
    gateway = registry.gateway(attempt.gateway)
    way = BY_CODE[attempt.method].way
    status = settings.ORIGIN + reverse(
        "payments:status", args=[attempt.charge.reference]
    )
    request = PaymentRequest(
        number=attempt.number,
        way=way,
        amount_minor=to_minor(attempt.amount),
        currency=str(attempt.amount.currency),
        subject=attempt.charge.subject,
        expires_at=attempt.expires_at,
        notify_url=settings.ORIGIN + reverse("payments:notify", args=[gateway.code]),
        return_url=settings.ORIGIN + reverse("payments:return"),
        leave_url=f"{status}?left=1",
    )
    if way is Way.CODE:
        with health.watched(attempt.gateway):
            started = gateway.start(request)
    else:
        started = gateway.start(request)
    return {
        "redirect_url": started.redirect_url,
        "qr_payload": started.qr_payload,
        "qr_svg": qr.svg(started.qr_payload) if started.qr_payload else "",
        "remittance": started.remittance,
        "provider_number": started.provider_number,
        "expires_at": started.expires_at or attempt.expires_at,
    }


def _move_if_starting(
    attempt: Attempt, action: str, *, at: datetime, **values: Any
) -> None:
    """A double click, or the other process, may have been faster: that is fine."""
    try:
        ATTEMPTS.move([attempt.pk], action, at=at, **values)
    except CannotMove:
        log.info("payment %s has moved on before %s", attempt.number, action)
