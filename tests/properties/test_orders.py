"""Whatever buyers, sellers, the desk and the clock do, in whatever order: the books
stay true, every order stays in a state that its money allows, and all of it ends."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escrow import books
from escrow.disputes import commands as disputes
from escrow.disputes.models import Dispute
from escrow.ledger import queries as ledger
from escrow.models import Hold
from kernel import sweeps
from kernel.errors import Refusal
from kernel.money import from_minor, to_minor
from orders import commands
from orders.models import Order
from payments import commands as payments
from payments.gateways.port import GatewayRejected, GatewayUnknown, PaymentStatus
from payments.models import Attempt, Charge, Refund
from tests.conftest import MORNING
from tests.factories import (
    a_buyer,
    a_coupon,
    a_person,
    a_placed_checkout,
    a_product,
    a_seller,
    fresh,
    start,
)

pytestmark = pytest.mark.django_db

OVER = {Order.Status.COMPLETED, Order.Status.REFUNDED, Order.Status.CANCELLED}


# A statement for each of hundreds of days is another test's.
OF_DAYS = {"read_statements", "match_statements"}


class World:
    """Two checkouts of three orders in all, and everybody who may act on them."""

    def __init__(self, gateway, clock):
        self.gateway, self.clock = gateway, clock
        clock.set(MORNING)
        gateway.mend()
        self.dana = a_person("Dana", is_staff=True)
        tea, cup = (a_product(seller=a_seller(), price="40.00") for _ in range(2))
        self.checkouts = [
            a_placed_checkout(
                tea,
                cup,
                buyer=a_buyer("Mei"),
                coupons=[a_coupon("13.37"), a_coupon(15, seller=tea.seller)],
            ),
            a_placed_checkout(tea, buyer=a_buyer("Lin"), quantity=2),
        ]
        self.orders = list(Order.objects.order_by("pk"))

    def order(self, index):
        return fresh(self.orders[index % len(self.orders)])

    def checkout(self, index):
        return fresh(self.order(index).checkout)

    def dispute_of(self, index):
        return Dispute.objects.filter(hold=self.order(index).hold_id).last()

    def part(self, index, percent):
        """So many per cent of what is left of the order's hold."""
        hold = self.order(index).hold
        left = to_minor(hold.amount - hold.refunded)
        return from_minor(left * percent // 100, str(hold.amount.currency))

    # --- The buyer ------------------------------------------------------------------

    def looks_at_a_code(self, index, _percent):
        start(self.checkout(index), at=self.clock.now)

    def pays(self, index, percent):
        """Any code that was ever shown, the newest or an older one."""
        codes = list(self.checkout(index).charge.attempts.order_by("-counter"))
        codes = [code for code in codes if self._is_payable(code)]
        if codes:
            code = codes[percent % len(codes)]
            self.gateway.pay(code.number, at=self.clock.now)

    def _is_payable(self, code):
        trade = self.gateway.trades.get(code.number)
        known = code.number in self.gateway.requests
        return known and (trade is None or trade.status is PaymentStatus.WAITING)

    def closes(self, index, _percent):
        checkout = self.checkout(index)
        commands.cancel_checkout(
            checkout=checkout, by=checkout.buyer, at=self.clock.now
        )

    def confirms(self, index, _percent):
        order = self.order(index)
        commands.confirm_receipt(order=order, by=order.buyer, at=self.clock.now)

    def complains(self, index, percent):
        order = self.order(index)
        commands.dispute_order(
            order=order,
            by=order.buyer,
            reason=Dispute.Reason.NOT_RECEIVED,
            claim=self.part(index, max(percent, 1)),
            story="Where is it?",
            pictures=[],
            at=self.clock.now,
        )

    def withdraws(self, index, _percent):
        if dispute := self.dispute_of(index):
            order = self.order(index)
            commands.withdraw_dispute(
                order=order, dispute=dispute, by=order.buyer, at=self.clock.now
            )

    # --- The seller -----------------------------------------------------------------

    def ships(self, index, percent):
        order = self.order(index)
        commands.ship_order(
            order=order,
            carrier="sf",
            tracking_number=f"SF{order.pk:07}{percent % 3:06}",
            by=order.seller.user,
            at=self.clock.now,
        )

    # --- The desk -------------------------------------------------------------------

    def sees_it_delivered(self, index, _percent):
        commands.record_delivery(
            order=self.order(index), by=self.dana, at=self.clock.now
        )

    def decides(self, index, percent):
        if dispute := self.dispute_of(index):
            disputes.decide_dispute(
                dispute=dispute,
                refund=self.part(index, percent),
                ground=Dispute.Ground.SHARED_FAULT,
                note="Both sides could have done better.",
                by=self.dana,
                at=self.clock.now,
            )

    def gives_units_back(self, index, percent):
        """A unit or an amount of the order's line, its shipping, or both."""
        order = self.order(index)
        pk, units = order.lines.values_list("pk", "quantity").first()
        gives = [
            commands.Give(pk, units=percent % (units + 1)),
            commands.Give(pk, amount=self.part(index, percent)),
            commands.Give(commands.SHIPPING, units=1),
        ]
        commands.refund_lines(
            order=order,
            gives=[gives[percent % 2], gives[2]][: 1 + percent % 3 // 2],
            by=self.dana,
            at=self.clock.now,
            note="flawed",
        )

    def gives_a_refund_up(self, _index, _percent):
        for refund in Refund.objects.filter(status=Refund.Status.REQUESTED)[:1]:
            payments.give_up_refund(
                refund=refund, by=self.dana, note="too slow", at=self.clock.now
            )

    def pays_by_hand(self, _index, _percent):
        for refund in Refund.objects.filter(status=Refund.Status.REJECTED):
            payments.pay_refund_by_hand(
                refund=refund,
                reference=f"T-{refund.pk}",
                note="transferred",
                by=self.dana,
                at=self.clock.now,
            )

    # --- The gateway ----------------------------------------------------------------

    def tells(self, index, _percent):
        """News of every trade there is, whether or not it was told before."""
        charge = self.checkout(index).charge
        for attempt in charge.attempts.filter(number__in=self.gateway.trades):
            answer = payments.receive_notification(
                gateway="alipay",
                body=self.gateway.notify_about(attempt.number),
                content_type="",
                remote_address=None,
                at=self.clock.now,
            )
            assert answer == "success"

    def refuses_a_refund(self, _index, _percent):
        self.gateway.fail("refund", GatewayRejected("TRADE_HAS_FINISHED"))

    def loses_an_answer(self, _index, percent):
        method = ("refund!", "close!", "query", "qr_payload!")[percent % 4]
        self.gateway.fail(method, GatewayUnknown("network", "no answer"))

    # --- The clock ------------------------------------------------------------------

    def minutes_pass(self, _index, percent):
        self._pass(timedelta(minutes=percent))

    def days_pass(self, _index, percent):
        self._pass(timedelta(days=percent % 12 + 1))

    def nobody_rings(self, _index, percent):
        """Time goes by without a single sweep: the machine was off."""
        self.clock.set(self.clock.now + timedelta(hours=percent))

    def _pass(self, time):
        self.clock.set(self.clock.now + time)
        names = [one.name for one in sweeps.all_sweeps() if one.name not in OF_DAYS]
        sweeps.run_due(until=self.clock.now, names=names)

    def come_to_an_end(self):
        """Everybody is silent from now on, and the desk pays what it owes."""
        self.gateway._faults.clear()
        for _ in range(9):
            self._pass(timedelta(days=30))
            self.pays_by_hand(0, 0)


ACTS = [
    name
    for name, act in vars(World).items()
    if callable(act)
    and not name.startswith("_")
    and name not in {"order", "checkout", "dispute_of", "part", "come_to_an_end"}
]
steps = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 100))
lives = st.lists(steps, min_size=6, max_size=30)
# Lives begin early or late: most acts mean nothing before others.
LOOKED_AT = [("looks_at_a_code", 0, 0), ("looks_at_a_code", 2, 0)]
PAID = [*LOOKED_AT, ("pays", 0, 0), ("tells", 0, 0), ("pays", 2, 0), ("tells", 2, 0)]
SHIPPED = [*PAID, *(("ships", index, index) for index in range(3))]
DISPUTED = [*SHIPPED, *(("complains", index, 50) for index in range(3))]
BEGINNINGS = [LOOKED_AT, PAID, SHIPPED, DISPUTED]


def everything_booked():
    return ledger.trial_balance()


def live(world, lived):
    for act, index, percent in lived:
        before = everything_booked()
        try:
            getattr(world, act)(index, percent)
        except Refusal:
            assert everything_booked() == before, "a refusal moved money"
        assert books.problems() == [], act


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(begun=st.sampled_from(BEGINNINGS), lived=lives)
def test_any_order_of_acts_is_a_life_that_ends(begun, lived, gateway, clock):
    before = transaction.savepoint()
    world = World(gateway, clock)

    live(world, begun)
    live(world, lived)
    world.come_to_an_end()

    assert books.problems() == []
    assert {fresh(order).status for order in world.orders} <= OVER
    assert not Hold.objects.filter(status__in=["awaiting", "held", "refunding"])
    assert not Charge.objects.filter(status=Charge.Status.OPEN).exists()
    assert not Attempt.objects.filter(status__in=Attempt.LIVE_STATUSES).exists()
    assert not Refund.objects.filter(status__in=["requested", "rejected"]).exists()
    transaction.savepoint_rollback(before)
