"""News from below is taken in batches, at a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escrow import books
from escrow.tasks import release_due_holds
from kernel import sweeps
from marketplace.notifications.models import Notice
from orders.models import Order
from payments import commands as payments
from payments.gateways.port import GatewayRejected
from payments.models import Refund
from tests.factories import (
    a_buyer,
    a_disputed_order,
    a_paid_order,
    a_person,
    a_product,
    a_seller,
    a_shipped_order,
    cny,
    decided,
    fresh,
    stock_of,
)

pytestmark = pytest.mark.django_db


def released_with(clock, number):
    """Queries of releasing ``number`` orders at once, notices included."""
    mei, tea = a_buyer(), a_product(seller=a_seller(), stock=number)
    orders = [a_shipped_order(tea, buyer=mei) for _ in range(number)]
    clock.set(orders[0].hold.release_at)
    with CaptureQueriesContext(connection) as queries:
        sweeps.run("release_due_holds", at=clock.now)
    assert {order.status for order in Order.objects.filter(buyer=mei)} == {"completed"}
    assert Notice.objects.filter(kind="money_released").count() >= number
    return len(queries)


def test_releasing_many_costs_no_more_queries_than_few(clock):
    assert release_due_holds
    few = released_with(clock, 2)

    assert released_with(clock, 6) <= few


def test_a_division_tells_each_side_its_part(clock):
    order = a_disputed_order(a_product(price="90.00"))  # and 10.00 for shipping
    mei, bo = order.buyer, order.seller.user

    decided(order, refund=cny("40.00"))

    told = {notice.kind: notice.line for notice in mei.notices.all()}
    assert "40.00 goes back to you" in told["order_divided"]
    assert "order_completed" not in told
    assert "dispute_decided" in told
    told = {notice.kind: notice.line for notice in bo.notices.all()}
    # Of 4.50 commission, 40 % are given up with 40 % of the price: 60.00 - 2.70.
    assert "57.30 is yours" in told["money_divided"]
    assert "40.00 goes back to the buyer" in told["money_divided"]
    assert "money_released" not in told
    assert {"dispute_decided", "dispute_opened"} <= set(told)


def test_a_refused_refund_is_told_to_its_buyer_and_ends_when_paid_by_hand(
    clock, gateway
):
    order = a_paid_order()
    clock.set(order.ship_by)
    sweeps.run("refund_unshipped_orders", at=clock.now)
    gateway.fail("refund", GatewayRejected("TRADE_HAS_FINISHED"))
    sweeps.run("send_refunds", at=clock.now)
    assert order.buyer.notices.filter(kind="refund_owed").exists()
    assert fresh(order).status == Order.Status.AWAITING_SHIPMENT
    assert books.problems() == []

    payments.pay_refund_by_hand(
        refund=Refund.objects.get(),
        reference="T-1",
        note="transferred",
        by=a_person("Dana", is_staff=True),
        at=clock.now,
    )

    assert fresh(order).status == Order.Status.REFUNDED
    assert order.buyer.notices.filter(kind="refund_paid_by_hand").exists()
    assert books.problems() == []


def test_what_was_sent_does_not_come_back_on_sale_with_the_refund(clock):
    tea = a_product(stock=10)
    order = a_disputed_order(tea)

    decided(order, refund=order.total)
    sweeps.run("send_refunds", at=clock.now)

    assert fresh(order).status == Order.Status.REFUNDED
    assert stock_of(tea) == (9, 0)
    assert books.problems() == []
