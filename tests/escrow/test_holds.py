"""A hold's life and its money, to the smallest unit."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from escrow import commands, events
from escrow.ledger.models import Transfer
from escrow.lifecycle import HOLDS
from escrow.models import Hold, HoldMove, HoldRefund
from kernel import clock as kernel_clock
from kernel.lifecycle import CannotMove
from kernel.money import money
from payments import commands as payments
from payments.gateways.port import GatewayRejected
from payments.models import Refund
from tests.escrow.builders import (
    a_charge,
    a_disputed_hold,
    a_held_hold,
    a_released_hold,
    a_shipped_hold,
    an_open_hold,
    bo,
    books,
    cny,
    dana,
    fresh,
    mei,
    pay,
    pay_late,
    settle_refunds,
    status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = Hold.Status

ALLOWED = {
    ("fund", S.AWAITING): S.HELD,
    ("void", S.AWAITING): S.VOID,
    ("revive", S.VOID): S.HELD,
    ("release", S.HELD): S.RELEASED,
    ("refund", S.HELD): S.REFUNDING,
    ("settle_refund", S.REFUNDING): S.REFUNDED,
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("action", sorted(HOLDS.moves))
def test_only_the_cells_of_the_table_move_a_hold(state, action, gateway):
    hold = an_open_hold()
    at = kernel_clock.now()
    Hold.objects.filter(pk=hold.pk).update(
        status=state, released_at=at, clear_at=at if state == S.RELEASED else None
    )
    target = ALLOWED.get((action, state))
    values = {"clear_at": at} if action == "release" else {}

    if target is None:
        with pytest.raises(CannotMove):
            HOLDS.move([hold.pk], action, at=at, **values)
        assert status(hold) == state
        assert not HoldMove.objects.exists()
    else:
        HOLDS.move([hold.pk], action, at=at, by=dana(), note="why", **values)
        row = HoldMove.objects.get()
        assert status(hold) == target
        assert (row.from_status, row.to_status, row.note) == (state, target, "why")
        assert row.by == dana()


def test_a_payment_is_held_for_every_order_of_its_charge(gateway, told):
    charge = a_charge(cny("150.00"))
    first = an_open_hold("100.00", "5.00", charge=charge)
    second = an_open_hold("50.00", "2.50", charge=charge, seller=bo("lan"))

    pay(gateway, charge)

    assert {status(first), status(second)} == {S.HELD}
    assert books() == {
        "psp_receivable:alipay": 15_000,
        f"escrow:{first.order_number}": 10_000,
        f"escrow:{second.order_number}": 5_000,
    }
    (fact,) = told
    assert isinstance(fact, events.HoldsFunded)
    assert fact.hold_ids == {first.pk, second.pk}


def test_the_gateways_word_heard_twice_is_booked_once(gateway):
    hold = a_held_hold(gateway)
    attempt = hold.charge.attempts.get()

    payments.check_attempt(attempt=attempt, at=kernel_clock.now())

    assert Transfer.objects.count() == 1


def test_an_unpaid_charge_voids_its_holds(gateway, told):
    hold = an_open_hold()

    payments.close_charge(
        charge=hold.charge, by=mei(), note="changed my mind", at=kernel_clock.now()
    )

    assert status(hold) == S.VOID
    assert books() == {}
    (fact,) = told
    assert isinstance(fact, events.HoldsVoided)
    assert fact.note == "changed my mind"


def test_nobody_buys_from_themselves():
    shop = bo()
    with pytest.raises(commands.CannotHold):
        an_open_hold(charge=a_charge(cny("5.00"), payer=shop.user), seller=shop)

    assert not Hold.objects.exists()


def test_a_release_pays_the_seller_less_the_commission(gateway, told):
    hold = a_shipped_hold(gateway, "100.00", "5.00")
    told.clear()

    commands.release_holds(
        hold_ids=[hold.pk], by=mei(), at=kernel_clock.now(), note="confirmed"
    )

    assert books() == {
        "psp_receivable:alipay": 10_000,
        f"seller_pending:{hold.seller_id}": 9_500,
        "commission": 500,
    }
    hold = fresh(hold)
    assert hold.status == S.RELEASED
    assert hold.release_at is None
    assert hold.clear_at == kernel_clock.now() + timedelta(days=3)
    assert told == [
        events.HoldsReleased(
            frozenset({hold.pk}), kernel_clock.now(), mei().pk, "confirmed"
        )
    ]


def test_it_is_released_once(gateway):
    hold = a_released_hold(gateway)
    before = books()

    with pytest.raises(commands.CannotRelease):
        commands.release_holds(
            hold_ids=[hold.pk], by=None, at=kernel_clock.now(), note="again"
        )

    assert books() == before


def test_one_bad_hold_stops_the_whole_release(gateway):
    good, bad = a_shipped_hold(gateway), a_released_hold(gateway)
    before = books()

    with pytest.raises(commands.CannotRelease):
        commands.release_holds(
            hold_ids=[good.pk, bad.pk], by=None, at=kernel_clock.now(), note="x"
        )

    assert status(good) == S.HELD
    assert books() == before


def test_a_full_commission_leaves_the_seller_nothing_to_clear(gateway):
    hold = a_released_hold(gateway, "3.00", "3.00")

    assert commands.clear_holds(hold_ids=[hold.pk], at=kernel_clock.now()) == 1
    assert books() == {"psp_receivable:alipay": 300, "commission": 300}


def test_without_a_commission_all_of_it_is_the_sellers(gateway):
    hold = a_released_hold(gateway, "3.00", "0.00")

    assert books()[f"seller_pending:{hold.seller_id}"] == 300
    assert "commission" not in books()


def test_cleared_money_is_available_once(gateway):
    hold = a_released_hold(gateway)

    assert commands.clear_holds(hold_ids=[hold.pk], at=kernel_clock.now()) == 1
    assert commands.clear_holds(hold_ids=[hold.pk], at=kernel_clock.now()) == 0

    assert books() == {
        "psp_receivable:alipay": 10_000,
        f"seller_available:{hold.seller_id}": 9_500,
        "commission": 500,
    }


def test_a_refund_leaves_escrow_at_once_and_us_when_the_gateway_says_so(gateway, told):
    hold = a_held_hold(gateway)
    told.clear()

    hold = commands.refund_hold(
        hold=hold, at=kernel_clock.now(), by=None, note="not shipped in time"
    )

    assert hold.status == S.REFUNDING
    assert (hold.refunded, hold.commission_returned) == (cny("100"), cny("5"))
    assert books() == {"psp_receivable:alipay": 10_000, "refund_in_transit": 10_000}
    assert told == []

    settle_refunds()

    assert status(hold) == S.REFUNDED
    assert books() == {}
    assert told == [events.HoldsRefunded(frozenset({hold.pk}), kernel_clock.now())]


def test_a_refund_is_asked_for_once(gateway):
    hold = a_held_hold(gateway)
    commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="x")

    with pytest.raises(commands.CannotSettle):
        commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="x")

    assert Refund.objects.count() == HoldRefund.objects.count() == 1


def test_a_refund_refused_for_good_is_owed_to_the_buyer(gateway, told):
    hold = a_held_hold(gateway)
    commands.refund_hold(hold=hold, at=kernel_clock.now(), by=None, note="x")
    told.clear()
    gateway.fail("refund", GatewayRejected("TRADE_NOT_ALLOW_REFUND"))

    settle_refunds()

    assert books() == {"psp_receivable:alipay": 10_000, "unapplied_receipts": 10_000}
    assert status(hold) == S.REFUNDING
    assert told == [events.HoldRefundsOwed(frozenset({hold.pk}), kernel_clock.now())]


@pytest.mark.parametrize(
    ("refund", "commission", "net", "kept"),
    [
        ("40.00", "5.00", 5_700, 300),
        ("0.01", "5.00", 9_499, 500),
        ("99.99", "5.00", 1, 0),
        ("33.33", "0.05", 6_664, 3),
        ("50.00", "0.01", 5_000, 0),
    ],
)
def test_a_split_gives_the_commission_up_in_proportion(
    refund, commission, net, kept, gateway, told
):
    hold = a_shipped_hold(gateway, "100.00", commission)
    told.clear()

    hold = commands.settle_hold(
        hold=hold, refund=cny(refund), by=dana(), at=kernel_clock.now(), note="split"
    )

    back = int(cny(refund).amount * 100)
    expected = {
        "psp_receivable:alipay": 10_000,
        "refund_in_transit": back,
        f"seller_pending:{hold.seller_id}": net,
        "commission": kept,
    }
    assert books() == {code: minor for code, minor in expected.items() if minor}
    assert back + net + kept == 10_000
    assert hold.status == S.RELEASED
    assert hold.refunded == cny(refund)
    (fact,) = told
    assert isinstance(fact, events.HoldsReleased)

    settle_refunds()

    assert books()["psp_receivable:alipay"] == 10_000 - back
    assert status(hold) == S.RELEASED


def test_yen_and_dinars_keep_their_own_digits(gateway):
    yen = a_shipped_hold(gateway, Money(3333, "JPY"), Money(167, "JPY"))
    dinars = a_shipped_hold(gateway, money("7.125", "KWD"), money("0.356", "KWD"))

    commands.settle_hold(
        hold=yen, refund=Money(1111, "JPY"), by=None, at=kernel_clock.now(), note="x"
    )
    commands.settle_hold(
        hold=dinars,
        refund=money("2.375", "KWD"),
        by=None,
        at=kernel_clock.now(),
        note="x",
    )

    # A third of 167 is 55.67: 56 are given up.
    assert books("JPY") == {
        "psp_receivable:alipay": 3333,
        "refund_in_transit": 1111,
        f"seller_pending:{yen.seller_id}": 2111,
        "commission": 111,
    }
    assert books("KWD") == {
        "psp_receivable:alipay": 7125,
        "refund_in_transit": 2375,
        f"seller_pending:{yen.seller_id}": 4513,
        "commission": 237,
    }
    settle_refunds()
    assert "refund_in_transit" not in books("JPY") | books("KWD")


@pytest.mark.parametrize(
    "refund", [cny("100.01"), -cny("0.01"), Money("1", "JPY"), Money("1.005", "CNY")]
)
def test_a_refund_is_part_of_what_is_held(refund, gateway):
    hold = a_shipped_hold(gateway)
    before = books()

    with pytest.raises(commands.CannotSettle):
        commands.settle_hold(
            hold=hold, refund=refund, by=None, at=kernel_clock.now(), note="x"
        )

    assert books() == before
    assert status(hold) == S.HELD
    assert not Refund.objects.exists()


def test_while_a_dispute_is_open_nothing_else_moves_the_money(gateway):
    dispute = a_disputed_hold(gateway)
    before = books()

    with pytest.raises(commands.CannotRelease):
        commands.release_holds(
            hold_ids=[dispute.hold_id], by=mei(), at=kernel_clock.now(), note="x"
        )
    with pytest.raises(commands.CannotSettle):
        commands.refund_hold(
            hold=dispute.hold, at=kernel_clock.now(), by=None, note="x"
        )
    with pytest.raises(commands.CannotSettle):
        commands.settle_hold(
            hold=dispute.hold,
            refund=cny("1"),
            by=dana(),
            at=kernel_clock.now(),
            note="x",
        )

    assert books() == before


def test_the_database_itself_refuses_a_release_while_the_clock_stands(gateway):
    dispute = a_disputed_hold(gateway)

    at = kernel_clock.now()
    row = Hold.objects.filter(pk=dispute.hold_id)

    with pytest.raises(IntegrityError, match="clock_only"), transaction.atomic():
        row.update(status=S.RELEASED, released_at=at, clear_at=at)


def test_a_second_payment_is_sent_back_and_touches_no_order(gateway, told):
    hold = a_held_hold(gateway)
    stray = pay_late(gateway, hold.charge)

    assert books() == {
        "psp_receivable:alipay": 20_000,
        f"escrow:{hold.order_number}": 10_000,
        "refund_in_transit": 10_000,
    }
    (link,) = HoldRefund.objects.all()
    assert link.hold is None
    assert link.refund.attempt == stray

    commands.refund_stray_payments(attempt_ids=[stray.pk], at=kernel_clock.now())
    assert Refund.objects.count() == 1
    assert sum(isinstance(fact, events.StraysReturning) for fact in told) == 1

    settle_refunds()
    assert books() == {
        "psp_receivable:alipay": 10_000,
        f"escrow:{hold.order_number}": 10_000,
    }
    assert status(hold) == S.HELD
