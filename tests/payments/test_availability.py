"""Which ways to pay are open to whom: pure rules, and the pages that show them."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from kernel import clock as kernel_clock
from marketplace.accounts.models import User
from payments import commands, shoppers
from payments.availability import Facts, offer, offers
from payments.gateways import health
from payments.gateways.port import GatewayNotAsked, GatewayRejected, GatewayUnknown
from payments.methods import BY_CODE, METHODS, AccountKind, Device, Verification
from payments.models import Attempt
from tests.payments.builders import QR, REDIRECT, a_charge, a_payer, an_attempt

MEI = Facts("CN", verification=Verification.MAINLAND)
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130 Mobile Safari"
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36"


def yuan(amount, **changes):
    return replace(MEI, currency="CNY", amount_minor=round(amount * 100), **changes)


def hindrances(method, facts):
    return [one.code for one in offer(BY_CODE[method], facts).hindrances]


# --- The rules ----------------------------------------------------------------------

CASES = [
    (REDIRECT, MEI, []),
    (QR, MEI, []),
    # Where the account lives.
    (REDIRECT, replace(MEI, country="IE"), []),
    (QR, replace(MEI, country="IE"), ["region_restricted"]),
    (REDIRECT, replace(MEI, country="BR"), ["region_restricted"]),
    (QR, replace(MEI, country="JP"), []),
    # Who it is known to belong to.
    (REDIRECT, Facts("CN"), []),
    (REDIRECT, Facts("IE"), ["account_unverified"]),
    (REDIRECT, Facts("IE", verification=Verification.VERIFIED), []),
    # No identity opens what is closed for good, so none is asked for.
    (QR, Facts("IE"), ["region_restricted"]),
    (
        QR,
        Facts("IE", account=AccountKind.COMPANY, down=frozenset({"alipay"})),
        ["region_restricted", "account_kind"],
    ),
    # Whom it buys for.
    (REDIRECT, replace(MEI, account=AccountKind.COMPANY), []),
    (QR, replace(MEI, account=AccountKind.COMPANY), ["account_kind"]),
    # What is charged.
    (REDIRECT, yuan(88.88), []),
    (REDIRECT, replace(MEI, currency="EUR"), ["currency_mismatch"]),
    # How much, to the fen.
    (REDIRECT, yuan(200_000), []),
    (REDIRECT, yuan(200_000.01), ["limit_exceeded"]),
    (REDIRECT, yuan(5_000, verification=Verification.UNVERIFIED), []),
    (
        REDIRECT,
        yuan(5_000.01, verification=Verification.UNVERIFIED),
        ["limit_exceeded"],
    ),
    (QR, yuan(20_000, verification=Verification.VERIFIED), []),
    (QR, yuan(20_000.01, verification=Verification.VERIFIED), ["limit_exceeded"]),
    (REDIRECT, yuan(100_000_000.01), ["amount_out_of_range", "limit_exceeded"]),
    # The gateway's health.
    (REDIRECT, replace(MEI, down=frozenset({"alipay"})), ["network"]),
    (QR, replace(MEI, down=frozenset({"another"})), []),
]


@pytest.mark.parametrize(("method", "facts", "codes"), CASES)
def test_each_fact_closes_what_it_must(method, facts, codes):
    assert hindrances(method, facts) == codes


def test_usable_ones_come_first():
    usable = [one.is_usable for one in offers(replace(MEI, country="IE"))]

    assert True in usable
    assert usable == sorted(usable, reverse=True)


@pytest.mark.parametrize(
    ("level", "amount", "remedy"),
    [
        ("unverified", 30_000, "Verified accounts may pay up to CN¥50,000.00."),
        ("unverified", 60_000, "verified in mainland China: up to CN¥200,000.00."),
        ("verified_cn", 300_000, "Split the order, or choose another method."),
    ],
)
def test_a_limit_says_what_raises_it(level, amount, remedy):
    facts = yuan(amount, verification=Verification(level))

    (why,) = offer(BY_CODE[REDIRECT], facts).hindrances

    assert remedy in why.remedy


def every_hindrance():
    for country in ("CN", "IE", "BR", "JP", ""):
        for verification in Verification:
            for account in AccountKind:
                for currency, amount in (("CNY", 1), ("CNY", 10**11), ("JPY", 500)):
                    for device in Device:
                        facts = Facts(
                            country,
                            account,
                            verification,
                            currency,
                            amount,
                            device,
                            frozenset({"alipay"}),
                        )
                        for one in offers(facts):
                            yield from one.hindrances


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reason_comes_with_a_way_on_and_none_is_a_trick(language):
    tricks = "(?i)vpn|proxy|pretend|change your|another country|翻墙|代理|虚假|更改"
    with translation.override(language):
        found = {(one.code, one.reason, one.remedy) for one in every_hindrance()}

    assert len(found) > 8
    for code, reason, remedy in found:
        assert reason, code
        assert remedy, code
        assert not re.search(tricks, reason + remedy), (reason, remedy)
        assert bool(re.search(r"[\u4e00-\u9fff]", reason)) == (language == "zh-hans")


def test_accounts_and_rules_use_the_same_words():
    assert [one.value for one in Verification] == User.Verification.values
    assert [one.value for one in AccountKind] == User.Kind.values
    assert [method.code for method in METHODS] == Attempt.Method.values


# --- Facts of a request -------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "device"),
    [
        ({"User-Agent": DESKTOP}, Device.DESKTOP),
        ({"User-Agent": PHONE}, Device.PHONE),
        ({"User-Agent": PHONE, "Sec-CH-UA-Mobile": "?0"}, Device.DESKTOP),
        ({"User-Agent": DESKTOP, "Sec-CH-UA-Mobile": "?1"}, Device.PHONE),
        ({}, Device.DESKTOP),
    ],
)
def test_the_browser_says_which_device_it_is_on(headers, device):
    request = RequestFactory().get("/", headers=headers)

    assert shoppers.device_of(request.headers) is device


@pytest.mark.parametrize(
    ("header", "said", "country"),
    [
        ("CF-IPCountry", "de", "DE"),
        ("CF-IPCountry", "T1", ""),
        ("CF-IPCountry", "<script>", ""),
        ("", "DE", ""),
    ],
)
def test_a_network_country_is_believed_from_one_header_only(
    settings, header, said, country
):
    settings.COUNTRY_HEADER = header
    request = RequestFactory().get("/", headers={"CF-IPCountry": said})

    assert shoppers.network_country(request.headers) == country


# --- The gateway's health -----------------------------------------------------------


def silence(times, why=GatewayUnknown):
    for _time in range(times):
        with pytest.raises(GatewayUnknown), health.watched("alipay"):
            raise why("network")


def test_three_silences_close_a_gateway_and_one_answer_opens_it():
    silence(2)
    assert health.down(["alipay"]) == frozenset()

    silence(1)
    assert health.down(["alipay", "other"]) == {"alipay"}

    with pytest.raises(GatewayRejected), health.watched("alipay"):
        raise GatewayRejected("TRADE_NOT_EXIST")
    assert health.down(["alipay"]) == frozenset()


def test_calls_that_were_never_made_are_no_silence():
    silence(3, why=GatewayNotAsked)

    assert health.down(["alipay"]) == frozenset()


def test_a_closed_gateway_is_tried_again_after_a_minute(monkeypatch):
    monkeypatch.setattr(health, "REST_SECONDS", 0)

    silence(3)

    assert health.down(["alipay"]) == frozenset()


# --- Doors --------------------------------------------------------------------------


@pytest.fixture
def mei(client, db):
    client.force_login(a_payer())
    return client


def url(name, charge):
    return reverse(f"payments:{name}", args=[charge.reference])


def card(page, code):
    """The radio card of a method: whether it can be chosen, and its reason."""
    text = page.content.decode()
    found = re.search(
        rf'(?s)<input type="radio" name="method" value="{code}"(.*?)>(.*?)</label>',
        text,
    )
    return "disabled" not in found[1], found[2]


def test_a_closed_method_is_shown_with_reason_and_cannot_be_posted(mei, clock, gateway):
    User.objects.update(account_kind="company")
    charge = a_charge()

    can, said = card(mei.get(url("pay", charge)), QR)
    answer = mei.post(url("start", charge), {"method": QR}, follow=True)

    assert not can
    assert "yours buys for a company" in said
    assert "yours buys for a company" in answer.content.decode()
    assert charge.attempts.count() == 0
    assert card(mei.get(url("pay", charge)), REDIRECT)[0]


def test_the_command_refuses_what_is_not_offered(clock, gateway, db):
    charge = a_charge("5000.01")

    with pytest.raises(commands.MethodUnavailable):
        an_attempt(charge=charge)

    assert charge.attempts.count() == 0
    User.objects.update(verification="verified")
    an_attempt(charge=charge)


def test_a_gateway_that_is_down_is_not_offered_now(mei, clock, gateway):
    charge = a_charge()
    silence(3)

    can, said = card(mei.get(url("pay", charge)), QR)

    assert not can
    assert "does not answer at the moment" in said
    cache.clear()
    assert card(mei.get(url("pay", charge)), QR)[0]


def test_where_the_payer_seems_to_be_is_kept_and_closes_nothing(
    mei, clock, gateway, settings
):
    settings.COUNTRY_HEADER = "CF-IPCountry"
    charge = a_charge()

    mei.post(url("start", charge), {"method": QR}, headers={"CF-IPCountry": "US"})

    attempt = charge.attempts.get()
    assert (attempt.status, attempt.seen_from) == (Attempt.Status.LIVE, "US")
    page = mei.get(reverse("payments:methods"), headers={"CF-IPCountry": "US"})
    assert "That closes no method" in page.content.decode()


def test_the_page_shows_any_country_that_one_picks(client, db):
    page = client.get(
        reverse("payments:methods"),
        {"country": "IE", "verification": "unverified", "account": "personal"},
    )

    text = page.content.decode()
    assert "It is not offered to accounts in Ireland." in text
    assert "Outside mainland China it opens only to verified accounts." in text
    assert '<option value="company">' in text
    assert '<option value="unverified" selected>' in text


def test_the_page_is_about_the_own_account_unless_one_picks(mei, db):
    User.objects.update(country="BR")

    text = mei.get(reverse("payments:methods")).content.decode()

    assert "What your own account can pay by." in text
    assert "It is not offered to accounts in Brazil." in text


@pytest.mark.parametrize("value", ["", "ZZ", "' OR 1", "\u0000", "中国"])
def test_nonsense_that_is_picked_is_the_own_account(mei, value):
    picked = {"country": value, "verification": value, "account": value}

    answer = mei.get(reverse("payments:methods"), picked)

    assert answer.status_code == 200
    assert answer.context["facts"].country == "CN"


def test_the_region_page_costs_few_queries(mei, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        mei.get(reverse("payments:methods"))


@pytest.mark.usefixtures("gateway")
def test_a_live_payment_outlives_a_change_of_the_account(mei, clock):
    attempt = an_attempt()
    User.objects.update(account_kind="company")

    page = mei.get(url("qr", attempt.charge))

    assert page.status_code == 200
    with pytest.raises(commands.MethodUnavailable):
        commands.renew_attempt(attempt=attempt, at=kernel_clock.now())
