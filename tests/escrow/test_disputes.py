"""Disputes: opened, withdrawn, decided, and settled by silence."""

from datetime import timedelta
from threading import Event

import pytest
from django.conf import settings
from django.db import transaction
from djmoney.money import Money

from escrow import books as proof
from escrow import commands
from escrow.disputes import commands as disputes
from escrow.disputes.events import DisputesDecided
from escrow.disputes.lifecycle import DISPUTES
from escrow.disputes.models import Dispute, DisputeMove, Evidence
from escrow.models import Hold
from kernel import sweeps
from kernel.errors import Refusal
from kernel.lifecycle import CannotMove
from kernel.worklist.models import Task
from payments.models import Refund
from tests.escrow.builders import (
    a_dispute,
    a_disputed_hold,
    a_held_hold,
    a_released_hold,
    a_shipped_hold,
    an_open_hold,
    books,
    cny,
    dana,
    decide,
    fresh,
    mei,
    settle_refunds,
    status,
)
from tests.escrow.racing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = Dispute.Status

ALLOWED = {
    "refund": S.RESOLVED_REFUND,
    "split": S.RESOLVED_SPLIT,
    "release": S.RESOLVED_RELEASE,
    "withdraw": S.WITHDRAWN,
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("action", sorted(DISPUTES.moves))
def test_only_an_open_dispute_moves(state, action, gateway, clock):
    dispute = a_disputed_hold(gateway)
    ended = {"ground": "silence", "decided_at": clock.now}
    Dispute.objects.filter(pk=dispute.pk).update(status=state, **ended)

    if state == S.IN_MEDIATION:
        DISPUTES.move([dispute.pk], action, at=clock.now)
        assert fresh(dispute).status == ALLOWED[action]
        assert DisputeMove.objects.get().to_status == ALLOWED[action]
    else:
        with pytest.raises(CannotMove):
            DISPUTES.move([dispute.pk], action, at=clock.now)
        assert fresh(dispute).status == state


def test_opening_stops_the_clock_and_starts_the_hard_stop(gateway, clock):
    hold = a_shipped_hold(gateway, days=10)
    clock.advance(days=2)

    dispute = a_dispute(hold, claim=cny("60.00"))

    assert dispute.status == S.IN_MEDIATION
    assert dispute.claim == cny("60.00")
    assert dispute.decide_by == clock.now + settings.DISPUTE_HARD_STOP
    assert fresh(hold).paused_left == timedelta(days=8)
    assert dispute.evidence.count() == 1
    assert proof.problems() == []


def test_a_parcel_that_never_came_has_no_picture(gateway):
    dispute = a_dispute(
        a_shipped_hold(gateway), reason=Dispute.Reason.NOT_RECEIVED, pictures=[]
    )

    assert dispute.evidence.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"pictures": []},
        {"claim": cny("100.01")},
        {"claim": cny("0")},
        {"claim": Money("1.005", "CNY")},
        {"claim": Money("1", "JPY")},
        {"story": "  "},
        {"reason": "because"},
    ],
)
def test_a_dispute_that_says_too_little_or_too_much_is_refused(changes, gateway):
    hold = a_shipped_hold(gateway)

    with pytest.raises(disputes.CannotOpenDispute):
        a_dispute(hold, **changes)

    assert fresh(hold).release_at == hold.release_at
    assert not Dispute.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("build", [a_held_hold, a_released_hold, a_disputed_hold])
def test_only_held_and_shipped_money_can_be_disputed(build, gateway):
    row = build(gateway)
    hold = row.hold if isinstance(row, Dispute) else row
    before = Dispute.objects.count()

    with pytest.raises(commands.CannotChangeClock):
        a_dispute(hold)

    assert Dispute.objects.count() == before


def test_unpaid_money_cannot_be_disputed():
    with pytest.raises(commands.CannotChangeClock):
        a_dispute(an_open_hold())


def test_the_third_dispute_needs_the_desk(gateway, clock):
    hold = a_shipped_hold(gateway)
    for _ in range(2):
        disputes.withdraw_dispute(dispute=a_dispute(hold), by=mei(), at=clock.now)

    with pytest.raises(disputes.CannotOpenDispute):
        a_dispute(fresh(hold))

    assert fresh(hold).release_at is not None
    assert Dispute.objects.count() == 2


def test_withdrawing_starts_the_clock_again(gateway, clock):
    dispute = a_disputed_hold(gateway)
    clock.advance(days=20)

    dispute = disputes.withdraw_dispute(dispute=dispute, by=mei(), at=clock.now)

    assert dispute.status == S.WITHDRAWN
    assert dispute.decided_at == clock.now
    assert fresh(dispute.hold).release_at == clock.now + timedelta(days=10)
    with pytest.raises(Refusal):
        disputes.withdraw_dispute(dispute=dispute, by=mei(), at=clock.now)
    assert proof.problems() == []


