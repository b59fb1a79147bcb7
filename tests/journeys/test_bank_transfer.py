"""An order paid by bank transfer: the desk records it, and refunds by hand."""

from collections import Counter

import pytest
from django.urls import reverse

from escrow import books
from escrow.ledger.models import Transfer
from orders.models import Order
from payments.models import Attempt, Charge, Refund
from tests.factories import a_cart, a_person, fresh
from tests.journeys.people import Person, sweep, text

pytestmark = pytest.mark.django_db
S = Order.Status
ACCOUNT = {"holder": "Danbao", "bank": "B", "number": "6200 0142", "code": "NOWH"}


@pytest.fixture
def dana(settings):
    settings.BANK_ACCOUNTS = {"CNY": ACCOUNT}
    settings.DESK_SECOND_FACTOR = False
    return Person(a_person("Dana", is_staff=True, is_superuser=True))


def records(dana, attempt, clock, *, amount, number):
    page = reverse("admin:payments_attempt_change", args=[attempt.pk])
    return dana.browser.post(
        page.replace("change/", "receipt/"),
        {
            "amount": amount,
            "currency": "CNY",
            "received_on": clock.now.date().isoformat(),
            "bank_number": number,
            "reason": "statement",
            "note": "from Mei Lin",
            "confirm": "1",
        },
    )


def balances():
    """What stands on the accounts that are not an order's, in fen."""
    sums = Counter()
    for one in Transfer.objects.select_related("debit", "credit"):
        sums[one.debit.code] += one.amount_minor
        sums[one.credit.code] -= one.amount_minor
    watched = ("psp_receivable", "unapplied_receipts", "refund_in_transit")
    return {
        code: sum_ for code, sum_ in sums.items() if sum_ and code.startswith(watched)
    }


def test_a_sale_by_bank_transfer_and_back(clock, mei, bo, dana, teapot):
    a_cart(mei.user, teapot)
    answer = mei.orders(method=Attempt.Method.TRANSFER)
    charge = Charge.objects.get()
    assert answer.url == reverse("payments:status", args=[charge.reference])
    assert ACCOUNT["number"] in text(mei.browser.get(answer.url))

    clock.advance(hours=30)
    sweep("close_due_charges", clock)
    records(dana, charge.attempts.get(), clock, amount="130.00", number="B1")

    order = Order.objects.get()
    assert order.status == S.AWAITING_SHIPMENT
    assert "Your transfer has arrived." in text(mei.browser.get(answer.url))
    shown = text(mei.opens("orders:detail", order.number))
    assert "The bank" in shown
    assert "On our bank account" in shown
    assert "Alipay" not in shown
    assert balances() == {"psp_receivable:bank_transfer": 13000}
    assert books.problems() == []

    clock.set(order.ship_by)
    sweep("refund_unshipped_orders", clock)
    sweep("send_refunds", clock)
    refund = Refund.objects.get()
    assert refund.status == Refund.Status.REJECTED
    page = reverse("admin:payments_refund_change", args=[refund.pk])
    dana.browser.post(
        page.replace("change/", "pay-by-hand/"),
        {"reference": "OUT-1", "note": "to Mei Lin", "confirm": "1"},
    )

    assert fresh(order).status == S.REFUNDED
    assert balances() == {}
    assert books.problems() == []


def test_a_wrong_amount_goes_back_and_the_right_one_pays(clock, mei, dana, teapot):
    a_cart(mei.user, teapot)
    mei.orders(method=Attempt.Method.TRANSFER)
    attempt = Attempt.objects.get()

    records(dana, attempt, clock, amount="20.00", number="B1")
    sweep("send_refunds", clock)

    assert Order.objects.get().status == S.PENDING_PAYMENT
    page = mei.opens("payments:status", attempt.charge.reference)
    assert "20.00 came for this payment. That is not what is owed" in text(page)
    assert balances() == {
        "psp_receivable:bank_transfer": 2000,
        "unapplied_receipts": -2000,
    }
    assert books.problems() == []
    records(dana, attempt, clock, amount="130.00", number="B2")
    assert Order.objects.get().status == S.AWAITING_SHIPMENT
    assert books.problems() == []


@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (30, False)])
def test_a_transfer_recorded_after_time_closed_the_order(
    clock, mei, dana, teapot, minutes, lives
):
    a_cart(mei.user, teapot)
    mei.orders(method=Attempt.Method.TRANSFER)
    charge, order = Charge.objects.get(), Order.objects.get()
    attempt = charge.attempts.get()
    clock.set(charge.expires_at)
    sweep("close_due_charges", clock)
    assert fresh(order).status == S.CANCELLED
    clock.advance(minutes=minutes)

    owed = str(attempt.amount.amount)
    assert records(dana, attempt, clock, amount=owed, number="B-1").status_code == 302

    expected = (S.AWAITING_SHIPMENT, "paid") if lives else (S.CANCELLED, "closed")
    assert (fresh(order).status, fresh(charge).status) == expected
    assert fresh(attempt).is_stray != lives
    assert Refund.objects.exists() != lives
    assert books.problems() == []
