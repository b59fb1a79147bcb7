"""What the desk can look for: payments that did not go as they should."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from payments.models import Attempt, Charge, Refund

_STRAY = Attempt.objects.filter(is_stray=True, received_minor=None)

ODDITIES = {
    "revived": (
        _("paid late, and revived"),
        Q(status=Charge.Status.PAID, closed_at__isnull=False),
    ),
    "late": (
        _("paid too late, goes back"),
        Q(status=Charge.Status.CLOSED, attempts__in=_STRAY),
    ),
    "twice": (
        _("paid twice, one goes back"),
        Q(status=Charge.Status.PAID, attempts__in=_STRAY),
    ),
    "other_amount": (
        _("another amount came"),
        Q(attempts__received_minor__isnull=False),
    ),
    "refund_waits": (
        _("a refund waits for the gateway"),
        Q(
            attempts__refunds__status=Refund.Status.REQUESTED,
            attempts__refunds__tries__gt=0,
        ),
    ),
    "refund_refused": (
        _("a refund is to be paid by hand"),
        Q(attempts__refunds__status=Refund.Status.REJECTED),
    ),
}


class OddityFilter(admin.SimpleListFilter):
    """Charges whose money came, or went back, in another way than planned."""

    title = _("Out of the ordinary")
    parameter_name = "odd"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _which) in ODDITIES.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Charge]
    ) -> QuerySet[Charge]:
        if self.value() not in ODDITIES:
            return queryset
        _label, which = ODDITIES[str(self.value())]
        found = Charge.objects.filter(which).values("pk")
        return queryset.filter(pk__in=found)
