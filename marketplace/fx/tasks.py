"""The bell that has the ECB asked for new rates."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.sweeps import sweep
from marketplace.fx import fetching, queries


def _next_fetch() -> datetime | None:
    if not settings.RATES_URL:
        return None
    row = queries.last_fetch()
    return row.due_at if row else clock.now()


@sweep(
    next_due=_next_fetch,
    label=_("exchange rates fetched"),
    every=timedelta(minutes=5),
    is_promise=False,
    waits=True,
)
def fetch_rates(*, at: datetime, limit: int) -> int:
    return fetching.fetch_rates(at=at)
