"""What hinders a payment right now: the advice that fits where it stands."""

from typing import Any

from kernel.money import money
from kernel.templatetags.ui import moment_text, money_text, zone_text
from kernel.texts import listed
from payments.advice import BY_CODE, UNHEARD, Advice, Retry, advice_on
from payments.methods import BY_CODE as METHODS
from payments.methods import currencies_of
from payments.models import Attempt, Charge
from payments.standing import Stage, Standing

# What a payer may tell us of a payment that waits, beside what Alipay told them alone.
LEFT, CAME_BACK = "user_cancelled", "processing"
_MAY_BE_TOLD = frozenset({LEFT, CAME_BACK, *(row.code for row in UNHEARD)})


def shown(code: str, charge: Charge, *, method: str = "") -> dict[str, Any] | None:
    """The advice ``code`` in the words of ``charge``; None without one.

    :param method: by which it was tried, if it was.
    """
    return BY_CODE[code].shown(**facts_of(charge, method)) if code else None


def facts_of(charge: Charge, method: str) -> dict[str, str]:
    """What advice speaks of; what is not known is left to its general words."""
    ends, currency = charge.expires_at, str(charge.amount.currency)
    facts = {
        "until": f"{moment_text(ends)} {zone_text(ends)}",
        "currency": currency,
    }
    if method not in METHODS:
        return facts
    others = currencies_of(method) - {currency}
    if others:
        facts["alternative"] = listed(sorted(others))
    terms = METHODS[method].terms
    for name, bounds in (("least", terms.least), ("most", terms.most)):
        if currency in bounds:
            facts[name] = money_text(money(bounds[currency], currency))
    return facts


def trouble_of(standing: Standing, *, told: str = "") -> dict[str, Any] | None:
    """What the payer must know besides the stage; None when all is as it should be.

    :param told: a class of failure by the payer's own word: what Alipay said to them,
        or that they left, or came back. Believed in nothing, and shown to them alone.
    """
    method = standing.attempt.method if standing.attempt else ""
    return shown(_code(standing, told), standing.charge, method=method)


def unheard_of(standing: Standing) -> tuple[Advice, ...]:
    """What Alipay may be telling the payer now that we do not hear of."""
    attempt = standing.attempt
    waits = standing.stage is Stage.WAITING and attempt is not None
    return UNHEARD if waits and attempt and not attempt.remittance else ()


def way_on(standing: Standing, *, told: str) -> str:
    """What a payer whom Alipay refuses does first: try ``again``, ``renew`` the
    payment, take an ``other`` method, or go to their ``order``. "" where it did not."""
    code = _code(standing, told)
    row = next((one for one in unheard_of(standing) if one.code == code), None)
    if row is None:
        return ""
    if row.renews:
        return "renew"
    ways = {Retry.YES: "again", Retry.OTHER_METHOD: "other"}
    return ways.get(row.retry, "order")


def _code(standing: Standing, told: str) -> str:
    attempt = standing.attempt
    if attempt is None:
        return ""
    if standing.stage is Stage.EXPIRED:
        return "expired"
    if standing.stage is Stage.CHOOSE:
        return attempt.failure
    if standing.stage is not Stage.WAITING:
        return ""
    # While nobody knows whether money moved, nothing says that it did not.
    return _unanswered(attempt) or (told if told in _MAY_BE_TOLD else "")


def _unanswered(attempt: Attempt) -> str:
    """Why it is not certain: Alipay is still at it, or nobody answered us."""
    if not attempt.last_answer.startswith(Attempt.NO_ANSWER):
        return ""
    sign = attempt.last_answer.removeprefix(f"{Attempt.NO_ANSWER}: ").partition(":")[0]
    is_at_it = advice_on(sign).code == "processing"
    return "processing" if is_at_it else "network"
