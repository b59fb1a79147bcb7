"""Coupons: the last one goes to one checkout, and back when nothing was bought."""

from datetime import timedelta

import pytest

from marketplace.coupons import commands, queries
from marketplace.coupons.models import Redemption
from tests.factories import a_buyer, a_coupon, a_seller, fresh

pytestmark = pytest.mark.django_db


def take(coupon, buyer, clock, reference="ORD-1"):
    commands.reserve(
        coupons=[coupon], buyer=buyer, checkout_reference=reference, at=clock.now
    )


def gone(coupon, buyer, clock, reference="ORD-2"):
    with pytest.raises(commands.CouponGone) as caught:
        take(coupon, buyer, clock, reference)
    return str(caught.value.message)


def seen(coupon, buyer, clock):
    """Why the buyer cannot have it; None when it is not even shown."""
    rows = queries.coupons_for(buyer, seller_ids=[], codes=[], at=clock.now)
    found = [one for one in rows if one == coupon]
    return queries.why_not(found[0], at=clock.now) if found else None


@pytest.fixture
def mei():
    return a_buyer("Mei")


def test_it_is_had_as_often_as_it_is_there(clock, mei):
    coupon = a_coupon(10, total_limit=1)
    take(coupon, mei, clock)

    assert "no longer" in gone(coupon, a_buyer("Lin"), clock)
    assert fresh(coupon).taken == 1
    assert seen(coupon, a_buyer("Lu"), clock) == "All of them are taken."


def test_each_buyer_has_it_as_often_as_it_says(clock, mei):
    coupon = a_coupon(10, per_buyer_limit=2)
    take(coupon, mei, clock, "ORD-1")
    take(coupon, mei, clock, "ORD-2")

    assert "already" in gone(coupon, mei, clock, "ORD-3")
    assert fresh(coupon).taken == 2
    take(coupon, a_buyer("Lin"), clock, "ORD-4")


def test_not_before_it_begins_nor_after_it_ends(clock, mei):
    coupon = a_coupon(10)
    clock.advance(days=-2)
    assert "no longer" in gone(coupon, mei, clock)
    clock.advance(days=32)
    assert "no longer" in gone(coupon, mei, clock)


def test_a_stopped_one_is_not_taken(clock, mei):
    coupon = a_coupon(10)
    commands.stop_coupon(coupon=coupon, by=mei, at=clock.now)

    assert "no longer" in gone(coupon, mei, clock)
    with pytest.raises(commands.CouponGone):
        commands.stop_coupon(coupon=coupon, by=mei, at=clock.now)


def test_given_back_it_can_be_used_again(clock, mei):
    coupon = a_coupon(10, total_limit=1)
    take(coupon, mei, clock)
    commands.use(checkout_references=["ORD-1"], at=clock.now)

    for _ in range(2):
        commands.give_back(checkout_references=["ORD-1"], at=clock.now)

    assert fresh(coupon).taken == 0
    assert Redemption.objects.get().good_until is None
    take(coupon, mei, clock, "ORD-2")


def test_given_back_after_its_end_it_is_good_for_three_days(clock, mei):
    coupon = a_coupon(10)
    take(coupon, mei, clock)
    clock.advance(days=40)
    assert seen(coupon, mei, clock) is None

    commands.give_back(checkout_references=["ORD-1"], at=clock.now)

    assert seen(coupon, mei, clock) == ""
    assert seen(coupon, a_buyer("Lin"), clock) is None
    assert "no longer" in gone(coupon, a_buyer("Lu"), clock)
    clock.advance(days=3)
    assert "no longer" in gone(coupon, mei, clock)
    clock.advance(seconds=-1)
    take(coupon, mei, clock, "ORD-2")


def test_a_checkout_that_lives_again_has_it_again(clock, mei):
    coupon = a_coupon(10, total_limit=1)
    take(coupon, mei, clock)
    commands.give_back(checkout_references=["ORD-1"], at=clock.now)

    commands.take_again(checkout_reference="ORD-1", at=clock.now)

    assert fresh(coupon).taken == 1
    again = Redemption.objects.get()
    assert (again.used_at, again.returned_at) == (clock.now, None)


@pytest.mark.parametrize("limits", [{"total_limit": 1}, {"per_buyer_limit": 1}])
def test_not_if_another_checkout_has_used_it_meanwhile(clock, mei, limits):
    coupon = a_coupon(10, **limits)
    take(coupon, mei, clock)
    commands.give_back(checkout_references=["ORD-1"], at=clock.now)
    take(coupon, mei, clock, "ORD-2")

    with pytest.raises(commands.CouponGone):
        commands.take_again(checkout_reference="ORD-1", at=clock.now)
    assert fresh(coupon).taken == 1


@pytest.mark.parametrize(
    ("off", "changes", "why"),
    [
        (0, {}, "Take between"),
        (91, {}, "Take between"),
        ("10.00", {"minimum": "10.00"}, "minimum"),
        (10, {"ends_at": None}, "end after"),
        (10, {"code": "tea "}, "taken"),
    ],
)
def test_a_coupon_that_cannot_be(clock, off, changes, why):
    a_coupon(5, code="TEA")
    if "ends_at" in changes:
        changes = {"ends_at": clock.now - timedelta(days=1)}

    with pytest.raises(commands.BadCoupon, match=why):
        a_coupon(off, **changes)


def test_a_shops_coupon_has_its_currency_and_knows_no_first_orders(clock):
    with pytest.raises(commands.BadCoupon, match="first"):
        a_coupon(5, seller=a_seller(), first_order_only=True)


def test_a_secret_one_is_found_by_its_code(clock, mei):
    coupon = a_coupon(10, is_public=False, code="SESAME")

    def found(*codes):
        return queries.coupons_for(mei, seller_ids=[], codes=codes, at=clock.now)

    assert found() == []
    assert found(" sesame") == [coupon]


def test_looking_costs_one_query(clock, mei, django_assert_num_queries):
    sellers = [a_seller() for _ in range(3)]
    for seller in [*sellers, None]:
        a_coupon(10, seller=seller)

    with django_assert_num_queries(1):
        rows = queries.coupons_for(
            mei, seller_ids=[one.pk for one in sellers[:2]], codes=["X"], at=clock.now
        )
        assert [row.seller for row in rows] == [None, *sellers[:2]]
