"""Everything that happened to a charge, oldest first: for the desk to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kernel.lifecycle import HistoryRow
from kernel.templatetags.ui import money_text
from payments.models import Attempt, Charge, Notification


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, to what, what, by whom, and what is known."""

    at: datetime
    subject: str
    what: str
    by: str = ""
    note: str = ""


def story_of(charge: Charge) -> list[Line]:
    """All lines about ``charge``, its attempts, their news, receipts and refunds."""
    attempts = list(
        charge.attempts.select_related("receipt__recorded_by").prefetch_related(
            "history__by", "notifications", "refunds__history__by"
        )
    )
    lines = [*_moves(charge.reference, charge.history.select_related("by"))]
    for attempt in attempts:
        lines += _of_attempt(attempt)
    return sorted(lines, key=lambda line: line.at)


def _of_attempt(attempt: Attempt) -> Iterator[Line]:
    seen_from = attempt.seen_from and _("seen from %(place)s") % {
        "place": attempt.seen_from
    }
    started = _("started: %(method)s, %(amount)s") % {
        "method": attempt.get_method_display(),
        "amount": money_text(attempt.amount),
    }
    yield Line(attempt.started_at, attempt.number, started, note=seen_from)
    yield from _moves(attempt.number, attempt.history.all())
    for news in attempt.notifications.all():
        yield _of_news(attempt, news)
    if hasattr(attempt, "receipt"):
        receipt = attempt.receipt
        yield Line(
            receipt.recorded_at,
            attempt.number,
            _("receipt recorded: %(amount)s") % {"amount": money_text(receipt.amount)},
            str(receipt.recorded_by),
            f"{receipt.bank_number}: {receipt.note}",
        )
    for refund in attempt.refunds.all():
        yield from _moves(refund.number, refund.history.all())


def _of_news(attempt: Attempt, news: Notification) -> Line:
    what = _("the gateway told us: %(verdict)s") % {
        "verdict": news.get_verdict_display()
    }
    return Line(news.received_at, attempt.number, what, note=news.detail)


def _moves(subject: str, history: Iterable[HistoryRow]) -> Iterator[Line]:
    for move in history:
        path = f"{move.action}: {move.from_status} → {move.to_status}"
        yield Line(move.at, subject, path, str(move.by or ""), move.note)
