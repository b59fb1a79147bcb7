"""Scenario 24: killed between the provider's call and our commit; nothing doubles.

The payout is not there yet. A release calls nobody: it is killed in its transaction.
"""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from escrow import books
from escrow import commands as escrow
from escrow.models import Hold
from kernel import clock
from orders import commands
from orders.models import Order
from payments import commands as payments
from payments.models import Attempt, Charge, Refund
from tests.factories import a_placed_checkout, fresh, ship

pytestmark = pytest.mark.django_db(transaction=True)
VICTIM = "tests.scenarios.victim"


@pytest.fixture
def killed(shop, simulator):
    """Has a worker of its own process do an act, and die at a line of it."""
    url = urlsplit(os.environ["DATABASE_URL"])
    database = url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    app = simulator.app
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DANBAO_ORIGIN": settings.ORIGIN,
        "ALIPAY_GATEWAY_URL": app["gateway_url"],
        "ALIPAY_APP_ID": app["app_id"],
        "ALIPAY_SELLER_ID": app["seller_id"],
        "ALIPAY_APP_PRIVATE_KEY_FILE": app["app_private_key_file"],
        "ALIPAY_PUBLIC_KEY_FILE": app["alipay_public_key_file"],
    }
    # What tests want to see is what the gateway is asked, not what it tells.
    simulator.control("pause_notifications", {"paused": True})

    def kill(act, row, when, place):
        worker = subprocess.run(
            [sys.executable, "-m", VICTIM, act, str(row.pk), when, place],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert worker.returncode == -signal.SIGKILL, worker.stderr.decode()

    return kill


def a_paid_order(simulator):
    checkout = a_placed_checkout()
    attempt = payments.start_attempt(
        charge=checkout.charge, method=Attempt.Method.QR, at=clock.now()
    )
    simulator.pay(attempt.number)
    payments.check_attempt(attempt=attempt, at=clock.now())
    return checkout.orders.get(), fresh(attempt)


def test_a_start_killed_after_the_call_goes_on_with_its_number(killed, simulator):
    charge = a_placed_checkout().charge

    killed("start", charge, "before", "payments.commands.attempts:_move_if_starting")

    attempt = charge.attempts.get()
    assert attempt.status == Attempt.Status.STARTING
    again = payments.start_attempt(
        charge=charge, method=Attempt.Method.QR, at=clock.now()
    )
    assert (again.number, again.status) == (attempt.number, Attempt.Status.LIVE)
    simulator.pay(again.number)
    payments.check_attempt(attempt=again, at=clock.now())
    assert fresh(charge).status == Charge.Status.PAID
    assert books.problems() == []


@pytest.mark.parametrize(
    ("when", "place"),
    [
        # The gateway has said "paid", and nothing is written yet.
        ("before", "payments.commands.asking:apply_state"),
        # Attempt, charge, holds and ledger are written, and not committed.
        ("after", "escrow.commands.holds:_take_money"),
    ],
)
def test_a_payment_killed_before_its_commit_is_captured_once(
    killed, simulator, when, place
):
    checkout = a_placed_checkout()
    attempt = payments.start_attempt(
        charge=checkout.charge, method=Attempt.Method.QR, at=clock.now()
    )
    simulator.pay(attempt.number)

    killed("check", attempt, when, place)

    assert fresh(checkout.charge).status == Charge.Status.OPEN
    assert books.problems() == []
    for _ in range(2):
        payments.check_attempt(attempt=attempt, at=clock.now())
    assert fresh(attempt).status == Attempt.Status.PAID
    assert checkout.charge.history.filter(action="capture").count() == 1
    assert checkout.orders.get().status == Order.Status.AWAITING_SHIPMENT
    assert books.problems() == []


@pytest.mark.parametrize(
    ("when", "place"),
    [
        # The gateway has sent it back, and nothing is written yet.
        ("before", "payments.commands.refunds:_settle"),
        # Settled and booked, and not committed.
        ("after", "escrow.commands.refunds:_book"),
    ],
)
def test_a_refund_killed_before_its_commit_is_sent_once(killed, simulator, when, place):
    order, attempt = a_paid_order(simulator)
    commands.refund_unshipped(order_id=order.pk, at=order.ship_by)
    refund = Refund.objects.get()

    killed("refund", refund, when, place)

    assert fresh(refund).status == Refund.Status.REQUESTED
    (there,) = simulator.order(attempt.number)["refunds"]
    assert there["out_request_no"] == refund.number
    assert books.problems() == []
    for _ in range(2):
        payments.send_refund(refund=fresh(refund), at=clock.now())
    assert fresh(refund).status == Refund.Status.SETTLED
    assert len(simulator.order(attempt.number)["refunds"]) == 1
    assert fresh(order).status == Order.Status.REFUNDED
    assert books.problems() == []


def test_a_release_killed_in_its_transaction_happens_once(killed, simulator):
    order, _attempt = a_paid_order(simulator)
    order = ship(order)

    # The hold is released and the ledger written, and not committed.
    killed("release", order.hold, "before", "orders.notices:orders_completed")

    assert fresh(order.hold).status == Hold.Status.HELD
    assert fresh(order).status == Order.Status.SHIPPED
    assert books.problems() == []
    escrow.release_holds(
        hold_ids=[order.hold_id], by=None, at=clock.now(), note="the time is over"
    )
    assert fresh(order).status == Order.Status.COMPLETED
    assert order.hold.history.filter(action="release").count() == 1
    assert books.problems() == []
