"""The task that mails leave for the desk."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kernel.worklist.kinds import Kind
from kernel.worklist.models import Task

UNDELIVERABLE = "mail_undeliverable"

KINDS = {
    UNDELIVERABLE: Kind(
        _("A mail cannot be delivered"),
        _(
            "The mail server has refused it several times. The person has the news in "
            "the shop. See whether the address is right, then send it again."
        ),
        Task.Queue.SUPPORT,
        timedelta(days=3),
    )
}
