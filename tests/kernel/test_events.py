"""Facts climb in the announcer's transaction, and one reaction hears each."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from kernel import events
from marketplace.models import Category


@dataclass(frozen=True)
class Rained:
    drops: int


@pytest.fixture(autouse=True)
def own_table(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})


def test_the_reaction_hears_the_fact(db):
    heard = []
    events.register({Rained: heard.append})

    events.announce(Rained(3))

    assert heard == [Rained(3)]


def test_a_fact_has_one_reaction_only():
    events.register({Rained: print})
    with pytest.raises(AssertionError):
        events.register({Rained: repr})


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_nobody_hears_undoes_what_happened():
    with pytest.raises(events.Unheard, match="Rained"), transaction.atomic():
        Category.objects.create(slug="wet", name_en="Wet", name_zh="湿", tint="blue")
        events.announce(Rained(1))

    assert not Category.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_a_mistake():
    with pytest.raises(AssertionError):
        events.announce(Rained(1))


@pytest.mark.django_db(transaction=True)
def test_a_failing_reaction_undoes_what_it_reacted_to():
    def fail(fact):
        raise RuntimeError

    events.register({Rained: fail})

    with pytest.raises(RuntimeError), transaction.atomic():
        Category.objects.create(slug="wet", name_en="Wet", name_zh="湿", tint="blue")
        events.announce(Rained(1))

    assert not Category.objects.exists()
