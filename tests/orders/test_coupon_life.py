"""A coupon's life with its checkout: reserved, used, and back where it came from."""

from datetime import timedelta

import pytest

from escrow import books
from kernel import sweeps
from marketplace.coupons import commands as coupons
from marketplace.coupons.models import Redemption
from orders import commands
from orders.models import Checkout, Order
from payments.models import Attempt, Refund
from tests.factories import (
    a_buyer,
    a_cart,
    a_coupon,
    a_paid_checkout,
    a_placed_checkout,
    a_product,
    a_seller,
    fresh,
    placing,
    ship,
    stock_of,
)
from tests.orders.test_late_money import closed_by_time, comes
from tests.orders.test_races import at_once, refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway", "clock")]


def state(row):
    if row.returned_at:
        return "returned"
    return "used" if row.used_at else "reserved"


def states():
    assert books.problems() == []
    return [state(row) for row in Redemption.objects.order_by("pk")]


def both_kinds(seller):
    return [a_coupon("20.00", total_limit=1), a_coupon(10, seller=seller)]


def pays_and_nobody_ships(clock):
    clock.advance(days=3)
    sweeps.run("refund_unshipped_orders", at=clock.now)
    sweeps.run("send_refunds", at=clock.now)


def test_ordered_it_is_reserved_and_paid_it_is_used():
    seller = a_seller()
    tea = a_product(seller=seller)
    a_placed_checkout(tea, coupons=both_kinds(seller))
    assert states() == ["reserved"] * 2

    a_paid_checkout(tea, coupons=both_kinds(seller))
    assert states() == ["reserved"] * 2 + ["used"] * 2


def test_unpaid_and_closed_it_comes_back(clock):
    coupon = a_coupon("20.00", total_limit=1)
    checkout = a_placed_checkout(coupons=[coupon])

    commands.cancel_checkout(checkout=checkout, by=checkout.buyer, at=clock.now)

    assert states() == ["returned"]
    a_placed_checkout(coupons=[coupon])


def test_none_of_it_sent_it_comes_back(clock):
    seller = a_seller()
    goods = a_product(seller=seller), a_product()
    a_paid_checkout(*goods, coupons=both_kinds(seller))

    pays_and_nobody_ships(clock)

    assert {order.status for order in Order.objects.all()} == {Order.Status.REFUNDED}
    assert states() == ["returned"] * 2


def test_a_part_of_it_sent_it_stays_used(clock):
    coupon = a_coupon("20.00")
    checkout = a_paid_checkout(a_product(), a_product(), coupons=[coupon])
    first, second = checkout.orders.order_by("pk")
    ship(fresh(first))

    pays_and_nobody_ships(clock)

    assert fresh(second).status == Order.Status.REFUNDED
    assert Refund.objects.get().amount == second.total
    assert states() == ["used"]


def test_gone_when_the_order_is_placed_nothing_has_happened():
    coupon, tea = a_coupon("20.00", total_limit=1), a_product()
    wanted = placing(a_cart(a_buyer(), tea), coupons=[coupon])
    a_placed_checkout(coupons=[coupon])
    before = stock_of(tea)

    with pytest.raises(coupons.CouponGone):
        commands.place_order(**wanted)

    assert stock_of(tea) == before
    assert Checkout.objects.count() == 1
    assert states() == ["reserved"]


@pytest.mark.parametrize("taken_meanwhile", [False, True])
def test_late_money_revives_an_order_with_its_coupon_or_not_at_all(
    clock, taken_meanwhile
):
    coupon = a_coupon("20.00", total_limit=1)
    checkout = a_placed_checkout(coupons=[coupon])
    attempt = closed_by_time(checkout, clock)
    assert states() == ["returned"]
    if taken_meanwhile:
        a_placed_checkout(coupons=[coupon])
    clock.advance(minutes=5)

    comes(attempt, clock)

    order = checkout.orders.get()
    if taken_meanwhile:
        assert order.status == Order.Status.CANCELLED
        assert Attempt.objects.filter(is_stray=True).exists()
        assert states() == ["returned", "reserved"]
    else:
        assert order.status == Order.Status.AWAITING_SHIPMENT
        assert states() == ["used"]


def test_ended_meanwhile_it_is_good_for_three_days(clock):
    coupon = a_coupon("20.00", ends_at=clock.now + timedelta(days=1))
    buyer = a_buyer()
    a_paid_checkout(buyer=buyer, coupons=[coupon])

    pays_and_nobody_ships(clock)
    clock.advance(days=2)

    a_placed_checkout(buyer=buyer, coupons=[coupon])
    assert states() == ["returned", "reserved"]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_buyer", [False, True])
def test_two_checkouts_want_the_last_one(one_buyer):
    limits = {"per_buyer_limit": 1} if one_buyer else {"total_limit": 1}
    coupon, buyer = a_coupon("20.00", **limits), a_buyer()
    carts = [a_cart(a_buyer()), a_cart(a_buyer())]
    wanted = [placing(cart, coupons=[coupon]) for cart in carts]

    def take(number, who):
        coupons.reserve(
            coupons=[coupon], buyer=who, checkout_reference=number, at=wanted[0]["at"]
        )

    if one_buyer:
        answers = at_once(lambda: take("A", buyer), lambda: take("B", buyer))
    else:
        answers = at_once(*(lambda w=w: commands.place_order(**w) for w in wanted))

    assert [type(no) for no in refusals(answers)] == [coupons.CouponGone]
    assert fresh(coupon).taken == 1
    assert Redemption.objects.count() == 1
