"""What one payment costs the database, from the notification up to the orders, and
that nobody waits for another payment meanwhile."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from escrow import books
from orders.models import Order
from payments import commands as payments
from payments.models import Notification
from tests.factories import (
    a_buyer,
    a_paid_order,
    a_placed_checkout,
    a_product,
    a_seller,
    fresh,
    start,
)

pytestmark = pytest.mark.django_db
STATEMENTS = 14


def paid_and_told(checkout, gateway, at):
    """The buyer has paid; the notification is kept, and not applied yet."""
    attempt = start(checkout)
    gateway.pay(attempt.number, at=at)
    return Notification.objects.create(
        gateway="alipay",
        body=gateway.notify_about(attempt.number),
        received_at=at,
        apply_at=at,
    )


@pytest.mark.parametrize("shops", [1, 3])
def test_applying_a_notification_costs_few_statements(gateway, clock, shops):
    """Charge, hold, books, stock, order, news and mail, in one transaction."""
    checkout = a_placed_checkout(*(a_product() for _ in range(shops)))
    row = paid_and_told(checkout, gateway, clock.now)

    with CaptureQueriesContext(connection) as queries:
        payments.apply_notification(notification_id=row.pk, at=clock.now)

    sent = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(sent) <= STATEMENTS, "\n".join(sent)
    assert fresh(row).verdict == "applied"
    paid = {Order.Status.AWAITING_SHIPMENT}
    assert {order.status for order in checkout.orders.all()} == paid
    assert books.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_notifications_do_not_wait_for_each_other(gateway, clock):
    """The same buyer, shop, gateway and currency: no row of theirs is in the way."""
    at, shop, buyer = clock.now, a_seller(), a_buyer()
    a_paid_order(a_product(seller=shop), buyer=buyer)
    one, other = [
        paid_and_told(
            a_placed_checkout(a_product(seller=shop), buyer=buyer), gateway, at
        )
        for _ in range(2)
    ]
    applied, may_commit = threading.Event(), threading.Event()

    def apply_slowly():
        try:
            with transaction.atomic():
                payments.apply_notification(notification_id=one.pk, at=at)
                applied.set()
                assert may_commit.wait(10)
        finally:
            connection.close()

    slow = threading.Thread(target=apply_slowly)
    slow.start()
    try:
        assert applied.wait(10)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            payments.apply_notification(notification_id=other.pk, at=at)
    finally:
        may_commit.set()
        slow.join()

    assert {fresh(row).verdict for row in (one, other)} == {"applied"}
    assert books.problems() == []
