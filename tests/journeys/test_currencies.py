"""Scenario 18 and its kin: listed in one currency, paid for ever in another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from escrow import books
from kernel.money import money
from orders import exchange_report
from orders.models import Order
from payments.models import Attempt, Charge, Refund
from tests.factories import (
    a_cart,
    a_person,
    a_product,
    a_seller,
    decided,
    fresh,
    ship,
)
from tests.journeys.people import Person, complains, sweep, text
from tests.marketplace.moving import DAY_ONE, Market

pytestmark = pytest.mark.django_db
ACCOUNT = {"holder": "Danbao", "bank": "B", "number": "6200 0142", "code": "NOWH"}


@pytest.fixture(autouse=True)
def market(settings, tmp_path, clock):
    """A euro is 8 yuan, 1 dollar or 160 yen, until the test says otherwise."""
    settings.RATES_FILE = tmp_path / "rates.zip"
    settings.DESK_SECOND_FACTOR = False
    settings.BANK_ACCOUNTS = dict.fromkeys(("CNY", "USD", "JPY"), ACCOUNT)
    made = Market(settings.RATES_FILE)
    clock.set(made.noon(DAY_ONE))
    return made


@pytest.fixture
def dana():
    return Person(a_person("Dana", is_staff=True, is_superuser=True))


@pytest.fixture
def cup():
    """Listed in dollars, without shipping."""
    shop = a_seller("Joe", currency="USD", shipping_minor=0)
    return a_product(price="49.99", seller=shop, title="A blue cup")


def yen(amount):
    return money(amount, "JPY")


def places(mei, currency):
    """Press the button of the page that asks for ``currency``."""
    page = mei.browser.get(reverse("orders:checkout"), {"currency": currency})
    fields = {
        "token": page.context["token"],
        "expected_minor": page.context["expected_minor"],
        "currency": page.context["currency"],
        "quotes": page.context["quote_references"],
        "address": page.context["chosen"],
        "method": Attempt.Method.TRANSFER,
    }
    mei.sends("orders:place", **fields)
    return page


def desk_acts(dana, row, act, **answers):
    """One of the desk's acts on ``row``, answered and confirmed."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    page = reverse(name, args=[row.pk]).replace("change/", f"{act}/")
    return dana.browser.post(page, {**answers, "note": "n", "confirm": "1"})


def receives(dana, amount, clock):
    """The bank's statement shows ``amount`` for the only charge."""
    desk_acts(
        dana,
        Attempt.objects.get(),
        "receipt",
        amount=str(amount.amount),
        currency=str(amount.currency),
        received_on=clock.now.date().isoformat(),
        bank_number="B1",
        reason="statement",
    )


def test_dollars_paid_in_yen_and_partly_refunded(clock, market, mei, dana, cup):
    a_cart(mei.user, cup, quantity=2)

    page = places(mei, "JPY")

    # 49.99 × 161.6 = 8078.384: whole yen a piece, then doubled; 8000 at the mid rate.
    order = Order.objects.get()
    charge = Charge.objects.get()
    assert page.context["review"].spread == yen(2 * (8078 - 7998))
    assert (order.total, charge.amount) == (yen(16156), yen(16156))
    line = order.lines.get()
    assert (line.unit_price, line.listed_price) == (yen(8078), money("49.99", "USD"))
    receives(dana, yen(16156), clock)
    order = fresh(order)
    assert order.status == Order.Status.AWAITING_SHIPMENT
    # 5 % of 99.98 dollars are 5.00, at the order's rate.
    assert order.hold.commission == yen(808)
    ship(order)
    complains(mei, order, claim="5000")
    market.publish(DAY_ONE + timedelta(days=2), JPY="150.00")
    clock.advance(days=3)

    order = decided(fresh(order), refund=yen(5000), by=dana.user)
    sweep("send_refunds", clock)
    refund = Refund.objects.get()
    assert refund.amount == yen(5000)
    desk_acts(dana, refund, "pay-by-hand", reference="OUT-1")

    assert fresh(refund).status == Refund.Status.BY_HAND
    assert books.problems() == []
    (row,) = exchange_report.rows(clock.now.date())
    assert (row.number, row.refunded) == (order.number, yen(5000))
    assert (row.rate, row.day_rate) == (Decimal("161.6"), Decimal("150"))
    assert (row.then, row.now) == (money("30.94", "USD"), money("33.33", "USD"))
    assert row.difference == money("2.39", "USD")
    report = text(dana.opens("admin:orders_order_exchange_differences"))
    assert all(part in report for part in (order.number, "¥5,000", "$2.39", "161.6"))


