"""Moving rows: all of them or none, in one statement, with their history."""

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from kernel.lifecycle import CannotMove
from payments.lifecycle import ATTEMPTS
from payments.models import Attempt
from tests.conftest import MORNING
from tests.doubles.gateway import gateway
from tests.payments.builders import a_payer, an_attempt

__all__ = ["gateway"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "gateway")]


def some(number):
    return [an_attempt() for _ in range(number)]


def test_many_rows_move_in_one_statement():
    attempts = some(5)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        ATTEMPTS.move(
            [one.pk for one in attempts],
            "expire",
            at=MORNING,
            by=a_payer(),
            note="100 % over",
            query_at=None,
            queries=F("queries") + 2,
        )
    assert sum("WITH before" in one["sql"] for one in queries) == 1
    for one in attempts:
        one.refresh_from_db()
        assert (one.status, one.query_at, one.queries) == ("expired", None, 2)
        last = one.history.last()
        assert (last.action, last.from_status, last.to_status) == (
            "expire",
            "live",
            "expired",
        )
        assert (last.at, last.by, last.note) == (MORNING, a_payer(), "100 % over")


def test_one_that_cannot_move_keeps_all_others():
    attempts = some(3)
    ATTEMPTS.move([attempts[1].pk], "close", at=MORNING)
    before = list(Attempt.objects.order_by("pk").values())
    written = ATTEMPTS.history.objects.count()

    with pytest.raises(CannotMove):
        ATTEMPTS.move([one.pk for one in attempts], "expire", at=MORNING, query_at=None)

    assert list(Attempt.objects.order_by("pk").values()) == before
    assert ATTEMPTS.history.objects.count() == written


def test_a_row_that_is_not_there_cannot_move():
    with pytest.raises(CannotMove):
        ATTEMPTS.move([987_654], "expire", at=MORNING)


def test_naming_a_row_twice_moves_it_once():
    (one,) = some(1)

    ATTEMPTS.move([one.pk, one.pk], "expire", at=MORNING)

    assert one.history.filter(action="expire").count() == 1
