"""Refunds that the gateway does not take: told to the desk, given up, paid by hand."""

from datetime import timedelta

import pytest
from django.conf import settings as rules
from django.urls import reverse

from kernel.lifecycle import CannotMove
from kernel.worklist.models import Task
from marketplace.accounts.models import User
from payments import commands, tasks
from payments.commands.refunds import CALLS_END_WITHIN
from payments.events import RefundsPaidByHand, RefundsRejected
from payments.gateways.port import GatewayRejected, RefundStatus
from payments.models import Refund
from payments.worklist import REFUSED, STUCK
from tests.payments.builders import a_paid_attempt, a_payer, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def attempt(gateway):
    return a_paid_attempt(gateway)


@pytest.fixture
def refund(attempt, clock):
    return commands.request_refund(
        attempt=attempt,
        amount=attempt.amount,
        key="order-1",
        reason="refund of order ORD-1",
        by=attempt.charge.payer,
        note="not shipped in time",
        at=clock.now,
    )


@pytest.fixture
def refused(gateway, refund):
    gateway.fail("refund", GatewayRejected("TRADE_HAS_FINISHED", "window over"))
    tasks.send_refunds()
    refund.refresh_from_db()
    return refund


@pytest.fixture
def dana():
    return User.objects.create_superuser("dana@danbao.example", "x", name="Dana")


def open_tasks():
    return list(Task.objects.filter(closed_at__isnull=True).values_list("kind", "key"))


def by_hand(refund, dana, clock, **changes):
    facts = {"reference": "T-1", "note": "to the buyer's account"} | changes
    commands.pay_refund_by_hand(refund=refund, by=dana, at=clock.now, **facts)


def no_funds(gateway, monkeypatch):
    monkeypatch.setattr(gateway, "refund", lambda **_: RefundStatus.NO_FUNDS)


def test_its_history_says_who_asked_for_it_and_why(refund):
    (first,) = refund.history.all()

    assert (first.action, first.to_status) == ("request", "requested")
    assert (first.by, first.note) == (a_payer(), "not shipped in time")


def test_a_final_no_is_a_task_for_finance(refused):
    task = Task.objects.get()

    assert (task.kind, task.queue) == (REFUSED, Task.Queue.FINANCE)
    assert task.subject == refused.number
    assert "TRADE_HAS_FINISHED" in task.detail
    assert tasks.send_refunds() == 0


def test_the_desk_pays_it_by_hand_and_records_it(refused, dana, clock, facts):
    by_hand(refused, dana, clock)

    refused.refresh_from_db()
    assert refused.status == Refund.Status.BY_HAND
    assert (refused.hand_reference, refused.settled_at) == ("T-1", clock.now)
    last = refused.history.last()
    assert (last.by, last.note) == (dana, "T-1: to the buyer's account")
    assert facts.of(RefundsPaidByHand) == [
        RefundsPaidByHand(frozenset({refused.pk}), clock.now)
    ]
    assert open_tasks() == []


def test_it_is_paid_by_hand_once(refused, dana, clock, facts):
    by_hand(refused, dana, clock)
    before = everything()

    with pytest.raises((CannotMove, commands.CannotRefund)):
        by_hand(refused, dana, clock)

    assert everything() == before
    assert len(facts.of(RefundsPaidByHand)) == 1


def test_what_is_still_being_sent_is_not_paid_by_hand(refund, dana, clock):
    before = everything()

    with pytest.raises((CannotMove, commands.CannotRefund)):
        by_hand(refund, dana, clock)

    assert everything() == before


@pytest.mark.parametrize("missing", ["reference", "note"])
def test_a_payment_by_hand_has_its_proof_and_its_reason(
    refused, dana, clock, missing, facts
):
    with pytest.raises(commands.CannotRefund):
        by_hand(refused, dana, clock, **{missing: "  "})

    refused.refresh_from_db()
    assert refused.status == Refund.Status.REJECTED
    assert not facts.of(RefundsPaidByHand)


def test_what_went_back_another_way_is_not_paid_by_hand_as_well(
    gateway, attempt, refused, dana, clock
):
    commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="again", reason="", at=clock.now
    )

    with pytest.raises(commands.CannotRefund):
        by_hand(refused, dana, clock)


def test_too_little_in_our_account_is_told_at_once(gateway, refund, monkeypatch):
    with monkeypatch.context() as patched:
        no_funds(gateway, patched)
        tasks.send_refunds()
    assert open_tasks() == [(STUCK, f"{STUCK}:{refund.number}")]
    refund.refresh_from_db()
    assert refund.last_answer == "no funds"

    commands.send_again(refund=refund, at=refund.requested_at)
    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED
    assert open_tasks() == []


def test_a_gateway_that_is_silent_for_a_day_is_told(gateway, refund, clock):
    gateway.break_down("refund")
    tasks.send_refunds()
    assert open_tasks() == []

    clock.advance(days=1)
    tasks.send_refunds()

    assert open_tasks() == [(STUCK, f"{STUCK}:{refund.number}")]