@pytest.mark.parametrize(
    ("refund", "state", "hold_state", "expected"),
    [
        ("100.00", S.RESOLVED_REFUND, "refunding", {"refund_in_transit": 10_000}),
        (
            "40.00",
            S.RESOLVED_SPLIT,
            "released",
            {"refund_in_transit": 4_000, "seller_pending": 5_700, "commission": 300},
        ),
        (
            "0.00",
            S.RESOLVED_RELEASE,
            "released",
            {"seller_pending": 9_500, "commission": 500},
        ),
    ],
)
def test_the_desk_decides(refund, state, hold_state, expected, gateway, clock, told):
    dispute = a_disputed_hold(gateway)

    dispute = decide(dispute, refund)

    assert dispute.status == state
    assert status(dispute.hold) == hold_state
    moved = {code.partition(":")[0]: minor for code, minor in books().items()}
    assert moved == {"psp_receivable": 10_000, **expected}
    assert dispute.refund == cny(refund)
    assert dispute.ground == "evidence_buyer"
    assert dispute.note == "The pictures show it."
    assert (dispute.decided_by, dispute.decided_at) == (dana(), clock.now)
    move = DisputeMove.objects.get()
    assert (move.by, move.note) == (dana(), "The pictures show it.")
    assert told[-1] == DisputesDecided(frozenset({dispute.pk}), clock.now)
    settle_refunds()
    assert proof.problems() == []


@pytest.mark.parametrize(
    ("refund", "changes", "refusal"),
    [
        ("40.00", {"note": "  "}, disputes.CannotDecide),
        ("40.00", {"ground": ""}, disputes.CannotDecide),
        ("40.00", {"ground": "mood"}, disputes.CannotDecide),
        ("100.01", {}, commands.CannotSettle),
        ("-1.00", {}, commands.CannotSettle),
    ],
)
def test_a_decision_needs_its_reasons_and_stays_within_what_is_held(
    refund, changes, refusal, gateway
):
    dispute = a_disputed_hold(gateway)
    before = books()

    with pytest.raises(refusal):
        decide(dispute, refund, **changes)

    assert fresh(dispute).status == S.IN_MEDIATION
    assert books() == before
    assert not Refund.objects.exists()


def test_a_decision_is_final(gateway):
    dispute = decide(a_disputed_hold(gateway), "40.00")
    before = books()

    for refund in ("40.00", "0.00", "100.00"):
        with pytest.raises(Refusal):
            decide(dispute, refund)

    assert books() == before


def test_nobody_decides_for_sixty_days(gateway, clock, told):
    dispute = a_disputed_hold(gateway)
    clock.advance(days=60, seconds=-1)
    assert sweeps.run("settle_overdue_disputes", at=clock.now) == 0

    clock.advance(seconds=1)
    assert sweeps.run("settle_overdue_disputes", at=clock.now) == 1

    dispute = fresh(dispute)
    assert dispute.status == S.RESOLVED_REFUND
    assert (dispute.ground, dispute.decided_by) == ("silence", None)
    assert dispute.refund == cny("100.00")
    assert status(dispute.hold) == Hold.Status.REFUNDING
    assert sweeps.run("settle_overdue_disputes", at=clock.now) == 0
    settle_refunds()
    assert status(dispute.hold) == Hold.Status.REFUNDED
    assert books() == {}
    assert proof.problems() == []


def test_one_dispute_that_cannot_be_settled_stops_no_other(
    gateway, clock, monkeypatch, caplog
):
    bad, good = a_disputed_hold(gateway), a_disputed_hold(gateway)
    clock.advance(days=60)
    decide_dispute = disputes.decide_dispute

    def fails_for_one(*, dispute, **options):
        if dispute.pk == bad.pk:
            raise commands.CannotSettle("no")
        return decide_dispute(dispute=dispute, **options)

    monkeypatch.setattr(disputes, "decide_dispute", fails_for_one)

    assert sweeps.run("settle_overdue_disputes", at=clock.now) == 2
    assert fresh(good).status == S.RESOLVED_REFUND
    assert fresh(bad).status == S.IN_MEDIATION
    assert Task.objects.get().subject == bad.reference


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_move_the_money_once(gateway):
    dispute = a_disputed_hold(gateway)
    dana()

    answers = at_once(
        lambda: decide(dispute, "40.00"),
        lambda: decide(dispute, "100.00"),
        lambda: decide(dispute, "0.00"),
    )

    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 2
    assert all(isinstance(one, Refusal) for one in refused)
    assert proof.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_decision_at_once(gateway, clock):
    dispute = a_disputed_hold(gateway)
    dana()

    answers = at_once(
        lambda: decide(dispute, "40.00"),
        lambda: disputes.withdraw_dispute(dispute=dispute, by=mei(), at=clock.now),
    )

    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Refusal)
    assert proof.problems() == []


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_the_desk_and_the_hard_stop_never_wait_in_a_circle(gateway, clock):
    dispute = a_disputed_hold(gateway)
    dana()
    clock.advance(days=60)
    desk_is_in, sweep_is_over = Event(), Event()

    def desk():
        with transaction.atomic():
            Hold.objects.select_for_update(no_key=True).get(pk=dispute.hold_id)
            desk_is_in.set()
            sweep_is_over.wait(timeout=2)
            return decide(dispute, "40.00").status

    def hard_stop():
        desk_is_in.wait(timeout=30)
        try:
            return sweeps.run("settle_overdue_disputes", at=clock.now)
        finally:
            sweep_is_over.set()

    assert at_once(desk, hard_stop) == [S.RESOLVED_SPLIT, 0]
    assert proof.problems() == []
