"""Which days there are to be read."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from kernel.db import command
from payments.gateways import registry
from payments.gateways.port import Capability
from payments.models import Attempt
from payments.reconciliation import days
from payments.reconciliation.models import Day


def gateways() -> list[str]:
    """Those that make statements."""
    return [code for code in registry.KINDS if registry.can(code, Capability.STATEMENT)]


def next_new_day(gateway: str) -> date | None:
    """The oldest day that has no row yet: after the last one, or of the first try to
    pay there. None when nobody has tried."""
    last: date | None = Day.objects.filter(gateway=gateway).aggregate(it=Max("day"))[
        "it"
    ]
    if last is not None:
        return last + timedelta(days=1)
    first: datetime | None = Attempt.objects.filter(gateway=gateway).aggregate(
        it=Min("started_at")
    )["it"]
    return days.day_of(first) if first else None


@command
def begin_days(*, at: datetime) -> int:
    """Make rows for finished days, the oldest first; returns how many it went over."""
    begun: list[Day] = []
    for gateway in gateways():
        day = next_new_day(gateway)
        while day and day <= days.last_finished(at) and len(begun) < days.MOST_NEW:
            begun.append(Day(gateway=gateway, day=day, fetch_at=days.ready_at(day)))
            day += timedelta(days=1)
    Day.objects.bulk_create(begun, ignore_conflicts=True)
    return len(begun)