def test_nothing_is_sent_for_ever(gateway, refund, clock, monkeypatch, facts):
    """After a week it is given up; the gateway knows nothing of it: it is owed."""
    no_funds(gateway, monkeypatch)
    for _ in range(400):
        tasks.send_refunds()
        refund.refresh_from_db()
        if refund.status != Refund.Status.REQUESTED:
            break
        clock.set(max(refund.send_at, clock.now))

    assert refund.status == Refund.Status.REJECTED
    assert refund.given_up_at - refund.requested_at < timedelta(hours=1) + (
        rules.REFUND_GIVE_UP_AFTER
    )
    assert "not taken within 7 days: no funds" in refund.last_answer
    assert len(facts.of(RefundsRejected)) == 1
    assert open_tasks() == [(REFUSED, f"{REFUSED}:{refund.number}")]


def test_given_up_it_is_owed_once_the_gateway_knows_nothing_of_it(
    gateway, refund, dana, clock
):
    commands.give_up_refund(refund=refund, by=dana, note="topped up?", at=clock.now)
    assert tasks.send_refunds() == 0, "a call may still be under way"

    clock.advance(seconds=CALLS_END_WITHIN.total_seconds())
    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.REJECTED
    assert gateway.called("refund") == 0
    last = refund.history.last()
    assert (last.action, last.by, last.note) == ("reject", dana, "topped up?")


def test_given_up_while_a_call_was_under_way_it_is_settled(
    gateway, refund, dana, clock, facts
):
    """The call that was under way moved the money: nothing is owed."""
    commands.give_up_refund(refund=refund, by=dana, note="", at=clock.now)
    gateway.refund(
        number=refund.attempt.number,
        refund_number=refund.number,
        amount_minor=8888,
        currency="CNY",
        reason="",
    )

    clock.advance(seconds=CALLS_END_WITHIN.total_seconds())
    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED
    assert not facts.of(RefundsRejected)


def test_given_up_and_the_gateway_silent_it_waits(gateway, refund, dana, clock, facts):
    commands.give_up_refund(refund=refund, by=dana, note="", at=clock.now)
    gateway.break_down("query_refund")

    clock.advance(hours=1)
    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.REQUESTED
    assert refund.send_at > clock.now
    assert not facts.of(RefundsRejected)


@pytest.mark.parametrize("act", ["give_up", "send_again"])
def test_what_is_settled_is_neither_given_up_nor_sent(refund, dana, clock, act):
    tasks.send_refunds()
    before = everything()

    with pytest.raises(commands.CannotRefund):
        if act == "give_up":
            commands.give_up_refund(refund=refund, by=dana, note="", at=clock.now)
        else:
            commands.send_again(refund=refund, at=clock.now)

    assert everything() == before


# --- At the desk --------------------------------------------------------------------


@pytest.fixture
def desk(client, settings, dana):
    settings.DESK_SECOND_FACTOR = False
    client.force_login(dana)
    return client


def page(name, refund):
    return reverse(f"admin:payments_refund_{name}", args=[refund.pk])


def test_the_desk_records_a_payment_by_hand(desk, refused, dana):
    shown = desk.get(page("change", refused)).content.decode()
    assert "Record that it was paid by hand" in shown
    assert "Give up" not in shown

    desk.post(page("pay_by_hand", refused), {"reference": "", "note": "x"})
    assert Refund.objects.get().status == Refund.Status.REJECTED
    answers = {"reference": "T-9", "note": "transferred", "confirm": "1"}
    desk.post(page("pay_by_hand", refused), answers)

    refused.refresh_from_db()
    assert (refused.status, refused.hand_reference) == ("by_hand", "T-9")
    shown = desk.get(page("change", refused)).content.decode()
    assert "T-9: transferred" in shown
    assert "Record that it was paid by hand" not in shown


def test_the_desk_gives_up_with_a_note(desk, refund, dana, clock):
    assert "Give up" in desk.get(page("change", refund)).content.decode()

    desk.post(page("give_up", refund), {"note": "no money there", "confirm": "1"})

    refund.refresh_from_db()
    assert refund.given_up_by == dana
    assert refund.given_up_note == "no money there"
    assert "Send again" not in desk.get(page("change", refund)).content.decode()


def test_the_desk_sends_again(desk, gateway, refund, clock):
    gateway.break_down("refund")
    tasks.send_refunds()
    gateway.mend()

    waits_until = Refund.objects.get().send_at
    assert "Confirm" in desk.get(page("send_again", refund)).content.decode()
    refund.refresh_from_db()
    assert refund.send_at == waits_until > clock.now

    desk.post(page("send_again", refund), {"confirm": "1"})

    refund.refresh_from_db()
    assert refund.send_at == clock.now
