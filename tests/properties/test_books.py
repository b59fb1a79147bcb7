"""Whatever anybody does to held money, in whatever order: the books stay true."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escrow import books, commands, queries
from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from escrow.ledger import commands as ledger
from escrow.models import Hold
from kernel import sweeps
from kernel.errors import Refusal
from kernel.money import from_minor, to_minor
from payments import commands as payments
from payments.gateways.port import GatewayRejected
from payments.models import Charge, Refund
from tests.conftest import MORNING
from tests.escrow import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_above")]


class World:
    """A few holds, and everything that may be tried on one of them."""

    def __init__(self, gateway, clock, opened):
        self.gateway = gateway
        self.clock = clock
        clock.set(MORNING)
        # Two orders share the first charge.
        currency, amounts = opened
        self.holds = []
        money = [(from_minor(a, currency), from_minor(c, currency)) for a, c in amounts]
        shared = builders.a_charge(sum((a for a, _c in money[1:2]), money[0][0]))
        for index, (amount, commission) in enumerate(money):
            charge = shared if index < 2 else builders.a_charge(amount)
            seller = builders.bo("bo" if index % 2 else "lan")
            self.holds.append(
                builders.an_open_hold(amount, commission, charge=charge, seller=seller)
            )

    def hold(self, index):
        return builders.fresh(self.holds[index % len(self.holds)])

    def pay(self, index, _part):
        builders.pay(self.gateway, self.hold(index).charge)

    def close(self, index, _part):
        payments.close_charge(
            charge=self.hold(index).charge, by=None, note="closed", at=self.clock.now
        )

    def pay_late(self, index, _part):
        charge = self.hold(index).charge
        if charge.status == Charge.Status.PAID and charge.attempts.count() == 1:
            builders.pay_late(self.gateway, charge)

    def ship(self, index, part):
        commands.start_release_clock(
            hold=self.hold(index), release_at=self.clock.now + timedelta(days=part / 10)
        )

    def deliver(self, index, part):
        commands.shorten_release(
            hold=self.hold(index),
            at=self.clock.now,
            after_delivery=timedelta(days=part / 10),
        )

    def release(self, index, _part):
        commands.release_holds(
            hold_ids=[self.hold(index).pk], by=None, at=self.clock.now, note="ok"
        )

    def refund(self, index, _part):
        commands.refund_hold(
            hold=self.hold(index), at=self.clock.now, by=None, note="back"
        )

    def settle(self, index, part):
        hold = self.hold(index)
        commands.settle_hold(
            hold=hold, refund=_part(hold, part), by=None, at=self.clock.now, note="x"
        )

    def dispute(self, index, part):
        hold = self.hold(index)
        builders.a_dispute(
            hold,
            reason=Dispute.Reason.NOT_RECEIVED,
            claim=_part(hold, max(part, 1)),
            pictures=[],
        )

    def withdraw(self, index, _part):
        if row := self.hold(index).disputes.order_by("pk").last():
            disputes.withdraw_dispute(dispute=row, by=None, at=self.clock.now)

    def decide(self, index, part):
        hold = self.hold(index)
        if row := hold.disputes.order_by("pk").last():
            builders.decide(row, _part(hold, part))

    def wait(self, _index, part):
        self.clock.advance(days=part)
        sweeps.run("settle_overdue_disputes", at=self.clock.now)
        sweeps.run("release_due_holds", at=self.clock.now)
        sweeps.run("clear_due_holds", at=self.clock.now)

    def send_refunds(self, _index, part):
        if part < 20 and Refund.objects.filter(status="requested").exists():
            self.gateway.fail("refund", GatewayRejected("no"))
        builders.settle_refunds()

    def pay_by_hand(self, index, _part):
        hold = self.hold(index)
        if Refund.objects.filter(hold_refund__hold=hold, status="rejected").exists():
            builders.pay_by_hand(hold)

    def roll_up(self, _index, _part):
        ledger.roll_up()


ACTS = sorted(name for name in vars(World) if name not in {"__init__", "hold"})
ACTS = [name for name in ACTS if not name.startswith("__")]


def _part(hold, percent):
    left = to_minor(hold.amount - hold.refunded)
    return from_minor(left * percent // 100, str(hold.amount.currency))


@st.composite
def openings(draw):
    """Up to four holds in one currency, with any commission up to the whole.

    Two of them together are within what an unverified account may pay at once.
    """
    currency = draw(st.sampled_from(["CNY", "JPY", "KWD"]))
    amounts = draw(st.lists(st.integers(100, 249_999), min_size=2, max_size=4))
    return currency, [(a, draw(st.integers(0, a))) for a in amounts]


steps = st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 100))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(opening=openings(), lived=st.lists(steps, min_size=4, max_size=16))
def test_any_order_of_acts_keeps_the_books_true(opening, lived, gateway, clock):
    before = transaction.savepoint()
    world = World(gateway, clock, opening)
    world.pay(0, 0)
    assert world.hold(0).status == Hold.Status.HELD, "nothing would be tried"
    for act, index, part in [("ship", 0, 50), *lived]:
        state = builders.books(opening[0])
        try:
            getattr(world, act)(index, part)
        except Refusal:
            assert builders.books(opening[0]) == state, "a refusal moved money"
        assert books.problems() == []
    for hold in Hold.objects.all():
        view = queries.money_of(hold)
        assert sum(to_minor(place.amount) for place in view.places) == to_minor(
            hold.amount
        )
        assert all(place.amount.amount >= 0 for place in view.places)
    transaction.savepoint_rollback(before)
