"""What happens in a scenario over real HTTP, besides what people do at browsers."""

from datetime import timedelta

import httpx

from kernel import clock, sweeps
from payments.models import Attempt


class Time:
    """The clocks of both companies: ours, in all threads, goes with the simulator's."""

    def __init__(self, simulator, monkeypatch):
        self.simulator = simulator
        unmoved = clock.now
        self.ahead = simulator.now() - unmoved()
        monkeypatch.setattr(clock, "now", lambda: unmoved() + self.ahead)

    def passes(self, *, simulator_lags=timedelta(0), **amount):
        """The simulator's clock may stay behind a little."""
        self.ahead += timedelta(**amount)
        behind = clock.now() - simulator_lags - self.simulator.now()
        self.simulator.advance(max(0, round(behind.total_seconds())))


def bell(name):
    """The sweep ``name``, as the worker would run it now."""
    return sweeps.run(name, at=clock.now())


def shows_code(person, charge):
    """They press "Pay by QR code" on the payment's page; the attempt they then see."""
    answer = person.sends("payments:start", charge.reference, method=Attempt.Method.QR)
    assert answer.status_code == 302, answer.content.decode()
    return charge.attempts.latest("counter")


def asks_for_new_code(person, attempt):
    person.sends("payments:renew", attempt.charge.reference, number=attempt.number)
    return attempt.charge.attempts.latest("counter")


def arrives_again(shop, notification):
    """What was posted to us once comes again, byte for byte; what we answer."""
    answer = httpx.post(
        f"{shop.url}/pay/notify/{notification.gateway}/",
        content=bytes(notification.body),
        headers={"Content-Type": notification.content_type},
    )
    return answer.text
