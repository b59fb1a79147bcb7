"""Our Alipay gateway against the simulator, over real HTTP in both directions."""

import dataclasses
from pathlib import Path

import httpx
import pytest
from django.urls import reverse

from kernel import clock as kernel_clock
from payments import commands, tasks
from payments.events import ChargesClosed, ChargesPaid, RefundsSettled, StrayPaid
from payments.gateways import registry
from payments.gateways.alipay.client import AlipayClient
from payments.gateways.alipay.gateway import AlipayGateway
from payments.gateways.port import (
    CloseOutcome,
    GatewayRejected,
    GatewayUnknown,
    PaymentStatus,
    RefundStatus,
)
from payments.models import Attempt, Charge, Notification, Refund
from tests.payments.builders import (
    QR,
    REDIRECT,
    a_charge,
    a_payer,
    an_attempt,
    cny,
)
from tests.simulator.browsing import Browser, query_of
from tests.simulator.harness import running_simulator, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    data = tmp_path_factory.mktemp("simulator") / "data"
    with running_simulator(data, "--retry-scale", "0.002") as running:
        yield running


@pytest.fixture
def shop(live_server, settings, simulator):
    """Our application, reachable by the simulator, with the simulator's keys."""
    app = simulator.app
    settings.ORIGIN = live_server.url
    settings.ALIPAY_GATEWAY_URL = app["gateway_url"]
    settings.ALIPAY_APP_ID = app["app_id"]
    settings.ALIPAY_SELLER_ID = app["seller_id"]
    settings.ALIPAY_APP_PRIVATE_KEY_FILE = Path(app["app_private_key_file"])
    settings.ALIPAY_PUBLIC_KEY_FILE = Path(app["alipay_public_key_file"])
    simulator.control("pause_notifications", {"paused": False})
    yield live_server
    # News of this test must not reach the next one's application.
    simulator.control("pause_notifications", {"paused": True})


@pytest.fixture
def silence(simulator):
    simulator.control("pause_notifications", {"paused": True})


@pytest.fixture
def alipay(shop):
    return registry.gateway("alipay")


def test_a_scanned_code_is_paid_by_its_notification(shop, simulator, facts):
    attempt = an_attempt(method=QR)
    assert attempt.qr_payload.startswith("https://qr.alipay.com/bax")

    simulator.pay(attempt.number)

    until(lambda: Charge.objects.get().status == Charge.Status.PAID)
    news = Notification.objects.filter(number=attempt.number)
    row = until(news.first)
    assert (row.verdict, row.answered) == (Notification.Verdict.APPLIED, "success")
    attempt.refresh_from_db()
    assert attempt.provider_number == simulator.order(attempt.number)["trade_no"]
    assert len(facts.of(ChargesPaid)) == 1


def test_a_lost_notification_is_made_good_by_the_query(shop, simulator, silence):
    attempt = an_attempt(method=QR)
    assert commands.check_attempt(
        attempt=attempt, at=kernel_clock.now()
    ).last_answer == str(PaymentStatus.ABSENT)
    simulator.pay(attempt.number)

    found = commands.check_attempt(attempt=attempt, at=kernel_clock.now())

    assert found.status == Attempt.Status.PAID
    assert not Notification.objects.filter(number=attempt.number).exists()


def test_the_whole_walk_by_redirect(shop, simulator, client):
    charge = a_charge()
    client.force_login(a_payer())
    start = client.post(
        reverse("payments:start", args=[charge.reference]), {"method": REDIRECT}
    )
    with simulator.browser() as http:
        browser = Browser(http)
        page = browser.open(start.headers["Location"])
        page = browser.sign_in(page, "mei")
        page = browser.pay(page, "card")
        back = page.link("return-link")
    assert back.startswith(f"{shop.url}/pay/return/?")

    answer = client.get(reverse("payments:return"), query_of(back))

    status = reverse("payments:status", args=[charge.reference])
    assert answer.headers["Location"] == status
    assert "Alipay has confirmed your payment" in client.get(status).content.decode()
    stranger = httpx.get(back, trust_env=False)
    assert "has arrived" in stranger.text
    forged = httpx.get(back.replace("88.88", "99.99"), trust_env=False)
    assert "does not say which payment" in forged.text


def test_a_repeated_notification_is_known(shop, simulator):
    attempt = an_attempt()
    simulator.pay(attempt.number)
    kept = Notification.objects.filter(number=attempt.number)
    until(lambda: kept.filter(verdict="applied").exists())
    news = simulator.order(attempt.number)["notifications"][0]

    simulator.control(f"notifications/{news['id']}/resend", {})

    until(lambda: kept.filter(verdict="repeated").exists())
    assert attempt.history.filter(action="capture").count() == 1


