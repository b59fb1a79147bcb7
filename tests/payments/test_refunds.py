"""Refunds: once per key, never above what was paid, retried under one number."""

from datetime import timedelta

import pytest

from payments import commands, queries, tasks
from payments.events import RefundsRejected, RefundsSettled
from payments.gateways.port import GatewayRejected, GatewayUnknown, RefundStatus
from payments.models import Refund
from tests.payments.builders import (
    a_paid_attempt,
    an_attempt,
    cny,
    everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LOST = GatewayUnknown("network", "no answer")


@pytest.fixture
def attempt(gateway):
    return a_paid_attempt(gateway)


def ask(attempt, clock, amount="88.88", key="order-1"):
    return commands.request_refund(
        attempt=attempt,
        amount=cny(amount),
        key=key,
        reason="not shipped in time",
        at=clock.now,
    )


def test_it_is_sent_and_settled(gateway, clock, attempt, facts):
    refund = ask(attempt, clock)

    assert tasks.send_refunds() == 1

    refund.refresh_from_db()
    assert (refund.status, refund.settled_at) == (Refund.Status.SETTLED, clock.now)
    assert refund.send_at is None
    assert gateway.trades[attempt.number].refunds == {refund.number: 8888}
    assert facts.of(RefundsSettled) == [
        RefundsSettled(frozenset({refund.pk}), clock.now)
    ]
    assert tasks.send_refunds() == 0


def test_the_same_key_is_the_same_refund(gateway, clock, attempt):
    first, second = ask(attempt, clock, "10.00"), ask(attempt, clock, "10.00")

    assert first == second
    assert Refund.objects.count() == 1


def test_a_key_means_one_amount(gateway, clock, attempt):
    ask(attempt, clock, "10.00")
    before = everything()

    with pytest.raises(commands.CannotRefund):
        ask(attempt, clock, "10.01")

    assert everything() == before


@pytest.mark.parametrize("already", ["0.01", "88.88"])
def test_never_more_than_was_paid(gateway, clock, attempt, already):
    ask(attempt, clock, already, key="first")
    before = everything()

    with pytest.raises(commands.CannotRefund):
        ask(attempt, clock, "88.88", key="second")

    assert everything() == before


def test_parts_may_add_up_to_everything(gateway, clock, attempt):
    ask(attempt, clock, "80.00", key="a")
    ask(attempt, clock, "8.88", key="b")

    assert queries.refundable(attempt) == cny("0.00")
    tasks.send_refunds()
    assert set(Refund.objects.values_list("status", flat=True)) == {"settled"}


def test_what_was_not_paid_is_not_refunded(gateway, clock):
    with pytest.raises(commands.CannotRefund):
        ask(an_attempt(), clock)

    assert Refund.objects.count() == 0


@pytest.mark.parametrize("lost", ["refund", "refund!"])
def test_without_an_answer_it_goes_on_under_the_same_number(
    gateway, clock, attempt, facts, lost
):
    refund = ask(attempt, clock)
    gateway.fail(lost, LOST)
    tasks.send_refunds()
    refund.refresh_from_db()
    assert (refund.status, refund.tries) == (Refund.Status.REQUESTED, 1)
    assert refund.send_at == clock.now + timedelta(seconds=15)

    clock.set(refund.send_at)
    tasks.send_refunds()

    refund.refresh_from_db()
    assert (refund.status, refund.tries) == (Refund.Status.SETTLED, 2)
    assert gateway.trades[attempt.number].refunds == {refund.number: 8888}
    assert len(facts.of(RefundsSettled)) == 1


def test_a_final_no_is_announced(gateway, clock, attempt, facts):
    refund = ask(attempt, clock)
    gateway.fail("refund", GatewayRejected("TRADE_HAS_FINISHED", "window over"))

    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.REJECTED
    assert "TRADE_HAS_FINISHED" in refund.last_answer
    assert facts.of(RefundsRejected) == [
        RefundsRejected(frozenset({refund.pk}), clock.now)
    ]
    assert queries.refundable(attempt) == attempt.amount


def test_a_no_after_an_unheard_yes_is_a_yes(gateway, clock, attempt, facts):
    """The first call moved the money; the second is refused for that very reason."""
    refund = ask(attempt, clock)
    gateway.fail("refund!", LOST)
    tasks.send_refunds()
    clock.advance(minutes=1)
    gateway.fail("refund", GatewayRejected("TRADE_HAS_CLOSE"))

    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED
    assert not facts.of(RefundsRejected)


def test_our_own_wrong_settings_are_no_final_no(gateway, clock, attempt, facts):
    refund = ask(attempt, clock)
    gateway.fail("refund", GatewayRejected("config", "isv.invalid-app-id"))

    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.REQUESTED
    assert not facts.of(RefundsRejected)


def test_too_little_in_our_account_waits_and_then_succeeds(
    gateway, clock, attempt, monkeypatch
):
    refund = ask(attempt, clock)
    with monkeypatch.context() as patched:
        patched.setattr(gateway, "refund", lambda **_: RefundStatus.PROCESSING)
        for _ in range(10):
            tasks.send_refunds()
            refund.refresh_from_db()
            clock.set(refund.send_at)
    assert refund.status == Refund.Status.REQUESTED
    assert refund.send_at - refund.requested_at < timedelta(hours=4)

    tasks.send_refunds()

    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED


def test_a_kill_between_gateway_and_commit_converges(
    gateway, clock, attempt, monkeypatch, facts
):
    refund = ask(attempt, clock)

    class Killed(BaseException):
        pass

    def kill(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("payments.commands.refunds._settle", kill)
        with pytest.raises(Killed):
            tasks.send_refunds()
    refund.refresh_from_db()
    assert refund.status == Refund.Status.REQUESTED
    assert tasks.send_refunds() == 0  # leased

    clock.advance(minutes=5)
    assert tasks.send_refunds() == 1

    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED
    assert gateway.trades[attempt.number].refunds == {refund.number: 8888}
    assert len(facts.of(RefundsSettled)) == 1
