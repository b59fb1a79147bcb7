"""Reserving, deducting, releasing and returning pieces."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from marketplace import stock
from marketplace.models import Variant

from .builders import a_variant


def counts(variant: Variant) -> tuple[int, int]:
    row = Variant.objects.get(pk=variant.pk)
    return row.on_hand, row.reserved


@pytest.mark.django_db
def test_reserved_pieces_are_no_longer_for_sale():
    variant = a_variant(stock=5)

    stock.reserve_stock(wanted={variant.pk: 3})

    assert counts(variant) == (5, 3)
    assert Variant.objects.get(pk=variant.pk).available == 2


@pytest.mark.django_db
def test_too_few_pieces_reserve_nothing_and_name_the_short_ones():
    plenty, short, gone = a_variant(stock=9), a_variant(stock=1), a_variant(stock=0)

    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve_stock(wanted={plenty.pk: 2, short.pk: 2, gone.pk: 1})

    assert refusal.value.left == {short.pk: 1, gone.pk: 0}
    assert refusal.value.variants == [short.pk, gone.pk]
    assert counts(plenty) == (9, 0)
    assert counts(short) == (1, 0)


@pytest.mark.django_db
def test_unknown_variants_count_as_sold_out():
    with pytest.raises(stock.SoldOut) as refusal:
        stock.reserve_stock(wanted={987654: 1})

    assert refusal.value.left == {987654: 0}


@pytest.mark.django_db
def test_paying_takes_the_pieces_out_and_refunding_brings_them_back():
    variant = a_variant(stock=5)
    stock.reserve_stock(wanted={variant.pk: 2})

    stock.deduct_stock(wanted={variant.pk: 2})
    assert counts(variant) == (3, 0)

    stock.return_stock(wanted={variant.pk: 2})
    assert counts(variant) == (5, 0)


@pytest.mark.django_db
def test_closing_unpaid_puts_the_pieces_back_on_sale():
    variant = a_variant(stock=5)
    stock.reserve_stock(wanted={variant.pk: 2})

    stock.release_stock(wanted={variant.pk: 2})

    assert counts(variant) == (5, 0)


@pytest.mark.django_db
def test_releasing_what_was_not_reserved_is_a_bug_the_database_refuses():
    variant = a_variant(stock=5)

    with pytest.raises(IntegrityError):
        stock.release_stock(wanted={variant.pk: 1})


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 12])
def test_the_number_of_queries_does_not_grow(rows, django_assert_num_queries):
    wanted = {a_variant().pk: 1 for _ in range(rows)}

    with transaction.atomic(), django_assert_num_queries(2):
        stock.reserve_stock(wanted=wanted)


# --- Two buyers, one piece ---------------------------------------------------------


def at_once(*acts):
    """Run ``acts`` on threads of their own, each with its own connection."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except stock.SoldOut as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_looking_before_reserving_lets_both_buyers_through():
    """The race that reserve_stock closes: only the database's CHECK stops the second,
    and it stops it with a crash."""
    variant = a_variant(stock=1)
    looked = Barrier(2)

    def careless():
        seen = Variant.objects.get(pk=variant.pk).available
        looked.wait(timeout=10)
        assert seen == 1
        try:
            Variant.objects.filter(pk=variant.pk).update(reserved=F("reserved") + 1)
        except IntegrityError:
            return "crashed"
        return "sold"

    assert sorted(at_once(careless, careless)) == ["crashed", "sold"]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_buyers_one_gets_the_last_piece():
    variant = a_variant(stock=1)

    def buy():
        stock.reserve_stock(wanted={variant.pk: 1})
        return "sold"

    answers = at_once(buy, buy)

    assert sum(answer == "sold" for answer in answers) == 1
    assert sum(isinstance(answer, stock.SoldOut) for answer in answers) == 1
    assert counts(variant) == (1, 1)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_carts_in_opposite_order_do_not_wait_for_each_other_in_a_circle():
    one, two = a_variant(stock=50), a_variant(stock=50)

    def buy(first, second):
        for _ in range(20):
            stock.reserve_stock(wanted={first.pk: 1, second.pk: 1})

    at_once(lambda: buy(one, two), lambda: buy(two, one))

    assert counts(one) == (50, 40)
    assert counts(two) == (50, 40)
