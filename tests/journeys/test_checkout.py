"""The checkout page: what is refused there, and what is told."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.fx import rates
from marketplace.fx.models import Quote
from orders.models import Order
from payments.models import Attempt
from tests.factories import (
    a_buyer,
    a_cart,
    a_product,
    a_seller,
    a_shipped_order,
    an_address,
    cny,
    the_variant,
)
from tests.journeys.people import text
from tests.marketplace.ecb import zipped

pytestmark = pytest.mark.django_db
S = Order.Status
NEW_ADDRESS = {
    f"address-{name}": value
    for name, value in {
        "recipient": "Mei",
        "phone": "1",
        "line1": "9 Nowhere Lane",
        "city": "Hangzhou",
        "postcode": "310000",
        "country": "CN",
    }.items()
}


def test_a_first_address_is_given_at_checkout_and_kept(clock, mei, teapot):
    mei.user.addresses.all().delete()
    a_cart(mei.user, teapot)
    assert mei.opens("orders:checkout").context["chosen"] == "new"

    wrong = mei.orders()
    assert wrong.status_code == 200
    assert wrong.context["address_form"].errors
    assert not Order.objects.exists()

    mei.orders(**NEW_ADDRESS)

    assert "9 Nowhere Lane" in Order.objects.get().ship_to
    assert mei.user.addresses.count() == 1


def test_a_double_press_makes_one_order_and_one_address(clock, mei, teapot):
    mei.user.addresses.all().delete()
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    press = {"token": page["token"], "expected_minor": page["expected_minor"]}
    press |= {"currency": page["currency"]}
    press |= {"address": "new", "method": Attempt.Method.REDIRECT, **NEW_ADDRESS}

    first, second = (mei.sends("orders:place", **press) for _ in range(2))

    assert first.url == second.url
    assert Order.objects.count() == 1
    assert mei.user.addresses.count() == 1


def test_a_dead_gateway_leaves_a_payable_order(clock, mei, teapot, gateway):
    a_cart(mei.user, teapot)
    gateway.break_down()

    answer = mei.orders(method=Attempt.Method.QR)

    order = Order.objects.get()
    charge = order.checkout.charge
    assert answer.url == reverse("payments:pay", args=[charge.reference])
    assert order.status == S.PENDING_PAYMENT
    gateway.mend()
    assert mei.opens("payments:pay", charge.reference)
    assert reverse("payments:pay", args=[charge.reference]) in text(
        mei.opens("orders:list")
    )


def test_a_price_that_changes_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    old = mei.opens("orders:checkout").context["expected_minor"]
    variant = the_variant(teapot)
    variant.price = cny("130.00")
    variant.save()

    answer = mei.orders(expected_minor=old)

    page = text(mei.browser.get(answer.url))
    assert "The price has changed: A celadon teapot (Celadon)" in page
    assert "140.00" in page
    assert not Order.objects.exists()


def test_what_sells_out_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    a_shipped_order(teapot, quantity=10)

    answer = mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        currency=page["currency"],
        address=page["chosen"],
        method=Attempt.Method.QR,
    )

    shown = text(mei.browser.get(answer.url))
    assert "Not enough left of: A celadon teapot" in shown
    assert "is sold out" in shown
    assert not Order.objects.filter(buyer=mei.user).exists()


def test_somebody_elses_address_is_not_theirs_to_choose(clock, mei, teapot):
    a_cart(mei.user, teapot)
    foreign = an_address(a_buyer("Lin"))

    mei.orders(address=foreign.pk)

    assert not Order.objects.exists()


@pytest.fixture
def rates_move(settings, tmp_path):
    """From now on the euro costs 8.0000 yuan, then what the test says."""
    settings.RATES_FILE = tmp_path / "rates.zip"

    def move(**per_euro):
        codes = {"CNY": "8.0000", "USD": "1.1000", "JPY": "170.00", **per_euro}
        day = shipped[-1].published_on
        row = ",".join([str(day), *codes.values()])
        settings.RATES_FILE.write_bytes(zipped(f"Date,{','.join(codes)}\n{row}\n"))
        settings.FX_MAX_AGE = timedelta(days=3650)

    shipped = rates.known()
    move()
    return move


class TestQuote:
    """The rate of checkout: yours for a while, renewed, and asked for again."""

    @pytest.fixture(autouse=True)
    def _cup(self, clock, mei, rates_move):
        clock.set(datetime.combine(rates.known()[-1].published_on, time(12), UTC))
        shop = a_seller(currency="EUR", shipping_minor=0)
        a_cart(mei.user, a_product(price="12.50", seller=shop), quantity=2)

    def press(self, mei, page):
        return mei.sends(
            "orders:place",
            token=page["token"],
            expected_minor=page["expected_minor"],
            currency=page["currency"],
            quotes=page["quote_references"],
            address=page["chosen"],
            method=Attempt.Method.QR,
        )

    def test_it_says_what_the_exchange_costs_and_when_it_ends(self, clock, mei):
        page = mei.opens("orders:checkout")

        # 12.50 × 8.08 = 101.00 a piece; at the bank's rate 100.00; a card's 103.00.
        review = page.context["review"]
        assert (review.total, review.spread) == (cny("202.00"), cny("2.00"))
        assert page.context["comparison"].by_card == cny("206.00")
        assert page.context["quote_ends"] == clock.now + timedelta(minutes=30)
        shown = text(page)
        assert "1 EUR = 8.08 CNY" in shown
        assert "The total includes 1.0 % for the exchange" in shown
        assert "A typical bank card adds 3.0 % to a foreign purchase" in shown
        assert "Paying here saves" in shown
        assert "moneygeek.com" in shown
        assert "30:00" in shown

    def test_an_expired_one_is_renewed_and_the_change_asked_again(
        self, clock, mei, rates_move
    ):
        page = mei.opens("orders:checkout").context
        clock.advance(minutes=30)
        rates_move(CNY="8.1000")

        answer = self.press(mei, page)

        again = mei.browser.get(answer.url)
        assert "The exchange rate was updated." in text(again)
        assert again.context["quote_references"] != page["quote_references"]
        renewed = again.context["renewed"]
        assert (renewed.before, renewed.now) == (cny("202.00"), cny("204.52"))
        assert "+CN¥2.52" in text(again)
        assert "Confirm the new total and pay" in text(again)
        assert not Order.objects.exists()
        assert "renewed" not in text(mei.opens("orders:checkout"))
        self.press(mei, again.context)
        assert Order.objects.get().total == cny("204.52")

    def test_one_second_before_its_end_it_holds_and_the_order_keeps_it(
        self, clock, mei, rates_move
    ):
        page = mei.opens("orders:checkout").context
        clock.advance(minutes=29, seconds=59)
        rates_move(CNY="9.0000")

        self.press(mei, page)

        order = Order.objects.get()
        assert order.total == cny("202.00")
        assert order.checkout.charge.amount == cny("202.00")
        clock.advance(hours=20)
        assert "202.00" in text(mei.opens("orders:detail", order.number))
        assert order.checkout.quotes.get().rate == Decimal("8.08")

    def test_a_total_that_stays_is_confirmed_again_all_the_same(self, clock, mei):
        page = mei.opens("orders:checkout").context
        clock.advance(minutes=31)

        again = mei.browser.get(self.press(mei, page).url)

        assert "The total is" in text(again)
        assert "as before" in text(again)
        assert not Order.objects.exists()

    def test_rates_too_old_are_said_and_nothing_is_ordered(self, clock, mei, settings):
        settings.FX_MAX_AGE = timedelta(days=10)
        clock.advance(days=11)

        answer = mei.browser.get(reverse("orders:checkout"))

        assert answer.status_code == 409
        assert "11 days old, too old to promise a price" in text(answer)
        assert "cannot be ordered until there are new rates" in text(answer)
        assert not Quote.objects.exists()

    def test_the_age_of_old_rates_is_said(self, clock, mei):
        assert "days old" not in text(mei.opens("orders:checkout"))
        clock.advance(days=6)
        assert "These rates are 6 days old." in text(mei.opens("orders:checkout"))

    def test_a_display_currency_that_is_not_charged_is_said(self, clock, mei):
        mei.browser.post(reverse("fx:display_currency"), {"currency": "EUR"})

        page = text(mei.opens("orders:checkout"))

        assert "You see prices in EUR elsewhere. This payment is in CNY" in page

    def test_a_quote_for_another_currency_is_no_quote(self, clock, mei):
        page = mei.opens("orders:checkout").context
        names = ("token", "expected_minor", "quote_references", "chosen")

        self.press(mei, {"currency": "JPY", **{one: page[one] for one in names}})

        assert not Order.objects.exists()
