"""Another amount or currency comes than was asked for: never paid, always returned."""

import pytest
from django.test import Client
from django.urls import reverse

from escrow import books
from escrow.ledger import accounts
from escrow.ledger import queries as ledger
from kernel.money import from_minor
from kernel.worklist.models import Task
from orders.models import Order
from payments import commands as payments
from payments import worklist
from payments.models import Attempt, Charge, Notification, Refund
from tests.factories import a_person, a_placed_checkout, fresh, start, the_gateway
from tests.journeys.people import Person, sweep, text

pytestmark = pytest.mark.django_db
OTHER = [(1, ""), (10_999, ""), (11_001, ""), (11_000, "USD"), (1_100, "JPY")]


@pytest.fixture
def checkout(clock):
    return a_placed_checkout()


def owed_back(currency: str) -> int:
    name = accounts.unapplied_receipts()
    return ledger.balance(account=name, currency=currency)


def in_transit(currency: str) -> int:
    name = accounts.refund_in_transit()
    return ledger.balance(account=name, currency=currency)


def comes(attempt: Attempt, clock, *, minor: int, currency: str) -> None:
    """The money, its notification, and the bell that has the gateway asked."""
    the_gateway().pay(
        attempt.number, at=clock.now, amount_minor=minor, currency=currency
    )
    answer = Client().post(
        reverse("payments:notify", args=["alipay"]),
        the_gateway().notify_about(attempt.number),
        content_type="application/json",
    )
    assert answer.content == b"success"
    sweep("query_live_attempts", clock)


@pytest.mark.parametrize(("minor", "currency"), OTHER)
def test_it_goes_back_and_the_order_stays_to_be_paid(checkout, clock, minor, currency):
    attempt = start(checkout)

    comes(attempt, clock, minor=minor, currency=currency)

    came = from_minor(minor, currency or "CNY")
    attempt = fresh(attempt)
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, True)
    assert (attempt.came, attempt.amount) == (came, checkout.charge.amount)
    assert fresh(checkout.charge).status == Charge.Status.OPEN
    assert checkout.orders.get().status == Order.Status.PENDING_PAYMENT
    assert Notification.objects.get().verdict == Notification.Verdict.MISMATCH
    assert in_transit(str(came.currency)) == minor
    assert owed_back(str(came.currency)) == 0
    (task,) = Task.objects.all()
    assert task.key == worklist.other_amount_key(attempt.number)
    assert books.problems() == []

    sweep("send_refunds", clock)

    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.SETTLED, came)
    assert the_gateway().trades[attempt.number].refunds == {refund.number: minor}
    assert in_transit(str(came.currency)) == 0
    assert books.problems() == []


def test_the_buyer_reads_it_and_pays_again(checkout, clock):
    mei = Person(checkout.buyer)
    comes(start(checkout), clock, minor=1, currency="")

    page = text(mei.opens("payments:pay", checkout.charge.reference))

    assert "Another amount has arrived" in page
    assert "CN¥0.01 came in place of CN¥110.00" in page

    second = start(checkout)
    the_gateway().pay(second.number, at=clock.now)
    payments.check_attempt(attempt=second, at=clock.now)
    assert checkout.orders.get().status == Order.Status.AWAITING_SHIPMENT
    sweep("send_refunds", clock)
    assert books.problems() == []


def test_it_is_done_once_however_often_it_is_told(checkout, clock):
    attempt = start(checkout)
    comes(attempt, clock, minor=1, currency="")

    for _ in range(2):
        payments.receive_notification(
            gateway="alipay",
            body=the_gateway().notify_about(attempt.number),
            content_type="",
            remote_address=None,
            at=clock.now,
        )
        payments.check_attempt(attempt=attempt, at=clock.now)
        clock.advance(minutes=5)
        sweep("query_live_attempts", clock)

    assert Refund.objects.count() == Task.objects.count() == 1
    assert books.problems() == []


def test_closing_the_order_finds_it_and_sends_it_back(checkout, clock):
    attempt = start(checkout)
    the_gateway().pay(attempt.number, at=clock.now, amount_minor=1)
    clock.set(checkout.charge.expires_at)

    sweep("close_due_charges", clock)

    assert fresh(checkout.charge).status == Charge.Status.CLOSED
    assert checkout.orders.get().status == Order.Status.CANCELLED
    sweep("send_refunds", clock)
    assert the_gateway().trades[attempt.number].refunds
    assert books.problems() == []


def test_the_desk_sees_both_amounts(checkout, clock, settings):
    settings.DESK_SECOND_FACTOR = False
    attempt = start(checkout)
    comes(attempt, clock, minor=1_100, currency="JPY")
    dana = Client()
    dana.force_login(a_person("Dana", is_staff=True, is_superuser=True))

    page = dana.get(reverse("admin:payments_attempt_change", args=[attempt.pk]))

    assert "¥1,100" in page.content.decode()
    assert "CN¥110.00" in page.content.decode()
