"""Two presses at the same moment, over HTTP: one outcome, and no error page.

The hold's row is the one referee between clicks, the clock and the desk.
"""

from functools import partial
from threading import Barrier

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from escrow import books
from escrow.disputes.models import Dispute
from escrow.models import Hold
from marketplace.accounts.models import User
from marketplace.notifications.models import Notice
from orders.models import Checkout, Order, Parcel
from payments.models import Attempt
from tests.escrow.racing import at_once
from tests.factories import (
    a_buyer,
    a_cart,
    a_disputed_order,
    a_paid_order,
    a_picture,
    a_product,
    a_shipped_order,
    fresh,
    the_dispute,
)

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def press(user, name, *args, **fields):
    """A press by ``user``, to be made: sends the form and says what was answered."""
    browser = Client()
    browser.force_login(user)
    address = reverse(name, args=args)
    return lambda: browser.post(address, fields, headers={"referer": address})


def complaint():
    return {
        "reason": Dispute.Reason.DAMAGED,
        "claim": "10.00",
        "story": "The lid is in two pieces.",
        "pictures": [a_picture()],
    }


def told(answers):
    """What the answers say at the top of the next page, by its level."""
    return [
        (message.level_tag, str(message))
        for answer in answers
        for message in get_messages(answer.wsgi_request)
    ]


def redirects(answers):
    assert [answer.status_code for answer in answers] == [302] * len(answers)
    return [answer.url for answer in answers]


def errors(answers):
    return [text for level, text in told(answers) if level == "error"]


def test_confirming_twice(gateway):
    order = a_shipped_order()
    confirm = partial(press, order.buyer, "orders:confirm", order.number)

    answers = at_once(confirm(), confirm())

    assert redirects(answers) == [order.get_absolute_url()] * 2
    assert errors(answers) == []
    assert fresh(order).status == Order.Status.COMPLETED
    assert order.hold.history.filter(action="release").count() == 1
    assert Notice.objects.filter(kind="order_completed").count() == 1
    assert books.problems() == []


def test_opening_a_dispute_twice(gateway):
    order = a_shipped_order()
    presses = [
        press(order.buyer, "orders:dispute", order.number, **complaint())
        for _ in range(2)
    ]

    answers = at_once(*presses)

    dispute = Dispute.objects.get()
    page = reverse("orders:dispute_detail", args=[order.number, dispute.reference])
    assert redirects(answers) == [page] * 2
    assert Notice.objects.filter(kind="dispute_opened").count() == 1
    assert books.problems() == []


def test_withdrawing_twice(gateway):
    order = a_disputed_order()
    arguments = (order.number, the_dispute(order).reference)
    withdraw = partial(press, order.buyer, "orders:dispute_withdraw", *arguments)

    answers = at_once(withdraw(), withdraw())

    assert redirects(answers) == [order.get_absolute_url()] * 2
    assert errors(answers) == []
    assert the_dispute(order).history.count() == 1
    assert Notice.objects.filter(kind="dispute_withdrawn").count() == 1
    assert books.problems() == []


def test_confirming_and_disputing(gateway):
    order = a_shipped_order()

    at_once(
        press(order.buyer, "orders:confirm", order.number),
        press(order.buyer, "orders:dispute", order.number, **complaint()),
    )

    order = fresh(order)
    assert Dispute.objects.exists() == (order.status == Order.Status.SHIPPED)
    assert books.problems() == []


def test_confirming_and_withdrawing(gateway):
    """First withdrawn, then confirmed: both; the other way round, confirming waits."""
    order = a_disputed_order()
    dispute = the_dispute(order)
    arguments = (order.number, dispute.reference)

    answers = at_once(
        press(order.buyer, "orders:confirm", order.number),
        press(order.buyer, "orders:dispute_withdraw", *arguments),
    )

    redirects(answers)
    order = fresh(order)
    assert fresh(dispute).status == Dispute.Status.WITHDRAWN
    confirmed = order.status == Order.Status.COMPLETED
    assert confirmed == (order.hold.status == Hold.Status.RELEASED)
    assert len(errors(answers)) == (0 if confirmed else 1)
    assert books.problems() == []


def test_shipping_twice(gateway):
    order = a_paid_order()
    fields = {"carrier": "sf", "tracking_number": "SF1234567890123"}
    ship = partial(press, order.seller.user, "selling:ship", order.number, **fields)

    answers = at_once(ship(), ship())

    assert redirects(answers) == [reverse("selling:order", args=[order.number])] * 2
    assert errors(answers) == []
    assert Parcel.objects.count() == 1
    assert Notice.objects.filter(kind="order_shipped").count() == 1
    assert books.problems() == []


def test_placing_an_order_twice(gateway):
    mei = a_buyer()
    a_cart(mei, a_product(), a_product())
    browser = Client()
    browser.force_login(mei)
    page = browser.get(reverse("orders:checkout")).context
    fields = {
        "token": page["token"],
        "expected_minor": page["expected_minor"],
        "currency": page["currency"],
        "quotes": page["quote_references"],
        "address": mei.addresses.get().pk,
        "method": Attempt.Method.REDIRECT,
    }

    answers = at_once(*(press(mei, "orders:place", **fields) for _ in range(2)))

    assert len(set(redirects(answers))) == 1
    assert Checkout.objects.count() == 1
    assert Attempt.objects.count() == 1
    assert books.problems() == []


@pytest.mark.parametrize("verification", ["optional", "mandatory"])
def test_signing_up_twice(gateway, monkeypatch, settings, verification):
    settings.ACCOUNT_EMAIL_VERIFICATION = verification
    looked = Barrier(2)
    save = User.save

    def late(user, *args, **kwargs):
        """Both have looked whether the address is taken before either is kept."""
        if user.pk is None:
            looked.wait(timeout=10)
        save(user, *args, **kwargs)

    monkeypatch.setattr(User, "save", late)
    fields = {
        "email": "new@factory.example",
        "password1": "a quiet password",
        "password2": "a quiet password",
        "name": "New",
        "country": "CN",
        "currency": "CNY",
    }
    browsers = [Client(), Client()]
    address = reverse("account_signup")

    answers = at_once(*(partial(one.post, address, fields) for one in browsers))

    redirects(answers)
    assert User.objects.filter(email="new@factory.example").count() == 1
