"""Several refunds have emptied one hold, and settle at the same moment."""

from threading import Barrier

import pytest

from escrow import books, commands
from escrow.commands import refunds as booking
from escrow.models import Hold
from escrow.postings import Part
from kernel import clock
from payments import commands as payments
from payments.models import Refund
from tests.escrow import builders
from tests.escrow.builders import cny
from tests.escrow.racing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_the_last_of_two_that_settle_together_ends_the_hold(gateway, monkeypatch):
    hold = builders.a_held_hold(gateway)
    half = Part(cny("50.00"), cny("0.00"), cny("2.50"))
    by = {"by": builders.dana(), "at": clock.now(), "note": "flawed"}
    commands.refund_part(hold=hold, part=half, **by)
    commands.refund_hold(hold=builders.fresh(hold), **by)
    meeting, book = Barrier(2, timeout=10), booking._book

    def book_together(*args, **kwargs):
        book(*args, **kwargs)
        meeting.wait()

    monkeypatch.setattr(booking, "_book", book_together)

    answers = at_once(
        *(
            lambda one=one: payments.send_refund(refund=one, at=clock.now())
            for one in Refund.objects.order_by("pk")
        )
    )

    assert [one.status for one in answers] == [Refund.Status.SETTLED] * 2
    assert builders.status(hold) == Hold.Status.REFUNDED
    assert books.problems() == []
