"""What a payer is told when a payment fails: one table, compared with the rules.

``WRITE_DOCS=1 pytest tests/payments/test_advice.py`` prints docs/payments.md anew.
"""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from kernel import clock as kernel_clock
from kernel.worklist.models import Task
from payments import commands, queries
from payments.advice import BY_CODE, GENERAL, TABLE, Retry, advice_on
from payments.gateways.port import GatewayRejected, GatewayUnknown
from payments.models import Attempt
from tests.payments.builders import QR, REDIRECT, a_charge, a_payer, an_attempt

PAGE = Path(__file__).resolve().parents[2] / "docs" / "payments.md"
MARKS = re.compile(r"(?s)(<!-- printed by [^>]*: begin -->\n).*?(<!-- end -->)")

# Rules §5.5 as they stand there: class, what the buyer is told, retry.
RULES = """
expired | The code has expired. Get a new one; your items are kept until {T1}. | yes
user_cancelled | You left before paying. Nothing was charged. | yes
network | We are checking with Alipay. Do not pay twice. | after query
processing | Alipay is still confirming. This page updates by itself. | no
insufficient_funds | Not enough balance. Top up or choose another bank card in Alipay. | yes
limit_exceeded | Above your Alipay limit. Use another method or split the order. | yes
account_unverified | Verify your identity in Alipay, then try again. | yes
region_restricted | This method is not available in your country. Choose another. | other method
currency_mismatch | This method cannot charge {cur}. Pay in {alt} or choose another. | other method
quote_expired | The exchange rate was updated. Check the new total. | confirm again
risk_rejected | Declined for security. Try another method or contact us. | other method
buyer_mismatch | This code was opened by another Alipay account. Get a new code. | yes
buyer_is_seller | You cannot buy from your own account. | no
duplicate | Already paid. Opening your order … | no
amount_out_of_range | Outside what this method accepts ({min}–{max}). | other method
config | Payment is unavailable. We have been alerted. | no
"""  # noqa: E501
IN_RULES = {
    "until": "{T1}",
    "currency": "{cur}",
    "alternative": "{alt}",
    "least": "{min}",
    "most": "{max}",
}
# What Alipay may answer to an order (alipay-openapi §3.0), by its meaning here.
CODES = {
    "ACQ.TOTAL_FEE_EXCEED": "amount_out_of_range",
    "ACQ.CONTEXT_INCONSISTENT": "currency_mismatch",
    "ACQ.TRADE_HAS_SUCCESS": "duplicate",
    "ACQ.TRADE_HAS_CLOSE": "expired",
    "ACQ.BUYER_SELLER_EQUAL": "buyer_is_seller",
    "ACQ.TRADE_BUYER_NOT_MATCH": "buyer_mismatch",
    "ACQ.BUYER_ENABLE_STATUS_FORBID": "account_unverified",
    "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR": "expired",
    "ACQ.PAYMENT_REQUEST_HAS_RISK": "risk_rejected",
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": "limit_exceeded",
    "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR": "limit_exceeded",
    "isv.invalid-signature": "config",
    "ACQ.ACCESS_FORBIDDEN": "config",
    "ACQ.SOMETHING_NEW": "config",
    "aop.ACQ.SYSTEM_ERROR": "processing",
}


def printed() -> str:
    head = ("Class", "Seen as", "The payer is told", "Money", "Retry", "Also")
    rows = [head, ("---",) * len(head)]
    for row in TABLE:
        seen = ", ".join(f"`{sign}`" for sign in row.seen.split())
        told = str(row.told) % IN_RULES
        rows.append((f"`{row.code}`", seen, told, row.money, row.retry, row.also))
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows) + "\n"


def test_the_table_is_that_of_the_rules():
    ours = "\n".join(
        f"{row.code} | {str(row.told) % IN_RULES} | {row.retry}" for row in TABLE
    )

    assert ours == RULES.strip()


def test_docs_show_the_table():
    text = PAGE.read_text()
    wanted = MARKS.sub(lambda found: found[1] + printed() + found[2], text)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted


def test_no_sign_means_two_things():
    signs = [sign for row in TABLE for sign in row.seen.split()]

    assert len(signs) == len(set(signs))


@pytest.mark.parametrize("sign", CODES)
def test_a_providers_code_has_its_class(sign):
    assert advice_on(sign).code == CODES[sign]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.code)
