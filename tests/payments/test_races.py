"""Two connections at once: exactly one wins, nothing doubles.

Each act is prepared, then released by a barrier on its own thread and connection.
"""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from kernel import clock as kernel_clock
from payments import commands, queries, tasks
from payments.commands import capture
from payments.events import ChargesClosed, ChargesPaid, RefundsSettled, StrayPaid
from payments.models import Attempt, Charge, Notification, Refund
from tests.payments.builders import (
    QR,
    REDIRECT,
    a_charge,
    a_paid_attempt,
    an_attempt,
    post,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def together(*acts):
    """Run ``acts`` at the same moment; returns what each returned or raised."""
    at, barrier = kernel_clock.now(), threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(index, act):
        try:
            with kernel_clock.stopped(at):
                connection.ensure_connection()
                barrier.wait(10)
                results[index] = act()
        except Exception as error:  # noqa: BLE001
            results[index] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(index, act))
        for index, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@contextmanager
def without_the_lock(monkeypatch):
    """Take the guard away, to show that the race is real."""
    meeting = threading.Barrier(2, timeout=5)

    def unlocked(**fields):
        attempt = Attempt.objects.select_related("charge").get(**fields)
        attempt.has_rival = False
        meeting.wait()
        return attempt

    with monkeypatch.context() as patched:
        patched.setattr(capture, "lock_with_charge", unlocked)
        yield


def test_two_notifications_at_once_capture_once(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    answers = together(*[lambda: post(gateway, body)] * 4)

    assert answers == ["success"] * 4
    assert len(facts.of(ChargesPaid)) == 1
    assert attempt.history.filter(action="capture").count() == 1
    verdicts = Notification.objects.values_list("verdict", flat=True)
    assert sorted(verdicts) == ["applied", "repeated", "repeated", "repeated"]


def test_without_the_lock_one_of_them_would_break(gateway, clock, facts, monkeypatch):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    with without_the_lock(monkeypatch):
        answers = together(*[lambda: post(gateway, body)] * 2)

    assert sorted(answers) == ["fail", "success"]
    assert Charge.objects.get().status == Charge.Status.PAID
    assert len(facts.of(ChargesPaid)) == 1


def test_a_notification_against_the_query(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    together(
        lambda: post(gateway, body),
        lambda: commands.check_attempt(attempt=attempt, at=clock.now),
    )

    assert len(facts.of(ChargesPaid)) == 1
    assert Charge.objects.get().status == Charge.Status.PAID


def test_two_codes_paid_and_notified_at_once(gateway, clock, facts):
    charge = a_charge()
    first = an_attempt(charge=charge, method=QR)
    second = an_attempt(charge=charge, method=REDIRECT)
    for attempt in (first, second):
        gateway.pay(attempt.number, at=clock.now)
    bodies = [gateway.notify_about(one.number) for one in (first, second)]

    answers = together(*[lambda body=body: post(gateway, body) for body in bodies])

    assert answers == ["success", "success"]
    assert len(facts.of(ChargesPaid)) == 1
    assert len(facts.of(StrayPaid)) == 1
    assert charge.attempts.filter(is_stray=True).count() == 1


@pytest.mark.parametrize("method", [QR, REDIRECT])
def test_starting_twice_at_once_starts_one(gateway, clock, method):
    charge = a_charge()

    def start():
        return commands.start_attempt(charge=charge, method=method, at=clock.now)

    results = together(start, start, start)

    assert len({attempt.number for attempt in results}) == 1
    assert charge.attempts.count() == 1


def test_two_methods_at_once_leave_one_live(gateway, clock):
    charge = a_charge()

    together(
        *[
            lambda method=method: commands.start_attempt(
                charge=charge, method=method, at=clock.now
            )
            for method in (QR, REDIRECT)
        ]
    )

    live = charge.attempts.filter(status__in=Attempt.LIVE_STATUSES)
    assert live.count() == 1
    assert live.get().status == Attempt.Status.LIVE


def test_a_payment_against_the_close(gateway, clock, facts):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    together(
        lambda: post(gateway, body),
        lambda: commands.close_charge(
            charge=attempt.charge, by=None, note="", at=clock.now
        ),
    )

    assert Charge.objects.get().status == Charge.Status.PAID
    assert len(facts.of(ChargesPaid)) == 1
    assert not facts.of(ChargesClosed)


def test_starting_against_closing_leaves_nothing_live(gateway, clock):
    charge = a_charge()

    together(
        lambda: commands.start_attempt(charge=charge, method=QR, at=clock.now),
        lambda: commands.close_charge(charge=charge, by=None, note="", at=clock.now),
    )

    assert Charge.objects.get().status == Charge.Status.CLOSED
    assert queries.live_attempt(charge) is None


def test_two_closes_at_once_close_once(gateway, clock, facts):
    charge = an_attempt().charge

    def close():
        return commands.close_charge(charge=charge, by=None, note="", at=clock.now)

    together(close, close)

    assert len(facts.of(ChargesClosed)) == 1
    assert charge.history.count() == 1


def test_one_key_asked_for_twice_at_once_is_one_refund(gateway, clock):
    attempt = a_paid_attempt(gateway)

    def ask():
        return commands.request_refund(
            attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
        )

    first, second = together(ask, ask)

    assert first == second
    assert Refund.objects.count() == 1


def test_two_keys_at_once_never_refund_more_than_was_paid(gateway, clock):
    attempt = a_paid_attempt(gateway)

    def ask(key):
        return commands.request_refund(
            attempt=attempt, amount=attempt.amount, key=key, reason="", at=clock.now
        )

    results = together(lambda: ask("a"), lambda: ask("b"))

    assert sorted(type(result).__name__ for result in results) == [
        "CannotRefund",
        "Refund",
    ]


def test_two_workers_send_each_refund_once(gateway, clock, facts):
    attempt = a_paid_attempt(gateway)
    refund = commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
    )

    together(tasks.send_refunds, tasks.send_refunds)

    assert gateway.called("refund") == 1
    refund.refresh_from_db()
    assert refund.status == Refund.Status.SETTLED


def test_two_workers_ask_about_each_attempt_once(gateway, clock):
    attempts = [an_attempt() for _ in range(12)]
    clock.advance(seconds=5)

    together(tasks.query_live_attempts, tasks.query_live_attempts)

    assert gateway.called("query") == len(attempts)


def test_news_of_our_own_refund_against_its_answer(gateway, clock, facts):
    """The gateway tells us of it before we have written down what it answered."""
    attempt = a_paid_attempt(gateway)
    refund = commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
    )
    news = gateway.notify_about(attempt.number, refund=refund.number)

    _, *answers = together(
        lambda: commands.send_refund(refund=refund, at=clock.now),
        *[lambda: post(gateway, news)] * 2,
    )
    tasks.send_refunds()

    assert answers == ["success", "success"]
    assert Refund.objects.get().status == Refund.Status.SETTLED
    assert len(facts.of(RefundsSettled)) == 1
    assert len(gateway.trades[attempt.number].refunds) == 1
