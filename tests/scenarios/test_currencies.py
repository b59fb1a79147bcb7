"""Scenario 18 with a gateway that answers by itself: dollars paid in yuan."""

from datetime import timedelta

import pytest

from escrow import books
from kernel import clock, sweeps
from kernel.money import money
from orders import exchange_report
from orders.models import Order
from payments.models import Attempt, Charge, Notification, Refund
from tests.factories import (
    a_buyer,
    a_cart,
    a_person,
    a_product,
    a_seller,
    cny,
    decided,
    fresh,
    ship,
)
from tests.journeys.people import Person, complains, text
from tests.simulator.harness import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei(shop):
    return Person(a_buyer("Mei"))


def test_dollars_paid_in_yuan_and_partly_refunded(shop, simulator, mei):
    seller = a_seller("Joe", currency="USD", shipping_minor=0)
    a_cart(mei.user, a_product(price="49.99", seller=seller), quantity=2)
    page = mei.opens("orders:checkout").context
    (quote,) = page["quotes"]

    mei.orders(method=Attempt.Method.QR)

    order, charge = Order.objects.get(), Charge.objects.get()
    rate = order.checkout.quotes.get().rate
    unit = (money("49.99", "USD").amount * rate).quantize(cny("0.01").amount)
    assert charge.amount == cny(str(unit * 2))
    attempt = charge.attempts.get()
    simulator.pay(attempt.number)
    until(lambda: fresh(order).status == Order.Status.AWAITING_SHIPMENT)
    # The gateway has taken exactly what the page said, to the fen.
    assert simulator.order(attempt.number)["total_amount"] == f"{unit * 2:.2f}"
    assert f"1 USD = {quote['rate']} CNY, fixed when ordered" in text(
        mei.opens("orders:detail", order.number)
    )

    order = ship(fresh(order))
    complains(mei, order, claim="33.33")
    decided(fresh(order), refund=cny("33.33"), by=a_person("Dana"))
    sweeps.run("send_refunds", at=clock.now())

    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.SETTLED, cny("33.33"))
    told = simulator.order(attempt.number)
    assert told["refunds"][0]["amount"] == "33.33"
    assert books.problems() == []
    (row,) = exchange_report.rows(clock.now().date() + timedelta(days=1))
    assert row.refunded == cny("33.33")
    assert str(row.difference.currency) == "USD"
    # Same day, same reference rate: what differs is the spread of one per cent.
    assert row.then < row.now


def test_signed_news_of_another_amount_is_kept_and_not_believed(shop, simulator, mei):
    a_cart(mei.user, a_product(price="49.99"))
    simulator.control("faults", {"kind": "news_wrong_amount", "times": 1})

    mei.orders(method=Attempt.Method.QR)

    attempt = Attempt.objects.get()
    simulator.pay(attempt.number)
    lies = Notification.objects.filter(verdict=Notification.Verdict.MISMATCH)
    lie = until(lies.first)
    assert "owed CN¥59.99" in lie.detail
    sweeps.run("query_live_attempts", at=clock.now())
    order = Order.objects.get()
    until(lambda: fresh(order).status == Order.Status.AWAITING_SHIPMENT)
    assert not Attempt.objects.filter(is_stray=True).exists()
    assert not Refund.objects.exists()
    assert books.problems() == []
