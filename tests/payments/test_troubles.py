"""What the payer tells us of a trouble that Alipay showed to them alone, and the first
thing to do about it; what comes back from Alipay, and what it said when asked."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from djmoney.money import Money

from kernel import clock as kernel_clock
from payments import commands, troubles
from payments.advice import BY_CODE, UNHEARD
from payments.gateways.port import GatewayRejected, GatewayUnknown
from tests.payments.builders import QR, REDIRECT, a_charge, a_payer, an_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "gateway")]

FIRST = {
    "insufficient_funds": "Back to Alipay",
    "limit_exceeded": "Back to Alipay",
    "account_unverified": "Back to Alipay",
    "region_restricted": "Other method",
    "risk_rejected": "Other method",
    "buyer_mismatch": "Start again",
    "buyer_is_seller": "To your order",
}
PRIMARY = re.compile(r'(?s)class="button button--primary"[^>]*>(.*?)</(?:a|button)>')


@pytest.fixture
def mei(client):
    client.force_login(a_payer())
    return client


def url(name, charge):
    return reverse(f"payments:{name}", args=[charge.reference])


def first_acts(page):
    return [re.sub(r"(?s)<.*?>", "", act).strip() for act in PRIMARY.findall(page)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", FIRST)
def test_what_alipay_said_is_found_and_answered_on_the_page(mei, code, language):
    mei.cookies["danbao_language"] = language
    attempt = an_attempt(method=REDIRECT)
    here = url("status", attempt.charge)

    asked = mei.get(here).content.decode()
    page = mei.get(f"{here}?said={code}").content.decode()

    assert f'href="{here}?said={code}#trouble"' in asked
    assert "data-trouble" not in asked
    assert f'data-trouble="{code}"' in page
    with translation.override(language):
        shown = troubles.shown(code, attempt.charge)
        wanted = translation.gettext(FIRST[code])
    for name in ("title", "text", "money", "next"):
        assert str(shown[name]) in page
    assert first_acts(page) == [wanted]


def test_every_trouble_that_is_told_to_the_payer_alone_has_its_first_act():
    assert set(FIRST) == {row.code for row in UNHEARD}


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("insufficient_funds", "I have paid"),
        ("risk_rejected", "Other method"),
        ("buyer_mismatch", "New code"),
        ("buyer_is_seller", "To your order"),
    ],
)
def test_beside_a_code_too(mei, code, first):
    attempt = an_attempt(method=QR)

    page = mei.get(f"{url('qr', attempt.charge)}?said={code}").content.decode()

    assert f'data-trouble="{code}"' in page
    assert first_acts(page) == [first]


@pytest.mark.parametrize("said", ["", "duplicate", "config", "<b>", "x" * 3000])
def test_what_alipay_would_tell_us_itself_is_not_taken_from_an_address(mei, said):
    attempt = an_attempt(method=REDIRECT)

    page = mei.get(url("status", attempt.charge), {"said": said}).content.decode()

    assert "data-trouble" not in page
    assert first_acts(page) == ["I have paid"]


def test_the_list_leads_from_the_methods_to_the_payments_own_page(mei):
    attempt = an_attempt(method=QR)

    page = mei.get(url("pay", attempt.charge)).content.decode()

    assert f'href="{url("qr", attempt.charge)}?said=risk_rejected#trouble"' in page


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (GatewayUnknown("unknown", "ACQ.SYSTEM_ERROR"), "processing"),
        (GatewayUnknown("unknown"), "processing"),
        (GatewayUnknown("network", "timed out"), "network"),
        (GatewayUnknown("garbled"), "network"),
        # Whatever else: it is not known whether money moved.
        (GatewayRejected("config", "isv.invalid-signature"), "network"),
    ],
)
def test_an_answer_that_decides_nothing_is_told_from_silence(
    mei, gateway, failure, code
):
    attempt = an_attempt(method=REDIRECT)
    gateway.fail("query", failure)
    commands.check_attempt(attempt=attempt, at=kernel_clock.now())

    address = url("status", attempt.charge)
    page = mei.get(f"{address}?left=1").content.decode()
    assert first_acts(page) == ["I have paid"]
    # What is not certain is not settled by the payer's word either.
    said = mei.get(f"{address}?said=insufficient_funds").content.decode()
    assert "No money has moved." not in said
    assert first_acts(said) == ["I have paid"]

    shown = troubles.shown(code, attempt.charge)
    assert str(shown["title"]) in page
    assert str(shown["text"]) in page
    assert str(shown["money"]) in page
    assert ("data-trouble" in page) is (code == "network")


def test_who_comes_back_has_paid_and_reads_that_alipay_confirms_it(mei):
    attempt = an_attempt(method=REDIRECT)

    answer = mei.get(
        reverse("payments:return"), {"out_trade_no": attempt.number, "sign": "good"}
    )
    page = mei.get(answer.headers["Location"]).content.decode()

    assert "Alipay is still confirming. This page updates by itself." in page
    assert "It is not certain yet whether money has moved." in page


def test_advice_speaks_of_the_amounts_and_currencies_of_this_payment():
    yuan = a_charge()
    dollars = a_charge()
    dollars.amount = Money("1.00", "USD")

    bank = troubles.facts_of(dollars, "bank_transfer")
    alipay = troubles.facts_of(dollars, REDIRECT)

    assert bank["least"] == "$2.00"
    assert alipay["alternative"] == "CNY"
    text = BY_CODE["currency_mismatch"].text(**alipay)
    assert text == ("This method cannot charge USD. Pay in CNY or choose another.")
    assert "alternative" not in troubles.facts_of(yuan, REDIRECT)


def test_an_answer_that_is_lost_is_asked_for_again(mei):
    attempt = an_attempt()

    page = mei.get(url("qr", attempt.charge)).content.decode()

    trigger = re.search(r'hx-trigger="([^"]+)"', page)[1]
    assert trigger == "load delay:1200ms, online from:window, every 6200ms"
    assert "No connection" in page
