"""Scenarios 2 to 5 and 20: money that is slow, double, doubtful, late, or stuck."""

from datetime import timedelta
from decimal import Decimal

import pytest

from escrow import books
from kernel.worklist.models import Task
from marketplace.notifications.models import Notice
from orders import commands
from orders.models import Order
from payments import worklist
from payments.models import Attempt, Charge, Notification, Refund
from tests.factories import (
    a_buyer,
    a_cart,
    a_placed_checkout,
    a_product,
    fresh,
    placing,
    stock_of,
)
from tests.journeys.people import Person, text
from tests.scenarios.acts import (
    Time,
    arrives_again,
    asks_for_new_code,
    bell,
    shows_code,
)
from tests.simulator.harness import until

pytestmark = pytest.mark.django_db(transaction=True)
Status = Order.Status
Verdict = Notification.Verdict


@pytest.fixture(autouse=True)
def time(shop, simulator, monkeypatch):
    """An earlier test has moved the simulator's clock: ours goes with it."""
    yield Time(simulator, monkeypatch)
    simulator.control("faults/off", {})


@pytest.fixture
def mei(shop):
    return Person(a_buyer("Mei"))


def paid(order):
    return until(lambda: fresh(order).status == Status.AWAITING_SHIPMENT)


def purse(simulator):
    return Decimal(simulator.balance("mei", "balance"))


def told_of(simulator, attempt):
    """What the simulator's books say: taken, and sent back."""
    order = simulator.order(attempt.number)
    return order["total_amount"], [one["amount"] for one in order["refunds"]]


def test_two_codes_expire_and_the_third_is_paid(simulator, mei, time):
    tea = a_product(stock=3)
    checkout = a_placed_checkout(tea, buyer=mei.user)
    charge, codes = checkout.charge, []
    for _ in range(2):
        codes.append(shows_code(mei, charge))
        time.passes(minutes=16)
        bell("expire_attempts")
        page = text(mei.opens("payments:qr", charge.reference))
        assert "The code has expired. Get a new one" in page
        assert stock_of(tea) == (3, 1)

    third = asks_for_new_code(mei, codes[-1])
    simulator.pay(third.number)

    paid(checkout.orders.get())
    assert [fresh(code).status for code in codes] == [Attempt.Status.EXPIRED] * 2
    assert len({code.number for code in (*codes, third)}) == 3
    assert Charge.objects.get().status == Charge.Status.PAID
    assert stock_of(tea) == (2, 0)
    assert books.problems() == []


def test_of_two_codes_paid_within_a_second_one_goes_back(simulator, mei):
    checkout = a_placed_checkout(buyer=mei.user)
    first = shows_code(mei, checkout.charge)
    # Nobody has scanned it yet: Alipay cannot close what it does not know.
    second = asks_for_new_code(mei, first)
    simulator.control("faults", {"kind": "paid_twice", "times": 1})
    had = purse(simulator)

    simulator.pay(second.number)

    both = checkout.charge.attempts.filter(status=Attempt.Status.PAID)
    until(lambda: both.count() == 2)
    order = checkout.orders.get()
    paid(order)
    assert sorted(both.values_list("is_stray", flat=True)) == [False, True]
    bell("send_refunds")
    refund = Refund.objects.get()
    assert (refund.status, refund.amount) == (Refund.Status.SETTLED, order.total)
    amount = f"{order.total.amount:.2f}"
    back = {told_of(simulator, code)[1] == [amount] for code in (first, second)}
    assert back == {True, False}
    assert purse(simulator) == had - order.total.amount
    assert Notice.objects.filter(user=mei.user, kind="paid_twice").count() == 1
    page = text(mei.opens("orders:detail", order.number))
    assert "A second payment for this order arrived" in page
    assert books.problems() == []


def test_news_comes_three_times_forged_and_with_another_amount(shop, simulator, mei):
    checkout = a_placed_checkout(buyer=mei.user)
    code = shows_code(mei, checkout.charge)
    for kind in ("news_forged", "news_wrong_amount", "news_twice"):
        simulator.control("faults", {"kind": kind, "times": 1})

    simulator.pay(code.number)

    paid(checkout.orders.get())
    seen = Notification.objects.order_by("received_at", "pk")
    until(lambda: {Verdict.FORGED, Verdict.MISMATCH} <= set(verdicts(seen)))
    until(lambda: verdicts(seen).count(Verdict.REPEATED) >= 1)
    until(lambda: not seen.filter(verdict=Verdict.NEW).exists())
    # And once more from the last to the first, byte for byte.
    rows = list(seen.reverse())
    answers = {row.verdict: arrives_again(shop, row) for row in rows}

    assert answers[Verdict.FORGED] == "fail"
    assert {answers[Verdict.APPLIED], answers[Verdict.REPEATED]} == {"success"}
    assert verdicts(seen).count(Verdict.APPLIED) == 1
    assert verdicts(seen).count(Verdict.FORGED) >= 2
    assert checkout.charge.history.count() == 1
    bell("query_live_attempts")
    assert not Refund.objects.exists()
    assert books.problems() == []


