"""The payer's pages: what they show, to whom, and that every act is a safe POST."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from kernel import clock as kernel_clock
from payments import commands, queries, tasks
from payments.gateways.port import GatewayRejected
from payments.models import Attempt, Charge
from tests.payments.builders import (
    QR,
    REDIRECT,
    a_charge,
    a_paid_attempt,
    a_payer,
    an_attempt,
    everything,
    post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGES = ("pay", "qr", "status", "progress")
ACTS = ("start", "renew", "check")


@pytest.fixture
def mei(client):
    client.force_login(a_payer())
    return client


def url(name, charge):
    return reverse(f"payments:{name}", args=[charge.reference])


def a_late_payment(gateway):
    """Paid after its payer had closed the charge: a stray payment."""
    attempt = an_attempt()
    at, charge = kernel_clock.now(), attempt.charge
    commands.close_charge(charge=charge, by=charge.payer, note="", at=at)
    gateway.pay(attempt.number, at=at)
    return commands.check_attempt(attempt=attempt, at=at)


# --- Who may see it -----------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES + ACTS)
def test_a_stranger_finds_nothing(client, gateway, name):
    charge = a_charge()
    an_attempt(charge=charge)
    client.force_login(a_payer("bo@danbao.example"))
    before = everything()

    act = client.post if name in ACTS else client.get
    answer = act(url(name, charge), {"method": QR, "number": f"{charge.reference}-1"})

    assert answer.status_code == 404
    assert everything() == before


@pytest.mark.parametrize("name", ["pay", "qr", "status", *ACTS])
def test_a_visitor_is_asked_to_sign_in(client, gateway, name):
    charge = a_charge()

    act = client.post if name in ACTS else client.get

    assert act(url(name, charge)).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_posts(mei, gateway, name):
    assert mei.get(url(name, a_charge())).status_code == 405


# --- Choosing and starting ----------------------------------------------------------


def test_the_pay_page_shows_amount_methods_and_deadline(mei, gateway):
    page = mei.get(url("pay", a_charge())).content.decode()

    assert "88.88" in page
    assert 'value="alipay_redirect"' in page
    assert 'value="alipay_qr"' in page
    assert "2026-03-03T01:00:00+00:00" in page
    assert "style=" not in page


def test_starting_by_qr_leads_to_the_code(mei, gateway):
    charge = a_charge()

    answer = mei.post(url("start", charge), {"method": QR})

    assert answer.headers["Location"] == url("qr", charge)
    page = mei.get(url("qr", charge)).content.decode()
    assert "<svg" in page
    assert "https://qr.gateway.test/" in page
    assert "I have paid" in page
    assert "New code" in page
    assert "style=" not in page


def test_starting_by_redirect_leaves_for_alipay(mei, gateway):
    charge = a_charge()

    answer = mei.post(url("start", charge), {"method": REDIRECT})

    assert answer.headers["Location"].startswith("https://gateway.test/pay")


def test_a_double_click_starts_once(mei, gateway):
    charge = a_charge()

    mei.post(url("start", charge), {"method": QR})
    mei.post(url("start", charge), {"method": QR})

    assert charge.attempts.count() == 1


@pytest.mark.parametrize("method", ["", "cash", "alipay"])
def test_an_unknown_method_changes_nothing(mei, gateway, method):
    charge = a_charge()

    answer = mei.post(url("start", charge), {"method": method})

    assert answer.headers["Location"] == url("pay", charge)
    assert charge.attempts.count() == 0


@pytest.mark.parametrize("name", ["start", "renew"])
def test_a_gateway_that_is_down_is_said_and_nothing_was_charged(mei, gateway, name):
    charge = a_charge()
    first = an_attempt(charge=charge, method=QR)
    gateway.break_down()

    answer = mei.post(url(name, charge), {"method": REDIRECT, "number": first.number})

    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Nothing was charged" in page
    assert 'value="alipay_qr"' in page


def test_a_gateway_that_refuses_us_is_said(mei, gateway):
    charge = a_charge()
    gateway.fail("qr_payload", GatewayRejected("config", "isv.invalid-app-id"))

    answer = mei.post(url("start", charge), {"method": QR})

    assert answer.status_code == 503
    assert "invalid-app-id" not in answer.content.decode()


def test_too_many_attempts_are_refused_kindly(mei, gateway, clock):
    attempt = an_attempt()
    for _ in range(4):
        attempt = commands.renew_attempt(attempt=attempt, at=clock.now)

    answer = mei.post(
        url("renew", attempt.charge),
        {"number": attempt.number},
        headers={"Referer": "http://testserver" + url("qr", attempt.charge)},
        follow=True,
    )

    assert "too often within an hour" in answer.content.decode()


def test_a_new_code_is_another_code(mei, gateway):
    charge = a_charge()
    first = an_attempt(charge=charge)

    for _click in range(2):
        answer = mei.post(url("renew", charge), {"number": first.number})

    assert answer.headers["Location"] == url("qr", charge)
    assert queries.live_attempt(charge).counter == 2


# --- Waiting and results ------------------------------------------------------------


def test_i_have_paid_asks_the_gateway_at_once(mei, gateway, clock):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)

    page = mei.post(url("check", attempt.charge), follow=True).content.decode()

    assert "Alipay has confirmed your payment" in page
    assert attempt.charge.home_path in page


def test_i_have_paid_is_not_believed_without_the_gateway(mei, gateway):
    attempt = an_attempt()

    answer = mei.post(url("check", attempt.charge), follow=True)

    assert "no confirmed payment yet" in answer.content.decode()
    assert Charge.objects.get().status == Charge.Status.OPEN


def test_i_have_paid_does_not_say_unpaid_when_nobody_answered(mei, gateway):
    attempt = an_attempt()
    gateway.break_down("query")

    page = mei.post(url("check", attempt.charge), follow=True).content.decode()

    assert page.count("No answer from Alipay") == 1
    assert "no confirmed payment" not in page


def test_an_impatient_payer_does_not_flood_the_gateway(mei, gateway):
    attempt = an_attempt()

    for _click in range(5):
        mei.post(url("check", attempt.charge))

    assert gateway.called("query") == 1


def test_the_page_turns_to_paid_by_itself(mei, gateway, clock):
    attempt = an_attempt()
    page = mei.get(url("qr", attempt.charge)).content.decode()
    poll = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    waiting = mei.get(poll, headers={"HX-Request": "true"})
    assert "HX-Retarget" not in waiting.headers
    assert "delay:1200ms" in waiting.content.decode()

    gateway.pay(attempt.number, at=clock.now)
    commands.check_attempt(attempt=attempt, at=clock.now)
    turned = mei.get(poll, headers={"HX-Request": "true"})

    assert turned.headers["HX-Retarget"] == "#payment"
    assert "Alipay has confirmed your payment" in turned.content.decode()
    assert "innerHTML:#announcer" in turned.content.decode()


def test_a_paid_page_goes_on_home_after_time_to_read(mei, gateway):
    attempt = a_paid_attempt(gateway)
    page = mei.get(url("status", attempt.charge)).content.decode()
    assert "delay:10000ms" in page
    poll = re.search(r'hx-get="([^"]+)"', page)[1].replace("&amp;", "&")

    answer = mei.get(poll, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == attempt.charge.home_path


def test_the_questions_about_a_transfer_grow_rarer(mei, gateway, settings):
    account = {"holder": "D", "bank": "B", "number": "1", "code": "C"}
    settings.BANK_ACCOUNTS = {"CNY": account}
    charge = an_attempt(method="bank_transfer").charge
    mark = f"waiting.{charge.reference}-1"

    pauses = [
        re.search(
            r"delay:(\d+)ms",
            mei.get(
                url("progress", charge), {"mark": mark, "asked": asked}
            ).content.decode(),
        )[1]
        for asked in (0, 5, 8, 99999, "x")
    ]

    assert pauses == ["3000", "5000", "8000", "3000", "3000"]


def test_a_session_that_ended_meanwhile_is_led_to_sign_in(client, gateway):
    charge = an_attempt().charge

    answer = client.get(url("progress", charge), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/accounts/login/?next=")


def test_an_expired_code_offers_a_new_one(mei, gateway, clock):
    attempt = an_attempt()
    clock.set(attempt.expires_at)

    page = mei.get(url("qr", attempt.charge)).content.decode()

    assert "The time ran out" in page
    assert page.count("The code has expired") == 1
    assert "No money has moved" in page
    assert "New code" in page


def test_a_charge_whose_time_is_over_is_being_closed(mei, gateway, clock):
    attempt = an_attempt()
    clock.set(attempt.charge.expires_at)

    page = mei.get(url("pay", attempt.charge), follow=True).content.decode()

    assert "Being closed" in page


def test_a_closed_payment_says_that_nothing_was_charged(mei, gateway, clock):
    charge = a_charge()
    commands.close_charge(charge=charge, by=None, note="", at=clock.now)

    page = mei.get(url("pay", charge), follow=True).content.decode()

    assert "Nothing was charged" in page
    assert "hx-get" not in page


def test_a_late_payment_says_that_the_money_goes_back(mei, gateway, clock):
    attempt = a_late_payment(gateway)
    page = mei.get(url("status", attempt.charge)).content.decode()
    assert "goes back to you; you need" in page

    commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="stray", reason="", at=clock.now
    )
    tasks.send_refunds()

    page = mei.get(url("status", attempt.charge)).content.decode()
    assert "has been sent back to you" in page


@pytest.mark.parametrize("name", ["pay", "qr"])
def test_a_paid_payment_is_not_offered_again(mei, gateway, name):
    charge = a_paid_attempt(gateway).charge

    assert mei.get(url(name, charge)).headers["Location"] == url("status", charge)
    answer = mei.post(url("start", charge), {"method": QR})
    assert answer.headers["Location"] == url("status", charge)
    assert charge.attempts.count() == 1


# --- Coming back from Alipay --------------------------------------------------------


def come_back(client, attempt, sign="good"):
    query = {"out_trade_no": attempt.number, "sign": sign}
    return client.get(reverse("payments:return"), query)


def test_the_payer_comes_back_to_the_status_page(mei, gateway, clock):
    attempt = an_attempt(method=REDIRECT)
    gateway.pay(attempt.number, at=clock.now)

    answer = come_back(mei, attempt)

    assert answer.headers["Location"] == url("status", attempt.charge)
    assert Charge.objects.get().status == Charge.Status.PAID


def test_a_signed_return_alone_proves_nothing(mei, gateway):
    attempt = an_attempt(method=REDIRECT)

    come_back(mei, attempt)

    assert Charge.objects.get().status == Charge.Status.OPEN
    page = mei.get(url("status", attempt.charge)).content.decode()
    assert "Waiting for Alipay" in page


@pytest.mark.parametrize("paid", [True, False])
def test_without_a_session_it_says_a_neutral_word(client, gateway, clock, paid):
    attempt = an_attempt(method=REDIRECT)
    if paid:
        gateway.pay(attempt.number, at=clock.now)

    page = come_back(client, attempt).content.decode()

    assert ("has arrived" in page) is paid
    assert f"/accounts/login/?next={url('status', attempt.charge)}" in page
    assert "88.88" not in page
    assert attempt.charge.subject not in page


def test_somebody_elses_return_shows_no_more(client, gateway):
    attempt = an_attempt(method=REDIRECT)
    client.force_login(a_payer("bo@danbao.example"))

    page = come_back(client, attempt).content.decode()

    assert "being checked" in page
    assert "88.88" not in page


def test_a_forged_return_asks_nobody(client, gateway):
    attempt = an_attempt(method=REDIRECT)

    answer = come_back(client, attempt, sign="bad")

    assert answer.status_code == 200
    assert "does not say which payment" in answer.content.decode()
    assert gateway.called("query") == 0


def test_reloading_the_return_does_not_flood_the_gateway(client, gateway):
    attempt = an_attempt(method=REDIRECT)

    for _reload in range(4):
        come_back(client, attempt)

    assert gateway.called("query") == 1
    cache.clear()


def test_a_page_in_the_last_minute_shows_the_code_until_its_end(mei, gateway, clock):
    attempt = an_attempt()
    clock.set(attempt.expires_at - timedelta(seconds=1))

    assert "I have paid" in mei.get(url("qr", attempt.charge)).content.decode()
    assert Attempt.objects.get().status == Attempt.Status.LIVE


# --- The code, on every device ------------------------------------------------------

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148 Safari"}


def test_the_code_says_what_it_is_and_who_is_paid(mei, gateway):
    page = mei.get(url("qr", an_attempt().charge)).content.decode()

    assert 'aria-label="QR code to pay CN¥88.88 with Alipay"' in page
    assert "To Danbao, for 2 things from Bo&#x27;s shop" in page
    # The end as a date with its zone, and the time left.
    assert "until 2 Mar, 09:15 UTC+8" in page
    assert "data-clock>15:00" in page
    assert 'data-say300="5 minutes left."' in page
    assert 'data-say60="1 minute left."' in page
    assert 'data-say0="The time is over."' in page
    assert (
        'id="announcer" class="visually-hidden" role="status" aria-live="polite"'
        in page
    )


def test_on_a_phone_a_link_stands_in_place_of_the_code(mei, gateway):
    charge = an_attempt().charge

    on_phone = mei.get(url("qr", charge), headers=PHONE).content.decode()
    on_desk = mei.get(url("qr", charge)).content.decode()

    link = f'href="https://qr.gateway.test/{charge.reference}-1"'
    assert re.search(rf'button--primary button--large" {link}', on_phone)
    assert on_phone.index("<details") < on_phone.index('class="qr"')
    assert "code-for-another" not in on_desk


def test_without_a_script_the_page_asks_again_by_itself(mei, gateway):
    page = mei.get(url("qr", an_attempt().charge)).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page


def test_a_payer_who_may_be_paying_is_told_within_two_seconds(
    mei, gateway, django_assert_max_num_queries
):
    attempt = an_attempt()
    first = mei.get(url("qr", attempt.charge)).content.decode()
    assert "delay:1200ms" in first
    ask = re.search(r'hx-get="([^"]+)"', first)[1].replace("&amp;", "&")

    # Session, person, charge, attempt.
    with django_assert_max_num_queries(4):
        later = mei.get(ask.replace("asked=1", "asked=400")).content.decode()

    assert "delay:1200ms" in later
    post(gateway, paid(gateway, attempt))
    told = mei.get(ask).content.decode()
    assert "Paid. Danbao holds your money now." in told


def paid(gateway, attempt):
    gateway.pay(attempt.number, at=kernel_clock.now())
    return gateway.notify_about(attempt.number)


def test_a_new_code_comes_into_the_page_and_its_button_keeps_the_focus(mei, gateway):
    attempt = an_attempt()

    answer = mei.post(
        url("renew", attempt.charge),
        {"number": attempt.number},
        headers={"HX-Request": "true"},
        follow=True,
    )

    page = answer.content.decode()
    assert f'value="{attempt.charge.reference}-2"' in page
    assert 'id="new-code"' in page
    assert 'hx-select="#payment"' in page


def test_why_there_is_no_new_code_is_said_on_a_whole_page(mei, gateway):
    attempt = an_attempt()
    for _time in range(4):
        attempt = commands.renew_attempt(attempt=attempt, at=kernel_clock.now())

    answer = mei.post(
        url("renew", attempt.charge),
        {"number": attempt.number},
        headers={"HX-Request": "true"},
    )

    assert answer.headers["HX-Redirect"] == url("pay", attempt.charge)
    page = mei.get(url("pay", attempt.charge)).content.decode()
    assert "Started too often within an hour" in page


def test_what_is_under_way_is_gone_on_with_by_one_press(mei, gateway):
    charge = an_attempt().charge

    page = mei.get(url("pay", charge)).content.decode()

    assert f'href="{url("qr", charge)}">Go on with it' in page
