"""The desk reads payments and changes nothing by hand."""

import pytest
from django.urls import reverse

from marketplace.accounts.models import User
from payments import commands
from payments.models import Attempt, Charge, Notification, Refund
from payments.story import story_of
from tests.payments.builders import (
    a_charge,
    a_paid_attempt,
    an_attempt,
    everything,
    post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def dana(client, settings):
    settings.DESK_SECOND_FACTOR = False
    client.force_login(
        User.objects.create_superuser("dana@danbao.example", "x", name="Dana")
    )
    return client


@pytest.fixture
def rows(gateway, clock):
    attempt = a_paid_attempt(gateway)
    refund = commands.request_refund(
        attempt=attempt, amount=attempt.amount, key="k", reason="", at=clock.now
    )
    post(gateway, gateway.notify_about(attempt.number))
    kinds = {Charge: attempt.charge, Attempt: attempt, Refund: refund}
    return kinds | {Notification: Notification.objects.get()}


KINDS = [Charge, Attempt, Refund, Notification]


def url(model, page, *args):
    return reverse(f"admin:payments_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", KINDS)
def test_lists_and_pages_can_be_read(dana, rows, model):
    row = rows[model]

    listed = dana.get(url(model, "changelist")).content.decode()
    assert getattr(row, "reference", None) or row.number in listed
    assert str(row) in dana.get(url(model, "change", row.pk)).content.decode()


@pytest.mark.parametrize("model", KINDS)
def test_nothing_is_added_changed_or_deleted(dana, rows, model):
    row, before = rows[model], everything()

    assert dana.get(url(model, "add")).status_code == 403
    assert dana.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert (
        dana.post(url(model, "change", row.pk), {"status": "paid"}).status_code == 403
    )
    assert everything() == before


def test_it_is_told_why_a_notification_was_not_applied(dana, gateway, clock):
    attempt = an_attempt()
    gateway.pay(attempt.number, at=clock.now)
    post(gateway, gateway.notify_about(attempt.number, amount_minor=1))
    row = Notification.objects.get()

    page = dana.get(url(Notification, "change", row.pk)).content.decode()

    assert "amount or currency differs" in page
    assert "not what is owed" in page
    assert attempt.number in page


def test_a_hostile_body_is_shown_as_text(dana, gateway):
    post(gateway, b"<script>alert(1)</script>")
    post(gateway, b"a=<script>alert(2)</script>")

    for row in Notification.objects.all():
        page = dana.get(url(Notification, "change", row.pk)).content.decode()
        assert "<script>alert(" not in page
        assert "&lt;script&gt;alert(" in page


def test_others_stay_outside(client, rows):
    client.force_login(User.objects.get(email="mei@danbao.example"))

    assert client.get(url(Charge, "changelist")).status_code != 200


def test_the_desk_reads_the_whole_story_of_a_charge(
    dana, gateway, clock, django_assert_max_num_queries
):
    charge = a_charge()
    first = commands.start_attempt(
        charge=charge, method="alipay_qr", seen_from="US", at=clock.now
    )
    clock.advance(minutes=1)
    second = commands.renew_attempt(attempt=first, at=clock.now)
    clock.advance(minutes=1)
    gateway.pay(second.number, at=clock.now)
    post(gateway, gateway.notify_about(second.number, amount_minor=1))
    clock.advance(minutes=1)
    post(gateway, gateway.notify_about(second.number))

    with django_assert_max_num_queries(8):
        lines = story_of(charge)

    told = [(line.subject[len(charge.reference) :], line.what) for line in lines]
    assert told == [
        ("-1", "started: Alipay, by QR code, CN¥88.88"),
        ("-1", "go_live: starting → live"),
        ("-1", "close: live → closed"),
        ("-2", "started: Alipay, by QR code, CN¥88.88"),
        ("-2", "go_live: starting → live"),
        ("-2", "the gateway told us: amount or currency differs"),
        ("", "capture: open → paid"),
        ("-2", "capture: live → paid"),
        ("-2", "the gateway told us: applied"),
    ]
    assert lines[0].note == "seen from US"
    page = dana.get(url(Charge, "change", charge.pk)).content.decode()
    assert "seen from US" in page
    assert "amount or currency differs" in page
