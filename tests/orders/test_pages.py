"""Pages: each situation has its sentence, strangers see nothing, queries are few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from escrow import books
from kernel import sweeps
from orders import commands
from orders.progress import STATES, Situation
from payments import commands as payments
from payments.gateways.port import GatewayRejected
from payments.models import Attempt
from tests.factories import (
    a_buyer,
    a_cart,
    a_delivered_order,
    a_disputed_order,
    a_paid_order,
    a_placed_checkout,
    a_placed_order,
    a_product,
    a_seller,
    a_shipped_order,
    cny,
    decided,
    fresh,
    start,
    the_dispute,
    the_gateway,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(client, who, name, *args):
    client.force_login(who)
    return client.get(reverse(name, args=args))


def text(response):
    assert response.status_code == 200, response
    return " ".join(response.content.decode().split())


def unpaid(clock):
    return a_placed_order()


def closing(clock):
    order = a_placed_order()
    start(order.checkout)
    the_gateway().break_down()
    commands.cancel_checkout(checkout=order.checkout, by=order.buyer, at=clock.now)
    the_gateway().mend()
    return order


def cancelled(clock):
    order = a_placed_order()
    commands.cancel_checkout(checkout=order.checkout, by=order.buyer, at=clock.now)
    return order


def late(clock):
    order = a_placed_order()
    attempt = start(order.checkout)
    commands.cancel_checkout(checkout=order.checkout, by=order.buyer, at=clock.now)
    the_gateway().pay(attempt.number, at=clock.now)
    clock.advance(minutes=25)
    sweeps.run("query_live_attempts", at=clock.now)
    return order


def returned(clock):
    order = late(clock)
    sweeps.run("send_refunds", at=clock.now)
    return order


def to_ship(clock):
    return a_paid_order()


def overdue(clock):
    order = a_paid_order()
    clock.set(order.ship_by)
    return order


def refunding(clock):
    order = overdue(clock)
    sweeps.run("refund_unshipped_orders", at=clock.now)
    return order


def refunded(clock):
    order = refunding(clock)
    sweeps.run("send_refunds", at=clock.now)
    return order


def owed(clock):
    order = refunding(clock)
    the_gateway().fail("refund", GatewayRejected("TRADE_HAS_FINISHED"))
    sweeps.run("send_refunds", at=clock.now)
    return order


def completed(clock):
    order = a_shipped_order()
    commands.confirm_receipt(order=order, by=order.buyer, at=clock.now)
    return order


def split(clock):
    return decided(a_disputed_order(), refund=cny("40.00"))


LIVES = {
    Situation.UNPAID: (unpaid, "Not paid yet", "has not paid yet"),
    Situation.CLOSING: (closing, "is being closed", "has not paid yet"),
    Situation.LATE: (late, "had closed on", "Closed unpaid"),
    Situation.RETURNED: (returned, "All of it went back", "Closed unpaid"),
    Situation.CANCELLED: (cancelled, "Nothing was taken", "Closed unpaid"),
    Situation.TO_SHIP: (to_ship, "has to send the goods by", "Send the goods by"),
    Situation.OVERDUE: (overdue, "did not send the goods", "going back to the buyer"),
    Situation.OWED: (owed, "cannot go back by itself", "going back to the buyer"),
    Situation.REFUNDING: (refunding, "on its way back", "going back to the buyer"),
    Situation.SHIPPED: (
        lambda clock: a_shipped_order(),
        "unless you open a dispute",
        "when the buyer confirms",
    ),
    Situation.DELIVERED: (
        lambda clock: a_delivered_order(),
        "unless you open a dispute",
        "when the buyer confirms",
    ),
    Situation.DISPUTED: (
        lambda clock: a_disputed_order(),
        "clock stands still",
        "clock stands still",
    ),
    Situation.COMPLETED: (completed, "went to the shop", "being cleared"),
    Situation.SPLIT: (split, "goes back to you", "being cleared"),
    Situation.REFUNDED: (refunded, "Refunded on", "Refunded to the buyer"),
}


def test_every_situation_is_tried_and_has_a_colour():
    assert set(LIVES) == set(Situation) == set(STATES)


@pytest.mark.parametrize("situation", Situation)
def test_each_situation_says_what_is_true(clock, client, situation):
    live, for_buyer, for_seller = LIVES[situation]
    order = live(clock)

    page = read(client, order.buyer, "orders:detail", order.number)
    assert page.context["status"].situation == situation
    assert for_buyer in text(page)
    assert order.number in text(read(client, order.buyer, "orders:list"))

    seller = order.seller.user
    page = read(client, seller, "selling:order", order.number)
    assert for_seller in text(page)
    for name in ("selling:dashboard", "selling:orders"):
        assert order.number in text(read(client, seller, name))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "name", ["orders:detail", "orders:confirm", "orders:dispute", "selling:order"]
)
def test_pages_render_in_both_languages(clock, client, language, name):
    order = a_shipped_order()
    who = order.seller.user if name.startswith("selling") else order.buyer
    client.cookies["danbao_language"] = language

    assert f'lang="{language}"' in text(read(client, who, name, order.number))


PAGES = {
    "orders:detail": ("buyer", a_shipped_order),
    "orders:confirm": ("buyer", a_shipped_order),
    "orders:cancel": ("buyer", a_placed_order),
    "orders:dispute": ("buyer", a_shipped_order),
    "selling:order": ("seller", a_shipped_order),
    "selling:ship": ("seller", a_paid_order),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_peoples_orders_are_not_there(clock, client, name, method):
    side, life = PAGES[name]
    order = life()
    address = reverse(name, args=[order.number])
    stranger = a_seller().user if side == "seller" else a_buyer("Lin")
    owner = order.seller.user if side == "seller" else order.buyer
    wrong_side = order.buyer if side == "seller" else order.seller.user

    for somebody in (stranger, wrong_side):
        client.force_login(somebody)
        assert getattr(client, method)(address).status_code in {404, 405}
    assert fresh(order).status == order.status
    client.force_login(owner)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "name", ["orders:list", "orders:checkout", "selling:dashboard"]
)
def test_visitors_sign_in_first(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_disputes_are_read_by_their_two_sides_only(clock, client):
    order = a_disputed_order()
    dispute = the_dispute(order)
    buyers, sellers = (
        reverse(name, args=[order.number, dispute.reference])
        for name in ("orders:dispute_detail", "selling:dispute")
    )

    for who, address in ((order.buyer, buyers), (order.seller.user, sellers)):
        client.force_login(who)
        page = client.get(address)
        assert "The lid is in two pieces" in text(page)
        (exhibit,) = page.context["exhibits"]
        assert client.get(exhibit.url).status_code == 200
    client.force_login(a_buyer("Lin"))
    assert client.get(buyers).status_code == 404
    assert client.get(exhibit.url).status_code == 404


def test_the_address_is_the_shops_only_once_the_money_is_held(clock, client):
    order = a_placed_order()
    street = order.ship_to[1]
    for name in ("selling:order", "selling:orders", "selling:dashboard"):
        arguments = [order.number] if name == "selling:order" else []
        page = text(read(client, order.seller.user, name, *arguments))
        assert street not in page
        assert order.buyer.name not in page

    paid = a_paid_order()
    assert paid.ship_to[1] in text(
        read(client, paid.seller.user, "selling:order", paid.number)
    )


def test_somebody_without_a_shop_has_no_seller_centre(client):
    assert read(client, a_buyer(), "selling:dashboard").status_code == 404


def queries_of(client, who, name, *args):
    client.force_login(who)
    address = reverse(name, args=args)
    client.get(address)  # what is rendered once for everybody is there now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return queries


@pytest.mark.parametrize("lines", [1, 6])
def test_an_order_page_costs_eight_queries_whatever_it_holds(clock, client, lines):
    seller = a_seller()
    order = a_shipped_order(*(a_product(seller=seller) for _ in range(lines)))

    queries = queries_of(client, order.buyer, "orders:detail", order.number)

    assert len(queries) <= 8, "\n".join(query["sql"][:150] for query in queries)


@pytest.mark.parametrize(
    ("name", "side", "most"),
    [("orders:list", "buyer", 10), ("selling:orders", "seller", 11)],
)
def test_lists_cost_the_same_for_one_order_and_for_many(
    clock, client, name, side, most
):
    mei, seller = a_buyer(), a_seller()
    tea = a_product(seller=seller, stock=99)
    who = mei if side == "buyer" else seller.user
    a_shipped_order(tea, buyer=mei)
    one = len(queries_of(client, who, name))
    for _ in range(4):
        a_shipped_order(tea, buyer=mei)

    many = queries_of(client, who, name)

    assert len(many) <= one <= most, "\n".join(query["sql"][:150] for query in many)


def test_the_seller_centre_costs_the_same_for_one_order_and_for_many(clock, client):
    seller = a_seller()
    tea = a_product(seller=seller, stock=99)
    a_paid_order(tea)
    one = len(queries_of(client, seller.user, "selling:dashboard"))
    for _ in range(4):
        a_paid_order(tea)

    assert len(queries_of(client, seller.user, "selling:dashboard")) <= one


@pytest.mark.parametrize("lines", [1, 6])
def test_the_checkout_page_costs_the_same_for_any_cart(clock, client, lines):
    mei = a_buyer()
    a_cart(mei, *(a_product(price="10.00") for _ in range(lines)))

    queries = queries_of(client, mei, "orders:checkout")

    assert len(queries) <= 8, "\n".join(query["sql"][:150] for query in queries)


def test_tabs_filter_and_count(clock, client):
    mei = a_buyer()
    unpaid_order, shipped = a_placed_order(buyer=mei), a_shipped_order(buyer=mei)
    client.force_login(mei)

    page = text(client.get(reverse("orders:list"), {"show": "unpaid"}))

    assert unpaid_order.number in page
    assert shipped.number not in page
    assert "Nothing here" in text(client.get(reverse("orders:list"), {"show": "done"}))


def test_a_checkout_of_several_shops_shows_each_order(clock, client):
    checkout = a_placed_checkout(a_product(), a_product())
    client.force_login(checkout.buyer)

    page = text(client.get(checkout.charge.home_path))

    assert all(order.number in page for order in checkout.orders.all())


def test_a_checkout_of_one_shop_is_its_order(clock, client):
    order = a_placed_order()
    client.force_login(order.buyer)

    answer = client.get(order.checkout.charge.home_path)

    assert answer.url == order.get_absolute_url()


def test_a_passed_deadline_is_told_before_the_sweep_comes(clock, client):
    order = a_placed_order()
    clock.set(order.checkout.charge.expires_at + timedelta(seconds=1))

    page = read(client, order.buyer, "orders:detail", order.number)

    assert page.context["status"].situation == Situation.CLOSING
    assert reverse("payments:pay", args=[order.checkout.charge.reference]) not in text(
        page
    )


def test_a_second_payment_of_a_paid_order_is_told(clock, client):
    order = a_placed_order()
    first = start(order.checkout)
    second = payments.start_attempt(
        charge=order.checkout.charge, method=Attempt.Method.REDIRECT, at=clock.now
    )
    for attempt in (second, first):
        the_gateway().trades.pop(attempt.number, None)
        the_gateway().pay(attempt.number, at=clock.now)
        payments.check_attempt(attempt=attempt, at=clock.now)

    page = text(read(client, order.buyer, "orders:detail", order.number))
    assert "A second payment for this order arrived" in page
    assert "It goes back" in page
    sweeps.run("send_refunds", at=clock.now)
    assert "It went back" in text(
        read(client, order.buyer, "orders:detail", order.number)
    )
    assert fresh(order).status == "awaiting_shipment"
    assert books.problems() == []
