"""What the storm has left: our word for every yuan beside the simulator's."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from payments.models import Attempt, Charge, Notification, Refund
from payments.reconciliation.models import Day, Line
from tests.storm.weather import Sky

NOTHING = Decimal(0)
BACK = {Refund.Status.SETTLED, Refund.Status.BY_HAND}


@dataclass(frozen=True)
class Difference:
    """One number about which the two sides do not agree."""

    number: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.number}: we say {self.ours}, Alipay says {self.theirs}"


def unsettled() -> dict[str, int]:
    """What still waits for an answer: while there is any, it is no time to reckon."""
    waiting = {
        "charges": Charge.objects.filter(status=Charge.Status.OPEN),
        "attempts": Attempt.objects.filter(status__in=Attempt.LIVE_STATUSES),
        "questions": Attempt.objects.filter(query_at__isnull=False),
        "refunds": Refund.objects.filter(status=Refund.Status.REQUESTED),
        "notifications": Notification.objects.filter(apply_at__isnull=False),
    }
    counted = {name: rows.count() for name, rows in waiting.items()}
    return {name: count for name, count in counted.items() if count}


def differences(sky: Sky) -> Iterator[Difference]:
    """Every attempt whose money stands differently there, every charge whose end is
    not what its money says, and money there that we know nothing of."""
    theirs = {one["out_trade_no"]: one for one in _trades(sky)}
    for attempt in Attempt.objects.prefetch_related("refunds").order_by("pk"):
        told = theirs.pop(attempt.number, None)
        ours, there = _ours(attempt), _theirs(told)
        if ours != there:
            yield Difference(attempt.number, _said(ours), _said(there))
    for number, told in theirs.items():
        if _theirs(told) != (NOTHING, NOTHING):
            yield Difference(number, "nothing", _said(_theirs(told)))
    yield from _odd_ends()


def _trades(sky: Sky) -> Iterator[dict[str, Any]]:
    before = ""
    while True:
        page = sky.ask(f"trades?limit=200{before}")
        yield from page["trades"]
        if not page["next"]:
            return
        before = f"&before={page['next']}"


def _ours(attempt: Attempt) -> tuple[Decimal, Decimal]:
    """(taken, given back) by our word."""
    if attempt.status != Attempt.Status.PAID:
        return NOTHING, NOTHING
    back = sum(
        (one.amount.amount for one in attempt.refunds.all() if one.status in BACK),
        NOTHING,
    )
    return attempt.came.amount, back


def _theirs(told: dict[str, Any] | None) -> tuple[Decimal, Decimal]:
    if told is None or not told.get("paid_at"):
        return NOTHING, NOTHING
    return Decimal(told["total_amount"]), Decimal(told["refunded_amount"])


def _said(money: tuple[Decimal, Decimal]) -> str:
    return f"{money[0]:.2f} taken and {money[1]:.2f} given back"


def _odd_ends() -> Iterator[Difference]:
    """A paid charge has one payment that counts; a closed one has none; what does not
    count has gone back whole."""
    for charge in Charge.objects.prefetch_related("attempts__refunds").order_by("pk"):
        paid = [a for a in charge.attempts.all() if a.status == Attempt.Status.PAID]
        count = sum(not attempt.is_stray for attempt in paid)
        if count != (charge.status == Charge.Status.PAID):
            yield Difference(charge.reference, charge.status, f"{count} payments")
        for attempt in paid:
            taken, back = _ours(attempt)
            if attempt.is_stray and taken != back:
                yield Difference(attempt.number, "all back", f"{back} of {taken}")


def ends() -> dict[str, int]:
    """How many charges ended how."""
    rows = Charge.objects.values_list("status").annotate(Count("pk"))
    strays = Attempt.objects.filter(is_stray=True).count()
    return dict(rows) | {"strays": strays, "refunds": Refund.objects.count()}


def verdicts() -> dict[str, int]:
    """What was made of what was posted to us."""
    rows = Notification.objects.order_by().values_list("verdict")
    return dict(rows.annotate(Count("pk")))


def lines() -> dict[str, int]:
    """What comparing has found of the lines of the statements that count."""
    that_count = Day.objects.filter(statement__isnull=False).values("statement")
    counts = Line.objects.filter(statement__in=that_count)
    return dict(counts.order_by().values_list("finding").annotate(Count("pk")))
