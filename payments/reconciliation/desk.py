"""What the desk's pages on reconciliation show, made ready for their templates."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kernel.desk import link_to
from kernel.money import from_minor
from kernel.templatetags.ui import money_text
from payments.models import Attempt, Refund
from payments.reconciliation.models import Day, Difference, Finding, Statement, Total

Table = dict[str, Any]
NOTHING = "–"
# A page shows so many; the list behind the link has all.
SHOWN = 50


def amount(minor: int | None, currency: str) -> str:
    return NOTHING if minor is None else money_text(from_minor(minor, currency))


def moment(value: Any) -> str:
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT") if value else NOTHING


def sums(totals: list[Total], side: str) -> str:
    """One side of a day in short: payments less refunds, per currency."""
    found: dict[str, int] = {}
    for one in totals:
        sign = -1 if one.kind == "refund" else 1
        minor = sign * getattr(one, f"{side}_minor")
        found[one.currency] = found.get(one.currency, 0) + minor
    return ", ".join(amount(found[one], one) for one in sorted(found)) or NOTHING


def totals_table(totals: list[Total]) -> Table:
    return {
        "headers": [
            _("Kind"),
            _("Provider: number"),
            _("Provider: amount"),
            _("Here: number"),
            _("Here: amount"),
            _("Difference"),
            _("Fees"),
        ],
        "rows": [
            [
                one.get_kind_display(),
                one.theirs_count,
                amount(one.theirs_minor, one.currency),
                one.ours_count,
                amount(one.ours_minor, one.currency),
                amount(one.theirs_minor - one.ours_minor, one.currency),
                amount(one.fees_minor, one.currency),
            ]
            for one in totals
        ],
    }


def findings_table(day: Day) -> Table:
    """How many lines of each class, with links to them."""
    rows = []
    for finding in Finding:
        times = getattr(day, finding.value)
        rows.append([str(finding.label), _lines_link(day, finding, times)])
    rows.append([_("awaited on the next day's statement"), day.awaited])
    return {"headers": [_("Class"), _("Lines")], "rows": rows}


def _lines_link(day: Day, finding: Finding, times: int) -> Any:
    if not times:
        return 0
    name, asked = "line", {"statement": day.statement_id, "finding": finding.value}
    if finding is Finding.MISSING_THERE:
        name, asked = "difference", {"day": day.pk, "finding": finding.value}
    query = urlencode({f"{key}__exact": str(value) for key, value in asked.items()})
    address = reverse(f"admin:reconciliation_{name}_changelist")
    return format_html(
        '<a class="text-primary-600 dark:text-primary-500" href="{}?{}">{}</a>',
        address,
        query,
        times,
    )


def differences_table(rows: QuerySet[Difference]) -> Table:
    return {
        "headers": [_("Number"), _("Class"), _("Provider"), _("Here"), _("Ended")],
        "rows": [
            [
                link_to(one),
                one.get_finding_display(),
                amount(one.theirs_minor, one.theirs_currency),
                amount(one.ours_minor, one.ours_currency),
                one.get_resolution_display(),
            ]
            for one in rows[:SHOWN]
        ],
    }


def versions_table(rows: QuerySet[Statement]) -> Table:
    return {
        "headers": [_("Version"), _("Fetched"), _("SHA-256 of the file")],
        "rows": [
            [
                link_to(one, str(one.version)),
                moment(one.fetched_at),
                f"{one.raw_digest[:16]}…",
            ]
            for one in rows
        ],
    }


def of_day(day: Day) -> Mapping[str, Any]:
    """What the page of ``day`` shows besides its fields."""
    statements = day.statements.defer("raw").order_by("-version")
    return {
        "totals_table": totals_table(list(day.totals.all())),
        "findings_table": findings_table(day),
        "differences_table": differences_table(day.differences.order_by("-pk")),
        "versions_table": versions_table(statements),
    }


def of_difference(row: Difference) -> Mapping[str, Any]:
    """Both sides next to each other, and the rows of ours that they are about."""
    attempt = Attempt.objects.filter(number=row.number, gateway=row.day.gateway).first()
    refund = Refund.objects.filter(number=row.refund_number).first()
    there = NOTHING if row.theirs_minor is None else _("done")
    their_number = attempt.provider_number if attempt else ""
    return {
        "sides_table": {
            "headers": [_("What"), _("Provider"), _("Here")],
            "rows": [
                [
                    _("Amount"),
                    amount(row.theirs_minor, row.theirs_currency),
                    amount(row.ours_minor, row.ours_currency),
                ],
                [_("State"), there, _status(row)],
                [_("Date"), moment(row.theirs_at), moment(row.ours_at)],
                [_("Payment"), row.number or NOTHING, link_to(attempt)],
                [_("Refund"), row.refund_number or NOTHING, link_to(refund)],
                [
                    _("Provider's number"),
                    row.provider_number or NOTHING,
                    their_number or NOTHING,
                ],
            ],
        }
    }


def _status(row: Difference) -> str:
    """Ours, as it was when they were compared."""
    statuses = Refund.Status if row.kind == "refund" else Attempt.Status
    return str(dict(statuses.choices).get(row.ours_status, NOTHING))