def verdicts(rows):
    return list(rows.values_list("verdict", flat=True))


@pytest.fixture
def closing(simulator, mei, time):
    """The last piece; its order's time is over while the payment is under way, the
    news of which waits; returns the piece, the checkout and the attempt."""
    cup = a_product(stock=1)
    checkout = a_placed_checkout(cup, buyer=mei.user)
    time.passes(hours=23, minutes=55)
    code = shows_code(mei, checkout.charge)
    simulator.control("pause_notifications", {"paused": True})
    simulator.control(
        "faults",
        {"kind": "paid_after_closing", "times": 1, "options": {"seconds": 0.2}},
    )
    time.passes(minutes=5, seconds=1, simulator_lags=timedelta(minutes=2))
    bell("close_due_charges")
    assert fresh(checkout.charge).status == Charge.Status.CLOSED
    assert stock_of(cup) == (1, 0)
    until(lambda: told_status(simulator, code) == "TRADE_SUCCESS")
    return cup, checkout, code


def told_status(simulator, attempt):
    answer = simulator.ask(f"trades/{attempt.number}")
    return answer.json().get("trade_status") if answer.status_code == 200 else None


def test_money_in_flight_when_time_closes_the_order_revives_it(simulator, closing, mei):
    cup, checkout, code = closing
    order = checkout.orders.get()

    simulator.control("pause_notifications", {"paused": False})

    paid(order)
    assert fresh(checkout.charge).status == Charge.Status.PAID
    assert stock_of(cup) == (0, 0)
    assert not Refund.objects.exists()
    assert told_of(simulator, code) == (f"{order.total.amount:.2f}", [])
    assert Notice.objects.filter(user=mei.user, kind="order_revived").exists()
    assert "has to send the goods by" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_without_the_piece_all_of_it_goes_back(simulator, closing, mei):
    cup, checkout, code = closing
    order = checkout.orders.get()
    commands.place_order(**placing(a_cart(a_buyer("Lin"), cup)))

    simulator.control("pause_notifications", {"paused": False})

    until(Refund.objects.exists)
    bell("send_refunds")
    assert Refund.objects.get().status == Refund.Status.SETTLED
    amount = f"{order.total.amount:.2f}"
    assert told_of(simulator, code) == (amount, [amount])
    assert fresh(order).status == Status.CANCELLED
    assert stock_of(cup) == (1, 1)
    assert Notice.objects.filter(user=mei.user, kind="paid_too_late").exists()
    assert "All of it went back" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_a_refund_without_funds_then_slow_for_two_days_succeeds(simulator, mei, time):
    checkout = a_placed_checkout(buyer=mei.user)
    code, order = shows_code(mei, checkout.charge), checkout.orders.get()
    simulator.pay(code.number)
    paid(order)
    had = purse(simulator)
    simulator.control("faults", {"kind": "refund_no_balance", "times": 1})
    time.passes(days=3, minutes=1)
    bell("refund_unshipped_orders")

    bell("send_refunds")

    refund = Refund.objects.get()
    assert (refund.status, refund.last_answer) == ("requested", "no funds")
    task = Task.objects.get(key=worklist.stuck_key(refund))
    assert task.closed_at is None

    slow = {"kind": "refund_processing", "times": 1, "options": {"seconds": 2 * 86_400}}
    simulator.control("faults", slow)
    for hours in (1, 24, 22):
        time.passes(hours=hours)
        bell("send_refunds")
        assert fresh(refund).status == Refund.Status.REQUESTED
        assert fresh(refund).number == refund.number
        assert books.problems() == []
    assert fresh(refund).last_answer == "processing"
    assert purse(simulator) == had
    assert "on its way back" in text(mei.opens("orders:detail", order.number))

    time.passes(hours=3)
    bell("send_refunds")

    assert fresh(refund).status == Refund.Status.SETTLED
    assert fresh(order).status == Status.REFUNDED
    assert fresh(task).closing_note == "settled"
    amount = f"{order.total.amount:.2f}"
    assert told_of(simulator, code) == (amount, [amount])
    assert purse(simulator) == had + order.total.amount
    assert books.problems() == []
