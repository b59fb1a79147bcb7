"""What a person can do, from the cart to the released money, through the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from escrow import books
from escrow import queries as escrow
from escrow.queries import Place
from kernel import sweeps
from orders.models import Order
from payments.models import Attempt, Charge
from tests.factories import (
    a_buyer,
    a_cart,
    a_picture,
    a_product,
    a_seller,
    a_shipped_order,
    an_address,
    cny,
    decided,
    fresh,
    stock_of,
    the_dispute,
    the_gateway,
    the_variant,
)

pytestmark = pytest.mark.django_db
S = Order.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class Person:
    """Somebody at a browser."""

    def __init__(self, user):
        self.user = user
        self.browser = Client()
        self.browser.force_login(user)

    def opens(self, name, *args):
        answer = self.browser.get(reverse(name, args=args))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer

    def sends(self, name, *args, **fields):
        return self.browser.post(reverse(name, args=args), fields)

    def orders(self, *, method=Attempt.Method.REDIRECT, **changes):
        """Press "Place order and pay" as the checkout page stands."""
        page = self.opens("orders:checkout").context
        fields = {
            "token": page["token"],
            "expected_minor": page["expected_minor"],
            "quotes": page["quote_references"],
            "address": page["chosen"],
            "method": method,
        }
        return self.sends("orders:place", **{**fields, **changes})


@pytest.fixture
def mei():
    return Person(a_buyer("Mei"))


@pytest.fixture
def bo():
    return Person(a_seller("Bo").user)


@pytest.fixture
def teapot(bo):
    return a_product(price="120.00", seller=bo.user.seller, title="A celadon teapot")


def pays(charge, clock):
    """The buyer pays at Alipay; the notification comes to our door."""
    attempt = charge.attempts.latest("counter")
    the_gateway().pay(attempt.number, at=clock.now)
    answer = Client().post(
        reverse("payments:notify", args=["alipay"]),
        the_gateway().notify_about(attempt.number),
        content_type="application/json",
    )
    assert answer.content == b"success"


def sweep(name, clock):
    return sweeps.run(name, at=clock.now)


def money_at(order, place):
    return escrow.money_of(fresh(order).hold).at(place).amount


def text(answer):
    return " ".join(answer.content.decode().split())


def test_from_the_cart_to_the_released_money(clock, mei, bo, teapot):
    a_cart(mei.user, teapot, quantity=2)
    review = mei.opens("orders:checkout")
    assert review.context["review"].total == cny("250.00")
    assert "A celadon teapot" in text(review)

    answer = mei.orders()
    order = Order.objects.get(buyer=mei.user)
    assert answer.url.startswith("https://gateway.test/pay")
    assert stock_of(teapot) == (10, 2)

    pays(order.checkout.charge, clock)
    assert fresh(order).status == S.AWAITING_SHIPMENT
    assert stock_of(teapot) == (8, 0)
    assert money_at(order, Place.ESCROW) == cny("250.00")
    assert "Danbao holds your money" in text(mei.opens("orders:detail", order.number))

    assert order.number in text(bo.opens("selling:dashboard"))
    clock.advance(days=1)
    bo.sends(
        "selling:ship", order.number, carrier="sf", tracking_number="SF1234567890123"
    )
    assert fresh(order).status == S.SHIPPED
    assert "SF1234567890123" in text(mei.opens("orders:detail", order.number))

    clock.advance(days=3)
    assert "cannot be undone" in text(mei.opens("orders:confirm", order.number))
    assert fresh(order).status == S.SHIPPED
    mei.sends("orders:confirm", order.number)
    assert fresh(order).status == S.COMPLETED
    assert money_at(order, Place.SELLER_PENDING) == cny("238.00")
    assert money_at(order, Place.COMMISSION) == cny("12.00")

    clock.advance(days=3)
    sweep("clear_due_holds", clock)
    (row,) = escrow.seller_money(bo.user.seller)
    assert (row.held, row.pending, row.available) == (cny("0"), cny("0"), cny("238.00"))
    assert "238.00" in text(bo.opens("selling:dashboard"))
    assert books.problems() == []


def test_paying_by_code(clock, mei, teapot):
    a_cart(mei.user, teapot)

    answer = mei.orders(method=Attempt.Method.QR)

    charge = Charge.objects.get(payer=mei.user)
    assert answer.url == reverse("payments:qr", args=[charge.reference])
    pays(charge, clock)
    assert Order.objects.get(buyer=mei.user).status == S.AWAITING_SHIPMENT


def test_pressing_the_button_twice_places_one_order_and_one_payment(clock, mei, teapot):
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    fields = {
        "token": page["token"],
        "expected_minor": page["expected_minor"],
        "address": page["chosen"],
        "method": Attempt.Method.REDIRECT,
    }

    first = mei.sends("orders:place", **fields)
    second = mei.sends("orders:place", **fields)

    assert first.url == second.url
    assert Order.objects.count() == Attempt.objects.count() == 1


def test_a_first_address_is_given_at_checkout_and_kept(clock, mei, teapot):
    mei.user.addresses.all().delete()
    a_cart(mei.user, teapot)
    assert mei.opens("orders:checkout").context["chosen"] == "new"

    wrong = mei.orders()
    assert wrong.status_code == 200
    assert wrong.context["address_form"].errors
    assert not Order.objects.exists()

    parts = {"recipient": "Mei", "phone": "1", "line1": "9 Nowhere Lane"}
    parts |= {"city": "Hangzhou", "postcode": "310000", "country": "CN"}
    mei.orders(**{f"address-{name}": value for name, value in parts.items()})

    assert "9 Nowhere Lane" in Order.objects.get().ship_to
    assert mei.user.addresses.count() == 1


def test_a_dead_gateway_leaves_a_payable_order(clock, mei, teapot, gateway):
    a_cart(mei.user, teapot)
    gateway.break_down()

    answer = mei.orders(method=Attempt.Method.QR)

    order = Order.objects.get()
    charge = order.checkout.charge
    assert answer.url == reverse("payments:pay", args=[charge.reference])
    assert order.status == S.PENDING_PAYMENT
    gateway.mend()
    assert mei.opens("payments:pay", charge.reference)
    assert reverse("payments:pay", args=[charge.reference]) in text(
        mei.opens("orders:list")
    )


def test_a_price_that_changes_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    old = mei.opens("orders:checkout").context["expected_minor"]
    variant = the_variant(teapot)
    variant.price = cny("130.00")
    variant.save()

    answer = mei.orders(expected_minor=old)

    page = text(mei.browser.get(answer.url))
    assert "The price has changed: A celadon teapot (Celadon)" in page
    assert "140.00" in page
    assert not Order.objects.exists()


def test_what_sells_out_before_the_button_is_told(clock, mei, teapot):
    a_cart(mei.user, teapot)
    page = mei.opens("orders:checkout").context
    a_shipped_order(teapot, quantity=10)

    answer = mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        address=page["chosen"],
        method=Attempt.Method.QR,
    )

    shown = text(mei.browser.get(answer.url))
    assert "Not enough left of: A celadon teapot" in shown
    assert "is sold out" in shown
    assert not Order.objects.filter(buyer=mei.user).exists()


def test_somebody_elses_address_is_not_theirs_to_choose(clock, mei, teapot):
    a_cart(mei.user, teapot)
    foreign = an_address(a_buyer("Lin"))

    mei.orders(address=foreign.pk)

    assert not Order.objects.exists()


def test_an_unpaid_order_closes_at_its_deadline_and_the_stock_is_back(
    clock, mei, teapot
):
    a_cart(mei.user, teapot, quantity=3)
    mei.orders()
    order = Order.objects.get()

    clock.set(order.checkout.charge.expires_at - timedelta(seconds=1))
    sweep("close_due_charges", clock)
    assert (fresh(order).status, stock_of(teapot)) == (S.PENDING_PAYMENT, (10, 3))
    clock.advance(seconds=1)
    sweep("close_due_charges", clock)

    assert (fresh(order).status, stock_of(teapot)) == (S.CANCELLED, (10, 0))
    assert "Nothing was taken" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_the_buyer_closes_an_unpaid_order(clock, mei, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()

    mei.opens("orders:cancel", order.number)
    assert fresh(order).status == S.PENDING_PAYMENT
    mei.sends("orders:cancel", order.number)

    assert fresh(order).status == S.CANCELLED


def test_silence_releases_at_the_exact_deadline(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    clock.set(order.hold.release_at - timedelta(microseconds=1))
    sweep("release_due_holds", clock)
    assert fresh(order).status == S.SHIPPED
    clock.set(order.hold.release_at)
    sweep("release_due_holds", clock)

    assert fresh(order).status == S.COMPLETED
    assert "went to the shop" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def complains(person, order, **changes):
    return person.sends(
        "orders:dispute",
        order.number,
        **{
            "reason": "not_as_described.damaged",
            "claim": "60.00",
            "story": "The lid is in two pieces.",
            "pictures": [a_picture("one.jpg"), a_picture("two.jpg")],
            **changes,
        },
    )


def test_a_dispute_pauses_the_clock_and_the_desk_divides_the_money(
    clock, mei, bo, teapot
):
    order = a_shipped_order(teapot, buyer=mei.user)
    clock.advance(days=9)

    complains(mei, order)

    dispute = the_dispute(order)
    assert dispute.claim == cny("60.00")
    assert dispute.evidence.count() == 2
    assert fresh(order).hold.paused_left == timedelta(days=1)
    clock.advance(days=20)
    assert sweep("release_due_holds", clock) == 0
    page = text(mei.opens("orders:dispute_detail", order.number, dispute.reference))
    assert "If nobody decides by then" in page
    assert dispute.reference in text(bo.opens("selling:dashboard"))
    bo.opens("selling:dispute", order.number, dispute.reference)

    decided(order, refund=cny("30.00"))
    sweep("send_refunds", clock)

    assert fresh(order).status == S.COMPLETED
    assert money_at(order, Place.BUYER) == cny("30.00")
    assert money_at(order, Place.ESCROW) == cny("0")
    page = text(mei.opens("orders:dispute_detail", order.number, dispute.reference))
    assert "Both sides could have done better" in page
    assert "30.00" in text(mei.opens("orders:detail", order.number))
    assert books.problems() == []


def test_a_withdrawn_dispute_leaves_three_days_at_least(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)
    clock.advance(days=9, hours=23)
    complains(mei, order)
    dispute = the_dispute(order)

    mei.opens("orders:dispute_withdraw", order.number, dispute.reference)
    mei.sends("orders:dispute_withdraw", order.number, dispute.reference)

    assert fresh(order).hold.release_at == clock.now + timedelta(hours=72)
    assert "withdrew" in text(
        mei.opens("orders:dispute_detail", order.number, dispute.reference)
    )
    assert books.problems() == []


def test_the_desk_gives_everything_back(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)
    complains(mei, order, claim="130.00")

    decided(order, refund=cny("130.00"))
    assert fresh(order).status == S.SHIPPED
    sweep("send_refunds", clock)

    assert fresh(order).status == S.REFUNDED
    assert money_at(order, Place.BUYER) == cny("130.00")
    assert stock_of(teapot) == (9, 0)  # it was sent: it is not for sale again
    assert books.problems() == []


def test_a_claim_above_the_price_or_without_pictures_is_refused(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    for changes in (
        {"claim": "130.01"},
        {"claim": "0"},
        {"claim": "1.001"},
        {"pictures": []},
        {"pictures": [a_picture().__class__("x.jpg", b"not a picture", "image/jpeg")]},
        {"reason": "changed_mind"},
        {"story": ""},
    ):
        answer = complains(mei, order, **changes)
        assert answer.status_code == 200, changes
        assert answer.context["form"].errors, changes

    assert not order.hold.disputes.exists()
    assert fresh(order).hold.release_at is not None


def test_nothing_arrived_needs_no_picture(clock, mei, teapot):
    order = a_shipped_order(teapot, buyer=mei.user)

    complains(mei, order, reason="not_received", pictures=[])

    assert the_dispute(order).reason == "not_received"


def test_a_shop_that_never_ships_gives_the_money_back(clock, mei, bo, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()
    pays(order.checkout.charge, clock)

    clock.set(fresh(order).ship_by)
    sweep("refund_unshipped_orders", clock)
    assert "goes back" in text(mei.opens("orders:list")) or "way back" in text(
        mei.opens("orders:list")
    )
    bo.sends(
        "selling:ship", order.number, carrier="sf", tracking_number="SF1234567890123"
    )
    assert fresh(order).status == S.AWAITING_SHIPMENT
    sweep("send_refunds", clock)

    assert fresh(order).status == S.REFUNDED
    assert stock_of(teapot) == (10, 0)
    assert money_at(order, Place.BUYER) == cny("130.00")
    assert books.problems() == []


def test_money_that_comes_too_late_goes_back(clock, mei, teapot):
    a_cart(mei.user, teapot)
    mei.orders()
    order = Order.objects.get()
    mei.sends("orders:cancel", order.number)
    attempt = order.checkout.charge.attempts.get()

    the_gateway().pay(attempt.number, at=clock.now)
    Client().post(
        reverse("payments:notify", args=["alipay"]),
        the_gateway().notify_about(attempt.number),
        content_type="application/json",
    )

    assert fresh(order).status == S.CANCELLED
    assert "All of it goes back" in text(mei.opens("orders:detail", order.number))
    sweep("send_refunds", clock)
    assert sum(the_gateway().trades[attempt.number].refunds.values()) == 13000
    assert books.problems() == []


def test_a_cart_of_two_shops_is_one_payment_and_two_lives(clock, mei, bo, teapot):
    lamp = a_product(price="50.00", seller=a_seller("Wu"))
    a_cart(mei.user, teapot, lamp)
    mei.orders()
    charge = Charge.objects.get()
    assert charge.amount == cny("190.00")

    pays(charge, clock)
    first, second = Order.objects.order_by("pk")
    bo.sends(
        "selling:ship", first.number, carrier="sf", tracking_number="SF1234567890123"
    )
    mei.sends("orders:confirm", first.number)
    clock.set(fresh(second).ship_by)
    sweep("refund_unshipped_orders", clock)
    sweep("send_refunds", clock)

    assert fresh(first).status == S.COMPLETED
    assert fresh(second).status == S.REFUNDED
    assert books.problems() == []


def test_a_foreign_shop_is_paid_in_yuan_at_the_quoted_rate(clock, mei):
    cup = a_product(price="12.50", seller=a_seller(currency="EUR", shipping_minor=400))
    a_cart(mei.user, cup, quantity=2)
    page = mei.opens("orders:checkout")
    (quote,) = page.context["quotes"]
    assert f"1 EUR = {quote['rate']} CNY" in text(page)

    mei.orders()

    order = Order.objects.get()
    line = order.lines.get()
    assert line.total == line.unit_price * 2
    assert order.total == page.context["review"].total
    assert str(order.total.currency) == "CNY"


def test_an_expired_rate_is_renewed_and_asked_again(clock, mei):
    cup = a_product(price="12.50", seller=a_seller(currency="EUR"))
    a_cart(mei.user, cup)
    page = mei.opens("orders:checkout").context
    clock.advance(minutes=31)

    answer = mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        quotes=page["quote_references"],
        address=page["chosen"],
        method=Attempt.Method.QR,
    )

    again = mei.browser.get(answer.url)
    assert "exchange rate has run out" in text(again)
    assert again.context["quote_references"] != page["quote_references"]
    assert not Order.objects.exists()
    mei.orders()
    assert Order.objects.count() == 1
