"""The whole simulator: starting it afresh."""

from alipay_simulator import renewal
from alipay_simulator.control import show
from alipay_simulator.control.asked import Asked, BadRequest
from alipay_simulator.control.doors import Fields
from alipay_simulator.notify import alarm


def reset(fields: Fields) -> Fields:
    """Forget everything but sellers and apps; ``sure`` must be ``true``."""
    if not Asked(fields, "sure").flag("sure", default=False):
        raise BadRequest("say sure: true")
    at = renewal.reset()
    alarm.ring()
    return {"now": show.moment(at)}
