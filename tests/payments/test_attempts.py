"""Starting, reusing, replacing and expiring attempts."""

from datetime import timedelta

import pytest

from kernel import clock as kernel_clock
from payments import commands, queries, tasks
from payments.events import ChargesPaid, StrayPaid
from payments.gateways.port import GatewayRejected, GatewayUnknown, PaymentStatus
from payments.models import Attempt, Charge
from tests.payments.builders import (
    QR,
    REDIRECT,
    a_charge,
    a_paid_attempt,
    an_attempt,
    everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LOST = GatewayUnknown("network", "no answer")


def start(charge, method=QR):
    return commands.start_attempt(charge=charge, method=method, at=kernel_clock.now())


def sweep(task):
    return task.run() if hasattr(task, "run") else task()


def test_a_qr_attempt_has_its_code_drawn_once(gateway):
    attempt = an_attempt(method=QR)

    assert attempt.status == Attempt.Status.LIVE
    assert attempt.number == f"{attempt.charge.reference}-1"
    assert attempt.qr_payload == f"https://qr.gateway.test/{attempt.number}"
    assert attempt.qr_svg.startswith("<svg")
    assert "style" not in attempt.qr_svg


def test_the_gateway_is_told_the_same_deadline_as_the_payer(gateway, clock):
    attempt = an_attempt(method=QR)

    assert attempt.expires_at == clock.now + timedelta(minutes=15)
    assert gateway.requests[attempt.number].expires_at == attempt.expires_at
    assert gateway.requests[attempt.number].amount_minor == 8888


def test_an_attempt_never_outlives_its_charge(gateway, clock):
    charge = a_charge()
    clock.set(charge.expires_at - timedelta(minutes=5))

    assert start(charge).expires_at == charge.expires_at


def test_starting_twice_is_starting_once(gateway):
    charge = a_charge()

    first, second = start(charge), start(charge)

    assert first == second
    assert gateway.called("qr_payload") == 1


def test_another_method_closes_the_first_at_the_gateway_before(gateway):
    charge = a_charge()
    first = start(charge, QR)
    gateway.open(first.number)

    second = start(charge, REDIRECT)

    first.refresh_from_db()
    assert first.status == Attempt.Status.CLOSED
    assert gateway.trades[first.number].status is PaymentStatus.CLOSED
    assert first.query_at is None
    assert second.status == Attempt.Status.LIVE
    assert second.number.endswith("-2")
    assert second.redirect_url


def test_a_code_nobody_scanned_counts_as_closed_and_is_watched(gateway):
    charge = a_charge()
    first = start(charge, QR)

    start(charge, REDIRECT)

    first.refresh_from_db()
    assert first.status == Attempt.Status.CLOSED
    assert first.query_at == first.expires_at


def test_replacing_what_was_just_paid_applies_the_payment(gateway, clock, facts):
    charge = a_charge()
    first = start(charge, QR)
    gateway.pay(first.number, at=clock.now)

    with pytest.raises(commands.ChargeNotOpen):
        start(charge, REDIRECT)

    charge.refresh_from_db()
    assert charge.status == Charge.Status.PAID
    assert queries.paid_attempt(charge) == first
    assert len(facts.of(ChargesPaid)) == 1
    assert charge.attempts.count() == 1


def test_without_an_answer_to_the_close_nothing_is_replaced(gateway):
    charge = a_charge()
    first = start(charge, QR)
    gateway.break_down("close")

    with pytest.raises(commands.GatewayDown):
        start(charge, REDIRECT)

    assert queries.live_attempt(charge) == first
    assert charge.attempts.count() == 1


def test_a_new_code_replaces_the_old_one_once(gateway, clock):
    first = an_attempt()

    second = commands.renew_attempt(attempt=first, at=clock.now)
    again = commands.renew_attempt(attempt=first, at=clock.now)

    assert second == again
    assert gateway.called("close") == 1
    assert second.number != first.number
    assert second.charge.attempts.count() == 2


def test_an_unanswered_start_goes_on_with_the_same_number(gateway):
    charge = a_charge()
    gateway.fail("qr_payload!", LOST)
    with pytest.raises(commands.GatewayDown):
        start(charge)
    assert queries.live_attempt(charge).status == Attempt.Status.STARTING

    attempt = start(charge)

    assert attempt.counter == 1
    assert attempt.status == Attempt.Status.LIVE
    assert gateway.called("qr_payload") == 2


def test_a_refused_start_fails_and_leaves_room_for_another(gateway):
    charge = a_charge()
    gateway.fail("qr_payload", GatewayRejected("config", "isv.invalid-app-id"))
    with pytest.raises(commands.GatewayDown):
        start(charge)
    assert queries.latest_attempt(charge).status == Attempt.Status.FAILED

    assert start(charge).counter == 2


@pytest.mark.parametrize("status", [Charge.Status.PAID, Charge.Status.CLOSED])
def test_a_charge_that_is_over_takes_no_attempt(gateway, clock, status):
    charge = a_charge()
    if status == Charge.Status.PAID:
        a_paid_attempt(gateway, charge=charge)
    else:
        commands.close_charge(charge=charge, by=None, note="", at=clock.now)
    before = everything()

    with pytest.raises(commands.ChargeNotOpen):
        start(charge)

    assert everything() == before


def test_nothing_starts_in_the_last_minute(gateway, clock):
    charge = a_charge()
    clock.set(charge.expires_at - timedelta(seconds=59))
    before = everything()

    with pytest.raises(commands.ChargeNotOpen):
        start(charge)

    assert everything() == before


def test_at_most_five_attempts_an_hour(gateway, clock):
    attempt = an_attempt()
    for _ in range(4):
        attempt = commands.renew_attempt(attempt=attempt, at=clock.now)
    clock.advance(minutes=30)
    with pytest.raises(commands.TooManyAttempts):
        commands.renew_attempt(attempt=attempt, at=clock.now)

    clock.advance(minutes=31)

    assert commands.renew_attempt(attempt=attempt, at=clock.now).counter == 6


def test_where_no_other_may_start_the_present_one_is_left_alone(gateway, clock):
    attempt = an_attempt()
    for _ in range(4):
        clock.advance(minutes=1)
        attempt = commands.renew_attempt(attempt=attempt, at=clock.now)
    before, calls = everything(), len(gateway.calls)

    with pytest.raises(commands.TooManyAttempts) as refused:
        commands.renew_attempt(attempt=attempt, at=clock.now)
    with pytest.raises(commands.TooManyAttempts):
        start(attempt.charge, REDIRECT)

    # The first of the five was started at 09:00 in Beijing.
    assert "10:00 UTC+8" in str(refused.value)
    assert everything() == before
    assert len(gateway.calls) == calls


def test_the_hour_is_free_again_when_the_first_of_five_is_an_hour_old(gateway, clock):
    first = attempt = an_attempt()
    for _ in range(4):
        clock.advance(minutes=10)
        attempt = commands.renew_attempt(attempt=attempt, at=clock.now)
    clock.set(first.started_at + timedelta(hours=1, seconds=-1))
    with pytest.raises(commands.TooManyAttempts):
        commands.renew_attempt(attempt=attempt, at=clock.now)

    clock.advance(seconds=1)

    assert commands.renew_attempt(attempt=attempt, at=clock.now).counter == 6


def test_at_most_ten_attempts_a_charge(gateway, clock):
    attempt = an_attempt()
    for _ in range(9):
        clock.advance(hours=1, minutes=1)
        attempt = commands.renew_attempt(attempt=attempt, at=clock.now)
    clock.advance(hours=2)

    with pytest.raises(commands.TooManyAttempts):
        commands.renew_attempt(attempt=attempt, at=clock.now)


def test_a_failed_start_does_not_count(gateway):
    charge = a_charge()
    for _ in range(6):
        gateway.fail("qr_payload", GatewayRejected("config", ""))
        with pytest.raises(commands.GatewayDown):
            start(charge)

    assert start(charge).status == Attempt.Status.LIVE


def test_an_attempt_expires_at_its_deadline_without_the_gateway(gateway, clock):
    attempt = an_attempt()
    gateway.break_down()
    clock.set(attempt.expires_at - timedelta(seconds=1))
    assert tasks.expire_attempts() == 0

    clock.set(attempt.expires_at)

    assert tasks.expire_attempts() == 1
    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.EXPIRED
    assert attempt.query_at is not None
    gateway.mend()
    assert start(attempt.charge).counter == 2


def test_an_expired_code_paid_at_the_last_moment_is_found(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=attempt.expires_at)
    clock.set(attempt.expires_at)
    tasks.expire_attempts()

    clock.advance(minutes=5)
    tasks.query_live_attempts()

    attempt.charge.refresh_from_db()
    assert attempt.charge.status == Charge.Status.PAID
    assert len(facts.of(ChargesPaid)) == 1


def test_two_codes_paid_within_a_second_pay_once(gateway, clock, facts):
    charge = a_charge()
    first = start(charge, QR)
    second = start(charge, REDIRECT)
    gateway.pay(first.number, at=clock.now)
    gateway.pay(second.number, at=clock.now)

    commands.check_attempt(attempt=second, at=clock.now)
    commands.check_attempt(attempt=first, at=clock.now)

    first.refresh_from_db()
    second.refresh_from_db()
    assert queries.paid_attempt(charge) == second
    assert (first.status, first.is_stray) == (Attempt.Status.PAID, True)
    assert facts.of(StrayPaid)[0].attempt_ids == {first.pk}
    assert len(facts.of(ChargesPaid)) == 1


def test_the_other_live_code_is_closed_once_one_is_paid(gateway, clock):
    charge = a_charge()
    first = start(charge, QR)
    second = start(charge, REDIRECT)
    gateway.open(second.number)
    gateway.pay(first.number, at=clock.now)
    commands.check_attempt(attempt=first, at=clock.now)

    tasks.query_live_attempts()

    second.refresh_from_db()
    assert second.status == Attempt.Status.CLOSED
    assert gateway.trades[second.number].status is PaymentStatus.CLOSED


def test_a_kill_before_the_code_is_kept_converges(gateway, clock, monkeypatch):
    """The gateway has answered, the answer is lost with the process."""
    charge = a_charge()

    class Killed(BaseException):
        pass

    def kill(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("payments.commands.attempts.qr.svg", kill)
        with pytest.raises(Killed):
            start(charge)

    assert start(charge).counter == 1
    assert len(gateway.requests) == 1