def test_an_order_is_for_ever_in_the_currency_it_was_placed_in(
    clock, market, mei, dana, cup
):
    a_cart(mei.user, cup)
    places(mei, "JPY")
    receives(dana, yen(8078), clock)
    order = Order.objects.get()
    market.publish(DAY_ONE + timedelta(days=1), JPY="300.00")
    clock.advance(days=2)

    mei.browser.post(reverse("fx:display_currency"), {"currency": "EUR"})
    page = text(mei.opens("orders:detail", order.number))

    assert "¥8,078" in page
    assert "1 USD = 161.6 JPY, fixed when ordered" in page
    assert "€" not in page.split("</header>", 1)[1]


def test_the_listing_currency_needs_no_exchange(clock, mei, cup):
    a_cart(mei.user, cup)

    page = places(mei, "USD")

    assert page.context["quotes"] == []
    assert Charge.objects.get().amount == money("49.99", "USD")


def test_old_rates_offer_the_listing_currency(clock, mei, cup, settings):
    settings.FX_MAX_AGE = timedelta(days=10)
    clock.advance(days=11)
    a_cart(mei.user, cup)

    page = mei.browser.get(reverse("orders:checkout"))

    assert page.status_code == 409
    assert "Everything in your cart is listed in USD" in text(page)
    assert f'{reverse("orders:checkout")}?currency=USD"' in text(page)
    places(mei, "USD")
    assert Order.objects.get().total == money("49.99", "USD")


def test_old_rates_name_what_cannot_be_ordered(clock, mei, cup, teapot, settings):
    settings.FX_MAX_AGE = timedelta(days=10)
    clock.advance(days=11)
    a_cart(mei.user, cup, teapot)

    page = text(mei.browser.get(reverse("orders:checkout")))

    assert "A blue cup" in page.split("What you can do")[1]
    assert "A celadon teapot" not in page.split("What you can do")[1]
    assert "Take them out to order the rest now." in page


@pytest.mark.parametrize("asked", ["EUR", "XXX", "", "CNY\0"])
def test_what_nobody_charges_falls_back_to_the_usual(clock, mei, cup, asked):
    a_cart(mei.user, cup)

    page = mei.browser.get(reverse("orders:checkout"), {"currency": asked})

    assert page.context["currency"] == "CNY"
    shown = [one["code"] for one in page.context["currencies"]]
    assert shown == ["CNY", "USD", "JPY"]


def test_a_currency_that_nobody_charges_is_refused_at_the_button(clock, mei, cup):
    a_cart(mei.user, cup)

    mei.orders(currency="EUR")

    assert not Order.objects.exists()


def test_two_shops_in_two_currencies_are_one_payment_in_a_third(clock, mei, cup):
    lamp = a_product(
        price="20.00", seller=a_seller("Wu", currency="EUR", shipping_minor=500)
    )
    a_cart(mei.user, cup, lamp)

    page = places(mei, "JPY")

    # 20 × 161.6 = 3232, shipping 5 × 161.6 = 808.
    totals = list(Order.objects.order_by("pk").values_list("total", flat=True))
    assert totals == [8078, 4040]
    assert Charge.objects.get().amount == yen(8078 + 4040)
    assert len(page.context["quotes"]) == 2
    assert books.problems() == []


class TestReport:
    """Exchange differences of refunds, at the desk."""

    def test_an_order_that_was_not_converted_is_not_in_it(self, clock, mei, dana, cup):
        a_cart(mei.user, cup)
        places(mei, "USD")
        receives(dana, money("49.99", "USD"), clock)
        order = ship(Order.objects.get())
        complains(mei, order, claim="10.00")
        decided(fresh(order), refund=money("10.00", "USD"), by=dana.user)
        sweep("send_refunds", clock)
        desk_acts(dana, Refund.objects.get(), "pay-by-hand", reference="OUT-1")

        assert exchange_report.rows(clock.now.date()) == []
        page = dana.opens("admin:orders_order_exchange_differences")
        assert "No order with a converted price was refunded" in text(page)

    @pytest.mark.parametrize("until", ["2027-02-30", "x", "0001-01-01", "9999-12-31"])
    def test_a_day_that_is_none_is_today(self, dana, clock, until):
        page = dana.browser.get(
            reverse("admin:orders_order_exchange_differences"), {"until": until}
        )

        assert page.context["until"] == clock.now.date()

    def test_it_is_the_desks_alone(self, mei):
        address = reverse("admin:orders_order_exchange_differences")

        assert mei.browser.get(address).status_code in {302, 403}
        assert Client().get(address).status_code == 302
