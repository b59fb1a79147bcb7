"""The tasks that payments leave for the desk."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kernel.worklist.kinds import Kind
from kernel.worklist.models import Task
from payments.models import Refund

STUCK, REFUSED = "refund_stuck", "refund_refused"
SHUT = "gateway_refuses"
OTHER_AMOUNT = "other_amount"
DISBELIEVED = "news_not_believed"

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
        _("A refund is to be paid by hand"),
        _(
            "The gateway refuses it for good, or is a bank that sends nothing back by "
            "itself. The money is still with us and owed to the buyer. Pay it from our "
            "account there, then record that on the refund's page."
        ),
        Task.Queue.FINANCE,
    ),
    SHUT: Kind(
        _("A gateway refuses our payments"),
        _(
            "Nobody can pay by it until this is mended: look at its keys, its app and "
            "its contract, and at the detail above. The task closes itself as soon as "
            "a payment starts again."
        ),
        Task.Queue.OPERATIONS,
        timedelta(hours=1),
    ),
    OTHER_AMOUNT: Kind(
        _("Another amount was paid than asked for"),
        _(
            "It never counts as payment: it is booked as owed to the payer and goes "
            "back by itself. Find out how it could happen: compare the attempt, its "
            "notifications and the gateway's own page, and ask the gateway."
        ),
        Task.Queue.FINANCE,
    ),
    DISBELIEVED: Kind(
        _("Notifications that we do not believe keep coming"),
        _(
            "Several within the hour were forged, or meant for another app or seller. "
            "Nothing has moved. Compare our keys and app with the gateway's; if they "
            "are right, somebody tries: look where they come from, in the inbox."
        ),
        Task.Queue.OPERATIONS,
        timedelta(hours=1),
    ),
}


def stuck_key(refund: Refund) -> str:
    return f"{STUCK}:{refund.number}"


def refused_key(refund: Refund) -> str:
    return f"{REFUSED}:{refund.number}"


def other_amount_key(number: str) -> str:
    return f"{OTHER_AMOUNT}:{number}"


def disbelieved_key(gateway: str) -> str:
    return f"{DISBELIEVED}:{gateway}"


def shut_key(gateway: str, failure: str) -> str:
    return f"{SHUT}:{gateway}:{failure}"
