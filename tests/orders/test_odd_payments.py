"""The desk finds each payment that did not go as it should, and reads its story."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kernel import sweeps
from orders import commands
from payments import commands as payments
from payments.desk_filters import ODDITIES
from payments.gateways.port import GatewayRejected, GatewayUnknown
from tests.factories import (
    a_paid_order,
    a_person,
    a_placed_checkout,
    start,
    the_gateway,
)
from tests.orders.test_late_money import closed_by_time, comes, two_codes

pytestmark = pytest.mark.django_db


def revived(clock):
    checkout = a_placed_checkout()
    comes(closed_by_time(checkout, clock), clock)
    return checkout.charge


def late(clock):
    checkout = a_placed_checkout()
    attempt = closed_by_time(checkout, clock)
    clock.advance(minutes=30)
    comes(attempt, clock)
    return checkout.charge


def twice(clock):
    checkout = a_placed_checkout()
    for attempt in two_codes(checkout, clock):
        comes(attempt, clock)
    return checkout.charge


def other_amount(clock):
    checkout = a_placed_checkout()
    attempt = start(checkout)
    the_gateway().pay(attempt.number, at=clock.now, amount_minor=1)
    payments.check_attempt(attempt=attempt, at=clock.now)
    return checkout.charge


def refund_that(clock, failure):
    order = a_paid_order()
    clock.set(order.ship_by + timedelta(hours=1))
    commands.refund_unshipped(order_id=order.pk, at=clock.now)
    the_gateway().fail("refund", failure)
    sweeps.run("send_refunds", at=clock.now)
    return order.checkout.charge


# Which filters find it, and what its story says.
CASES = {
    "revived": (revived, {"revived"}, "revive: closed → paid"),
    "late": (late, {"late"}, "paid twice or too late"),
    "twice": (twice, {"revived", "twice"}, "paid twice or too late"),
    "other_amount": (other_amount, {"other_amount"}, "got CN¥0.01"),
    "refund_waits": (
        lambda clock: refund_that(clock, GatewayUnknown("network", "down")),
        {"refund_waits"},
        "request",
    ),
    "refund_refused": (
        lambda clock: refund_that(clock, GatewayRejected("TRADE_HAS_FINISHED")),
        {"refund_refused"},
        "reject: requested → rejected",
    ),
}


def test_every_oddity_has_a_case():
    assert set(CASES) == set(ODDITIES)


@pytest.mark.parametrize("name", CASES)
def test_the_desk_finds_it_and_reads_why(client, settings, clock, name):
    settings.DESK_SECOND_FACTOR = False
    make, found_by, told = CASES[name]
    a_paid_order()
    charge = make(clock)
    client.force_login(a_person("Dana", is_staff=True, is_superuser=True))
    address = reverse("admin:payments_charge_changelist")

    finds = {
        odd
        for odd in ODDITIES
        if charge.reference in client.get(address, {"odd": odd}).content.decode()
    }

    assert finds == found_by
    page = client.get(reverse("admin:payments_charge_change", args=[charge.pk]))
    assert told in page.content.decode()
