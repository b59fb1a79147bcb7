"""Reading and comparing now, for the command line and whoever wants to be sure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from kernel.db import outside_transaction
from payments.reconciliation.commands.days import begin_days
from payments.reconciliation.commands.matching import match_day
from payments.reconciliation.commands.reading import read_day
from payments.reconciliation.models import Day, Difference


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of some days: their rows, compared now, and what differs."""

    days: tuple[Day, ...]
    differences: tuple[Difference, ...]
    unread: tuple[Day, ...]

    @property
    def is_clean(self) -> bool:
        """Every day was read, and no difference is unexplained."""
        return not self.differences and not self.unread

    @property
    def awaited(self) -> int:
        """Booked here, on no statement yet, and the next day's was not read."""
        return sum(day.awaited for day in self.days)


@outside_transaction
def reconcile(*, day: date | None = None, at: datetime) -> Report:
    """Read what can be read now, compare, and say what differs.

    ``day`` and the one after it, on which late lines of it stand; or, without one,
    every finished day that was not read, or has differences.
    """
    while begin_days(at=at):
        pass
    wanted = Day.objects.filter(_unfinished() if day is None else _around(day))
    chosen = list(wanted.order_by("day", "gateway"))
    for one in chosen:
        read_day(day=one, at=at)
    compared = [match_day(day=one, at=at) for one in chosen]
    if day is not None:
        compared = [one for one in compared if one.day == day]
    unread = tuple(one for one in compared if one.statement_id is None)
    return Report(tuple(compared), _differences(compared), unread)


def _unfinished() -> Q:
    return (
        Q(statement__isnull=True)
        | Q(fetch_at__isnull=False)
        | Q(differences__resolution=Difference.Resolution.OPEN)
        | Q(awaited__gt=0)
    )


def _around(day: date) -> Q:
    return Q(day__in=[day, day + timedelta(days=1)])


def _differences(compared: list[Day]) -> tuple[Difference, ...]:
    rows = Difference.objects.filter(
        day__in=compared, resolution=Difference.Resolution.OPEN
    )
    return tuple(rows.select_related("day").order_by("day__day", "pk"))
