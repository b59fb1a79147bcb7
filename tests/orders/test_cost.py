"""What one payment costs the database, from the notification up to the orders."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escrow import books
from orders.models import Order
from payments import commands as payments
from payments.models import Notification
from tests.factories import a_placed_checkout, a_product, fresh, start

pytestmark = pytest.mark.django_db
STATEMENTS = 14


@pytest.mark.parametrize("shops", [1, 3])
def test_applying_a_notification_costs_few_statements(gateway, clock, shops):
    """Charge, hold, books, stock, order, news and mail, in one transaction."""
    checkout = a_placed_checkout(*(a_product() for _ in range(shops)))
    attempt = start(checkout)
    gateway.pay(attempt.number, at=clock.now)
    row = Notification.objects.create(
        gateway="alipay",
        body=gateway.notify_about(attempt.number),
        received_at=clock.now,
        apply_at=clock.now,
    )

    with CaptureQueriesContext(connection) as queries:
        payments.apply_notification(notification_id=row.pk, at=clock.now)

    sent = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(sent) <= STATEMENTS, "\n".join(sent)
    assert fresh(row).verdict == "applied"
    paid = {Order.Status.AWAITING_SHIPMENT}
    assert {order.status for order in checkout.orders.all()} == paid
    assert books.problems() == []