def test_every_text_is_there_in_both_languages(row):
    texts = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            shown = row.shown()
            texts[language] = [
                str(shown[name]) for name in ("title", "text", "money", "next", "also")
            ]

    assert all(one != other for one, other in zip(*texts.values(), strict=True))
    assert all(re.search(r"[\u4e00-\u9fff]", text) for text in texts["zh-hans"])
    assert "%(" not in "".join(texts["en"] + texts["zh-hans"])


def test_general_words_stand_for_every_blank():
    blanks = {
        name for row in TABLE for name in re.findall(r"%\((\w+)\)", str(row.told))
    }

    assert blanks == set(GENERAL) == set(IN_RULES)


# --- On the pages -------------------------------------------------------------------


@pytest.fixture
def mei(client):
    client.force_login(a_payer())
    return client


def url(name, charge):
    return reverse(f"payments:{name}", args=[charge.reference])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_help_page_shows_every_row(client, language):
    client.cookies["danbao_language"] = language
    page = client.get(reverse("payments:help")).content.decode()

    with translation.override(language):
        for row in TABLE:
            shown = row.shown()
            assert f'id="{row.code}"' in page
            for name in ("title", "text", "money", "next", "also"):
                assert str(shown[name]) in page, (row.code, name)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "sign", ["TOTAL_FEE_EXCEED", "BUYER_SELLER_EQUAL", "PAYMENT_REQUEST_HAS_RISK"]
)
def test_a_refusal_at_the_start_is_explained(mei, clock, gateway, sign, language):
    mei.cookies["danbao_language"] = language
    charge = a_charge()
    gateway.fail("qr_payload", GatewayRejected(sign))

    answer = mei.post(url("start", charge), {"method": QR})

    with translation.override(language):
        shown = {name: str(text) for name, text in advice_on(sign).shown().items()}
    assert answer.status_code == 503
    for page in (answer, mei.get(url("pay", charge))):
        text = page.content.decode()
        assert f'data-trouble="{shown["code"]}"' in text
        assert shown["title"] in text
        assert shown["money"] in text
    attempt = charge.attempts.get()
    assert (attempt.status, attempt.failure) == (Attempt.Status.FAILED, shown["code"])
    assert Task.objects.count() == 0


@pytest.mark.django_db
def test_what_no_payer_can_mend_becomes_one_task_that_closes_itself(clock, gateway):
    charge = a_charge()
    for _time in range(2):
        gateway.fail("qr_payload", GatewayRejected("config", "isv.invalid-signature"))
        with pytest.raises(commands.GatewayDown) as refused:
            an_attempt(charge=charge)
        assert refused.value.failure == "config"

    task = Task.objects.get()
    assert task.kind == "gateway_refuses"
    assert "isv.invalid-signature" in task.detail

    an_attempt(charge=charge)

    task.refresh_from_db()
    assert task.closed_at == kernel_clock.now()


@pytest.mark.django_db
def test_coming_back_unpaid_says_so(mei, clock, gateway):
    attempt = an_attempt(method=REDIRECT)

    page = mei.get(url("status", attempt.charge) + "?left").content.decode()

    assert 'data-trouble="user_cancelled"' in page
    assert "Nothing was charged" in page


@pytest.mark.django_db
def test_silence_of_the_gateway_says_do_not_pay_twice(mei, clock, gateway):
    attempt = an_attempt(method=REDIRECT)
    gateway.fail("query", GatewayUnknown("network"))
    commands.check_attempt(attempt=attempt, at=kernel_clock.now())

    page = mei.get(url("status", attempt.charge)).content.decode()

    assert 'data-trouble="network"' in page
    assert "Do not pay twice" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_time_that_ran_out_says_until_when_things_are_kept(
    mei, clock, gateway, language
):
    mei.cookies["danbao_language"] = language
    attempt = an_attempt()
    clock.advance(minutes=16)

    page = mei.get(url("qr", attempt.charge)).content.decode()

    kept = {"en": "kept until 3 Mar, 09:00", "zh-hans": "保留至3月3日 09:00"}
    assert kept[language] in page


@pytest.mark.django_db
def test_paying_what_is_paid_says_so_and_charges_nothing(mei, clock, gateway):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=kernel_clock.now())
    commands.check_attempt(attempt=attempt, at=kernel_clock.now())

    answer = mei.post(url("start", attempt.charge), {"method": QR}, follow=True)

    assert str(BY_CODE["duplicate"].told) in answer.content.decode()
    assert queries.latest_attempt(attempt.charge) == attempt
    assert BY_CODE["duplicate"].retry is Retry.NO
