"""The desk ends a difference that stays: with a reason, a note and a name."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal
from kernel.worklist.models import Task
from payments.reconciliation.models import Difference
from payments.reconciliation.worklist import difference_key


class CannotExplain(Refusal):
    """It is gone or explained already, or the note is empty."""

    code = "cannot_explain"


@command
def explain(
    *, difference: Difference, reason: str, note: str, by: Any, at: datetime
) -> None:
    """Nothing moves: the cause is known and written down, and its task is done.

    :raises CannotExplain: and then nothing has changed.
    """
    if not note.strip() or reason not in Difference.Reason.values:
        raise CannotExplain(_("Say why the two sides differ."))
    ended = Difference.objects.filter(
        pk=difference.pk, resolution=Difference.Resolution.OPEN
    ).update(
        resolution=Difference.Resolution.EXPLAINED,
        reason=reason,
        note=note,
        closed_by=by,
        closed_at=at,
    )
    if not ended:
        raise CannotExplain(_("This difference has ended already."))
    Task.objects.filter(
        key=difference_key(difference.pk), closed_at__isnull=True
    ).update(closed_at=at, closed_by=by, closing_note=note)
