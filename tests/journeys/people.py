"""People at browsers, and what else happens in a story."""

from django.test import Client
from django.urls import reverse

from escrow import queries as escrow
from kernel import sweeps
from payments.models import Attempt
from tests.factories import a_picture, fresh, the_gateway


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

    def orders(self, *, method=Attempt.Method.REDIRECT, coupons=(), **changes):
        """Press "Place order and pay" as the checkout page with ``coupons`` stands."""
        chosen = {f"coupon-{one.seller_id or 0}": one.code for one in coupons}
        page = self.browser.get(reverse("orders:checkout"), chosen).context
        fields = {
            "token": page["token"],
            "expected_minor": page["expected_minor"],
            "currency": page["currency"],
            "quotes": page["quote_references"],
            "coupons": page["coupon_codes"],
            "address": page["chosen"],
            "method": method,
        }
        return self.sends("orders:place", **{**fields, **chosen, **changes})


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
