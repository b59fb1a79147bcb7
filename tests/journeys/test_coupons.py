"""Coupons as their buyer meets them: chosen, explained, counted, shown for ever."""

import pytest
from django.urls import reverse

from escrow import books
from marketplace.coupons.models import Coupon
from orders.models import Order
from payments.models import Attempt, Charge
from tests.factories import a_cart, a_coupon, a_person, a_seller, cny, fresh
from tests.journeys.people import Person, pays, text

pytestmark = pytest.mark.django_db


def looks(person, **chosen):
    asked = {name.replace("_", "-"): code for name, code in chosen.items()}
    return person.browser.get(reverse("orders:checkout"), asked)


def test_both_kinds_chosen_paid_and_shown(mei, bo, teapot, clock):
    both = [a_coupon("15.00"), a_coupon(10, seller=bo.user.seller)]
    a_cart(mei.user, teapot)

    assert "10% off" in text(looks(mei)).replace("10 %", "10%")
    mei.orders(coupons=both)

    charge, order = Charge.objects.get(), Order.objects.get()
    assert charge.amount == cny("103.00")  # 120 - 12 - 15 + 10
    pays(charge, clock)
    page = text(mei.opens("orders:detail", order.number))
    assert "Coupon of the shop" in page
    assert "Coupon of Danbao" in page
    assert "CN¥15.00 of it from our coupon" in page
    sells = text(bo.opens("selling:order", order.number))
    assert "Paid by Danbao's coupon" in sells.replace("&#x27;", "'")
    assert books.problems() == []


def test_what_cannot_be_used_says_why(mei, teapot):
    a_cart(mei.user, teapot)
    a_coupon("15.00", minimum="150.00")

    page = looks(mei)

    (group,) = page.context["coupon_groups"]
    assert group["choices"][0].why == "Spend CN¥30.00 more on these goods."
    assert "Spend CN¥30.00 more" in text(page)


def test_a_typed_code_counts_and_an_unknown_one_is_named(mei, teapot):
    a_cart(mei.user, teapot)
    a_coupon(50, code="SESAME", is_public=False)

    assert "SESAME" not in text(looks(mei))
    page = looks(mei, coupon_code="sesame ")
    assert page.context["review"].total == cny("70.00")
    assert "There is no coupon ABC" in text(looks(mei, coupon_code="abc"))


def test_another_shops_coupon_is_not_for_this_cart(mei, teapot):
    a_cart(mei.user, teapot)
    a_coupon(50, code="THEIRS", seller=a_seller())

    page = looks(mei, coupon_code="THEIRS")

    assert page.context["review"].total == cny("130.00")
    assert "There is no coupon THEIRS" in text(page)


def test_what_is_ticked_is_never_left_out_of_an_order(mei, teapot):
    a_cart(mei.user, teapot)
    coupon = a_coupon(10)
    before = looks(mei).context
    chosen = {"coupon-0": coupon.code, "address": before["chosen"]}
    pressed = {
        "token": before["token"],
        "expected_minor": before["expected_minor"],
        "currency": "CNY",
        "method": Attempt.Method.QR,
    }

    page = mei.sends("orders:place", **chosen, **pressed)

    assert not Order.objects.exists()
    assert "Look at the new total with your coupons" in text(page)
    assert page.context["review"].total == cny("118.00")
    assert page.context["choice"].chosen == Attempt.Method.QR
    pressed["expected_minor"] = page.context["expected_minor"]
    mei.sends("orders:place", **chosen, **pressed, coupons=page.context["coupon_codes"])
    assert Order.objects.get().total == cny("118.00")


def test_apply_keeps_what_was_typed_and_another_currency_keeps_the_coupon(mei, teapot):
    a_cart(mei.user, teapot)
    coupon = a_coupon(10)

    page = mei.sends(
        "orders:place",
        apply="1",
        address="new",
        **{"address-recipient": "Grandma", "coupon-code": coupon.code.lower()},
    )

    shown = page.content.decode()
    assert page.context["review"].total == cny("118.00")
    assert "Grandma" in shown
    kept = f"&coupon-0={coupon.code}"
    assert page.context["coupon_query"] == kept
    assert looks(mei, **{"coupon-0": coupon.code}).context["review"].total.amount == 118
    assert not Order.objects.exists()


