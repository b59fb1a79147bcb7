"""The desk reads orders and has two acts; nobody edits a row."""

import pytest
from django.urls import reverse

from escrow import books
from escrow.postings import Part
from orders.models import Order
from payments.models import Refund
from tests.factories import (
    a_coupon,
    a_disputed_order,
    a_paid_order,
    a_person,
    a_placed_order,
    a_product,
    a_shipped_order,
    cny,
    fresh,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    settings.DESK_SECOND_FACTOR = False
    dana = a_person("Dana", is_staff=True, is_superuser=True)
    client.force_login(dana)
    client.dana = dana
    return client


def url(name, *args):
    return reverse(f"admin:{name}", args=args)


def test_orders_and_checkouts_are_read(clock, desk):
    order = a_disputed_order()

    for name, row in (("order", order), ("checkout", order.checkout)):
        listed = desk.get(url(f"orders_{name}_changelist"), {"q": order.number[:14]})
        shown = desk.get(url(f"orders_{name}_change", row.pk))
        assert listed.status_code == shown.status_code == 200
        assert order.number in shown.content.decode()


def test_no_row_is_added_changed_or_deleted(clock, desk):
    order = a_shipped_order()

    assert desk.get(url("orders_order_add")).status_code == 403
    assert desk.post(url("orders_order_delete", order.pk)).status_code == 403
    assert desk.post(url("orders_order_change", order.pk), {}).status_code == 403
    assert fresh(order).status == order.status


def test_delivery_is_recorded_with_reason_note_and_author(clock, desk):
    order = a_shipped_order()
    clock.advance(days=1)
    address = url("orders_order_record_delivery", order.pk)

    assert desk.get(address).status_code == 200
    desk.post(address, {"reason": "carrier", "note": "seen online", "confirm": "1"})

    order = fresh(order)
    assert order.status == Order.Status.DELIVERED
    move = order.history.last()
    assert (move.by, move.note) == (desk.dana, "carrier: seen online")


def test_a_seller_at_the_desk_cannot_say_that_their_parcel_arrived(clock, desk):
    order = a_shipped_order()
    seller = order.seller.user
    seller.is_staff = seller.is_superuser = True
    seller.save()
    desk.force_login(seller)
    address = url("orders_order_record_delivery", order.pk)

    answer = desk.post(
        address, {"reason": "carrier", "note": "seen", "confirm": "1"}, follow=True
    )

    assert "an order of your own shop" in answer.content.decode()
    assert fresh(order).status == Order.Status.SHIPPED
    assert fresh(order.hold).release_at == order.hold.release_at


def test_delivery_without_a_note_is_not_recorded(clock, desk):
    order = a_shipped_order()

    desk.post(
        url("orders_order_record_delivery", order.pk),
        {"reason": "carrier", "confirm": "1"},
    )

    assert fresh(order).status == Order.Status.SHIPPED


def test_before_lines_are_refunded_the_desk_sees_what_that_moves(clock, gateway, desk):
    goods = a_product(price="40.00")
    order = a_paid_order(goods, quantity=2, coupons=[a_coupon("20.00")])
    address = url("orders_order_refund_lines", order.pk)
    asked = {f"units-{order.lines.get().pk}": "1", "note": "one is broken"}

    shown = desk.post(address, asked)

    # Half of 80.00, of which the coupon has paid 10.00; the commission on it is 2.00.
    part = shown.context["shown"]["part"]
    assert part == Part(cny("30.00"), cny("10.00"), cny("2.00"))
    assert "CN¥30.00" in shown.content.decode()
    assert order.number in shown.content.decode()
    assert not Refund.objects.exists()

    desk.post(address, {**asked, "confirm": "1"})

    assert Refund.objects.get().amount == part.buyer
    hold = fresh(order).hold
    assert (hold.refunded, hold.coupon_returned) == (part.buyer, part.coupon)
    assert books.problems() == []


def test_an_unpaid_checkout_is_closed_with_a_note(clock, desk):
    order = a_placed_order()

    desk.post(
        url("orders_order_close_unpaid", order.pk), {"note": "asked", "confirm": "1"}
    )

    assert fresh(order).status == Order.Status.CANCELLED
    assert order.checkout.charge.history.get().note == "asked"


def test_a_refused_act_is_told(clock, desk):
    order = a_placed_order()

    answer = desk.post(
        url("orders_order_record_delivery", order.pk),
        {"reason": "carrier", "note": "?", "confirm": "1"},
        follow=True,
    )

    assert "no longer possible" in answer.content.decode()
    assert fresh(order).status == Order.Status.PENDING_PAYMENT


def test_staff_without_the_permission_may_not_act(clock, client, settings):
    settings.DESK_SECOND_FACTOR = False
    order = a_shipped_order()
    client.force_login(a_person("Eve", is_staff=True))

    answer = client.post(
        url("orders_order_record_delivery", order.pk),
        {"reason": "carrier", "note": "x", "confirm": "1"},
    )

    assert answer.status_code == 403
    assert fresh(order).status == Order.Status.SHIPPED


@pytest.mark.parametrize(
    ("life", "offered", "missing"),
    [
        (a_shipped_order, "Record delivery", "Close unpaid"),
        (a_placed_order, "Close unpaid", "Record delivery"),
    ],
)
def test_only_what_is_possible_is_offered(clock, desk, life, offered, missing):
    page = desk.get(url("orders_order_change", life().pk)).content.decode()

    assert offered in page
    assert missing not in page
