"""Pages wait for a gateway that does not answer: not for long, not many, not for ever.

The gateway of these tests takes every connection and never says a word.
"""

import socket
import threading
import time

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse

from kernel import clock
from payments.gateways import patience, registry
from payments.gateways.alipay.client import AlipayClient, Config
from payments.gateways.alipay.gateway import AlipayGateway
from payments.gateways.patience import while_somebody_waits
from payments.gateways.port import GatewayUnknown
from payments.models import Attempt
from tests.payments.builders import a_charge, an_attempt

PAGE = 0.6


class Silence:
    """A port where connections end and nothing begins."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.listener.getsockname()[1]
        self.taken = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        while True:
            try:
                self.taken.append(self.listener.accept()[0])
            except OSError:
                return

    def end(self):
        self.listener.close()
        for connection in self.taken:
            connection.close()


@pytest.fixture
def silence():
    silent = Silence()
    yield silent
    silent.end()


@pytest.fixture
def alipay(silence, tmp_path, monkeypatch):
    """A gateway with a long timeout, behind the silence; pages end early here."""
    monkeypatch.setattr(patience, "PAGE_SECONDS", PAGE)
    monkeypatch.setattr(patience, "TURN_SECONDS", 0.05)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private, public = tmp_path / "app.pem", tmp_path / "alipay.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public.write_bytes(
        key.public_key().public_bytes(
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
    )
    config = Config(
        gateway_url=f"http://127.0.0.1:{silence.port}/gateway.do",
        app_id="9021000000000001",
        seller_id="2088000000000001",
        private_key_file=private,
        alipay_public_key_file=public,
        timeout_seconds=30,
    )
    return AlipayGateway(AlipayClient(config, clock.now))


def ask(alipay):
    """A page that asks once; how long it waited, in seconds."""
    began = time.monotonic()
    with pytest.raises(GatewayUnknown) as unknown, while_somebody_waits():
        alipay.query("PAY-1-1")
    assert unknown.value.code == "network"
    return time.monotonic() - began


def test_a_page_does_not_wait_as_long_as_a_sweep_would(alipay):
    assert ask(alipay) < PAGE + 0.3


def test_all_calls_of_a_page_share_its_time(alipay):
    began = time.monotonic()
    with while_somebody_waits():
        for _ in range(3):
            with pytest.raises(GatewayUnknown):
                alipay.query("PAY-1-1")

    assert time.monotonic() - began < PAGE + 0.3


def test_after_enough_silence_nobody_waits(alipay, silence):
    for _ in range(patience.ENOUGH_SILENCE):
        ask(alipay)
    asked = len(silence.taken)

    assert ask(alipay) < 0.1
    assert len(silence.taken) == asked


def test_after_the_pause_one_page_tries_again(alipay, silence, monkeypatch):
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.2)
    for _ in range(patience.ENOUGH_SILENCE):
        ask(alipay)
    time.sleep(0.25)
    asked = len(silence.taken)

    assert ask(alipay) > 0.1
    assert ask(alipay) < 0.1
    assert len(silence.taken) == asked + 1


def test_an_answer_ends_the_count(alipay):
    silent = alipay._client._patience
    for _ in range(10):
        for _ in range(patience.ENOUGH_SILENCE - 1):
            with (
                pytest.raises(GatewayUnknown),
                while_somebody_waits(),
                silent.turn(1),
            ):
                raise GatewayUnknown("network", "lost")
        with while_somebody_waits(), silent.turn(1) as seconds:
            assert seconds > 0


def test_a_refusal_is_an_answer(alipay):
    silent = alipay._client._patience
    for _ in range(2 * patience.ENOUGH_SILENCE):
        with pytest.raises(GatewayUnknown), while_somebody_waits(), silent.turn(1):
            raise GatewayUnknown("unverified", "the signature is wrong")

    with while_somebody_waits(), silent.turn(1):
        pass


def test_thirty_stuck_shoppers_wait_in_few_places(alipay, silence):
    waited = []
    shoppers = [
        threading.Thread(target=lambda: waited.append(ask(alipay))) for _ in range(30)
    ]
    began = time.monotonic()
    for shopper in shoppers:
        shopper.start()
    for shopper in shoppers:
        shopper.join()

    assert len(waited) == 30
    assert len(silence.taken) <= patience.MOST_AT_ONCE
    assert sum(1 for seconds in waited if seconds > 0.4) <= patience.MOST_AT_ONCE
    assert time.monotonic() - began < PAGE + 1


def test_a_sweep_waits_and_does_not_mind_the_pages_silence(alipay):
    for _ in range(patience.ENOUGH_SILENCE):
        ask(alipay)

    with alipay._client._patience.turn(30) as seconds:
        assert seconds == 30


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["start", "renew", "check", "return"])
def test_every_page_that_asks_is_one(page, client, gateway, monkeypatch):
    charge = a_charge()
    attempt = an_attempt(charge=charge) if page != "start" else None
    client.force_login(charge.payer)
    waiting = []
    monkeypatch.setattr(
        gateway,
        "_call",
        lambda *_: waiting.append(patience._page_ends.get() is not None),
    )

    if page == "return":
        query = {"out_trade_no": attempt.number, "sign": "good"}
        client.get(reverse("payments:return"), query)
    else:
        client.post(
            reverse(f"payments:{page}", args=[charge.reference]),
            {"method": Attempt.Method.QR, "number": attempt.number if attempt else ""},
        )

    assert waiting
    assert all(waiting)
    assert patience._page_ends.get() is None


@pytest.mark.django_db
def test_a_silent_gateway_is_told_on_the_page(alipay, client, monkeypatch):
    monkeypatch.setattr(registry, "gateway", lambda _code: alipay)
    charge = a_charge()
    client.force_login(charge.payer)

    answer = client.post(
        reverse("payments:start", args=[charge.reference]),
        {"method": Attempt.Method.QR},
    )

    assert answer.status_code == 503
    assert "Nothing was charged" in answer.content.decode()