def test_an_opened_trade_is_closed_for_good(shop, simulator, silence, alipay):
    attempt = an_attempt(method=REDIRECT)
    with simulator.browser() as http:
        browser = Browser(http)
        browser.sign_in(browser.open(attempt.redirect_url), "mei")
    assert alipay.query(attempt.number).status is PaymentStatus.WAITING

    second = commands.start_attempt(
        charge=attempt.charge, method=QR, at=kernel_clock.now()
    )

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.CLOSED
    assert alipay.query(attempt.number).status is PaymentStatus.CLOSED
    assert alipay.close(attempt.number) is CloseOutcome.CLOSED
    assert second.status == Attempt.Status.LIVE


def test_late_money_is_stray_and_goes_back(shop, simulator, facts):
    attempt = an_attempt(method=QR)
    at, charge = kernel_clock.now(), attempt.charge
    charge = commands.close_charge(charge=charge, by=charge.payer, note="", at=at)
    assert charge.status == Charge.Status.CLOSED
    balance = simulator.balance("mei", "balance")

    simulator.pay(attempt.number)

    until(lambda: facts.of(StrayPaid))
    refund = commands.request_refund(
        attempt=attempt, amount=cny("88.88"), key="stray", reason="too late", at=at
    )
    tasks.send_refunds()
    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED
    assert simulator.balance("mei", "balance") == balance
    assert len(facts.of(ChargesClosed)) == len(facts.of(RefundsSettled)) == 1
    assert not facts.of(ChargesPaid)


def test_closing_what_was_just_paid_pays(shop, simulator, silence, facts):
    attempt = an_attempt(method=QR)
    simulator.pay(attempt.number)

    charge = commands.close_charge(
        charge=attempt.charge, by=None, note="", at=kernel_clock.now()
    )

    assert charge.status == Charge.Status.PAID
    assert len(facts.of(ChargesPaid)) == 1


def test_refunds_in_parts_repeated_and_refused(shop, simulator, silence, alipay):
    attempt = an_attempt(method=QR)
    simulator.pay(attempt.number)

    def refund(number, minor):
        return alipay.refund(
            number=attempt.number,
            refund_number=number,
            amount_minor=minor,
            currency="CNY",
            reason="split",
        )

    assert refund("RFD-A", 8000) is RefundStatus.SETTLED
    assert refund("RFD-A", 8000) is RefundStatus.SETTLED
    with pytest.raises(GatewayRejected) as refusal:
        refund("RFD-A", 8001)
    assert refusal.value.code == "DISCORDANT_REPEAT_REQUEST"
    with pytest.raises(GatewayRejected) as refusal:
        refund("RFD-B", 889)
    assert refusal.value.code == "REASON_TRADE_REFUND_FEE_ERR"
    assert alipay.query(attempt.number).status is PaymentStatus.PAID
    assert refund("RFD-B", 888) is RefundStatus.SETTLED
    assert alipay.query(attempt.number).status is PaymentStatus.REFUNDED
    assert refund("RFD-A", 8000) is RefundStatus.SETTLED
    known = alipay.query_refund(number=attempt.number, refund_number="RFD-A")
    assert known is RefundStatus.SETTLED
    unknown = alipay.query_refund(number=attempt.number, refund_number="RFD-C")
    assert unknown is RefundStatus.ABSENT


def test_an_unpaid_number_cannot_be_refunded(shop, alipay):
    attempt = an_attempt(method=QR)

    with pytest.raises(GatewayRejected):
        alipay.refund(
            number=attempt.number,
            refund_number="RFD-A",
            amount_minor=1,
            currency="CNY",
            reason="",
        )


def test_a_repeated_start_gets_the_same_code(shop, alipay):
    attempt = an_attempt(method=QR)
    Attempt.objects.update(status=Attempt.Status.STARTING, qr_payload="")

    again = commands.start_attempt(
        charge=attempt.charge, method=QR, at=kernel_clock.now()
    )

    assert again.qr_payload == attempt.qr_payload


def test_wrong_settings_are_told_from_doubt(shop, alipay, simulator):
    config = alipay._client.config

    def query(**changes):
        client = AlipayClient(dataclasses.replace(config, **changes), kernel_clock.now)
        return AlipayGateway(client).query("PAY-NOBODY-1")

    assert query().status is PaymentStatus.ABSENT
    with pytest.raises(GatewayRejected) as refusal:
        query(app_id="9021999999999999")
    assert refusal.value.code == "config"
    with pytest.raises(GatewayUnknown) as doubt:
        # The classic mistake: the app's public key in the place of Alipay's.
        query(alipay_public_key_file=Path(simulator.app["app_public_key_file"]))
    assert doubt.value.code == "unverified"
