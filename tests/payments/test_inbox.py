"""The inbox: kept verbatim first, believed after, applied once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel import events
from kernel.worklist.models import Task
from payments import commands, tasks, worklist
from payments.events import ChargesPaid, StrayPaid
from payments.gateways import registry
from payments.gateways.port import GatewayRejected, GatewayUnknown, PaymentStatus
from payments.models import Attempt, Charge, Notification, Refund
from tests.payments.builders import (
    a_paid_attempt,
    an_attempt,
    everything,
    post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Verdict = Notification.Verdict


@pytest.fixture
def attempt(gateway):
    return an_attempt()


def the_row():
    return Notification.objects.latest("pk")


def test_a_payment_is_applied(gateway, clock, attempt, facts):
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    assert post(gateway, body) == "success"

    attempt.refresh_from_db()
    attempt.charge.refresh_from_db()
    assert attempt.status == Attempt.Status.PAID
    assert attempt.paid_at == clock.now
    assert attempt.provider_number == f"22001{attempt.number}"
    assert attempt.query_at is None
    assert attempt.charge.status == Charge.Status.PAID
    assert facts == [ChargesPaid(frozenset({attempt.charge_id}), clock.now)]
    row = the_row()
    assert (row.verdict, row.answered) == (Verdict.APPLIED, "success")
    assert (bytes(row.body), row.number) == (body, attempt.number)
    assert (row.attempt, row.apply_at) == (attempt, None)


def test_a_repeated_one_changes_nothing_and_is_answered(gateway, clock, attempt, facts):
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)
    post(gateway, body)
    before = everything()
    clock.advance(minutes=4)

    assert [post(gateway, body) for _ in range(3)] == ["success"] * 3

    assert the_row().verdict == Verdict.REPEATED
    assert everything() == before
    assert len(facts) == 1


@pytest.mark.parametrize(
    ("lie", "verdict", "answer"),
    [
        ({"forged": True}, Verdict.FORGED, "fail"),
        ({"foreign": True}, Verdict.FOREIGN, "fail"),
        ({"number": "PAY-ELSEWHERE-1"}, Verdict.UNKNOWN, "fail"),
        ({"amount_minor": 8887}, Verdict.MISMATCH, "success"),
        ({"amount_minor": 888800}, Verdict.MISMATCH, "success"),
        ({"currency": "USD"}, Verdict.MISMATCH, "success"),
        ({"status": PaymentStatus.WAITING}, Verdict.IGNORED, "success"),
        ({"refund": "RFD-UNKNOWN"}, Verdict.IGNORED, "success"),
    ],
)
def test_what_must_not_be_believed_moves_nothing(
    gateway, clock, attempt, facts, lie, verdict, answer
):
    gateway.pay(attempt.number, at=clock.now)
    before = statuses()

    assert post(gateway, gateway.notify_about(attempt.number, **lie)) == answer

    row = the_row()
    assert (row.verdict, row.answered, row.apply_at) == (verdict, answer, None)
    assert row.detail
    assert statuses() == before
    assert facts == []


def statuses():
    return (
        list(Charge.objects.values_list("status", "paid_at")),
        list(Attempt.objects.values_list("status", "paid_at", "is_stray")),
    )


def test_a_wrong_amount_in_the_news_has_the_gateway_asked(
    gateway, clock, attempt, facts
):
    """The news may lie, signed as it is: what the gateway answers us decides."""
    gateway.pay(attempt.number, at=clock.now)
    post(gateway, gateway.notify_about(attempt.number, amount_minor=1))
    attempt.refresh_from_db()
    assert attempt.query_at == clock.now

    commands.check_attempt(attempt=attempt, at=clock.now)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, False)
    assert attempt.came == attempt.amount
    assert facts.of(StrayPaid) == []
    assert not Task.objects.exists()


def test_closed_at_the_gateway_ends_the_attempt(gateway, attempt):
    gateway.open(attempt.number)
    gateway.close(attempt.number)

    post(gateway, gateway.notify_about(attempt.number))

    attempt.refresh_from_db()
    assert (attempt.status, attempt.query_at) == (Attempt.Status.CLOSED, None)
    assert Charge.objects.get().status == Charge.Status.OPEN


def test_late_waiting_news_does_not_undo_a_payment(gateway, clock, attempt):
    paid = a_paid_attempt(gateway, charge=attempt.charge)
    before = everything()

    body = gateway.notify_about(paid.number, status=PaymentStatus.WAITING)

    assert post(gateway, body) == "success"
    assert everything() == before


def test_money_for_a_charge_that_a_person_closed_is_stray(
    gateway, clock, attempt, facts
):
    charge = attempt.charge
    commands.close_charge(charge=charge, by=charge.payer, note="", at=clock.now)
    gateway.pay(attempt.number, at=clock.now)

    assert post(gateway, gateway.notify_about(attempt.number)) == "success"

    attempt.refresh_from_db()
    charge.refresh_from_db()
    assert (attempt.status, attempt.is_stray) == (Attempt.Status.PAID, True)
    assert charge.status == Charge.Status.CLOSED
    assert facts.of(StrayPaid) == [StrayPaid(frozenset({attempt.pk}), clock.now)]
    assert not facts.of(ChargesPaid)


def test_refund_news_lets_the_sweep_ask_at_once(gateway, clock):
    attempt = a_paid_attempt(gateway)
    refund = commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
    )
    gateway.fail("refund!", GatewayRejected("config", "off"))
    tasks.send_refunds()
    refund.refresh_from_db()
    assert refund.send_at > clock.now

    body = gateway.notify_about(attempt.number, refund=refund.number)

    assert post(gateway, body) == "success"
    refund.refresh_from_db()
    assert (refund.status, refund.send_at) == (Refund.Status.REQUESTED, clock.now)
    tasks.send_refunds()
    assert post(gateway, body) == "success"
    assert the_row().verdict == Verdict.REPEATED


def test_a_breakdown_after_keeping_is_made_good_by_the_sweep(
    gateway, clock, attempt, monkeypatch, facts
):
    """The app above breaks: everything of the act is undone but the kept row."""
    gateway.pay(attempt.number, at=clock.now)
    body = gateway.notify_about(attempt.number)

    def broken(fact):
        raise RuntimeError("a bug above")

    with monkeypatch.context() as patched:
        patched.setattr(events, "_reactions", {ChargesPaid: broken})
        assert post(gateway, body) == "fail"
    row = the_row()
    assert (row.verdict, bytes(row.body)) == (Verdict.NEW, body)
    assert Charge.objects.get().status == Charge.Status.OPEN

    clock.advance(minutes=1)
    assert tasks.apply_notifications() == 1

    assert Charge.objects.get().status == Charge.Status.PAID
    assert the_row().verdict == Verdict.APPLIED
    assert len(facts.of(ChargesPaid)) == 1


def test_a_gateway_that_is_not_set_up_keeps_the_row_waiting(
    gateway, attempt, monkeypatch
):
    def unset(code):
        raise GatewayRejected("config", "not set")

    with monkeypatch.context() as patched:
        patched.setattr(registry, "gateway", unset)
        assert post(gateway, gateway.notify_about(attempt.number)) == "fail"

    assert the_row().verdict == Verdict.NEW
    assert the_row().apply_at is not None


def test_what_was_posted_is_never_written_again(gateway, clock, attempt):
    gateway.pay(attempt.number, at=clock.now)
    with CaptureQueriesContext(connection) as queries:
        post(gateway, gateway.notify_about(attempt.number))
    written = [one["sql"] for one in queries if "UPDATE" in one["sql"][:6]]
    assert not any('"body"' in sql for sql in written)

    for change in ({"body": b"x"}, {"received_at": clock.now + timedelta(days=1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Notification.objects.update(**change)


def test_a_verdict_is_given_once(gateway, clock, attempt):
    gateway.pay(attempt.number, at=clock.now)
    post(gateway, gateway.notify_about(attempt.number))

    again = commands.apply_notification(notification_id=the_row().pk, at=clock.now)

    assert again == "success"
    assert the_row().verdict == Verdict.APPLIED


def test_what_is_theirs_but_odd_is_left_to_the_query(
    gateway, clock, attempt, monkeypatch, facts
):
    def odd(body, content_type):
        raise GatewayUnknown("garbled", "trade_status TRADE_DANCING")

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "read_notification", odd)
        assert post(gateway, b"signed, but odd") == "success"

    assert the_row().verdict == Verdict.IGNORED
    assert "TRADE_DANCING" in the_row().detail
    assert facts == []


# --- The door -----------------------------------------------------------------------


@pytest.fixture
def door(client):
    return lambda body, code="alipay", **extra: client.post(
        reverse("payments:notify", args=[code]),
        body,
        content_type="application/x-www-form-urlencoded; charset=utf-8",
        **extra,
    )


def test_the_door_answers_exactly_success(door, gateway, clock, attempt):
    gateway.pay(attempt.number, at=clock.now)

    answer = door(gateway.notify_about(attempt.number))

    assert (answer.status_code, answer.content) == (200, b"success")
    assert answer.headers["Content-Type"] == "text/plain"
    assert the_row().remote_address == "127.0.0.1"
    assert "sessionid" not in answer.cookies


def test_the_door_needs_no_csrf_token(gateway, clock, attempt):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    body = gateway.notify_about(attempt.number, forged=True)

    answer = strict.post(
        reverse("payments:notify", args=["alipay"]), body, content_type="text/plain"
    )

    assert (answer.status_code, answer.content) == (200, b"fail")


def test_the_door_takes_posts_to_known_gateways_only(client, door, gateway):
    assert client.get(reverse("payments:notify", args=["alipay"])).status_code == 405
    assert door(b"x", code="paypal").status_code == 404
    assert Notification.objects.count() == 0


def test_a_flood_in_one_body_is_not_kept(door, gateway):
    assert door(b"x" * 70_000).status_code == 413
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"a=1&a=2", b"%ZZ=%"])
def test_garbage_is_kept_and_refused(door, gateway, body):
    assert door(body).content == b"fail"
    assert bytes(the_row().body) == body
    assert the_row().verdict == Verdict.FORGED


def test_an_odd_peer_address_does_not_lose_the_notification(door, gateway, attempt):
    answer = door(gateway.notify_about(attempt.number, forged=True), REMOTE_ADDR="")

    assert answer.content == b"fail"
    assert the_row().remote_address is None


@pytest.mark.parametrize("lie", ["forged", "foreign"])
def test_many_that_are_not_believed_are_one_task(gateway, clock, attempt, lie):
    body = gateway.notify_about(attempt.number, **{lie: True})
    for _ in range(4):
        post(gateway, body)
    assert not Task.objects.exists()

    for _ in range(6):
        post(gateway, body)

    task = Task.objects.get()
    assert task.key == worklist.disbelieved_key(gateway.code)
    assert task.queue == Task.Queue.OPERATIONS


def test_few_an_hour_are_no_task(gateway, clock, attempt):
    for _ in range(10):
        post(gateway, gateway.notify_about(attempt.number, forged=True))
        clock.advance(minutes=20)

    assert not Task.objects.exists()
