"""Where the money is, told from the ledger: by hold, by seller."""

import pytest
from djmoney.money import Money

from escrow import commands, queries, risk
from escrow.models import Hold
from escrow.queries import Place
from kernel import clock as kernel_clock
from kernel.money import to_minor
from payments.gateways.port import GatewayRejected
from tests.escrow.builders import (
    a_disputed_hold,
    a_held_hold,
    a_released_hold,
    an_open_hold,
    bo,
    cny,
    decide,
    fresh,
    settle_refunds,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def here(hold):
    return {one.place: one.amount.amount for one in queries.money_of(fresh(hold)).here}


def refunding(gateway):
    hold = a_held_hold(gateway)
    commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="x")
    return hold


def refunded(gateway):
    hold = refunding(gateway)
    settle_refunds()
    return hold


def rejected(gateway):
    hold = refunding(gateway)
    gateway.fail("refund", GatewayRejected("NO"))
    settle_refunds()
    return hold


def cleared(gateway):
    hold = a_released_hold(gateway)
    commands.clear_holds(hold_ids=[hold.pk], at=kernel_clock.now())
    return hold


def split(gateway):
    dispute = a_disputed_hold(gateway)
    decide(dispute, "40.00")
    return dispute.hold


STORIES = [
    (lambda _gateway: an_open_hold(), {Place.BUYER: 100}),
    (a_held_hold, {Place.ESCROW: 100}),
    (a_released_hold, {Place.SELLER_PENDING: 95, Place.COMMISSION: 5}),
    (cleared, {Place.SELLER_AVAILABLE: 95, Place.COMMISSION: 5}),
    (refunding, {Place.REFUND_IN_TRANSIT: 100}),
    (refunded, {Place.BUYER: 100}),
    (rejected, {Place.OWED: 100}),
    (
        split,
        {Place.SELLER_PENDING: 57, Place.COMMISSION: 3, Place.REFUND_IN_TRANSIT: 40},
    ),
]


@pytest.mark.parametrize(("live", "expected"), STORIES)
def test_the_amount_sits_where_it_is_now_and_adds_up(
    live, expected, gateway, django_assert_num_queries
):
    hold = fresh(live(gateway))

    with django_assert_num_queries(1):
        view = queries.money_of(hold)

    assert here(hold) == expected
    assert sum(to_minor(one.amount) for one in view.places) == to_minor(hold.amount)
    assert view.at(Place.ALIPAY).amount == cny("0")


def test_each_place_knows_the_lines_that_touched_it(gateway):
    view = queries.money_of(cleared(gateway))

    acts = {one.place: [line.act for line in one.lines] for one in view.places}
    assert acts == {
        Place.BUYER: ["capture"],
        Place.ALIPAY: ["capture"],
        Place.ESCROW: ["capture", "release", "commission"],
        Place.SELLER_PENDING: ["release", "clear"],
        Place.SELLER_AVAILABLE: ["clear"],
        Place.COMMISSION: ["commission"],
        Place.REFUND_IN_TRANSIT: [],
        Place.OWED: [],
        Place.COUPON: [],
    }
    assert view.at("escrow").passed
    assert not view.at("refund_in_transit").passed


def test_one_hold_never_shows_anothers_money(gateway):
    a_released_hold(gateway, "700.00", "35.00")
    hold = a_held_hold(gateway)

    assert here(hold) == {Place.ESCROW: 100}


def test_what_a_settlement_would_do_is_known_before(gateway):
    hold = a_held_hold(gateway)

    planned = queries.settlement_of(hold, cny("33.33"))

    assert planned.buyer + planned.seller + planned.commission == hold.amount
    assert planned.commission == cny("3.33")
    assert len(planned.postings) == 3
    assert fresh(hold).refunded == cny("0")
    assert Hold.objects.get().status == Hold.Status.HELD


def test_a_sellers_money_by_currency(gateway, django_assert_num_queries):
    a_held_hold(gateway)
    a_released_hold(gateway, "40.00", "2.00")
    cleared(gateway)
    a_released_hold(gateway, "9.00", "0.45", seller=bo("lan"))
    a_held_hold(gateway, Money(3333, "JPY"), Money(167, "JPY"))
    an_open_hold()

    shop = bo()
    with django_assert_num_queries(2):
        money = queries.seller_money(shop)

    assert money == [
        queries.SellerMoney("CNY", cny("95.00"), cny("38.00"), cny("95.00")),
        queries.SellerMoney(
            "JPY", Money(3166, "JPY"), Money(0, "JPY"), Money(0, "JPY")
        ),
    ]


def test_a_seller_without_sales_has_no_money():
    assert queries.seller_money(bo()) == []


def test_nobody_may_buy_from_themselves():
    refused = risk.assess(risk.Facts(buyer_id=7, seller_user_id=7))
    allowed = risk.assess(risk.Facts(buyer_id=7, seller_user_id=8))

    assert (refused.allowed, refused.reasons) == (False, (risk.Reason.SELF_PURCHASE,))
    assert (allowed.allowed, allowed.reasons) == (True, ())
