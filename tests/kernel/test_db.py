"""A function that talks to the network refuses to run inside a transaction."""

import pytest
from django.db import transaction

from kernel.db import outside_transaction


@outside_transaction
def call():
    return "answered"


@pytest.mark.django_db(transaction=True)
def test_it_runs_outside():
    assert call() == "answered"


@pytest.mark.django_db(transaction=True)
def test_it_refuses_inside():
    with transaction.atomic(), pytest.raises(AssertionError):
        call()


def test_a_test_cases_own_transaction_does_not_count(db):
    assert call() == "answered"
    with transaction.atomic(), pytest.raises(AssertionError):
        call()
