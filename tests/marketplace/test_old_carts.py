"""Visitors' carts are forgotten once nobody has touched them for long enough."""

from datetime import timedelta

import pytest
from django.conf import settings as rules

from kernel import sweeps
from marketplace.cart import commands
from marketplace.cart.models import Cart, CartLine
from tests.conftest import MORNING
from tests.factories import a_buyer, a_cart, a_product, the_variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KEPT = rules.VISITOR_CART_RETENTION
SECOND = timedelta(seconds=1)


def a_visitors_cart(at=MORNING):
    cart = commands.cart_for(user=None, token=None, at=at)
    commands.add(cart=cart, variant=the_variant(a_product()), quantity=1, at=at)
    return cart


def forget(at):
    return sweeps.run("forget_old_carts", at=at)


def test_an_old_one_goes_with_its_lines():
    a_visitors_cart()

    assert forget(MORNING + KEPT) == 0
    assert forget(MORNING + KEPT + SECOND) == 1

    assert not Cart.objects.exists()
    assert not CartLine.objects.exists()


def test_one_that_was_touched_stays():
    cart = a_visitors_cart()
    line = cart.lines.get()
    later = MORNING + KEPT / 2
    commands.set_quantity(cart=cart, variant=line.variant, quantity=2, at=later)

    assert forget(MORNING + KEPT + SECOND) == 0


def test_a_persons_cart_is_never_forgotten():
    a_cart(a_buyer())

    assert forget(MORNING + 10 * KEPT) == 0


def test_many_go_in_batches():
    for _ in range(5):
        a_visitors_cart()

    assert sweeps.run("forget_old_carts", at=MORNING + 2 * KEPT, limit=2) == 5
