"""Something is wrong: the clock stands, the desk decides."""

from datetime import timedelta

import pytest

from escrow import books
from escrow.queries import Place
from orders.models import Order
from tests.factories import (
    a_picture,
    a_shipped_order,
    cny,
    decided,
    fresh,
    stock_of,
    the_dispute,
)
from tests.journeys.people import complains, money_at, sweep, text

pytestmark = pytest.mark.django_db
S = Order.Status


def test_a_dispute_pauses_the_clock_and_the_desk_divides_the_money(
    clock, mei, bo, teapot
):
    order = a_shipped_order(teapot, buyer=mei.user)
    clock.advance(days=9)

    complains(mei, order)

    dispute = the_dispute(order)
    assert dispute.claim == cny("60.00")
    assert dispute.evidence.count() == 2
    assert fresh(order).hold.paused_left == timedelta(days=1)
    clock.advance(days=20)
    assert sweep("release_due_holds", clock) == 0
    page = text(mei.opens("orders:dispute_detail", order.number, dispute.reference))
    assert "If nobody decides by then" in page
    assert dispute.reference in text(bo.opens("selling:dashboard"))
    bo.opens("selling:dispute", order.number, dispute.reference)

    decided(order, refund=cny("30.00"))
    sweep("send_refunds", clock)

    assert fresh(order).status == S.COMPLETED
    assert money_at(order, Place.BUYER) == cny("30.00")
    assert money_at(order, Place.ESCROW) == cny("0")
    page = text(mei.opens("orders:dispute_detail", order.number, dispute.reference))
    assert "Both sides could have done better" in page
    assert "30.00" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_a_withdrawn_dispute_leaves_three_days_at_least(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)
    clock.advance(days=9, hours=23)
    complains(mei, order)
    dispute = the_dispute(order)

    mei.opens("orders:dispute_withdraw", order.number, dispute.reference)
    mei.sends("orders:dispute_withdraw", order.number, dispute.reference)

    assert fresh(order).hold.release_at == clock.now + timedelta(hours=72)
    assert "withdrew" in text(
        mei.opens("orders:dispute_detail", order.number, dispute.reference)
    )
    assert books.problems() == []


def test_the_desk_gives_everything_back(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)
    complains(mei, order, claim="130.00")

    decided(order, refund=cny("130.00"))
    assert fresh(order).status == S.SHIPPED
    sweep("send_refunds", clock)

    assert fresh(order).status == S.REFUNDED
    assert money_at(order, Place.BUYER) == cny("130.00")
    assert stock_of(teapot) == (9, 0)  # it was sent: it is not for sale again
    assert books.problems() == []


def test_a_claim_above_the_price_or_without_pictures_is_refused(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    for changes in (
        {"claim": "130.01"},
        {"claim": "0"},
        {"claim": "1.001"},
        {"claim": "1e99999999"},
        {"claim": "NaN"},
        {"pictures": []},
        {"pictures": [a_picture().__class__("x.jpg", b"not a picture", "image/jpeg")]},
        {"reason": "changed_mind"},
        {"story": ""},
    ):
        answer = complains(mei, order, **changes)
        assert answer.status_code == 200, changes
        assert answer.context["form"].errors, changes

    assert not order.hold.disputes.exists()
    assert fresh(order).hold.release_at is not None


def test_nothing_arrived_needs_no_picture(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    complains(mei, order, reason="not_received", pictures=[])

    assert the_dispute(order).reason == "not_received"
