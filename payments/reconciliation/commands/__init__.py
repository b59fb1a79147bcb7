"""All writes of reconciliation."""

from payments.reconciliation.commands.ageing import watch_ages
from payments.reconciliation.commands.days import begin_days
from payments.reconciliation.commands.explaining import CannotExplain, explain
from payments.reconciliation.commands.matching import match_day
from payments.reconciliation.commands.reading import fetch_again, read_day
from payments.reconciliation.commands.whole import Report, reconcile

__all__ = [
    "CannotExplain",
    "Report",
    "begin_days",
    "explain",
    "fetch_again",
    "match_day",
    "read_day",
    "reconcile",
    "watch_ages",
]
