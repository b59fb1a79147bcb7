"""Every fact that an app can announce has its one reaction in the app above."""

from dataclasses import is_dataclass

import pytest

from escrow import events as of_escrow
from escrow.disputes import events as of_disputes
from kernel import events
from payments import events as of_payments

FACTS = [
    fact
    for module in (of_payments, of_escrow, of_disputes)
    for fact in vars(module).values()
    if is_dataclass(fact) and fact.__module__ == module.__name__
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_every_fact_is_heard(fact):
    assert fact in events._reactions


def test_nobody_listens_for_what_is_never_announced():
    assert set(events._reactions) == set(FACTS)
