"""The platform's coupon on the books: into escrow with the payment, out with refunds.

Order A of the rules' worked example: the buyer pays 104.69, the coupon 11.29.
"""

import pytest
from djmoney.money import Money

from escrow import books as proofs
from escrow import commands, queries
from escrow.models import Hold
from escrow.postings import Part
from escrow.queries import Place
from kernel import clock as kernel_clock
from payments import commands as payments
from payments.models import Refund
from tests.escrow.builders import (
    a_dispute,
    a_held_hold,
    bo,
    books,
    cny,
    dana,
    decide,
    fresh,
    mei,
    settle_refunds,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def hold(gateway):
    return a_held_hold(gateway, "104.69", "5.40", coupon="11.29")


def part(buyer, coupon, commission):
    return Part(cny(buyer), cny(coupon), cny(commission))


def give_back(hold, one):
    return commands.refund_part(
        hold=fresh(hold), part=one, by=dana(), at=kernel_clock.now(), note="a unit"
    )


def refused(hold, one):
    before = books()
    with pytest.raises(commands.CannotSettle):
        give_back(hold, one)
    return books() == before


def test_a_paid_hold_has_what_the_buyer_and_the_coupon_pay(hold):
    escrow = f"escrow:{hold.order_number}"

    assert books() == {"psp_receivable:alipay": 10469, "promo": 1129, escrow: 11598}
    view = queries.money_of(hold)
    assert view.at(Place.ESCROW).amount == cny("115.98")
    assert [one.place for one in view.here] == [Place.ESCROW]
    assert proofs.problems() == []


def test_its_seller_gets_both_less_the_commission(hold):
    commands.release_holds(
        hold_ids=[hold.pk], by=mei(), at=kernel_clock.now(), note="confirmed"
    )

    assert books()[f"seller_pending:{bo().pk}"] == 11058
    assert books()["commission"] == 540
    assert books()["promo"] == 1129
    assert proofs.problems() == []


def test_all_of_it_back_costs_the_platform_nothing(hold):
    commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="not shipped")
    settle_refunds()

    assert books() == {}
    assert fresh(hold).status == Hold.Status.REFUNDED
    assert proofs.problems() == []


def test_units_one_by_one_leave_the_rest_held_and_end_at_zero(hold):
    once = give_back(hold, part("40.29", "4.70", "2.25"))

    assert once.status == Hold.Status.HELD
    assert books()["refund_in_transit"] == 4029
    assert books()["promo"] == 659
    assert books()[f"escrow:{hold.order_number}"] == 11598 - 4499
    assert proofs.problems() == []

    last = give_back(hold, part("64.40", "6.59", "3.15"))

    assert last.status == Hold.Status.REFUNDING
    settle_refunds()
    assert fresh(hold).status == Hold.Status.REFUNDED
    assert books() == {}
    assert proofs.problems() == []


def test_a_hold_is_refunded_with_the_last_of_its_refunds_not_the_first(hold):
    give_back(hold, part("40.29", "4.70", "2.25"))
    give_back(hold, part("64.40", "6.59", "3.15"))
    first, last = Refund.objects.order_by("pk")
    payments.send_refund(refund=last, at=kernel_clock.now())
    assert fresh(hold).status == Hold.Status.REFUNDING
    assert proofs.problems() == []

    payments.send_refund(refund=first, at=kernel_clock.now())
    assert fresh(hold).status == Hold.Status.REFUNDED
    assert proofs.problems() == []


def test_what_is_left_after_a_part_is_released_to_the_seller(hold):
    give_back(hold, part("40.29", "4.70", "2.25"))
    commands.release_holds(
        hold_ids=[hold.pk], by=mei(), at=kernel_clock.now(), note="confirmed"
    )
    settle_refunds()

    assert books()[f"seller_pending:{bo().pk}"] == 11058 - 4274
    assert books()["commission"] == 315
    assert books()["promo"] == 659
    assert proofs.problems() == []


def test_a_decision_about_an_amount_takes_the_same_share_of_the_coupon(hold):
    commands.start_release_clock(hold=hold, release_at=kernel_clock.now())
    planned = queries.settlement_of(fresh(hold), cny("52.34"))
    decide(a_dispute(fresh(hold)), "52.34")

    settled = fresh(hold)
    # 52.34 of 104.69: 5.6445 of the coupon, 2.6997 of the commission.
    assert settled.coupon_returned == planned.coupon == cny("5.64")
    assert settled.commission_returned == cny("2.70")
    assert sum(
        (planned.buyer, planned.coupon, planned.seller, planned.commission), cny("0")
    ) == cny("115.98")
    assert proofs.problems() == []


def test_more_than_is_left_does_not_go_back(hold):
    give_back(hold, part("100.00", "11.29", "5.40"))

    assert refused(hold, part("4.70", "0", "0"))
    assert refused(hold, part("1.00", "0.01", "0"))
    assert refused(hold, part("1.00", "0", "0.01"))
    assert refused(hold, part("0", "0", "0"))
    finer = Part(Money("0.001", "CNY"), cny("0"), cny("0"))
    assert refused(hold, finer)


def test_what_stays_bears_its_commission(hold):
    assert refused(hold, part("104.69", "11.00", "0"))
    assert refused(hold, part("99.30", "11.29", "0"))


def test_with_all_of_the_buyers_money_all_of_the_coupon_goes_back(hold):
    assert refused(hold, part("104.69", "11.00", "5.40"))
