"""A day's bill of the simulator against our books, over real HTTP (rules §4.11)."""

from datetime import timedelta

import pytest

from escrow import books
from escrow import commands as escrow
from kernel import clock, sweeps
from kernel.worklist.models import Task
from payments import commands as payments
from payments.models import Attempt, Refund
from payments.reconciliation import commands, days
from payments.reconciliation.models import Day, Difference
from tests.escrow import builders
from tests.simulator.harness import Merchant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noon(shop, simulator):
    """Both clocks stand at the noon of a Beijing day of its own; 0.6 % is charged."""
    simulator.control(
        f"apps/{simulator.app['app_id']}", {"fee_basis_points": 60, "bills_wait": True}
    )
    simulator.control("pause_notifications", {"paused": True})
    return at(simulator, days.day_of(simulator.now()) + timedelta(days=2), "12:00:00")


def at(simulator, day, time):
    """The simulator's clock stands there now; ours is stopped at what it returns."""
    simulator.control("clock", {"set": f"{day:%Y-%m-%d}T{time}"})
    return simulator.now()


def sold(simulator, moment, amount="100.00", *, heard=True):
    """A buyer pays; whether we hear of it before the day is over."""
    with clock.stopped(moment):
        hold = builders.an_open_hold(amount)
        attempt = payments.start_attempt(
            charge=hold.charge, method=Attempt.Method.QR, at=moment
        )
        simulator.pay(attempt.number)
        if heard:
            payments.check_attempt(attempt=attempt, at=simulator.now())
    return builders.fresh(hold), builders.fresh(attempt)


def sold_elsewhere(simulator, number):
    """Somebody uses our app at Alipay for a sale that our books never saw."""
    merchant = Merchant(simulator.app)
    order = {"out_trade_no": number, "total_amount": "5.00", "subject": "elsewhere"}
    merchant.call("alipay.trade.precreate", order)
    simulator.pay(number)


def give_back(hold, moment):
    with clock.stopped(moment):
        escrow.refund_hold(hold=hold, by=None, at=moment, note="no stock")
        builders.settle_refunds()


def paid_twice(simulator, moment, amount):
    """By the new code and by the old one: the second payment goes back."""
    with clock.stopped(moment):
        charge = builders.an_open_hold(amount).charge
        old = payments.start_attempt(charge=charge, method=Attempt.Method.QR, at=moment)
        new = payments.renew_attempt(attempt=old, at=moment + timedelta(minutes=1))
        for attempt in (new, old):
            simulator.pay(attempt.number)
            payments.check_attempt(attempt=attempt, at=simulator.now())
        builders.settle_refunds()


def findings(report):
    return sorted((one.finding, str(one)) for one in report.differences)


def open_tasks():
    return Task.objects.filter(closed_at__isnull=True)


def test_a_day_with_everything_on_it(shop, simulator, noon):
    today = days.day_of(noon)
    tomorrow = today + timedelta(days=1)
    sold(simulator, noon)
    give_back(sold(simulator, noon, "50.00")[0], noon)
    _hold, unheard = sold(simulator, noon, "20.00", heard=False)
    sold_elsewhere(simulator, f"ELSEWHERE-{today}")
    # A second before midnight there, and five seconds after it here.
    eve = at(simulator, today, "23:59:30")
    midnight, _attempt = sold(simulator, eve, "30.00")
    give_back(midnight, days.begin(tomorrow) + timedelta(seconds=5))

    early = at(simulator, tomorrow, "08:00:00")
    with clock.stopped(early):
        assert not commands.reconcile(day=today, at=early).is_clean
        assert Day.objects.get(day=today).last_answer.startswith("bill_not_exist")
        assert not open_tasks().exists()

    morning = at(simulator, tomorrow, "09:10:00")
    with clock.stopped(morning):
        sweeps.run("read_statements", at=morning)
        report = commands.reconcile(day=today, at=morning)
        assert findings(report) == [
            ("missing_here", f"ELSEWHERE-{today}"),
            ("status_differs", unheard.number),
        ]
        assert open_tasks().count() == 2
        # It asks by itself about what it has not heard of.
        sweeps.run("query_live_attempts", at=morning)
        report = commands.reconcile(day=today, at=morning)
        assert findings(report) == [("missing_here", f"ELSEWHERE-{today}")]
        assert open_tasks().count() == 1
        commands.explain(
            difference=report.differences[0],
            reason="elsewhere",
            note="the stall at the fair",
            by=builders.dana(),
            at=morning,
        )

    later = at(simulator, tomorrow + timedelta(days=1), "09:10:00")
    with clock.stopped(later):
        report = commands.reconcile(at=later)
        assert report.is_clean
        assert report.awaited == 0

    day = Day.objects.get(day=today)
    assert (day.lines, day.matched, day.missing_here) == (7, 6, 1)
    assert day.statement.version == 1
    assert bytes(day.statement.raw).startswith(b"PK")
    assert not open_tasks().exists()
    assert builders.books()["psp_fees"] == 60 + 30 + 12 + 18
    assert books.problems() == []


def test_a_payment_that_we_keep_under_a_wrong_number(shop, simulator, noon):
    """Under another number than there: each side misses what the other has."""
    today = days.day_of(noon)
    _hold, attempt = sold(simulator, noon)
    Attempt.objects.filter(pk=attempt.pk).update(number=f"{attempt.number}-X")

    for n in (1, 2):
        morning = at(simulator, today + timedelta(days=n), "09:10:00")
        with clock.stopped(morning):
            report = commands.reconcile(day=today, at=morning)

    assert findings(report) == [
        ("missing_here", attempt.number),
        ("missing_there", f"{attempt.number}-X"),
    ]
    assert open_tasks().count() == 2
    Attempt.objects.filter(pk=attempt.pk).update(number=attempt.number)
    with clock.stopped(morning):
        assert commands.reconcile(day=today, at=morning).is_clean
    assert set(Difference.objects.values_list("resolution", flat=True)) == {"gone"}
    assert not open_tasks().exists()
    assert books.problems() == []


def test_money_that_came_twice_and_went_back_is_on_the_bill(shop, simulator, noon):
    today = days.day_of(noon)
    paid_twice(simulator, noon, "40.00")
    assert Refund.objects.get().status == Refund.Status.SETTLED

    morning = at(simulator, today + timedelta(days=1), "09:10:00")
    simulator.control("faults", {"kind": "bill_not_ready", "times": 1})
    with clock.stopped(morning):
        assert commands.reconcile(day=today, at=morning).unread
        report = commands.reconcile(day=today, at=morning)

    assert report.is_clean
    assert report.days[0].matched == 3
    # Both fees are kept, although one payment went back.
    assert builders.books()["psp_fees"] == 24 + 24
    assert books.problems() == []