def test_one_that_is_gone_when_the_button_is_pressed(mei, teapot):
    coupon = a_coupon(50, total_limit=1)
    a_cart(mei.user, teapot)
    page = looks(mei, coupon_0=coupon.code).context
    type(coupon).objects.filter(pk=coupon.pk).update(taken=1)

    mei.sends(
        "orders:place",
        token=page["token"],
        expected_minor=page["expected_minor"],
        currency="CNY",
        quotes="",
        coupons=coupon.code,
        address=page["chosen"],
        method=Attempt.Method.REDIRECT,
        **{"coupon-0": coupon.code},
    )

    assert not Order.objects.exists()
    shown = mei.opens("orders:checkout")
    assert "no longer available" in text(shown)
    assert "All of them are taken." in text(shown)
    assert fresh(coupon).taken == 1


def test_coupons_cost_the_page_one_query_however_many(
    mei, bo, teapot, django_assert_max_num_queries
):
    a_cart(mei.user, teapot)
    looks(mei)
    with django_assert_max_num_queries(50) as without:
        looks(mei)
    for _ in range(4):
        a_coupon(5)
        a_coupon(5, seller=bo.user.seller)

    with django_assert_max_num_queries(len(without)):
        looks(mei)


class TestMaking:
    @property
    def fields(self):
        return {"minimum": "50", "days": 30, "is_public": "on"}

    def test_a_shop_makes_one_and_stops_it(self, mei, bo, teapot):
        a_cart(mei.user, teapot)
        bo.sends("selling:coupons", **self.fields, amount="12.00", code="tea12")
        coupon = Coupon.objects.get()
        assert (coupon.code, coupon.seller) == ("TEA12", bo.user.seller)
        assert "CN¥12.00 off" in text(looks(mei))
        assert "TEA12" in text(bo.opens("selling:coupons"))

        bo.sends("selling:stop_coupon", coupon.pk)

        assert fresh(coupon).stopped_by == bo.user
        assert "CN¥12.00 off" not in text(looks(mei))

    @pytest.mark.parametrize(
        ("answers", "why"),
        [
            ({"amount": "50.00"}, "minimum must be more"),
            ({"amount": "1", "percent": 5}, "one of them"),
            ({}, "one of them"),
            ({"amount": "0.001"}, "smallest unit"),
        ],
    )
    def test_what_cannot_be_is_said(self, bo, answers, why):
        page = bo.sends("selling:coupons", **self.fields, **answers)

        assert why in text(page)
        assert not Coupon.objects.exists()

    def test_nobody_stops_anothers(self, bo):
        coupon = a_coupon(10, seller=a_seller())

        assert bo.sends("selling:stop_coupon", coupon.pk).status_code == 404

    def test_the_desk_makes_and_stops_ours(self, settings):
        settings.DESK_SECOND_FACTOR = False
        dana = Person(a_person("Dana", is_staff=True, is_superuser=True))
        address = reverse("admin:coupons_coupon_make")
        answers = {**self.fields, "percent": 10}
        assert dana.browser.post(address, answers).status_code == 200
        assert not Coupon.objects.exists()

        dana.browser.post(address, {**answers, "confirm": "1"})

        coupon = Coupon.objects.get()
        assert (coupon.seller, coupon.made_by) == (None, dana.user)
        stop = reverse("admin:coupons_coupon_stop", args=[coupon.pk])
        dana.browser.post(stop, {"confirm": "1"})
        assert fresh(coupon).stopped_by == dana.user

    def test_a_role_that_only_looks_makes_none(self, settings):
        settings.DESK_SECOND_FACTOR = False
        eve = Person(a_person("Eve", is_staff=True))

        answer = eve.browser.post(
            reverse("admin:coupons_coupon_make"), {"percent": 10, "confirm": "1"}
        )

        assert answer.status_code in {302, 403}
        assert not Coupon.objects.exists()
