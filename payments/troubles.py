"""What hinders a payment right now: the advice that fits where it stands."""

from typing import Any

from kernel.templatetags.ui import moment_text, zone_text
from payments.advice import BY_CODE
from payments.models import Attempt, Charge
from payments.standing import Stage, Standing


def shown(code: str, charge: Charge) -> dict[str, Any] | None:
    """The advice ``code`` in the words of ``charge``; None without one."""
    if not code:
        return None
    ends = charge.expires_at
    return BY_CODE[code].shown(
        until=f"{moment_text(ends)} {zone_text(ends)}",
        currency=str(charge.amount.currency),
    )


def trouble_of(standing: Standing, *, has_left: bool = False) -> dict[str, Any] | None:
    """What the payer must know besides the stage; None when all is as it should be.

    :param has_left: they came back from the gateway without having paid.
    """
    return shown(_code(standing, has_left), standing.charge)


def _code(standing: Standing, has_left: bool) -> str:
    attempt = standing.attempt
    if attempt is None:
        return ""
    if standing.stage is Stage.EXPIRED:
        return "expired"
    if standing.stage is Stage.CHOOSE:
        return attempt.failure
    if standing.stage is Stage.WAITING and attempt.last_answer.startswith(
        Attempt.NO_ANSWER
    ):
        return "network"
    if standing.stage is Stage.WAITING and has_left:
        return "user_cancelled"
    return ""
