"""A function that talks to the network refuses to run inside a transaction."""

import pytest
from django.db import transaction

from kernel.db import command, outside_transaction


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


@command
def refuse():
    raise LookupError


def test_a_refused_command_leaves_a_test_cases_transaction_usable(db):
    with pytest.raises(LookupError):
        refuse()

    assert not transaction.get_connection().needs_rollback


def test_a_refused_command_undoes_the_larger_act(db):
    with pytest.raises(LookupError), transaction.atomic():
        try:
            refuse()
        finally:
            assert transaction.get_connection().needs_rollback
