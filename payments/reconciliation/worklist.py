"""The tasks that reconciliation leaves for the finance desk."""

from django.utils.translation import gettext_lazy as _

from kernel.worklist.kinds import Kind
from kernel.worklist.models import Task
from payments.reconciliation.models import Day, Difference

DIFFERENCE, UNREAD, UNPROVEN, SLOW = (
    "statement_difference",
    "statement_unread",
    "money_unproven",
    "refunds_slow",
)

KINDS = {
    DIFFERENCE: Kind(
        _("A provider's statement differs from our books"),
        _(
            "Both sides stand next to each other on the difference's page. It closes "
            "itself when late news or the next statement ends it; else find the cause "
            "and explain it there. To close only this task brings it back."
        ),
        Task.Queue.FINANCE,
    ),
    UNREAD: Kind(
        _("A provider's statement cannot be read"),
        _(
            "No line of it counts until all of it can be read; it is fetched again by "
            "itself. Compare the answer with the file on the provider's own site."
        ),
        Task.Queue.FINANCE,
    ),
    UNPROVEN: Kind(
        _("Payments are on no statement after three days"),
        _(
            "Our books say that this provider owes us the money, and no statement of "
            "its has shown it. Look for days that were not read, and for differences."
        ),
        Task.Queue.FINANCE,
    ),
    SLOW: Kind(
        _("Refunds have been on their way for more than a day"),
        _(
            "The provider has not confirmed them. Look at each refund's last answer, "
            "and at our balance with the provider."
        ),
        Task.Queue.FINANCE,
    ),
}


def difference_key(pk: int) -> str:
    return f"{DIFFERENCE}:{pk}"


def difference_keys(differences: list[Difference]) -> dict[str, Difference]:
    return {difference_key(one.pk): one for one in differences}


def unread_key(day: Day) -> str:
    return f"{UNREAD}:{day.gateway}:{day.day}"
