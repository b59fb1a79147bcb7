"""The tasks that payments leave for the finance desk."""

from django.utils.translation import gettext_lazy as _

from kernel.worklist.kinds import Kind
from kernel.worklist.models import Task
from payments.models import Refund

STUCK, REFUSED = "refund_stuck", "refund_refused"

KINDS = {
    STUCK: Kind(
        _("A refund does not get through"),
        _(
            "It is tried again by itself. If our account at the gateway holds too "
            "little, top it up. You may also give the refund up and pay it by hand."
        ),
        Task.Queue.FINANCE,
    ),
    REFUSED: Kind(
        _("A refund was refused for good"),
        _(
            "The money is still with us and owed to the buyer. Pay it from our account "
            "at the gateway, then record that on the refund's page."
        ),
        Task.Queue.FINANCE,
    ),
}


def stuck_key(refund: Refund) -> str:
    return f"{STUCK}:{refund.number}"


def refused_key(refund: Refund) -> str:
    return f"{REFUSED}:{refund.number}"
